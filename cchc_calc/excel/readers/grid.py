"""The grid of a sheet: addresses, areas, and cells put together into a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.document import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
CELLS_LIMIT: Final = 200_000
"""The most cells of one workbook that are read, blanks between filled cells among them."""

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MERGED: Final = "S11"
_LETTER = re.compile(r"[^\W\d_]")

Rows: TypeAlias = dict[int, list[Cell]]
"""The rows of a sheet by number: the cells from column A to the last filled one, blanks among them."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def reach(self) -> int:
        """Count the cells of its rows from column A on: what it costs to write the area into a table."""
        return (self.last_row - self.first_row + 1) * self.last_column

    def covered(self) -> Iterator[tuple[int, int]]:
        """Give row and column of every cell but the first, which alone shows its content when merged."""
        for row in range(self.first_row, self.last_row + 1):
            for column in range(self.first_column, self.last_column + 1):
                if (row, column) != (self.first_row, self.first_column):
                    yield row, column


def read_address(address: str) -> tuple[int, int]:
    """Give row and column of an address. Raises ValueError outside the grid.

    >>> read_address("D55")
    (55, 4)
    """
    found = _ADDRESS.fullmatch(address)
    row, column = (int(found[2]), column_number(found[1])) if found else (0, 0)
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ValueError(address)
    return row, column


def read_area(address: str) -> Area:
    """Give the rectangle of an address such as "C5:D6". Raises ValueError outside the grid.

    >>> read_area("C5:D6")
    Area(first_row=5, first_column=3, last_row=6, last_column=4)
    """
    first, _, last = address.partition(":")
    row, column = read_address(first)
    last_row, last_column = read_address(last or first)
    if last_row < row or last_column < column:
        raise ValueError(address)
    return Area(row, column, last_row, last_column)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Count a column from A = 1.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """Name a column, from 1 = A.

    >>> column_letters(1), column_letters(16384)
    ('A', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def fill_row(sheet: str, cells: list[Cell], row: int | str, width: int) -> None:
    """Add blank cells to a row until it has so many."""
    blank = range(len(cells) + 1, width + 1)
    cells.extend([Cell("", f"{sheet}!{column_letters(column)}{row}") for column in blank])


def make_table(sheet: str, rows: Rows, merged: Iterable[Area] = ()) -> Table:
    """Make the table of a sheet, without the rows in which all is blank.

    A merged area shows the content of its first cell alone; what other cells of it hold is dropped. A figure
    that is merged over several rows is nobody's: all its cells carry a fault.
    """
    for area in merged:
        _cover(sheet, rows, area)
    return Table(tuple(tuple(rows[row]) for row in sorted(rows) if rows[row]), sheet)


def _cover(sheet: str, rows: Rows, area: Area) -> None:
    cells = rows.get(area.first_row, [])
    anchor = cells[area.first_column - 1] if len(cells) >= area.first_column else None
    fault = ""
    if anchor and anchor.text and _is_shared_figure(anchor, area):
        fault = f"ô nằm trong vùng gộp với ô {column_letters(area.first_column)}{area.first_row}"
        if area.last_row > area.first_row and not (anchor.fault or _LETTER.search(anchor.text)):
            below = f"ô gộp với các ô bên dưới, đến dòng {area.last_row}"
            cells[area.first_column - 1] = replace(anchor, fault=below, code=_MERGED)
    for row, column in area.covered():
        cells = rows.setdefault(row, []) if fault else rows.get(row, [])
        if fault:
            fill_row(sheet, cells, row, column)
        if len(cells) >= column:
            cells[column - 1] = Cell("", cells[column - 1].where, fault, code=_MERGED if fault else "")


def _is_shared_figure(anchor: Cell, area: Area) -> bool:
    """Tell a figure that is spread over several cells from a heading: nobody knows whose figure it is."""
    return area.last_row > area.first_row or not _LETTER.search(anchor.text)
