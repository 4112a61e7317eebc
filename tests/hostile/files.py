"""Files that are bad as files: bombs, lies, passwords, other types, broken containers, active content."""

from __future__ import annotations

import struct
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from containers import (
    SHEET,
    make_compound,
    make_encrypted_workbook,
    make_ods,
    make_xls,
    make_zip,
    number_record,
    parts_of,
    raw_zip,
    record,
    with_parts,
)
from filled_forms import FORM
from hostile.cells import PERIOD, UNIT, good_result, office_workbook, template

from cchc_calc.excel.template import write_template

if TYPE_CHECKING:
    from collections.abc import Callable

TYPES = "[Content_Types].xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MEGABYTE = 1024 * 1024
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@cache
def macro_template() -> bytes:
    """Write the good form in our own template with macros."""
    with tempfile.TemporaryDirectory(prefix="cchc-good-") as folder:
        path = Path(folder) / "bieu-mau.xlsm"
        write_template(path, FORM, unit=UNIT, period=PERIOD, result=good_result())
        return path.read_bytes()


def bomb(part: str, size: int, beginning: bytes = b"") -> bytes:
    """Add a part of so many zeros, or blanks behind the beginning of a text, without ever holding it."""
    packed, checksum = _squeezed(size, beginning, b" " if beginning else b"\0")
    return _with_packed(template(), part, packed, size, checksum)


def many_bombs() -> bytes:
    """Spread 120 MB over parts of which none is too large."""
    size = 40 * MEGABYTE
    packed, checksum = _squeezed(size, b"", b"\0")
    data = template()
    for number in range(3):
        data = _with_packed(data, f"xl/media/{number}.bin", packed, size, checksum)
    return data


def many_rows(count: int) -> bytes:
    """Make a sheet of so many rows with one figure each."""
    head = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    return with_parts(template(), {SHEET: head + b"<row><c><v>1</v></c></row>" * count + b"</sheetData></worksheet>"})


def wide_strings() -> bytes:
    """Make a million strings that no cell uses."""
    return with_parts(template(), {STRINGS: f'<sst xmlns="{MAIN}">'.encode() + b"<si/>" * 1_000_000 + b"</sst>"})


def lie(part: str, size: int) -> bytes:
    """Let the directory declare another size of a part than it has."""
    data = bytearray(template())
    place = data.index(part.encode(), data.index(b"PK\1\2")) - 46
    assert data[place : place + 4] == b"PK\1\2"
    struct.pack_into("<L", data, place + 24, size)
    return bytes(data)


def overlapping() -> bytes:
    """Let a part begin inside the bytes of another one."""
    inner = raw_zip([(b"xl/b.xml", b"<b/>")])
    data = make_zip(parts_of(template()) | {"xl/media/a.bin": inner}, method=0)
    end = data.rindex(b"PK\5\6")
    count, length, place = struct.unpack_from("<HLL", data, end + 10)
    entry = bytearray(inner[inner.index(b"PK\1\2") : inner.rindex(b"PK\5\6")])
    struct.pack_into("<L", entry, 42, data.index(inner[:30]))
    tail = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count + 1, count + 1, length + len(entry), place, 0)
    return data[: place + length] + bytes(entry) + tail


def nested() -> bytes:
    """Pack a zip of zeros into a zip, several times, as bombs do."""
    data = make_zip({"0.bin": bytes(10 * MEGABYTE)})
    for number in range(5):
        data = make_zip({f"{number}-{copy}.zip": data for copy in range(10)})
    return data


def many_parts(count: int) -> bytes:
    """Write a package of so many empty parts."""
    body, directory, place = [], [], 0
    for number in range(count):
        name = b"%d" % number
        common = struct.pack("<HHHHLLLHH", 0, 0, 0, 0x21, 0, 0, 0, len(name), 0)
        local = struct.pack("<4sH", b"PK\3\4", 20) + common + name
        directory.append(struct.pack("<4sHH", b"PK\1\2", 20, 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, place))
        directory.append(name)
        body.append(local)
        place += len(local)
    entries = b"".join(directory)
    # A count above 65535 does not fit, and is then written so.
    number_told = min(count, 0xFFFF)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, number_told, number_told, len(entries), place, 0)
    return b"".join(body) + entries + end


