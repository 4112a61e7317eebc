"""The sheet "Tổng quan": how many objectives are met, how much of the time has passed, and two charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.objectives.overview_charts import STATUS_COLOURS, OverviewCharts
from cchc_calc.excel.objectives.sheet_columns import write_title
from cchc_calc.excel.objectives.tables import ResultsColumn
from cchc_calc.excel.objectives.time_table import PIXELS, Field, TimeTable
from cchc_calc.excel.sheets.form_grid import OVERVIEW_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.objectives.headings import RESULTS_SHEET
from cchc_calc.objectives.records import STATUS_TEXTS

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.objectives.looks import Looks
    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.workbook_results import WorkbookResults
    from cchc_calc.excel.sheets.styles import Styles

_TITLE: Final = ("BÁO CÁO KẾT QUẢ THỰC HIỆN", "TỔNG QUAN KẾT QUẢ")
_HINT: Final = (
    "Các số ở trang này tự tính. “Tháng đã qua” đếm các tháng đã bắt đầu, từ tháng đầu của mục tiêu đến ngày cuối kỳ "
    "báo cáo."
)
_SUMMARY_LINE: Final = 3
_STATUS_HEADER: Final = 4
_STATUS_HEIGHT: Final = 26.0
_HEADER_HEIGHT: Final = 38.0
_ROOM_FOR_RATES: Final = 400
"""Pixels of the first page below the statuses."""


@dataclass(frozen=True, slots=True)
class OverviewSheet:
    """Writes the overview; it is the same in every build of the workbook."""

    book: Workbook
    styles: Styles
    looks: Looks
    tables: Tables
    results: WorkbookResults

    def write(self, titles: tuple[str, str]) -> None:
        """Add the sheet; ``titles`` are the two lines above the report of results."""
        sheet = add_sheet(self.book, OVERVIEW_SHEET)
        set_paper(sheet)
        for field, pixels in PIXELS.items():
            sheet.set_column_pixels(field, field, pixels)
        title = (f'=SUBSTITUTE(\'{RESULTS_SHEET}\'!A1,"{_TITLE[0]}","{_TITLE[1]}")', titles[0].replace(*_TITLE))
        unit = (f"='{RESULTS_SHEET}'!A2", titles[1])
        write_title(sheet, self.styles, (title, unit), _HINT, (Field.HINT, sum(PIXELS.values())))
        self._write_summary(sheet)
        charts = OverviewCharts(self.book, sheet, self.styles, self.tables, self.results)
        first = _STATUS_HEADER + 1
        self._write_statuses(sheet, first)
        charts.draw_statuses(first, first + len(STATUS_COLOURS) - 1, Field.TOTAL)
        at = first + len(STATUS_COLOURS) + 1
        # A chart that runs over the end of a page is cut in two.
        breaks = [at] if charts.rates_height > _ROOM_FOR_RATES else []
        top = charts.draw_rates(at) + 1
        sheet.set_h_pagebreaks([*breaks, top])
        last = TimeTable(sheet, self.styles, self.looks, self.tables, self.results, top).write()
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, last - 1, Field.HINT)
        protect(sheet)

    def _write_summary(self, sheet: Worksheet) -> None:
        put_merged(sheet, _SUMMARY_LINE, (0, Field.HINT), "", self.styles["heading"])
        report = self.tables.results
        formula = f"='{report.sheet}'!A{report.last + 2}"
        sheet.write_formula(_SUMMARY_LINE, 0, formula, self.styles["heading"], self.results.summary)
        sheet.set_row(_SUMMARY_LINE, _STATUS_HEIGHT)

    def _write_statuses(self, sheet: Worksheet, first: int) -> None:
        put_merged(sheet, _STATUS_HEADER, (Field.NUMBER, Field.TEXT), "Đánh giá", self.styles["header"])
        put_text(sheet, _STATUS_HEADER, Field.START, "Số mục tiêu", self.styles["header"])
        put_text(sheet, _STATUS_HEADER, Field.FINISH, "Tỷ trọng", self.styles["header"])
        sheet.set_row(_STATUS_HEADER, _HEADER_HEIGHT)
        judged = self.tables.results.whole_abroad(ResultsColumn.STATUS)
        keys = self.tables.results.whole_abroad(ResultsColumn.KEY)
        total = self.results.total
        for at, status in enumerate(STATUS_COLOURS, start=first):
            name, count = STATUS_TEXTS[status], self.results.count(status)
            put_merged(sheet, at, (Field.NUMBER, Field.TEXT), name, self.styles["cell"])
            sheet.write_formula(at, Field.START, f'=COUNTIF({judged},"{name}")', self.styles["count"], count)
            share = f'=IF(COUNTIF({keys},"#*")=0,"",C{at + 1}/COUNTIF({keys},"#*"))'
            sheet.write_formula(at, Field.FINISH, share, self.styles["rate"], count / total if total else "")
            sheet.set_row(at, _STATUS_HEIGHT)
