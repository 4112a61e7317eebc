r"""The VBA module that holds every Vietnamese text of the macros, each letter that VBA cannot hold as ``\u1ED5``."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from inspect import signature
from typing import TYPE_CHECKING, Final

from cchc_calc.excel import udf
from cchc_calc.excel.xlwings_settings import INTERPRETER
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS_NAME: Final = "CCHC_VanBan"
CELL: Final = "cell_"

_PART_OF_LINE: Final = 90
_HEAD: Final = rf"""
Attribute VB_Name = "{TEXTS_NAME}"
Option Explicit
Option Private Module
'Made by "cchc build": changes will be lost. \u1ED5 stands for a letter that VBA cannot hold.

Public Function CCHC_Text(ByVal key As String) As String
    Dim coded As String
    Select Case key
""".lstrip()
_TAIL: Final = r"""
    End Select
    CCHC_Text = Decoded(coded)
End Function

Private Function Decoded(ByVal coded As String) As String
    Dim place As Long, parts() As String
    parts = Split(coded, "\u")
    If UBound(parts) < 0 Then Exit Function
    Decoded = parts(0)
    For place = 1 To UBound(parts)
        Decoded = Decoded & ChrW(CLng("&H" & Left$(parts(place), 4))) & Mid$(parts(place), 5)
    Next place
End Function
""".lstrip("\n")


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
    text = (resources.files("cchc_calc.excel") / "macro_texts.toml").read_text(encoding="utf-8")
    return {key: said.format(library=library, interpreter=INTERPRETER) for key, said in tomllib.loads(text).items()}


def help_of(function: Callable[..., object]) -> str:
    """Return the help of a function as Excel shows it."""
    return function.__doc__ or ""


def texts_source(library: str) -> str:
    """Write the module, lines ended by CR LF."""
    cases = "\n".join(_case(key, text) for key, text in macro_texts(library).items())
    return f"{_HEAD}{cases}\n{_TAIL}".replace("\n", "\r\n")


def _case(key: str, text: str) -> str:
    coded = _coded(text)
    lines = [f'        Case "{key}"']
    for start in range(0, len(coded), _PART_OF_LINE):
        part = coded[start : start + _PART_OF_LINE].replace('"', '""')
        lines.append(f'            coded = {"coded & " if start else ""}"{part}"')
    return "\n".join(lines)


def _coded(text: str) -> str:
    r"""Write every letter outside printable ASCII, and the backslash, by its number.

    >>> _coded("Tự\\u")
    'T\\u1EF1\\u005Cu'
    """
    return re.sub(r"[^ -\[\]-~]", lambda letter: f"\\u{ord(letter[0]):04X}", text)
