"""The sheet "Tổng quan": the rates against their targets, and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.cover import edition_line
from cchc_calc.excel.sheets.form_grid import OVERVIEW_SHEET, FormGrid
from cchc_calc.excel.sheets.overview import load_overview
from cchc_calc.excel.sheets.overview_charts import OverviewCharts
from cchc_calc.excel.sheets.rate_table import HEADERS, Field, RateTable
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, set_paper

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.sheets.cover import Cover
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.styles import Styles

_HINT: Final = (
    "Ghi mục tiêu được giao vào ô vàng (ví dụ 95%) và chọn dấu so sánh: >= là “từ … trở lên”, > là “trên …”. "
    "“Còn thiếu” là số trường hợp phải thêm vào tử số để đạt mục tiêu khi mẫu số giữ nguyên."
)


def write_overview_sheet(book: Workbook, styles: Styles, figures: FormFigures, cover: Cover) -> None:
    """Add the sheet for the rates that the unit's level fills."""
    sheet = add_sheet(book, OVERVIEW_SHEET)
    set_paper(sheet)
    pixels = sum(pixels for _, pixels in HEADERS.values())
    lines = (cover.unit, cover.period_line, edition_line(figures.form))
    top = put_head(sheet, styles, "TỔNG QUAN KẾT QUẢ CẢI CÁCH HÀNH CHÍNH", lines, _HINT, (len(Field) - 1, pixels))
    overview, grid = load_overview(figures.form, cover.level), FormGrid(figures.form)
    table = RateTable(sheet, styles, grid, figures, top)
    table.write_header()
    for place, line in enumerate(overview.rates):
        table.write_line(place, line)
    table.mark_conditions(len(overview.rates))
    last = OverviewCharts(book, sheet, styles, grid, figures, overview, top).draw()
    sheet.print_area(0, 0, last, len(Field) - 1)
    sheet.freeze_panes(top + 1, 0)
    protect(sheet)
