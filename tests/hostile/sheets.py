"""The sheet of the good form taken apart into rows, changed and put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from containers import SHEET, parts_of, with_parts

if TYPE_CHECKING:
    from collections.abc import Callable

_ROW = re.compile(r'<row r="(\d+)"([^>]*)(?:/>|>(.*?)</row>)', re.DOTALL)


@dataclass(frozen=True)
class SheetRow:
    """One row: its number, the other attributes, and the XML of its cells."""

    number: int
    attributes: str
    cells: str

    def moved(self, number: int) -> SheetRow:
        """Give the row another number."""
        cells = re.sub(rf'<c r="([A-Z]+){self.number}"', rf'<c r="\g<1>{number}"', self.cells)
        return SheetRow(number, self.attributes, cells)

    def with_cell(self, column: str, cell: str) -> SheetRow:
        """Replace the cell of a column by an XML in which {cell} stands for its place."""
        place = f"{column}{self.number}"
        cells, count = re.subn(
            rf'<c r="{place}"(?:[^>]*/>|[^>]*>.*?</c>)', lambda _: cell.replace("{cell}", place), self.cells
        )
        assert count == 1, place
        return replace(self, cells=cells)

    def cell(self, column: str) -> str:
        """Give the XML of a cell, with {cell} for its place."""
        place = f"{column}{self.number}"
        found = re.search(rf'<c r="{place}"(?:[^>]*/>|[^>]*>.*?</c>)', self.cells)
        assert found is not None, place
        return found[0].replace(place, "{cell}")

    def with_attribute(self, attribute: str) -> SheetRow:
        """Add an attribute to the row."""
        return replace(self, attributes=f"{self.attributes} {attribute}")

    def xml(self) -> str:
        """Write the row."""
        return f'<row r="{self.number}"{self.attributes}>{self.cells}</row>'


def rows_of(data: bytes) -> list[SheetRow]:
    """Take the rows of the first sheet apart."""
    xml = parts_of(data)[SHEET].decode()
    return [SheetRow(int(number), attributes, cells or "") for number, attributes, cells in _ROW.findall(xml)]


def with_rows(data: bytes, rows: list[SheetRow]) -> bytes:
    """Write these rows into the first sheet."""
    return with_grid(data, "".join(row.xml() for row in rows))


def with_grid(data: bytes, grid: str) -> bytes:
    """Write a grid into the first sheet."""
    return with_sheet_xml(
        data, lambda xml: re.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{grid}</sheetData>", xml)
    )


def with_sheet_xml(data: bytes, change: Callable[[str], str]) -> bytes:
    """Change the XML of the first sheet; the change has to change something."""
    xml = parts_of(data)[SHEET].decode()
    changed = change(xml.replace("\n", " ", 1))
    assert changed != xml
    return with_parts(data, {SHEET: changed.encode()})


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """Replace a piece of the XML of a part, which has to be there."""
    xml = parts_of(data)[part].decode()
    assert old in xml, old
    return with_parts(data, {part: xml.replace(old, new).encode()})


def renumbered(rows: list[SheetRow], first: int) -> list[SheetRow]:
    """Number rows one after the other."""
    return [row.moved(number) for number, row in enumerate(rows, first)]


def without_formulas(data: bytes) -> bytes:
    """Keep of every formula of the first sheet its result alone, so that rows may move."""
    return with_sheet_xml(data, lambda xml: re.sub(r"<f(?: [^>]*)?(?:/>|>[^<]*</f>)", "", xml))
