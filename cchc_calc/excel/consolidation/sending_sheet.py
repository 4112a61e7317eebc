"""The sheet "Tình hình nộp": every unit that has to report, whether it did, in time, and how completely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.standings import TIMELINESS_NAMES, Timeliness
from cchc_calc.excel.consolidation.headings import SENDING_SHEET
from cchc_calc.excel.consolidation.list_sheet import Cell, Formula, ListColumn, ListSheet
from cchc_calc.excel.sheets.styles import DIFFERENT_LOOK, INVALID_LOOK, MET_LOOK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.consolidation.standings import Standing
    from cchc_calc.excel.consolidation.book_parts import BookParts

STATUS_COLUMN: Final = 3
_COLUMNS: Final = (
    ListColumn("STT", 46, is_centred=True),
    ListColumn("Mã đơn vị", 84, is_centred=True),
    ListColumn("Đơn vị", 240),
    ListColumn("Tình trạng", 130, is_centred=True),
    ListColumn("Ngày báo cáo", 92, is_centred=True),
    ListColumn("Hạn nộp", 92, is_centred=True),
    ListColumn("Dòng đã ghi", 66),
    ListColumn("Dòng phải ghi", 66),
    ListColumn("Mức đầy đủ", 76, is_rate=True),
    ListColumn("Lỗi", 52),
    ListColumn("Cảnh báo", 62),
    ListColumn("Tệp", 240),
)
_HINT: Final = (
    "Ngày báo cáo là ngày ghi trong báo cáo. Mức đầy đủ là số dòng đã ghi so với số dòng cấp của đơn vị phải ghi. "
    "Lỗi, cảnh báo: xem trang “Trả lại” và trang “Bất thường”."
)
_LOOKS: Final = {
    Timeliness.SENT: MET_LOOK,
    Timeliness.LATE: DIFFERENT_LOOK,
    Timeliness.DAY_UNKNOWN: DIFFERENT_LOOK,
    Timeliness.RETURNED: INVALID_LOOK,
    Timeliness.MISSING: INVALID_LOOK,
}
_HEAD: Final = 8
"""The names of the columns stand in this line at the earliest, so that other sheets know where the units are."""


def write_sending_sheet(parts: BookParts) -> None:
    """Add the sheet."""
    sheet = ListSheet.begin(parts, SENDING_SHEET, "TÌNH HÌNH NỘP BÁO CÁO", _HINT, _COLUMNS)
    standings = parts.consolidation.standings
    at = sheet.write(_lines(standings), top=_HEAD, empty="Không có đơn vị nào phải nộp.")
    for status, look in _LOOKS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{TIMELINESS_NAMES[status]}"'}
        format_of_status = {"format": parts.styles.condition(look)}
        sheet.sheet.conditional_format(_HEAD + 1, STATUS_COLUMN, at, STATUS_COLUMN, rule | format_of_status)
    sheet.finish(at, _HEAD)


def status_area(parts: BookParts) -> str:
    """Return the cells with the status of every unit, as other sheets name them."""
    first = _HEAD + 2
    last = first + max(1, len(parts.consolidation.standings)) - 1
    return f"'{SENDING_SHEET}'!$D${first}:$D${last}"


def _lines(standings: tuple[Standing, ...]) -> Iterator[tuple[Cell, ...]]:
    for place, standing in enumerate(standings, start=1):
        line = _HEAD + 1 + place
        share: float | str = "" if standing.share is None else float(standing.share)
        has_file = standing.status not in {Timeliness.MISSING, Timeliness.RETURNED}
        yield (
            place,
            standing.code,
            standing.unit,
            TIMELINESS_NAMES[standing.status],
            standing.issued,
            standing.due,
            standing.filled if has_file else None,
            standing.to_fill,
            Formula(f'=IF(OR(G{line}="",H{line}=0),"",G{line}/H{line})', share if has_file else ""),
            standing.errors if has_file else None,
            standing.warnings if has_file else None,
            standing.source,
        )
