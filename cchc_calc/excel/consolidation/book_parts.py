"""What every sheet of the workbook is written from, and the lines that stand at the head of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.excel.consolidation.total_grid import TotalGrid
from cchc_calc.excel.consolidation.unit_layout import UnitLayout
from cchc_calc.excel.sheets.cover import edition_line
from cchc_calc.excel.sheets.overview import load_overview
from cchc_calc.excel.sheets.sheet_parts import put_head

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.consolidation.ranking import Ranking
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.sheets.cover import Cover
    from cchc_calc.excel.sheets.styles import Styles


@dataclass(frozen=True, slots=True)
class BookParts:
    """The workbook being written, and what goes into it; ``note`` is said on every sheet."""

    book: Workbook
    styles: Styles
    consolidation: Consolidation
    cover: Cover
    note: str
    build: Build

    @property
    def layout(self) -> UnitLayout:
        """Return where the figures of the units lie."""
        return UnitLayout(self.consolidation.form, len(self.consolidation.units))

    @property
    def grid(self) -> TotalGrid:
        """Return where the totals lie."""
        return TotalGrid(self.consolidation.form)

    @property
    def expected(self) -> int:
        """Count the units that have to report."""
        return len(self.consolidation.units) + len(self.consolidation.missing)

    @property
    def missing_line(self) -> str:
        """Say how many units are missing, or nothing."""
        missing = len(self.consolidation.missing)
        return f"CHƯA ĐỦ ĐƠN VỊ: thiếu {missing}/{self.expected} đơn vị, chưa dùng để ký, gửi" if missing else ""

    @property
    def head_lines(self) -> tuple[str, ...]:
        """Return whose sheet it is and of when; lines may be empty."""
        period = self.cover.period_line if self.cover.period is not None else ""
        return (self.cover.unit, period, edition_line(self.consolidation.form))

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what has to be known of the figures; lines may be empty."""
        return (self.missing_line, self.note)

    def write_head(self, sheet: Worksheet, title: str, hint: str, width: tuple[int, int]) -> int:
        """Write the head of a sheet, as ``put_head`` does; return the line that follows."""
        return put_head(sheet, self.styles, title, self.head_lines, hint, width, self.marks)

    def short_name(self, ranking: Ranking) -> str:
        """Return a name for a rate that fits a chart: its own, or that of its row."""
        form = self.consolidation.form
        names = {line.row.address: line.name for level in form.levels for line in load_overview(form, level).rates}
        return names.get(ranking.address, form.by_address[ranking.address].short_label)
