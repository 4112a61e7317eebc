"""The headings of a table of points: which column holds the unit, which criterion, its evidence, or the total."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.scoring.heading_words import is_unit, role_of
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.document import Cell, Table
    from cchc_calc.scoring.scales import Scale

_SEARCHED: Final = 60
"""So many rows may stand above the header."""
_DEEPEST: Final = 4
"""A header has no more rows than this."""
_WIDEST: Final = 400
"""So many columns of a table are looked at."""
_BARE_NUMBER: Final = re.compile(r"\(?(\d{1,2}(?:\.\d{1,2})?)\)?")
_COUNTING: Final = re.compile(r"\(?(?:(\d{1,2})|[A-Za-zĐđ])\)?(?: ?=.*)?")


@dataclass(frozen=True, slots=True)
class ScoreColumns:
    """Where a table of points has what; ``header_row`` is the first row of the header, ``first_row`` that below it.

    ``criteria`` and ``evidence`` give the column by the number of the criterion; ``evidence[""]`` is one column for
    all. ``rivals`` are headings of which nobody can say which one counts.
    """

    unit: int
    number: int | None
    dossier: int | None
    total: int | None
    criteria: dict[str, int]
    evidence: dict[str, int]
    header_row: int
    first_row: int
    header: tuple[tuple[str, ...], ...]
    rivals: tuple[str, ...]

    @property
    def scored(self) -> tuple[int, ...]:
        """List the columns that hold points."""
        return (*self.criteria.values(), *(() if self.total is None else (self.total,)))

    @property
    def holds_points(self) -> bool:
        """Tell whether there is a column of points, even one of which nobody can say whether it counts."""
        return bool(self.scored or self.rivals)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of points with its columns; ``rows`` are all below its header, ``above`` those over it."""

    name: str
    columns: ScoreColumns
    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[tuple[Cell, ...], ...]

    @property
    def place(self) -> str:
        """Name the table for a message."""
        if self.name:
            return f"trang “{self.name}”"
        return next((f"bảng ở {cell.where}" for row in self.rows for cell in row if cell.where), "bảng")


@dataclass(slots=True)
class _Roles:
    """The columns found so far, by what they hold."""

    unit: int | None = None
    number: int | None = None
    dossier: int | None = None
    totals: list[int] = field(default_factory=list)
    other_totals: list[int] = field(default_factory=list)
    criteria: dict[str, list[int]] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)


def find_columns(table: Table, scale: Scale) -> ScoreColumns | None:
    """Find the header of a table of points, of one row or several, or ``None`` where the table has none.

    >>> from cchc_calc.document import Cell, Table
    >>> from cchc_calc.scoring.scales import load_scale
    >>> header = tuple(Cell(text, "") for text in ("STT", "UBND xã, phường", "TC1", "TC 2", "Tổng số điểm"))
    >>> found = find_columns(Table((header,)), load_scale())
    >>> found.unit, found.criteria, found.total
    (1, {'1': 2, '2': 3}, 4)
    """
    for start, row in enumerate(table.rows[:_SEARCHED]):
        unit = next((column for column, cell in enumerate(row) if is_unit(cell.text)), None)
        if unit is None:
            continue
        end = start + 1
        while end < min(len(table.rows), start + _DEEPEST) and _continues(table.rows, start, end, unit, scale):
            end += 1
        columns = _columns(table.rows, start, end, scale)
        if columns is not None:
            return columns
    return None


def _continues(rows: Sequence[tuple[Cell, ...]], start: int, row: int, unit: int, scale: Scale) -> bool:
    """Tell a further row of the header from a row of points: nothing under the unit, and headings in it."""
    cells = rows[row][:_WIDEST]
    filled = [column for column, cell in enumerate(cells) if cell.text]
    if not filled or any(column <= unit for column in filled):
        return False
    texts = [_text(cells, column) for column in filled]
    if not any(_BARE_NUMBER.fullmatch(text) for text in texts):
        return any(role_of(text, scale) for text in texts)
    groups = [_group(rows, start, row, column) for column in filled if _BARE_NUMBER.fullmatch(_text(cells, column))]
    return all(group and not _is_numbered(group, scale) for group in groups) and any(
        role_of(f"{group} 1", scale) for group in groups
    )


