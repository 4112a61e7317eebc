"""One pass over the XML of a sheet: what readers disagree on is refused, what readers hide is noted.

Of two rows with one number, one reader takes the first and another the last. So a sheet on which they
could disagree is refused before any of them opens it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from cchc_calc.excel.readers.cells import FROM_ANOTHER_FILE, FROM_LOST_PLACE, NO_RESULT
from cchc_calc.excel.readers.grid import CELLS_LIMIT, LAST_ROW, Area, column_letters, read_address, read_area
from cchc_calc.excel.readers.sheet_settings import SheetSettings
from cchc_calc.excel.readers.workbook_parts import MAIN
from cchc_calc.outcomes import DISTRUST, RESAVE, SEND_AGAIN, refusal
from cchc_calc.stored_formulas import reaching_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.workbook_state import SheetState

NO_OUTSIDE: Final = "Thay công thức ở ô này bằng con số, lưu lại rồi nộp lại."
"""The remedy for a formula that reaches out of its workbook."""

_DEEPEST: Final = 64
_NUMBER = re.compile(r"\s*-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_INDEX = re.compile(r"[0-9]{1,9}")
_OTHER_FILE = re.compile(r"\[[^\[\]]+\][^!'\"\[\]]*'?!")
_PATH_OF_ROWS: Final = ["worksheet", "sheetData", "row"]
_NO_CELLS: Final = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
_TYPES: Final = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a reader of values does not show.

    ``formulas`` maps the address of every formula to what is wrong with it, or to "", and ``texts`` to the
    formula itself, which is empty for one that is written down at another cell. ``merged`` are the merged
    areas; ``size`` counts the cells up to the last filled one of every row; ``state`` tells how the sheet is
    shown. ``grid`` is a sheet that holds its cells alone.
    """

    formulas: Mapping[str, str]
    texts: Mapping[str, str]
    merged: tuple[Area, ...]
    size: int
    state: SheetState
    grid: bytes


def scan_sheet(
    source: str, sheet: str, xml: bytes, *, strings: int, styles: int, lost_names: tuple[str, ...] = ()
) -> SheetScan:
    """Pass once over a sheet; ``strings`` and ``styles`` count what its cells may point at.

    A formula that uses one of the ``lost_names`` takes its figure from nowhere.

    Raises SourceRefusedError: F02 above 200 000 cells, F05 for XML that is not well formed, F12 for a sheet
    in another dialect, S13 for repeated or disordered rows and cells, S14 for a cell outside the grid, S15
    for a string or style that is not there, S19 for a number that is none, C23 for a formula that reaches
    out of the workbook.
    """
    scanner = _Scanner(source, sheet, strings, styles, lost_names)
    try:
        scanner.parse(xml)
    except expat.ExpatError:
        raise refusal(source, "F05", f"trang {sheet!r} bị hỏng.", SEND_AGAIN) from None
    state, grid = scanner.settings.state(), scanner.grid(xml)
    return SheetScan(scanner.formulas, scanner.texts, tuple(scanner.merged), scanner.size, state, grid)


