"""Read a file as a report: the right reader for its kind, then recognition by code and label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.errors import SourceRefusedError
from cchc_calc.recognition import SPREADSHEETS, recognise
from cchc_calc.sources import open_document

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.report import Report


def read_report(path: str | Path) -> Report:
    """Read a report from .txt, .docx, .xlsx, .xlsm, .xls or .ods.

    A text or Word document without the form gives a report of its prose alone. A file that gives nothing
    (missing, locked, broken, of another kind, a spreadsheet without the form) raises
    ``SourceRefusedError``, whose Vietnamese message says what to do.
    """
    document = open_document(path)
    report = recognise(document)
    if report.form is None and document.kind in SPREADSHEETS:
        raise SourceRefusedError(
            document.source,
            "S10",
            "không tìm thấy biểu mẫu thống kê cải cách hành chính trong tệp: không có bảng nào mang các cột "
            "“Chỉ tiêu thống kê” và “Số liệu” với các dòng của biểu mẫu",
            "mở đúng tệp có biểu mẫu, hoặc tạo biểu mẫu mới bằng lệnh cchc new rồi chép số liệu vào các ô màu vàng.",
        )
    if report.form is None and not any(paragraph.text.strip() for paragraph in report.prose):
        raise SourceRefusedError(
            document.source, "F05", "tệp không có chữ nào để kiểm tra", "kiểm tra lại tệp, rồi lưu và gửi lại."
        )
    return report
