"""Which counts a printed rate belongs to: the n/m beside it, or the part and the whole named before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.rounding import agrees, is_truncated, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NEAR: Final = 12
"""So many figures back, a count still speaks to a rate."""
_REACH: Final = 120
"""So many letters back, words still speak of a figure."""

_OF_WHICH: Final = re.compile(r"trong đó|gồm|tổng số|trên tổng|trong tổng", re.IGNORECASE)
_TOTAL: Final = re.compile(r"tổng số|trên tổng|trong tổng", re.IGNORECASE)
_OUT_OF: Final = re.compile(
    r"(?<!\w)(?:trong|trên)(?!\s+đó)(?:\s+tổng)?(?:\s+số)?(?:\s+[^\W\d]+){0,4}\s*", re.IGNORECASE
)
_OUT_OF_AFTER: Final = re.compile(r"[\s)\],]*(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?", re.IGNORECASE)
_DECLARES: Final = re.compile(
    r"(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng|tương đương)\s*(?:tỷ lệ|tỉ lệ)?\s*(?:là)?\s*:?\s*$", re.IGNORECASE
)
_IN_BRACKET: Final = re.compile(r"[^,;:()\[\]]{0,40}[(\[]\s*")
_CHANGED: Final = re.compile(r"(?:tăng|giảm|vượt|thêm)(?:\s+[^\W\d]+)?\s*$", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s*[(\[]\s*")
_EXPLAINS: Final = re.compile(
    r"\s*(?:[:=–-]|,?\s*[(\[]?\s*(?:tương ứng|tương đương|tức là|tức|cụ thể là|cụ thể|bằng)(?:\s+với)?\s*:?)\s*",
    re.IGNORECASE,
)
_PLANNED: Final = re.compile(r"(?:chỉ tiêu|kế hoạch|mục tiêu|giao)[^,;.]{0,20}$", re.IGNORECASE)
_TIMES: Final = re.compile(r"[x×*]\s*$", re.IGNORECASE)
_SEPARATES: Final = re.compile(r"[,(:;=–]|chiếm|tương ứng|bằng", re.IGNORECASE)
_OF_THE_PLAN: Final = re.compile(r"\s+(?:kế hoạch|chỉ tiêu|dự toán|so|tổng|trong|trên|và)(?!\w)", re.IGNORECASE)
_NOUN: Final = re.compile(r"\s+[^\W\d_]")
_WITH_RATES_OF_THEIR_OWN: Final = frozenset(
    {
        *("đơn vị", "địa phương", "phường", "xã", "thị trấn", "thôn", "quận", "huyện", "cơ quan"),
        *("chỉ tiêu", "nhiệm vụ", "mục tiêu", "lĩnh vực"),
    }
)


@dataclass(frozen=True, slots=True)
class RatePair:
    """A rate with its part and whole, each ``None`` where the sentence does not tell; from ``start`` to ``end``."""

    rate: Figure | None
    part: Figure | None
    whole: Figure | None
    start: int
    end: int


def is_explained(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Tell whether part and whole give the printed rate, exactly, rounded or cut off."""
    if rate.value is None or part.value is None or not whole.value:
        return False
    exact = Fraction(part.value) / Fraction(whole.value) * 100
    decimals = places(rate.value)
    return agrees(rate.value, decimals, exact) or is_truncated(rate.value, decimals, exact)


def rate_pairs(sentence: str, counts_before: Sequence[Figure] = ()) -> tuple[list[RatePair], list[Figure]]:
    """Pair the rates of a sentence with their counts; also give the counts that later rates may be of.

    ``counts_before`` are the counts of the sentences before, one of which may be the whole.
    """
    figures = [figure for figure in parse_figures(sentence) if figure.value is not None]
    pairs: list[RatePair] = []
    used: set[int] = set()
    for place in _ratios(figures):
        rate = _rate_of_ratio(sentence, figures, place, used)
        if rate is not None:
            used.add(rate.start)
        pairs.append(_with_ratio(figures, place, rate))
    for place, rate in enumerate(figures):
        if _is_rate(sentence, rate) and rate.start not in used:
            pairs.extend(_rate_of_counts(sentence, figures, place, counts_before))
    parts = {pair.part.start for pair in pairs if pair.part is not None}
    counts = [figure for figure in figures if _is_count(figure) or figure.role == "denominator"]
    return pairs, [count for count in counts if count.start not in parts]


