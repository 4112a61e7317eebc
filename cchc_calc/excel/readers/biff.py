"""The records of an .xls workbook, walked before a library sees them.

The library for .xls reserves as much memory as a record claims and shows an error value as a blank. So the
claims are taken out of the stream, its cells are counted, and what the library hides is noted.
The records are those of [MS-XLS].
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.readers import biff_links
from cchc_calc.excel.readers.active_content import active_content
from cchc_calc.excel.readers.biff_links import OtherBooks
from cchc_calc.excel.readers.grid import CELLS_LIMIT, Area
from cchc_calc.excel.readers.number_formats import BUILT_IN_FORMATS, GENERAL
from cchc_calc.outcomes import DISTRUST, RESAVE, SEND_AGAIN, UNLOCK, refusal
from cchc_calc.workbook_state import SheetState, WorkbookState, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.workbook_state import Span

_BEGIN, _END, _PASSWORD, _SHEET, _STRINGS = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC
_SIZE, _STYLE, _FORMAT, _MERGED = 0x0200, 0x00E0, 0x041E, 0x00E5
_ROW, _COLUMNS, _FILTER = 0x0208, 0x007D, 0x009B
_QUERIES: Final = frozenset({0x00DC, 0x01AD, 0x0805, 0x080A, 0x0876})
_FORMULA, _ERROR, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD
_TEXTS: Final = frozenset({0x0204, 0x00FD, 0x00D6})
_VERSION_5: Final = b"\0\5"
_MACRO_SHEET: Final = 1
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 0x1
_LAST_COLUMN: Final = 256
_LARGEST_RECTANGLE: Final = 500_000
"""The library makes a cell of every place between the first filled one and the last."""
_ERROR_CODES: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


@dataclass(slots=True)
class SheetRecords:
    """What the library does not tell of a sheet, by row and column from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    from_other_files: set[tuple[int, int]] = field(default_factory=set)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    is_filtered: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookRecords:
    """A stream without false claims, and what was found in its sheets, in the order of their tabs."""

    stream: bytes
    sheets: tuple[SheetRecords, ...]
    formats: tuple[str, ...]
    """The number format of every style."""
    state: WorkbookState


def walk_records(source: str, stream: bytes) -> WorkbookRecords:
    """Walk once over the records of a workbook stream.

    Raises SourceRefusedError: F02 for too many cells, F03 for a password, F05 for records that are cut or
    contradict each other, F10 for an Excel 4 macro sheet or a data connection, S14 for a cell outside the grid.
    """
    walker = _Walker(source, stream)
    try:
        walker.walk()
        return walker.result()
    except (struct.error, IndexError, KeyError, UnicodeDecodeError):
        raise refusal(source, "F05", "cấu trúc tệp Excel bị hỏng.", SEND_AGAIN) from None


