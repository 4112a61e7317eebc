"""The reader of .ods, the workbook of LibreOffice.

A cell says there both what it holds and what it shows. Cells and rows are written once and repeated by
number, so the repeats are counted before anything is repeated.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from cchc_calc.document import BOOLEAN_FAULT, DATE_FAULT, ERROR_VALUES, Cell, Document
from cchc_calc.excel.readers.cells import (
    FROM_ANOTHER_FILE,
    FROM_LOST_PLACE,
    NO_RESULT,
    TIME_FAULT,
    error_fault,
    fault_code,
    moment_text,
)
from cchc_calc.excel.readers.grid import CELLS_LIMIT, LAST_COLUMN, LAST_ROW, Area, column_letters, fill_row, make_table
from cchc_calc.excel.readers.number_formats import GENERAL, figure_text, without_noise
from cchc_calc.excel.readers.open_document_state import read_state, refuse_active_elements
from cchc_calc.outcomes import RESAVE, refusal
from cchc_calc.stored_formulas import reaching_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from cchc_calc.document import Table
    from cchc_calc.excel.readers.grid import Rows
    from cchc_calc.gate import Admitted

_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{_OASIS}{name}:1.0}}" for name in ("office", "table", "text", "style"))
_CALC_TYPE: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_ROW_GROUPS: Final = frozenset({f"{_TABLE}{name}" for name in ("table-header-rows", "table-row-group", "table-rows")})
_TEXT_GROUPS: Final = frozenset({f"{_TEXT}{name}" for name in ("span", "a")})
_DEEPEST: Final = 32
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_OTHER_FILE = re.compile(r"'[^']*'#")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?")
_PLACE = re.compile(r"\[([^\[\]]*)\]")
_SEPARATORS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d)")


class _UnreadableError(Exception):
    def __init__(self, code: str, found: str) -> None:
        super().__init__(found)
        self.code, self.found = code, found


def read_open_document(admitted: Admitted) -> Document:
    """Read every visible sheet into a table of what an official sees, as ``read_workbook`` does.

    Raises SourceRefusedError: F02, F05, F10, F11, F12, S14, S19, C23.
    """
    content = admitted.parts.parse_xml("content.xml")
    refuse_active_elements(admitted.parts, content)
    hidden = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    sheets = content.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    shown = [sheet for sheet in sheets if sheet.get(f"{_TABLE}style-name") not in hidden]
    unseen = [sheet for sheet in sheets if sheet.get(f"{_TABLE}style-name") in hidden]
    try:
        tables = tuple(map(_Reader().read, shown))
    except _UnreadableError as error:
        raise refusal(admitted.name, error.code, f"bảng tính {error.found}.", RESAVE) from None
    state = read_state(admitted.parts, shown, unseen)
    return Document(admitted.name, tables, admitted.kind, workbook=state)


class _Reader:
    def __init__(self) -> None:
        self._room = CELLS_LIMIT

    def read(self, sheet: Element) -> Table:
        name = sheet.get(f"{_TABLE}name", "")
        rows: Rows = {}
        merged: list[Area] = []
        number = 1
        for element in _rows(sheet):
            repeats = _repeats(element, "number-rows-repeated")
            filled = list(_filled_cells(element))
            if filled:
                self._take_room(repeats * sum(width for _, width, _ in filled) + filled[-1][0])
                if number + repeats - 1 > LAST_ROW:
                    raise _UnreadableError("S14", f"có dòng {number + repeats - 1} ngoài bảng tính")
            for row in range(number, number + repeats if filled else number):
                rows[row] = _read_row(name, row, filled)
                merged.extend(_merged(row, filled))
            number += repeats
        self._take_room(sum(area.reach for area in merged))
        return make_table(name, rows, merged)

    def _take_room(self, cells: int) -> None:
        self._room -= cells
        if self._room < 0:
            raise _UnreadableError("F02", f"có hơn {CELLS_LIMIT:,} ô".replace(",", "."))


def _rows(element: Element, depth: int = 0) -> Iterator[Element]:
    if depth > _DEEPEST:
        raise _UnreadableError("F12", "có nhóm dòng lồng quá sâu")
    for child in element:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child, depth + 1)


def _filled_cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Give first column, number of columns and element of every cell with a content."""
    column = 1
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            repeats = _repeats(cell, "number-columns-repeated")
            if len(cell) or f"{_OFFICE}value-type" in cell.attrib or f"{_TABLE}formula" in cell.attrib:
                if column + repeats - 1 > LAST_COLUMN:
                    raise _UnreadableError("S14", f"có cột {column + repeats - 1} ngoài bảng tính")
                yield column, repeats, cell
            column += repeats


