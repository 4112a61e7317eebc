"""What the cells of the dossiers compute, each column in one formula over all lines, and what they store until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.dossier_grid import MOST_DOSSIERS, NOT_SCORED, DossierLine, DossierPart
from cchc_calc.excel.scoring.point_reading import native_points, read_result
from cchc_calc.excel.scoring.score_grid import Part
from cchc_calc.excel.scoring.unit_keys import native_key
from cchc_calc.scoring.records import NoPoints
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.excel.scoring.point_reading import Stored
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.scoring.records import DossierPoints

UNNAMED: Final = "Chưa ghi đơn vị"
UNKNOWN: Final = "Trang Chấm điểm không có đơn vị này"
REPEATED: Final = "Mã hồ sơ ghi nhiều lần"
UNREADABLE: Final = "Có ô không phải số từ 0 đến điểm tối đa"
LACKING: Final = "Còn tiêu chí chưa chấm"

NO_LINE: Final = MOST_DOSSIERS + 1
"""Stands for the line of a code where there is none: LibreOffice finds no frequency of texts."""

_WILDCARDS: Final = "~*?"


@dataclass(frozen=True, slots=True)
class DossierFormulas:
    """Renders the array formulas; one formula a cell would make the workbook ten times as large."""

    grid: DossierGrid
    points: ScoreGrid
    scale: ScaleCells

    def read(self, place: int) -> str:
        """Read the points of a criterion: a number, "Không áp dụng", "chưa chấm" or ``KXĐ``."""
        maximum = self.scale.maximum(self.points.criteria.index(self.grid.criteria[place]))
        given = self._lines(DossierPart.GIVEN, place)
        return self._named(native_points(given, maximum, f'"{NOT_SCORED}"', is_array=True))

    def key(self) -> str:
        """Make the names of the units comparable, as far as a formula can."""
        return f"{{{native_key(self._lines(DossierPart.UNIT))}}}"

    def place(self) -> str:
        """Find the first line of the unit on the sheet of points, counted from 1; 0 where there is none."""
        same, alike = (
            f"MATCH({_literal(self._lines(own))},{self.points.area(other)},0)"
            for own, other in ((DossierPart.UNIT, Part.UNIT), (DossierPart.KEY, Part.KEY))
        )
        return self._named(f"IFERROR({same},IFERROR({alike},0))")

    def first(self) -> str:
        """Find the first line with the same code, counted from 1; a number behind the last line without a code."""
        code = self._lines(DossierPart.CODE)
        return f'{{=IF({code}="",{NO_LINE},IFERROR(MATCH({_literal(code)},{code},0),{NO_LINE}))}}'

    def times(self) -> str:
        """Count how often a line is the first with its code."""
        first = self._lines(DossierPart.FIRST)
        return f"{{=FREQUENCY({first},{self._numbers})}}"

    def repeated(self) -> str:
        """Give 1 where the code stands more than once."""
        first, times = self._lines(DossierPart.FIRST), self._lines(DossierPart.TIMES)
        return self._named(f"IF({first}={NO_LINE},0,IF(LOOKUP({first},{self._numbers},{times})>1,1,0))")

    def message(self) -> str:
        """Say what has to be looked at first."""
        places = range(len(self.grid.criteria))
        read = [self._lines(DossierPart.READ, place) for place in places]
        unreadable = "+".join(f'({cells}="{UNDECIDED_TEXT}")' for cells in read)
        lacking = "+".join(
            f'({cells}="{NOT_SCORED}")*({self.grid.scored(place)}>0)' for place, cells in zip(places, read, strict=True)
        )
        shown = f'IF({unreadable}>0,"{UNREADABLE}",IF({lacking}>0,"{LACKING}",""))'
        shown = f'IF({self._lines(DossierPart.REPEATED)}=1,"{REPEATED}",{shown})'
        shown = f'IF({self._lines(DossierPart.PLACE)}=0,"{UNKNOWN}",{shown})'
        typed = "&".join(self._lines(DossierPart.GIVEN, place) for place in places)
        unnamed = f'IF(ISERROR({typed}),"{UNNAMED}",IF({self._lines(DossierPart.CODE)}&{typed}="","","{UNNAMED}"))'
        return f'{{=IF({self._lines(DossierPart.KEY)}="",{unnamed},{shown})}}'

    @property
    def _numbers(self) -> str:
        return f"ROW({self._lines(DossierPart.FIRST)})-{DossierLine.FIRST}"

    def _lines(self, part: DossierPart, place: int = 0) -> str:
        return self.grid.lines(part, place)

    def _named(self, formula: str) -> str:
        return f'{{=IF({self._lines(DossierPart.KEY)}="","",{formula})}}'


@dataclass(frozen=True, slots=True)
class DossierResults:
    """The results of a line that holds a dossier of a unit on the sheet of points.

    ``scored`` are the numbers of the criteria in which some dossier has points.
    """

    grid: DossierGrid
    dossier: DossierPoints
    is_repeated: bool
    scored: frozenset[str]

    @property
    def read(self) -> tuple[Stored, ...]:
        """Give what is read of each criterion."""
        points = self.dossier.points
        return tuple(
            read_result(points.get(criterion.number, NoPoints.BLANK), criterion.maximum, NOT_SCORED)
            for criterion in self.grid.criteria
        )

    @property
    def message(self) -> str:
        """Say what has to be looked at first."""
        if self.is_repeated:
            return REPEATED
        if UNDECIDED_TEXT in self.read:
            return UNREADABLE
        criteria = zip(self.grid.criteria, self.read, strict=True)
        is_lacking = any(read == NOT_SCORED and criterion.number in self.scored for criterion, read in criteria)
        return LACKING if is_lacking else ""


def _literal(text: str) -> str:
    """Render a text in which MATCH sees no wildcard."""
    for wildcard in _WILDCARDS:
        text = f'SUBSTITUTE({text},"{wildcard}","~{wildcard}")'
    return text
