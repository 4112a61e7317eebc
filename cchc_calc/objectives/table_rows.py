"""The rows of the tables of objectives in a document, each whole where a page break parted it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell, Paragraph
from cchc_calc.objectives.grouped_rows import is_group_number, without_groups
from cchc_calc.objectives.table_columns import ATTAINED, NUMBER, TEXT, columns_below, columns_of
from cchc_calc.spelling import clean, comparison_key, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cchc_calc.document import Document, Table

_LEADING_NUMBER: Final = re.compile(r"\s*(\d{1,3})\s*[.)/](?:\s+|(?=\D))")
# With these begins the table under a document, in which it is sent off and signed.
_SENT_AND_SIGNED: Final = ("nơi nhận", "tm", "t m", "kt", "tl", "tuq", "chủ tịch", "người lập")
_HEAD_ROWS: Final = 4
# "2", "1.2", "MT1", "IV", "b"; anything else in the column of numbers is a heading or stands under the table.
_NUMBER_LIKE: Final = re.compile(r"(?=.*\d)[\w.,()-]{1,12}|[IVXLC]{1,5}|[a-zđ]|")
_LINE: Final = re.compile(r"![A-Z]+(\d+)\Z")
_NOTHING: Final = Cell("", "")
# The codes of formulas that failed, that were never computed, that take from another file.
_BROKEN: Final = frozenset({"C11", "C19", "S16"})


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective as it stands in a table: its number, and its cells by the names of ``table_columns``.

    ``continued_at`` are the places where it goes on after a page break; ``under`` is the nearest row above it that has
    a letter for a number.
    """

    number: str
    cells: Mapping[str, Cell]
    continued_at: tuple[str, ...] = ()
    under: ObjectiveRow | None = None

    def text(self, column: str) -> str:
        """Return what stands in a column; an empty text where there is no such column."""
        return self.cells.get(column, _NOTHING).text

    def where(self, column: str = TEXT) -> str:
        """Return the place of a cell; of the row, where that cell is empty."""
        own = self.cells.get(column, _NOTHING)
        return own.where if own.text else next((cell.where for cell in self.cells.values() if cell.text), "")


@dataclass(frozen=True, slots=True)
class ObjectiveTable:
    """The objectives of a document, or of one sheet ``name``.

    ``columns`` are the names of the columns there are. ``lost`` are rows that belong to no objective, for want of a
    number. ``around`` is the text of the sheet outside the table. ``broken`` are the cells whose formula gives no text.
    """

    name: str
    columns: frozenset[str]
    rows: tuple[ObjectiveRow, ...]
    lost: tuple[ObjectiveRow, ...]
    around: tuple[Paragraph, ...]
    broken: tuple[Cell, ...] = ()


