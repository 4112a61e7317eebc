"""What the cells of a plainly written workbook hold, looked up once for every distinct value."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from cchc_calc.document import BOOLEAN_FAULT
from cchc_calc.excel.readers.cells import NO_RESULT, error_fault
from cchc_calc.excel.readers.number_formats import BUILT_IN_FORMATS, GENERAL, figure_text, stored_figure
from cchc_calc.excel.readers.workbook_parts import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.excel.readers.workbook_parts import WorkbookParts
    from cchc_calc.package import Package

Key: TypeAlias = bytes | tuple[bytes, bytes, bytes, bytes, bool]
"""The number of a shared string; or type, style, value, inline text, and whether a formula gave it."""

Seen: TypeAlias = tuple[str, str, Decimal | None]
"""Text, fault and number of a cell."""

Styles: TypeAlias = tuple[tuple[str | None, ...], frozenset[int]]
"""The number format of every style, and the styles that strike out."""

_MOST_TAGS: Final = 200_000
_LARGEST_PART: Final = 10_000_000
_STRINGS = re.compile(
    rf'(?:<\?xml[^<>]*\?>\s*)?<sst xmlns="{re.escape(MAIN)}"[^<>]*>(?:<si>(.*)</si>)?</sst>\s*'.encode(), re.DOTALL
)
_PIECE = re.compile(rb'<t(?: xml:space="preserve")?>([^<]*)</t>')
_TEXT = rb'<t(?: xml:space="preserve")?>[^<]*</t>'
_FONT = (
    rb'<(?:b|i|u)(?: val="\w+")?/>|<sz val="\d{1,3}(?:\.\d{1,3})?"/>|<color (?:theme|indexed)="\d{1,2}"/>'
    rb'|<color rgb="[0-9A-F]{8}"/>|<(?:rFont|scheme) val="[\w .-]*"/>|<(?:family|charset) val="\d{1,3}"/>'
)
_PIECES = re.compile(rb"%b|(?:<r>(?:<rPr>(?:%b)*</rPr>)?%b</r>)+" % (_TEXT, _FONT, _TEXT))
ATTRIBUTES: Final = rb'(?: [\w:]+="[^"<>]*")*'
FORMULA: Final = rb"<f%b(?:/>|>[^<]*</f>)" % ATTRIBUTES
# Most programs write the style of a cell before its type, and some after it.
CELL_START: Final = rb'([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d{1,9})")?(?: t="(\w+)")?(?: s="(\d{1,9})")?'
VALUE: Final = rb'<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>'
# A letter below 160 that is written as a number is a disguise.
BAD_ENTITY: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#(?:1[6-9]\d|[2-9]\d{2}|[1-9]\d{3,5}));)")
_NOT_IN_XML: Final = bytes({*range(32)} - set(b"\t\n\r"))
_ENTITIES: Final = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_ENTITY: Final = re.compile("&(?:#([0-9]+)|([a-z]+));")
_NO_LETTERS: Final = frozenset({*range(0xD800, 0xE000), 0xFFFE, 0xFFFF})
NUMBER: Final = re.compile(rb"-?[0-9]{1,40}(?:\.[0-9]{1,60})?(?:E[+-]?[0-9]{1,3})?")
_COUNT_FORMATS: Final = {GENERAL: "d", "0": "d", "#,##0": ",d"}
_MOST_DIGITS: Final = 15
# What the names of all functions of ``REACHING_OUT`` begin with or hold, and the mark of DDE.
_OUTSIDE: Final = (
    b"CALL", b"CUBE", b"DDE", b"EXEC", b"FILTERXML", b"HYPERLINK", b"IMAGE", b"IMPORT", b"REGISTER.ID", b"RTD",
    b"SQL.REQUEST", b"STOCKHISTORY", b"WEBSERVICE", b"|",
)  # fmt: skip
_NO_DATE_THERE = re.compile(r'"[^"]*"|\\.|\[(?:\$[^\]]*|Red|Blue|Black|Color\d+)\]|General')
_DATE_LETTER = re.compile(r"[dmhys]", re.IGNORECASE)


class NotVouchedForError(Exception):
    """Something stands in the file that the fast reader does not understand to the last character."""


class StoredValues(dict[Key, Seen]):
    """What is seen of a stored value, by what its cell says of it.

    Raises NotVouchedForError for what the careful reader has to judge.
    """

    def __init__(self, strings: list[bytes], styles: Styles) -> None:
        """Take the shared strings, and the number formats of the styles."""
        super().__init__()
        self.strings = strings
        self._formats, self._struck = styles

    @classmethod
    def of(cls, package: Package, parts: WorkbookParts) -> Self:
        """Read the shared strings and the styles of a workbook."""
        return cls(read_strings(package, parts.shared_strings), read_styles(package, parts.styles))

    def has_styles(self, numbers: set[bytes]) -> bool:
        """Tell whether all these styles are in the workbook and strike nothing out; b"" is the first one."""
        styles = {int(number or 0) for number in numbers}
        return max(styles, default=0) < len(self._formats) and styles.isdisjoint(self._struck)

    def __missing__(self, key: Key) -> Seen:
        if isinstance(key, bytes):
            seen = _string(self.strings[int(key)]) if key.isdigit() and int(key) < len(self.strings) else None
            if seen is None:
                raise NotVouchedForError
            self[key] = seen, "", None
        else:
            kind, style, value, inline, computed = key
            self[key] = self._see(kind, style, value, inline, computed=computed)
        return self[key]

    def _see(self, kind: bytes, style: bytes, value: bytes, inline: bytes, *, computed: bool) -> Seen:
        if kind in (b"", b"n") and not inline:
            return self._figure(value, int(style or 0), computed=computed) if value else ("", NO_RESULT, None)
        if kind == b"str" and not inline:
            return _plain_text(value), "", None
        if kind == b"inlineStr" and not (value or computed):
            return _plain_text(inline), "", None
        if kind == b"e" and value and not inline:
            return _plain_text(value), error_fault(_plain_text(value)), None
        if kind == b"b" and value in (b"0", b"1") and not inline:
            return ("TRUE" if value == b"1" else "FALSE"), BOOLEAN_FAULT, None
        raise NotVouchedForError

    def _figure(self, value: bytes, style: int, *, computed: bool) -> Seen:
        number_format = self._formats[style]
        # Most figures are counts, and a count needs no exact arithmetic to be written.
        if number_format in _COUNT_FORMATS and value.isdigit() and len(value) <= _MOST_DIGITS:
            return format(int(value), _COUNT_FORMATS[number_format]).replace(",", "."), "", Decimal(int(value))
        if number_format is None or not NUMBER.fullmatch(value):
            raise NotVouchedForError
        number = float(value) if b"." in value or b"E" in value else int(value)
        if not math.isfinite(number):
            raise NotVouchedForError
        figure = stored_figure(number, computed=computed)
        return figure_text(figure, number_format), "", figure


def read_plain_xml(package: Package, part: str) -> bytes:
    """Give a part in which no tag is hidden by a comment, a section or an instruction."""
    xml = package.read_xml(part)
    hides_tags = b"<!" in xml or xml.count(b"<?") > 1 or b"]]>" in xml
    if len(xml) > _LARGEST_PART or hides_tags or len(xml.translate(None, _NOT_IN_XML)) < len(xml):
        raise NotVouchedForError
    return xml


def formula_text(element: bytes) -> str:
    """Give the formula inside its element; one that is written down at another cell is empty.

    >>> formula_text(b"<f>A1&amp;B1</f>"), formula_text(b'<f t="shared" si="0"/>'), formula_text(b"")
    ('A1&B1', '', '')
    """
    if b"\r" in element:
        raise NotVouchedForError
    text = _decoded(element.partition(b">")[2].removesuffix(b"</f>"))
    return without_entities(text) if "&" in text else text


def may_reach_out(formulas: Iterable[bytes]) -> bool:
    """Tell whether one of these formulas may call something outside the workbook; a closer look decides."""
    written = b"".join(formulas).upper()
    return any(name in written for name in _OUTSIDE)


def read_strings(package: Package, part: str) -> list[bytes]:
    """Give the shared strings of a workbook as they are written; a workbook without their part has none."""
    if part not in package:
        return []
    xml = read_plain_xml(package, part)
    found = _STRINGS.fullmatch(xml)
    items = found[1].split(b"</si><si>") if found and found[1] else []
    if found is None or not len(items) == xml.count(b"<si") == xml.count(b"</si>"):
        raise NotVouchedForError
    return items


def is_plain_string(item: bytes) -> bool:
    r"""Tell whether a shared string is written plainly, so that the part it stands in stays well formed.

    >>> is_plain_string(b"<t>1</t>"), is_plain_string(b"<t>1</t></si><si>"), is_plain_string(b"<t>\x00</t>")
    (True, False, False)
    """
    return (
        _PIECES.fullmatch(item) is not None
        and b"]]>" not in item
        and len(item.translate(None, _NOT_IN_XML)) == len(item)
    )


def _string(item: bytes) -> str:
    if item.startswith(b"<t>") and item.endswith(b"</t>") and item.count(b"<") == 2:
        return _plain_text(item[3:-4])
    if not _PIECES.fullmatch(item):
        raise NotVouchedForError
    return _plain_text(b"".join(_PIECE.findall(item)))


def _plain_text(raw: bytes) -> str:
    has_entities = b"&" in raw
    if b"\r" in raw or b"_x" in raw or (has_entities and BAD_ENTITY.search(raw)):
        raise NotVouchedForError
    text = _decoded(raw)
    return without_entities(text) if has_entities else text


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise NotVouchedForError from None


def without_entities(text: str) -> str:
    """Write the letters that XML spells out; what ``BAD_ENTITY`` finds must not be in it.

    >>> without_entities("&#272;&#250;ng h&#7841;n &amp;lt;")
    'Đúng hạn &lt;'
    """
    return _ENTITY.sub(_letter, text)


def _letter(entity: re.Match[str]) -> str:
    number, name = entity.groups()
    if number is None:
        return _ENTITIES[name]
    if int(number) in _NO_LETTERS:
        raise NotVouchedForError
    return chr(int(number))


def read_styles(package: Package, part: str) -> Styles:
    """Give the number format of every style, None for one that may show a date, and the styles that strike out."""
    if part not in package:
        raise NotVouchedForError
    xml = package.read_xml(part)
    styles = _styles_in(xml)
    if styles is None:
        # The package says what is wrong with a part that is not well formed.
        package.parse_xml(part)
        raise NotVouchedForError
    return styles


@lru_cache(maxsize=16)  # units send copies of the same few templates
def _styles_in(xml: bytes) -> Styles | None:
    if xml.count(b"<") > _MOST_TAGS:
        return None
    try:
        tree = ET.fromstring(xml)  # noqa: S314 - it was read by read_xml, which lets no DTD and no entity pass
        own = {
            _number(element): element.attrib["formatCode"]
            for element in tree.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        }
        styles = tree.findall(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")
        numbers = [_number(style) for style in styles]
        fonts = tree.findall(f"{{{MAIN}}}fonts/{{{MAIN}}}font")
        striking = {str(number) for number, font in enumerate(fonts) if font.find(f"{{{MAIN}}}strike") is not None}
    except (ET.ParseError, KeyError, ValueError):
        return None
    struck = frozenset(place for place, style in enumerate(styles) if style.get("fontId") in striking)
    return tuple(_without_dates(own.get(number, BUILT_IN_FORMATS.get(number))) for number in numbers), struck


def _number(element: ET.Element) -> int:
    text = element.attrib["numFmtId"]
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _without_dates(number_format: str | None) -> str | None:
    if number_format is None or _DATE_LETTER.search(_NO_DATE_THERE.sub("", number_format)):
        return None
    return number_format