class _Walker:
    def __init__(self, source: str, stream: bytes) -> None:
        self._source = source
        self._stream = bytearray(stream)
        self._sheets: dict[int, SheetRecords] = {}
        self._places: list[int] = []
        self._tabs: list[tuple[str, bool]] = []
        self._styles: list[int] = []
        self._formats: dict[int, str] = dict(BUILT_IN_FORMATS)
        self._cells = 0
        self._is_old = False
        self._other_books = OtherBooks()

    def walk(self) -> None:
        # A chart inside a sheet begins and ends its own records there; they hold no cells of the sheet.
        open_places: list[int] = []
        for place, kind, body in self._records():
            if kind == _BEGIN:
                open_places.append(place)
                self._is_old = body[:2] == _VERSION_5
                self._sheets[place] = SheetRecords()
            elif kind == _END:
                del open_places[-1:]
            elif len(open_places) == 1:
                self._take(kind, body, place + 4, self._sheets[open_places[0]])

    def result(self) -> WorkbookRecords:
        if len(set(self._places)) != len(self._places):
            raise IndexError
        sheets = tuple(self._sheets[place] for place in self._places)
        for sheet in sheets:
            if sheet.last_row * sheet.last_column > _LARGEST_RECTANGLE:
                raise self._too_large(f"có ô ở tận dòng {sheet.last_row}, cột {sheet.last_column}")
        formats = tuple(self._formats.get(number, GENERAL) for number in self._styles)
        return WorkbookRecords(bytes(self._stream), sheets, formats, self._state(sheets))

    def _state(self, sheets: tuple[SheetRecords, ...]) -> WorkbookState:
        states = (
            SheetState(name, spans(sorted(sheet.hidden_rows)), tuple(sheet.hidden_columns), sheet.is_filtered)
            for (name, _), sheet in zip(self._tabs, sheets, strict=True)
        )
        return WorkbookState(
            sheets=tuple(name for name, is_visible in self._tabs if is_visible),
            hidden_sheets=tuple(name for name, is_visible in self._tabs if not is_visible),
            states=tuple(states),
        )

    def _records(self) -> Iterator[tuple[int, int, bytes]]:
        place = 0
        while place + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<2H", self._stream, place)
            if not kind and not length:
                return
            body = bytes(self._stream[place + 4 : place + 4 + length])
            if len(body) < length:
                raise IndexError
            yield place, kind, body
            place += 4 + length

    def _take(self, kind: int, body: bytes, start: int, sheet: SheetRecords) -> None:
        if kind in (_NUMBER, _SHORT_NUMBER, _FORMULA, _ERROR) or kind in _TEXTS:
            self._take_cell(kind, body, sheet)
        elif kind == _SHORT_NUMBERS:
            row, first = struct.unpack_from("<2H", body)
            for index in range((len(body) - 6) // 6):
                (style,) = struct.unpack_from("<H", body, 4 + 6 * index)
                self._add_cell(row, first + index, style, sheet)
        elif kind == _SIZE:
            self._stream[start : start + len(body)] = bytes(len(body))
        elif kind == _MERGED:
            for corners in struct.iter_unpack("<4H", body[2 : 2 + 8 * int.from_bytes(body[:2], "little")]):
                first_row, last_row, first_column, last_column = (corner + 1 for corner in corners)
                if last_column > _LAST_COLUMN:
                    raise self._outside(last_column)
                sheet.merged.append(Area(first_row, first_column, last_row, last_column))
            if sum(area.reach for area in sheet.merged) > CELLS_LIMIT:
                raise self._too_large("có quá nhiều ô gộp")
        elif kind == _PASSWORD and body[:2] != b"\0\0":
            raise refusal(self._source, "F03", "tệp có mật khẩu nên không đọc được.", UNLOCK)
        elif kind == _STRINGS:
            # No string is shorter than three bytes, so a larger number is a lie.
            if struct.unpack_from("<L", body, 4)[0] > len(self._stream) // 3:
                raise IndexError
        elif kind == _SHEET:
            self._take_sheet(body)
        elif kind == _STYLE:
            self._styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _FORMAT:
            self._take_format(body)
        elif kind == biff_links.BOOK:
            self._other_books.take_book(body)
        elif kind == biff_links.SHEETS:
            self._other_books.take_sheets(body)
        elif kind in _QUERIES:
            raise active_content(self._source, "kết nối dữ liệu")
        else:
            _take_looks(kind, body, sheet)

    def _take_cell(self, kind: int, body: bytes, sheet: SheetRecords) -> None:
        row, column, style = struct.unpack_from("<3H", body)
        place = self._add_cell(row, column, style, sheet)
        if kind == _FORMULA:
            sheet.formulas.add(place)
            if self._other_books.are_in(body):
                sheet.from_other_files.add(place)
            if body[12:14] == b"\xff\xff" and body[6] == 2:
                sheet.errors[place] = _ERROR_CODES.get(body[8], "#N/A")
        elif kind == _ERROR and body[7]:
            sheet.errors[place] = _ERROR_CODES.get(body[6], "#N/A")

    def _add_cell(self, row: int, column: int, style: int, sheet: SheetRecords) -> tuple[int, int]:
        self._cells += 1
        if self._cells > CELLS_LIMIT:
            raise self._too_large("có quá nhiều ô")
        if column >= _LAST_COLUMN:
            raise self._outside(column + 1)
        place = (row + 1, column + 1)
        sheet.styles[place] = style
        sheet.last_row = max(sheet.last_row, row + 1)
        sheet.last_column = max(sheet.last_column, column + 1)
        return place

    def _take_sheet(self, body: bytes) -> None:
        place, hidden, kind = struct.unpack_from("<LBB", body)
        if kind == _MACRO_SHEET:
            raise refusal(self._source, "F10", "tệp có trang macro kiểu cũ (Excel 4).", DISTRUST)
        self._places.append(place)
        self._tabs.append((_tab_name(body, is_old=self._is_old), not hidden))

    def _take_format(self, body: bytes) -> None:
        number, length, wide = struct.unpack_from("<HHB", body)
        raw = body[5 : 5 + (2 * length if wide & 1 else length)]
        self._formats[number] = raw.decode("utf-16-le" if wide & 1 else "latin-1")

    def _outside(self, column: int) -> SourceRefusedError:
        return refusal(self._source, "S14", f"tệp có ô ở cột {column}, ngoài bảng tính.", RESAVE)

    def _too_large(self, found: str) -> SourceRefusedError:
        remedy = "Xóa các dòng, cột thừa ở cuối trang, lưu thành tệp .xlsx rồi nộp lại."
        return refusal(self._source, "F02", f"tệp {found}, quá mức cho phép.", remedy)


def _tab_name(body: bytes, *, is_old: bool) -> str:
    """Read the name of a sheet; before Excel 97 nothing said how wide its letters are."""
    length, wide = body[6], not is_old and body[7] & 1
    raw = body[7:] if is_old else body[8:]
    return raw[: 2 * length if wide else length].decode("utf-16-le" if wide else "latin-1", "replace")


def _take_looks(kind: int, body: bytes, sheet: SheetRecords) -> None:
    """Note what of a sheet is hidden."""
    if kind == _ROW:
        row, flags = struct.unpack_from("<H10xH", body)
        if flags & _ROW_HIDDEN:
            sheet.hidden_rows.append(row + 1)
    elif kind == _COLUMNS:
        first, last, flags = struct.unpack_from("<2H4xH", body)
        if flags & _COLUMNS_HIDDEN:
            sheet.hidden_columns.append((first + 1, min(last + 1, _LAST_COLUMN)))
    elif kind == _FILTER:
        sheet.is_filtered = True
