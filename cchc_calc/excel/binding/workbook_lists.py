"""The lists of a workbook that name its sheets and parts, with one hidden sheet more."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from cchc_calc.excel.binding.elements import (
    Splice,
    appended,
    attribute,
    attribute_names,
    find_elements,
    sibling_name,
    splice,
    start_tag,
    tag_name,
    with_attributes,
)
from cchc_calc.outcomes import SEND_AGAIN, refusal
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from collections.abc import Collection

    from cchc_calc.excel.binding.elements import Element
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
_CONTENT_TYPES: Final = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class AddedSheet:
    """A sheet to add: its name and part, both not taken yet, and the id of the link to it."""

    name: str
    part: str
    link: str


def plan_sheet(package: Package, workbook: str, name: str) -> AddedSheet:
    """Choose what a new sheet is called; a number is put behind a name that is taken."""
    taken = {element.attributes.get("name", "") for element in _find(package, workbook, {_SHEET})}
    part = posixpath.join(posixpath.dirname(workbook), "worksheets", name.lower())
    links = {element.attributes.get("Id", "") for element in _links(package, workbook)}
    free_part = _free(part, {known.removesuffix(".xml") for known in package.names})
    return AddedSheet(_free(name, taken), f"{free_part}.xml", _free("rIdCchc", links))


def with_sheet(package: Package, workbook: str, sheet: AddedSheet) -> dict[str, bytes | None]:
    """Give the changed lists of a workbook: the sheet added, hidden and last, and all computed on opening.

    The order in which Excel last computed the cells is dropped (``None``): it makes a new one.
    """
    chain = next((link for link in _links(package, workbook) if _kind(link) == "calcChain"), None)
    chain_part = _target(workbook, chain) if chain is not None else None
    changes: dict[str, bytes | None] = {
        workbook: _workbook(package, workbook, sheet),
        links_part(workbook): _with_link(package, workbook, sheet, chain),
        _CONTENT_TYPES: _with_type(package, sheet.part, chain_part),
    }
    if chain_part in package:
        changes[str(chain_part)] = None
    return changes


def _workbook(package: Package, workbook: str, sheet: AddedSheet) -> bytes:
    xml = package.read(workbook)
    elements = _find(package, workbook, {_SHEET, _CALCULATION, *_BEFORE_CALCULATION})
    sheets = [element for element in elements if element.path == _SHEET]
    parent = next((element for element in elements if element.path == _BEFORE_CALCULATION[0]), None)
    if not sheets or parent is None:
        raise _broken(package, workbook)
    splices = appended(xml, parent, _sheet_like(start_tag(xml, sheets[-1]), sheets, sheet))
    calculation = next((element for element in elements if element.path == _CALCULATION), None)
    if calculation is not None:
        tag = with_attributes(start_tag(xml, calculation), {"fullCalcOnLoad": "1"})
        return splice(xml, [*splices, Splice(calculation.start, calculation.inside, tag)])
    place = max(element.end for element in elements if element.path in _BEFORE_CALCULATION)
    tag = b"<" + sibling_name(start_tag(xml, parent), "calcPr") + attribute(b"fullCalcOnLoad", "1") + b"/>"
    return splice(xml, [*splices, Splice(place, place, tag)])


def _sheet_like(tag: bytes, sheets: list[Element], sheet: AddedSheet) -> bytes:
    """Write the entry of the new sheet as that of its neighbour is written, with the same prefixes."""
    numbers = [int(one.attributes["sheetId"]) for one in sheets if one.attributes.get("sheetId", "").isdecimal()]
    own = {b"name": sheet.name, b"sheetId": str(max(numbers, default=0) + 1), b"state": "hidden"}
    pieces = [b"<" + tag_name(tag), *(attribute(name, value) for name, value in own.items())]
    for name, value in attribute_names(tag).items():
        if name.startswith(b"xmlns"):
            pieces.append(b" %b=%b" % (name, value))
        elif name.endswith(b":id"):
            pieces.append(attribute(name, sheet.link))
    return b"".join([*pieces, b"/>"])


def _with_link(package: Package, workbook: str, sheet: AddedSheet, chain: Element | None) -> bytes:
    part = links_part(workbook)
    xml = package.read(part)
    root = _root(package, part)
    target = posixpath.relpath(sheet.part, posixpath.dirname(workbook) or ".")
    link = b"<%b%b%b%b/>" % (
        sibling_name(start_tag(xml, root), "Relationship"),
        attribute(b"Id", sheet.link),
        attribute(b"Type", f"{_OFFICE}/worksheet"),
        attribute(b"Target", target),
    )
    dropped = [] if chain is None else [Splice(chain.start, chain.end, b"")]
    return splice(xml, [*dropped, *appended(xml, root, link)])


def _with_type(package: Package, part: str, dropped_part: str | None) -> bytes:
    xml = package.read(_CONTENT_TYPES)
    root = _root(package, _CONTENT_TYPES)
    override = b"<%b%b%b/>" % (
        sibling_name(start_tag(xml, root), "Override"),
        attribute(b"PartName", f"/{part}"),
        attribute(b"ContentType", _SHEET_TYPE),
    )
    dropped = [
        Splice(element.start, element.end, b"")
        for element in _find(package, _CONTENT_TYPES, {"Types/Override"})
        if dropped_part is not None and element.attributes.get("PartName", "").lower() == f"/{dropped_part}".lower()
    ]
    return splice(xml, [*dropped, *appended(xml, root, override)])


def _links(package: Package, part: str) -> list[Element]:
    return _find(package, links_part(part), {"Relationships/Relationship"})


def _kind(link: Element) -> str:
    return posixpath.basename(link.attributes.get("Type", ""))


def _target(part: str, link: Element) -> str:
    target = link.attributes.get("Target", "")
    place = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(place)


def _root(package: Package, part: str) -> Element:
    found = _find(package, part, {"Relationships", "Types"})
    if not found:
        raise _broken(package, part)
    return found[0]


def _find(package: Package, part: str, paths: Collection[str]) -> list[Element]:
    try:
        return find_elements(package.read(part), paths)
    except (expat.ExpatError, KeyError):
        raise _broken(package, part) from None


def _broken(package: Package, part: str) -> Exception:
    return refusal(package.source, "F05", f"phần {part} trong tệp bị hỏng.", SEND_AGAIN)


def _free(name: str, taken: Collection[str]) -> str:
    folded = {one.casefold() for one in taken}
    number, free = 1, name
    while free.casefold() in folded:
        number += 1
        free = f"{name}{number}"
    return free
