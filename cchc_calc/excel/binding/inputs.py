"""What an official has to know of the cells that the formulas of the form read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.computation import show
from cchc_calc.excel.binding.result import Inputs, OddInput
from cchc_calc.excel.binding.sheet_cells import cell_name
from cchc_calc.expressions import references
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form, Row
    from cchc_calc.excel.binding.bound_form import BoundForm


def look_at_inputs(bound: BoundForm) -> Inputs:
    """List what formulas cannot use, or read as something else than the reader of reports does, and why.

    A formula without a stored result is no odd figure: it is computed when the file is opened.
    """
    odd, uncomputed, as_text = [], [], []
    for address in _operands(bound.form):
        entry = bound.places.report.entries.get(address)
        row = bound.form.row(address)
        if entry is None or not row.is_input or address not in bound.sheet.sources:
            continue
        place = bound.places.cells[address]
        read = bound.figures.computation.read.get(address, State.BLANK)
        if bound.cells.formula(place) and not bound.cells.has_result(place):
            uncomputed.append(cell_name(place))
        elif read is State.UNDECIDED or read != entry.content:
            odd.append(OddInput(row, cell_name(place), entry.reported, _told(row, entry.content), _told(row, read)))
        if bound.styles.is_text(bound.cells.style(place)) and not bound.cells.formula(place):
            as_text.append(cell_name(place))
    return Inputs(tuple(odd), tuple(uncomputed), tuple(as_text))


def _operands(form: Form) -> tuple[str, ...]:
    """List the rows that formulas and checks read, in the order of the form."""
    formulas = [row.formula for row in form.computed if row.formula is not None]
    comparisons = [check.comparison for check in form.checks]
    read = {address for node in (*formulas, *comparisons) for address in references(node)}
    return tuple(row.address for row in form.rows if row.address in read)


def _told(row: Row, content: Content) -> str:
    return "để trống" if content is State.BLANK else show(row, content)
