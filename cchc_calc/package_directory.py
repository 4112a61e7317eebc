"""The directory of a zip package, read without trusting it: names, sizes and places of the parts."""

from __future__ import annotations

import re
import struct
import zlib
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from cchc_calc.outcomes import DISTRUST, RESAVE, SEND_AGAIN, UNLOCK, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.errors import SourceRefusedError

MEGABYTE: Final = 1024 * 1024
UNPACKED_LIMIT: Final = 100 * MEGABYTE
PART_LIMIT: Final = 50 * MEGABYTE
PARTS_LIMIT: Final = 2000
ROWS_LIMIT: Final = 200_000
RATIO_LIMIT: Final = 100
RATIO_FREE: Final = 100_000
"""A part below this size (bytes) may be compressed as strongly as it likes."""

_END = struct.Struct("<4s6xH2LH")
_CENTRAL = struct.Struct("<4s4x2H4x3L3H8xL")
_LOCAL = struct.Struct("<4s4xH16x2H")
_LONGEST_COMMENT: Final = 0xFFFF
_IN_EXTRA: Final = 0xFFFFFFFF
_ZIP64: Final = 1
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAG, _UTF_8_FLAG = 0x1, 0x800
_BAD_NAME = re.compile(r"""[\\:\x00-\x1f\x7f]|^/|//|(?:^|/)\.{1,2}(?:/|$)""")


class Entry(NamedTuple):
    """One part: where its packed bytes start, and what the directory declares (sizes in bytes)."""

    start: int
    packed_size: int
    size: int
    checksum: int
    is_stored: bool


class _BrokenError(Exception):
    pass


def read_directory(source: str, data: bytes) -> dict[str, Entry]:
    """List the parts of a package by name, without the folders.

    Raises SourceRefusedError: F01 for a bomb or parts that overlap, F02 for too many parts, F03 for a
    packed part with a password, F05 for a cut or broken directory, F06 and F07 for names.
    """
    entries: dict[str, Entry] = {}
    spans: list[tuple[int, int]] = []
    try:
        end, count, place = _find_end(data)
        if count > PARTS_LIMIT:
            message = f"tệp gồm {count} phần, quá mức {PARTS_LIMIT}."
            raise refusal(source, "F02", message, RESAVE)
        for name, entry, header in _walk(source, data, place, end, count):
            if name in entries:
                raise refusal(source, "F06", f"hai phần trong tệp cùng tên {name}.", DISTRUST)
            entries[name] = entry
            spans.append((header, entry.start + entry.packed_size))
    except (struct.error, _BrokenError, UnicodeDecodeError):
        raise refusal(source, "F05", "tệp bị cắt cụt hoặc bị hỏng.", SEND_AGAIN) from None
    _check_names(source, entries)
    _check_spans(source, spans, place)
    _check_sizes(source, data, entries)
    return {name: entry for name, entry in entries.items() if not name.endswith("/")}


def _find_end(data: bytes) -> tuple[int, int, int]:
    end = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if end < 0:
        raise _BrokenError
    _, count, size, place, comment = _END.unpack_from(data, end)
    if end + _END.size + comment != len(data) or place + size > end:
        raise _BrokenError
    return end, count, place


def _walk(source: str, data: bytes, place: int, end: int, count: int) -> Iterator[tuple[str, Entry, int]]:
    for _ in range(count):
        signature, flags, method, checksum, packed, size, *lengths, header = _CENTRAL.unpack_from(data, place)
        name_end = place + _CENTRAL.size + lengths[0]
        raw = data[place + _CENTRAL.size : name_end]
        extra = data[name_end : name_end + lengths[1]]
        place += _CENTRAL.size + sum(lengths)
        if signature != b"PK\1\2" or place > end:
            raise _BrokenError
        name = raw.decode("utf-8" if flags & _UTF_8_FLAG else "cp437")
        if flags & _ENCRYPTED_FLAG:
            raise refusal(source, "F03", f"phần {name} trong tệp có mật khẩu.", UNLOCK)
        if method not in (_STORED, _DEFLATED):
            raise refusal(source, "F12", f"phần {name} nén theo cách lạ (số {method}).", RESAVE)
        if _IN_EXTRA in (packed, size, header):
            size, packed, header = _from_zip64(extra, size, packed, header)
        start = _start_of_content(data, header, raw, method)
        yield name, Entry(start, packed, size, checksum, method == _STORED), header


