"""Where in a sheet the cells of a form stand, by the places that cells name: "Biểu mẫu!D57"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.document import Cell, Table
    from cchc_calc.table_layout import Line

_PLACE: Final = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]+)(?P<row>\d+)")


class Role(Enum):
    """What a cell says, of those that may differ between two documents of one make."""

    VALUE = "the figure of a row"
    REPORTED = "what was reported, beside a computed row"
    AROUND = "a text around the form"
    UNREAD = "nothing that is read"


class RowPlaces(NamedTuple):
    """Where a row of the form begins, where its value stands, and what was reported, if there is a place for that.

    ``ends_with_value`` tells that nothing stands to the right of the value, which has no place while it is blank.
    """

    beginning: str
    value: str
    reported: str
    ends_with_value: bool


@dataclass(frozen=True, slots=True)
class FormPlaces:
    """The places of all rows by address, and the addresses by place.

    ``lines`` are the numbers of the form's rows in its sheet, ``read`` the letters of the columns that say something
    about a row.
    """

    sheet: str
    of_row: Mapping[str, RowPlaces]
    values: Mapping[str, str]
    reported: Mapping[str, str]
    lines: frozenset[str]
    read: frozenset[str]

    @classmethod
    def find(
        cls, lines: Mapping[str, Line], columns: Mapping[str, int], table: Table, header: tuple[Cell, ...]
    ) -> Self | None:
        """Find the places of a form's lines; ``None`` where a line is not one row of the sheet.

        ``columns`` tells where in the ``header`` the parts of a line stand, counted from 0.
        """
        letters = _letters(columns, header)
        rows = {found["row"]: row for row in table.rows if (found := _PLACE.fullmatch(row[0].where))}
        numbers = {address: found["row"] for address, line in lines.items() if (found := _PLACE.fullmatch(line.where))}
        is_one_each = len(set(numbers.values())) == len(lines) and rows.keys() >= {*numbers.values()}
        if letters is None or not is_one_each:
            return None
        of_row = {}
        for address, number in numbers.items():
            row = rows[number]
            reported = f"{table.name}!{letters['reported']}{number}" if "reported" in letters else ""
            beyond = (cell for cell in row[columns["value"] + 1 :] if cell.where != reported)
            of_row[address] = RowPlaces(
                next(cell.where for cell in row if cell.where),
                f"{table.name}!{letters['value']}{number}",
                reported,
                ends_with_value=not any(cell.text or cell.fault or cell.computed for cell in beyond),
            )
        return cls(
            table.name,
            of_row,
            {places.value: address for address, places in of_row.items()},
            {places.reported: address for address, places in of_row.items() if places.reported},
            frozenset(numbers.values()),
            frozenset(letters.values()),
        )

    def role(self, place: str) -> Role | None:
        """Say what a cell of the form's lines says; ``None`` for a cell elsewhere, and for one that names a row."""
        if place in self.values:
            return Role.VALUE
        if place in self.reported:
            return Role.REPORTED
        found = _PLACE.fullmatch(place)
        is_beside = found is not None and found["sheet"] == self.sheet and found["row"] in self.lines
        return Role.UNREAD if found is not None and is_beside and found["column"] not in self.read else None


def _letters(columns: Mapping[str, int], header: tuple[Cell, ...]) -> dict[str, str] | None:
    places = {name: _PLACE.fullmatch(header[index].where) for name, index in columns.items() if index < len(header)}
    letters = {name: place["column"] for name, place in places.items() if place is not None}
    return letters if letters.keys() == columns.keys() else None
