"""A sheet with a line for each thing and columns for each part of it: which cell holds what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from enum import Enum


@dataclass(frozen=True)
class LineGrid:
    """The cells of a sheet; lines and columns are counted from 0.

    ``first`` and ``last`` are the lines that may be filled; ``widths`` say how many columns each part has, from left
    to right.

    >>> from enum import Enum
    >>> Part = Enum("Part", ["UNIT", "POINTS"])
    >>> grid = LineGrid("Chấm điểm", 6, 205, {Part.UNIT: 1, Part.POINTS: 9})
    >>> grid.cell(Part.POINTS, 6, 8), grid.span(Part.POINTS, 6), grid.area(Part.UNIT)
    ('J7', 'B7:J7', "'Chấm điểm'!$A$7:$A$206")
    """

    sheet: str
    first: int
    last: int
    widths: Mapping[Any, int]

    @cached_property
    def _columns(self) -> dict[Enum, range]:
        columns, at = {}, 0
        for part, width in self.widths.items():
            columns[part] = range(at, at + width)
            at += width
        return columns

    def column(self, part: Enum, place: int = 0) -> int:
        """Return a column of a part, its first counted 0."""
        return self._columns[part][place]

    def columns(self, part: Enum) -> range:
        """Return the columns of a part."""
        return self._columns[part]

    def headings(self, numbers: Sequence[str]) -> dict[int, str]:
        """Give the heading of every column: the value of its part, where a star stands for one of the numbers."""
        named: dict[int, str] = {}
        for part, columns in self._columns.items():
            text = str(part.value)
            for place, column in enumerate(columns):
                number = numbers[place] if place < len(numbers) else ""
                named[column] = text.replace("*", number).strip()
        return named

    def cell(self, part: Enum, line: int, place: int = 0) -> str:
        """Return the cell of a line."""
        return f"{_letter(self.column(part, place))}{line + 1}"

    def fixed(self, part: Enum, line: int, place: int = 0) -> str:
        """Return the cell of a line for a formula that other lines take over unchanged."""
        return f"${_letter(self.column(part, place))}${line + 1}"

    def abroad(self, part: Enum, line: int, place: int = 0) -> str:
        """Return the cell of a line as other sheets name it."""
        return f"'{self.sheet}'!{self.cell(part, line, place)}"

    def span(self, part: Enum, line: int) -> str:
        """Return the cells of a part in a line."""
        columns = self._columns[part]
        return f"{_letter(columns[0])}{line + 1}:{_letter(columns[-1])}{line + 1}"

    def area(self, part: Enum, place: int = 0) -> str:
        """Return a column from the first line to the last, as other sheets name it."""
        return f"'{self.sheet}'!{self.lines(part, place)}"

    def lines(self, part: Enum, place: int = 0) -> str:
        """Return a column from the first line to the last."""
        letter = _letter(self.column(part, place))
        return f"${letter}${self.first + 1}:${letter}${self.last + 1}"


def _letter(column: int) -> str:
    return str(xl_col_to_name(column))