def _from_zip64(extra: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
    place = 0
    while place < len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind == _ZIP64:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, place + 4))
            size, packed, header = (
                next(wide, _IN_EXTRA) if value == _IN_EXTRA else value for value in (size, packed, header)
            )
            return size, packed, header
        place += 4 + length
    raise _BrokenError


def _start_of_content(data: bytes, header: int, name: bytes, method: int) -> int:
    signature, local_method, name_length, extra_length = _LOCAL.unpack_from(data, header)
    name_start: int = header + _LOCAL.size
    name_end = name_start + int(name_length)
    if (signature, local_method, data[name_start:name_end]) != (b"PK\3\4", method, name):
        raise _BrokenError
    return name_end + int(extra_length)


def _check_names(source: str, entries: dict[str, Entry]) -> None:
    if _are_plain(tuple(entries)):
        return
    folded: dict[str, str] = {}
    for name in entries:
        if not name or _BAD_NAME.search(name):
            raise refusal(source, "F07", f"tên phần {name!r} trong tệp không hợp lệ.", DISTRUST)
        other = folded.setdefault(name.casefold(), name)
        if other != name:
            message = f"hai phần {other} và {name} chỉ khác nhau ở chữ hoa, chữ thường."
            raise refusal(source, "F07", message, DISTRUST)


@lru_cache(maxsize=64)  # thousands of units send copies of one template
def _are_plain(names: tuple[str, ...]) -> bool:
    """Tell whether these names of parts are sound, without saying what is wrong with those that are not."""
    are_sound = not any(not name or _BAD_NAME.search(name) for name in names)
    return are_sound and len({name.casefold() for name in names}) == len(names)


def _check_spans(source: str, spans: list[tuple[int, int]], directory: int) -> None:
    ordered = [*sorted(spans), (directory, directory)]
    if any(start < stop for (_, stop), (start, _) in pairwise(ordered)):
        raise refusal(source, "F01", "các phần trong tệp chồng lên nhau.", DISTRUST)


def _check_sizes(source: str, data: bytes, entries: dict[str, Entry]) -> None:
    for name, entry in entries.items():
        if entry.size > PART_LIMIT:
            raise _too_large(source, f"phần {name} giải nén ra {entry.size // MEGABYTE} MB", PART_LIMIT)
    total = sum(entry.size for entry in entries.values())
    if total > UNPACKED_LIMIT:
        raise _too_large(source, f"tệp giải nén ra {total // MEGABYTE} MB", UNPACKED_LIMIT)
    for name, entry in entries.items():
        if entry.size > max(RATIO_FREE, RATIO_LIMIT * entry.packed_size):
            if _has_too_many_rows(data, entry):
                message = f"phần {name} có hơn {ROWS_LIMIT:,} dòng.".replace(",", ".")
                raise refusal(source, "F02", message, RESAVE)
            message = f"phần {name} bị nén quá {RATIO_LIMIT} lần, giống tệp phá hoại."
            raise refusal(source, "F01", message, DISTRUST)


def _has_too_many_rows(data: bytes, entry: Entry) -> bool:
    """Tell a sheet of countless rows, which compress well, from a bomb; no more than a chunk is kept."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    packed = data[entry.start : entry.start + entry.packed_size]
    rows = inflated = 0
    try:
        while packed and rows <= ROWS_LIMIT and inflated <= PART_LIMIT:
            chunk = inflater.decompress(packed, MEGABYTE)
            packed = inflater.unconsumed_tail
            inflated += len(chunk)
            rows += chunk.count(b"<row")
    except zlib.error:
        return False
    return rows > ROWS_LIMIT


def _too_large(source: str, found: str, limit: int) -> SourceRefusedError:
    return refusal(source, "F01", f"{found}, quá mức {limit // MEGABYTE} MB.", RESAVE)
