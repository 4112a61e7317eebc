"""Where everything lies on the sheet of the totals: the official form, and beside it what its totals rest on."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_col_to_name

from cchc_calc.excel.consolidation.headings import TOTALS_SHEET
from cchc_calc.excel.sheets.form_grid import Column, FormGrid

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form


class Side(IntEnum):
    """The columns beside the official form, which are not printed."""

    ADDRESS = Column.ADDRESS
    MESSAGE = 8
    REPORTED = 9
    EXPECTED = 10
    UNDECIDED = 11
    LOW = 12
    HIGH = 13
    MEAN = 14
    NUMERATOR = 15
    DENOMINATOR = 16
    MIDDLE_NUMERATOR = 17
    MIDDLE_DENOMINATOR = 18

    @property
    def letter(self) -> str:
        """Return the letter of the column."""
        return xl_col_to_name(self)


HIDDEN: Final = (Side.MIDDLE_NUMERATOR, Side.MIDDLE_DENOMINATOR)
"""Columns that serve formulas alone."""


class TotalGrid:
    """The cells of the totals of a form.

    >>> from cchc_calc.form_files import load_form
    >>> grid = TotalGrid(load_form("thong-ke-cchc", "2023"))
    >>> grid.value("1.1"), grid.side("1.1", Side.REPORTED), grid.abroad("1.1")
    ('D8', 'J8', "'Tổng hợp'!$D$8")
    """

    def __init__(self, form: Form) -> None:
        """Lay out the form as its template does."""
        self._grid = FormGrid(form)

    @property
    def last_line(self) -> int:
        """Return the line of the form's last row, counted from 0."""
        return self._grid.last_line

    def line(self, address: str) -> int:
        """Return the line of a row, counted from 0."""
        return self._grid.line(address)

    def value(self, address: str) -> str:
        """Return the cell of a total."""
        return self._grid.value(address)

    def side(self, address: str, column: Side) -> str:
        """Return the cell of a row in a column beside the form."""
        return f"{column.letter}{self.line(address) + 1}"

    def abroad(self, address: str, column: Column | Side = Column.VALUE) -> str:
        """Return the cell of a row as other sheets name it."""
        return f"'{TOTALS_SHEET}'!${xl_col_to_name(column)}${self.line(address) + 1}"
