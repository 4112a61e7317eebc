"""What a bound workbook needs to call Python by itself: the macros, the settings of xlwings, a self-test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.errors import CchcError
from cchc_calc.excel.binding.plain_sheet import formula_cell, sheet_xml, text_cell
from cchc_calc.excel.builds import Build
from cchc_calc.excel.macros.project import function_modules
from cchc_calc.excel.macros.sources import library_name
from cchc_calc.excel.macros.texts import macro_texts
from cchc_calc.excel.macros.xlwings_settings import SETTINGS, SETTINGS_SHEET
from cchc_calc.excel.patching.elements import attribute
from cchc_calc.excel.sheets.form_grid import SELF_TEST_SHEET
from cchc_calc.excel.sheets.macro_parts import CODE_NAMES
from cchc_calc.excel.sheets.self_test_sheet import NOT_RUN, symptoms
from cchc_calc.excel.vba import Project, with_modules
from cchc_calc.excel.vba.workbook_package import project_of
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from cchc_calc.package import Package

VISIBLE_SHEETS: Final = frozenset({SELF_TEST_SHEET})
"""An official has to find the self-test; the other sheets that binding adds are hidden."""

_PROJECT_NAME: Final = "VBAProject"
_HEADING: Final = "Tự kiểm tra các hàm Python. Ô Kết quả không bắt đầu bằng chữ “Đạt” thì xem các dòng bên dưới."
_COLUMNS: Final = (
    b'<cols><col min="1" max="1" width="45" customWidth="1"/><col min="2" max="2" width="90" customWidth="1"/>'
    b'<col min="4" max="5" width="9" hidden="1" customWidth="1"/></cols>'
)


def macro_project(package: Package) -> Project | None:
    """Give the VBA project of a workbook with the modules of the functions, or ``None`` if they are all there.

    Raises CchcError where a module of the workbook has the name of one of ours and is another, and for a
    project that is signed or locked.
    """
    own = project_of(package) or Project(_PROJECT_NAME, ())
    there = {module.name.lower(): module for module in own.modules}
    missing = []
    for module in function_modules():
        known = there.get(module.name.lower())
        if known is None:
            missing.append(module)
        elif known.source != module.source:
            msg = (
                f"trong macro của tệp mẫu đã có mô-đun {known.name} khác với mô-đun cần thêm; "
                "hãy gắn bằng --functions excel, hoặc bỏ mô-đun đó trước."
            )
            raise CchcError(msg)
    return with_modules(own, missing) if missing else None


def macro_sheets() -> dict[str, bytes]:
    """Write the two sheets that the macros read, by the names they need."""
    return {SETTINGS_SHEET: _settings(), SELF_TEST_SHEET: _self_test()}


def _settings() -> bytes:
    lines = enumerate(SETTINGS.items(), start=1)
    rows = {line: [text_cell(f"A{line}", name), text_cell(f"B{line}", value)] for line, (name, value) in lines}
    return sheet_xml(rows, before=_code_name(SETTINGS_SHEET))


def _self_test() -> bytes:
    rows: dict[int, list[bytes]] = {
        1: [text_cell("A1", _HEADING)],
        2: [text_cell("A2", "Phiên bản của tệp"), text_cell("B2", VERSION)],
        3: [text_cell("A3", "Kết quả"), formula_cell("B3", "=CCHC_TUKIEMTRA(B2)", NOT_RUN)],
    }
    for line, (sample, text) in enumerate(symptoms(Build.MACROS), start=5):
        rows[line] = [text_cell(f"A{line}", sample), text_cell(f"B{line}", text)]
    # The macros look for their texts in these two columns of the sheet with this code name.
    for line, (key, text) in enumerate(macro_texts(library_name()).items(), start=1):
        rows.setdefault(line, []).extend([text_cell(f"D{line}", key), text_cell(f"E{line}", text)])
    return sheet_xml(rows, before=_code_name(SELF_TEST_SHEET) + _COLUMNS)


def _code_name(sheet: str) -> bytes:
    return b"<sheetPr%b/>" % attribute(b"codeName", CODE_NAMES[sheet])
