"""The records of the dir stream, [MS-OVBA] 2.3.4.2: each a number of two bytes, a size of four, and its data."""

from __future__ import annotations

import struct

from cchc_calc.excel.vba.code_pages import encode, encode_unicode
from cchc_calc.excel.vba.errors import VbaProjectError

_HEAD = struct.Struct("<HL")


class Records:
    """The records of a stream, taken one after the other.

    Every method raises VbaProjectError when the next record is another one, or cut.
    """

    def __init__(self, data: bytes) -> None:
        """Begin at the first record."""
        self.data = data
        self.place = 0

    def next_number(self) -> int:
        """Look at the number of the next record; 0, which no record has, at the end."""
        return int.from_bytes(self.data[self.place : self.place + 2], "little")

    def take(self, number: int) -> bytes:
        """Take the data of the next record, which must have this number."""
        start = self.place + _HEAD.size
        if len(self.data) < start or self.next_number() != number:
            raise self._broken(number)
        size = int.from_bytes(self.data[self.place + 2 : start], "little")
        return self._take_bytes(number, start, size)

    def take_number(self, number: int, size: int = 4) -> int:
        """Take a record whose data is one number of so many bytes."""
        data = self.take(number)
        if len(data) != size:
            raise self._broken(number)
        return int.from_bytes(data, "little")

    def take_version(self, number: int) -> tuple[int, int]:
        """Take the one record whose size counts the first of its two numbers alone."""
        major = self.take_number(number)
        return major, int.from_bytes(self._take_bytes(number, self.place, 2), "little")

    def take_if_there(self, number: int) -> bytes | None:
        """Take the next record if it has this number."""
        return self.take(number) if self.next_number() == number else None

    def skip_texts(self, number: int, texts: int, tail: int) -> None:
        """Pass a record of some texts, each behind its size; its own size must not be believed."""
        start = self.place
        if self.next_number() != number:
            raise self._broken(number)
        self._take_bytes(number, start, _HEAD.size)
        for _ in range(texts):
            size = int.from_bytes(self._take_bytes(number, self.place, 4), "little")
            self._take_bytes(number, self.place, size)
        self._take_bytes(number, self.place, tail)

    def _take_bytes(self, number: int, start: int, size: int) -> bytes:
        if start + size > len(self.data):
            raise self._broken(number)
        self.place = start + size
        return self.data[start : self.place]

    def _broken(self, number: int) -> VbaProjectError:
        return VbaProjectError(f"danh mục của dự án VBA bị hỏng ở byte {self.place}, bản ghi 0x{number:02X}.")


def record(number: int, data: bytes = b"") -> bytes:
    """Write a record.

    >>> record(0x13, whole(0xFFFF, 2)).hex()
    '130002000000ffff'
    """
    return _HEAD.pack(number, len(data)) + data


def whole(number: int, size: int = 4) -> bytes:
    """Write a whole number, the lowest byte first."""
    return number.to_bytes(size, "little")


def text(number: int, unicode_number: int, content: str, code_page: int, place: str) -> bytes:
    """Write a text twice: in the code page, and in UTF-16 as a record of its own.

    Raises VbaProjectError for a character that the code page does not have; ``place`` is named in the message.
    """
    return record(number, encode(content, code_page, place)) + record(unicode_number, encode_unicode(content))
