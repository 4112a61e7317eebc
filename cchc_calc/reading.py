"""Read a file as a report: the right reader for its kind, then recognition by code and label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.computation import compute
from cchc_calc.old_results import refuse_old_results
from cchc_calc.outcomes import refusal
from cchc_calc.recognition import SPREADSHEETS, recognise
from cchc_calc.sources import admit_source, read_admitted, read_one_sheet
from cchc_calc.stamp import OWN_COLUMNS, OWN_SHEETS

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.document import Document
    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.gate import Admitted
    from cchc_calc.report import Report

FORM_SHEET, *_OTHER_SHEETS = OWN_SHEETS
_WITHOUT_FORM: Final = (
    "không có bảng nào mang các cột “Chỉ tiêu thống kê” và “Số liệu” với các dòng của biểu mẫu thống kê cải cách "
    "hành chính"
)


def read_report(path: str | Path) -> Report:
    """Read a report from .txt, .docx, .xlsx, .xlsm, .xls or .ods.

    A text or Word document without the form gives a report of its prose alone. A file that gives nothing
    (missing, locked, broken, of another kind, a spreadsheet without the form or with old results) raises
    ``SourceRefusedError``, whose Vietnamese message says what to do.
    """
    return read_admitted_report(admit_source(path))


def read_admitted_report(admitted: Admitted) -> Report:
    """Read a file that passed the gate as a report, as ``read_report`` does."""
    report = find_report(admitted)
    if report.form is not None:
        refuse_old_results(report, compute(report))
    elif not any(paragraph.text.strip() for paragraph in report.prose):
        raise refusal(
            admitted.name, "F05", "tệp không có chữ nào để kiểm tra.", "Kiểm tra lại tệp, rồi lưu và gửi lại."
        )
    return report


def find_report(admitted: Admitted) -> Report:
    """Recognise the report in a file, whatever results of formulas are kept in it.

    Raises SourceRefusedError for a spreadsheet without the form, and as its reader does.
    """
    report = _read_own_template(admitted)
    if report is not None:
        return report
    document = read_admitted(admitted)
    report = recognise(document)
    if report.form is None and admitted.kind in SPREADSHEETS:
        raise _without_form(document)
    return report


def _without_form(document: Document) -> SourceRefusedError:
    workbook = document.workbook
    sheets = [*workbook.sheets, *(f"{name} (bị ẩn)" for name in workbook.hidden_sheets)]
    found = f"; các trang trong tệp: {', '.join(sheets)}" if sheets else ""
    if not workbook.sheets or set(workbook.sheets).isdisjoint(_OTHER_SHEETS):
        remedy = (
            "Mở đúng tệp có biểu mẫu, hoặc tạo biểu mẫu mới bằng lệnh cchc new rồi chép số liệu vào các ô màu vàng."
        )
        return refusal(document.source, "S10", f"không tìm thấy biểu mẫu: {_WITHOUT_FORM}{found}.", remedy)
    message = f"thiếu trang “{FORM_SHEET}”: {_WITHOUT_FORM}{found}."
    remedy = f"Bỏ ẩn hoặc khôi phục trang “{FORM_SHEET}”, hoặc tạo biểu mẫu mới bằng lệnh cchc new rồi nhập lại."
    return refusal(document.source, "S01", message, remedy)


def _read_own_template(admitted: Admitted) -> Report | None:
    """Read our own template by its one sheet; ``None`` when it is not, or not wholly, our template."""
    document = read_one_sheet(admitted, FORM_SHEET, OWN_COLUMNS, beside=frozenset(_OTHER_SHEETS))
    if document is None:
        return None
    report = recognise(document)
    whole = report.form is not None and len(report.entries) == len(report.form.rows)
    if any(finding.rule == "formula_in_input" for finding in report.findings):
        # Such a formula may read cells of columns and sheets that were not looked at.
        return None
    return report if whole and report.is_stamped else None
