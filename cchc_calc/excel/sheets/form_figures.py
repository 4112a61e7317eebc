"""The figures that go onto the sheet of a form: what is typed, what was reported, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.computation import compute_contents
from cchc_calc.evaluation import evaluate
from cchc_calc.excel.cell_reading import Typed, cell_reading
from cchc_calc.excel.readers.number_formats import GENERAL, figure_text
from cchc_calc.states import NOT_ARISING_TEXT, STATE_TEXTS, UNDECIDED_TEXT, Content, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.computation import Computation
    from cchc_calc.expressions import Sum
    from cchc_calc.readings import Declared
    from cchc_calc.report import Entry, Report

_WHOLE_FORMATS: Final = ("0", "#,##0")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a source printed, as it goes into the column of reported figures.

    ``cell`` is a number where a number in ``number_format`` shows what was printed, else the text
    verbatim. ``value`` is the figure read from it (a rate as a fraction of one) with so many
    ``decimals``; ``None`` where nothing can be compared.
    """

    cell: Decimal | str
    number_format: str = GENERAL
    value: Decimal | None = None
    decimals: int = 0


@dataclass(frozen=True)
class FormFigures:
    """The figures of one form: ``typed`` in the input cells, ``reported`` beside, and the computed form."""

    form: Form
    typed: Mapping[str, Typed]
    reported: Mapping[str, Reported]
    computation: Computation

    @cached_property
    def is_empty(self) -> bool:
        """Tell whether no input cell holds anything."""
        return all(content is State.BLANK for content in self.computation.read.values())

    def used(self, address: str) -> Content:
        """Return what formulas use of a row."""
        return self.computation.contents.get(address, State.BLANK)

    def sum_value(self, quantity: Sum) -> int | float | str:
        """Return what the cell of a sum among operands stores."""
        return operand_value(evaluate(quantity, self.computation.contents))


def figures_of_cells(form: Form, typed: Mapping[str, Typed]) -> FormFigures:
    """Make the figures of a form whose input cells hold ``typed``; an address that is missing is empty.

    >>> from cchc_calc.form_files import load_form
    >>> figures = figures_of_cells(load_form("thong-ke-cchc", "2023"), {"3.4.3.b": 425, "3.4.3.c": 424})
    >>> figures.used("3.4.3")
    Fraction(424, 425)
    """
    return _figures(form, typed, MappingProxyType({}))


def figures_of_report(form: Form, report: Report) -> FormFigures:
    """Make the figures of a report: what was accepted as numbers, what was not as the text that stood there."""
    typed: dict[str, Typed] = {}
    reported: dict[str, Reported] = {}
    for address, entry in report.entries.items():
        row = form.row(address)
        if row.is_input:
            typed[address] = _typed(row, entry)
        beside = _reported(row, entry, typed.get(address))
        if beside is not None:
            reported[address] = beside
    typed |= dict.fromkeys(report.missing, UNDECIDED_TEXT)
    return _figures(form, typed, reported)


def stored_value(content: Content) -> int | float | str:
    """Return the result a cell stores for a content: a number, the name of a state, or an empty text.

    >>> from fractions import Fraction
    >>> stored_value(Fraction(1, 4)), stored_value(State.NOT_ARISING), stored_value(State.BLANK)
    (0.25, 'Không phát sinh', '')
    """
    if isinstance(content, State):
        return STATE_TEXTS[content]
    return content if isinstance(content, int) else float(content)


def operand_value(content: Content) -> int | float | str:
    """Return what a helper cell stores: among the operands "không phát sinh" is a 0.

    >>> operand_value(State.NOT_ARISING), operand_value(State.UNDECIDED)
    (0, 'KXĐ')
    """
    return 0 if content is State.NOT_ARISING else stored_value(content)


def _figures(form: Form, typed: Mapping[str, Typed], reported: Mapping[str, Reported]) -> FormFigures:
    read = {row.address: cell_reading(row, typed.get(row.address)) for row in form.rows if row.is_input}
    return FormFigures(form, typed, reported, compute_contents(form, read))


def _typed(row: Row, entry: Entry) -> Typed:
    content = entry.content
    if not isinstance(content, State):
        return int(content) if isinstance(content, int) else Decimal(str(content))
    if content is State.BLANK:
        return None
    # A cell that could not be used must not be read as something else when it is written again.
    text = NOT_ARISING_TEXT if content is State.NOT_ARISING else entry.reported
    return text if cell_reading(row, text) is content else UNDECIDED_TEXT


def _reported(row: Row, entry: Entry, typed: Typed) -> Reported | None:
    if not entry.reported:
        return None
    if row.is_computed:
        return _declared(row, entry.reported, entry.declared)
    is_shown = row.is_input and (isinstance(typed, int | Decimal) or typed in (entry.reported, NOT_ARISING_TEXT))
    return None if is_shown else Reported(entry.reported)


def _declared(row: Row, text: str, declared: Declared | None) -> Reported:
    if declared is None or declared.value is None:
        return Reported(text)
    is_rate = row.kind == "rate"
    value = declared.value / 100 if is_rate else declared.value
    decimals = declared.decimals + 2 if is_rate else declared.decimals
    suffix = "%" if text.endswith("%") else ""
    cell = value if suffix else declared.value
    # The cell takes a rate above 1 for a percentage; a figure it would misread stays text.
    if not is_rate or fraction_of(cell) == value:
        places = f".{'0' * declared.decimals}" if declared.decimals else ""
        for number_format in (f"{whole}{places}{suffix}" for whole in _WHOLE_FORMATS):
            if figure_text(cell, number_format) == text:
                return Reported(cell, number_format, value, decimals)
    return Reported(text, GENERAL, value, decimals)


def fraction_of(rate: Decimal) -> Decimal:
    """Read a rate typed without a percent sign as officials write it: 48 means 48 %, and so does 0,48.

    >>> fraction_of(Decimal(48)), fraction_of(Decimal("0.48"))
    (Decimal('0.48'), Decimal('0.48'))
    """
    return rate / 100 if rate > 1 else rate
