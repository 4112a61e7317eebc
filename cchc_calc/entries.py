"""The entry of a row: what stands in its value cell, read for its kind of row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import make_finding
from cchc_calc.readings import read_declared, read_input
from cchc_calc.report import Entry
from cchc_calc.spelling import comparison_key
from cchc_calc.states import State
from cchc_calc.unreadable_cells import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.catalogue import Row
    from cchc_calc.document import Cell
    from cchc_calc.findings import Finding
    from cchc_calc.table_layout import Line

_OWN_FAULTS: Final = frozenset({"C11", "C20", "C21"})
"""What is wrong with a computed cell even of our own template, whose results are not taken but computed anew."""


def read_entry(row: Row, value: Cell, reported: str, *, has_reported: bool) -> tuple[Entry, Finding | None]:
    """Read the value cell of a row; ``reported`` stands beside it in our own template, which ``has_reported`` tells."""
    if row.is_heading:
        return Entry(value.text, value.where), None
    if row.is_input:
        content, finding = read_input(row, value.text, value.where, value.fault, value.number, value.code)
        return Entry(value.text, value.where, content), finding
    # In our template the cell is a formula, and what the report printed stands beside it; what somebody
    # typed over the formula is what the form shows.
    own = has_reported and (value.computed or not value.text) and value.code not in _OWN_FAULTS
    text = reported if own else value.text
    fault, number, code = ("", None, "") if own else (value.fault, value.number, value.code)
    declared, finding = read_declared(row, text, value.where, fault, number, code)
    # Not every reader knows the formula, and a result is held against what is computed anew.
    result = (replace(value, formula="") if value.formula else value) if own and value.computed else None
    return Entry(text, value.where, declared=declared, result=result), finding


def refused_entry(row: Row, line: Line) -> Entry:
    """Keep what stands in a line that cannot be trusted; it counts for nothing."""
    content = State.UNDECIDED if row.is_input else State.BLANK
    return Entry(line.value.text, line.value.where, content)


def odd_about(row: Row, line: Line) -> Iterator[Finding]:
    """Yield what is odd about a line, whatever its figure: a heading with a value, another unit."""
    if row.is_heading:
        if line.value.text:
            yield _heading_value(row, line)
    elif line.unit and line.unit != row.unit and comparison_key(line.unit) != comparison_key(row.unit):
        yield _unit_differs(row, line)


def _heading_value(row: Row, line: Line) -> Finding:
    text = shorten(line.value.text)
    message = f"Chỉ tiêu {row.address} ({line.value.where}) là dòng tiêu đề nhưng ghi “{text}”; số này không được tính."
    return make_finding("heading_value", message, rows=(row.address,), where=line.value.where, found=text)


def _unit_differs(row: Row, line: Line) -> Finding:
    expected = f"“{row.unit}”" if row.unit else "để trống"
    found = shorten(line.unit)
    message = f"Chỉ tiêu {row.address} ({line.where}): đơn vị tính ghi “{found}”, biểu mẫu ghi {expected}."
    return make_finding("unit_differs", message, rows=(row.address,), where=line.where, found=found, expected=row.unit)
