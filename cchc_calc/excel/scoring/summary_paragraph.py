"""The paragraph "I. Kết quả thực hiện" in cells: the same lines as ``cchc_calc.scoring.paragraph`` writes.

Numbers are put together from their digits: what TEXT makes of a decimal depends on the country of the computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.score_grid import Line, Part
from cchc_calc.scoring.paragraph import NONE_SCORED, write_paragraph

if TYPE_CHECKING:
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.summary_cells import SummaryCells
    from cchc_calc.scoring.records import Scoring

WAITING, BEST_POINTS, WORST_POINTS, MEAN, MEAN_CLASS = range(2, 7)
"""The places of the facts that the paragraph reads."""

_DIGITS: Final = 7
"""Decimals that are left of points with nine when they are taken times a hundred."""


def count_text(cell: str) -> str:
    """Render a number with two digits at least.

    >>> count_text("C6")
    'IF(C6<10,"0","")&C6'
    """
    return f'IF({cell}<10,"0","")&{cell}'


def points_text(cell: str) -> str:
    """Render points with two decimals, rounded half up, after a comma."""
    hundredths = f"INT(ROUND({cell}*100,{_DIGITS})+0.5)"
    return f'INT({hundredths}/100)&","&RIGHT("0"&MOD({hundredths},100),2)'


def share_text(count: str, total: str) -> str:
    """Render a share as a percentage, as briefly as it is exact, else with two decimals, rounded half up."""
    hundredths = f"INT((20000*{count}+{total})/(2*{total}))"
    two = f'INT({hundredths}/100)&","&RIGHT("0"&MOD({hundredths},100),2)'
    one = f'INT(100*{count}/{total})&","&MOD(1000*{count}/{total},10)'
    return f'IF(MOD(100*{count},{total})=0,100*{count}/{total},IF(MOD(1000*{count},{total})=0,{one},{two}))&"%"'


@dataclass(frozen=True, slots=True)
class ParagraphFormulas:
    """Renders the lines: one for each class, the best, the worst, the mean, and the units without points."""

    cells: SummaryCells
    grid: ScoreGrid

    def lines(self) -> tuple[str, ...]:
        """Render all lines; without a unit that has points the first one says so."""
        scored = [*map(self._group, range(self.cells.classes)), self._extreme("cao", Part.BEST, BEST_POINTS)]
        scored += [self._extreme("thấp", Part.WORST, WORST_POINTS), self._mean()]
        first, *others = scored
        return (
            f'=IF({self.cells.total}=0,"{NONE_SCORED}",{first})',
            *(f'=IF({self.cells.total}=0,"",{line})' for line in others),
            self._waiting(),
        )

    def _group(self, place: int) -> str:
        cells = self.cells
        some = (
            f'{cells.count_text(place)}&"/"&{cells.count_text(cells.classes)}&" đơn vị, chiếm tỷ lệ "'
            f'&{cells.share_text(place)}&"."'
        )
        counted = f'IF({cells.count(place)}=0,"Không.",{some})'
        return f'"Nhóm đạt mức độ "&{cells.name(place)}&" ("&{cells.bounds(place)}&"): "&{counted}'

    def _extreme(self, which: str, part: Part, fact: int) -> str:
        names, points = self.grid.abroad(part, Line.LAST), self.cells.fact_text(fact)
        return f'"Đơn vị có điểm số {which} nhất: "&{names}&" (đạt "&{points}&" điểm)."'

    def _mean(self) -> str:
        mean, name = self.cells.fact_text(MEAN), self.cells.fact_text(MEAN_CLASS)
        return f'"Điểm số bình quân: "&{mean}&" điểm, xếp loại "&{name}&"."'

    def _waiting(self) -> str:
        names, count = self.grid.abroad(Part.WAITED, Line.LAST), self.cells.fact(WAITING)
        text = f'"Chưa đủ điểm để xếp loại, không tính vào các số trên: "&{count_text(count)}&" đơn vị ("&{names}&")."'
        return f'=IF({count}=0,"",{text})'


def paragraph_results(scoring: Scoring) -> tuple[str, ...]:
    """Give what the lines store: every line has a cell of its own, also where it is not written."""
    lines = list(write_paragraph(scoring))
    slots = len(scoring.scale.classes) + 3
    if scoring.mean is None:
        return (lines[0], *[""] * (slots - 1), *(lines[1:] or [""]))
    return (*lines[:slots], *(lines[slots:] or [""]))
