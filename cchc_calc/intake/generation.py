"""The generation of results: results of another generation of this software are not taken for its own."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_DECIDING: Final = (".py", ".toml", ".csv")


@cache
def generation() -> str:
    """Name the generation: the version and the hash of all code and data that decide what a file holds.

    >>> generation().partition(" ")[0] == VERSION
    True
    """
    digest = hashlib.sha256()
    for name, file in sorted(_files(resources.files("cchc_calc"), ""), key=lambda named: named[0]):
        digest.update(f"{name}\n".encode())
        digest.update(file.read_bytes())
    return f"{VERSION} {digest.hexdigest()}"


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{above}/{entry.name}"
        if entry.name.endswith(_DECIDING):
            yield name, entry
        elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
            yield from _files(entry, name)
