"""The reader of .txt: lines with tabs are rows of a table, other lines are paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell, Document, Paragraph, Table
from cchc_calc.outcomes import RESAVE, refusal
from cchc_calc.spelling import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.gate import Admitted

CELLS_LIMIT: Final = 200_000

_LIST_TAG = re.compile(r"</?(?:ul|ol|li)\b[^<>]*>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])")
_LONGEST_CELL: Final = 50
"""The most lines over which one cell goes; a paragraph mark that is never closed ends at its own line."""


def read_plain_text(admitted: Admitted) -> Document:
    """Read a text whose tables are runs of lines with tabs.

    A blank line, as a page break leaves it, ends a table; the rows behind it make a table of their own.
    A cell that opens ``<p>`` goes on over the next lines up to its ``</p>``. Inline tags and the stars of
    Markdown are dropped, and white space at the ends of a cell.

    Raises SourceRefusedError F02 for more than 200 000 cells.
    """
    blocks: list[Paragraph | Table] = []
    rows: list[tuple[Cell, ...]] = []
    room = CELLS_LIMIT
    for number, line in _logical_lines(admitted.text):
        if "\t" in line:
            cells = line.split("\t")
            room -= len(cells)
            if room < 0:
                raise refusal(admitted.name, "F02", f"các bảng có hơn {CELLS_LIMIT} ô.", RESAVE)
            place = f"dòng {number}, ô"
            rows.append(tuple(Cell(_seen(text), f"{place} {index}") for index, text in enumerate(cells, start=1)))
            continue
        if rows:
            blocks.append(Table(tuple(rows)))
            rows = []
        text = _seen(line)
        if text:
            blocks.append(Paragraph(text, f"dòng {number}"))
    if rows:
        blocks.append(Table(tuple(rows)))
    return Document(admitted.name, tuple(blocks), admitted.kind)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines with their numbers, the lines of one cell joined with blanks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number = 0
    while number < len(lines):
        count = _lines_of_row(lines, number)
        yield number + 1, " ".join(lines[number : number + count])
        number += count


def _lines_of_row(lines: list[str], first: int) -> int:
    if "\t" not in lines[first] or _open_marks(lines[first]) <= 0:
        return 1
    balance = 0
    for count, line in enumerate(lines[first : first + _LONGEST_CELL], start=1):
        balance += _open_marks(line)
        if balance <= 0:
            return count
    return 1


def _open_marks(line: str) -> int:
    return line.count("<p>") - line.count("</p>")


def _seen(text: str) -> str:
    if "<" in text:
        text = without_markup(_LIST_TAG.sub("", text.replace("</p>", " ")))
    if "*" in text:
        text = _EMPHASIS.sub(lambda found: found[1] or "", text)
    return text.strip()
