"""Where the figures of the summary lie, which the paragraph and the charts read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TABLE_HEADER: Final = 4
_FIRST_CLASS: Final = TABLE_HEADER + 1
_LEAST_LINES: Final = 7
"""The facts beside the table of groups are as many."""

COLUMN_PIXELS: Final = (150, 230, 100, 100, 20, 270, 190)
LAST_COLUMN: Final = len(COLUMN_PIXELS) - 1
TABLE_PIXELS: Final = sum(COLUMN_PIXELS)

FACTS: Final = 5
"""The column with the names of the facts; their values stand in the next."""

HELPERS: Final = 8
"""The first column beside the printed page: shares and numbers as the paragraph writes them."""


@dataclass(frozen=True, slots=True)
class SummaryCells:
    """The cells of the summary of so many classes; lines are counted from 0."""

    classes: int

    def line(self, place: int) -> int:
        """Return the line of a class, the best counted 0."""
        return _FIRST_CLASS + place

    @property
    def total_line(self) -> int:
        """Return the line under the classes."""
        return _FIRST_CLASS + self.classes

    @property
    def paragraph(self) -> int:
        """Return the line of the heading of the paragraph."""
        return max(self.total_line, TABLE_HEADER + _LEAST_LINES) + 2

    @property
    def after(self) -> int:
        """Return the line that follows the paragraph."""
        return self.paragraph + self.classes + 5

    def name(self, place: int) -> str:
        """Return the cell with the name of a class."""
        return f"$A${self.line(place) + 1}"

    def bounds(self, place: int) -> str:
        """Return the cell with its bounds in words."""
        return f"$B${self.line(place) + 1}"

    def count(self, place: int) -> str:
        """Return the cell with the number of its units; after the last class comes the sum."""
        return f"$C${self.line(place) + 1}"

    @property
    def total(self) -> str:
        """Return the cell with the number of units that have a class."""
        return self.count(self.classes)

    def count_text(self, place: int) -> str:
        """Return the cell with the number of units in words; after the last class comes the sum."""
        return f"$I${self.line(place) + 1}"

    def share_text(self, place: int) -> str:
        """Return the cell with the share of a class in words."""
        return f"$J${self.line(place) + 1}"

    def fact(self, place: int) -> str:
        """Return the cell with the value of a fact."""
        return f"$G${TABLE_HEADER + 1 + place}"

    def fact_text(self, place: int) -> str:
        """Return the cell with a fact as the paragraph writes it."""
        return f"$K${TABLE_HEADER + 1 + place}"
