"""The rows of a csv file, one by one and in bounded memory; a broken row costs itself and no other."""

from __future__ import annotations

import csv
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE: Final = 200_000
"""Characters; no row of a table of dossiers comes near it."""

_MOST_LINES: Final = 100
"""Lines of one row, whose cells hold line breaks; a quotation mark that is not closed by then is a fault."""

QUOTE: Final = '"'
_AT_ONCE: Final = 1000


class Record(NamedTuple):
    """A row with the number of its first line, from 1; ``cells`` is ``None`` for one that is broken."""

    line: int
    cells: list[str] | None


def records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    r"""Read the rows of lines that end in "\n"; blank lines are left out.

    Of a row whose quotation is broken the first line alone is given up, and the next line begins a row. So is a line
    that is too long, or holds a NUL.

    >>> [record.cells for record in records(['a;"b;c"\n', '"x;y\n', '1;2\n'], ";")]
    [['a', 'b;c'], None, ['1', '2']]
    """
    waiting = _Lines(lines)
    while some := waiting.some():
        rows = _rows_of_one_line(some, delimiter)
        if rows is None:
            waiting.back(some)
            yield from _one_by_one(waiting, waiting.number + len(some), delimiter)
        else:
            first = waiting.number - len(some) + 1
            yield from (Record(number, cells) for number, cells in enumerate(rows, start=first) if cells)


def _rows_of_one_line(lines: list[str], delimiter: str) -> list[list[str]] | None:
    """Read some lines at once, of which each is a row; ``None`` where one of them is not, or is broken."""
    if any(len(line) > LONGEST_LINE or "\0" in line for line in lines):
        return None
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) else None


def _one_by_one(waiting: _Lines, last: int, delimiter: str) -> Iterator[Record]:
    while waiting.number < last and (line := waiting.next()) is not None:
        number = waiting.number
        if len(line) > LONGEST_LINE or "\0" in line:
            yield Record(number, None)
        elif QUOTE in line:
            yield Record(number, _quoted(line, waiting, delimiter))
        elif line != "\n":
            yield Record(number, line.rstrip("\n").split(delimiter))


class _Lines:
    """Lines that can be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.number = 0

    def next(self) -> str | None:
        line = self._again.popleft() if self._again else next(self._lines, None)
        self.number += line is not None
        return line

    def some(self) -> list[str]:
        """Give some lines at once, none at the end."""
        taken = list(islice(chain(self._again, self._lines), _AT_ONCE))
        for _ in range(min(len(self._again), len(taken))):
            self._again.popleft()
        self.number += len(taken)
        return taken

    def back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)


def _quoted(first: str, waiting: _Lines, delimiter: str) -> list[str] | None:
    more: list[str] = []
    size, marks = len(first), first.count(QUOTE)
    while True:
        # A row is whole only where its marks are even, or where one stands inside a cell that does not begin with it.
        cells = _parsed((first, *more), delimiter) if marks % 2 == 0 or not more else None
        if cells is not None:
            return cells
        line = waiting.next() if marks % 2 and len(more) < _MOST_LINES and size < LONGEST_LINE else None
        if line is None:
            waiting.back(more)
            return None
        more.append(line)
        size += len(line)
        marks += line.count(QUOTE)


def _parsed(lines: tuple[str, ...], delimiter: str) -> list[str] | None:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
