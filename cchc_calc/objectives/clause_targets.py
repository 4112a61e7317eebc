"""The target of one clause: the figure in it, with its comparator, or why it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import TargetError
from cchc_calc.numerals import parse_figures
from cchc_calc.objectives.clauses import figure_spans
from cchc_calc.objectives.wording import without_filling
from cchc_calc.spelling import clean
from cchc_calc.targets import RATE, bound_missing, read_target, several_figures

if TYPE_CHECKING:
    from cchc_calc.targets import Target

LATE: Final = "late"
"""The one quantity of which less is better."""

_WORDS_BEFORE: Final = re.compile(r"(?:\S+\s+){0,3}\S*\Z")
# "giảm còn dưới 1%" is a level, "tăng thêm 5%" a change.
_CHANGE: Final = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm| bình quân| hằng năm)*\s*\Z", re.IGNORECASE)
_MINUS: Final = "-−"
_MARKS: Final = " .,;:)"


@dataclass(frozen=True, slots=True)
class ClauseTarget:
    """What a clause sets: its ``target``, or the ``fault`` in Vietnamese for which a figure is none.

    Without a figure both are empty. ``subject`` is what the clause measures, in its own words.
    """

    target: Target | None
    fault: str
    subject: str


def read_clause_target(text: str, quantity: str = "") -> ClauseTarget:
    """Read the one target of a clause; ``quantity``, a key of wording.toml, tells whether less is better.

    >>> found = read_clause_target("Mức độ hài lòng của người dân đạt trên 83%")
    >>> found.target.comparator, found.target.text, found.subject
    ('>', 'trên 83%', 'Mức độ hài lòng của người dân')
    >>> read_clause_target("đúng hạn từ 90% đến 95%").fault
    'mục tiêu “đúng hạn từ 90% đến 95%” nêu 2 con số: ghi mỗi mức thành một mục tiêu'
    """
    spans = figure_spans(text)
    try:
        target = _target(text, spans, quantity) if spans else None
    except TargetError as error:
        return ClauseTarget(None, str(error), _subject(text, spans))
    return ClauseTarget(target, "", _subject(text, spans))


def _target(text: str, spans: list[tuple[int, int]], quantity: str) -> Target:
    if len(spans) > 1:
        raise several_figures(text, len(spans))
    [(start, end)] = spans
    figure = parse_figures(text)[0]
    if quantity == LATE and figure.comparator == "=" and figure.value:
        raise bound_missing(text)
    if _CHANGE.search(text[:start]) and figure.comparator in {"=", ">", ">="}:
        msg = f"mục tiêu “{text}” là mức tăng, giảm so với mốc khác: ghi mức phải đạt"
        raise TargetError(msg)
    phrase = _phrase(text, start, end)
    beside = parse_figures(phrase)[0]
    is_same = (beside.value, beside.comparator, beside.unit) == (figure.value, figure.comparator, figure.unit)
    target = read_target(phrase if is_same else text)
    return replace(target, unit=target.unit or figure.unit, text=clean(text[start:end]))


def _phrase(text: str, start: int, end: int) -> str:
    """Take a figure with the few words before it: farther away, "trong 6 tháng" or "gần 3 km" say nothing of it."""
    if text[start - 1 : start] in _MINUS and start:
        return text[start - 1 : end]
    lead = _WORDS_BEFORE.search(text, 0, start)
    return text[lead.start() if lead else start : end] + text[end : end + 1].strip(_MARKS)


def _subject(text: str, spans: list[tuple[int, int]]) -> str:
    """Take the figure out of a clause, and the words that only lead to it; what is counted stays."""
    if not spans:
        return without_filling(text)
    start, end = spans[0][0], spans[-1][1]
    unit = parse_figures(text)[0].unit
    counted = unit if unit != RATE and unit in text[start:end] else ""
    return clean(f"{without_filling(text[:start])} {counted} {without_filling(text[end:])}")
