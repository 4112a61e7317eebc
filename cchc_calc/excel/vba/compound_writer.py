"""Write a compound file, [MS-CFB] version 3: storages and streams, without any date, always the same bytes.

A storage is a mapping of names to what it holds: bytes for a stream, another mapping for a storage.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, Union

from cchc_calc.compound import MAGIC

Storage: TypeAlias = Mapping[str, Union[bytes, "Storage"]]

_SECTOR: Final = 512
_SMALL_SECTOR: Final = 64
_SMALL_BELOW: Final = 4096
_NUMBERS_A_SECTOR: Final = _SECTOR // 4
_TABLES_IN_HEADER: Final = 109
"""Enough for 6.8 MB; the format goes on from there, but no project does."""

_END_OF_CHAIN, _TABLE_SECTOR, _FREE, _NO_ENTRY = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = frozenset("/\\:!\0")

_HEADER = struct.Struct("<8s16x5H6x9L")
_ENTRY = struct.Struct("<64sHBB3L36xLQ")
_EMPTY_ENTRY = _ENTRY.pack(b"", 0, 0, 0, _NO_ENTRY, _NO_ENTRY, _NO_ENTRY, 0, 0)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    color: int = _BLACK
    left: int = _NO_ENTRY
    right: int = _NO_ENTRY
    child: int = _NO_ENTRY


def write_compound_file(root: Storage) -> bytes:
    """Write the storages and streams below ``root``.

    Raises ValueError for a name that the format does not allow, two names that differ in nothing but
    upper and lower case, and a file of more than 6.8 MB.

    >>> from cchc_calc.compound import CompoundFile
    >>> CompoundFile(write_compound_file({"VBA": {"dir": b"abc"}, "PROJECT": b""})).read("dir")
    b'abc'
    """
    return _assemble(_Directory(root).entries)


class _Directory:
    """The entries of all storages and streams; the children of each storage are a red-black tree."""

    def __init__(self, root: Storage) -> None:
        self.entries = [_Entry("Root Entry", _ROOT)]
        self.entries[0] = replace(self.entries[0], child=self._add_children(root))

    def _add_children(self, storage: Storage) -> int:
        names = sorted(storage, key=_order)
        for name in names:
            _check_name(name)
        if len(set(map(_order, names))) < len(names):
            msg = f"two of the names {names} are the same but for upper and lower case"
            raise ValueError(msg)
        return self._add_tree(storage, names, depth=0, deepest=len(names).bit_length() - 1)

    def _add_tree(self, storage: Storage, names: list[str], depth: int, deepest: int) -> int:
        if not names:
            return _NO_ENTRY
        middle = len(names) // 2
        number = len(self.entries)
        # Only the lowest row of such a tree may be incomplete: red there keeps the black rows equal.
        entry = _Entry(names[middle], _STREAM, color=_RED if 0 < depth == deepest else _BLACK)
        self.entries.append(entry)
        content = storage[entry.name]
        if isinstance(content, bytes):
            entry = replace(entry, content=content)
        else:
            entry = replace(entry, kind=_STORAGE, child=self._add_children(content))
        left = self._add_tree(storage, names[:middle], depth + 1, deepest)
        right = self._add_tree(storage, names[middle + 1 :], depth + 1, deepest)
        self.entries[number] = replace(entry, left=left, right=right)
        return number


def _order(name: str) -> tuple[int, bytes]:
    upper = "".join(capital if len(capital := letter.upper()) == 1 else letter for letter in name)
    return len(name.encode("utf-16-le")), upper.encode("utf-16-be")


def _check_name(name: str) -> None:
    if not name or len(name.encode("utf-16-le")) > 2 * _LONGEST_NAME or _FORBIDDEN & set(name):
        msg = f"{name!r} cannot be the name of a stream or a storage"
        raise ValueError(msg)


class _Sectors:
    """Contents cut into sectors of one size, and the table that chains the sectors of each content."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.content = bytearray()
        self.table: list[int] = []

    def add(self, content: bytes) -> int:
        """Append a content, filled up with zeros; return its first sector."""
        if not content:
            return _END_OF_CHAIN
        first = len(self.table)
        count = -(-len(content) // self.size)
        self.content += content.ljust(count * self.size, b"\0")
        self.table += [*range(first + 1, first + count), _END_OF_CHAIN]
        return first


def _assemble(entries: list[_Entry]) -> bytes:
    sectors, small_sectors = _Sectors(_SECTOR), _Sectors(_SMALL_SECTOR)
    starts = []
    for entry in entries:
        place = sectors if len(entry.content) >= _SMALL_BELOW else small_sectors
        # A storage has no content: its start is 0, that of an empty stream is the end of the chain.
        starts.append(0 if entry.kind == _STORAGE else place.add(entry.content))

    small_content = bytes(small_sectors.content)
    starts[0] = sectors.add(small_content)
    directory = sectors.add(_pack_directory([replace(entries[0], content=small_content), *entries[1:]], starts))
    small_table = sectors.add(_pack_table(small_sectors.table))
    small_tables = -(-len(small_sectors.table) // _NUMBERS_A_SECTOR)

    used, tables = len(sectors.table), 1
    while used + tables > tables * _NUMBERS_A_SECTOR:
        tables += 1
    if tables > _TABLES_IN_HEADER:
        msg = f"the file is larger than {_TABLES_IN_HEADER} tables of {_NUMBERS_A_SECTOR} sectors"
        raise ValueError(msg)
    table = _pack_table([*sectors.table, *[_TABLE_SECTOR] * tables])

    header = _HEADER.pack(
        MAGIC, 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory, 0, _SMALL_BELOW, small_table, small_tables, _END_OF_CHAIN, 0,
    )  # fmt: skip
    places = struct.pack(f"<{tables}L", *range(used, used + tables)).ljust(4 * _TABLES_IN_HEADER, b"\xff")
    return b"".join((header, places, sectors.content, table))


def _pack_directory(entries: list[_Entry], starts: list[int]) -> bytes:
    packed = [_pack_entry(entry, start) for entry, start in zip(entries, starts, strict=True)]
    missing = -len(entries) % (_SECTOR // _ENTRY.size)
    return b"".join((*packed, *[_EMPTY_ENTRY] * missing))


def _pack_entry(entry: _Entry, start: int) -> bytes:
    name = entry.name.encode("utf-16-le")
    links = (entry.left, entry.right, entry.child)
    return _ENTRY.pack(name, len(name) + 2, entry.kind, entry.color, *links, start, len(entry.content))


def _pack_table(numbers: list[int]) -> bytes:
    missing = -len(numbers) % _NUMBERS_A_SECTOR
    return struct.pack(f"<{len(numbers) + missing}L", *numbers, *[_FREE] * missing)
