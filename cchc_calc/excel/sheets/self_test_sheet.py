"""The sheet "Tự kiểm tra": whether the functions work here, what to do when not, and what every function does."""

from __future__ import annotations

import tomllib
from importlib import resources
from inspect import signature
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.builds import Build
from cchc_calc.excel.cell_functions import cell_functions, help_of
from cchc_calc.excel.macros.sources import library_name
from cchc_calc.excel.macros.texts import CELL, macro_texts, messages
from cchc_calc.excel.sheets.form_grid import SELF_TEST_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.styles import Styles

NOT_RUN: Final = "Chưa chạy trên máy này"
"""What the cell holds until a program has computed it."""

_SAMPLE_PIXELS: Final = 226
_TEXT_PIXELS: Final = 454
_MOST_ARGUMENTS: Final = 4
_TEXT_COLUMNS: Final = (3, 4)
_LINE_HINT: Final = "Ô Kết quả dưới đây gọi Python. Nếu ô không bắt đầu bằng chữ “Đạt” thì xem bảng tiếp theo."


def write_self_test_sheet(book: Workbook, styles: Styles, subtitle: str, build: Build) -> None:
    """Add the sheet; ``subtitle`` names the workbook."""
    sheet = add_sheet(book, SELF_TEST_SHEET)
    set_paper(sheet, landscape=False)
    sheet.set_column_pixels(0, 0, _SAMPLE_PIXELS)
    sheet.set_column_pixels(1, 1, _TEXT_PIXELS)
    width = (1, _SAMPLE_PIXELS + _TEXT_PIXELS)
    at = put_head(sheet, styles, "TỰ KIỂM TRA CÁC HÀM PYTHON", (subtitle,), _LINE_HINT, width)
    put_text(sheet, at, 0, "Phiên bản của tệp", styles["bold cell"])
    put_text(sheet, at, 1, VERSION, styles["cell"])
    put_text(sheet, at + 1, 0, "Kết quả", styles["bold cell"])
    sheet.write_formula(at + 1, 1, f"=CCHC_TUKIEMTRA(B{at + 1})", styles["cell"], NOT_RUN)
    sheet.set_row(at + 1, row_height([("x\nx", _TEXT_PIXELS)], TEXT_SIZE))
    at = _write_table(sheet, styles, at + 3, "Khi ô Kết quả hoặc ô tính hiện", list(symptoms(build)))
    at = _write_table(sheet, styles, at + 1, "Các hàm của phần mềm", list(_functions()))
    if build is Build.MACROS:
        _write_macro_texts(sheet, styles)
    sheet.print_area(0, 0, at - 1, 1)
    protect(sheet)


def symptoms(build: Build) -> Iterator[tuple[str, str]]:
    """Give what the cells of a build may show, and what to do then."""
    text = (resources.files("cchc_calc.excel.sheets") / "self_test.toml").read_text(encoding="utf-8")
    for symptom in tomllib.loads(text)["symptom"]:
        if build.value in symptom.get("builds", (build.value,)):
            yield symptom["sample"], symptom["text"]
    if build is Build.MACROS:
        failures = messages(library_name())
        for key, sample in failures.items():
            if key.startswith(CELL):
                yield sample.partition(":")[0], failures[key.removeprefix(CELL)]
        yield "Làm tiếp ngay", failures["go_on"]


def _write_macro_texts(sheet: Worksheet, styles: Styles) -> None:
    """Write the texts of the macros where CCHC_ThongBao.bas looks for them."""
    first, last = _TEXT_COLUMNS
    for line, (key, text) in enumerate(macro_texts(library_name()).items()):
        put_text(sheet, line, first, key, styles["stamp"])
        put_text(sheet, line, last, text, styles["stamp"])
    sheet.set_column(first, last, None, None, {"hidden": True})


def _functions() -> Iterator[tuple[str, str]]:
    for name, function in sorted(cell_functions().items()):
        arguments = list(signature(function).parameters)
        if len(arguments) > _MOST_ARGUMENTS:
            arguments[_MOST_ARGUMENTS - 1 : -1] = ["…"]
        yield name, f"{help_of(function)}\n({'; '.join(arguments)})"


def _write_table(sheet: Worksheet, styles: Styles, at: int, title: str, lines: list[tuple[str, str]]) -> int:
    put_merged(sheet, at, (0, 1), title, styles["heading"])
    for sample, text in lines:
        at += 1
        put_text(sheet, at, 0, sample, styles["bold cell"])
        put_text(sheet, at, 1, text, styles["cell"])
        sheet.set_row(at, row_height([(sample, _SAMPLE_PIXELS), (text, _TEXT_PIXELS)], TEXT_SIZE))
    return at + 1
