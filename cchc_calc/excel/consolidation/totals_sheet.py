"""The sheet "Tổng hợp": the official form of the level above, and beside it what its totals rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.builds import Build
from cchc_calc.excel.consolidation.headings import TOTALS_SHEET
from cchc_calc.excel.consolidation.middle_parts import middle_parts
from cchc_calc.excel.consolidation.total_formulas import TotalFormulas
from cchc_calc.excel.consolidation.total_grid import HIDDEN, Side
from cchc_calc.excel.consolidation.total_rows import TotalRows
from cchc_calc.excel.sheets.form_grid import Column, Line
from cchc_calc.excel.sheets.form_rows import number_format_of
from cchc_calc.excel.sheets.macro_buttons import write_buttons
from cchc_calc.excel.sheets.printed_form import PRINTED_PIXELS, PrintedForm
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_text
from cchc_calc.excel.sheets.styles import COUNT_FORMAT, INVALID_LOOK, MEASURE_FORMAT, NOT_ARISING_LOOK
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.consolidation.book_parts import BookParts

_SIDES: Final = {
    Side.ADDRESS: ("Mã dòng", 66),
    Side.MESSAGE: ("Kiểm tra", 280),
    Side.REPORTED: ("Đơn vị đã báo cáo", 82),
    Side.EXPECTED: ("Đơn vị phải báo cáo", 86),
    Side.UNDECIDED: (f"Đơn vị {UNDECIDED_TEXT}", 60),
    Side.LOW: ("Thấp nhất khi đủ đơn vị", 96),
    Side.HIGH: ("Cao nhất khi đủ đơn vị", 96),
    Side.MEAN: ("Bình quân tỷ lệ (SỐ SAI)", 104),
    Side.NUMERATOR: ("Tử số", 100),
    Side.DENOMINATOR: ("Mẫu số", 100),
    Side.MIDDLE_NUMERATOR: ("Tử số ở giữa", 90),
    Side.MIDDLE_DENOMINATOR: ("Mẫu số ở giữa", 90),
}
_GAP_PIXELS: Final = 14
_BUTTONS: Final = ("Tính lại", "Xuất PDF", "Trợ giúp")
"""What is to be checked here are the files of the units."""


def write_totals_sheet(parts: BookParts) -> None:
    """Add the sheet; the contents of the units are gone through once."""
    sheet, consolidation, grid = add_sheet(parts.book, TOTALS_SHEET), parts.consolidation, parts.grid
    form = consolidation.form
    printed = PrintedForm(sheet, parts.styles, form)
    _set_up(sheet, printed, grid.last_line)
    mark = "\n".join(filter(None, (f"({form.mark})" if form.mark else "", parts.missing_line, parts.note)))
    printed.write_head(parts.cover, mark)
    for column, (text, _) in _SIDES.items():
        put_text(sheet, Line.HEADER, column, text, parts.styles["side header"])
    printed.set_header_height(tuple(_SIDES.values()))
    printed.write_stamp()
    formulas = TotalFormulas(grid, parts.layout, parts.build)
    rows = TotalRows(printed, formulas, middle_parts(form, consolidation.contents), len(consolidation.missing))
    totals = {total.address: total for total in consolidation.rows}
    for row in form.rows:
        if row.is_heading:
            rows.write_heading(row)
        else:
            rows.write(row, totals[row.address])
    if not consolidation.missing:
        printed.write_signatures(grid.last_line)
    _mark_conditions(sheet, parts)
    protect(sheet)
    if parts.build is Build.MACROS:
        write_buttons(sheet, Line.TITLE, Side.ADDRESS, _BUTTONS)


def _set_up(sheet: Worksheet, printed: PrintedForm, last_line: int) -> None:
    for column, pixels in PRINTED_PIXELS.items():
        sheet.set_column_pixels(column, column, pixels)
    sheet.set_column_pixels(Column.GAP, Column.GAP, _GAP_PIXELS)
    for side, (_, pixels) in _SIDES.items():
        options = {"level": 1, "hidden": True} if side in HIDDEN else {}
        sheet.set_column_pixels(side, side, pixels, None, options)
    sheet.set_column(max(Side) + 1, max(Side) + 1, None, None, {"collapsed": True})
    printed.set_up(last_line)


def _mark_conditions(sheet: Worksheet, parts: BookParts) -> None:
    first, last = parts.grid.line(parts.consolidation.form.rows[0].address), parts.grid.last_line
    for text, look in ((UNDECIDED_TEXT, INVALID_LOOK), (NOT_ARISING_TEXT, NOT_ARISING_LOOK)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": parts.styles.condition(look)}
        sheet.conditional_format(first, Column.VALUE, last, Column.VALUE, rule)
    whole = parts.styles.condition({"num_format": COUNT_FORMAT})
    for row in parts.consolidation.form.rows:
        if number_format_of(row) == MEASURE_FORMAT:
            cell = parts.grid.value(row.address)
            # The format of measures would end a whole number with a comma.
            rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}=INT({cell}))", "format": whole}
            sheet.conditional_format(cell, rule)
