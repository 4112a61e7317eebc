"""The rows of the form on their sheet: what is printed, the cell for the figure, and the columns beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.cell_reading import native_reading, takes_whole_numbers
from cchc_calc.excel.sheets.form_figures import operand_value, stored_value
from cchc_calc.excel.sheets.form_grid import Column
from cchc_calc.excel.sheets.input_rules import input_rule
from cchc_calc.excel.sheets.printed_form import PRINTED_PIXELS
from cchc_calc.excel.sheets.row_messages import message, native_message, native_reported, native_used
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.excel.sheets.styles import COUNT_FORMAT, MEASURE_FORMAT, PALE, RATE_FORMAT, YELLOW
from cchc_calc.excel_formulas import call, native

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.catalogue import Row
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.cell_reading import Typed
    from cchc_calc.excel.sheets.form_figures import FormFigures, Reported
    from cchc_calc.excel.sheets.form_grid import FormGrid
    from cchc_calc.excel.sheets.printed_form import PrintedForm
    from cchc_calc.excel.sheets.styles import Styles

COLUMN_PIXELS: Final = PRINTED_PIXELS | {
    Column.GAP: 14,
    Column.ADDRESS: 70,
    Column.MESSAGE: 230,
    Column.REPORTED: 150,
    Column.READ: 90,
    Column.USED: 90,
}

_CODE_FORMAT: Final = "0"
_REMEMBERED: Final = 2048
"""So many formulas and rules are remembered, those of a few forms."""


@dataclass(frozen=True, slots=True)
class FormRows:
    """Writes rows of a form, for a unit of a level of administration, in a build of the workbook."""

    printed: PrintedForm
    styles: Styles
    grid: FormGrid
    figures: FormFigures
    level: str
    build: Build

    @property
    def sheet(self) -> Worksheet:
        """Return the sheet."""
        return self.printed.sheet

    def write(self, row: Row) -> None:
        """Write one row over all its columns."""
        line = self.grid.line(row.address)
        typed = self.figures.typed.get(row.address)
        self.printed.write_row(row, line, typed if isinstance(typed, str) else "")
        put_text(self.sheet, line, Column.ADDRESS, row.address, self.styles["side"])
        reported = self.figures.reported.get(row.address)
        self._write_reported(line, reported)
        if row.is_heading:
            self.sheet.write_blank(line, Column.VALUE, None, self.styles["centred cell"])
            return
        if row.is_computed:
            self._write_computed(row, line, reported)
        else:
            self._write_input(row, line)
        decimals = reported.decimals if reported is not None else 0
        formula = _message_formula(self.grid, row.address, self.level, decimals)
        said = message(self.figures, row, self.level)
        self.sheet.write_formula(line, Column.MESSAGE, formula, self.styles["side"], said)

    def _write_reported(self, line: int, reported: Reported | None) -> None:
        if reported is None:
            self.sheet.write_blank(line, Column.REPORTED, None, self.styles.reported())
        elif isinstance(reported.cell, Decimal):
            look = self.styles.reported(reported.number_format)
            self.sheet.write_number(line, Column.REPORTED, float(reported.cell), look)
        else:
            put_text(self.sheet, line, Column.REPORTED, reported.cell, self.styles.reported())

    def _write_computed(self, row: Row, line: int, reported: Reported | None) -> None:
        if row.formula is None:
            return
        value = stored_value(self.figures.used(row.address))
        look = self.styles.value(number_format_of(row), italic=row.italic)
        formula = _value_formula(self.grid, row.address, calls_python=self.build.calls_python)
        self.sheet.write_formula(line, Column.VALUE, formula, look, value)
        carried = reported.value if reported is not None and isinstance(reported.cell, str) else None
        formula = native_reported(row, self.grid.cell(row.address, Column.REPORTED), carried)
        read = "" if reported is None or reported.value is None else float(reported.value)
        self._write_helper(line, Column.READ, formula, read)
        self._write_helper(line, Column.USED, f"={self.grid.value(row.address)}", value)
        for cell, quantity in self.grid.sums_of(row) if self.build.calls_python else ():
            adding = native(quantity, self.grid.operand)
            self.sheet.write_formula(cell, adding, self.styles["helper"], self.figures.sum_value(quantity))

    def _write_input(self, row: Row, line: int) -> None:
        tint = YELLOW if self.level in row.levels else PALE
        look = self.styles.value(number_format_of(row), tint=tint, italic=row.italic)
        typed: Typed = self.figures.typed.get(row.address)
        if typed is None:
            self.sheet.write_blank(line, Column.VALUE, None, look)
        elif isinstance(typed, str):
            put_text(self.sheet, line, Column.VALUE, typed, look)
        elif isinstance(typed, bool):
            self.sheet.write_boolean(line, Column.VALUE, typed, look)
        else:
            self.sheet.write_number(line, Column.VALUE, float(typed), look)
        rule = _input_rule(self.grid, row.address, self.level)
        self.sheet.data_validation(line, Column.VALUE, line, Column.VALUE, rule)
        read = operand_value(self.figures.computation.read[row.address])
        self._write_helper(line, Column.READ, _read_formula(self.grid, row.address), read)
        used = operand_value(self.figures.used(row.address))
        self._write_helper(line, Column.USED, _used_formula(self.grid, row.address), used)

    def _write_helper(self, line: int, column: Column, formula: str, value: float | str) -> None:
        self.sheet.write_formula(line, column, formula, self.styles["helper"], value)


# What follows from the form alone is the same in every workbook of it.
@lru_cache(maxsize=_REMEMBERED)
def _value_formula(grid: FormGrid, address: str, *, calls_python: bool) -> str:
    formula = grid.form.row(address).formula
    if formula is None:
        return ""
    return (call if calls_python else native)(formula, grid.operand)


@lru_cache(maxsize=_REMEMBERED)
def _read_formula(grid: FormGrid, address: str) -> str:
    return native_reading(grid.form.row(address), grid.value(address))


@lru_cache(maxsize=_REMEMBERED)
def _used_formula(grid: FormGrid, address: str) -> str:
    return native_used(grid, grid.form.row(address))


@lru_cache(maxsize=_REMEMBERED)
def _message_formula(grid: FormGrid, address: str, level: str, decimals: int) -> str:
    return native_message(grid, grid.form.row(address), level, decimals)


@lru_cache(maxsize=_REMEMBERED)
def _input_rule(grid: FormGrid, address: str, level: str) -> dict[str, Any]:
    return input_rule(grid.form.row(address), level)


def number_format_of(row: Row) -> str:
    """Return how the value of a row is shown."""
    if row.kind == "rate":
        return RATE_FORMAT
    if row.kind == "measure" and not takes_whole_numbers(row):
        return MEASURE_FORMAT
    return COUNT_FORMAT if row.legend is None else _CODE_FORMAT
