"""The sheet "So kỳ trước": the rows that are not as they were, and the rules that units newly break."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.consolidation.headings import CHANGES_SHEET
from cchc_calc.excel.consolidation.list_sheet import Cell, ListColumn, ListSheet
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.consolidation.row_changes import RuleChange
    from cchc_calc.excel.consolidation.book_parts import BookParts
    from cchc_calc.states import Content

_COLUMNS: Final = (
    ListColumn("Mã dòng", 70, is_centred=True),
    ListColumn("Chỉ tiêu", 300),
    ListColumn("Kỳ trước", 110, is_centred=True),
    ListColumn("Kỳ này", 110, is_centred=True),
    ListColumn("Chênh lệch", 110, is_centred=True),
    ListColumn("Số đơn vị kỳ trước", 76),
    ListColumn("Số đơn vị kỳ này", 76),
    ListColumn("Quy tắc mới vi phạm", 260),
    ListColumn("Quy tắc đã hết vi phạm", 260),
)
_HINT: Final = (
    "Chỉ ghi dòng có thay đổi. Số đơn vị báo cáo hai kỳ khác nhau thì chênh lệch của tổng chưa nói lên tăng, giảm thật."
)
_NOTHING: Final = "Không có báo cáo kỳ trước để so, hoặc không dòng nào thay đổi (tùy chọn --previous)."


def write_changes_sheet(parts: BookParts) -> None:
    """Add the sheet."""
    sheet = ListSheet.begin(parts, CHANGES_SHEET, "SO VỚI KỲ TRƯỚC", _HINT, _COLUMNS)
    at = sheet.write(_lines(parts), top=sheet.at, empty=_NOTHING)
    sheet.finish(at, sheet.at)


def _lines(parts: BookParts) -> Iterator[tuple[Cell, ...]]:
    for change in parts.consolidation.changes:
        yield (
            change.address,
            change.label,
            _cell(change.old, change.old_text),
            _cell(change.new, change.new_text),
            change.difference,
            change.old_units,
            change.new_units,
            _rules(change.failing),
            _rules(change.mended),
        )


def _cell(content: Content, text: str) -> Cell:
    """Show a count as a number and a rate as a percentage; a measure keeps its decimals as it is written."""
    if isinstance(content, State):
        return text
    return content if isinstance(content, int | Fraction) else text


def _rules(changes: tuple[RuleChange, ...]) -> str:
    return "\n".join(_rule(change) for change in changes)


def _rule(change: RuleChange) -> str:
    more = ", …" if change.count > len(change.units) else ""
    return f"{change.title} ({change.count} đơn vị: {', '.join(change.units)}{more})"
