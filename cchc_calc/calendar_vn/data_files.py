"""The data files of the calendar: the packaged ones, and the one an office lays over them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.errors import CalendarError
from cchc_calc.toml_texts import TomlTextError, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN_FILE: Final = "CCHC_CALENDAR"
"""The environment variable that names an office's own file: years, sources and hours in the form of the packaged."""

MARKS: Final = frozenset({"V", "V-code", "M", "I"})
"""Marks of certainty: verified, seen in public source code, from memory, inferred."""


def packaged(name: str) -> Mapping[str, Any]:
    """Read a data file of the package.

    >>> packaged("desk.toml")["receipt"]["last_receipt"]
    datetime.time(17, 0)
    """
    text = (resources.files("cchc_calc") / "calendars" / name).read_text(encoding="utf-8")
    return parsed(text, f"calendars/{name}")


@cache
def own_data() -> Mapping[str, Any]:
    """Read the office's own file, once; nothing where the environment names none.

    Raises ``CalendarError``, in Vietnamese and with the line, for a file that cannot be read.
    """
    path = _own_path()
    if path is None:
        return {}
    try:
        # Editors of Windows put a mark before UTF-8.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarError(f"{path.name}: phải lưu với bảng mã UTF-8") from error
    except OSError as error:
        raise CalendarError(f"không mở được lịch riêng {path} (biến môi trường {OWN_FILE})") from error
    return parsed(text, path.name)


def parsed(text: str, name: str) -> Mapping[str, Any]:
    r"""Parse TOML; ``CalendarError`` with the line where it is none.

    >>> parsed("[[year]]\nyear = 2027,", "lich.toml")
    Traceback (most recent call last):
    cchc_calc.errors.CalendarError: lich.toml, dòng 2: viết sai quy cách TOML (Expected newline or end of document...)
    """
    try:
        return parse_toml(text)
    except TomlTextError as error:
        place = ", ".join(filter(None, (name, error.where)))
        raise CalendarError(f"{place}: viết sai quy cách TOML ({error})") from error


def place_of_faults(name: str) -> str:
    """Name the file that a fault is in: what is packaged has none, so it is the office's own where there is one.

    >>> place_of_faults("desk.toml")
    'calendars/desk.toml'
    """
    own = _own_path()
    return own.name if own else f"calendars/{name}"


@contextmanager
def faults_of(name: str) -> Iterator[None]:
    """Say of every fault found within which file it is in."""
    try:
        yield
    except CalendarError as error:
        raise CalendarError(f"{name}: {error}") from error


def _own_path() -> Path | None:
    path = os.environ.get(OWN_FILE, "").strip()
    return Path(path) if path else None
