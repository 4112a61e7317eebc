"""What stands in a data file of headings and spellings, entry by entry, and what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.schema import CHANNEL_NAMES, EXPORTED, Channel, Kind, column
from cchc_calc.dossiers.statuses import statuses
from cchc_calc.spelling import clean, comparison_key

if TYPE_CHECKING:
    from collections.abc import Mapping

UNUSED: Final = ""
"""The column of a heading that is known to be of no use."""

Value = str | int | bool
"""What a spelling says: a channel, a level or status, or yes and no."""

FLAGS: Final = tuple(one.name for one in EXPORTED if one.kind is Kind.FLAG)
SPELLED: Final = ("channel", "service_level", "status", *FLAGS)
"""The columns whose texts are looked up; all others are read by their form."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text as exports write it, and what it says."""

    text: str
    value: Value

    @property
    def key(self) -> str:
        """Give the text in lower case and with single blanks, as it is compared."""
        return clean(self.text).lower()


class EntryError(ValueError):
    """What is wrong in a data file, in Vietnamese."""


def column_named(text: str) -> str | None:
    """Name the standard column that a person means by its name or its title; ``None`` where it is none.

    >>> column_named("received"), column_named("ngày tiếp  nhận"), column_named("Ngày nộp")
    ('received', 'received', None)
    """
    return standard_headings().get(comparison_key(text))


@cache
def standard_headings() -> dict[str, str]:
    """Give the names and titles of the standard columns, as they are compared, each with the name."""
    return {comparison_key(text): one.name for one in EXPORTED for text in (one.name, one.title)}


def headings_of(table: Mapping[str, Any]) -> dict[str, str]:
    """Read [headings]: the names of columns by the comparison keys of headings. Raises ``EntryError``."""
    found: dict[str, str] = {}
    for heading, entry in table.items():
        key, named = comparison_key(heading), _inside(entry, "column", heading)
        if not key:
            raise EntryError(f"tiêu đề cột “{heading}” không có chữ nào")
        meant = _column(heading, named)
        if found.setdefault(key, meant) != meant:
            raise EntryError(f"tiêu đề cột “{heading}” được khai báo hai lần, khác nhau")
    return found


def _column(heading: str, named: object) -> str:
    if named == UNUSED:
        return UNUSED
    meant = column_named(named) if isinstance(named, str) else None
    if meant is None:
        listed = ", ".join(f"“{one.title}”" for one in EXPORTED)
        raise EntryError(f"“{heading}” = “{named}”: không có cột “{named}”; các cột là {listed}")
    return meant


def spelled_column(text: str) -> str:
    """Name the column of [spellings.TEXT]. Raises ``EntryError`` where none of that name is looked up."""
    name = column_named(text)
    if name not in SPELLED:
        listed = ", ".join(SPELLED)
        raise EntryError(f"mục [spellings.{text}]: không có cột này; các cột là {listed}")
    return name


def spellings_of(name: str, table: object) -> dict[str, Spelling]:
    """Read the spellings of a column, by their own keys and in their order. Raises ``EntryError``."""
    found: dict[str, Spelling] = {}
    for text, entry in table_named(name, table).items():
        one = Spelling(text, _value(name, text, _inside(entry, "value", text)))
        if not one.key:
            raise EntryError(f"mục [{name}] có cách ghi trống")
        if found.setdefault(one.key, one).value != one.value:
            raise EntryError(f"cách ghi “{text}” của cột “{column(name).title}” được khai báo hai lần, khác nhau")
    return found


def _value(name: str, text: str, value: object) -> Value:
    allowed = _allowed(name)
    for one in allowed:
        if type(value) is type(one) and value == one:
            return one
    listed = ", ".join(map(_shown, allowed))
    raise EntryError(f"cách ghi “{text}” của cột “{column(name).title}” phải là một trong: {listed}")


def _allowed(name: str) -> tuple[Value, ...]:
    match name:
        case "channel":
            return tuple(channel.value for channel in Channel)
        case "service_level":
            return (1, 2, 3, 4)
        case "status":
            return tuple(statuses())
    return (True, False)


def _shown(value: Value) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}" ({CHANNEL_NAMES[Channel(value)]})'
    return str(value)


def table_named(name: str, table: object) -> dict[str, Any]:
    """Take what stands under a name as a table. Raises ``EntryError`` where it is none."""
    if not isinstance(table, dict):
        raise EntryError(f"“{name}” phải là một mục: [{name}]")
    return table


def _inside(entry: object, key: str, of: str) -> object:
    """Take what an entry says, in its short form or in the long one with its source."""
    if not isinstance(entry, dict):
        return entry
    if key not in entry:
        raise EntryError(f"“{of}” thiếu {key}")
    return entry[key]
