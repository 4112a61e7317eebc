"""The extension for LibreOffice, packed: its declarations, the component Calc calls, and the core of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cchc_calc.atomic import replacing
from cchc_calc.excel.core_files import core_files
from cchc_calc.excel.libreoffice.declarations import COMPONENT_FILE, declarations
from cchc_calc.excel.packing import packed

ADDIN_NAME: Final = "cchc_calc.oxt"
"""The name of the file."""

_CALLS: Final = "cchc_calc.excel.libreoffice.calls"
_COMPONENT: Final = Path(__file__).with_name("component.py")
_CORE_FOLDER: Final = "pythonpath"
"""The folder of an extension in which LibreOffice looks for modules."""


def build_addin() -> bytes:
    """Pack the extension; the same package always gives the same bytes.

    >>> build_addin() == build_addin()
    True
    """
    files = declarations() | {COMPONENT_FILE: _COMPONENT.read_bytes()}
    files |= {f"{_CORE_FOLDER}/{path}": content for path, content in core_files([_CALLS]).items()}
    return packed(dict(sorted(files.items())))


def write_addin(path: Path) -> None:
    """Write the extension to a file; the name should end in .oxt for LibreOffice to know it."""
    with replacing(path) as part:
        part.write_bytes(build_addin())
