"""The buttons above the form: beside its head, where nothing is printed and nothing is covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.form_grid import Column, Line

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

BUTTONS: Final = {
    "Tính lại": "CCHC_NutTinhLai",
    "Kiểm tra": "CCHC_NutKiemTra",
    "Xuất PDF": "CCHC_NutXuatPDF",
    "Tổng hợp": "CCHC_NutTongHop",
    "Trợ giúp": "CCHC_NutTroGiup",
}
"""The captions and the macros that they call."""

_WIDTH, _HEIGHT, _APART = 84, 22, 4


def write_buttons(sheet: Worksheet) -> None:
    """Put the buttons in a row beside the title."""
    for place, (caption, macro) in enumerate(BUTTONS.items()):
        options = {
            "caption": caption,
            "macro": macro,
            "width": _WIDTH,
            "height": _HEIGHT,
            "x_offset": place * (_WIDTH + _APART),
        }
        sheet.insert_button(Line.TITLE, Column.ADDRESS, options)
