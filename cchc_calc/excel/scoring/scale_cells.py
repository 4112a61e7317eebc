"""Where the scale lies on its sheet: the bounds of its classes and the most of its criteria, as formulas read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.scoring.headings import SCALE_SHEET

if TYPE_CHECKING:
    from cchc_calc.scoring.scales import Scale

ID_LINE: Final = 2
HIGHEST_LINE: Final = 7
_FIRST_CLASS: Final = 12
_BETWEEN_TABLES: Final = 3

NAME_LETTER: Final = "A"
LOW_LETTER: Final = "B"


@dataclass(frozen=True, slots=True)
class ScaleCells:
    """The cells of a scale, as other sheets name them; lines are counted from 0.

    >>> from cchc_calc.scoring.scales import load_scale
    >>> cells = ScaleCells(load_scale("tt01-2018"))
    >>> cells.id, cells.low(0), cells.maximum(8)
    ("'Thang điểm'!$B$3", "'Thang điểm'!$B$13", "'Thang điểm'!$B$29")
    """

    scale: Scale

    @property
    def id(self) -> str:
        """Return the cell with the name by which the functions know the scale."""
        return _abroad("B", ID_LINE)

    @property
    def highest(self) -> str:
        """Return the cell with the highest total."""
        return _abroad("B", HIGHEST_LINE)

    @property
    def first_class(self) -> int:
        """Return the line of the best class."""
        return _FIRST_CLASS

    @property
    def first_criterion(self) -> int:
        """Return the line of the first criterion."""
        return _FIRST_CLASS + len(self.scale.classes) + _BETWEEN_TABLES

    def name(self, place: int) -> str:
        """Return the cell with the name of a class, the best counted 0."""
        return _abroad(NAME_LETTER, self.first_class + place)

    def low(self, place: int) -> str:
        """Return the cell with the points from which on a class is given."""
        return _abroad(LOW_LETTER, self.first_class + place)

    def maximum(self, place: int) -> str:
        """Return the cell with the most points of a criterion, the first counted 0."""
        return _abroad(LOW_LETTER, self.first_criterion + place)


def _abroad(letter: str, line: int) -> str:
    return f"'{SCALE_SHEET}'!${letter}${line + 1}"
