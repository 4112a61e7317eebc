"""Exports as workbooks: the sheets with a row of headings, and the rows below it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from cchc_calc.compound import CompoundFile, CompoundFileError, pack_stream
from cchc_calc.dossiers.files.csv_records import Record
from cchc_calc.dossiers.files.heading_rows import ENOUGH, ROWS_ABOVE, check_width, heading_row
from cchc_calc.dossiers.files.sheet_cells import cell_text
from cchc_calc.dossiers.files.sheet_reach import check_reach
from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.biff import walk_records
from cchc_calc.excel.readers.open_document import read_open_document
from cchc_calc.excel.readers.workbook_parts import read_workbook_parts
from cchc_calc.gate import admit_bytes, read_once
from cchc_calc.outcomes import SEND_AGAIN, refusal
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import comparison_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from python_calamine import CalamineSheet

    from cchc_calc.dossiers.files.heading_rows import HeadingRow
    from cchc_calc.dossiers.files.sources import Source
    from cchc_calc.gate import Admitted

_TOO_LARGE: Final = frozenset({"F01", "F02"})
_AS_CSV: Final = (
    "Bảng tính đọc được tới khoảng 100.000 hồ sơ (tệp .xls và .ods: 15.000). Bảng lớn hơn thì xuất hoặc lưu thành tệp "
    ".csv (CSV UTF-8), loại đọc được hàng chục triệu hồ sơ; hoặc chia bảng theo tháng."
)
_ONE_SHEET: Final = "Lưu mỗi trang thành một tệp riêng, hoặc xóa trang không dùng, rồi làm lại."
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of a workbook: its headings, and the rows below them with the numbers that the spreadsheet shows."""

    headings: tuple[str, ...]
    rows: Iterable[Record]


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    heading: HeadingRow
    rows: Iterator[tuple[int, list[str]]]


def read_sheets(source: Source, is_known: Callable[[str], bool]) -> SheetTable | None:
    """Read the visible sheets of a workbook that have known headings, one after the other as one table.

    Where no sheet has any, the first that holds something is taken; ``None`` where none does. Raises
    SourceRefusedError: what the gate and the readers of workbooks raise, S02 for sheets whose headings differ.
    """
    try:
        _, data = read_once(source.path)
        sheets = list(_with_headings(_sheets(admit_bytes(source.name, data)), is_known))
    except SourceRefusedError as error:
        if error.code in _TOO_LARGE:
            raise refusal(source.name, error.code, error.message, _AS_CSV) from None
        raise
    if not sheets:
        return None
    tables = [sheet for sheet in sheets if sheet.heading.known >= ENOUGH]
    first, *others = tables or [max(sheets, key=lambda sheet: sheet.heading.known)]
    different = [sheet.name for sheet in others if _keys(sheet) != _keys(first)]
    if different:
        named = shortened_list((f"“{name}”" for name in (first.name, *different)), _MOST_NAMED, "trang")
        raise refusal(
            source.name, "S02", f"các trang {named} đều là bảng hồ sơ nhưng tiêu đề cột khác nhau.", _ONE_SHEET
        )
    check_width(source.name, first.heading)
    return SheetTable(first.heading.headings, chain.from_iterable(_below(sheet) for sheet in (first, *others)))


def _with_headings(sheets: Iterable[CalamineSheet], is_known: Callable[[str], bool]) -> Iterator[_Sheet]:
    for sheet in sheets:
        rows = _rows(sheet)
        first = list(islice(rows, ROWS_ABOVE))
        heading = heading_row(first, is_known)
        if heading is not None:
            yield _Sheet(sheet.name, heading, chain(first, rows))


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold something, with the numbers the spreadsheet shows."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = list(map(cell_text, cells))
        if any(texts):
            yield number, texts


def _below(sheet: _Sheet) -> Iterator[Record]:
    return (Record(number, cells) for number, cells in sheet.rows if number > sheet.heading.row)


def _keys(sheet: _Sheet) -> tuple[str, ...]:
    return tuple(map(comparison_key, sheet.heading.headings))


def _sheets(admitted: Admitted) -> list[CalamineSheet]:
    match admitted.kind:
        case "xlsx" | "xlsm":
            parts = read_workbook_parts(admitted.parts)
            for sheet in parts.sheets:
                check_reach(admitted.parts, sheet.name, sheet.part)
            return _opened(admitted, admitted.parts.repack(dict.fromkeys(parts.names)))
        case "xls":
            return _opened(admitted, io.BytesIO(_judged_stream(admitted)))
        case "ods":
            # It is read once with care, which counts what is repeated.
            read_open_document(admitted)
            return _opened(admitted, admitted.parts.repack(admitted.parts.names))
    raise refusal(admitted.name, "F04", "không phải bảng tính.", "Xuất bảng hồ sơ ra tệp .xlsx hoặc .csv.")


def _judged_stream(admitted: Admitted) -> bytes:
    try:
        container = CompoundFile(admitted.data)
        name = "Workbook" if "Workbook" in container else "Book"
        return pack_stream(name, walk_records(admitted.name, container.read(name)).stream)
    except (CompoundFileError, KeyError):
        raise _broken(admitted.name) from None


def _opened(admitted: Admitted, stream: io.BytesIO) -> list[CalamineSheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(stream)
        return [
            book.get_sheet_by_index(place)
            for place, sheet in enumerate(book.sheets_metadata)
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except BaseException as error:
        # A panic of the library derives from BaseException alone; a key pressed by the user does too.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise _broken(admitted.name) from None


def _broken(name: str) -> SourceRefusedError:
    return refusal(name, "F05", "cấu trúc tệp bảng tính bị hỏng.", SEND_AGAIN)