def _read_row(sheet: str, row: int, filled: list[tuple[int, int, Element]]) -> list[Cell]:
    cells: list[Cell] = []
    for first, repeats, element in filled:
        text, fault, number = _seen(element)
        computed = f"{_TABLE}formula" in element.attrib
        formula = _formula(element)
        fault = fault or _place_fault(formula)
        if text or fault or computed:
            for column in range(first, first + repeats):
                fill_row(sheet, cells, row, column - 1)
                where = f"{sheet}!{column_letters(column)}{row}"
                cells.append(Cell(text, where, fault, computed, number, fault_code(fault), formula))
    return cells


def _merged(row: int, filled: list[tuple[int, int, Element]]) -> Iterator[Area]:
    for column, _, cell in filled:
        width, height = _repeats(cell, "number-columns-spanned"), _repeats(cell, "number-rows-spanned")
        if width * height > 1:
            yield Area(row, column, min(row + height - 1, LAST_ROW), min(column + width - 1, LAST_COLUMN))


def _formula(cell: Element) -> str:
    """Give the formula of a cell as other spreadsheets write it: ``[.D5:.D7]`` is ``D5:D7``."""
    written = cell.get(f"{_TABLE}formula", "").partition("=")[2]
    formula = _PLACE.sub(_place, written)
    if outside := reaching_out(formula):
        raise _UnreadableError("C23", f"có công thức gọi ra ngoài tệp ({outside})")
    return formula


def _place(found: re.Match[str]) -> str:
    # A sheet's name may be fixed with a dollar, as a column may.
    place = found[1].removeprefix(".") if found[1].startswith(".") else found[1].removeprefix("$")
    return place.replace(":.", ":").replace(".", "!")


def _place_fault(formula: str) -> str:
    if _OTHER_FILE.search(formula):
        return FROM_ANOTHER_FILE
    return FROM_LOST_PLACE if "#REF!" in formula else ""


def _repeats(element: Element, attribute: str) -> int:
    text = element.get(f"{_TABLE}{attribute}", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise _UnreadableError("F12", f"ghi số lần lặp sai dạng {text[:20]!r}")
    return int(text)


def _seen(cell: Element) -> tuple[str, str, Decimal | None]:
    """Give the text of a cell, its fault and its number."""
    kind = cell.get(f"{_OFFICE}value-type")
    shown = "\n".join(_inline(paragraph) for paragraph in cell.iterfind(f"{_TEXT}p"))
    computed = f"{_TABLE}formula" in cell.attrib
    if cell.get(_CALC_TYPE) == "error" or (computed and shown in ERROR_VALUES):
        return shown, error_fault(shown), None
    if kind in ("float", "currency", "percentage"):
        return _figure(cell.get(f"{_OFFICE}value", ""), shown, is_rate=kind == "percentage", computed=computed)
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", ""), shown), DATE_FAULT, None
    if kind == "time":
        return shown, TIME_FAULT, None
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper(), BOOLEAN_FAULT, None
    has_result = not computed or kind is not None or cell.find(f"{_TEXT}p") is not None
    return shown, "" if has_result else NO_RESULT, None


def _figure(stored: str, shown: str, *, is_rate: bool, computed: bool) -> tuple[str, str, Decimal]:
    if not _NUMBER.fullmatch(stored):
        raise _UnreadableError("S19", f"ghi số sai dạng {stored[:20]!r}")
    number = Decimal(stored)
    text = figure_text(number, _format_shown(number, shown, is_rate=is_rate), computed=computed)
    return text, "", without_noise(number) if computed else number


def _format_shown(number: Decimal, shown: str, *, is_rate: bool) -> str:
    """Find the format under which a number gives the figures shown, whatever the language of the sheet."""
    unit = "%" if is_rate else ""
    scaled = abs(number) * 100 if is_rate else abs(number)
    figures = re.sub(r"\D", "", shown, flags=re.ASCII)
    separators = len(_SEPARATORS.findall(shown))
    for decimals in range(10):
        rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if scaled < 10**15 else scaled
        if f"{rounded:f}".replace(".", "") == figures:
            whole = "#,##0" if separators > bool(decimals) else "0"
            return f"{whole}.{'0' * decimals}{unit}" if decimals else f"{whole}{unit}"
    return f"0.{'#' * 13}%" if is_rate else GENERAL


def _date(stored: str, shown: str) -> str:
    moment = _DATE.match(stored)
    try:
        return moment_text(datetime.fromisoformat(moment[0])) if moment else shown
    except ValueError:
        return shown


def _inline(element: Element, depth: int = 0) -> str:
    if depth > _DEEPEST:
        raise _UnreadableError("F12", "có chữ lồng quá sâu")
    pieces = [element.text or ""]
    for child in element:
        if child.tag in _TEXT_GROUPS:
            pieces.append(_inline(child, depth + 1))
        elif child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            pieces.append(" " * (int(count) if re.fullmatch("[0-9]{1,3}", count) else 1))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            pieces.append("\t" if child.tag == f"{_TEXT}tab" else "\n")
        pieces.append(child.tail or "")
    return "".join(pieces)
