"""The good form as .xls and .ods, with parts of it hidden, with macros, and with what such files may reach for."""

from __future__ import annotations

import struct
from html import escape
from typing import TYPE_CHECKING

from containers import make_compound, make_ods, make_xls, number_record, record, text_record
from filled_forms import FORM, HEADER, form_rows
from hostile.cells import INPUTS, TITLE, declared

from cchc_calc.compound import CompoundFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST_ROW = len(TITLE) + 2
"""The row with the first line of the form, counted from 1."""


def row_of(address: str) -> int:
    """Give the row of a line of the form, counted from 1."""
    return FIRST_ROW + [row.address for row in FORM.rows].index(address)


def _lines() -> list[list[str]]:
    return [["", text] for text in TITLE] + [list(HEADER), *form_rows(declared() | dict(INPUTS))]


def old_workbook(
    *,
    records: bytes = b"",
    head: bytes = b"",
    cells: Mapping[str, bytes] | None = None,
    hidden: bool = False,
    streams: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write the form as .xls, with more records on its sheet, a hidden sheet, or more streams."""
    written = b""
    formulas = {row_of(address): body for address, body in (cells or {}).items()}
    figures = {FIRST_ROW + place: INPUTS[row.address] for place, row in enumerate(FORM.rows) if row.address in INPUTS}
    for number, line in enumerate(_lines(), 1):
        for column, text in enumerate(line):
            if column == 3 and number in formulas:
                written += formulas[number]
            elif column == 3 and number in figures:
                written += number_record(number - 1, column, float(figures[number]))
            elif text:
                written += text_record(number - 1, column, text[:200])
    sheets = {"Biểu mẫu": written + records} | ({"Nháp": text_record(0, 0, "nháp")} if hidden else {})
    data = make_xls(sheets, hidden=("Nháp",), more=head)
    if streams is None:
        return data
    return make_compound({"Workbook": CompoundFile(data).read("Workbook"), **streams})


def formula_record(address: str, result: float, tokens: bytes) -> bytes:
    """Write a formula of these tokens into the figure of a row."""
    place = (row_of(address) - 1).to_bytes(2, "little") + (3).to_bytes(2, "little") + bytes(2)
    return record(0x0006, place + struct.pack("<d", result) + bytes(6) + struct.pack("<H", len(tokens)) + tokens)


def other_book(place: int) -> bytes:
    """Describe this workbook and another one; sheets of either may be referred to, by their place."""
    name = "quy2.xls"
    own = record(0x01AE, struct.pack("<2H", 1, 0x0401))
    other = record(0x01AE, struct.pack("<2HB", 1, len(name), 0) + name.encode() + struct.pack("<HB", 1, 0) + b"A")
    sheets = [(0, 0, 0), (0, 0, 0)]
    sheets[place] = (1, 0, 0)
    return own + other + record(0x0017, struct.pack("<H6H", 2, *sheets[0], *sheets[1]))


def row_record(row: int, flags: int) -> bytes:
    """Describe a row, counted from 1, with the flags of its looks."""
    return record(0x0208, (row - 1).to_bytes(2, "little") + bytes(10) + flags.to_bytes(4, "little"))


def columns_record(first: int, last: int, flags: int) -> bytes:
    """Describe columns, counted from 1."""
    corners = (first - 1).to_bytes(2, "little") + (last - 1).to_bytes(2, "little")
    return record(0x007D, corners + bytes(4) + flags.to_bytes(2, "little") + bytes(2))


def open_document(
    *,
    rows: Mapping[str, str] | None = None,
    columns: str = "",
    cells: Mapping[str, str] | None = None,
    after: str = "",
    more: Mapping[str, bytes] | None = None,
    styles: str = "",
) -> bytes:
    """Write the form as .ods; rows and cells of an address get attributes, the table columns before its rows."""
    marks = {row_of(address): attributes for address, attributes in (rows or {}).items()}
    formulas = {row_of(address): attributes for address, attributes in (cells or {}).items()}
    figures = {FIRST_ROW + place: INPUTS[row.address] for place, row in enumerate(FORM.rows) if row.address in INPUTS}
    table = f'<table:table table:name="Biểu mẫu">{columns}'
    for number, line in enumerate(_lines(), 1):
        table += f"<table:table-row {marks.get(number, '')}>"
        for column, text in enumerate(line):
            if column == 3 and number in figures:
                kind = f'office:value-type="float" office:value="{figures[number]}" {formulas.get(number, "")}'
                shown = figures[number].replace(".", ",")
            else:
                kind, shown = 'office:value-type="string"', text
            table += f"<table:table-cell {kind}><text:p>{escape(shown)}</text:p></table:table-cell>"
        table += "</table:table-row>"
    return make_ods(f"{table}</table:table>{after}", styles, more)


HIDDEN_STYLE = (
    '<style:style style:name="an" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
OTHER_KINDS: dict[str, Callable[[], bytes]] = {
    "good.xls": old_workbook,
    "row-hidden.xls": lambda: old_workbook(records=row_record(row_of("3.4.3.a"), 0x20)),
    "columns-hidden.xls": lambda: old_workbook(records=columns_record(4, 4, 1)),
    "rows-filtered.xls": lambda: old_workbook(records=row_record(row_of("3.4.3.a"), 0x20) + record(0x009B)),
    "sheet-hidden.xls": lambda: old_workbook(hidden=True),
    "macros.xls": lambda: old_workbook(streams={"_VBA_PROJECT": b"\xcc\x61" + bytes(20)}),
    "embedded-object.xls": lambda: old_workbook(streams={"\1Ole10Native": bytes(30)}),
    "activex.xls": lambda: old_workbook(streams={"Ctls": bytes(30)}),
    "data-connection.xls": lambda: old_workbook(records=record(0x01AD, bytes(20))),
    "link-to-another-workbook.xls": lambda: old_workbook(
        head=other_book(1), cells={"3.4.3.b": formula_record("3.4.3.b", 425, struct.pack("<B3H", 0x5A, 1, 56, 3))}
    ),
    "link-to-another-sheet.xls": lambda: old_workbook(
        head=other_book(1), cells={"3.4.3.b": formula_record("3.4.3.b", 425, struct.pack("<B3H", 0x5A, 0, 56, 3))}
    ),
    "good.ods": open_document,
    "row-hidden.ods": lambda: open_document(rows={"3.4.3.a": 'table:visibility="collapse"'}),
    "rows-filtered.ods": lambda: open_document(rows={"3.4.3.a": 'table:visibility="filter"'}),
    "columns-hidden.ods": lambda: open_document(
        columns='<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/>'
    ),
    "sheet-hidden.ods": lambda: open_document(
        after='<table:table table:name="Nháp" table:style-name="an"/>', styles=HIDDEN_STYLE
    ),
    "macros.ods": lambda: open_document(more={"Basic/Standard/Module1.xml": b"<a/>"}),
    "embedded-object.ods": lambda: open_document(
        after='<draw:object-ole xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"/>'
    ),
    "data-connection.ods": lambda: open_document(
        after="<table:database-ranges><table:database-range>"
        '<table:database-source-sql table:database-name="a" table:sql-statement="select 1"/>'
        "</table:database-range></table:database-ranges>"
    ),
    "link-to-another-workbook.ods": lambda: open_document(
        cells={"3.4.3.b": """table:formula="of:=['file:///C:/quy2.ods'#$A.D57]" """}
    ),
    "place-lost-in-a-formula.ods": lambda: open_document(cells={"3.4.3.b": 'table:formula="of:=[.#REF!]+425"'}),
}
"""The content of every file, by its name."""
