"""What every sheet of the workbook is written from, and the lines that stand at the head of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.excel.consolidation.total_grid import TotalGrid
from cchc_calc.excel.consolidation.unit_layout import UnitLayout
from cchc_calc.excel.sheets.cover import edition_line

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

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
        """Return whose sheet it is and of when, and what has to be known of its figures; lines may be empty."""
        period = self.cover.period_line if self.cover.period is not None else ""
        name = edition_line(self.consolidation.form)
        return (self.cover.unit, period, name, self.missing_line, self.note)
