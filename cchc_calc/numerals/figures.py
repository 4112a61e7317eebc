"""Figures of a phrase: every number that says how much, with its unit, its comparator and its place in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_calc.folding import fold
from cchc_calc.numerals import comparators, labels
from cchc_calc.numerals.hidden import hidden_spans
from cchc_calc.numerals.mentions import mentions_in
from cchc_calc.numerals.pairs import Tie, group, is_day
from cchc_calc.numerals.subjects import money_before, names_no_unit, unit_before
from cchc_calc.numerals.tokens import BREAKS, Tokens
from cchc_calc.numerals.units import (
    NO_UNIT,
    PER_CENT,
    PER_CENT_POINTS,
    PERCENT,
    WHOLE,
    Kind,
    Unit,
    named_unit,
)
from cchc_calc.numerals.written import NumberReading
from cchc_calc.numerals.zeros import Zero, zero_statements
from cchc_calc.remembering import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.folding import FoldedText
    from cchc_calc.numerals.mentions import Mention
    from cchc_calc.numerals.pairs import Group

_FAR = 120
"""So many tokens on, a number no longer takes its unit from the one before."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a phrase.

    ``value`` is exactly as printed, ``16,00`` as ``Decimal("16.00")``, and ``None`` when two honest
    ``readings`` exist. ``unit`` is the unit's one name, empty where none is known. ``comparator`` is one of
    ``= < <= > >= ~< ~>``; the last two mean a little less and a little more. ``role`` is ``"numerator"`` or
    ``"denominator"`` in n/m. ``start:end`` is the place of number, comparator and unit in the text given,
    ``text`` what stands there. ``note`` says how the number was read.
    """

    value: Decimal | None
    unit: str
    comparator: str
    text: str
    role: str = ""
    start: int = 0
    end: int = 0
    readings: tuple[Decimal, ...] = ()
    note: str = ""


def parse_figures(text: str, unit: str = "") -> tuple[Figure, ...]:
    """Find the figures of a phrase, in the order written.

    ``unit`` is that of the column, for numbers whose unit the text does not name. Numbers of documents, dates,
    periods, durations, labels, lists and names are no figures; a statement that nothing arose is a 0. Text
    without a figure gives ``()``; nothing raises.

    >>> for figure in parse_figures("13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, tỷ lệ không quá 1,73%"):
    ...     print(figure.comparator, figure.value, figure.unit)
    = 13506 hồ sơ
    = 234 hồ sơ
    <= 1.73 %
    >>> [figure.role for figure in parse_figures("đúng hạn 1540/1587 hồ sơ")]
    ['numerator', 'denominator']
    >>> parse_figures("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018, dịch vụ công mức độ 3, 4")
    ()
    """
    return _figures_in(text, unit) if unit else _known_figures(text)


def _figures_in(text: str, unit: str) -> tuple[Figure, ...]:
    folded = fold(text)
    tokens = Tokens(folded)
    tokens.hide(hidden_spans(folded))
    phrase = _Phrase(text, folded, tokens, named_unit(unit))
    return tuple(phrase.figures())


def _figures_without_unit(text: str) -> tuple[Figure, ...]:
    return _figures_in(text, "")


_known_figures = remembered(_figures_without_unit)


class _Phrase:
    """One text being read from left to right; it remembers what was counted last and which list runs on."""

    __slots__ = ("_column", "_counted", "_counted_at", "_folded", "_label", "_text", "_tokens")

    def __init__(self, text: str, folded: FoldedText, tokens: Tokens, column: Unit) -> None:
        self._text = text
        self._folded = folded
        self._tokens = tokens
        self._column = column
        self._counted = NO_UNIT
        self._counted_at = 0
        self._label = -10

    def figures(self) -> Iterator[Figure]:
        zeros = list(zero_statements(self._tokens))
        inside = {token for zero in zeros for token in range(zero.first, zero.last + 1)}
        groups = [tied for tied in group(self._tokens, list(mentions_in(self._tokens))) if tied.first not in inside]
        in_order: list[Group | Zero] = sorted([*groups, *zeros], key=_first_token)
        for item in in_order:
            if isinstance(item, Zero):
                yield self._zero(item)
            elif labels.is_rank(self._tokens, item.first):
                yield from self._rank(item)
            elif not self._is_name(item):
                yield from self._group(item)

    def _is_name(self, tied: Group) -> bool:
        """Tell whether the numbers name something or last some time instead of saying how much."""
        tokens, first, place = self._tokens, tied.mentions[0], tied.first
        if first.unit.kind is Kind.TIME or labels.touches_letters(tokens, first.first, first.last):
            return True
        if first.unit == PERCENT:
            return False
        day = tied.tie is Tie.RATIO and is_day(tokens, tied)
        counted = first.is_counted or tied.tie is Tie.RATIO
        listed = labels.continues_list(tokens, self._label, place, counted=first.is_counted)
        if day or listed or labels.is_label(tokens, place, counted=counted):
            self._label = tied.mentions[-1].number_end
            return True
        bare = not counted and (labels.is_quoted(tokens, place) or labels.is_year(tokens, place))
        return bare or labels.is_enumerator(tokens, place) or labels.is_expression(tokens, place)

    def _zero(self, zero: Zero) -> Figure:
        unit = zero.unit if zero.unit.name else self._unit_around(zero.first, zero.last)
        return self._figure(NumberReading(Decimal(0), note="nói rõ là không có"), unit, "=", zero.first, zero.last)

    def _rank(self, tied: Group) -> Iterator[Figure]:
        # "thứ 3/10 đơn vị" is the third place, among ten units.
        for mention in tied.mentions:
            unit = mention.unit if mention.is_counted and mention is tied.mentions[-1] else self._column
            reading = mention.read(NO_UNIT)
            if reading.value is not None:
                yield self._figure(replace(reading, note="thứ hạng"), unit, "=", mention.first, mention.last)

    def _group(self, tied: Group) -> Iterator[Figure]:
        if tied.tie is Tie.RATIO:
            yield from self._ratio(*tied.mentions)
        elif tied.tie is Tie.RANGE:
            low, high = tied.mentions
            yield from self._range(low, high, tied.upper)
        else:
            for mention in tied.mentions:
                yield from self._single(mention)

    def _ratio(self, part: Mention, whole: Mention) -> Iterator[Figure]:
        unit = self._unit_of(part)
        comparator, begin = comparators.comparator_before(self._tokens, part.first, unit.kind)
        self._count(unit, whole.last)
        # "97%/95%" is a result and its target, of which nobody takes the ratio.
        roles = ("", "") if unit.kind is Kind.RATE else ("numerator", "denominator")
        yield from self._read(part, unit, comparator, begin, part.last, roles[0])
        yield from self._read(whole, unit, "=", whole.first, whole.last, roles[1])

    def _range(self, low: Mention, high: Mention, upper: str) -> Iterator[Figure]:
        tokens, unit = self._tokens, self._unit_of(low)
        comparator, begin = comparators.comparator_before(tokens, low.first, unit.kind)
        open_below = comparator in {">", "~>"}
        if not open_below:
            comparator = ">="
            begin -= tokens.word(begin - 1) == "từ"
        if not upper:
            # The end of a band of points belongs to the next band; 100 is the end of the scale.
            band = unit.kind is Kind.POINTS and not open_below and high.digits != "100"
            upper = "<" if band else "<="
        begin_high = high.first - (tokens.word(high.first - 1) == "dưới")
        yield from self._read(low, unit, comparator, begin, low.last)
        yield from self._read(high, unit, upper, begin_high, high.last)

    def _single(self, mention: Mention) -> Iterator[Figure]:
        tokens, unit = self._tokens, self._unit_of(mention)
        comparator, negative, note = "=", False, ""
        negative, begin = labels.sign_before(tokens, mention.first)
        change, changed = comparators.change_before(tokens, begin, mention.last)
        if not change:
            across = self._counted_at == begin - 2 and self._counted is not NO_UNIT
            comparator, begin = comparators.comparator_before(tokens, begin, unit.kind, across=across)
            change, changed = comparators.change_before(tokens, begin, mention.last)
        if change:
            begin, note = changed, "mức tăng, giảm so với kỳ hoặc mốc khác"
            unit = Unit(PER_CENT_POINTS, Kind.RATE) if unit.name == PER_CENT else unit
        if change < 0:
            negative, comparator = True, comparators.opposite(comparator)
        comparator, begin, last = comparators.bound(tokens, comparator, begin, mention.last, unit.kind)
        self._count(unit, mention.last)
        for figure in self._read(mention, unit, comparator, begin, last, negative=negative):
            yield replace(figure, note=note or figure.note)

    def _unit_of(self, mention: Mention) -> Unit:
        if mention.is_counted:
            return mention.unit
        if mention.power and (money := money_before(self._tokens, mention.first)).name:
            return money
        value = mention.read(NO_UNIT).value
        unit = self._unit_around(mention.first, mention.last)
        whole = value is not None and value == value.to_integral_value()
        return unit if whole or unit.kind not in WHOLE else self._column

    def _unit_around(self, first: int, last: int) -> Unit:
        """Find the unit of a number that names none: in its clause, before it in the sentence, in the column."""
        if not names_no_unit(self._tokens, last + 1):
            return self._column
        unit = unit_before(self._tokens, first)
        if unit.name:
            return unit
        between = range(self._counted_at + 1, first)
        near = self._counted.name and len(between) <= _FAR
        if near and not any(self._tokens.word(place) in BREAKS for place in between):
            return self._counted
        return self._column

    def _count(self, unit: Unit, last: int) -> None:
        if unit.kind in WHOLE and unit.name:
            self._counted, self._counted_at = unit, last

    def _read(
        self,
        mention: Mention,
        unit: Unit,
        comparator: str,
        first: int,
        last: int,
        role: str = "",
        *,
        negative: bool = False,
    ) -> Iterator[Figure]:
        average = comparators.is_average(self._tokens, first, last)
        reading = mention.read(unit, fraction=average)
        if reading.value is None and not reading.readings:
            return
        yield self._figure(reading.negated() if negative else reading, unit, comparator, first, last, role)

    def _figure(
        self, reading: NumberReading, unit: Unit, comparator: str, first: int, last: int, role: str = ""
    ) -> Figure:
        start, end = self._folded.original_span(self._tokens.start(first), self._tokens.end(last))
        text = self._text[start:end]
        return Figure(reading.value, unit.name, comparator, text, role, start, end, reading.readings, reading.note)


def _first_token(item: Group | Zero) -> int:
    return item.first
