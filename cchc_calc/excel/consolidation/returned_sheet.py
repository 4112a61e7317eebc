"""The sheet "Trả lại": one line for each fault that a unit has to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.consolidation.headings import RETURNED_SHEET
from cchc_calc.excel.consolidation.list_sheet import Cell, ListColumn, ListSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.excel.consolidation.book_parts import BookParts

_COLUMNS: Final = (
    ListColumn("STT", 46, is_centred=True),
    ListColumn("Đơn vị", 190),
    ListColumn("Tệp", 170),
    ListColumn("Được tính", 62, is_centred=True),
    ListColumn("Mã lỗi", 56, is_centred=True),
    ListColumn("Mã dòng", 76, is_centred=True),
    ListColumn("Vị trí", 100),
    ListColumn("Ghi trong tệp", 120),
    ListColumn("Cần ghi", 110),
    ListColumn("Nội dung", 280),
    ListColumn("Cách xử lý", 240),
)
_HINT: Final = (
    "Mỗi dòng là một lỗi để trả lại đơn vị; lọc theo cột Đơn vị rồi chép. Được tính = Không: cả tệp không vào tổng. "
    "Được tính = Có: tệp vẫn vào tổng, trừ ô KXĐ."
)
_NOTHING: Final = "Không có gì phải trả lại."
_UNKNOWN: Final = "(không rõ đơn vị)"
_NAMED: Final = 3


def write_returned_sheet(parts: BookParts) -> None:
    """Add the sheet; the faults are gone through once."""
    sheet = ListSheet.begin(parts, RETURNED_SHEET, "DANH SÁCH TRẢ LẠI ĐƠN VỊ", _HINT, _COLUMNS)
    at = sheet.write(_lines(parts), top=sheet.at, empty=_NOTHING)
    sheet.finish(at, sheet.at)


def _lines(parts: BookParts) -> Iterator[tuple[Cell, ...]]:
    for place, fault in enumerate(parts.consolidation.returned, start=1):
        yield (
            place,
            fault.unit or _UNKNOWN,
            fault.source,
            "Có" if fault.is_counted else "Không",
            fault.code,
            ", ".join(fault.rows[:_NAMED]) + (", …" if len(fault.rows) > _NAMED else ""),
            fault.where,
            fault.found,
            fault.expected,
            fault.message,
            fault.remedy,
        )
