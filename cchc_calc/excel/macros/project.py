"""The VBA projects made of the sources: ours for our own workbook, and the modules that any workbook needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.macros.sources import macro_sources
from cchc_calc.excel.vba import Module, Project, with_documents, with_modules, write_project
from cchc_calc.excel.vba.sources import module_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.excel.vba import DocumentKind

WORKBOOK_CODE_NAME: Final = "ThisWorkbook"

_FUNCTION_MODULES: Final = (
    "xlwings.bas",
    "Dictionary.cls",
    "xlwings_udfs.bas",
    "CCHC_ThongBao.bas",
)
_WORKBOOK_MODULES: Final = (*_FUNCTION_MODULES, "CCHC_MoTa.bas", "CCHC_Nut.bas")
_PROJECT_NAME: Final = "VBAProject"


def function_modules() -> tuple[Module, ...]:
    """Return the modules that any workbook needs whose cells call the functions."""
    return _modules(_FUNCTION_MODULES)


def workbook_project(sheet_code_names: Iterable[str]) -> bytes:
    """Write the ``vbaProject.bin`` of our workbook: no code behind it or its sheets, and all our modules.

    Nothing runs when the workbook is opened: code that does is what mail filters and virus scanners hold back.
    The same sources and names give the same bytes.
    """
    names: dict[str, DocumentKind] = {WORKBOOK_CODE_NAME: "workbook"}
    names |= dict.fromkeys(sheet_code_names, "worksheet")
    project = with_documents(Project(_PROJECT_NAME, ()), names)
    return write_project(with_modules(project, _modules(_WORKBOOK_MODULES)))


def _modules(names: Iterable[str]) -> tuple[Module, ...]:
    sources = macro_sources()
    return tuple(module_from_text(sources[name]) for name in names)