@dataclass(slots=True)
class _Gathering:
    """The rows of one table as they are gathered over page breaks; ``whole`` tells that none is parted."""

    name: str
    columns: dict[str, int]
    whole: bool
    rows: list[ObjectiveRow] = field(default_factory=list)
    around: list[Paragraph] = field(default_factory=list)
    broken: list[Cell] = field(default_factory=list)
    has_ended: bool = False
    under: ObjectiveRow | None = None

    def take(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        last_line, is_below_header = 0, False
        for row in rows:
            header = columns_of(row) or (columns_below(row, self.columns) if is_below_header else None)
            is_below_header = header is not None
            if header is not None:
                self.columns, last_line = header, _line_of(row)
                continue
            cells = {name: _cleaned(row[place]) for name, place in self.columns.items() if place < len(row)}
            line = _numbered(cells)
            is_apart = not line.number and _line_of(row) > last_line + 1
            self.has_ended = self.has_ended or (is_apart and not self.whole)
            if self.has_ended or not _is_number(line.number):
                self.around += _paragraphs([[cell for cell in row if not cell.computed]])
                self.under = line if is_group_number(line.number) else self.under
            elif any(cell.text for cell in cells.values()):
                self.rows.append(replace(line, under=self.under))
            if not self.has_ended:
                self.broken += [cell for cell in cells.values() if cell.code in _BROKEN]
            last_line = _line_of(row)

    def table(self) -> ObjectiveTable:
        rows = self.rows
        if not self.whole:
            rows = _joined(rows) if any(row.number for row in rows) else _counted(rows)
        kept = [row for row in rows if row.number]
        kept = kept if self.whole else without_groups(kept)
        # Below the results of our workbook stands who signs them.
        is_signed = self.whole and ATTAINED in self.columns
        lost = () if is_signed else tuple(row for row in rows if not row.number)
        return ObjectiveTable(
            self.name, frozenset(self.columns), tuple(kept), lost, tuple(self.around), tuple(self.broken)
        )


def find_tables(document: Document, *, whole: bool = False) -> tuple[ObjectiveTable, ...]:
    """Find the tables of objectives: one in a text, one for each sheet of a workbook that holds one.

    A header that comes again, and rows that go on under a blank line, belong to the table before. A row without a
    number goes on with the row before, unless the rows are known to be ``whole``; below an empty row of a sheet it is
    text, as is a row with words in place of its number. Where no row has a number, as with the automatic numbers of
    Word, the rows with a text are counted.
    """
    found: list[_Gathering] = []
    around: list[Paragraph] = []
    is_adjacent = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            around.append(block)
            is_adjacent = False
            continue
        header = next((place for place, row in enumerate(block.rows) if columns_of(row) is not None), None)
        last = found[-1] if found and found[-1].name == block.name else None
        if header is not None:
            if last is None:
                last = _Gathering(block.name, columns_of(block.rows[header]) or {}, whole)
                found.append(last)
            last.around += _paragraphs(block.rows[:header])
            last.take(block.rows[header:])
        elif last is not None and is_adjacent and _goes_on(block, last.columns):
            last.take(block.rows)
        elif not block.name:
            around += _paragraphs(block.rows[:_HEAD_ROWS])
            continue
        is_adjacent = True
    if found and not found[0].name:
        found[0].around = [*around, *found[0].around]
    return tuple(gathering.table() for gathering in found)


def _goes_on(table: Table, columns: Mapping[str, int]) -> bool:
    is_wide = all(len(row) > max(columns.values()) for row in table.rows)
    return is_wide and not any(comparison_key(cell.text).startswith(_SENT_AND_SIGNED) for cell in table.rows[0])


def _numbered(cells: dict[str, Cell]) -> ObjectiveRow:
    if NUMBER in cells:
        return ObjectiveRow(cells[NUMBER].text.strip(" .)"), cells)
    text = cells.get(TEXT, _NOTHING)
    leading = _LEADING_NUMBER.match(text.text)
    if leading is None:
        return ObjectiveRow("", cells)
    return ObjectiveRow(leading[1], cells | {TEXT: replace(text, text=text.text[leading.end() :])})


def _is_number(text: str) -> bool:
    """Tell a number, or none, from other words."""
    return _NUMBER_LIKE.fullmatch(text) is not None


def _joined(rows: Sequence[ObjectiveRow]) -> list[ObjectiveRow]:
    joined: list[ObjectiveRow] = []
    for row in rows:
        if row.number or not joined or not joined[-1].number:
            joined.append(row)
        else:
            joined[-1] = _join(joined[-1], row)
    return joined


def _counted(rows: Sequence[ObjectiveRow]) -> list[ObjectiveRow]:
    counted: list[ObjectiveRow] = []
    for row in rows:
        if row.text(TEXT) or not counted:
            counted.append(replace(row, number=str(len(counted) + 1)))
        else:
            counted[-1] = _join(counted[-1], row)
    return counted


def _join(row: ObjectiveRow, rest: ObjectiveRow) -> ObjectiveRow:
    cells = {
        name: replace(
            cell if cell.text else rest.cells.get(name, cell),
            text=" ".join(filter(None, (cell.text, rest.text(name)))),
        )
        for name, cell in row.cells.items()
    }
    return replace(row, cells=cells, continued_at=(*row.continued_at, rest.where("")))


def _cleaned(cell: Cell) -> Cell:
    # The breaks of lines stay: they may part two conditions.
    lines = (clean(line) for line in without_markup(cell.text).split("\n"))
    return replace(cell, text="\n".join(filter(None, lines)))


def _line_of(row: Sequence[Cell]) -> int:
    """Return the line of a row in its sheet; 0 for a row of a text."""
    lines = (found for cell in row if (found := _LINE.search(cell.where)))
    return next((int(found[1]) for found in lines), 0)


def _paragraphs(rows: Sequence[Sequence[Cell]]) -> Iterator[Paragraph]:
    for row in rows:
        cells = [(text, cell.where) for cell in row if (text := clean(without_markup(cell.text)))]
        if cells and _line_of(row):
            # In a sheet "từ ngày" and the day stand in cells of their own.
            yield Paragraph("\t".join(text for text, _ in cells), cells[0][1])
        else:
            yield from (Paragraph(text, where) for text, where in cells)
