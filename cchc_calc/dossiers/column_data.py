"""The data files of headings and spellings: the packaged ones, and the one an office lays over them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.column_entries import (
    FLAGS,
    SPELLED,
    EntryError,
    Spelling,
    headings_of,
    spelled_column,
    spellings_of,
    standard_headings,
    table_named,
)
from cchc_calc.dossiers.statuses import statuses
from cchc_calc.errors import FormError, SourceRefusedError
from cchc_calc.gate import read_once
from cchc_calc.outcomes import refusal
from cchc_calc.toml_texts import TomlTextError, parse_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FREQUENT: Final = (4, 9, 10)
"""The statuses of most dossiers, which are looked for first."""

_ALL_FLAGS: Final = "flag"
_REMEDY: Final = (
    "Sửa tệp khai báo cột theo mẫu: một dòng [headings], dưới đó mỗi dòng một tiêu đề cột, ví dụ "
    '"Ngày nhận HS" = "Ngày tiếp nhận".'
)


@dataclass(frozen=True, slots=True)
class ColumnData:
    """The columns of headings by their comparison key, and the spellings of columns by their own key, in order."""

    headings: Mapping[str, str]
    spellings: Mapping[str, Mapping[str, Spelling]]


@cache
def packaged_data() -> ColumnData:
    """Load what is known of headings and spellings, once; ``FormError`` where a data file breaks its rules."""
    try:
        headings = headings_of(_packaged("columns.toml").get("headings", {}))
        spellings = _packaged("spellings.toml")
        spellings.pop("sources")
        flags = spellings.pop(_ALL_FLAGS)
        tables = {name: {**flags, **table} if name in FLAGS else table for name, table in spellings.items()}
        known = {name: {**_statuses()} if name == "status" else {} for name in SPELLED}
        for name, table in tables.items():
            known[name] |= spellings_of(name, table)
    except (EntryError, KeyError, TomlTextError) as error:
        raise FormError(f"dossiers/columns.toml, dossiers/spellings.toml: {error}") from error
    return ColumnData({**standard_headings(), **headings}, known)


def own_data(path: Path) -> ColumnData:
    """Read an office's own file of headings and spellings.

    Raises SourceRefusedError: S26, with what is wrong, for a file that breaks its rules, else as the gate does.
    """
    name, data = read_once(path)
    try:
        return _own(parse_toml(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise _refused(name, "tệp không phải mã UTF-8") from None
    except TomlTextError as error:
        raise _refused(name, f"{error.where} viết sai quy cách TOML".strip()) from None
    except EntryError as error:
        raise _refused(name, str(error)) from None


def _own(tables: Mapping[str, Any]) -> ColumnData:
    strange = set(tables) - {"headings", "spellings", "sources"}
    if strange:
        raise EntryError(f"không hiểu mục [{min(strange)}]; chỉ có [headings] và [spellings.<tên cột>]")
    headings = headings_of(table_named("headings", tables.get("headings", {})))
    spellings = table_named("spellings", tables.get("spellings", {}))
    named = {spelled_column(text): table for text, table in spellings.items()}
    return ColumnData(headings, {name: spellings_of(name, table) for name, table in named.items()})


def _refused(name: str, fault: str) -> SourceRefusedError:
    return refusal(name, "S26", f"{fault}.", _REMEDY)


def _packaged(name: str) -> dict[str, Any]:
    return parse_toml((resources.files("cchc_calc") / "dossiers" / name).read_text(encoding="utf-8"))


def _statuses() -> dict[str, Spelling]:
    ordered = sorted(statuses().items(), key=lambda one: one[0] not in _FREQUENT)
    names = [Spelling(status.name, code) for code, status in ordered]
    codes = [Spelling(str(code), code) for code, _ in ordered]
    most = len(_FREQUENT)
    return {one.key: one for one in (*names[:most], *codes[:most], *codes[most:], *names[most:])}
