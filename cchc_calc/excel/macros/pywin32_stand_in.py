"""xlwings as it runs on Windows, loaded on any machine: a stand-in for pywin32 and for the Windows side of ctypes.

The generator of VBA wrappers and the conversion between cells and Python are part of xlwings' Windows half,
which asks for pywin32 at import and touches Excel only when it is called. Load it in a process of its own:
the stand-in stays in that process.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
from contextlib import suppress
from datetime import datetime
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

RANGE_INTERFACE: Final = "{00020846-0000-0000-C000-000000000046}"
"""The interface by which xlwings tells a range of cells from a value."""

_LOADED_BEFORE: Final = ("asyncio", "subprocess", "numpy", "pandas")
"""What xlwings imports and must not believe that it runs on Windows; the last two where they are installed."""


class ComError(Exception):
    """Stands for the errors of COM: a number, and a text in the language of Windows."""

    hresult = 0


class ComTime(datetime):
    """Stands for a moment as COM hands it over."""


class _Dispatch:
    """Stands for the types of COM objects; there are none here."""


def load_windows_xlwings() -> ModuleType:
    """Import xlwings' Windows half over the stand-in and return the package.

    Raises RuntimeError where xlwings is loaded already: then its other half is.
    """
    if "xlwings" in sys.modules:
        msg = "xlwings is loaded already: load its Windows half in a process of its own"
        raise RuntimeError(msg)
    for name in _LOADED_BEFORE:
        with suppress(ImportError):
            importlib.import_module(name)
    sys.modules.update(_pywin32())
    # What xlwings takes from ctypes it keeps; nothing else in the process has any use for it.
    vars(ctypes).update(
        oledll=SimpleNamespace(ole32=SimpleNamespace(CLSIDFromString=_nothing)),
        windll=SimpleNamespace(),
        PyDLL=_Library,
    )
    platform, sys.platform = sys.platform, "win32"
    try:
        return importlib.import_module("xlwings")
    finally:
        sys.platform = platform


class _Library:
    """Stands for a library of pywin32, from which xlwings takes one function at import."""

    def __init__(self, _name: str) -> None:
        self.PyCom_PyObjectFromIUnknown = SimpleNamespace(restype=None)


def _pywin32() -> dict[str, ModuleType]:
    names: dict[str, dict[str, object]] = {
        "pythoncom": {
            "__file__": "",
            "CoInitialize": _nothing,
            "IID_IDispatch": "IDispatch",
            "TypeIIDs": {"IDispatch": _Dispatch},
            "com_error": ComError,
            "ole_error": ComError,
        },
        "pywintypes": {"IID": str, "TimeType": ComTime, "com_error": ComError, "error": ComError},
        "win32api": {},
        "win32com": {},
        "win32com.client": {
            "CDispatch": _Dispatch,
            "CoClassBaseClass": _Dispatch,
            "Dispatch": _as_it_is,
            "DispatchBaseClass": _Dispatch,
            "DispatchEx": _as_it_is,
            "gencache": SimpleNamespace(EnsureModule=_nothing),
        },
        "win32com.server": {},
        "win32com.server.dispatcher": {},
        "win32com.server.policy": {},
        "win32com.server.util": {"unwrap": _as_it_is, "wrap": _as_it_is},
        "win32con": {},
        "win32event": {},
        "win32gui": {},
        "win32process": {"GetWindowThreadProcessId": _one_thread},
        "win32timezone": {"TimeZoneInfo": SimpleNamespace(utc=_nothing)},
    }
    modules = {name: _module(name, content) for name, content in names.items()}
    for name, module in modules.items():
        package, _, leaf = name.rpartition(".")
        if package:
            setattr(modules[package], leaf, module)
    return modules


def _module(name: str, content: Mapping[str, object]) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(content)
    return module


def _nothing(*_arguments: object, **_options: object) -> None:
    """Stand for a call whose effect only Windows would see."""


def _as_it_is(value: object, *_arguments: object, **_options: object) -> object:
    """Stand for a call that wraps an object for COM, or unwraps it."""
    return value


def _one_thread(window: int) -> tuple[int, int]:
    """Stand for the look-up of a window's thread and process."""
    return (0, window)
