"""Every Vietnamese text of the macros: what they say, and the help of the functions that they register."""

from __future__ import annotations

import tomllib
from importlib import resources
from inspect import signature
from typing import TYPE_CHECKING, Final

from cchc_calc.excel import udf
from cchc_calc.excel.macros.xlwings_settings import INTERPRETER
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

CELL: Final = "cell_"


def cell_functions() -> dict[str, Callable[..., object]]:
    """Return the functions of the cells by their names.

    >>> list(cell_functions())[:2]
    ['CCHC_BIEUMAU', 'CCHC_CONTHIEU']
    """
    return {name: function for name, function in sorted(vars(udf).items()) if name.startswith("CCHC_")}


def macro_texts(library: str) -> dict[str, str]:
    """Return every text of the macros by its key: messages, the version, and the help of the functions.

    ``library`` is the name of the file that xlwings looks for beside Python.
    """
    functions = cell_functions()
    listed = [" ".join((name, *signature(function).parameters)) for name, function in functions.items()]
    return {
        "version": VERSION,
        "functions": ";".join(listed),
        **messages(library),
        **{f"argument_{name}": text for name, text in udf.ARGUMENTS.items()},
        **{name: help_of(function) for name, function in functions.items()},
    }


def messages(library: str) -> dict[str, str]:
    """Return what the macros say, by its key; a key that begins with ``CELL`` is for a cell."""
    text = (resources.files("cchc_calc.excel.macros") / "texts.toml").read_text(encoding="utf-8")
    return {key: said.format(library=library, interpreter=INTERPRETER) for key, said in tomllib.loads(text).items()}


def help_of(function: Callable[..., object]) -> str:
    """Return the help of a function as Excel shows it."""
    return function.__doc__ or ""
