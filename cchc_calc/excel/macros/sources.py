"""The sources of the macros: kept in the folder ``macros/``, and carried along by an installed package."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_LIBRARY: Final = re.compile(r"xlwings64-[0-9.]+\.dll")


def macro_sources() -> dict[str, str]:
    """Read the sources: file name and text of each, lines ended by CR LF.

    An installed package carries them along; in a source tree they are those of the folder ``macros``.
    """
    files = [file for file in _folder().iterdir() if file.name.endswith((".bas", ".cls"))]
    # Read as bytes: how a checkout ends its lines is of no matter.
    texts = {file.name: file.read_bytes().decode("ascii") for file in files}
    return {name: "\r\n".join(texts[name].splitlines()) + "\r\n" for name in sorted(texts)}


def generated_sources() -> dict[str, str]:
    """Make the sources that a program writes: xlwings' own modules, and the wrappers of the functions.

    Takes a second, because xlwings' generator runs in a process of its own.
    """
    from cchc_calc.excel.macros.wrappers import shipped_sources, wrapper_source

    return {**shipped_sources(), "xlwings_udfs.bas": wrapper_source()}


def library_name() -> str:
    """Return the name of the file that xlwings' module looks for beside Python; it carries the pinned version.

    >>> library_name()
    'xlwings64-0.37.8.dll'
    """
    found = _LIBRARY.search(macro_sources()["xlwings.bas"])
    if found is None:
        msg = "xlwings.bas does not name the library it looks for"
        raise RuntimeError(msg)
    return found[0]


def _folder() -> Traversable:
    packaged = resources.files("cchc_calc") / "macros"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "macros"
