"""Read a file as a report: the right reader for its kind, then recognition by code and label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.outcomes import refusal
from cchc_calc.recognition import SPREADSHEETS, recognise
from cchc_calc.sources import admit_source, read_admitted, read_one_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.gate import Admitted
    from cchc_calc.report import Report

FORM_SHEET: Final = "Biểu mẫu"
OTHER_SHEETS: Final = frozenset({"Kiểm tra", "Tổng quan", "Cách tính", "Hướng dẫn"})
FORM_COLUMNS: Final = 10
"""Our own template has the form on this sheet, and what the reader needs in its first columns."""


def read_report(path: str | Path) -> Report:
    """Read a report from .txt, .docx, .xlsx, .xlsm, .xls or .ods.

    A text or Word document without the form gives a report of its prose alone. A file that gives nothing
    (missing, locked, broken, of another kind, a spreadsheet without the form) raises
    ``SourceRefusedError``, whose Vietnamese message says what to do.
    """
    admitted = admit_source(path)
    report = _read_own_template(admitted)
    if report is None:
        report = recognise(read_admitted(admitted))
    if report.form is None and admitted.kind in SPREADSHEETS:
        raise refusal(
            admitted.name,
            "S10",
            "không tìm thấy biểu mẫu thống kê cải cách hành chính: không có bảng nào mang các cột "
            "“Chỉ tiêu thống kê” và “Số liệu” với các dòng của biểu mẫu.",
            "Mở đúng tệp có biểu mẫu, hoặc tạo biểu mẫu mới bằng lệnh cchc new rồi chép số liệu vào các ô màu vàng.",
        )
    if report.form is None and not any(paragraph.text.strip() for paragraph in report.prose):
        raise refusal(
            admitted.name, "F05", "tệp không có chữ nào để kiểm tra.", "Kiểm tra lại tệp, rồi lưu và gửi lại."
        )
    return report


def _read_own_template(admitted: Admitted) -> Report | None:
    """Read our own template by its one sheet; ``None`` when it is not, or not wholly, our template."""
    document = read_one_sheet(admitted, FORM_SHEET, FORM_COLUMNS, beside=OTHER_SHEETS)
    if document is None:
        return None
    report = recognise(document)
    whole = report.form is not None and len(report.entries) == len(report.form.rows)
    return report if whole and report.is_stamped else None
