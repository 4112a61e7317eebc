"""What the cells of one unit make of what is typed: the points that were read, and what has to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.point_reading import native_points
from cchc_calc.excel.scoring.score_grid import Line, Part
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
from cchc_calc.excel.scoring.score_grid import ScoreGrid


class LineState(StrEnum):
    """How far the points of a line are known."""

    EMPTY = ""
    WHOLE = "đủ"
    LACKING = "thiếu"
    UNREADABLE = UNDECIDED_TEXT
    INAPPLICABLE = "không áp dụng"
    REPEATED = "trùng"


UNNAMED: Final = "Chưa ghi tên đơn vị"
REPEATED: Final = ("Đơn vị ghi ", " lần: không dòng nào được tính")
UNREADABLE: Final = ("Tiêu chí ", ": cần số từ 0 đến điểm tối đa")
UNREADABLE_TOTAL: Final = "Tổng điểm: cần số trong thang điểm"
LACKING: Final = "Thiếu tiêu chí "
NOT_SCORED: Final = "Chưa chấm"
INAPPLICABLE: Final = "Không tiêu chí nào áp dụng"
BETWEEN: Final = "; "


@dataclass(frozen=True, slots=True)
class LineReading:
    """Renders the formulas that read a line, counted from 0.

    Where ``total_is_typed`` the total counts as long as no criterion is scored.
    """

    grid: ScoreGrid
    scale: ScaleCells
    dossiers: DossierGrid
    line: int
    total_is_typed: bool = False

    def formulas(self) -> dict[Part, str]:
        """Render the formulas of all parts that have one column, but that of the key."""
        return {
            Part.NUMBER: self.number(),
            Part.MAXIMUM: self.maximum(),
            Part.MESSAGE: self.message(),
            Part.SAME: self.same(),
            Part.DOSSIERS: self.dossier_count(),
            Part.REPEATED: self.repeated(),
            Part.STATE: self.state(),
            Part.MISSING: self.listed(""),
            Part.UNREADABLE: self.listed(UNDECIDED_TEXT),
        }

    def number(self) -> str:
        """Count the lines that have a name."""
        above = f"{self.grid.fixed(Part.NUMBER, Line.HEADER)}:{self.grid.cell(Part.NUMBER, self.line - 1)}"
        return self._named(f"COUNT({above})+1")

    def same(self) -> str:
        """Count the lines of the same unit."""
        return self._named(f"SUMPRODUCT(--({self.grid.area(Part.KEY)}={self._cell(Part.KEY)}))")

    def dossier_count(self) -> str:
        """Count the dossiers of the unit."""
        return self._named(self.dossiers.count(self._place) if self.dossiers.criteria else "0")

    def repeated(self) -> str:
        """Count the dossiers of the unit whose code stands more than once."""
        count = self._cell(Part.DOSSIERS)
        repeated = self.dossiers.repeated(self._place) if self.dossiers.criteria else "0"
        return self._named(f"IF({count}=0,0,{repeated})")

    def read(self, place: int) -> str:
        """Read the points of a criterion: a number, "Không áp dụng", an empty text or ``KXĐ``."""
        if not self.total_is_typed:
            return self._known(self._criterion(place))
        typed = native_points(self._cell(Part.TOTAL), self.scale.highest, '""', may_be_inapplicable=False)
        total = typed if place == 0 else f'"{NOT_APPLICABLE_TEXT}"'
        if not self.grid.columns(Part.GIVEN):
            return self._known(total)
        return self._known(f"IF({self._is_total_alone},{total},{self._criterion(place)})")

    def maximum(self) -> str:
        """Add up the most of the criteria that apply."""
        read, maxima = self.grid.span(Part.READ, self.line), self.grid.maxima
        most = f'SUM({maxima})-SUMIF({read},"{NOT_APPLICABLE_TEXT}",{maxima})'
        if not self.grid.columns(Part.GIVEN):
            most = self.scale.highest
        elif self.total_is_typed:
            most = f"IF({self._is_total_alone},{self.scale.highest},{most})"
        return self._known(most)

    def state(self) -> str:
        """Say how far the points are known."""
        read = self.grid.span(Part.READ, self.line)
        known = f'IF(COUNTBLANK({read})>0,"{LineState.LACKING}","{LineState.WHOLE}")'
        known = f'IF({self._cell(Part.MAXIMUM)}=0,"{LineState.INAPPLICABLE}",{known})'
        known = f'IF(COUNTIF({read},"{UNDECIDED_TEXT}")>0,"{LineState.UNREADABLE}",{known})'
        return self._named(f'IF({self._cell(Part.SAME)}>1,"{LineState.REPEATED}",{known})')

    def listed(self, content: str) -> str:
        """List the criteria of which a content was read."""
        numbers = self.grid.numbers
        items = (f'IF({self._cell(Part.READ, place)}="{content}",", {name}","")' for place, name in enumerate(numbers))
        return self._known(f"MID({'&'.join(items)},3,200)") if numbers else '=""'

    def message(self) -> str:
        """Say what has to be looked at."""
        same, state = self._cell(Part.SAME), self._cell(Part.STATE)
        unreadable, missing = self._cell(Part.UNREADABLE), self._cell(Part.MISSING)
        typed = ",".join(filter(None, (self._given, self._cell(Part.TOTAL) if self.total_is_typed else "")))
        unnamed = f'IF(COUNTA({typed})>0,"{UNNAMED}","")'
        parts = f'IF({state}="{LineState.INAPPLICABLE}","{INAPPLICABLE}",{self._faults(unreadable, missing)})'
        repeated = f'"{REPEATED[0]}"&{same}&"{REPEATED[1]}"'
        return f'=IF({self._cell(Part.KEY)}="",{unnamed},IF({same}>1,{repeated},{parts}))'

    def _faults(self, unreadable: str, missing: str) -> str:
        both = f'IF(OR({unreadable}="",{missing}=""),"","{BETWEEN}")'
        first = f'IF({unreadable}="","","{UNREADABLE[0]}"&{unreadable}&"{UNREADABLE[1]}")'
        second = f'IF({missing}="","","{LACKING}"&{missing})'
        listed = f"{first}&{both}&{second}"
        if not self.total_is_typed:
            read = self.grid.span(Part.READ, self.line)
            return f'IF(COUNTBLANK({read})={len(self.grid.numbers)},"{NOT_SCORED}",{listed})'
        state = self._cell(Part.STATE)
        alone = f'IF({state}="{LineState.LACKING}","{NOT_SCORED}","")'
        alone = f'IF({state}="{LineState.UNREADABLE}","{UNREADABLE_TOTAL}",{alone})'
        return f"IF({self._is_total_alone},{alone},{listed})" if self.grid.numbers else alone

    def _criterion(self, place: int) -> str:
        return native_points(self._cell(Part.GIVEN, place), self.grid.maximum(place), self._average(place))

    def _average(self, place: int) -> str:
        criterion = self.grid.criteria[place]
        if criterion not in self.dossiers.criteria:
            return '""'
        return self.dossiers.average(criterion, self._place, self._cell(Part.DOSSIERS), self._cell(Part.REPEATED))

    @property
    def _is_total_alone(self) -> str:
        return f"AND(COUNTA({self._given})=0,{self._cell(Part.DOSSIERS)}=0)"

    @property
    def _given(self) -> str:
        return self.grid.span(Part.GIVEN, self.line) if self.grid.numbers else ""

    @property
    def _place(self) -> int:
        return self.line - Line.FIRST + 1

    def _cell(self, part: Part, place: int = 0) -> str:
        return self.grid.cell(part, self.line, place)

    def _named(self, formula: str) -> str:
        return f'=IF({self._cell(Part.KEY)}="","",{formula})'

    def _known(self, formula: str) -> str:
        return f'=IF(OR({self._cell(Part.KEY)}="",{self._cell(Part.SAME)}>1),"",{formula})'
