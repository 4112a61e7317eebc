"""The fast reader of .xlsx and .xlsm: it accounts for every character of a sheet's grid, or gives up.

Excel and XlsxWriter write a sheet in one plain shape. One regular expression takes such a sheet apart in
a fraction of the time that a parser and a library need. What is not of that shape is left to the careful
reader; nothing is guessed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from cchc_calc.document import Cell, Document
from cchc_calc.excel.readers.cells import fault_code
from cchc_calc.excel.readers.grid import (
    CELLS_LIMIT,
    LAST_COLUMN,
    LAST_ROW,
    column_number,
    fill_row,
    make_table,
    read_area,
)
from cchc_calc.excel.readers.sheet_settings import SETTINGS, SheetSettings
from cchc_calc.excel.readers.stored_values import (
    ATTRIBUTES,
    BAD_ENTITY,
    CELL_START,
    FORMULA,
    VALUE,
    NotVouchedForError,
    StoredValues,
    formula_text,
    may_reach_out,
    read_plain_xml,
)
from cchc_calc.excel.readers.workbook_document import workbook_document
from cchc_calc.excel.readers.workbook_parts import MAIN, read_workbook_parts

if TYPE_CHECKING:
    from cchc_calc.document import Table
    from cchc_calc.excel.readers.grid import Area, Rows
    from cchc_calc.excel.readers.workbook_parts import WorkbookParts
    from cchc_calc.gate import Admitted
    from cchc_calc.workbook_state import SheetState

_ROOT = re.compile(rf'\s*(?:<\?xml[^<>]*\?>\s*)?<worksheet [^<>]*?xmlns="{re.escape(MAIN)}"'.encode())
# The choices stand in the order of their number in a sheet: cells, ends of rows, rows.
_TOKEN = re.compile(
    rb'(<(?:c r="%b(?:/>|>(%b)?(?:%b)?</c>)|/row>|row r="([1-9]\d{0,6})"%b(/?)>))'
    % (CELL_START, FORMULA, VALUE, ATTRIBUTES)
)
_ROW = re.compile(rb"<row[\s/>]")
_ROW_ATTRIBUTES = re.compile(rb'<row r="(\d+)"([^<>]*)>')
_SETTINGS = {f"{MAIN} {tag}": tag for tag in SETTINGS}
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"/>')


def read_workbook_fast(
    admitted: Admitted, sheet: str | None = None, *, columns: int = LAST_COLUMN, parts: WorkbookParts | None = None
) -> Document | None:
    """Read all visible sheets with a grid, or one by its name, just as ``read_workbook`` would; or give None.

    Only the first ``columns`` columns are read into cells, then without the texts of formulas. None says
    nothing about the file: the careful reader has to look at it. ``parts`` are the parts of the workbook, where
    they are known already.

    Raises SourceRefusedError as the gate does, for a package or a list of sheets that is broken.
    """
    package = admitted.parts
    parts = parts or read_workbook_parts(package)
    chosen = [part for part in parts.sheets if part.is_visible and sheet in (None, part.name)]
    if parts.state.lost_names or (sheet is not None and len(chosen) != 1):
        return None
    try:
        values = StoredValues.of(package, parts)
        sheets = [_read_sheet(part.name, read_plain_xml(package, part.part), values, columns) for part in chosen]
        tables = tuple(table for table, _ in sheets)
        if sum(len(row) for table in tables for row in table.rows) > CELLS_LIMIT:
            return None
    except NotVouchedForError:
        return None
    return workbook_document(admitted, parts, chosen, tables, (state for _, state in sheets))


def _read_sheet(sheet: str, xml: bytes, values: StoredValues, columns: int) -> tuple[Table, SheetState]:
    xml = xml.replace(b"<sheetData/>", b"<sheetData></sheetData>", 1)
    head, _, rest = xml.partition(b"<sheetData>")
    grid, _, tail = rest.partition(b"</sheetData>")
    is_plain = _ROOT.match(head) and xml.count(b"<sheetData") == 1 and not _ROW.search(tail)
    # Square brackets lead into another file, or into a table by its name.
    is_small = max(grid.count(b"<c "), grid.count(b"<row ")) <= CELLS_LIMIT
    if not (is_plain and is_small) or b"[" in grid or b"#REF!" in grid or BAD_ENTITY.search(grid):
        raise NotVouchedForError
    settings = _read_settings(sheet, head + b"<sheetData/>" + tail)
    table = make_table(sheet, _read_rows(sheet, grid, values, columns), merged_areas(tail))
    # Few sheets hide rows; the others are not looked through for them a second time.
    if b' hidden="' in grid or b' ht="0' in grid:
        for row, attributes in _ROW_ATTRIBUTES.findall(grid):
            settings.take_row(int(row), dict(_ATTRIBUTE.findall(attributes.decode("latin-1"))))
    return table, settings.state()


def _read_rows(sheet: str, grid: bytes, values: StoredValues, columns: int) -> Rows:
    tokens = _TOKEN.findall(grid)
    if sum(len(token[0]) for token in tokens) != len(grid):
        raise NotVouchedForError
    if not values.has_styles({token[3] or token[5] for token in tokens}):
        raise NotVouchedForError
    rows: Rows = {}
    formulas: list[bytes] = []
    cells: list[Cell] = []
    row, row_name, number, last_column, room = b"", "", 0, 0, CELLS_LIMIT
    empty_values = grid.count(b"<v></v>")
    for _, letters, cell_row, first_style, kind, last_style, formula, value, inline, new_row, is_blank in tokens:
        if letters:
            style = first_style or last_style
            column, column_name = _column(letters)
            if cell_row != row or not last_column < column <= LAST_COLUMN or (first_style and last_style):
                raise NotVouchedForError
            last_column = column
            if formula and not value:
                empty_values -= 1
            if column <= columns and (value or formula or inline):
                is_shared = kind == b"s" and not (formula or inline)
                text, fault, figure = values[value if is_shared else (kind, style, value, inline, formula != b"")]
                if text or formula:
                    if len(cells) < column - 1:
                        room -= column
                        if room < 0:
                            raise NotVouchedForError
                        fill_row(sheet, cells, row_name, column - 1)
                    where = f"{sheet}!{column_name}{row_name}"
                    if formula:
                        formulas.append(formula)
                        # A reader of some columns knows too little to look into a formula.
                        written = formula_text(formula) if columns == LAST_COLUMN else ""
                        cells.append(Cell(text, where, fault, True, figure, fault_code(fault), written))  # noqa: FBT003 - a record
                    elif fault:
                        cells.append(Cell(text, where, fault, number=figure, code=fault_code(fault)))
                    else:
                        cells.append(Cell(text, where, number=figure))
        elif new_row:
            if row or not number < int(new_row) <= LAST_ROW:
                raise NotVouchedForError
            row, row_name, number, last_column = b"" if is_blank else new_row, new_row.decode(), int(new_row), 0
            cells = rows[number] = []
        elif not row:
            raise NotVouchedForError
        else:
            row = b""
    # Only a formula may have an empty value; elsewhere it is a slip of the writer.
    if row or empty_values or may_reach_out(formulas):
        raise NotVouchedForError
    return rows


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> tuple[int, str]:
    name = letters.decode()
    return column_number(name), name


def _read_settings(sheet: str, xml: bytes) -> SheetSettings:
    """Read what stands around the grid, which has to be well formed."""
    settings = SheetSettings(sheet)

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = _SETTINGS.get(name)
        if tag is not None:
            settings.take(tag, attributes)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - taken by position only
    except expat.ExpatError:
        raise NotVouchedForError from None
    return settings


def merged_areas(tail: bytes) -> list[Area]:
    """Read the merged areas of a sheet from what follows its grid.

    Raises NotVouchedForError for areas that are written in another way, or are too many.
    """
    found = _MERGED.findall(tail)
    if len(found) != tail.count(b"<mergeCell "):
        raise NotVouchedForError
    try:
        areas = [read_area(area.decode()) for area in found]
    except ValueError:
        raise NotVouchedForError from None
    if sum(area.reach for area in areas) > CELLS_LIMIT:
        raise NotVouchedForError
    return areas