def _ratios(figures: list[Figure]) -> Iterator[int]:
    for place, (part, whole) in enumerate(pairwise(figures)):
        if part.role == "numerator" and whole.role == "denominator":
            yield place


def _is_rate(sentence: str, figure: Figure) -> bool:
    # The 100% of "120/125 x 100%" is a factor.
    times = _TIMES.search(sentence[max(0, figure.start - 3) : figure.start])
    return figure.unit == "%" and figure.comparator == "=" and times is None


def _is_count(figure: Figure) -> bool:
    return figure.role == "" and figure.unit != "%" and figure.comparator == "="


def _rate_of_ratio(sentence: str, figures: list[Figure], place: int, used: set[int]) -> Figure | None:
    """Find the rate that belongs to n/m: the one right before it that it explains, else the next one after it."""
    part, whole = figures[place], figures[place + 1]
    if place > 0 and figures[place - 1].unit == "%" and figures[place - 1].start not in used:
        rate = figures[place - 1]
        between = sentence[rate.end : part.start]
        explains = _EXPLAINS.fullmatch(between) and not _PLANNED.search(sentence[max(0, rate.start - 40) : rate.start])
        if _BRACKET.fullmatch(between) or explains:
            return rate if _is_rate(sentence, rate) else None
    for following, rate in enumerate(figures[place + 2 : place + 2 + _NEAR], start=place + 2):
        if rate.role:
            return None
        if _is_rate(sentence, rate):
            taken = _explained_by_next(sentence, figures, following) and not is_explained(rate, part, whole)
            return None if taken or _is_rate_of_units(sentence, part, whole, rate) else rate
    return None


def _explained_by_next(sentence: str, figures: list[Figure], place: int) -> bool:
    rate, *ratio = figures[place : place + 3]
    if [figure.role for figure in ratio] != ["numerator", "denominator"]:
        return False
    return bool(_BRACKET.fullmatch(sentence[rate.end : ratio[0].start])) and is_explained(rate, *ratio)


def _is_rate_of_units(sentence: str, part: Figure, whole: Figure, rate: Figure) -> bool:
    """Tell whether the rate is what each of the units reached: "12/16 phường đạt 100% hồ sơ đúng hạn"."""
    if is_explained(rate, part, whole) or _SEPARATES.search(sentence, whole.end, rate.start):
        return False
    return _may_be_of_units(sentence, whole, rate)


def _may_be_of_units(sentence: str, units: Figure, rate: Figure) -> bool:
    names_its_own = bool(_NOUN.match(sentence, rate.end)) and not _OF_THE_PLAN.match(sentence, rate.end)
    return units.unit in _WITH_RATES_OF_THEIR_OWN and (rate.value == 100 or names_its_own)


def _with_ratio(figures: list[Figure], place: int, rate: Figure | None) -> RatePair:
    part, whole = figures[place], figures[place + 1]
    named = _count_before(figures, place, rate)
    spans = [figure for figure in (rate, part, whole, named) if figure is not None]
    return RatePair(rate, part, whole, min(one.start for one in spans), max(one.end for one in spans))


def _count_before(figures: list[Figure], place: int, rate: Figure | None) -> Figure | None:
    """Find the count that the sentence names before it repeats it in the ratio."""
    part = figures[place]
    first = part.start if rate is None else min(part.start, rate.start)
    before = [
        figure
        for figure in figures[max(0, place - _NEAR) : place]
        if figure.end <= first and figure.role == "" and figure.unit != "%"
    ]
    return before[-1] if before and before[-1].value == part.value else None