def flipped(part: str) -> bytes:
    """Turn one bit of the packed bytes of a part."""
    data = template()
    place = data.index(part.encode()) + len(part) + 40
    return data[:place] + bytes([data[place] ^ 0x40]) + data[place + 1 :]


def renamed_part(name: bytes) -> bytes:
    """Add a part of this name."""
    parts = [(part.encode(), content) for part, content in parts_of(template()).items()]
    return raw_zip([*parts, (name, b"<a/>")])


def twice(part: str) -> bytes:
    """Write a part twice, the second time with another figure."""
    parts = [(name.encode(), content) for name, content in parts_of(template()).items()]
    other = parts_of(template())[part].replace(b"<v>12</v>", b"<v>99</v>", 1)
    return raw_zip([*parts, (part.encode(), other)])


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
    "bomb-150MB": lambda: bomb("xl/media/a.bin", 150 * MEGABYTE),
    "bomb-in-the-sheet": lambda: bomb(SHEET, 49 * MEGABYTE, b"<worksheet"),
    "bomb-in-the-strings": lambda: bomb(STRINGS, 49 * MEGABYTE, b"<sst"),
    "bomb-in-many-parts": many_bombs,
    "million-rows": lambda: many_rows(1_000_000),
    "million-strings": wide_strings,
    "size-too-small": lambda: lie(SHEET, 1000),
    "size-too-large": lambda: lie(SHEET, 5 * MEGABYTE),
    "size-without-end": lambda: lie(SHEET, 0xFFFFFFFE),
    "overlapping-parts": overlapping,
    "zip-in-zip": nested,
    "100000-parts": lambda: many_parts(100_000),
    "2001-parts": lambda: many_parts(2001),
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
    "empty": lambda: b"",
    "cut-in-half": lambda: template()[: len(template()) // 2],
    "cut-by-a-byte": lambda: template()[:-1],
    "first-bytes-alone": lambda: template()[:4],
    "cut-password-file": lambda: make_encrypted_workbook()[:600],
    "flipped-byte-in-the-sheet": lambda: flipped(SHEET),
    "flipped-byte-in-the-strings": lambda: flipped(STRINGS),
    "part-twice": lambda: twice(SHEET),
    "part-above-the-package": lambda: renamed_part(b"../../etc/cron.d/a"),
    "part-on-a-drive": lambda: renamed_part(b"C:/a.xml"),
    "part-with-backslash": lambda: renamed_part(b"xl\\worksheets\\sheet1.xml"),
    "part-equal-but-for-case": lambda: renamed_part(b"XL/Worksheets/Sheet1.xml"),
    "part-from-the-root": lambda: renamed_part(b"/etc/passwd"),
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


def _squeezed(size: int, beginning: bytes, filling: bytes) -> tuple[bytes, int]:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed, checksum = squeezer.compress(beginning), zlib.crc32(beginning)
    left = size - len(beginning)
    while left:
        chunk = filling * min(left, MEGABYTE)
        packed += squeezer.compress(chunk)
        checksum = zlib.crc32(chunk, checksum)
        left -= len(chunk)
    return packed + squeezer.flush(), checksum


def _with_packed(data: bytes, part: str, packed: bytes, size: int, checksum: int) -> bytes:
    """Put a part that is packed already into a package, in the place of one of its name."""
    parts = {name: content for name, content in parts_of(data).items() if name != part}
    plain = make_zip(parts)
    end = plain.rindex(b"PK\5\6")
    count, length, place = struct.unpack_from("<HLL", plain, end + 10)
    name = part.encode()
    common = struct.pack("<HHHHLLLHH", 0, 8, 0, 0x21, checksum, len(packed), size, len(name), 0)
    local = struct.pack("<4sH", b"PK\3\4", 20) + common + name + packed
    entry = struct.pack("<4sHH", b"PK\1\2", 20, 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, place) + name
    directory = plain[place : place + length] + entry
    tail = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), place + len(local), 0)
    return plain[:place] + local + directory + tail
