"""What changing good files at random has found: sound figures beside lists that a library stumbles over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from containers import parts_of, with_parts
from hostile.cells import office_workbook, template
from hostile.part_names import STYLES, TYPES, WORKBOOK
from hostile.sheets import replaced

if TYPE_CHECKING:
    from collections.abc import Callable


def _first(data: bytes, part: str, pattern: str, new: str) -> bytes:
    xml, count = re.subn(pattern, new, parts_of(data)[part].decode(), count=1)
    assert count == 1, pattern
    return with_parts(data, {part: xml.encode()})


FOUND: dict[str, Callable[[], bytes]] = {
    "type-of-no-part": lambda: _first(template(), TYPES, r'PartName="/xl/styles.xml"', 'PartName="/1"'),
    "type-without-a-part": lambda: _first(template(), TYPES, r' PartName="/xl/theme/theme1.xml"', ""),
    "default-type-without-an-ending": lambda: _first(template(), TYPES, r' Extension="xml"', ""),
    "window-of-no-size": lambda: replaced(template(), WORKBOOK, 'windowWidth="16095"', 'windowWidth="rộng"'),
    "name-without-a-name": lambda: _first(template(), WORKBOOK, r'<definedName name="[^"]*"', "<definedName"),
    "style-with-an-unknown-word": lambda: _first(office_workbook(), STYLES, "fillId=", "fil="),
    "style-of-no-font": lambda: _first(office_workbook(), STYLES, r'(<cellXfs.*?)fontId="0"', r'\g<1>fontId="9999"'),
    "font-number-that-is-none": lambda: _first(template(), STYLES, r'(<cellXfs.*?)fontId="0"', r'\g<1>fontId="a"'),
}
"""The content of every file, by its name in the list of cases: each is read as the good form."""