def _columns(rows: Sequence[tuple[Cell, ...]], start: int, end: int, scale: Scale) -> ScoreColumns | None:
    roles = _Roles()
    width = min(_WIDEST, max(len(row) for row in rows[start:end]))
    for column in range(width):
        _assign(roles, column, next(filter(None, _candidates(rows, start, end, column, scale)), None))
    if roles.unit is None or not (roles.criteria or roles.totals or roles.other_totals or roles.evidence):
        return None
    totals = roles.totals or roles.other_totals
    repeated = [column for columns in roles.criteria.values() if len(columns) > 1 for column in columns]
    rivals = repeated or (totals if len(totals) > 1 and not roles.criteria else [])
    first_row = end + (end < len(rows) and _is_counting(rows[end]))
    return ScoreColumns(
        roles.unit,
        roles.number,
        roles.dossier,
        totals[0] if len(totals) == 1 else None,
        {number: columns[0] for number, columns in roles.criteria.items()},
        roles.evidence,
        start,
        first_row,
        tuple(tuple(clean(cell.text) for cell in row) for row in rows[start:end]),
        tuple(_heading(rows, start, end, column) for column in rivals),
    )


def _candidates(
    rows: Sequence[tuple[Cell, ...]], start: int, end: int, column: int, scale: Scale
) -> Iterator[tuple[str, str] | None]:
    """Give what the heading of a column may be, the lowest row first."""
    texts = [(row, _text(rows[row], column)) for row in reversed(range(start, end))]
    for row, text in texts:
        if found := _BARE_NUMBER.fullmatch(text):
            # The heading of a group may stand above the row with "Đơn vị".
            yield role_of(f"{_group(rows, max(0, start - 1), row, column)} {found[1]}", scale)
        else:
            yield role_of(text, scale)
    yield role_of(" ".join(text for _, text in reversed(texts)), scale)


def _assign(roles: _Roles, column: int, role: tuple[str, str] | None) -> None:
    match role:
        case ("unit", _) if roles.unit is None:
            roles.unit = column
        case ("number", _) if roles.number is None:
            roles.number = column
        case ("dossier", _) if roles.dossier is None:
            roles.dossier = column
        case ("criterion", number):
            roles.criteria.setdefault(number, []).append(column)
        case ("evidence", number):
            roles.evidence.setdefault(number, column)
        case ("total", _):
            roles.totals.append(column)
        case ("other total", _):
            roles.other_totals.append(column)


def _group(rows: Sequence[tuple[Cell, ...]], top: int, row: int, column: int) -> str:
    """Return the heading over a group of columns: the nearest text to the left, in the nearest row above."""
    for upper in reversed(range(top, row)):
        for left in range(min(column, len(rows[upper]) - 1), -1, -1):
            if text := _text(rows[upper], left):
                return text
    return ""


def _is_numbered(group: str, scale: Scale) -> bool:
    role = role_of(group, scale)
    return role is not None and bool(role[1])


def _is_counting(row: Sequence[Cell]) -> bool:
    """Tell a row that counts the columns, (1) (2) (3), from a row of points."""
    texts = [clean(cell.text) for cell in row if cell.text]
    found = [_COUNTING.fullmatch(text) for text in texts]
    numbers = [int(match[1]) for match in found if match and match[1]]
    return all(found) and len(numbers) > 1 and all(right == left + 1 for left, right in pairwise(numbers))


def _heading(rows: Sequence[tuple[Cell, ...]], start: int, end: int, column: int) -> str:
    return clean(" ".join(_text(row, column) for row in rows[start:end]))


def _text(row: Sequence[Cell], column: int) -> str:
    return clean(row[column].text) if column < len(row) else ""
