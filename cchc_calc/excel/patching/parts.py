"""The parts of a package that are changed: their elements, and names that are free in their lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from cchc_calc.excel.patching.elements import find_elements
from cchc_calc.outcomes import SEND_AGAIN, refusal
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from collections.abc import Collection

    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.excel.patching.elements import Element
    from cchc_calc.package import Package

CONTENT_TYPES: Final = "[Content_Types].xml"

_SIGNATURE: Final = "origin"
_SIGNED_FOLDER: Final = "_xmlsignatures/"


def elements_of(package: Package, part: str, paths: Collection[str]) -> list[Element]:
    """Find the elements at these paths of a part. Raises SourceRefusedError F05 for one that is absent or broken."""
    try:
        return find_elements(package.read_xml(part), paths)
    except (expat.ExpatError, KeyError):
        raise broken(package, part) from None


def links_of(package: Package, part: str) -> list[Element]:
    """Find the links that lead from a part; "" asks for those of the package. Raises as ``elements_of`` does."""
    return elements_of(package, links_part(part), {"Relationships/Relationship"})


def root_of_list(package: Package, part: str) -> Element:
    """Find the root of a list of links or of content types. Raises as ``elements_of`` does."""
    found = elements_of(package, part, {"Relationships", "Types"})
    if not found:
        raise broken(package, part)
    return found[0]


def is_signed(package: Package) -> bool:
    """Tell whether a digital signature stands in the package, which any change would break."""
    is_linked = any(link.kind == _SIGNATURE for link in package.links("").values())
    return is_linked or any(name.startswith(_SIGNED_FOLDER) for name in package.names)


def free_among(name: str, taken: Collection[str]) -> str:
    """Put a number behind a name that is taken, whatever the case of its letters.

    >>> free_among("rIdCchc", {"rId1", "RIDCCHC"})
    'rIdCchc2'
    """
    folded = {one.casefold() for one in taken}
    number, free = 1, name
    while free.casefold() in folded:
        number += 1
        free = f"{name}{number}"
    return free


def broken(package: Package, part: str) -> SourceRefusedError:
    """Make the refusal of a package of which a part is broken."""
    return refusal(package.source, "F05", f"phần {part} trong tệp bị hỏng.", SEND_AGAIN)
