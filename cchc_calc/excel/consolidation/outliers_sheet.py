"""The sheet "Bất thường": what was found among the units and in the totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.consolidation.headings import OUTLIERS_SHEET, TOTALS_SHEET
from cchc_calc.excel.sheets.finding_list import LAST_COLUMN, PIXELS, write_findings
from cchc_calc.excel.sheets.sheet_parts import add_streamed_sheet, protect, set_paper

if TYPE_CHECKING:
    from cchc_calc.excel.consolidation.book_parts import BookParts

_HINT: Final = (
    "Cảnh báo không loại đơn vị nào ra khỏi tổng: hãy hỏi lại đơn vị được nêu. Bấm mã dòng để tới dòng ở trang "
    "“Tổng hợp”."
)


def write_outliers_sheet(parts: BookParts) -> None:
    """Add the sheet."""
    sheet = add_streamed_sheet(parts.book, OUTLIERS_SHEET)
    set_paper(sheet)
    for column, pixels in enumerate(PIXELS):
        sheet.set_column_pixels(column, column, pixels)
    width = (LAST_COLUMN, sum(PIXELS))
    at = parts.write_head(sheet, "BẤT THƯỜNG VÀ CẢNH BÁO", _HINT, width)
    addresses, grid = frozenset(parts.layout.addresses), parts.grid

    def place_of(address: str) -> str:
        return f"'{TOTALS_SHEET}'!{grid.value(address)}" if address in addresses else ""

    at = write_findings(sheet, parts.styles, at, parts.consolidation.findings, place_of=place_of)
    sheet.print_area(0, 0, at, LAST_COLUMN)
    protect(sheet)
