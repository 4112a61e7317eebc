"""Put a VBA project into a workbook: .xlsx becomes .xlsm, and every part but the four that must change is kept."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.vba.documents import with_documents
from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project_file import read_project, write_project
from cchc_calc.excel.vba.xml_edits import outer_tags, with_attribute, with_element
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.excel.vba.documents import DocumentKind
    from cchc_calc.excel.vba.project import Project
    from cchc_calc.excel.vba.xml_edits import Tag
    from cchc_calc.package import Package

_CONTENT_TYPES: Final = "[Content_Types].xml"
_MACRO_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PROJECT_TYPE: Final = "application/vnd.ms-office.vbaProject"
_PROJECT_LINK: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PROJECT_NAME: Final = "vbaProject.bin"
_SHEET_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS: Final[dict[str, DocumentKind]] = {"worksheet": "worksheet", "chartsheet": "chartsheet"}
_BEFORE_PROPERTIES: Final = frozenset({"fileVersion", "fileSharing"})
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
    workbook_name = _code_name(package, workbook, "workbookPr") or _WORKBOOK_NAME
    taken = {module.name.lower() for module in project.modules if module.kind != "document"}
    sheets = _sheets(package, workbook, frozenset(taken | {workbook_name.lower()}))
    kinds: dict[str, DocumentKind] = {workbook_name: "workbook"}
    kinds |= {sheet.code_name: sheet.kind for sheet in sheets}
    if len(kinds) <= len(sheets):
        raise VbaProjectError(f"{package.source}: hai trang tính trùng tên mã (codeName).")

    part = _project_part(package, workbook) or posixpath.join(posixpath.dirname(workbook), _PROJECT_NAME)
    changed = {sheet.part: _named_sheet(package, sheet) for sheet in sheets}
    changed[workbook] = _named_workbook(package, workbook, workbook_name)
    changed[part] = write_project(with_documents(project, kinds))
    changed[_CONTENT_TYPES] = _content_types(package, {workbook: _MACRO_WORKBOOK, part: _PROJECT_TYPE})
    if there is None:
        changed[links_part(workbook)] = _linked(package, links_part(workbook))
    return _pack(package, changed)


def _workbook_part(package: Package) -> str:
    part = next((link.target for link in package.links("").values() if link.kind == "officeDocument"), None)
    if part is None:
        raise VbaProjectError(f"{package.source}: trong tệp không có sổ tính.")
    return part


def _project_part(package: Package, workbook: str) -> str | None:
    return next((link.target for link in package.links(workbook).values() if link.kind == "vbaProject"), None)


def _code_name(package: Package, part: str, element: str) -> str:
    tags = outer_tags(part, package.read_xml(part))
    return next((tag.attributes.get("codeName", "") for tag in tags if tag.name == element), "")


def _sheets(package: Package, workbook: str, taken: frozenset[str]) -> list[_Sheet]:
    links = package.links(workbook)
    elements = package.parse_xml(workbook).iterfind("{*}sheets/{*}sheet")
    listed = [link for element in elements if (link := links.get(element.get(_SHEET_ID, "")))]
    strange = {link.kind for link in listed} - _KINDS.keys()
    if strange:
        raise VbaProjectError(f"{package.source}: có loại trang tính không giữ nguyên được ({', '.join(strange)}).")
    names = [_code_name(package, link.target, "sheetPr") for link in listed]
    taken |= {name.lower() for name in names}
    free = (name for number in count(1) if (name := f"Sheet{number}").lower() not in taken)
    return [
        _Sheet(link.target, _KINDS[link.kind], name or next(free)) for link, name in zip(listed, names, strict=True)
    ]


def _named_sheet(package: Package, sheet: _Sheet) -> bytes:
    xml = package.read_xml(sheet.part)
    root, *tags = outer_tags(sheet.part, xml)
    properties = next((tag for tag in tags if tag.name == "sheetPr"), None)
    if properties is None:
        return with_element(xml, root.end, root, "sheetPr", {"codeName": sheet.code_name})
    return _with_code_name(xml, properties, sheet.code_name)


def _named_workbook(package: Package, workbook: str, code_name: str) -> bytes:
    xml = package.read_xml(workbook)
    root, *tags = outer_tags(workbook, xml)
    properties = next((tag for tag in tags if tag.name == "workbookPr"), None)
    if properties is None:
        following = next(tag for tag in tags if tag.name not in _BEFORE_PROPERTIES)
        return with_element(xml, following.start, root, "workbookPr", {"codeName": code_name})
    return _with_code_name(xml, properties, code_name)


def _with_code_name(xml: bytes, properties: Tag, code_name: str) -> bytes:
    return xml if properties.attributes.get("codeName") else with_attribute(xml, properties, "codeName", code_name)


def _content_types(package: Package, types: Mapping[str, str]) -> bytes:
    xml = package.read_xml(_CONTENT_TYPES)
    for part, content_type in types.items():
        root, *tags = outer_tags(_CONTENT_TYPES, xml)
        place = f"/{part}"
        override = next((tag for tag in tags if tag.attributes.get("PartName", "").lower() == place.lower()), None)
        if override is None:
            xml = with_element(xml, root.end, root, "Override", {"PartName": place, "ContentType": content_type})
        else:
            xml = with_attribute(xml, override, "ContentType", content_type)
    return xml


def _linked(package: Package, part: str) -> bytes:
    xml = package.read_xml(part)
    root, *tags = outer_tags(part, xml)
    taken = {tag.attributes.get("Id") for tag in tags}
    number = next(name for name in (f"rIdVba{number}" for number in count(1)) if name not in taken)
    link = {"Id": number, "Type": _PROJECT_LINK, "Target": _PROJECT_NAME}
    return with_element(xml, root.end, root, "Relationship", link)


def _pack(package: Package, changed: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in dict.fromkeys((*package.names, *changed)):
            # A ZipInfo of its own carries no date of today.
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, changed[name] if name in changed else package.read(name))
    return target.getvalue()
