"""The sheet "Tổng quan": who has sent, the headline rates of all units together, and the charts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.standings import TIMELINESS_NAMES
from cchc_calc.excel.consolidation.overview_charts import OverviewCharts
from cchc_calc.excel.consolidation.sending_sheet import status_area
from cchc_calc.excel.consolidation.total_grid import Side
from cchc_calc.excel.consolidation.total_rows import stored_parts
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_grid import OVERVIEW_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.consolidation.ranking import Ranked, Ranking
    from cchc_calc.excel.consolidation.book_parts import BookParts


class _Column(IntEnum):
    ADDRESS = 0
    NAME = 1
    RATE = 2
    NUMERATOR = 3
    DENOMINATOR = 4
    LOW = 5
    HIGH = 6
    UNITS = 7
    BEST = 8
    WORST = 9


_HEADERS: Final = {
    _Column.ADDRESS: ("Mã dòng", 66),
    _Column.NAME: ("Chỉ tiêu", 250),
    _Column.RATE: ("Tỷ lệ chung", 110),
    _Column.NUMERATOR: ("Tử số", 84),
    _Column.DENOMINATOR: ("Mẫu số", 84),
    _Column.LOW: ("Thấp nhất khi đủ đơn vị", 96),
    _Column.HIGH: ("Cao nhất khi đủ đơn vị", 96),
    _Column.UNITS: ("Đơn vị có tỷ lệ", 76),
    _Column.BEST: ("Đứng đầu", 160),
    _Column.WORST: ("Đứng cuối", 160),
}
_LAST: Final = max(_Column)
_WIDTH: Final = sum(pixels for _, pixels in _HEADERS.values())
_HINT: Final = (
    "Tỷ lệ chung tính từ tổng tử số và tổng mẫu số của các đơn vị báo cáo đủ hai số; thấp nhất, cao nhất là khi mọi "
    "đơn vị còn thiếu đạt 0% hoặc 100% mẫu số kỳ trước của họ."
)
_EXPECTED: Final = "Đơn vị phải nộp"


def write_overview_sheet(parts: BookParts) -> None:
    """Add the sheet."""
    sheet = add_sheet(parts.book, OVERVIEW_SHEET)
    set_paper(sheet)
    for column, (_, pixels) in _HEADERS.items():
        sheet.set_column_pixels(column, column, pixels)
    top = parts.write_head(sheet, "TỔNG QUAN KẾT QUẢ TỔNG HỢP", _HINT, (_LAST, _WIDTH))
    overview = _OverviewSheet(sheet, parts)
    statuses = overview.write_statuses(top)
    rates = overview.write_rates(statuses[1] + 2)
    charts = OverviewCharts(parts, sheet, _WIDTH, _LAST + 2)
    last = charts.draw(rates[1] + 2, (statuses, (0, _Column.RATE)), (rates, (_Column.NAME, _Column.RATE)))
    sheet.print_area(0, 0, last, _LAST)
    protect(sheet)


@dataclass(frozen=True, slots=True)
class _OverviewSheet:
    sheet: Worksheet
    parts: BookParts

    def write_statuses(self, top: int) -> tuple[int, int]:
        """Write how many units have which status; return the first and the last of these lines."""
        styles, standings = self.parts.styles, self.parts.consolidation.standings
        put_merged(self.sheet, top, (0, _LAST), "Tình hình nộp", styles["heading"])
        area, counts = status_area(self.parts), Counter(standing.status for standing in standings)
        put_merged(self.sheet, top + 1, (0, _Column.NAME), _EXPECTED, styles["bold cell"])
        self.sheet.write_number(top + 1, _Column.RATE, len(standings), styles["count"])
        first = top + 2
        for line, (status, name) in enumerate(TIMELINESS_NAMES.items(), start=first):
            put_merged(self.sheet, line, (0, _Column.NAME), name, styles["cell"])
            self.sheet.write_formula(line, _Column.RATE, f'=COUNTIF({area},"{name}")', styles["count"], counts[status])
        return first, first + len(TIMELINESS_NAMES) - 1

    def write_rates(self, top: int) -> tuple[int, int]:
        """Write the headline rates; return the first and the last of these lines."""
        styles, rankings = self.parts.styles, self.parts.consolidation.rankings
        put_merged(self.sheet, top, (0, _LAST), "Các tỷ lệ chính", styles["heading"])
        for column, (text, _) in _HEADERS.items():
            put_text(self.sheet, top + 1, column, text, styles["header"])
        self.sheet.set_row(top + 1, row_height(list(_HEADERS.values()), TEXT_SIZE, bold=True))
        for line, ranking in enumerate(rankings, start=top + 2):
            self._write_rate(line, ranking, self.parts.short_name(ranking))
        return top + 2, top + 1 + len(rankings)

    def _write_rate(self, line: int, ranking: Ranking, name: str) -> None:
        styles, grid = self.parts.styles, self.parts.grid
        total = self.parts.consolidation.row(ranking.address)
        put_text(self.sheet, line, _Column.ADDRESS, ranking.address, styles["centred cell"])
        numerator, denominator = stored_parts(total)
        linked = (
            (_Column.RATE, grid.abroad(ranking.address), "rate", stored_value(total.content)),
            (_Column.NUMERATOR, grid.abroad(ranking.address, Side.NUMERATOR), "count", numerator),
            (_Column.DENOMINATOR, grid.abroad(ranking.address, Side.DENOMINATOR), "count", denominator),
        )
        for column, source, style, value in linked:
            self.sheet.write_formula(line, column, f"={source}", styles[style], value)
        for column, bound in ((_Column.LOW, total.low), (_Column.HIGH, total.high)):
            if bound is None:
                self.sheet.write_blank(line, column, None, styles["rate"])
            else:
                self.sheet.write_number(line, column, float(bound), styles["rate"])
        self.sheet.write_number(line, _Column.UNITS, len(ranking.units), styles["count"])
        best, worst = _ends(ranking)
        texts = {_Column.NAME: name, _Column.BEST: best, _Column.WORST: worst}
        for column, text in texts.items():
            put_text(self.sheet, line, column, text, styles["cell"])
        self.sheet.set_row(line, row_height([(text, _HEADERS[at][1]) for at, text in texts.items()], TEXT_SIZE))


def _ends(ranking: Ranking) -> tuple[str, str]:
    if not ranking.units:
        return "", ""
    return _shared([one for one in ranking.units if one.rank == 1]), _shared(
        [one for one in ranking.units if one.rank == ranking.units[-1].rank]
    )


def _shared(units: list[Ranked]) -> str:
    """Name the unit at an end of a ranking, or how many share it."""
    name = units[0].unit if len(units) == 1 else f"{len(units)} đơn vị"
    return f"{name} ({units[0].text})"
