"""The form as an office types it into a workbook of its own: the table alone, without our stamp and our formulas."""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import openpyxl
import xlsxwriter
from benchmarks.form_writers import OPENPYXL, OURS, UNIT, PreparedForm
from filled_forms import FORM, HEADER, form_rows

from cchc_calc.excel.sheets.form_figures import figures_of_cells, stored_value
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.form_writers import Manner
    from benchmarks.made_units import MadeUnit

Cells: TypeAlias = "Mapping[str, float | str | None]"

_FIRST_LINE = 5
_PERCENT, _GROUPED = "0.00%", "#,##0"
_LINES = {f"D{line}": row for line, row in enumerate(FORM.rows, _FIRST_LINE) if not row.is_heading}


def office_form(unit: MadeUnit, writer: str) -> bytes:
    """Write the table of a unit."""
    return _prepared(writer).filled(unit.name, typed_cells(unit))


def typed_cells(unit: MadeUnit) -> Cells:
    """Give every cell with a figure: what is computed is typed too, rates with two decimals of a percent."""
    figures = figures_of_cells(FORM, unit.typed)
    cells: dict[str, float | str | None] = {}
    for place, row in _LINES.items():
        used = figures.used(row.address)
        if row.is_input:
            typed = unit.typed.get(row.address)
            cells[place] = float(typed) if isinstance(typed, Decimal) else typed
        elif used in (State.BLANK, State.UNDECIDED):
            cells[place] = None
        elif row.kind == "rate" and not isinstance(used, State):
            cells[place] = int(used * 10_000 + Fraction(1, 2)) / 10_000
        else:
            cells[place] = stored_value(used)
    return cells


def _by_openpyxl(unit: str, cells: Cells) -> bytes:
    """Write strings into the cells themselves, as openpyxl does."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "Biểu mẫu"
    for line, texts in enumerate(_lines(unit), 1):
        for column, text in enumerate(texts, 1):
            sheet.cell(line, column, text or None)
    for place, row in _LINES.items():
        sheet[place].number_format = _PERCENT if row.kind == "rate" else _GROUPED
        sheet[place] = cells[place]
    book.save(target)
    return target.getvalue()


def _by_xlsxwriter(unit: str, cells: Cells) -> bytes:
    """Write strings into the list that all sheets share, as Excel does."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, percent = book.add_worksheet("Biểu mẫu"), book.add_format({"num_format": _PERCENT})
        plain = book.add_format({"num_format": _GROUPED})
        for line, texts in enumerate(_lines(unit)):
            for column, text in enumerate(texts):
                sheet.write_string(line, column, text)
        for place, row in _LINES.items():
            sheet.write(place, cells[place], percent if row.kind == "rate" else plain)
    return target.getvalue()


OFFICES: Mapping[str, tuple[Manner, Callable[[str, Cells], bytes]]] = {
    "office inline": (OPENPYXL, _by_openpyxl),
    "office shared": (OURS, _by_xlsxwriter),
}
"""How each office's program writes cells, and how it is made to write the table of a unit."""


@cache
def _prepared(writer: str) -> PreparedForm:
    manner, write = OFFICES[writer]
    return PreparedForm(write(UNIT, dict.fromkeys(_LINES, 0)), manner, frozenset(_LINES))


def _lines(unit: str) -> list[tuple[str, ...]]:
    """Give the title, the header and the rows of the form."""
    title = (
        "BIỂU MẪU THỐNG KÊ SỐ LIỆU CẢI CÁCH HÀNH CHÍNH",
        f"TẠI {unit.upper()}",
        "QUÝ III/2023 (Từ ngày 13/6/2023 đến ngày 12/9/2023)",
    )
    return [*(("", text) for text in title), HEADER, *map(tuple, form_rows())]
