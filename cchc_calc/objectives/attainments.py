"""Results as reported: every rate with its counts, every bare n/m, rate and count, and that nothing arose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.folding import fold
from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.objectives import result_wording
from cchc_calc.objectives.records import Attainment, Base, Result, Total
from cchc_calc.objectives.wording import base_of, quantity_of
from cchc_calc.periods import find_dates
from cchc_calc.rate_pairs import rate_pairs
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

DOSSIER: Final = "hồ sơ"
"""The unit of the totals that rates of dossiers stand on."""

_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])\s+(?=\D)|\s\.\s|\n+")
_BULLET: Final = re.compile(r"\s[-–+•]\s+(?=[A-ZÀ-ỸĐ])")
_SEPARATOR: Final = re.compile(r"[,;]|\s(?:và|còn)\s", re.IGNORECASE)
_OWN_CLAUSE: Final = re.compile(r"[,:;(]|(?<!\w)đã(?!\w)", re.IGNORECASE)
_UNSPECIFIC: Final = frozenset({"", "dossiers"})
_REMEMBERED: Final = 12
"""So many counts of the sentences before may be the whole of a rate."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One result in a sentence: its rate, its counts, and where it stands."""

    start: int
    end: int
    rate: Figure | None = None
    part: Figure | None = None
    whole: Figure | None = None
    is_none: bool = False

    @property
    def is_bare_count(self) -> bool:
        return self.rate is None and self.whole is None and not self.is_none


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
        for figure, base in _total_figures(sentence, parse_figures(sentence)):
            yield Total(base, _count(figure) or 0, _only_cut_off(sentence) or only, where)


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
        items, counted = _items(sentence, counts)
        counts = [*counts, *counted][-_REMEMBERED:]
        as_of = _only_cut_off(sentence) or as_of
        before = ""
        for item, (start, end) in zip(items, _stretches(sentence, items), strict=True):
            quantity = quantity_of(sentence[start:end])
            if quantity in _UNSPECIFIC:
                # "trễ hạn: đất đai 6,39%, môi trường 1,2%" says only once what is measured.
                quantity = before or quantity
            before = quantity if quantity not in _UNSPECIFIC else before
            yield _attainment(sentence, item, (start, end), quantity, as_of, where)


def _attainment(
    sentence: str, item: _Item, stretch: tuple[int, int], quantity: str, as_of: date | None, where: str
) -> Attainment:
    start, end = stretch
    scope = clean(sentence[start:end])
    nothing = item.is_none and result_wording.is_nothing_to_handle(sentence[item.start : end])
    return Attainment(
        text=clean(sentence[item.start : item.end]),
        scope=scope.strip(" ,;:.-–+"),
        quantity=quantity,
        numerator=None if nothing or item.part is None else _count(item.part),
        denominator=None if item.whole is None else _count(item.whole),
        declared=None if item.rate is None or item.rate.value is None else Fraction(item.rate.value) / 100,
        declared_text="" if item.rate is None else clean(item.rate.text),
        base=base_of(scope) or (base_of(sentence) if item.whole is not None else None),
        as_of=as_of,
        not_arising=nothing,
        negated=result_wording.is_negated(_own_words(sentence, item, start)),
        where=where,
    )


def _own_words(sentence: str, item: _Item, start: int) -> str:
    """Return the words that lead to the figure, from the last mark or "đã" on, and those within it."""
    # "Không phát sinh" is a figure itself, and denies nothing that was to be done.
    if item.is_none:
        return ""
    first = item.part or item.rate
    begin = min(item.start if first is None else first.start, item.end)
    lead = _OWN_CLAUSE.split(sentence[start:begin])[-1] if begin > start else ""
    return f"{lead} {sentence[begin : item.end]}"


def _items(sentence: str, counts_before: list[Figure]) -> tuple[list[_Item], list[Figure]]:
    figures = [figure for figure in parse_figures(sentence) if figure.value is not None]
    pairs, counted = rate_pairs(sentence, counts_before)
    items = [
        _Item(pair.start, pair.end, pair.rate, _whole_count(pair.part), _whole_count(pair.whole)) for pair in pairs
    ]
    taken = [(item.start, item.end) for item in items]
    totals = {figure.start for figure, _ in _total_figures(sentence, tuple(figures))}
    for figure in figures:
        if any(start <= figure.start < end for start, end in taken) or figure.start in totals:
            continue
        if (item := _single(sentence, figure)) is not None:
            items.append(item)
    return sorted(items, key=lambda item: item.start), counted


def _single(sentence: str, figure: Figure) -> _Item | None:
    if figure.comparator != "=" or figure.role:
        return None
    if figure.unit == "%":
        planned = result_wording.is_planned(sentence[: figure.start])
        return None if planned else _Item(figure.start, figure.end, rate=figure)
    if _count(figure) is None:
        return None
    # The figures of a statement that there was none stand in no digits.
    is_none = figure.value == 0 and not re.search(r"\d", figure.text)
    return _Item(figure.start, figure.end, part=figure, is_none=is_none) if figure.unit or is_none else None


def _stretches(sentence: str, items: list[_Item]) -> Iterator[tuple[int, int]]:
    """Give the words that belong to each result: between two of them, up to the last comma to the former."""
    for place, item in enumerate(items):
        before = [other.end for other in items[:place] if item.is_bare_count or not other.is_bare_count]
        after = [other.start for other in items[place + 1 :] if item.is_bare_count or not other.is_bare_count]
        start = _parting(sentence, before[-1], item.start) if before else 0
        end = _parting(sentence, item.end, after[0]) if after else len(sentence)
        yield min(start, item.start), max(end, item.end)


def _parting(sentence: str, end: int, start: int) -> int:
    marks = list(_SEPARATOR.finditer(sentence, end, start)) if start > end else []
    return marks[-1].start() if marks else end


def _total_figures(sentence: str, figures: tuple[Figure, ...]) -> Iterator[tuple[Figure, Base]]:
    """Find the counts of dossiers that the words before them call the total received or resolved."""
    reached = 0
    for figure in figures:
        words = sentence[reached : figure.start]
        reached = figure.end
        is_count = figure.unit == DOSSIER and figure.comparator == "=" and not figure.role and _count(figure)
        if is_count and not result_wording.is_of_a_part(sentence[: figure.start]):
            base = base_of(words)
            if base in {Base.RECEIVED, Base.RESOLVED}:
                yield figure, base


def _only_cut_off(text: str) -> date | None:
    """Return the day up to which a text counts, if it names just one."""
    found = {
        dated.day
        for dated in find_dates(text)
        if dated.day is not None and result_wording.leads_to_a_cut_off(text[: dated.start])
    }
    return found.pop() if len(found) == 1 else None


def _whole_count(figure: Figure | None) -> Figure | None:
    return figure if figure is not None and _count(figure) is not None else None


def _count(figure: Figure) -> int | None:
    if figure.value is None or figure.value != figure.value.to_integral_value():
        return None
    return int(figure.value)
