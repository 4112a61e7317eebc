"""The macros of the workbook: their sources in ``macros/``, and the VBA project made of them."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.vba import Module, Project, document_module, with_documents, with_modules, write_project
from cchc_calc.excel.vba.sources import module_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

    from cchc_calc.excel.vba import DocumentKind

WORKBOOK_CODE_NAME: Final = "ThisWorkbook"

_FUNCTION_MODULES: Final = (
    "xlwings.bas",
    "Dictionary.cls",
    "xlwings_udfs.bas",
    "CCHC_ThongBao.bas",
)
_WORKBOOK_MODULES: Final = (*_FUNCTION_MODULES, "CCHC_MoTa.bas", "CCHC_Nut.bas")
_WORKBOOK_SOURCE: Final = f"{WORKBOOK_CODE_NAME}.cls"
_LIBRARY: Final = re.compile(r"xlwings64-[0-9.]+\.dll")
_PROJECT_NAME: Final = "VBAProject"
_ATTRIBUTES: Final = re.compile(r"Attribute [^\r\n]*\r\n")


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
    from cchc_calc.excel.wrappers import shipped_sources, wrapper_source

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


def function_modules() -> tuple[Module, ...]:
    """Return the modules that any workbook needs whose cells call the functions."""
    return _modules(_FUNCTION_MODULES)


def workbook_project(sheet_code_names: Iterable[str]) -> bytes:
    """Write the ``vbaProject.bin`` of our workbook: the code behind it, one module a sheet, and all our modules.

    The same sources and names give the same bytes.
    """
    names: dict[str, DocumentKind] = {WORKBOOK_CODE_NAME: "workbook"}
    names |= dict.fromkeys(sheet_code_names, "worksheet")
    project = with_documents(Project(_PROJECT_NAME, (_code_behind_workbook(),)), names)
    return write_project(with_modules(project, _modules(_WORKBOOK_MODULES)))


def _modules(names: Iterable[str]) -> tuple[Module, ...]:
    sources = macro_sources()
    return tuple(module_from_text(sources[name]) for name in names)


def _code_behind_workbook() -> Module:
    code = _ATTRIBUTES.split(macro_sources()[_WORKBOOK_SOURCE])[-1]
    module = document_module(WORKBOOK_CODE_NAME, "workbook")
    return replace(module, source=module.source + code)


def _folder() -> Traversable:
    packaged = resources.files("cchc_calc") / "macros"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "macros"
