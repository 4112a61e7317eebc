"""The buttons of a workbook with macros: beside the head of its first sheet, where nothing is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.worksheet import Worksheet

BUTTONS: Final = {
    "Tính lại": "CCHC_NutTinhLai",
    "Kiểm tra": "CCHC_NutKiemTra",
    "Xuất PDF": "CCHC_NutXuatPDF",
    "Tổng hợp": "CCHC_NutTongHop",
    "Trợ giúp": "CCHC_NutTroGiup",
}
"""The captions and the macros that they call."""

BUTTONS_OF_ONE_OFFICE: Final = tuple(caption for caption in BUTTONS if caption != "Tổng hợp")
"""The captions for a workbook that no higher level consolidates."""

_WIDTH, _HEIGHT, _APART = 84, 22, 4


def write_buttons(sheet: Worksheet, line: int, column: int, captions: Iterable[str] = tuple(BUTTONS)) -> None:
    """Put buttons in a row, the first in the cell of a line and a column."""
    for place, caption in enumerate(captions):
        options = {
            "caption": caption,
            "macro": BUTTONS[caption],
            "width": _WIDTH,
            "height": _HEIGHT,
            "x_offset": place * (_WIDTH + _APART),
        }
        sheet.insert_button(line, column, options)
