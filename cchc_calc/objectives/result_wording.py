"""The words of reports of results: what puts a judgement off, what denies, what names a part or a plan."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.objectives.wording import plain_wording
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKETS: Final = re.compile(r"\([^()]*\)")


def awaits_in(text: str) -> str:
    """Quote the words by which a text puts the judgement off, the longest of them; else an empty text.

    >>> awaits_in("có 5 chỉ tiêu đánh giá vào cuối năm 2020, còn lại đạt 48%")
    'đánh giá vào cuối năm 2020'
    """
    shown = clean(text)
    quotes = [shown[found.start() : found.end()] for found in _pattern("awaits").finditer(_lower(shown))]
    return max(quotes, key=len, default="")


def is_negated(words: str) -> bool:
    """Tell whether words beside a figure say that it counts what was not done.

    >>> is_negated("chưa xử lý"), is_negated("không bị trễ hạn")
    (True, False)
    """
    return _pattern("negated").search(_lower(words)) is not None


def is_missed(words: str) -> bool:
    """Tell whether words beside a number of cases say that they missed what was to be reached.

    >>> is_missed("3/10 chỉ tiêu chưa đạt")
    True
    """
    return _pattern("missed").search(_lower(words)) is not None


def is_of_a_part(words: str) -> bool:
    """Tell whether words beside a figure say that it is of one field or part alone.

    >>> is_of_a_part("riêng lĩnh vực đất đai"), is_of_a_part("trong các lĩnh vực")
    (True, False)
    """
    return _pattern("part").search(_lower(words)) is not None


def is_whole(before: str) -> bool:
    """Tell whether the words right before a count call it the whole of something.

    >>> is_whole("02 hồ sơ trên tổng số "), is_whole("tổng số hồ sơ trễ hạn: ")
    (True, False)
    """
    return _ending("whole").search(_lower(before)) is not None


def without_causes(words: str) -> str:
    """Cut off the words that say why, or where most of it was: what they name is not what the figure is of.

    >>> without_causes("trễ hạn 1,35%, chủ yếu ở lĩnh vực đất đai")
    'trễ hạn 1,35%, '
    """
    found = _pattern("causes").search(_lower(words))
    return words[: found.start()] if found is not None else words


def is_overall(words: str) -> bool:
    """Tell whether words beside a figure say that it is of the whole.

    >>> is_overall("mức độ hài lòng chung đạt 94,2%")
    True
    """
    return _pattern("overall").search(_lower(words)) is not None


def is_planned(before: str) -> bool:
    """Tell whether the words right before a rate say that it is a plan's or another year's.

    >>> is_planned("đạt 97% (mục tiêu "), is_planned("so với kế hoạch đạt ")
    (True, False)
    """
    return _ending("planned").search(_lower(before)) is not None


def all_of(sentence: str) -> tuple[int, int] | None:
    """Find the words that say of all things of a kind that they are so: their place, ``None`` where nothing does.

    >>> all_of("Toàn bộ hồ sơ được giải quyết đúng hạn"), all_of("Toàn bộ hồ sơ trực tuyến được giải quyết đúng hạn")
    ((0, 7), None)
    """
    lower = _lower(sentence)
    found = _pattern("all").search(lower)
    if found is None or re.search(rf"(?<!\w)(?:{'|'.join(_data()['all']['not'])})(?!\w)", lower):
        return None
    return found.span(1)


def is_earlier(before: str) -> bool:
    """Tell whether the words right before a result say that it is that of an earlier period.

    >>> is_earlier("97%, cùng kỳ năm trước đạt "), is_earlier("tăng so với cùng kỳ năm trước, đạt ")
    (True, False)
    """
    return _ending("earlier").search(_lower(before)) is not None


def is_nothing_to_handle(words: str) -> bool:
    """Tell whether a statement of "none" says that nothing came in; that there was no fault says something else.

    >>> is_nothing_to_handle("chưa phát sinh hồ sơ"), is_nothing_to_handle("không phát sinh hồ sơ trễ hạn")
    (True, False)
    """
    lower = _lower(words)
    return _pattern("not_arising").search(lower) is not None and _faults().search(lower) is None


def without_none(words: str) -> str:
    """Return a statement of "none" without the words that deny, for what it is about.

    >>> without_none("không có hồ sơ trễ hạn")
    ' hồ sơ trễ hạn'
    """
    return re.sub(rf"(?<!\w)(?:{_data()['not_arising']['none']})(?!\w)", "", _lower(words), count=1)


def leads_to_a_cut_off(before: str) -> bool:
    """Tell whether the words right before a day say that it was counted up to then.

    >>> leads_to_a_cut_off("tính từ ngày 01/01/2022 đến ngày "), leads_to_a_cut_off("Báo cáo ngày ")
    (True, False)
    """
    return _ending("cut_off").search(_lower(before)) is not None


def breaks_off(sentence: str) -> bool:
    """Tell whether a sentence, after one thing with its figure, names another and ends; days in brackets do not count.

    >>> breaks_off("Đã tiếp nhận: 15.019 hồ sơ, giải quyết (tính đến 27/12/2022)."), breaks_off("đã giải quyết 9/9 đơn")
    (True, False)
    """
    plain = _BRACKETS.sub(" ", _lower(sentence)).strip(" .;")
    clauses = re.split(r"[,;] ", plain)
    after_a_figure = len(clauses) > 1 and re.search(r"\d", clauses[-2]) is not None
    return after_a_figure and _ending("cut_short").fullmatch(clean(clauses[-1])) is not None


def sums_up(before: str, after: str) -> bool:
    """Tell whether "n/m" between these words says that so many objectives are met.

    >>> sums_up("đã có ", " mục tiêu đạt và vượt"), sums_up("hoàn thành ", " mục tiêu"), sums_up("", " chỉ tiêu đạt")
    (True, True, False)
    """
    summary = _data()["summary"]
    lead, behind = clean(_lower(before)), clean(_lower(after))
    if _starts(summary["after"], behind):
        return True
    return _starts(summary["things"], behind) and re.search(rf"(?:{'|'.join(summary['before'])})\Z", lead) is not None


def listed_numbers(text: str) -> tuple[str, ...]:
    """List the numbers of the objectives that a text lists, each once, in the order written, up to "còn" or "chưa".

    >>> listed_numbers("đạt (mục tiêu số 2, 5,6 và 10); còn mục tiêu 1, 3, 4, 7, 8, 9 chưa đạt")
    ('2', '5', '6', '10')
    """
    met = re.split(rf"(?<!\w)(?:{'|'.join(_data()['summary']['rest'])})(?!\w)", _lower(text), maxsplit=1)[0]
    longest = max(_list_pattern().findall(met), key=len, default="")
    return tuple(dict.fromkeys(str(int(number)) for number in re.findall(r"\d+", longest)))


def features(text: str) -> frozenset[str]:
    """Return what a text speaks of: its pairs of neighbouring syllables, and its single words, without common ones.

    >>> sorted(features("100% thủ tục hành chính được niêm yết công khai theo quy định"))
    ['công khai', 'niêm yết', 'yết công']
    """
    return frozenset(_features(plain_wording(text)))


def missing_words(quantity: str, text: str) -> str:
    """Return the words behind the unit of what is missing or too much, as in "32 hồ sơ trễ hạn"; or none.

    >>> missing_words("late", ""), missing_words("petitions", "xử lý đúng hạn trên 95% phản ánh")
    ('trễ hạn', 'đúng hạn')
    """
    words: dict[str, str] = _data()["missing"]
    found = _pattern("missing_words").search(_lower(text))
    return words.get(quantity) or (found[0] if found is not None else "")


def _features(plain: str) -> Iterator[str]:
    for run in re.split(r"[^\w]{2,}|[^\w ]|\0", _plain_phrases().sub("\0", plain)):
        words = [word for word in run.split() if not word.isdigit()]
        yield from words if len(words) == 1 else (" ".join(pair) for pair in pairwise(words))


def _lower(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _starts(patterns: list[str], text: str) -> bool:
    return re.match("|".join(patterns), text) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_data()[name]['patterns'])})(?!\w)")


@cache
def _ending(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_data()[name]['patterns'])})\Z")


@cache
def _faults() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_data()['not_arising']['faults'])})(?!\w)")


@cache
def _list_pattern() -> re.Pattern[str]:
    listed = _data()["listed"]
    number, between = listed["number"], listed["between"]
    return re.compile(rf"{listed['lead']}({number}(?:{between}{number})*)")


@cache
def _plain_phrases() -> re.Pattern[str]:
    plain = _data()["plain"]
    longest_first = sorted([*plain["phrases"], *plain["words"]], key=lambda words: -len(words))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("cchc_calc.objectives") / "results.toml").read_text(encoding="utf-8"))
