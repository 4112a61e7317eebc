"""Packages that are bad as packages: bombs, lies about sizes, parts that overlap, repeat or are damaged."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from containers import make_zip, parts_of, raw_zip, with_parts
from hostile.cells import template
from hostile.part_names import MAIN, SHEET, STRINGS

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1024 * 1024


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


ARCHIVES: dict[str, Callable[[], bytes]] = {
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
    "empty": lambda: b"",
    "cut-in-half": lambda: template()[: len(template()) // 2],
    "cut-by-a-byte": lambda: template()[:-1],
    "first-bytes-alone": lambda: template()[:4],
    "flipped-byte-in-the-sheet": lambda: flipped(SHEET),
    "flipped-byte-in-the-strings": lambda: flipped(STRINGS),
    "part-twice": lambda: twice(SHEET),
    "part-above-the-package": lambda: renamed_part(b"../../etc/cron.d/a"),
    "part-on-a-drive": lambda: renamed_part(b"C:/a.xml"),
    "part-with-backslash": lambda: renamed_part(b"xl\\worksheets\\sheet1.xml"),
    "part-equal-but-for-case": lambda: renamed_part(b"XL/Worksheets/Sheet1.xml"),
    "part-from-the-root": lambda: renamed_part(b"/etc/passwd"),
}
"""The content of every package, by its name in the list of cases."""


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
