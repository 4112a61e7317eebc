"""What the cells of a plainly written workbook hold, looked up once for every distinct value."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.excel.cells import BOOLEAN_FAULT, NO_RESULT, error_fault
from cchc_calc.excel.number_formats import BUILT_IN_FORMATS, exact_number, figure_text
from cchc_calc.excel.workbook_parts import MAIN

if TYPE_CHECKING:
    from cchc_calc.excel.workbook_parts import WorkbookParts
    from cchc_calc.package import Package

Key: TypeAlias = str | tuple[str, str, str, str, bool]
"""The number of a shared string; or type, style, value, inline text, and whether a formula gave it."""

_LARGEST_PART: Final = 10_000_000
_STRINGS = re.compile(
    rf'(?:<\?xml[^<>]*\?>\s*)?<sst xmlns="{re.escape(MAIN)}"[^<>]*>(?:<si>(.*)</si>)?</sst>\s*', re.DOTALL
)
_PIECE = re.compile(r'<t(?: xml:space="preserve")?>([^<]*)</t>')
_TEXT = r'<t(?: xml:space="preserve")?>[^<]*</t>'
_PIECES = re.compile(rf"{_TEXT}|(?:<r>(?:<rPr>(?:<[^<>/]*/>)*</rPr>)?{_TEXT}</r>)+")
BAD_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_NOT_IN_XML: Final = bytes({*range(32)} - set(b"\t\n\r"))
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,60})?(?:E[+-]?[0-9]{1,3})?")
_NO_DATE_THERE = re.compile(r'"[^"]*"|\\.|\[(?:\$[^\]]*|Red|Blue|Black|Color\d+)\]|General')
_DATE_LETTER = re.compile(r"[dmhys]", re.IGNORECASE)


class NotVouchedForError(Exception):
    """Something stands in the file that the fast reader does not understand to the last character."""


class StoredValues(dict[Key, tuple[str, str]]):
    """Text and fault of a stored value, by what its cell says of it.

    Raises NotVouchedForError for what the careful reader has to judge.
    """

    def __init__(self, package: Package, parts: WorkbookParts) -> None:
        """Read the shared strings and the number formats of the styles."""
        super().__init__()
        self._strings = _split_strings(package, parts.shared_strings)
        self._formats = _formats(package, parts.styles)

    def has_styles(self, numbers: set[str]) -> bool:
        """Tell whether all these styles are in the workbook; "" is the first one."""
        return all(int(number or 0) < len(self._formats) for number in numbers)

    def __missing__(self, key: Key) -> tuple[str, str]:
        kind, style, value, inline, computed = ("s", "", key, "", False) if isinstance(key, str) else key
        seen = self[key] = self._see(kind, style, value, inline, computed=computed)
        return seen

    def _see(self, kind: str, style: str, value: str, inline: str, *, computed: bool) -> tuple[str, str]:
        if kind == "s" and value.isdigit() and int(value) < len(self._strings):
            return _string(self._strings[int(value)]), ""
        if kind in ("", "n"):
            return (self._figure(value, int(style or 0), computed=computed), "") if value else ("", NO_RESULT)
        if kind == "str":
            return _plain_text(value), ""
        if kind == "inlineStr" and not computed:
            return _plain_text(inline), ""
        if kind == "e" and value:
            return value, error_fault(value)
        if kind == "b" and value in ("0", "1"):
            return ("TRUE" if value == "1" else "FALSE"), BOOLEAN_FAULT
        raise NotVouchedForError

    def _figure(self, value: str, style: int, *, computed: bool) -> str:
        number_format = self._formats[style]
        if number_format is None or not _NUMBER.fullmatch(value):
            raise NotVouchedForError
        number = float(value) if "." in value or "E" in value else int(value)
        if not math.isfinite(number):
            raise NotVouchedForError
        return figure_text(exact_number(number), number_format, computed=computed)


def read_plain_xml(package: Package, part: str) -> str:
    """Give the text of a part in which no tag is hidden by a comment, a section or an instruction."""
    xml = package.read_xml(part)
    hides_tags = b"<!" in xml or xml.count(b"<?") > 1 or b"]]>" in xml
    if len(xml) > _LARGEST_PART or hides_tags or len(xml.translate(None, _NOT_IN_XML)) < len(xml):
        raise NotVouchedForError
    try:
        return xml.decode()
    except UnicodeDecodeError:
        raise NotVouchedForError from None


def _split_strings(package: Package, part: str) -> list[str]:
    if part not in package:
        return []
    text = read_plain_xml(package, part)
    found = _STRINGS.fullmatch(text)
    items = found[1].split("</si><si>") if found and found[1] else []
    if found is None or not len(items) == text.count("<si") == text.count("</si>"):
        raise NotVouchedForError
    return items


def _string(item: str) -> str:
    if item.startswith("<t>") and item.endswith("</t>") and item.count("<") == 2:
        return _plain_text(item[3:-4])
    if not _PIECES.fullmatch(item):
        raise NotVouchedForError
    return _plain_text("".join(_PIECE.findall(item)))


def _plain_text(raw: str) -> str:
    if "&" in raw:
        if BAD_ENTITY.search(raw):
            raise NotVouchedForError
        for entity, letter in _ENTITIES:
            raw = raw.replace(entity, letter)
    if "\r" in raw or "_x" in raw:
        raise NotVouchedForError
    return raw


def _formats(package: Package, part: str) -> list[str | None]:
    """Give the number format of every style, None for one that may show a date."""
    if part not in package:
        raise NotVouchedForError
    tree = package.parse_xml(part)
    try:
        own = {
            int(element.attrib["numFmtId"]): element.attrib["formatCode"]
            for element in tree.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        }
        numbers = [int(style.attrib["numFmtId"]) for style in tree.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")]
    except (KeyError, ValueError):
        raise NotVouchedForError from None
    return [_without_dates(own.get(number, BUILT_IN_FORMATS.get(number))) for number in numbers]


def _without_dates(number_format: str | None) -> str | None:
    if number_format is None or _DATE_LETTER.search(_NO_DATE_THERE.sub("", number_format)):
        return None
    return number_format
