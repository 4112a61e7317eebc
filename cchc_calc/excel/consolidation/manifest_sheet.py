"""The sheet "Kê khai": what the totals were made of, so that any later change can be located."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cchc_calc.consolidation.manifest import manifest_of
from cchc_calc.excel.consolidation.headings import MANIFEST_SHEET
from cchc_calc.excel.consolidation.list_sheet import Cell, ListColumn, ListSheet
from cchc_calc.excel.sheets.sheet_parts import put_merged, put_text
from cchc_calc.excel.sheets.styles import TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.excel.consolidation.book_parts import BookParts

_COLUMNS: Final = (
    ListColumn("STT", 46, is_centred=True),
    ListColumn("Đơn vị", 210),
    ListColumn("Tệp", 230),
    ListColumn("Kết quả", 136, is_centred=True),
    ListColumn("Mã băm của tệp (SHA-256)", 290),
    ListColumn("Dấu của số liệu", 290),
)
_HINT: Final = (
    "Tệp hoặc số liệu của đơn vị sửa sau khi tổng hợp thì mã băm hoặc dấu không còn như ở đây. Trang này không ghi "
    "giờ: cùng tệp vào thì cùng tệp ra."
)
_NOTHING: Final = "Không có tệp nào được tính."
_FACT_COLUMNS: Final = (2, len(_COLUMNS) - 1)
_FACT_PIXELS: Final = sum(column.pixels for column in _COLUMNS[2:])


def write_manifest_sheet(parts: BookParts, command: Sequence[str]) -> None:
    """Add the sheet."""
    manifest = manifest_of(parts.consolidation, command)
    sheet = ListSheet.begin(parts, MANIFEST_SHEET, "KÊ KHAI CÁC TỆP ĐÃ TỔNG HỢP", _HINT, _COLUMNS)
    top = sheet.at
    for name, text in _facts(manifest):
        put_merged(sheet.sheet, top, (0, 1), name, parts.styles["bold cell"])
        put_merged(sheet.sheet, top, _FACT_COLUMNS, text, parts.styles["cell"])
        sheet.sheet.set_row(top, row_height([(text, _FACT_PIXELS)], TEXT_SIZE))
        top += 1
    put_text(sheet.sheet, top, 0, "", parts.styles["plain"])
    top += 1
    at = sheet.write(_lines(parts.consolidation), top=top, empty=_NOTHING)
    sheet.finish(at, top)


def _facts(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    tool, form, period = manifest["tool"], manifest["form"], manifest["period"]
    yield "Phần mềm", f"{tool['name']} {tool['version']}"
    yield "Biểu mẫu", f"{form['id']}/{form['edition']}"
    yield "Kỳ báo cáo", "không rõ" if period is None else f"{period['from']} – {period['to']}"
    yield "Câu lệnh", " ".join(manifest["command"]) or "(không ghi)"
    counted, refused, missing = (len(manifest[name]) for name in ("units", "refused", "missing"))
    yield "Số tệp", f"{counted} được tính, {refused} không được tính; {missing} đơn vị chưa có tệp được tính"


def _lines(consolidation: Consolidation) -> Iterator[tuple[Cell, ...]]:
    for place, line in enumerate(_files(consolidation), start=1):
        yield (place, *line)


def _files(consolidation: Consolidation) -> Iterator[tuple[Cell, ...]]:
    for unit in consolidation.units:
        yield unit.unit, unit.source, "được tính", unit.sha256, unit.seal
        for other in unit.repeated:
            yield unit.unit, other, "trùng, tính một lần", "", unit.seal
    for refusal in consolidation.refused:
        yield refusal.unit, refusal.source, f"không được tính, mã {refusal.code}", refusal.sha256, ""
    for name in consolidation.missing:
        yield name, "", "chưa có", "", ""
