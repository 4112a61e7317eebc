r"""How xlwings finds Python from a workbook: the sheet that it reads by its name.

xlwings asks this sheet first, then a file in the folder of the workbook, then one in the user's folder. Every
setting that decides what is run stands on the sheet, so that a file somebody has put beside the workbook
decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.host import FUNCTIONS_MODULE
from cchc_calc.excel.sheet_parts import add_sheet, put_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.styles import Styles

SETTINGS_SHEET: Final = "xlwings.conf"
"""The name is xlwings'."""

INTERPRETER: Final = r"%LOCALAPPDATA%\cchc_calc\Scripts\pythonw.exe"
"""A virtual environment in the user's own folder: the same place on every machine, whoever opens the file."""

SETTINGS: Final = {
    "INTERPRETER_WIN": INTERPRETER,
    "UDF MODULES": FUNCTIONS_MODULE,
    "PYTHONPATH": "",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "USE UDF SERVER": "True",
    "DEBUG UDFS": "False",
    "SHOW CONSOLE": "False",
    "CONDA PATH": "",
    "CONDA ENV": "",
    "LICENSE_KEY": "",
    "ONEDRIVE_CONSUMER_WIN": "",
    "ONEDRIVE_COMMERCIAL_WIN": "",
    "SHAREPOINT_WIN": "",
}
"""Texts throughout: TRUE and FALSE would be words of the language that Excel speaks."""

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
