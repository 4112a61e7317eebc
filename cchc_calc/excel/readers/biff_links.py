"""The other workbooks that formulas of an .xls file take figures from, by the records of [MS-XLS]."""

from __future__ import annotations

import struct
from typing import Final

BOOK: Final = 0x01AE
"""The record of a workbook that formulas refer to, this one or another."""
SHEETS: Final = 0x0017
"""The record that lists the sheets formulas refer to, each with its workbook."""

_THIS_BOOK, _ADD_IN = 0x0401, 0x3A01
# References to a cell, to an area, to either that is lost, and to a name, each in its three classes.
_REFERENCES: Final = frozenset(kind + group for kind in (0x19, 0x1A, 0x1B, 0x1C, 0x1D) for group in (0x20, 0x40, 0x60))
_TOKENS_AT: Final = 22


class OtherBooks:
    """Which of the sheets that formulas refer to lie in another file."""

    def __init__(self) -> None:
        """Begin with none."""
        self._books: list[bool] = []
        self._sheets: set[int] = set()

    def take_book(self, body: bytes) -> None:
        """Note a workbook that formulas refer to."""
        self._books.append(struct.unpack_from("<H", body, 2)[0] not in (_THIS_BOOK, _ADD_IN))

    def take_sheets(self, body: bytes) -> None:
        """Note the sheets that formulas refer to; they are named by their place in this list."""
        (count,) = struct.unpack_from("<H", body)
        for place, (book, _, _) in enumerate(struct.iter_unpack("<3H", body[2 : 2 + 6 * count])):
            if book < len(self._books) and self._books[book]:
                self._sheets.add(place)

    def are_in(self, formula: bytes) -> bool:
        """Tell whether the record of a formula may refer to another file.

        Its tokens are not taken apart: a number that looks like such a reference counts as one, in a workbook
        that has such references at all.
        """
        if not self._sheets:
            return False
        tokens = formula[_TOKENS_AT:]
        return any(
            token in _REFERENCES and int.from_bytes(tokens[place + 1 : place + 3], "little") in self._sheets
            for place, token in enumerate(tokens[:-2])
        )
