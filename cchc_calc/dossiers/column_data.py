"""The data files of headings and spellings: the packaged ones, and the one an office lays over them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.schema import CHANNEL_NAMES, EXPORTED, Channel, Kind, column
from cchc_calc.dossiers.statuses import statuses
from cchc_calc.errors import FormError, SourceRefusedError
from cchc_calc.gate import read_once
from cchc_calc.outcomes import refusal
from cchc_calc.spelling import clean, comparison_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

UNUSED: Final = ""
"""The column of a heading that is known to be of no use."""

Value = str | int | bool
"""What a spelling says: a channel, a level or status, or yes and no."""

_FLAGS: Final = tuple(one.name for one in EXPORTED if one.kind is Kind.FLAG)
SPELLED: Final = ("channel", "service_level", "status", *_FLAGS)
"""The columns whose texts are looked up; all others are read by their form."""

_FREQUENT: Final = (4, 9, 10)
"""The statuses of most dossiers, which are looked for first."""

_ALL_FLAGS: Final = "flag"
_PLACE: Final = re.compile(r"\s*\(at line (?P<line>\d+), column \d+\)")
_REMEDY: Final = (
    "Sửa tệp khai báo cột theo mẫu: một dòng [headings], dưới đó mỗi dòng một tiêu đề cột, ví dụ "
    '"Ngày nhận HS" = "Ngày tiếp nhận".'
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text as exports write it, and what it says."""

    text: str
    value: Value

    @property
    def key(self) -> str:
        """Give the text in lower case and with single blanks, as it is compared."""
        return clean(self.text).lower()


@dataclass(frozen=True, slots=True)
class ColumnData:
    """The columns of headings by their comparison key, and the spellings of columns by their own key, in order."""

    headings: Mapping[str, str]
    spellings: Mapping[str, Mapping[str, Spelling]]


class _FaultError(Exception):
    """What is wrong in a data file, in Vietnamese."""


def column_named(text: str) -> str | None:
    """Name the standard column that a person means by its name or its title; ``None`` where it is none.

    >>> column_named("received"), column_named("ngày tiếp  nhận"), column_named("Ngày nộp")
    ('received', 'received', None)
    """
    return _standard_headings().get(comparison_key(text))


@cache
def packaged_data() -> ColumnData:
    """Load what is known of headings and spellings, once; ``FormError`` where a data file breaks its rules."""
    try:
        headings = _headings(_packaged("columns.toml").get("headings", {}))
        spellings = _packaged("spellings.toml")
        spellings.pop("sources")
        flags = spellings.pop(_ALL_FLAGS)
        tables = {name: {**flags, **table} if name in _FLAGS else table for name, table in spellings.items()}
        known = {name: {**_statuses()} if name == "status" else {} for name in SPELLED}
        for name, table in tables.items():
            known[name] |= _spellings(name, table)
    except (_FaultError, KeyError, tomllib.TOMLDecodeError) as error:
        raise FormError(f"dossiers/columns.toml, dossiers/spellings.toml: {error}") from error
    return ColumnData({**_standard_headings(), **headings}, known)


def own_data(path: Path) -> ColumnData:
    """Read an office's own file of headings and spellings.

    Raises SourceRefusedError: S26, with what is wrong, for a file that breaks its rules, else as the gate does.
    """
    name, data = read_once(path)
    try:
        return _own(tomllib.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise _refused(name, "tệp không phải mã UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = f"dòng {place['line']} " if place else ""
        raise _refused(name, f"{line}viết sai quy cách TOML") from None
    except _FaultError as error:
        raise _refused(name, str(error)) from None


def _own(tables: Mapping[str, Any]) -> ColumnData:
    strange = set(tables) - {"headings", "spellings", "sources"}
    if strange:
        raise _FaultError(f"không hiểu mục [{min(strange)}]; chỉ có [headings] và [spellings.<tên cột>]")
    headings = _headings(_table("headings", tables.get("headings", {})))
    spellings = _table("spellings", tables.get("spellings", {}))
    named = {_spelled_column(text): table for text, table in spellings.items()}
    return ColumnData(headings, {name: _spellings(name, table) for name, table in named.items()})


def _refused(name: str, fault: str) -> SourceRefusedError:
    return refusal(name, "S26", f"{fault}.", _REMEDY)


def _packaged(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("cchc_calc") / "dossiers" / name).read_text(encoding="utf-8"))


@cache
def _standard_headings() -> dict[str, str]:
    return {comparison_key(text): one.name for one in EXPORTED for text in (one.name, one.title)}


def _statuses() -> dict[str, Spelling]:
    ordered = sorted(statuses().items(), key=lambda one: one[0] not in _FREQUENT)
    names = [Spelling(status.name, code) for code, status in ordered]
    codes = [Spelling(str(code), code) for code, _ in ordered]
    most = len(_FREQUENT)
    return {one.key: one for one in (*names[:most], *codes[:most], *codes[most:], *names[most:])}


def _headings(table: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading, entry in table.items():
        key, named = comparison_key(heading), _inside(entry, "column", heading)
        if not key:
            raise _FaultError(f"tiêu đề cột “{heading}” không có chữ nào")
        meant = _column(heading, named)
        if found.setdefault(key, meant) != meant:
            raise _FaultError(f"tiêu đề cột “{heading}” được khai báo hai lần, khác nhau")
    return found


def _column(heading: str, named: object) -> str:
    if named == UNUSED:
        return UNUSED
    meant = column_named(named) if isinstance(named, str) else None
    if meant is None:
        listed = ", ".join(f"“{one.title}”" for one in EXPORTED)
        raise _FaultError(f"“{heading}” = “{named}”: không có cột “{named}”; các cột là {listed}")
    return meant


def _spelled_column(text: str) -> str:
    name = column_named(text)
    if name not in SPELLED:
        listed = ", ".join(SPELLED)
        raise _FaultError(f"mục [spellings.{text}]: không có cột này; các cột là {listed}")
    return name


def _spellings(name: str, table: object) -> dict[str, Spelling]:
    found: dict[str, Spelling] = {}
    for text, entry in _table(name, table).items():
        one = Spelling(text, _value(name, text, _inside(entry, "value", text)))
        if not one.key:
            raise _FaultError(f"mục [{name}] có cách ghi trống")
        if found.setdefault(one.key, one).value != one.value:
            raise _FaultError(f"cách ghi “{text}” của cột “{column(name).title}” được khai báo hai lần, khác nhau")
    return found


def _value(name: str, text: str, value: object) -> Value:
    allowed = _allowed(name)
    for one in allowed:
        if type(value) is type(one) and value == one:
            return one
    listed = ", ".join(map(_shown, allowed))
    raise _FaultError(f"cách ghi “{text}” của cột “{column(name).title}” phải là một trong: {listed}")


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


def _table(name: str, table: object) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise _FaultError(f"“{name}” phải là một mục: [{name}]")
    return table


def _inside(entry: object, key: str, of: str) -> object:
    """Take what an entry says, in its short form or in the long one with its source."""
    if not isinstance(entry, dict):
        return entry
    if key not in entry:
        raise _FaultError(f"“{of}” thiếu {key}")
    return entry[key]
