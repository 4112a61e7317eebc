"""The sheet "Cách tính": the formula and the legal source of every computed row, and what must hold between rows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from cchc_calc.evaluation import holds
from cchc_calc.excel.sheets.cover import edition_line
from cchc_calc.excel.sheets.form_grid import METHOD_SHEET, Column, FormGrid
from cchc_calc.excel.sheets.formula_words import (
    check_in_words,
    formula_in_words,
    over_time_in_words,
    over_units_in_words,
)
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import INVALID_LOOK, NOTE_SIZE, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.excel_formulas import call, native, violated

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.styles import Styles

_HEADERS: Final = (
    ("Mã dòng", 66),
    ("Chỉ tiêu", 230),
    ("Cách tính", 190),
    ("Công thức trong ô", 300),
    ("Căn cứ", 170),
    ("Tổng hợp nhiều đơn vị", 130),
    ("Tổng hợp nhiều kỳ", 130),
)
_LAST: Final = len(_HEADERS) - 1
_HINT: Final = (
    "Ô để trống là chưa báo cáo, khác với số 0. Mẫu số và tử số đều bằng 0: Không phát sinh. Số liệu mâu thuẫn hoặc "
    "không đọc được: KXĐ (không xác định). Tỷ lệ gộp nhiều cặp chỉ tính những cặp có đủ hai số."
)
_CONDITIONS: Final = "Các điều kiện phải đúng; dòng nào vi phạm thì dòng đó và tỷ lệ tính từ nó là KXĐ"
_BROKEN: Final = "Mâu thuẫn"


def write_method_sheet(book: Workbook, styles: Styles, figures: FormFigures, build: Build) -> None:
    """Add the sheet; what it says is read out of the form itself."""
    sheet = add_sheet(book, METHOD_SHEET)
    set_paper(sheet)
    lines = (edition_line(figures.form), f"Nguồn: {figures.form.source}")
    title = "CÁCH TÍNH CÁC DÒNG CỦA BIỂU MẪU"
    at = put_head(sheet, styles, title, lines, _HINT, (_LAST, sum(pixels for _, pixels in _HEADERS)))
    for column, (text, pixels) in enumerate(_HEADERS):
        sheet.set_column_pixels(column, column, pixels)
        put_text(sheet, at, column, text, styles["header"])
    sheet.set_row(at, row_height(list(_HEADERS), TEXT_SIZE, bold=True))
    sheet.repeat_rows(at)
    sheet.freeze_panes(at + 1, 0)
    for row in figures.form.rows:
        if row.formula is not None:
            at += 1
            _write_row(sheet, styles, figures.form, row, at, build)
    at += 2
    put_merged(sheet, at, (0, _LAST), _CONDITIONS, styles["heading"])
    for number in range(len(figures.form.checks)):
        at += 1
        _write_check(sheet, styles, figures, number, at)
    sheet.print_area(0, 0, at, _LAST)
    protect(sheet)


def _write_row(sheet: Worksheet, styles: Styles, form: Form, row: Row, at: int, build: Build) -> None:
    texts = _texts(form, row.address, calls_python=build.calls_python)
    sheet.write_url(at, 0, f"internal:{FormGrid(form).abroad(row.address)}", styles["link"], row.address)
    for column, text in enumerate(texts, start=1):
        put_text(sheet, at, column, text, styles["formula" if column == _LAST - 3 else "cell"])
    sizes = [(text, _HEADERS[column][1]) for column, text in enumerate(texts, start=1)]
    formula = sizes.pop(2)
    sheet.set_row(at, max(row_height(sizes, TEXT_SIZE), row_height([formula], NOTE_SIZE)))


def _write_check(sheet: Worksheet, styles: Styles, figures: FormFigures, number: int, at: int) -> None:
    check = figures.form.checks[number]
    condition, labels, test = _condition(figures.form, number)
    pixels = [pixels for _, pixels in _HEADERS]
    put_merged(sheet, at, (0, 1), condition, styles["cell"])
    put_merged(sheet, at, (2, _LAST - 1), labels, styles["cell"])
    is_broken = holds(check.comparison, figures.computation.read) is False
    sheet.write_formula(at, _LAST, f'=IF({test},"{_BROKEN}","")', styles["centred cell"], _BROKEN if is_broken else "")
    rule = {"type": "cell", "criteria": "==", "value": f'"{_BROKEN}"', "format": styles.condition(INVALID_LOOK)}
    sheet.conditional_format(at, _LAST, at, _LAST, rule)
    sheet.set_row(at, row_height([(condition, sum(pixels[:2])), (labels, sum(pixels[2:_LAST]))], TEXT_SIZE))


@cache
def _texts(form: Form, address: str, *, calls_python: bool) -> tuple[str, ...]:
    """Give what is said of a computed row, beside its address."""
    row, grid = form.row(address), FormGrid(form)
    if row.formula is None:
        return ()
    return (
        row.label,
        formula_in_words(row),
        (call if calls_python else native)(row.formula, grid.operand),
        row.legal,
        over_units_in_words(form, row),
        over_time_in_words(form, row),
    )


@cache
def _condition(form: Form, number: int) -> tuple[str, str, str]:
    """Give a condition of the form in words, the names of its rows, and the test that it is broken."""
    check, grid = form.checks[number], FormGrid(form)
    labels = "; ".join(f"{address}: {form.row(address).label}" for address in check.addresses)
    test = violated(check.comparison, lambda address: grid.abroad(address, Column.READ))
    return check_in_words(check), labels, test
