"""The notes that people pin to cells of a workbook, read from the parts that keep them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.readers.workbook_parts import MAIN
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cchc_calc.excel.readers.workbook_parts import SheetPart
    from cchc_calc.package import Package

_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_MOST: Final = 10_000
"""Nobody reads more notes than this; the others are left out."""


def read_remarks(package: Package, sheets: Iterable[SheetPart]) -> Mapping[str, str]:
    """Give the text of every note by the place of its cell, such as "Biểu mẫu!D57".

    Raises SourceRefusedError: F05 for a part that is absent or broken.
    """
    if not any("comments" in name for name in package.names):
        return _NONE
    found: dict[str, str] = {}
    for sheet in sheets:
        if links_part(sheet.part) not in package:
            continue
        for link in package.links(sheet.part).values():
            if link.kind == "comments":
                for note in package.parse_xml(link.target).iterfind(f"{{{MAIN}}}commentList/{{{MAIN}}}comment"):
                    text = "".join(piece.text or "" for piece in note.iter(f"{{{MAIN}}}t"))
                    if len(found) < _MOST:
                        found[f"{sheet.name}!{note.get('ref', '')}"] = text
    return MappingProxyType(found)
