"""Put a VBA project into a workbook: .xlsx becomes .xlsm, and every part but the four that must change is kept."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from cchc_calc.excel.patching.elements import (
    Splice,
    changed,
    children_appended,
    empty_element,
    find_elements,
    splice,
    start_tag,
)
from cchc_calc.excel.patching.packages import patched
from cchc_calc.excel.vba.documents import with_documents
from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project_file import read_project, write_project
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.excel.patching.elements import Element
    from cchc_calc.excel.vba.documents import DocumentKind
    from cchc_calc.excel.vba.project import Project
    from cchc_calc.package import Package

_CONTENT_TYPES: Final = "[Content_Types].xml"
_MACRO_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PROJECT_TYPE: Final = "application/vnd.ms-office.vbaProject"
_PROJECT_LINK: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PROJECT_NAME: Final = "vbaProject.bin"
_SHEET_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS: Final[dict[str, DocumentKind]] = {"worksheet": "worksheet", "chartsheet": "chartsheet"}
_BEFORE_PROPERTIES: Final = ("fileVersion", "fileSharing")
_WORKBOOK_NAME: Final = "ThisWorkbook"


@dataclass(frozen=True, slots=True)
class _Sheet:
    part: str
    kind: DocumentKind
    code_name: str


def project_of(package: Package) -> Project | None:
    """Read the VBA project of a workbook; None for a workbook without macros.

    Raises VbaProjectError for a project that is broken, or signed: a signature does not survive any change.
    Raises SourceRefusedError as ``Package`` does.
    """
    part = _project_part(package, _workbook_part(package))
    if part is None:
        return None
    if links_part(part) in package:
        raise VbaProjectError(f"{package.source}: dự án VBA có chữ ký số, sửa vào là mất hiệu lực.")
    return read_project(package.read(part))


def with_project(package: Package, project: Project) -> bytes:
    """Write the workbook anew with a VBA project, in place of the one it may have.

    The project is given one document module for the workbook and for each sheet, named by their code names;
    a sheet without a code name is given one: ``Sheet1``, ``Sheet2``, whatever stands on its tab. Only the
    list of content types, the workbook, its links and the sheets without a code name are changed, and in
    these not a byte but what is added. The same package and project always give the same bytes.

    Raises VbaProjectError for a signed or locked project in the workbook, for code behind a sheet that is
    not there, and as ``write_project`` does; SourceRefusedError as ``Package`` does.
    """
    there = project_of(package)
    if there is not None and there.is_locked:
        raise VbaProjectError(f"{package.source}: dự án VBA đã bị khóa.")
    workbook = _workbook_part(package)
    workbook_name = _code_name(package, workbook, "workbook", "workbookPr") or _WORKBOOK_NAME
    taken = {module.name.lower() for module in project.modules if module.kind != "document"}
    sheets = _sheets(package, workbook, frozenset(taken | {workbook_name.lower()}))
    kinds: dict[str, DocumentKind] = {workbook_name: "workbook"}
    kinds |= {sheet.code_name: sheet.kind for sheet in sheets}
    if len(kinds) <= len(sheets):
        raise VbaProjectError(f"{package.source}: hai trang tính trùng tên mã (codeName).")

    part = _project_part(package, workbook) or posixpath.join(posixpath.dirname(workbook), _PROJECT_NAME)
    parts: dict[str, bytes | None] = {sheet.part: _named_sheet(package, sheet) for sheet in sheets}
    parts[workbook] = _named_workbook(package, workbook, workbook_name)
    parts[part] = write_project(with_documents(project, kinds))
    parts[_CONTENT_TYPES] = _content_types(package, {workbook: _MACRO_WORKBOOK, part: _PROJECT_TYPE})
    if there is None:
        parts[links_part(workbook)] = _linked(package, links_part(workbook))
    return patched(package, parts)


def _workbook_part(package: Package) -> str:
    part = next((link.target for link in package.links("").values() if link.kind == "officeDocument"), None)
    if part is None:
        raise VbaProjectError(f"{package.source}: trong tệp không có sổ tính.")
    return part


def _project_part(package: Package, workbook: str) -> str | None:
    return next((link.target for link in package.links(workbook).values() if link.kind == "vbaProject"), None)


def _code_name(package: Package, part: str, root: str, properties: str) -> str:
    _, found = _outer(part, package.read_xml(part), root, properties)
    return found[0].attributes.get("codeName", "") if found else ""


def _sheets(package: Package, workbook: str, taken: frozenset[str]) -> list[_Sheet]:
    links = package.links(workbook)
    elements = package.parse_xml(workbook).iterfind("{*}sheets/{*}sheet")
    listed = [link for element in elements if (link := links.get(element.get(_SHEET_ID, "")))]
    strange = {link.kind for link in listed} - _KINDS.keys()
    if strange:
        raise VbaProjectError(f"{package.source}: có loại trang tính không giữ nguyên được ({', '.join(strange)}).")
    names = [_code_name(package, link.target, link.kind, "sheetPr") for link in listed]
    taken |= {name.lower() for name in names}
    free = (name for number in count(1) if (name := f"Sheet{number}").lower() not in taken)
    return [
        _Sheet(link.target, _KINDS[link.kind], name or next(free)) for link, name in zip(listed, names, strict=True)
    ]


def _named_sheet(package: Package, sheet: _Sheet) -> bytes:
    xml = package.read_xml(sheet.part)
    root, properties = _outer(sheet.part, xml, sheet.kind, "sheetPr")
    if properties:
        return _with_code_name(xml, properties[0], sheet.code_name)
    element = empty_element(start_tag(xml, root), "sheetPr", {"codeName": sheet.code_name})
    return splice(xml, [Splice(root.inside, root.inside, element)])


def _named_workbook(package: Package, workbook: str, code_name: str) -> bytes:
    xml = package.read_xml(workbook)
    root, properties = _outer(workbook, xml, "workbook", "workbookPr")
    if properties:
        return _with_code_name(xml, properties[0], code_name)
    _, before = _outer(workbook, xml, "workbook", *_BEFORE_PROPERTIES)
    place = max([root.inside, *(element.end for element in before)])
    element = empty_element(start_tag(xml, root), "workbookPr", {"codeName": code_name})
    return splice(xml, [Splice(place, place, element)])


def _with_code_name(xml: bytes, properties: Element, code_name: str) -> bytes:
    if properties.attributes.get("codeName"):
        return xml
    return splice(xml, [changed(xml, properties, {"codeName": code_name})])


def _content_types(package: Package, types: Mapping[str, str]) -> bytes:
    xml = package.read_xml(_CONTENT_TYPES)
    root, overrides = _outer(_CONTENT_TYPES, xml, "Types", "Override")
    there = {override.attributes.get("PartName", "").lower(): override for override in overrides}
    splices, missing = [], []
    for part, content_type in types.items():
        place = f"/{part}"
        override = there.get(place.lower())
        if override is None:
            missing.append({"PartName": place, "ContentType": content_type})
        else:
            splices.append(changed(xml, override, {"ContentType": content_type}))
    return splice(xml, [*splices, *children_appended(xml, root, "Override", missing)])


def _linked(package: Package, part: str) -> bytes:
    xml = package.read_xml(part)
    root, links = _outer(part, xml, "Relationships", "Relationship")
    taken = {link.attributes.get("Id") for link in links}
    number = next(name for name in (f"rIdVba{number}" for number in count(1)) if name not in taken)
    link = {"Id": number, "Type": _PROJECT_LINK, "Target": _PROJECT_NAME}
    return splice(xml, children_appended(xml, root, "Relationship", [link]))


def _outer(part: str, xml: bytes, root: str, *children: str) -> tuple[Element, list[Element]]:
    """Find the root of a part, and its children of these names."""
    try:
        found = find_elements(xml, {root, *(f"{root}/{child}" for child in children)})
    except expat.ExpatError:
        found = []
    if not found:
        raise VbaProjectError(f"phần {part} trong tệp bị hỏng.")
    return found[0], found[1:]
