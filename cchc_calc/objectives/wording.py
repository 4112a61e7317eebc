"""What the words of an objective or a result are about: what is measured, on which dossiers, in which field."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.objectives.records import Base
from cchc_calc.spelling import clean, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable

# An abbreviation in capitals, or the dash before the point of a list.
_SIGN_LAST: Final = re.compile(r"(?:(?<!\w)[A-ZĐ&-]{2,}|\s[-+•–])\s*\Z")
_EDGES: Final = " .,;:()[]$\\-–"
_LONGEST: Final = 20_000
"""So many letters of a text are looked at; no cell of an office is as long."""


def plain_wording(text: str) -> str:
    """Write a text in lower case, its abbreviations and the slips of scanned texts written out.

    >>> plain_wording("Phần đầu 100% THCH, DVC mức 4")
    'phấn đấu 100% thủ tục hành chính, dịch vụ công mức 4'
    """
    plain = clean(without_markup(text[:_LONGEST])).casefold()
    return _spelling_pattern().sub(lambda found: _data()["spellings"][found[0]], plain)


def quantity_of(text: str) -> str:
    """Name what a text measures by a key of wording.toml; an empty text where no known word stands in it.

    What is handled comes before how fast: petitions answered in time are "petitions".

    >>> quantity_of("Giảm tỷ lệ hồ sơ trễ hạn"), quantity_of("xử lý đúng hạn ý kiến phản ánh"), quantity_of("")
    ('late', 'petitions', '')
    """
    plain = plain_wording(text)
    for pattern in _quantity_patterns():
        if (found := pattern.search(plain)) is not None:
            return _key_of_word()[found[0]]
    return ""


def base_of(text: str) -> Base | None:
    """Tell on which dossiers a text puts a rate; ``None`` where it says nothing of it, or two things.

    >>> base_of("trên tổng số hồ sơ đã giải quyết"), base_of("Số hồ sơ trực tuyến/Tổng số hồ sơ tiếp nhận trong năm")
    (<Base.RESOLVED: 'resolved'>, <Base.RECEIVED: 'received'>)
    >>> base_of("trên tổng số hồ sơ giải quyết của TTHC trực tuyến công bố")
    <Base.ONLINE_PROCEDURES: 'online_procedures'>
    """
    plain = plain_wording(text)
    found = {base for base, pattern in _base_patterns() if pattern.search(plain)}
    if Base.ONLINE_PROCEDURES in found:
        return Base.ONLINE_PROCEDURES
    return found.pop() if len(found) == 1 else None


def field_names() -> tuple[str, ...]:
    """Return the known fields by their first spelling.

    >>> "lao động - thương binh và xã hội" in field_names()
    True
    """
    return tuple(_data()["fields"])


def fields_in(text: str) -> tuple[str, ...]:
    """Name the known fields that a text names, in the order written and by their first spelling.

    >>> fields_in("lĩnh vực đất đai, hộ tịch, lao động thương binh và xã hội")
    ('đất đai', 'hộ tịch', 'lao động - thương binh và xã hội')
    """
    names = (field_of_spelling()[found[0]] for found in field_pattern().finditer(plain_wording(text)))
    return tuple(dict.fromkeys(names))


def begins_clause(before: str, after: str) -> bool:
    """Tell whether a rate between two pieces of text begins a new clause, though nothing marks the end of the old one.

    >>> begins_clause("cơ chế một cửa trong giải quyết TTHC ", " thủ tục hành chính được niêm yết")
    True
    >>> begins_clause("Tiếp nhận và giải quyết ", " thủ tục hành chính")
    False
    """
    behind, ahead = _run_on_patterns()
    is_behind = _SIGN_LAST.search(before) or behind.search(plain_wording(before))
    return is_behind is not None and ahead.match(plain_wording(after)) is not None


def without_filling(text: str) -> str:
    """Drop the words at both ends of a clause that are no part of what it measures.

    >>> without_filling("Phấn đấu đạt mức độ hài lòng của người dân đạt tỷ lệ")
    'mức độ hài lòng của người dân'
    """
    first, last = _filling_patterns()
    return last.sub("", first.sub("", text.strip(_EDGES))).strip(_EDGES)


@cache
def field_of_spelling() -> dict[str, str]:
    """Return the field that each known spelling stands for."""
    fields = _data()["fields"].items()
    return {spelling: name for name, others in fields for spelling in (name, *others)}


@cache
def field_pattern() -> re.Pattern[str]:
    """Return the pattern of all spellings of fields, for a text in plain wording."""
    return _any_of(field_of_spelling())


@cache
def _quantity_patterns() -> tuple[re.Pattern[str], ...]:
    blocks = _data()["quantities"]
    return tuple(_any_of(word for words in block.values() for word in words) for block in blocks)


@cache
def _key_of_word() -> dict[str, str]:
    blocks = _data()["quantities"]
    return {word: key for block in blocks for key, words in block.items() for word in words}


@cache
def _base_patterns() -> tuple[tuple[Base, re.Pattern[str]], ...]:
    words = _data()["base_words"]
    entries = _data()["bases"]
    return tuple((Base(entry["base"]), _base_pattern(entry["pattern"], words)) for entry in entries)


def _base_pattern(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    for name, meaning in words.items():
        pattern = pattern.replace(f"{{{name}}}", meaning)
    return re.compile(pattern)


@cache
def _run_on_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _data()["run_on"]
    behind, before = _alternatives(words["behind"]), _alternatives(words["before"])
    return re.compile(rf"(?<!\w)(?:{behind})\Z"), re.compile(rf"(?:{before})(?!\w)")


@cache
def _filling_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _data()["filling"]
    first, last = _alternatives(words["first"]), _alternatives(words["last"])
    return (
        re.compile(rf"^(?:(?:{first})(?!\w)[\s,:]*)+", re.IGNORECASE),
        re.compile(rf"(?:[\s,:]*(?<!\w)(?:{last}))+$", re.IGNORECASE),
    )


@cache
def _spelling_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!thủ )(?:{_alternatives(_data()['spellings'])})(?!\w)")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("cchc_calc.objectives") / "wording.toml").read_text(encoding="utf-8"))
