"""Where the figures of the units lie: a column for each unit, or a line for each where there are very many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc_calc.excel.consolidation.headings import UNITS_SHEET

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form

MOST_COLUMNS: Final = 256
"""With more units each of them has a line: nobody finds one among so many columns."""

FIRST_LINE: Final = 6
FIRST_COLUMN: Final = 3
"""Where the figures begin in both layouts, counted from 0; before them stands whose and what they are."""


@dataclass(frozen=True)
class UnitLayout:
    """The cells of the sheet with the figures of so many units.

    >>> from cchc_calc.form_files import load_form
    >>> form = load_form("thong-ke-cchc", "2023")
    >>> UnitLayout(form, 27).area("1.1"), UnitLayout(form, 3300).area("1.1")
    ("'Số liệu đơn vị'!$D$8:$AD$8", "'Số liệu đơn vị'!$D$7:$D$3306")
    """

    form: Form
    units: int

    @property
    def has_lines(self) -> bool:
        """Tell whether each unit has a line, in place of a column."""
        return self.units > MOST_COLUMNS

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Return the rows of the form that have figures, in the order of the form."""
        return tuple(row.address for row in self.form.rows if not row.is_heading)

    @property
    def last(self) -> tuple[int, int]:
        """Return the last line and the last column of the figures."""
        if self.has_lines:
            return FIRST_LINE + self.units - 1, FIRST_COLUMN + len(self.addresses) - 1
        return FIRST_LINE + len(self.form.rows) - 1, FIRST_COLUMN + max(1, self.units) - 1

    def cell(self, address: str, unit: int) -> tuple[int, int]:
        """Return the line and the column of a figure of a unit, the first unit counted 0."""
        if self.has_lines:
            return FIRST_LINE + unit, FIRST_COLUMN + self._places[address]
        return FIRST_LINE + self._places[address], FIRST_COLUMN + unit

    def area(self, address: str) -> str:
        """Return the figures of all units in a row of the form, as other sheets name them."""
        first, last = (
            xl_rowcol_to_cell(*self.cell(address, unit), row_abs=True, col_abs=True)
            for unit in (0, max(1, self.units) - 1)
        )
        return f"'{UNITS_SHEET}'!{first}:{last}"

    def names(self) -> str:
        """Return the names of all units."""
        last = max(1, self.units) - 1
        if self.has_lines:
            ends = (FIRST_LINE, FIRST_COLUMN - 1), (FIRST_LINE + last, FIRST_COLUMN - 1)
        else:
            ends = (FIRST_LINE - 1, FIRST_COLUMN), (FIRST_LINE - 1, FIRST_COLUMN + last)
        first_cell, last_cell = (xl_rowcol_to_cell(*end, row_abs=True, col_abs=True) for end in ends)
        return f"'{UNITS_SHEET}'!{first_cell}:{last_cell}"

    @cached_property
    def _places(self) -> dict[str, int]:
        rows = self.addresses if self.has_lines else tuple(row.address for row in self.form.rows)
        return {address: place for place, address in enumerate(rows)}
