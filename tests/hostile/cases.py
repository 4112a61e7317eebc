"""The list of hostile files and sheets, and the file of every case."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hostile.archives import ARCHIVES
from hostile.files import FILES
from hostile.found import FOUND
from hostile.other_kinds import OTHER_KINDS
from hostile.structure import STRUCTURES
from hostile.tabs import TABS

BUILDERS = ARCHIVES | FILES | TABS | STRUCTURES | OTHER_KINDS | FOUND
_LIST = Path(__file__).parents[1] / "cases" / "hostile.toml"
CASES: dict[str, dict[str, Any]] = {
    case["name"]: case for case in tomllib.loads(_LIST.read_text(encoding="utf-8"))["case"]
}


def named(*items: int) -> list[str]:
    """Name the cases of these items of the list."""
    return [name for name, case in CASES.items() if case["item"] in items]


def file_name(name: str) -> str:
    """Give the name under which the file of a case is read."""
    return CASES[name].get("file", name if name.endswith((".xls", ".ods")) else f"{name}.xlsx")


def write(name: str, folder: Path) -> Path:
    """Write the file of a case."""
    path = folder / file_name(name)
    path.write_bytes(BUILDERS[name]())
    return path
