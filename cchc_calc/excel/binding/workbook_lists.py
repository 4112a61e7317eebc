"""The lists of a workbook that name its sheets and parts, with sheets added."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.patching.elements import (
    Splice,
    appended,
    attribute,
    attribute_names,
    changed,
    children_appended,
    empty_element,
    splice,
    start_tag,
    tag_name,
)
from cchc_calc.excel.patching.parts import (
    CONTENT_TYPES,
    broken,
    elements_of,
    free_among,
    links_of,
    root_of_list,
)
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cchc_calc.excel.patching.elements import Element
    from cchc_calc.package import Package

_SHEET: Final = "workbook/sheets/sheet"
_CALCULATION: Final = "workbook/calcPr"
_BEFORE_CALCULATION: Final = (
    "workbook/sheets",
    "workbook/functionGroups",
    "workbook/externalReferences",
    "workbook/definedNames",
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PART, _LINK = "cchc", "rIdCchc"


@dataclass(frozen=True, slots=True)
class AddedSheet:
    """A sheet to add: its name and part, both not taken yet, the id of the link to it, and whether it is hidden."""

    name: str
    part: str
    link: str
    is_hidden: bool = True


def plan_sheets(package: Package, workbook: str, names: Mapping[str, bool]) -> tuple[AddedSheet, ...]:
    """Choose what new sheets are called: a number is put behind a name that is taken.

    ``names`` tells of every wanted name whether the sheet is hidden.
    """
    known = {element.attributes.get("name", "") for element in elements_of(package, workbook, {_SHEET})}
    parts = {part.removesuffix(".xml") for part in package.names}
    links = {element.attributes.get("Id", "") for element in links_of(package, workbook)}
    folder = posixpath.join(posixpath.dirname(workbook), "worksheets")
    planned = []
    for name, is_hidden in names.items():
        free_name = free_among(name, known)
        free_part = free_among(posixpath.join(folder, _PART), parts)
        free_link = free_among(_LINK, links)
        known.add(free_name)
        parts.add(free_part)
        links.add(free_link)
        planned.append(AddedSheet(free_name, f"{free_part}.xml", free_link, is_hidden))
    return tuple(planned)


def with_sheets(package: Package, workbook: str, sheets: Sequence[AddedSheet]) -> dict[str, bytes | None]:
    """Give the changed lists of a workbook: the sheets added behind all others, and all computed on opening.

    The order in which Excel last computed the cells is dropped (``None``): it makes a new one.
    """
    known = package.links(workbook)
    chain_id = next((name for name, link in known.items() if link.kind == "calcChain"), None)
    chain = next((link for link in links_of(package, workbook) if link.attributes.get("Id", "") == chain_id), None)
    chain_part = known[chain_id].target if chain_id is not None else None
    changes: dict[str, bytes | None] = {
        workbook: _workbook(package, workbook, sheets),
        links_part(workbook): _with_links(package, workbook, sheets, chain),
        CONTENT_TYPES: _with_types(package, sheets, chain_part),
    }
    if chain_part in package:
        changes[str(chain_part)] = None
    return changes


def is_calculated_by_hand(package: Package, workbook: str) -> bool:
    """Tell whether the workbook computes only when it is told to."""
    calculation = elements_of(package, workbook, {_CALCULATION})
    return any(element.attributes.get("calcMode") == "manual" for element in calculation)


def _workbook(package: Package, workbook: str, added: Sequence[AddedSheet]) -> bytes:
    xml = package.read_xml(workbook)
    elements = elements_of(package, workbook, {_SHEET, _CALCULATION, *_BEFORE_CALCULATION})
    sheets = [element for element in elements if element.path == _SHEET]
    parent = next((element for element in elements if element.path == _BEFORE_CALCULATION[0]), None)
    if not sheets or parent is None:
        raise broken(package, workbook)
    like, first = start_tag(xml, sheets[-1]), _free_number(sheets)
    entries = [_sheet_like(like, first + place, sheet) for place, sheet in enumerate(added)]
    splices = appended(xml, parent, b"".join(entries))
    calculation = next((element for element in elements if element.path == _CALCULATION), None)
    if calculation is not None:
        return splice(xml, [*splices, changed(xml, calculation, {"fullCalcOnLoad": "1"})])
    place = max(element.end for element in elements if element.path in _BEFORE_CALCULATION)
    tag = empty_element(start_tag(xml, parent), "calcPr", {"fullCalcOnLoad": "1"})
    return splice(xml, [*splices, Splice(place, place, tag)])


def _free_number(sheets: Sequence[Element]) -> int:
    numbers = (sheet.attributes.get("sheetId", "") for sheet in sheets)
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def _sheet_like(tag: bytes, number: int, sheet: AddedSheet) -> bytes:
    """Write the entry of a new sheet as that of its neighbour is written, with the same prefixes."""
    own = {b"name": sheet.name, b"sheetId": str(number)} | ({b"state": "hidden"} if sheet.is_hidden else {})
    pieces = [b"<" + tag_name(tag), *(attribute(name, value) for name, value in own.items())]
    for name, value in attribute_names(tag).items():
        if name.startswith(b"xmlns"):
            pieces.append(b" %b=%b" % (name, value))
        elif name.endswith(b":id"):
            pieces.append(attribute(name, sheet.link))
    return b"".join([*pieces, b"/>"])


def _with_links(package: Package, workbook: str, sheets: Sequence[AddedSheet], chain: Element | None) -> bytes:
    part = links_part(workbook)
    xml = package.read_xml(part)
    root = root_of_list(package, part)
    folder = posixpath.dirname(workbook) or "."
    links = [
        {"Id": sheet.link, "Type": f"{_OFFICE}/worksheet", "Target": posixpath.relpath(sheet.part, folder)}
        for sheet in sheets
    ]
    dropped = [] if chain is None else [Splice(chain.start, chain.end, b"")]
    return splice(xml, [*dropped, *children_appended(xml, root, "Relationship", links)])


def _with_types(package: Package, sheets: Sequence[AddedSheet], dropped_part: str | None) -> bytes:
    xml = package.read_xml(CONTENT_TYPES)
    root = root_of_list(package, CONTENT_TYPES)
    overrides = [{"PartName": f"/{sheet.part}", "ContentType": _SHEET_TYPE} for sheet in sheets]
    dropped = [
        Splice(element.start, element.end, b"")
        for element in elements_of(package, CONTENT_TYPES, {"Types/Override"})
        if dropped_part is not None and element.attributes.get("PartName", "").lower() == f"/{dropped_part}".lower()
    ]
    return splice(xml, [*dropped, *children_appended(xml, root, "Override", overrides)])
