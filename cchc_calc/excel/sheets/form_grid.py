"""Where everything of a form lies on its sheet: one column for each part, one line for each row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from cchc_calc.excel_formulas import operand_key, operand_sums

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form, Row
    from cchc_calc.expressions import Sum

FORM_SHEET: Final = "Biểu mẫu"
FINDINGS_SHEET: Final = "Kiểm tra"
OVERVIEW_SHEET: Final = "Tổng quan"
METHOD_SHEET: Final = "Cách tính"
GUIDE_SHEET: Final = "Hướng dẫn"
SELF_TEST_SHEET: Final = "Tự kiểm tra"


class Column(IntEnum):
    """The columns of the sheet: six of the official form, a gap, and five beside it that are not printed."""

    CODE = 0
    LABEL = 1
    UNIT = 2
    VALUE = 3
    AGENCY = 4
    NOTE = 5
    GAP = 6
    ADDRESS = 7
    MESSAGE = 8
    REPORTED = 9
    READ = 10
    USED = 11

    @property
    def letter(self) -> str:
        """Return the letter of the column."""
        return "ABCDEFGHIJKL"[self]


SUM_COLUMNS: Final = ("N", "O")
"""Columns of the builds that call functions, for sums among the operands of a rate."""


class Line(IntEnum):
    """The lines above the first row of the form, counted from 0."""

    TITLE = 0
    UNIT = 1
    REPORT = 2
    PERIOD = 3
    MARK = 4
    HEADER = 5
    FIRST = 6


@dataclass(frozen=True)
class FormGrid:
    """The cells of a form. An address of the form gives the cell of the wanted column.

    >>> from cchc_calc.form_files import load_form
    >>> grid = FormGrid(load_form("thong-ke-cchc", "2023"))
    >>> grid.value("1.1"), grid.used("1.1"), grid.abroad("1.1"), grid.last_line
    ('D8', 'L8', "'Biểu mẫu'!D8", 173)
    """

    form: Form

    @property
    def _lines(self) -> dict[str, int]:
        return _lines_of(self.form)

    @property
    def last_line(self) -> int:
        """Return the line of the form's last row, counted from 0."""
        return Line.FIRST + len(self.form.rows) - 1

    def line(self, address: str) -> int:
        """Return the line of a row, counted from 0."""
        return self._lines[address]

    def cell(self, address: str, column: Column) -> str:
        """Return the cell of a row in a column."""
        return f"{column.letter}{self._lines[address] + 1}"

    def value(self, address: str) -> str:
        """Return the cell an official fills or reads."""
        return self.cell(address, Column.VALUE)

    def read(self, address: str) -> str:
        """Return the cell with what was read out of the value or the reported cell."""
        return self.cell(address, Column.READ)

    def used(self, address: str) -> str:
        """Return the cell that formulas use: empty, a number, or ``KXĐ``."""
        return self.cell(address, Column.USED)

    def operand(self, address: str) -> str:
        """Return the cell another row's formula reads: the result of a computed row, what is used of an input.

        A sum among the operands of a rate is named by its addresses joined, and has a cell of its own.
        """
        if address in self.sums:
            return self.sums[address][0]
        return self.value(address) if self.form.row(address).is_computed else self.used(address)

    @property
    def sums(self) -> dict[str, tuple[str, Sum]]:
        """Return the sums among operands: the cell of each, beside the row that divides by it, and what it adds."""
        return _sums_of(self.form)

    def sums_of(self, row: Row) -> tuple[tuple[str, Sum], ...]:
        """Return the sums a row divides by or divides, each with its cell."""
        sums = operand_sums(row.formula) if row.formula is not None else ()
        return tuple(self.sums[operand_key(quantity)] for quantity in sums)

    def abroad(self, address: str, column: Column = Column.VALUE) -> str:
        """Return the cell as other sheets name it."""
        return f"'{FORM_SHEET}'!{self.cell(address, column)}"

    def whole(self, column: Column, *, abroad: bool = False) -> str:
        """Return a column of the form from its first row to its last."""
        area = f"${column.letter}${Line.FIRST + 1}:${column.letter}${self.last_line + 1}"
        return f"'{FORM_SHEET}'!{area}" if abroad else area


@cache
def _lines_of(form: Form) -> dict[str, int]:
    return {row.address: Line.FIRST + place for place, row in enumerate(form.rows)}


@cache
def _sums_of(form: Form) -> dict[str, tuple[str, Sum]]:
    lines = _lines_of(form)
    return {
        operand_key(quantity): (f"{column}{lines[row.address] + 1}", quantity)
        for row in form.computed
        if row.formula is not None
        for column, quantity in zip(SUM_COLUMNS, operand_sums(row.formula), strict=False)
    }
