"""Files built byte by byte for the tests: good ones, and every way in which a file can be bad."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

END_OF_CHAIN, FREE, TABLE_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
SHEET = "xl/worksheets/sheet1.xml"

_WATCHED = frozenset({"open", "socket.connect", "subprocess.Popen", "os.system", "os.mkdir"})
_events: list[str] | None = None


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    # A file is opened by its name once, and may be wrapped by its number after that.
    if _events is not None and event in _WATCHED and not isinstance(arguments[0], int):
        _events.append(event)


sys.addaudithook(_audit)


@contextmanager
def watched() -> Iterator[list[str]]:
    """List every file opened, folder made, connection and program started inside the block.

    An audit hook cannot be taken out again, so there is one, and it is deaf outside such a block.
    """
    global _events
    _events = events = []
    try:
        yield events
    finally:
        _events = None


def make_workbook(fill: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    """Make an .xlsx with XlsxWriter; without ``fill`` a sheet of two rows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    if fill is None:
        sheet = book.add_worksheet("Biểu mẫu")
        sheet.write_row(0, 0, ["STT", "Chỉ tiêu", "Số liệu"])
        sheet.write_row(1, 0, ["1.1.", "Số văn bản", 3])
    else:
        fill(book)
    book.close()
    return target.getvalue()


def make_zip(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data, part, old, new):
    """Replace bytes of one part of a package, which have to be there."""
    content = parts_of(data)[part]
    assert old in content
    return with_parts(data, {part: content.replace(old, new)})


def with_parts(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Change, add or (None) take away parts of a package."""
    parts = {**parts_of(data), **changes}
    return make_zip({name: content for name, content in parts.items() if content is not None})


def with_sheet(grid: str, *, before: str = "", after: str = "", data: bytes | None = None) -> bytes:
    """Make a workbook whose one sheet holds the given rows, as XML."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"{before}<sheetData>{grid}</sheetData>{after}</worksheet>"
    )
    return with_parts(data or make_workbook(), {SHEET: xml.encode()})


def raw_zip(parts: list[tuple[bytes, bytes]], declared_size: int | None = None) -> bytes:
    """Write a zip by hand, so that names may repeat and the sizes may lie."""
    body, directory = b"", b""
    for name, content in parts:
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = compressor.compress(content) + compressor.flush()
        size = len(content) if declared_size is None else declared_size
        common = struct.pack("<HHHHLLLHH", 0, 8, 0, 0x21, zlib.crc32(content), len(packed), size, len(name), 0)
        directory += struct.pack("<4sHH", b"PK\1\2", 20, 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, len(body))
        directory += name
        body += struct.pack("<4sH", b"PK\3\4", 20) + common + name + packed
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return body + directory + end


def make_compound(streams: Mapping[str, bytes]) -> bytes:
    """Write a compound file of 512-byte sectors; streams below 4096 bytes go into the small stream."""
    sectors: list[bytes] = []
    table: list[int] = []

    def add(content: bytes) -> int:
        pieces = [content[place : place + 512].ljust(512, b"\0") for place in range(0, len(content), 512)]
        if not pieces:
            return END_OF_CHAIN
        first = len(sectors)
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), END_OF_CHAIN])
        return first

    small, small_table, entries = b"", [], []
    for name, content in streams.items():
        if len(content) >= 4096:
            entries.append((name, 2, add(content), len(content)))
            continue
        first, count = len(small_table), -(-len(content) // 64)
        small += content.ljust(count * 64, b"\0")
        small_table += [*range(first + 1, first + count), END_OF_CHAIN][:count]
        entries.append((name, 2, first if count else END_OF_CHAIN, len(content)))
    entries.insert(0, ("Root Entry", 5, add(small), len(small)))
    first_small = add(struct.pack(f"<{len(small_table)}L", *small_table).ljust(-len(small_table) % 128 * 4, b"\xff"))
    directory = b""
    for index, (name, kind, start, size) in enumerate(entries):
        raw = name.encode("utf-16-le")
        right = index + 1 if 0 < index < len(entries) - 1 else FREE
        links = (FREE, right, 1 if index == 0 and len(entries) > 1 else FREE)
        directory += struct.pack("<64sHBB3L36xLQ", raw, len(raw) + 2, kind, 1, *links, start, size)
    first_directory = add(directory)
    count = 1
    while len(table) + count > 128 * count:
        count += 1
    places = range(len(sectors), len(sectors) + count)
    table += [TABLE_SECTOR] * count
    sectors.append(struct.pack(f"<{len(table)}L", *table).ljust(512 * count, b"\xff"))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + struct.pack("<16x5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9L", 0, count, first_directory, 0, 4096, first_small, 1, END_OF_CHAIN, 0)
    return header + struct.pack(f"<{count}L", *places).ljust(436, b"\xff") + b"".join(sectors)


def make_encrypted_workbook() -> bytes:
    """Make what a workbook with a password looks like from outside."""
    return make_compound({"EncryptionInfo": b"\4\0\4\0@\0\0\0<encryption/>", "EncryptedPackage": bytes(9000)})


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def text_record(row: int, column: int, text: str, style: int = 0) -> bytes:
    return record(0x0204, struct.pack("<4HB", row, column, style, len(text), 1) + text.encode("utf-16-le"))


def number_record(row: int, column: int, number: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<3Hd", row, column, style, number))


def make_xls(
    sheets: Mapping[str, bytes],
    *,
    formats: tuple[int, ...] = (0, 10, 3, 14),
    more: bytes = b"",
    hidden: tuple[str, ...] = (),
    kinds: Mapping[str, int] | None = None,
) -> bytes:
    """Write an .xls of the given records a sheet; style n shows the built-in format ``formats[n]``."""
    head = record(0x0809, struct.pack("<4HLL", 0x0600, 0x0005, 0, 0, 0, 0)) + more
    head += b"".join(record(0x00E0, struct.pack("<2H", 0, number).ljust(20, b"\0")) for number in formats)
    names = {name: name.encode("utf-16-le") for name in sheets}
    bodies = {
        name: record(0x0809, struct.pack("<4HLL", 0x0600, 0x0010, 0, 0, 0, 0)) + content + record(0x000A)
        for name, content in sheets.items()
    }
    place = len(head) + sum(4 + 8 + len(raw) for raw in names.values()) + 4
    bounds = b""
    for name, raw in names.items():
        kind = (kinds or {}).get(name, 0)
        bounds += record(0x0085, struct.pack("<LBBBB", place, name in hidden, kind, len(name), 1) + raw)
        place += len(bodies[name])
    stream = head + bounds + record(0x000A) + b"".join(bodies.values())
    return make_compound({"Workbook": stream.ljust(4096, b"\0")})


def make_ods(tables: str, styles: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """Write an .ods with the given ``table:table`` elements."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{oasis}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} xmlns:calcext="{calc}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": OPEN_DOCUMENT, "META-INF/manifest.xml": manifest, "content.xml": content.encode()}
    return make_zip({**parts, **(more or {})})
