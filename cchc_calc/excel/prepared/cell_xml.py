"""Cells, texts and points of charts as XlsxWriter writes them: to the byte, because others stand beside them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.excel.prepared.recorded_book import Value

_LOOKS_ESCAPED: Final = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_NOT_HELD: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class CellXml:
    """A cell: its start tag up to the look, and its formula where it has one."""

    opening: bytes
    formula: bytes = b""

    def written(self, value: Value, texts: Mapping[str, int]) -> bytes:
        """Write the cell of a value; ``texts`` gives the places of texts in their table."""
        if self.formula:
            kind = b' t="str"' if isinstance(value, str) else b""
            return b"%b%b>%b<v>%b</v></c>" % (self.opening, kind, self.formula, escaped(str(value)))
        if value is None:
            return self.opening + b"/>"
        if isinstance(value, str):
            return b'%b t="s"><v>%d</v></c>' % (self.opening, texts[value])
        return b"%b><v>%b</v></c>" % (self.opening, f"{cast('float', value):.16G}".encode())


@dataclass(frozen=True, slots=True)
class PointXml:
    """A point that a chart remembers of a cell: a number, or a text under an axis."""

    opening: bytes
    is_number: bool
    has_formula: bool

    def written(self, value: Value, _: Mapping[str, int]) -> bytes:
        """Write the point of a value; what is no number is drawn as 0."""
        shown = "" if value is None else str(value)
        if not self.has_formula and isinstance(value, float):
            shown = f"{value:.16g}"
        return b"%b%b</c:v></c:pt>" % (self.opening, text_xml(_number(shown) if self.is_number else shown))


@dataclass(frozen=True, slots=True)
class HeightXml:
    """The height of a line: the tag of the line up to it."""

    opening: bytes

    def written(self, value: Value, _: Mapping[str, int]) -> bytes:
        """Write a height in points, in whole pixels of three quarters of a point."""
        return self.opening + f"{pixels_of(cast('float', value)) * 0.75:.16g}".encode()


@dataclass(frozen=True, slots=True)
class LinkXml:
    """A link: its tag up to the cell that leads on."""

    opening: bytes

    def written(self, value: Value, _: Mapping[str, int]) -> bytes:
        """Write the link with its target and its text."""
        target, text = map(_attribute_xml, cast("tuple[str, str]", value))
        return b'%b location="%b" display="%b"/>' % (self.opening, target, text)


class Xml(Protocol):
    """What knows how to write one place of a workbook."""

    def written(self, value: Value, texts: Mapping[str, int], /) -> bytes:
        """Write a value."""
        ...


def pixels_of(points: float) -> int:
    """Give the pixels of a height in points."""
    return int(points * 4 / 3 + 0.5)


def string_xml(text: str) -> bytes:
    """Write a text for the table of texts.

    >>> string_xml("Phường <1> ").decode()
    '<si><t xml:space="preserve">Phường &lt;1&gt; </t></si>'
    """
    held = _without_controls(text)
    kept = b' xml:space="preserve"' if held != held.strip() else b""
    return b"<si><t%b>%b</t></si>" % (kept, escaped(held))


def text_xml(text: str) -> bytes:
    """Write a text as the content of an element."""
    return escaped(_without_controls(text))


def escaped(text: str) -> bytes:
    """Write a text that holds no sign XML cannot hold."""
    return html.escape(text, quote=False).encode()


def _attribute_xml(text: str) -> bytes:
    return escaped(text).replace(b'"', b"&quot;").replace(b"\n", b"&#xA;")


def _without_controls(text: str) -> str:
    told_apart = _LOOKS_ESCAPED.sub(r"_x005F\1", text)
    return _NOT_HELD.sub(lambda sign: f"_x{ord(sign[0]):04X}_", told_apart)


def _number(shown: str) -> str:
    try:
        float(shown)
    except ValueError:
        return "0"
    return shown
