"""How an .ods workbook is shown and kept: hidden sheets, rows and columns, macros, and what reaches out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.readers.active_content import active_content
from cchc_calc.excel.readers.grid import LAST_COLUMN, LAST_ROW
from cchc_calc.workbook_state import SheetState, Span, WorkbookState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from cchc_calc.package import Package

_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _DRAW = (f"{_OASIS}{name}:1.0}}" for name in ("table", "drawing"))
_ACTIVE: Final = {
    f"{_DRAW}object-ole": "đối tượng nhúng (OLE)",
    f"{_TABLE}dde-link": "liên kết DDE",
    f"{_TABLE}database-source-sql": "kết nối dữ liệu",
    f"{_TABLE}database-source-table": "kết nối dữ liệu",
    f"{_TABLE}database-source-query": "kết nối dữ liệu",
}
_MACROS: Final = ("Basic/", "Scripts/")


def read_state(package: Package, shown: list[Element], hidden: list[Element]) -> WorkbookState:
    """Tell how a workbook is shown; ``shown`` and ``hidden`` are its sheets."""
    return WorkbookState(
        sheets=tuple(map(_name, shown)),
        hidden_sheets=tuple(map(_name, hidden)),
        has_macros=any(part.startswith(_MACROS) for part in package.names),
        states=tuple(map(_sheet_state, shown)),
    )


def refuse_active_elements(package: Package, content: Element) -> None:
    """Refuse a workbook with an embedded object or a source of data outside. Raises SourceRefusedError: F10."""
    for element in content.iter():
        if element.tag in _ACTIVE:
            raise active_content(package.source, _ACTIVE[element.tag])


def _sheet_state(sheet: Element) -> SheetState:
    rows = list(_hidden(sheet, "row", LAST_ROW))
    return SheetState(
        _name(sheet),
        hidden_rows=tuple(span for span, _ in rows),
        hidden_columns=tuple(span for span, _ in _hidden(sheet, "column", LAST_COLUMN)),
        is_filtered=any(how == "filter" for _, how in rows),
    )


def _hidden(sheet: Element, kind: str, last: int) -> Iterator[tuple[Span, str]]:
    """Give the rows or columns that are not shown, each with the reason that the file gives."""
    number = 1
    for element in sheet.iter(f"{_TABLE}table-{kind}"):
        repeats = element.get(f"{_TABLE}number-{kind}s-repeated", "1")
        count = int(repeats) if repeats.isascii() and repeats.isdigit() and len(repeats) < 10 else 1
        how = element.get(f"{_TABLE}visibility", "visible")
        if how != "visible" and number <= last:
            yield (number, min(number + count - 1, last)), how
        number += count


def _name(sheet: Element) -> str:
    return sheet.get(f"{_TABLE}name", "")