class _Scanner:
    def __init__(self, source: str, sheet: str, strings: int, styles: int, lost_names: tuple[str, ...]) -> None:
        self.formulas: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.merged: list[Area] = []
        self.size = 0
        self.settings = SheetSettings(sheet)
        self._source, self._sheet = source, sheet
        self._strings, self._styles = strings, styles
        self._lost = _use_of(lost_names)
        self._path: list[str] = []
        self._row = self._column = self._filled = 0
        self._rows = self._cells = self._merged_cells = 0
        self._address = self._type = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._text: list[str] = []
        self._starts: list[int] = []
        self._grid_start = -1
        self._grid_end = -1

    def parse(self, xml: bytes) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position only

    def grid(self, xml: bytes) -> bytes:
        """Cut the grid out of the XML, with the root that declares its namespaces."""
        if self._grid_end <= self._grid_start:
            return _NO_CELLS
        root, first_child = self._starts[:2]
        end = xml.index(b">", self._grid_end) + 1
        name = re.split(rb"[\s/>]", xml[root + 1 :], maxsplit=1)[0]
        return xml[root:first_child] + xml[self._grid_start : end] + b"</" + name + b">"

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        parent = self._path[-1] if self._path else ""
        self._path.append(tag)
        if len(self._starts) < 2:
            self._starts.append(self._parser.CurrentByteIndex)
        # Around the grid nothing is read that could be nested.
        if len(self._path) > _DEEPEST and self._grid_start >= 0 > self._grid_end:
            raise self._refuse("F12", "có cấu trúc lồng quá sâu", DISTRUST)
        if namespace != MAIN:
            if parent in ("", "sheetData", "row", "c") or tag in ("row", "c"):
                raise self._refuse("F12", "ghi theo dạng không đọc chắc chắn được", RESAVE)
        elif tag == "row" and self._path == _PATH_OF_ROWS:
            self._start_row(attributes)
        elif tag == "sheetData" and self._grid_start < 0:
            self._grid_start = self._parser.CurrentByteIndex
        elif tag in ("row", "sheetData"):
            raise self._refuse("F12", "ghi dòng ở ngoài bảng, hoặc có hai bảng", RESAVE)
        elif tag == "c":
            self._start_cell(attributes)
        elif parent == "row" or (not parent and tag != "worksheet"):
            raise self._refuse("F12", "ghi theo dạng không đọc chắc chắn được", RESAVE)
        elif parent == "c" and tag in ("v", "f"):
            self._text = []
            self._parser.CharacterDataHandler = self._text.append
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            self.settings.take(tag, attributes)

    def _end(self, _name: str) -> None:
        tag = self._path.pop()
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == "sheetData":
            self._grid_end = self._parser.CurrentByteIndex
        elif tag in ("v", "f") and self._path[-1] == "c":
            self._parser.CharacterDataHandler = None
            self._end_content(tag, "".join(self._text))

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        if given is not None and not _ROW_NUMBER.fullmatch(given):
            raise self._refuse("S14", f"có dòng mang số {given!r}", RESAVE)
        row = self._row + 1 if given is None else int(given)
        if row > LAST_ROW:
            raise self._refuse("S14", f"có dòng {row} ngoài bảng tính", RESAVE)
        if row <= self._row:
            found = "bị lặp" if row == self._row else f"đứng sau dòng {self._row}"
            raise self._refuse("S13", f"có dòng {row} {found}", RESAVE)
        self._row, self._column, self._filled = row, 0, 0
        self.settings.take_row(row, attributes)
        self._rows += 1
        if self._rows > CELLS_LIMIT:
            raise self._too_large("dòng")

    def _end_row(self) -> None:
        self.size += self._filled
        if self.size > CELLS_LIMIT:
            raise self._too_large("ô")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > CELLS_LIMIT:
            raise self._too_large("ô")
        given = attributes.get("r")
        try:
            row, column = read_address(given) if given is not None else (self._row, self._column + 1)
        except ValueError:
            raise self._refuse("S14", f"có ô {given!r} ngoài bảng tính", RESAVE) from None
        if row != self._row or column <= self._column:
            raise self._refuse("S13", f"có ô {given} bị lặp hoặc sai thứ tự ở dòng {self._row}", RESAVE)
        self._column = column
        self._address = given or f"{column_letters(column)}{row}"
        self._type = attributes.get("t", "n")
        self._value = self._formula = None
        style = attributes.get("s", "0")
        if self._type not in _TYPES:
            raise self._refuse("F12", f"có ô {given} thuộc loại lạ", RESAVE)
        if not _INDEX.fullmatch(style) or int(style) >= max(1, self._styles):
            raise self._refuse("S15", f"có ô {given} trỏ tới định dạng không có trong tệp", RESAVE)

    def _end_content(self, tag: str, text: str) -> None:
        if (self._value if tag == "v" else self._formula) is not None:
            raise self._refuse("S13", f"có ô {self._address} mang hai nội dung", RESAVE)
        if tag == "f":
            self._formula = text
            return
        self._value = text
        if self._type == "s" and not (_INDEX.fullmatch(text) and int(text) < self._strings):
            raise self._refuse("S15", f"có ô {self._address} trỏ tới chuỗi không có trong tệp", RESAVE)
        if self._type == "n" and text and not (_NUMBER.fullmatch(text) and math.isfinite(float(text))):
            raise self._refuse("S19", f"có ô {self._address} ghi số sai dạng {text[:20]!r}", RESAVE)

    def _end_cell(self) -> None:
        if self._value or self._formula is not None or self._type == "inlineStr":
            self._filled = self._column
        if self._formula is None:
            return
        has_result = self._value or (self._type == "str" and self._value is not None)
        fault = "" if has_result else NO_RESULT
        if _OTHER_FILE.search(self._formula):
            fault = FROM_ANOTHER_FILE
        elif self._lost.search(self._formula):
            fault = FROM_LOST_PLACE
        if outside := reaching_out(self._formula):
            raise self._refuse("C23", f"có ô {self._address} mang công thức gọi ra ngoài tệp ({outside})", NO_OUTSIDE)
        self.formulas[self._address] = fault
        self.texts[self._address] = self._formula

    def _merge(self, address: str) -> None:
        try:
            area = read_area(address)
        except ValueError:
            raise self._refuse("S14", f"có vùng gộp {address!r} ngoài bảng tính", RESAVE) from None
        self.merged.append(area)
        self._merged_cells += area.reach
        if self._merged_cells > CELLS_LIMIT:
            raise self._too_large("ô gộp")

    def _too_large(self, what: str) -> SourceRefusedError:
        found = f"có hơn {CELLS_LIMIT:,} {what}".replace(",", ".")
        remedy = "Xóa các dòng, cột trống có định dạng ở cuối trang và trang thừa, lưu lại rồi nộp lại."
        return self._refuse("F02", found, remedy)

    def _refuse(self, code: str, found: str, remedy: str) -> SourceRefusedError:
        return refusal(self._source, code, f"trang {self._sheet!r} {found}.", remedy)


def _use_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Find what is lost in a formula: a place that was deleted, or one of the names for such a place."""
    words = "".join(rf"|(?<![\w.]){re.escape(name)}(?![\w.(])" for name in names)
    return re.compile(f"#REF!{words}", re.IGNORECASE)
