"""The sheet on which xlwings finds its settings: hidden, and open to be changed by whoever installs the software."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.macros.xlwings_settings import SETTINGS, SETTINGS_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_sheet, put_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.sheets.styles import Styles

_PIXELS: Final = (250, 420)


def write_settings_sheet(book: Workbook, styles: Styles) -> None:
    """Add the sheet, hidden and open to be changed by whoever installs the software."""
    sheet = add_sheet(book, SETTINGS_SHEET)
    for column, pixels in enumerate(_PIXELS):
        sheet.set_column_pixels(column, column, pixels)
    for line, (name, value) in enumerate(SETTINGS.items()):
        put_text(sheet, line, 0, name, styles["plain"])
        put_text(sheet, line, 1, value, styles["plain"])
    sheet.hide()
