"""Tables of any kind written anew as a plain csv: UTF-8, one mark, one width, the headings left out.

The number of the row in the file is the last cell of every row. Whatever is written goes through bounded memory.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.files.csv_records import LONGEST_LINE, Record, records
from cchc_calc.dossiers.files.encodings import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from cchc_calc.dossiers.files.csv_layout import CsvLayout
    from cchc_calc.dossiers.files.sources import Source

DELIMITER: Final = ","
_BLOCK: Final = 1024 * 1024
_MOST_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A plain csv without headings; ``broken`` rows were left out, the first of which stood in ``lines``."""

    path: str
    broken: int
    lines: tuple[int, ...]


def transcoded(source: Source, layout: CsvLayout, target: Path) -> None:
    """Write a csv file in UTF-8 and otherwise as it is; what is no letter of its encoding becomes a sign for that."""
    with _lines(source, layout, newline="") as stream, target.open("w", encoding="utf-8", newline="") as written:
        while block := stream.read(_BLOCK):
            # A letter and its marks are not parted.
            written.write(composed(block + stream.readline(LONGEST_LINE), layout.encoding))


def rewritten_csv(source: Source, layout: CsvLayout, target: Path) -> Rewritten:
    """Write the rows of a csv file under its headings; those that are broken or too wide are counted."""
    with _lines(source, layout, newline=None) as stream:
        lines = (composed(line, layout.encoding) for line in _bounded(stream))
        below = (record for record in records(lines, layout.delimiter) if record.line > layout.line)
        return write_rows(below, layout.headings, target)


def write_rows(rows: Iterable[Record], headings: tuple[str, ...], target: Path) -> Rewritten:
    """Write rows as a plain csv, those left out that repeat the headings."""
    width, broken = len(headings), 0
    lines: list[int] = []

    def whole() -> Iterator[tuple[str | int, ...]]:
        nonlocal broken
        for row in rows:
            cells = _of_width(row.cells, width)
            if cells is None:
                broken += 1
                if len(lines) < _MOST_LINES:
                    lines.append(row.line)
            elif not _are_headings(cells, headings):
                yield (*cells, row.line)

    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=DELIMITER, lineterminator="\n").writerows(whole())
    return Rewritten(str(target), broken, tuple(lines))


def _of_width(cells: list[str] | None, width: int) -> list[str] | None:
    """Fill a row up, or leave blank cells at its end out; ``None`` for one that has more cells than headings."""
    if cells is None or len(cells) == width:
        return cells
    if any(map(str.strip, cells[width:])):
        return None
    return cells[:width] + [""] * (width - len(cells))


def _are_headings(cells: list[str], headings: tuple[str, ...]) -> bool:
    return cells[0].strip() == headings[0] and tuple(map(str.strip, cells)) == headings


def _lines(source: Source, layout: CsvLayout, newline: str | None) -> TextIO:
    return Path(source.path).open(encoding=layout.encoding, errors="replace", newline=newline)


def _bounded(stream: TextIO) -> Iterator[str]:
    """Give the lines of a text; of one that is too long the beginning alone, one letter longer than may be."""
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith("\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield line
