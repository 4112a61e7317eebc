"""The seal of a submission inside its workbook: custom properties, which every spreadsheet keeps when it saves."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from itertools import count
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.written_seals import PREFIX, WrittenSeal, from_properties, to_properties
from cchc_calc.excel.patching.elements import (
    Splice,
    appended,
    attribute,
    children_appended,
    find_elements,
    sibling_name,
    splice,
    start_tag,
)
from cchc_calc.excel.patching.packages import patched
from cchc_calc.excel.patching.parts import (
    CONTENT_TYPES,
    broken,
    elements_of,
    free_among,
    links_of,
    root_of_list,
)
from cchc_calc.package import Package, links_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.gate import Admitted

PART: Final = "docProps/custom.xml"
"""Where Excel, LibreOffice and openpyxl keep the custom properties; a seal elsewhere is none."""

_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_KIND: Final = "custom-properties"
_LINK_TYPE: Final = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{_KIND}"
_CONTENT_TYPE: Final = f"application/vnd.openxmlformats-officedocument.{_KIND}+xml"
_TYPED_BY_USERS: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EMPTY_PART: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{_CUSTOM}"/>'.encode()
)
_FIRST_NUMBER: Final = 2
_SIZE_LIMIT: Final = 1_000_000
_ROOT, _PROPERTY = "Properties", "Properties/property"


def read_seal(package: Package) -> WrittenSeal | None:
    """Read the seal that stands in a workbook, or ``None`` where nobody ever set one.

    One that cannot be believed has a ``fault``. Raises SourceRefusedError F01, F05, F11 and F12 as
    ``Package.read_xml`` and ``Package.links`` do; a workbook without custom properties costs one look.
    """
    if PART not in package:
        return None
    xml = package.read_xml(PART)
    if PREFIX.encode() not in xml:
        return None
    if [link.target for link in package.links("").values() if link.kind == _KIND] != [PART]:
        return WrittenSeal(fault="phần ghi dấu chốt bị lặp, hoặc không gắn với tệp")
    try:
        return from_properties(_texts(xml))
    except (ET.ParseError, ValueError):
        return WrittenSeal(fault="phần ghi dấu chốt bị hỏng hoặc quá lớn")


def with_seal(admitted: Admitted, written: WrittenSeal) -> bytes:
    """Write a workbook anew with this seal in the place of its own; all other parts keep every byte.

    Raises SourceRefusedError F05 for custom properties, or lists of the package, that are broken.
    """
    package = admitted.parts
    changes: dict[str, bytes | None] = {PART: _with_texts(package, to_properties(written))}
    targets = [link.target for link in package.links("").values() if link.kind == _KIND]
    if targets not in ([], [PART]):
        raise broken(package, targets[0])
    if not targets:
        changes[links_part("")] = _with_link(package)
    if not _has_type(package):
        changes[CONTENT_TYPES] = _with_child(
            package, CONTENT_TYPES, "Override", {"PartName": f"/{PART}", "ContentType": _CONTENT_TYPE}
        )
    # The readers may have turned a part into UTF-8 for themselves; what is written has to be the original.
    return patched(Package(admitted.name, admitted.data), changes)


def _texts(xml: bytes) -> dict[str, str]:
    """Raise ParseError for XML that is not well formed, ValueError for too much, other XML or a name used twice."""
    if len(xml) > _SIZE_LIMIT:
        raise ValueError(len(xml))
    root = ET.fromstring(xml)  # noqa: S314 - read_xml lets no DTD and no entity pass
    properties = root.findall(f"{{{_CUSTOM}}}property")
    texts = {one.get("name", ""): "".join(one.itertext()) for one in properties}
    if root.tag != f"{{{_CUSTOM}}}{_ROOT}" or len(texts) != len(properties):
        raise ValueError(root.tag)
    return texts


def _with_texts(package: Package, texts: Mapping[str, str]) -> bytes:
    xml = package.read_xml(PART) if PART in package else _EMPTY_PART
    try:
        _texts(xml)
    except (ET.ParseError, ValueError):
        raise broken(package, PART) from None
    root, *properties = find_elements(xml, {_ROOT, _PROPERTY})
    dropped = [one for one in properties if one.attributes.get("name", "").startswith(PREFIX)]
    taken = {one.attributes.get("pid") for one in properties if one not in dropped}
    numbers = (str(number) for number in count(_FIRST_NUMBER) if str(number) not in taken)
    tag = sibling_name(start_tag(xml, root), "property")
    written = b"".join(_property(tag, next(numbers), name, text) for name, text in texts.items())
    return splice(xml, [*(Splice(one.start, one.end, b"") for one in dropped), *appended(xml, root, written)])


def _property(tag: bytes, number: str, name: str, text: str) -> bytes:
    attributes = {b"fmtid": _TYPED_BY_USERS, b"pid": number, b"name": name}
    written = b"".join(attribute(key, value) for key, value in attributes.items())
    # Letters by their numbers stand in a part of any encoding.
    content = html.escape(text, quote=False).encode("ascii", "xmlcharrefreplace")
    return b'<%b%b><vt:lpwstr xmlns:vt="%b">%b</vt:lpwstr></%b>' % (tag, written, _TYPES.encode(), content, tag)


def _with_link(package: Package) -> bytes:
    taken = {link.attributes.get("Id", "") for link in links_of(package, "")}
    link = {"Id": free_among("rIdCchc", taken), "Type": _LINK_TYPE, "Target": PART}
    return _with_child(package, links_part(""), "Relationship", link)


def _has_type(package: Package) -> bool:
    overrides = elements_of(package, CONTENT_TYPES, {"Types/Override"})
    return any(one.attributes.get("PartName", "").lower() == f"/{PART}".lower() for one in overrides)


def _with_child(package: Package, part: str, name: str, attributes: Mapping[str, str]) -> bytes:
    xml = package.read_xml(part)
    return splice(xml, children_appended(xml, root_of_list(package, part), name, [attributes]))
