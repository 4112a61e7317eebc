"""Every Vietnamese text of the macros: what they say, and the help of the functions that they register."""

from __future__ import annotations

import tomllib
from importlib import resources
from inspect import signature
from typing import Final

from cchc_calc.excel.cell_functions import cell_functions, help_of
from cchc_calc.excel.macros.xlwings_settings import INTERPRETER
from cchc_calc.excel.udf import ARGUMENTS
from cchc_calc.version import VERSION

CELL: Final = "cell_"


def macro_texts(library: str) -> dict[str, str]:
    """Return every text of the macros by its key: messages, the version, and the help of the functions.

    ``library`` is the name of the file that xlwings looks for beside Python.
    """
    functions = sorted(cell_functions().items())
    listed = [" ".join((name, *signature(function).parameters)) for name, function in functions]
    return {
        "version": VERSION,
        "functions": ";".join(listed),
        **messages(library),
        **{f"argument_{name}": text for name, text in ARGUMENTS.items()},
        **{name: help_of(function) for name, function in functions},
    }


def messages(library: str) -> dict[str, str]:
    """Return what the macros say, by its key; a key that begins with ``CELL`` is for a cell."""
    text = (resources.files("cchc_calc.excel.macros") / "texts.toml").read_text(encoding="utf-8")
    return {key: said.format(library=library, interpreter=INTERPRETER) for key, said in tomllib.loads(text).items()}
