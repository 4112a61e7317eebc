"""The number formats of a workbook's styles, and copies of styles that differ in the number format alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from cchc_calc.excel.patching.elements import (
    TRUE,
    Element,
    Splice,
    find_elements,
    splice,
    start_tag,
    with_attributes,
)
from cchc_calc.excel.readers.number_formats import BUILT_IN_FORMATS, GENERAL
from cchc_calc.outcomes import RESAVE, SEND_AGAIN, refusal

if TYPE_CHECKING:
    from cchc_calc.catalogue import Row

PERCENT: Final = 10
"""The number of the built-in format 0.00%."""
_GENERAL: Final = 0
_BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_TEXT: Final = "@"
_DATE: Final = "dd/mm/yyyy"
_DATE_PARTS = re.compile("[dmyhs]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_STYLES: Final = "styleSheet/cellXfs"
_PATHS: Final = frozenset({"styleSheet/numFmts/numFmt", _STYLES, f"{_STYLES}/xf"})


@dataclass(frozen=True, slots=True)
class Styles:
    """The cell styles of a workbook, as they stand in their part."""

    xml: bytes
    table: Element
    styles: tuple[Element, ...]
    formats: tuple[str, ...]

    def wanted_format(self, row: Row, style: int) -> int | None:
        """Give the number format that a computed cell needs instead of its own, or ``None``.

        A rate is kept as a fraction of one, so a format without a percent sign would show 0,76 or even 1;
        a text format, or an apostrophe before an old text, would turn a formula into its text at the next
        touch; a sum would be shown as a day, or a hundred times as large with a percent sign.
        """
        digits = _LITERAL.sub("", self._code(style))
        if row.kind == "rate" and "%" not in digits:
            return PERCENT
        if row.kind != "rate" and ("%" in digits or _DATE_PARTS.search(digits) or self.is_text(style)):
            return _GENERAL
        # An apostrophe typed before a text stays with the cell.
        old = self.styles[style].attributes if style < len(self.styles) else {}
        return int(old.get("numFmtId", "0")) if old.get("quotePrefix") in TRUE else None

    def is_text(self, style: int) -> bool:
        """Tell whether a number becomes a text as it is typed into a cell of this style."""
        return self._code(style) == _TEXT

    def _code(self, style: int) -> str:
        return self.formats[style] if style < len(self.formats) else GENERAL

    def with_formats(self, wanted: frozenset[tuple[int, int]]) -> tuple[bytes, dict[tuple[int, int], int]]:
        """Append a copy of a style for every wanted (style, number format).

        Returns the XML, and the number of every new style. Font, fill, border, alignment and protection
        are those of the old one.
        """
        if not wanted:
            return self.xml, {}
        copies, numbers = b"", {}
        for number, (style, number_format) in enumerate(sorted(wanted), start=len(self.styles)):
            old = self.styles[style]
            changes = {"numFmtId": str(number_format), "applyNumberFormat": "1", "quotePrefix": None}
            copies += with_attributes(start_tag(self.xml, old), changes) + self.xml[old.inside : old.end]
            numbers[style, number_format] = number
        tag = start_tag(self.xml, self.table)
        changes = {"count": str(len(self.styles) + len(wanted))}
        new_tag = Splice(self.table.start, self.table.inside, with_attributes(tag, changes))
        return splice(self.xml, [new_tag, Splice(self.table.close, self.table.close, copies)]), numbers


def read_styles(source: str, xml: bytes) -> Styles:
    """Read the styles part of a workbook. Raises SourceRefusedError F05 or F12 for one without cell styles."""
    try:
        elements = find_elements(xml, _PATHS)
    except expat.ExpatError:
        raise refusal(source, "F05", "phần định dạng của tệp bị hỏng.", SEND_AGAIN) from None
    table = next((element for element in elements if element.path == _STYLES), None)
    styles = tuple(element for element in elements if element.path == f"{_STYLES}/xf")
    if table is None or not styles:
        raise refusal(source, "F12", "tệp không có định dạng ô nào.", RESAVE)
    own = {
        element.attributes.get("numFmtId", ""): element.attributes.get("formatCode", "")
        for element in elements
        if element.path.endswith("numFmt")
    }
    return Styles(xml, table, styles, tuple(_code(style.attributes.get("numFmtId", "0"), own) for style in styles))


def _code(number: str, own: dict[str, str]) -> str:
    built_in = int(number) if number.isascii() and number.isdigit() else -1
    return own.get(number, _DATE if built_in in _BUILT_IN_DATES else BUILT_IN_FORMATS.get(built_in, ""))
