"""Results as reported: every rate with its counts, every bare n/m, rate and count, and that nothing arose."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.folding import fold
from cchc_calc.numerals import parse_figures
from cchc_calc.objectives import result_wording
from cchc_calc.objectives.records import Attainment, Result, Total
from cchc_calc.objectives.result_figures import POINTS, count_of, own_start, result_figures, stretches, total_figures
from cchc_calc.objectives.result_periods import period_before, period_behind
from cchc_calc.objectives.time_parts import LATE, ON_TIME, Spoken, joined_in_time
from cchc_calc.objectives.wording import base_of, quantity_of
from cchc_calc.periods import find_dates
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cchc_calc.numerals import Figure
    from cchc_calc.objectives.result_figures import ResultFigure
    from cchc_calc.periods import Period

_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])\s+(?=\D)|\s\.\s|\n+")
_BULLET: Final = re.compile(r"\s[-–+•]\s+(?=[A-ZÀ-ỸĐ])")
_OWN_CLAUSE: Final = re.compile(r"[,:;)]|(?<!\w)đã(?!\w)", re.IGNORECASE)
_LEAD: Final = 20
"""The words before a day that make it a cut-off are no longer."""
_AROUND: Final = " ,;:.-–+"
_REMEMBERED: Final = 12
"""So many counts of the sentences before may be the whole of a rate."""

UNSPECIFIC: Final = frozenset({"", "dossiers"})
"""Quantities that say nothing of what is measured of things."""


def read_result(text: str, *, cause: str = "", remedy: str = "", where: str = "") -> Result:
    """Read what a report says of one objective; a text without a figure has no attainments.

    >>> [attained] = read_result("đã giải quyết đúng hạn 1540/1587 hồ sơ, tỷ lệ 97%").attainments
    >>> attained.numerator, attained.denominator, attained.declared_text, attained.quantity
    (1540, 1587, '97%', 'on_time')
    """
    return Result(text, tuple(_attainments(text, where)), cause, remedy, result_wording.awaits_in(text), where)


def read_totals(text: str, where: str) -> Iterator[Total]:
    """Find the wholes that a text names: how many dossiers were received or resolved in all.

    >>> [total] = read_totals("Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ (tính đến ngày 27/12/2022)", "dòng 1")
    >>> total.base.value, total.count, total.as_of.isoformat()
    ('received', 15019, '2022-12-27')
    """
    only = _only_cut_off(text)
    for sentence in sentences_of(text):
        for figure, base in total_figures(sentence, parse_figures(sentence)):
            yield Total(base, count_of(figure) or 0, _only_cut_off(sentence) or only, where)


def sentences_of(text: str) -> list[str]:
    """Part a text into sentences, and a list into its points, each on one line.

    >>> sentences_of("- Niêm yết 100% TTHC; - Đã cung cấp 88%. Đạt")
    ['- Niêm yết 100% TTHC;', '- Đã cung cấp 88%.', 'Đạt']
    """
    lines = _SENTENCE_END.split(fold(text).cased)
    is_list = text.lstrip().startswith("-")
    points = [point for line in lines for point in (_BULLET.split(line) if is_list else [line])]
    return [sentence for point in points if (sentence := clean(point))]


def _attainments(text: str, where: str) -> Iterator[Attainment]:
    counts: list[Figure] = []
    as_of: date | None = None
    for sentence in sentences_of(text):
        results, counted = result_figures(sentence, counts)
        counts = [*counts, *counted][-_REMEMBERED:]
        as_of = _only_cut_off(sentence) or as_of
        yield from (replace(attained, as_of=as_of, where=where) for attained in _in_sentence(sentence, results))


def _in_sentence(sentence: str, results: Sequence[ResultFigure]) -> Iterator[Attainment]:
    of_sentence = base_of(sentence) if any(found.whole for found in results) else None
    measured = ""
    spoken: list[Spoken] = []
    period: Period | None = None
    for found, (start, end) in zip(results, stretches(sentence, results), strict=True):
        attained = _attainment(sentence, found, start, end)
        if attained.quantity not in UNSPECIFIC:
            measured = attained.quantity
        base = attained.base or (of_sentence if found.whole is not None else None)
        # "trễ hạn: đất đai 6,39%, môi trường 1,2%" says only once what is measured.
        own_period, holds = period_before(sentence[start : max(start, own_start(found))])
        period = own_period if holds else period
        own_period = own_period or period_behind(sentence[found.end : end]) or period
        attained = replace(attained, quantity=measured or attained.quantity, base=base, period=own_period)
        spoken.append(Spoken(attained, _own_words(sentence, found, start)))
    yield from joined_in_time(spoken)


def _attainment(sentence: str, found: ResultFigure, start: int, end: int) -> Attainment:
    scope = clean(sentence[start:end])
    if found.is_none:
        return _none(sentence[found.start : end], scope, clean(sentence[found.start : found.end]))
    if found.is_all:
        said = sentence[found.start : found.end].lower()
        return Attainment(said, scope.strip(_AROUND), quantity_of(scope), declared=Fraction(1), declared_text=said)
    own = _own_words(sentence, found, start)
    return Attainment(
        text=clean(sentence[found.start : found.end]),
        scope=scope.strip(_AROUND),
        quantity=_quantity(scope, own),
        numerator=None if found.part is None else count_of(found.part),
        denominator=None if found.whole is None else count_of(found.whole),
        declared=None if found.rate is None or found.rate.value is None else Fraction(found.rate.value) / 100,
        declared_text="" if found.rate is None else clean(found.rate.text),
        base=base_of(scope),
        amount=_amount(found),
        negated=result_wording.is_negated(own) or (found.part is not None and result_wording.is_missed(own)),
    )


def _amount(found: ResultFigure) -> Fraction | None:
    points = found.part
    if points is None or points.value is None or points.unit != POINTS or count_of(points) is not None:
        return None
    return Fraction(points.value)


def _quantity(scope: str, own: str) -> str:
    """Name what is measured; of early, on time and late in one sentence the figure's own words decide."""
    quantity, nearest = quantity_of(scope), quantity_of(own)
    return nearest if {quantity, nearest} == {ON_TIME, LATE} else quantity


def _none(words: str, scope: str, text: str) -> Attainment:
    """Make a result of a statement that there was none: nothing to handle, or none of what should not be."""
    quantity = quantity_of(result_wording.without_none(scope))
    if result_wording.is_nothing_to_handle(words):
        return Attainment(text, scope.strip(_AROUND), quantity, not_arising=True)
    return Attainment(text, scope.strip(_AROUND), quantity, 0, declared=Fraction(0), declared_text="0%")


def _own_words(sentence: str, found: ResultFigure, start: int) -> str:
    """Return the words that lead to a figure, from the last mark or "đã" on, and its own."""
    first = found.part or found.rate
    begin = min(found.start if first is None else first.start, found.end)
    lead = _OWN_CLAUSE.split(sentence[start:begin])[-1] if begin > start else ""
    return f"{lead} {sentence[begin : found.end]}"


def _only_cut_off(text: str) -> date | None:
    """Return the day up to which a text counts, if it names just one."""
    found = {
        dated.day
        for dated in find_dates(text)
        if dated.day is not None and result_wording.leads_to_a_cut_off(text[max(0, dated.start - _LEAD) : dated.start])
    }
    return found.pop() if len(found) == 1 else None