def _rate_of_counts(
    sentence: str, figures: list[Figure], place: int, counts_before: Sequence[Figure]
) -> Iterator[RatePair]:
    """Pair a rate with the counts before it: "13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, tỷ lệ 1,73%"."""
    rate, earlier = figures[place], figures[max(0, place - _NEAR) : place]
    counts = [figure for figure in earlier if _is_count(figure)]
    if not counts or earlier[-1] is not counts[-1]:
        return
    declares = _DECLARES.search(sentence[max(0, rate.start - _REACH) : rate.start])
    in_bracket = (
        _IN_BRACKET.fullmatch(sentence[counts[-1].end : rate.start]) and sentence[rate.end : rate.end + 1] in ")]"
    )
    # "tăng 120 hồ sơ (15,38%)" is a share of the year before.
    changed = _CHANGED.search(sentence[max(0, counts[-1].start - 20) : counts[-1].start])
    if changed or not (declares or in_bracket):
        return
    part, whole = _part_and_whole(sentence, counts, rate)
    after = figures[place + 1 : place + 2]
    if after and _is_count(after[0]) and _OUT_OF_AFTER.fullmatch(sentence[rate.end : after[0].start]):
        part, whole = counts[-1], after[0]
    if whole is None or not is_explained(rate, part, whole):
        elsewhere = _only_explanation([*counts_before[-_NEAR:], *counts[:-1]], part, rate)
        if elsewhere is not None:
            yield RatePair(rate, part, elsewhere, part.start, rate.end)
            return
    if whole is not None:
        yield RatePair(rate, part, whole, min(part.start, whole.start), max(rate.end, whole.end))
    elif declares and not _may_be_of_units(sentence, part, rate):
        # With several counts of one kind before it, which of them the rate speaks of cannot be told.
        alike = [figure for figure in counts if figure.unit == part.unit]
        yield RatePair(rate, part if len(alike) == 1 else None, None, alike[0].start, rate.end)


def _part_and_whole(sentence: str, counts: list[Figure], rate: Figure) -> tuple[Figure, Figure | None]:
    """Choose part and whole among the counts before a rate: the nearest that explain it, else the nearest."""
    part = counts[-1]
    if len(counts) > 1 and _is_out_of(sentence, counts[-2], part):
        return counts[-2], part
    wholes = [one for one in reversed(counts[:-1]) if _is_alike(part, one) and _is_whole_of(sentence, one, part)]
    explaining = (whole for whole in wholes if is_explained(rate, part, whole))
    return part, next(explaining, wholes[0] if wholes else None)


def _is_out_of(sentence: str, part: Figure, whole: Figure) -> bool:
    link = re.split(r"[,;]", sentence[part.end : whole.start])[-1] if whole.start > part.end else ""
    found = _OUT_OF.search(link)
    return _is_alike(part, whole) and _is_less(part, whole) and found is not None and found.end() == len(link)


def _is_alike(part: Figure, whole: Figure) -> bool:
    # "văn bản điện tử" are some of the "văn bản".
    return part.unit == "" or part.unit == whole.unit or part.unit.startswith(f"{whole.unit} ")


def _is_less(part: Figure, whole: Figure) -> bool:
    return part.value is not None and whole.value is not None and part.value <= whole.value


def _is_whole_of(sentence: str, whole: Figure, part: Figure) -> bool:
    if not _is_less(part, whole):
        return False
    between = sentence[whole.end : part.start]
    before = sentence[max(0, whole.start - _REACH) : whole.start]
    return bool(_OF_WHICH.search(between) or _TOTAL.search(before))


def _only_explanation(counts: list[Figure], part: Figure, rate: Figure) -> Figure | None:
    fitting = {
        count.value: count
        for count in counts
        if count.unit == part.unit and _is_less(part, count) and part.value != count.value
        if is_explained(rate, part, count)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None
