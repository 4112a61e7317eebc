"""A package as its writer packed it, of which some parts change from file to file while no other byte does.

Order, flags, dates, folders and data descriptors stay as the writer writes them: readers meet them in real files.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIZES_FOLLOW = 0x8
_DEFLATED = 8
_SIGNED = b"PK\7\x08"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One part: its record in the directory, its header, its packed bytes, and what follows them."""

    name: str
    record: bytes
    header: bytes
    packed: bytes
    descriptor: bytes

    def with_content(self, content: bytes) -> _Entry:
        """Pack another content in the manner of this one."""
        squeezer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = squeezer.compress(content) + squeezer.flush()
        sizes = struct.pack("<LLL", zlib.crc32(content), len(packed), len(content))
        record = self.record[:16] + sizes + self.record[28:]
        if not self.descriptor:
            return _Entry(self.name, record, self.header[:14] + sizes + self.header[26:], packed, b"")
        return _Entry(self.name, record, self.header, packed, self.descriptor[:-12] + sizes)


class PackageShape:
    """A package taken apart, to be packed again with other contents."""

    def __init__(self, data: bytes) -> None:
        """Take a package apart; ValueError for one whose parts are not packed as office programs do."""
        self._end = data.rindex(b"PK\5\6")
        self._tail = data[self._end :]
        count, _, place = struct.unpack_from("<HLL", data, self._end + 10)
        self._entries = []
        for _ in range(count):
            name, extra, comment = struct.unpack_from("<3H", data, place + 28)
            following = place + 46 + name + extra + comment
            self._entries.append(_entry(data, data[place:following], name))
            place = following

    def read(self, name: str) -> bytes:
        """Give the content of a part."""
        entry = next(entry for entry in self._entries if entry.name == name)
        method = struct.unpack_from("<H", entry.record, 10)[0]
        return zlib.decompress(entry.packed, -zlib.MAX_WBITS) if method == _DEFLATED else entry.packed

    @property
    def names(self) -> tuple[str, ...]:
        """Name the parts that are no folders, in their order."""
        return tuple(entry.name for entry in self._entries if not entry.name.endswith("/"))

    def packed(self, changes: Mapping[str, bytes]) -> bytes:
        """Pack the parts, some with another content."""
        pieces: list[bytes] = []
        records: list[bytes] = []
        place = 0
        for old in self._entries:
            entry = old.with_content(changes[old.name]) if old.name in changes else old
            records.append(entry.record[:42] + struct.pack("<L", place) + entry.record[46:])
            pieces += (entry.header, entry.packed, entry.descriptor)
            place += len(entry.header) + len(entry.packed) + len(entry.descriptor)
        directory = b"".join(records)
        tail = self._tail[:12] + struct.pack("<LL", len(directory), place) + self._tail[20:]
        return b"".join([*pieces, directory, tail])


def _entry(data: bytes, record: bytes, name_length: int) -> _Entry:
    flags = struct.unpack_from("<H", record, 8)[0]
    size = struct.unpack_from("<L", record, 20)[0]
    start = struct.unpack_from("<L", record, 42)[0]
    name, extra = struct.unpack_from("<HH", data, start + 26)
    inside = start + 30 + name + extra
    if data[start : start + 4] != b"PK\3\4" or extra:
        msg = "the parts are packed in a way that is not known here"
        raise ValueError(msg)
    descriptor = b""
    if flags & _SIZES_FOLLOW:
        signed = data.startswith(_SIGNED, inside + size)
        descriptor = data[inside + size : inside + size + (16 if signed else 12)]
    text = record[46 : 46 + name_length].decode()
    return _Entry(text, record, data[start:inside], data[inside : inside + size], descriptor)
