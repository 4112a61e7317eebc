"""Reading what a higher level printed: its report, or a table of units at several levels."""

from __future__ import annotations

from pathlib import Path

from cchc_calc.consolidation.printed_totals import PrintedTotals, printed_totals_of
from cchc_calc.consolidation.table_files import read_unit_table
from cchc_calc.form_files import load_form
from cchc_calc.outcomes import refusal
from cchc_calc.reading import read_report


def read_printed(path: str | Path) -> PrintedTotals:
    """Read a report of any kind, or a CSV table with the columns Cấp, Đơn vị and rows of the form.

    Raises SourceRefusedError as the readers do, S10 for a report without the form, and X04 for that of a commune.
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        # The first edition has the rows of all others.
        return read_unit_table(path, load_form())
    report = read_report(path)
    if report.form is None:
        raise refusal(
            report.source, "S10", "không tìm thấy biểu mẫu thống kê trong tệp.", "Chọn tệp có biểu mẫu của cấp trên."
        )
    if report.level == "commune" and report.unit:
        message = f"đây là báo cáo của “{report.unit}”, một đơn vị cấp xã: không có đơn vị nào ở dưới để cộng."
        raise refusal(report.source, "X04", message, "Chọn báo cáo đã in của cấp trên, hoặc bảng CSV.")
    return printed_totals_of(report)
