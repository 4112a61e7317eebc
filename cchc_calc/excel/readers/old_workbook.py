"""The reader of .xls, the workbook of Excel 97 to 2003: the records are walked, then calamine reads them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.compound import CompoundFile, CompoundFileError, pack_stream
from cchc_calc.document import Document
from cchc_calc.excel.readers.active_content import active_content
from cchc_calc.excel.readers.biff import walk_records
from cchc_calc.excel.readers.cells import FROM_ANOTHER_FILE, error_fault, make_cell
from cchc_calc.excel.readers.grid import column_letters, fill_row, make_table
from cchc_calc.excel.readers.number_formats import GENERAL
from cchc_calc.outcomes import SEND_AGAIN, refusal

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from cchc_calc.document import Table
    from cchc_calc.excel.readers.biff import SheetRecords
    from cchc_calc.excel.readers.grid import Rows
    from cchc_calc.gate import Admitted


_MACROS: Final = "_VBA_PROJECT"
_CONTROLS: Final = "Ctls"
_OBJECT: Final = "\1Ole10Native"
_OBJECT_STORAGES: Final = ("MBD", "LNK")


def read_old_workbook(admitted: Admitted) -> Document:
    """Read every visible sheet with a grid into a table of what an official sees, as ``read_workbook`` does.

    Raises SourceRefusedError: F02, F03, F05, F10, S14.
    """
    try:
        container = CompoundFile(admitted.data)
        _refuse_active_content(admitted.name, container)
        name = "Workbook" if "Workbook" in container else "Book"
        records = walk_records(admitted.name, container.read(name))
    except (CompoundFileError, KeyError):
        raise refusal(admitted.name, "F05", "cấu trúc tệp Excel bị hỏng.", SEND_AGAIN) from None
    try:
        tables = _read_tables(pack_stream(name, records.stream), records.sheets, records.formats)
    except BaseException as error:
        # A panic of the library derives from BaseException alone; a key pressed by the user does too.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise refusal(admitted.name, "F05", "cấu trúc tệp Excel bị hỏng.", SEND_AGAIN) from None
    state = replace(records.state, has_macros=_MACROS in container)
    return Document(admitted.name, tables, admitted.kind, workbook=state)


def _refuse_active_content(source: str, container: CompoundFile) -> None:
    if _CONTROLS in container:
        raise active_content(source, "điều khiển ActiveX")
    if _OBJECT in container or any(name.startswith(_OBJECT_STORAGES) for name in container.storages):
        raise active_content(source, "đối tượng nhúng (OLE)")


def _read_tables(data: bytes, sheets: tuple[SheetRecords, ...], formats: tuple[str, ...]) -> tuple[Table, ...]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book = load_workbook(io.BytesIO(data))
    return tuple(
        _read_table(book.get_sheet_by_index(index), records, formats)
        for index, (metadata, records) in enumerate(zip(book.sheets_metadata, sheets, strict=True))
        if metadata.visible == SheetVisibleEnum.Visible and metadata.typ == SheetTypeEnum.WorkSheet
    )


def _read_table(sheet: CalamineSheet, records: SheetRecords, formats: tuple[str, ...]) -> Table:
    rows: Rows = {}
    for row, stored_cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = rows[row] = []
        for column, stored in enumerate(stored_cells, start=1):
            place = (row, column)
            error = records.errors.get(place)
            style = records.styles.get(place, 0)
            cell = make_cell(
                error or stored,
                f"{sheet.name}!{column_letters(column)}{row}",
                number_format=formats[style] if style < len(formats) else GENERAL,
                fault=error_fault(error) if error else FROM_ANOTHER_FILE if place in records.from_other_files else "",
                computed=place in records.formulas,
            )
            if cell is not None:
                fill_row(sheet.name, cells, row, column - 1)
                cells.append(cell)
    return make_table(sheet.name, rows, records.merged)
