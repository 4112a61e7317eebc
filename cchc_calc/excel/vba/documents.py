"""The code behind the workbook and behind each sheet: Excel wants one document module for each, even when empty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project import Module, check_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.excel.vba.project import Project

DocumentKind: TypeAlias = Literal["workbook", "worksheet", "chartsheet"]

_CLASSES: Final[Mapping[DocumentKind, str]] = {
    "workbook": "00020819",
    "worksheet": "00020820",
    "chartsheet": "00020821",
}
_ATTRIBUTE: Final = "Attribute "
_CONTROL: Final = "Attribute VB_Control "
_HEAD: Final = """\
Attribute VB_Name = "{name}"
Attribute VB_Base = "0{{{number}-0000-0000-C000-000000000046}}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = True
""".replace("\n", "\r\n")


def document_module(name: str, kind: DocumentKind) -> Module:
    """Make the empty module behind the workbook or one sheet; ``name`` is the code name, not that on the tab.

    >>> document_module("Sheet1", "worksheet").kind
    'document'
    """
    return Module(name, "document", _HEAD.format(name=name, number=_CLASSES[kind]))


def with_documents(project: Project, documents: Mapping[str, DocumentKind]) -> Project:
    """Give the project one document module for each code name, before all other modules and in this order.

    A module that is there already is kept, unless it is as empty as a new one; a module that is not named
    goes if it holds no code.
    Raises VbaProjectError for a code name that cannot be a module's or is that of another module, and for
    code behind a sheet that is not named.

    >>> from cchc_calc.excel.vba.project import Project
    >>> project = with_documents(Project("P", ()), {"ThisWorkbook": "workbook", "Sheet1": "worksheet"})
    >>> [module.name for module in project.modules]
    ['ThisWorkbook', 'Sheet1']
    """
    there = {module.name.lower(): module for module in project.modules if module.kind == "document"}
    others = tuple(module for module in project.modules if module.kind != "document")
    taken = {module.name.lower() for module in others}
    modules = []
    for name, kind in documents.items():
        check_name(name)
        if name.lower() in taken:
            raise VbaProjectError(f"trong dự án VBA đã có tên {name}.")
        taken.add(name.lower())
        old = there.get(name.lower())
        modules.append(document_module(name, kind) if old is None or _is_blank(old) else old)
    for name, module in there.items():
        if name not in taken and holds_code(module):
            raise VbaProjectError(f"không có trang tính nào cho mã nguồn của {module.name}.")
    return replace(project, modules=(*modules, *others))


def holds_code(module: Module) -> bool:
    r"""Tell whether a module holds more than attributes and blank lines; a control on the sheet counts as code.

    >>> holds_code(Module("A", "standard", 'Attribute VB_Name = "A"\r\n\r\n'))
    False
    """
    lines = [line for line in module.source.splitlines() if line.strip()]
    return any(line.startswith(_CONTROL) or not line.startswith(_ATTRIBUTE) for line in lines)


def _is_blank(module: Module) -> bool:
    return any(module == document_module(module.name, kind) for kind in _CLASSES)
