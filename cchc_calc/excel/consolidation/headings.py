"""The names of the sheets, and those by which macros know them."""

from __future__ import annotations

from typing import Final

from cchc_calc.excel.sheets.form_grid import OVERVIEW_SHEET

TOTALS_SHEET: Final = "Tổng hợp"
UNITS_SHEET: Final = "Số liệu đơn vị"
RANKING_SHEET: Final = "Xếp hạng"
SENDING_SHEET: Final = "Tình hình nộp"
CHANGES_SHEET: Final = "So kỳ trước"
OUTLIERS_SHEET: Final = "Bất thường"
RETURNED_SHEET: Final = "Trả lại"
MANIFEST_SHEET: Final = "Kê khai"

CODE_NAMES: Final = {
    TOTALS_SHEET: "BieuMau",
    UNITS_SHEET: "SoLieuDonVi",
    RANKING_SHEET: "XepHang",
    SENDING_SHEET: "TinhHinhNop",
    CHANGES_SHEET: "SoKyTruoc",
    OUTLIERS_SHEET: "KiemTra",
    RETURNED_SHEET: "TraLai",
    OVERVIEW_SHEET: "TongQuan",
    MANIFEST_SHEET: "KeKhai",
}
"""The macros print BieuMau and show KiemTra, whatever these sheets are called."""
