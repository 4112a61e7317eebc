"""What the points of one unit amount to, in its cells: sum, class, rank, and what is still open.

Cells that call a function are read by no other cell: LibreOffice, when it computes a whole sheet anew, now and then
hands over to a function what stood in a cell before, and a call of Excel takes longer than a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.line_reading import LineState
from cchc_calc.excel.scoring.point_reading import DECIMALS
from cchc_calc.excel.scoring.score_grid import Line, Part
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
from cchc_calc.excel.scoring.score_grid import ScoreGrid

RANK: Final = "hạng "
TO: Final = " – "
AND: Final = ", "


@dataclass(frozen=True, slots=True)
class LineStanding:
    """Renders the formulas of a line, counted from 0: native ones, or calls of the functions where these fit."""

    grid: ScoreGrid
    scale: ScaleCells
    build: Build
    line: int

    def formulas(self) -> dict[Part, str]:
        """Render the formulas of all parts."""
        return {
            Part.TOTAL: self.total(),
            Part.POINTS: self.points(),
            Part.CLASS: self.class_name(Part.POINTS),
            Part.RANK: self.rank(),
            Part.ONE_MORE: self.one_more(),
            Part.BOUNDS: self.bounds(),
            Part.MORE_POINTS: self.more_points(),
            Part.MORE_CLASS: self.class_name(Part.MORE_POINTS),
            Part.MORE_RANK: self.more_rank(),
            Part.LOW_POINTS: self.low_points(),
            Part.LOW_CLASS: self.class_name(Part.LOW_POINTS),
            Part.LOW_RANK: self.low_rank(),
            Part.HIGH_POINTS: self.high_points(),
            Part.HIGH_CLASS: self.class_name(Part.HIGH_POINTS),
            Part.HIGH_RANK: self.high_rank(),
            Part.ORDER: self.order(),
            Part.BEST: self.extremes(Part.BEST, "MAX"),
            Part.WORST: self.extremes(Part.WORST, "MIN"),
            Part.WAITING: self.waiting(),
            Part.WAITED: self.waited(),
        }

    def total(self) -> str:
        """Add the points up, where every criterion has some."""
        name = "CCHC_TONG" if self.build.calls_python else "SUM"
        return self._where_whole(f"ROUND({name}({self.grid.span(Part.USED, self.line)}),{DECIMALS})")

    def points(self) -> str:
        """Bring the sum to the whole scale."""
        return self._where_whole(self._rescaled(self._sum))

    def class_name(self, points: Part) -> str:
        """Name the class of the points in a part of the line."""
        return native_class(self.scale, self._cell(points))

    def classes(self) -> str:
        """Name the classes of the points of all lines in one call."""
        return f"{{=CCHC_XEPLOAI({self.grid.lines(Part.POINTS)},{self.scale.id})}}"

    def rank(self) -> str:
        """Rank the points among all."""
        cell = self._cell(Part.POINTS)
        return f"=IF(ISNUMBER({cell}),RANK({cell},{self.grid.lines(Part.POINTS)}),{cell})"

    def ranks(self) -> str:
        """Rank the points of all lines in one call."""
        return f"{{=CCHC_XEPHANG({self.grid.lines(Part.POINTS)})}}"

    def more_points(self) -> str:
        """Give the points with one more, where there is room for more."""
        most = self._cell(Part.MAXIMUM)
        more = self._rescaled(f"MIN({self._sum}+1,{most})")
        is_full = f"ROUND({self._sum},{DECIMALS})>={most}"
        return f'=IF({self._cell(Part.STATE)}="{LineState.WHOLE}",IF({is_full},"",{more}),"")'

    def more_rank(self) -> str:
        """Rank the points with one more, the other units unchanged."""
        more = self._cell(Part.MORE_POINTS)
        return f'=IF(ISNUMBER({more}),1+{self._above(Part.POINTS, more)},"")'

    def low_points(self) -> str:
        """Give the points with 0 for all that is missing."""
        return self._where_applicable(self._rescaled(self._sum))

    def high_points(self) -> str:
        """Give the points with the most for all that is missing."""
        known = f"SUMPRODUCT(ISNUMBER({self.grid.span(Part.READ, self.line)})*{self.grid.maxima})"
        most = self._rescaled(f"({self._sum}+{self._cell(Part.MAXIMUM)}-{known})")
        low = self._cell(Part.LOW_POINTS)
        return self._where_applicable(f'IF({self._cell(Part.STATE)}="{LineState.WHOLE}",{low},{most})')

    def low_rank(self) -> str:
        """Rank the fewest points against the most of the others: a unit is never above itself."""
        low, high = self._cell(Part.LOW_POINTS), self._cell(Part.HIGH_POINTS)
        return f'=IF(ISNUMBER({low}),1+{self._above(Part.HIGH_POINTS, low)}-({high}>{low}),"")'

    def high_rank(self) -> str:
        """Rank the most points against the fewest of the others."""
        high = self._cell(Part.HIGH_POINTS)
        return f'=IF(ISNUMBER({high}),1+{self._above(Part.LOW_POINTS, high)},"")'

    def one_more(self) -> str:
        """Say what one more point would give."""
        name, rank = self._cell(Part.MORE_CLASS), self._cell(Part.MORE_RANK)
        return f'=IF(ISNUMBER({rank}),{name}&"{AND}{RANK}"&{rank},"")'

    def bounds(self) -> str:
        """Say between which classes and ranks the unit will be; nothing where that is settled."""
        worst_rank, best_rank = self._cell(Part.LOW_RANK), self._cell(Part.HIGH_RANK)
        worst, best = self._cell(Part.LOW_CLASS), self._cell(Part.HIGH_CLASS)
        ranks = f'"{RANK}"&{best_rank}&IF({best_rank}={worst_rank},"","{TO}"&{worst_rank})'
        classes = f'{worst}&IF({worst}={best},"","{TO}"&{best})&"{AND}"&{ranks}'
        whole = f'IF({best_rank}={worst_rank},"",{ranks})'
        shown = f'IF({self._cell(Part.STATE)}="{LineState.WHOLE}",{whole},{classes})'
        return f'=IF(ISNUMBER({worst_rank}),{shown},"")'

    def order(self) -> str:
        """Count the units by rank, those of one rank in the order of their lines."""
        points = self._cell(Part.POINTS)
        above = f"{self.grid.fixed(Part.POINTS, Line.HEADER)}:{self.grid.cell(Part.POINTS, self.line - 1)}"
        return f'=IF(ISNUMBER({points}),RANK({points},{self.grid.lines(Part.POINTS)})+COUNTIF({above},{points}),"")'

    def extremes(self, part: Part, extreme: str) -> str:
        """Join the names, from the first line to this one, of the units whose points are the extreme of all."""
        points = self._cell(Part.POINTS)
        is_extreme = f"{points}={extreme}({self.grid.lines(Part.POINTS)})"
        return (
            f"=IF(ISNUMBER({points}),IF({is_extreme},{self._joined(part)},{self._before(part)}),{self._before(part)})"
        )

    def waiting(self) -> str:
        """Give 1 for a unit without points, once for lines of the same name."""
        names = f"{self.grid.fixed(Part.UNIT, Line.HEADER)}:{self.grid.cell(Part.UNIT, self.line - 1)}"
        is_known = f"SUMPRODUCT(--EXACT({names},{self._cell(Part.UNIT)}))>0"
        state = self._cell(Part.STATE)
        return f'=IF(OR({state}="",{state}="{LineState.WHOLE}"),0,IF({is_known},0,1))'

    def waited(self) -> str:
        """Join the names of the units without points from the first line to this one."""
        return f"=IF({self._cell(Part.WAITING)}=1,{self._joined(Part.WAITED)},{self._before(Part.WAITED)})"

    def _before(self, part: Part) -> str:
        return self.grid.cell(part, self.line - 1) if self.line > Line.FIRST else '""'

    def _joined(self, part: Part) -> str:
        before, unit = self._before(part), f"TRIM({self._cell(Part.UNIT)})"
        return f'{before}&IF({before}="","","{AND}")&{unit}' if self.line > Line.FIRST else unit

    @property
    def _sum(self) -> str:
        return f"SUM({self.grid.span(Part.USED, self.line)})"

    def _rescaled(self, points: str) -> str:
        return f"ROUND({points}*{self.scale.highest}/{self._cell(Part.MAXIMUM)},{DECIMALS})"

    def _above(self, part: Part, points: str) -> str:
        return f'COUNTIF({self.grid.lines(part)},">"&{points})'

    def _where_whole(self, formula: str) -> str:
        state = self._cell(Part.STATE)
        unknown = f'IF({state}="{LineState.UNREADABLE}","{UNDECIDED_TEXT}","")'
        return f'=IF({state}="{LineState.WHOLE}",{formula},{unknown})'

    def _where_applicable(self, formula: str) -> str:
        state = self._cell(Part.STATE)
        known = (LineState.WHOLE, LineState.LACKING, LineState.UNREADABLE)
        tests = ",".join(f'{state}="{name}"' for name in known)
        return f'=IF(OR({tests}),{formula},"")'

    def _cell(self, part: Part, place: int = 0) -> str:
        return self.grid.cell(part, self.line, place)


def native_class(scale: ScaleCells, cell: str) -> str:
    """Render the name of the class of the points in a cell; a text there stays."""
    *better, worst = range(len(scale.scale.classes))
    name = scale.name(worst)
    for place in reversed(better):
        name = f"IF({cell}>={scale.low(place)},{scale.name(place)},{name})"
    return f"=IF(ISNUMBER({cell}),{name},{cell})"


def class_formula(scale: ScaleCells, build: Build, cell: str) -> str:
    """Render the name of the class of the points in a cell, natively or as a call."""
    return f"=CCHC_XEPLOAI({cell},{scale.id})" if build.calls_python else native_class(scale, cell)
