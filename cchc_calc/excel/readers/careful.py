"""The careful reader of .xlsx and .xlsm: the sheet is scanned first, then openpyxl reads its values."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.cells import STRUCK, error_fault, make_cell, unescaped
from cchc_calc.excel.readers.grid import CELLS_LIMIT, Rows, column_letters, fill_row, make_table
from cchc_calc.excel.readers.plain_workbook import plain_workbook, sheet_title
from cchc_calc.excel.readers.sheet_scan import scan_sheet
from cchc_calc.excel.readers.workbook_document import workbook_document
from cchc_calc.excel.readers.workbook_parts import MAIN, read_workbook_parts
from cchc_calc.outcomes import RESAVE, SEND_AGAIN, refusal

if TYPE_CHECKING:
    from cchc_calc.document import Cell, Document, Table
    from cchc_calc.excel.readers.sheet_scan import SheetScan
    from cchc_calc.excel.readers.workbook_parts import SheetPart, WorkbookParts
    from cchc_calc.gate import Admitted
    from cchc_calc.package import Package


def read_workbook(admitted: Admitted) -> Document:
    """Read every visible sheet with a grid into a table of what an official sees.

    Numbers are written in Vietnamese notation at the precision of their format; errors, dates, TRUE/FALSE
    and formulas without a result carry a fault, and so does a cell merged with a figure. Hidden rows and
    columns are read like the others. Nothing is computed and no link is followed.

    Raises SourceRefusedError: F02, F05, F10, F11, F12, S13, S14, S15, S19.
    """
    package = admitted.parts
    parts = read_workbook_parts(package)
    visible = [sheet for sheet in parts.sheets if sheet.is_visible]
    scans = _scan(package, parts, visible)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of every extension that it does not read; only values are read here.
            warnings.simplefilter("ignore")
            tables = _read_tables(package, parts, visible, scans)
    except SourceRefusedError:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library raise, the file is at fault
        raise refusal(admitted.name, "F05", "cấu trúc tệp Excel bị hỏng.", SEND_AGAIN) from None
    return workbook_document(admitted, parts, visible, tables, (scan.state for scan in scans))


def _scan(package: Package, parts: WorkbookParts, sheets: list[SheetPart]) -> list[SheetScan]:
    strings = _count_strings(package, parts.shared_strings)
    styles = _count_styles(package, parts.styles)
    scans: list[SheetScan] = []
    for sheet in sheets:
        xml = package.read_xml(sheet.part)
        lost = parts.state.lost_names
        scans.append(scan_sheet(package.source, sheet.name, xml, strings=strings, styles=styles, lost_names=lost))
        if sum(scan.size for scan in scans) > CELLS_LIMIT:
            limit = f"{CELLS_LIMIT:,}".replace(",", ".")
            raise refusal(package.source, "F02", f"các trang có tổng cộng hơn {limit} ô.", RESAVE)
    return scans


def _count_strings(package: Package, part: str) -> int:
    if part not in package:
        return 0
    count = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal count
        count += name == f"{MAIN} si"

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(package.read_xml(part), True)  # noqa: FBT003 - expat takes it by position only
    except expat.ExpatError:
        raise refusal(package.source, "F05", "danh sách chuỗi trong tệp bị hỏng.", SEND_AGAIN) from None
    return count


def _count_styles(package: Package, part: str) -> int:
    if part not in package:
        return 0
    return len(package.parse_xml(part).findall(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"))


def _read_tables(
    package: Package, parts: WorkbookParts, sheets: list[SheetPart], scans: list[SheetScan]
) -> tuple[Table, ...]:
    # The import takes a tenth of a second, and most runs never come here.
    from openpyxl import load_workbook

    packed = plain_workbook(package, parts, [scan.grid for scan in scans])
    book = load_workbook(packed, read_only=True, data_only=True, keep_links=False, rich_text=True)
    try:
        return tuple(
            _read_table(book[sheet_title(index)], sheet.name, scan)
            for index, (sheet, scan) in enumerate(zip(sheets, scans, strict=True))
        )
    finally:
        book.close()


# The stubs of openpyxl do not know the sheets and cells of its read-only mode, hence Any.
def _read_table(grid: Any, sheet: str, scan: SheetScan) -> Table:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    # What a sheet says about its own size is a claim, and may be a lie.
    grid.reset_dimensions()
    rows: Rows = {}
    since_1904 = grid.parent.epoch == CALENDAR_MAC_1904
    for row, stored_cells in enumerate(grid.iter_rows(), start=1):
        cells = rows[row] = []
        for column, stored in enumerate(stored_cells, start=1):
            cell = _read_cell(stored, sheet, f"{column_letters(column)}{row}", scan, since_1904=since_1904)
            if cell is not None:
                fill_row(sheet, cells, row, column - 1)
                cells.append(cell)
    return make_table(sheet, rows, scan.merged)


def _read_cell(stored: Any, sheet: str, address: str, scan: SheetScan, *, since_1904: bool) -> Cell | None:
    computed = address in scan.formulas
    if stored.value is None and not computed:
        return None
    fault = scan.formulas.get(address, "")
    value, is_struck = stored.value, bool(stored.font and stored.font.strike)
    if isinstance(value, list):
        # Text in which pieces have fonts of their own.
        is_struck = is_struck or any(block.font.strike for block in value if not isinstance(block, str))
        value = str(value)
    if isinstance(value, str):
        value = unescaped(value)
    if stored.data_type == "e":
        fault = error_fault(str(value))
    elif is_struck and value not in (None, ""):
        fault = fault or STRUCK
    number_format = stored.number_format if stored.data_type == "n" and stored.value is not None else ""
    return make_cell(
        value,
        f"{sheet}!{address}",
        number_format=number_format,
        fault=fault,
        computed=computed,
        formula=scan.texts.get(address, ""),
        since_1904=since_1904,
    )
