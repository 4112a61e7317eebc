"""What only the build with macros holds: the VBA project, its names for the sheets, and the settings of xlwings."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.macros.project import WORKBOOK_CODE_NAME, workbook_project
from cchc_calc.excel.macros.xlwings_settings import SETTINGS_SHEET
from cchc_calc.excel.sheets.form_grid import (
    FINDINGS_SHEET,
    FORM_SHEET,
    GUIDE_SHEET,
    METHOD_SHEET,
    OVERVIEW_SHEET,
    SELF_TEST_SHEET,
)
from cchc_calc.excel.sheets.settings_sheet import write_settings_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.sheets.styles import Styles

CODE_NAMES: Final = {
    FORM_SHEET: "BieuMau",
    FINDINGS_SHEET: "KiemTra",
    OVERVIEW_SHEET: "TongQuan",
    METHOD_SHEET: "CachTinh",
    GUIDE_SHEET: "HuongDan",
    SELF_TEST_SHEET: "TuKiemTra",
    SETTINGS_SHEET: "CauHinh",
}
"""VBA knows a sheet by a name of plain letters, which stays when an official renames the tab.

The macros ask for BieuMau (which is printed), KiemTra, HuongDan and TuKiemTra, whatever these are called.
"""


def write_macro_parts(book: Workbook, styles: Styles, code_names: Mapping[str, str] = CODE_NAMES) -> None:
    """Add the settings and the macros to a workbook that has all its other sheets, named in ``code_names``."""
    write_settings_sheet(book, styles)
    book.set_vba_name(WORKBOOK_CODE_NAME)
    names = [code_names[str(sheet.name)] for sheet in book.worksheets()]
    for sheet, name in zip(book.worksheets(), names, strict=True):
        sheet.set_vba_name(name)
    project: Any = BytesIO(_project(tuple(names)))
    book.add_vba_project(project, is_stream=True)


@cache
def _project(names: tuple[str, ...]) -> bytes:
    """Make the project of sheets of these names once; every workbook of a form has the same."""
    return workbook_project(names)
