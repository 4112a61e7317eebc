"""The VBA modules that a program writes: xlwings' own, and the wrappers that xlwings' generator makes of our functions.

Run as a program (``python -m cchc_calc.excel.macros.wrappers``) the module prints the wrappers.
"""

from __future__ import annotations

import importlib
import io
import os
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from cchc_calc.excel.host import FUNCTIONS_MODULE
from cchc_calc.excel.vba import read_project
from cchc_calc.excel.vba.sources import module_text

_WRAPPERS_NAME: Final = "xlwings_udfs"
"""The name by which xlwings' own import would replace the module."""

FAILURE_FUNCTION: Final = "CCHC_LoiHam"
"""The VBA function that says in a cell, in Vietnamese, why a function could not be called."""

_SHIPPED_IN: Final = "quickstart_standalone.xlsm"
_SHIPPED: Final = ("xlwings", "Dictionary")
_HEAD: Final = f"""\
Attribute VB_Name = "{_WRAPPERS_NAME}"
'Made by xlwings' generator, run by "cchc build": changes will be lost.
#Const App = "Microsoft Excel" 'Adjust when using outside of Excel
"""
_ARRAY_OF_ARGUMENTS: Final = re.compile(r"ReDim Preserve argsArray\(0 to UBound\((\w+)\)")
_SECONDS: Final = 120


def wrapper_source() -> str:
    """Let xlwings generate the wrappers of all functions, in a process of its own.

    Returns the text of the module, lines ended by CR LF. Raises RuntimeError with what the process printed
    where it fails.
    """
    # A licence key would load parts of xlwings that have no place in the generator.
    hidden = {"XLWINGS_LICENSE_KEY", "XLWINGS_ON_SERVER"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    process = subprocess.run(  # noqa: S603 - our own module, by the interpreter that runs us
        [sys.executable, "-m", __name__], env=environment, capture_output=True, check=False, timeout=_SECONDS
    )
    if process.returncode:
        raise RuntimeError(process.stderr.decode(errors="replace"))
    return process.stdout.decode("ascii")


def shipped_sources() -> dict[str, str]:
    """Read the modules of xlwings' own project out of the installed package: file name and text of each."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        msg = "xlwings is not installed"
        raise RuntimeError(msg)
    with zipfile.ZipFile(Path(spec.origin).with_name(_SHIPPED_IN)) as package:
        project = read_project(package.read("xl/vbaProject.bin"))
    modules = {module.name: module for module in project.modules}
    suffixes = {"standard": ".bas", "class": ".cls"}
    return {f"{name}{suffixes[modules[name].kind]}": module_text(modules[name]) for name in _SHIPPED}


def _generate() -> str:
    from cchc_calc.excel.macros.pywin32_stand_in import load_windows_xlwings

    load_windows_xlwings()
    generator = importlib.import_module("xlwings.udfs")
    functions = importlib.import_module(FUNCTIONS_MODULE)
    text = io.StringIO()
    generator.generate_vba_wrapper(FUNCTIONS_MODULE, functions, text, SimpleNamespace(Name="bieu-mau.xlsm"))
    # As generated, a cell would show the error of VBA or of Windows, in English.
    wrappers = text.getvalue().replace(" = Err.Description", f" = {FAILURE_FUNCTION}(Err.Number, Err.Description)")
    # As generated, a call without any argument would end in an error of VBA before Python can answer it.
    wrappers = _ARRAY_OF_ARGUMENTS.sub(r"If UBound(\1) >= LBound(\1) Then \g<0>", wrappers)
    return (_HEAD + wrappers).replace("\n", "\r\n")


if __name__ == "__main__":
    sys.stdout.buffer.write(_generate().encode("ascii"))
