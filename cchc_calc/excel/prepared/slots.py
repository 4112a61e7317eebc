"""The places of a written part that show what cells hold: in a sheet the cells, in a chart the points."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.excel.prepared.cell_xml import CellXml, HeightXml, LinkXml, PointXml
from cchc_calc.excel.prepared.recorded_book import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cchc_calc.excel.prepared.cell_xml import Xml

_IN_SHEET: Final = re.compile(
    rb'(?P<cell><c r="(?P<place>[A-Z]+[0-9]+)" s="[0-9]+")(?: t="[a-z]+")?'
    rb"(?:/>|>(?P<formula><f>.*?</f>)?<v>.*?</v></c>)"
    rb'|(?P<row><row r="(?P<line>[0-9]+)"[^>]*? ht=")[0-9.]+'
    rb'|(?P<link><hyperlink ref="(?P<linked>[A-Z]+[0-9]+)") location="[^"]*" display="[^"]*"/>',
    re.DOTALL,
)
_CACHE: Final = re.compile(
    rb"<c:f>'(?P<sheet>[^']+)'!\$(?P<column>[A-Z]+)\$(?P<line>[0-9]+)[^<]*</c:f><c:(?P<kind>num|str)Cache>.*?</c:\w+Cache>",
    re.DOTALL,
)
_POINT: Final = re.compile(rb'(?P<opening><c:pt idx="(?P<number>[0-9]+)"><c:v>).*?</c:v></c:pt>', re.DOTALL)


Name: TypeAlias = tuple[Kind, str, str]
"""A place in a workbook: its kind, its sheet, and the cell or the line."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of a part, from ``start`` to ``end``, that shows what lies at a place of the workbook."""

    start: int
    end: int
    name: Name
    xml: Xml


def sheet_slots(sheet: str, part: bytes) -> Iterator[Slot]:
    """Find the cells, the heights and the links of a sheet."""
    for found in _IN_SHEET.finditer(part):
        if found["cell"]:
            xml: Xml = CellXml(found["cell"], found["formula"] or b"")
            name = Kind.CELL, sheet, found["place"].decode()
        elif found["row"]:
            xml, name = HeightXml(found["row"]), (Kind.HEIGHT, sheet, found["line"].decode())
        else:
            xml, name = LinkXml(found["link"]), (Kind.LINK, sheet, found["linked"].decode())
        yield Slot(*found.span(), name, xml)


def chart_slots(part: bytes, has_formula: Callable[[Name], bool]) -> Iterator[Slot]:
    """Find the points of a chart whose ranges are parts of columns; ``has_formula`` tells of a cell."""
    for cache in _CACHE.finditer(part):
        sheet, column, first = html.unescape(cache["sheet"].decode()), cache["column"].decode(), int(cache["line"])
        for point in _POINT.finditer(part, cache.start(), cache.end()):
            name = Kind.CELL, sheet, f"{column}{first + int(point['number'])}"
            yield Slot(*point.span(), name, PointXml(point["opening"], cache["kind"] == b"num", has_formula(name)))
