"""A sheet of plain cells without looks, written as XML: the sheets that binding adds to a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.patching.elements import attribute, escaped
from cchc_calc.excel.readers.workbook_parts import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(rows: Mapping[int, Iterable[bytes]], *, before: bytes = b"") -> bytes:
    """Write a sheet of rows, counted from 1, with their cells in order; ``before`` stands before the grid.

    >>> sheet_xml({1: [text_cell("A1", "KXĐ")]}).decode().partition("<sheetData>")[2]
    '<row r="1"><c r="A1" t="inlineStr"><is><t>KXĐ</t></is></c></row></sheetData></worksheet>'
    """
    grid = b"".join(b'<row r="%d">%b</row>' % (number, b"".join(rows[number])) for number in sorted(rows))
    root = b"<worksheet%b>" % attribute(b"xmlns", MAIN)
    return b"".join([_DECLARATION, root, before, b"<sheetData>", grid, b"</sheetData></worksheet>"])


def text_cell(cell: str, text: str) -> bytes:
    """Write a cell with a text, whose blanks and line ends are kept."""
    kept = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    return b'<c%b t="inlineStr"><is><t%b>%b</t></is></c>' % (attribute(b"r", cell), kept, escaped(text))


def formula_cell(cell: str, formula: str, value: float | str) -> bytes:
    """Write a cell with a formula that begins with "=", and its result."""
    kind = b' t="str"' if isinstance(value, str) else b""
    stored = escaped(value if isinstance(value, str) else repr(value))
    return b"<c%b%b><f>%b</f><v>%b</v></c>" % (
        attribute(b"r", cell),
        kind,
        escaped(formula.removeprefix("=")),
        stored,
    )
