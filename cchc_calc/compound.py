"""A compound file (.xls, and any office file with a password): its streams, walked under limits.

The container is [MS-CFB]: sectors chained by a table (FAT), small streams kept inside one large stream.
No chain is followed for more steps than the file has sectors, so no file can make the walk endless.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")

_HEADER = struct.Struct("<8s22xH16xL4x2L4xL4x")
_SECTORS_OF_TABLE = struct.Struct("<109L")
_ENTRY = struct.Struct("<64sHBx12x36xLQ")
_LARGEST_SECTOR: Final = 0xFFFFFFFA
"""Numbers from here on are marks (end of chain, free), not sectors."""
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SMALL_SECTOR: Final = 64
_NEW_SECTOR: Final = 4096
_SMALL_BELOW: Final = 4096
_END_OF_CHAIN, _TABLE_SECTOR, _NO_ENTRY = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


class CompoundFileError(ValueError):
    """The container is cut or contradicts itself."""


@dataclass(frozen=True, slots=True)
class _Stream:
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file by name, at whatever depth they lie.

    Raises CompoundFileError for a container that is cut or contradicts itself.
    """

    def __init__(self, data: bytes) -> None:
        """Read the tables and the directory; the streams are read when asked for."""
        self._data = data
        try:
            magic, shift, directory, self._small_below, small_table, more = _HEADER.unpack_from(data)
            sectors = _SECTORS_OF_TABLE.unpack_from(data, _HEADER.size)
        except struct.error as error:
            raise CompoundFileError from error
        if magic != MAGIC or shift not in (9, 12):
            raise CompoundFileError
        self._sector_size = 1 << shift
        self._table = self._read_table(sectors, more)
        self._small_table = self._read_chain(small_table)
        self._small_sectors = b""
        self._streams: dict[str, _Stream] = {}
        self._storages: list[str] = []
        self._read_entries(self._read_chain(directory))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the streams, in the order of the directory."""
        return tuple(self._streams)

    @property
    def storages(self) -> tuple[str, ...]:
        """Return the names of the storages, which hold streams as folders hold files."""
        return tuple(self._storages)

    def __contains__(self, name: object) -> bool:
        return name in self._streams

    def read(self, name: str) -> bytes:
        """Put the sectors of one stream together.

        Raises KeyError for a stream that is not there, CompoundFileError for a broken chain.
        """
        stream = self._streams[name]
        if stream.size < self._small_below:
            chain = _follow(self._small_table, stream.start, len(self._small_sectors) // _SMALL_SECTOR)
            places = (number * _SMALL_SECTOR for number in chain)
            content = b"".join(self._small_sectors[place : place + _SMALL_SECTOR] for place in places)
        else:
            content = self._read_chain(stream.start)
        if len(content) < stream.size:
            raise CompoundFileError
        return content[: stream.size]

    def _read_entries(self, directory: bytes) -> None:
        whole = len(directory) - len(directory) % _ENTRY.size
        for raw_name, name_length, kind, start, size in _ENTRY.iter_unpack(directory[:whole]):
            if kind == _ROOT and not self._small_sectors:
                self._small_sectors = self._read_chain(start)
            elif kind in (_STORAGE, _STREAM):
                name = raw_name[: max(0, name_length - 2)].decode("utf-16-le", "replace")
                if kind == _STORAGE:
                    self._storages.append(name)
                    continue
                # Files of version 3 may leave rubbish in the upper half of the size.
                self._streams.setdefault(name, _Stream(start, size & 0xFFFFFFFF))

    def _read_table(self, sectors: tuple[int, ...], more: int) -> bytes:
        places = [number for number in sectors if number < _LARGEST_SECTOR]
        seen: set[int] = set()
        while more < _LARGEST_SECTOR:
            if more in seen:
                raise CompoundFileError
            seen.add(more)
            *numbers, more = struct.unpack(f"<{self._sector_size // 4}L", self._read_sector(more))
            places += [number for number in numbers if number < _LARGEST_SECTOR]
        if len(set(places)) != len(places):
            raise CompoundFileError
        return b"".join(map(self._read_sector, places))

    def _read_sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        sector = self._data[start : start + self._sector_size]
        if not sector:
            raise CompoundFileError
        # The last sector of a file may be shorter than a full one.
        return sector.ljust(self._sector_size, b"\0")

    def _read_chain(self, start: int) -> bytes:
        longest = len(self._data) // self._sector_size
        return b"".join(map(self._read_sector, _follow(self._table, start, longest)))


def _follow(table: bytes, start: int, longest: int) -> list[int]:
    chain: list[int] = []
    number = start
    while number < _LARGEST_SECTOR:
        place = 4 * number
        if place + 4 > len(table) or len(chain) == longest:
            raise CompoundFileError
        chain.append(number)
        number = int.from_bytes(table[place : place + 4], "little")
    return chain


def pack_stream(name: str, content: bytes) -> bytes:
    """Write a compound file that holds one stream and nothing else; a short stream is filled up with zeros.

    A library that trusts its input is given this one instead of the file that came from outside.

    >>> CompoundFile(pack_stream("Workbook", b"abc" * 2000)).names
    ('Workbook',)
    """
    # An empty first sector stands for the stream of the small streams, which a reader expects to be there.
    length = max(-(-len(content) // _NEW_SECTOR), _SMALL_BELOW // _NEW_SECTOR)
    directory = length + 1
    tables = 1
    while directory + 1 + tables > tables * (_NEW_SECTOR // 4):
        tables += 1
    chain = [_END_OF_CHAIN, *range(2, length + 1), _END_OF_CHAIN, _END_OF_CHAIN, *[_TABLE_SECTOR] * tables]
    table = struct.pack(f"<{len(chain)}L", *chain).ljust(tables * _NEW_SECTOR, b"\xff")
    size = max(len(content), _SMALL_BELOW)
    entries = _entry("Root Entry", _ROOT, 0, _NEW_SECTOR, child=1) + _entry(name, _STREAM, 1, size)
    header = MAGIC + struct.pack("<16x5H6x", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<3L4x2L4xL4x", 1, tables, directory, _SMALL_BELOW, _END_OF_CHAIN, _END_OF_CHAIN)
    header += struct.pack(f"<{tables}L", *range(directory + 1, directory + 1 + tables)).ljust(436, b"\xff")
    sectors = bytes(_NEW_SECTOR) + content.ljust(length * _NEW_SECTOR, b"\0")
    return header.ljust(_NEW_SECTOR, b"\0") + sectors + entries.ljust(_NEW_SECTOR, b"\0") + table


def _entry(name: str, kind: int, start: int, size: int, child: int = _NO_ENTRY) -> bytes:
    raw = name.encode("utf-16-le")
    black = 1
    links = (_NO_ENTRY, _NO_ENTRY, child)
    return struct.pack("<64sHBB3L36xLQ", raw, len(raw) + 2, kind, black, *links, start, size)
