"""The good form with its sheets, rows, columns or guards changed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from containers import parts_of
from filled_forms import FORM
from hostile.cells import (
    FIRST_LINE,
    formula_cell,
    number_cell,
    office_workbook,
    place,
    template,
    text_cell,
    with_cells,
)
from hostile.sheets import (
    SheetRow,
    renumbered,
    rows_of,
    with_grid,
    with_rows,
    with_sheet_xml,
    without_formulas,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESSES = [row.address for row in FORM.rows]


@cache
def stamped() -> bytes:
    """Give our own template with typed results in the place of formulas, so that its rows may move."""
    return without_formulas(template())


BASES = {"office": office_workbook, "template": stamped}


def first_row(base: str) -> int:
    """Give the line of the form's first row."""
    return FIRST_LINE if base == "office" else 7


def split(base: str) -> tuple[list[SheetRow], list[SheetRow], list[SheetRow]]:
    """Give the rows above the form, those of the form in its order, and those below."""
    rows = rows_of(BASES[base]())
    start = next(index for index, row in enumerate(rows) if row.number == first_row(base))
    return rows[:start], rows[start : start + len(ADDRESSES)], rows[start + len(ADDRESSES) :]


def reordered(base: str, order: Callable[[list[SheetRow]], list[SheetRow]]) -> bytes:
    """Write the rows of the form in another order, or more or fewer of them."""
    above, form, below = split(base)
    return with_rows(BASES[base](), [*above, *renumbered([*order(form), *below], first_row(base))])


def changed_rows(base: str, changes: dict[str, Callable[[SheetRow], SheetRow]]) -> bytes:
    """Change single rows, by their address."""
    above, form, below = split(base)
    form = [changes.get(address, lambda row: row)(row) for address, row in zip(ADDRESSES, form, strict=True)]
    return with_rows(BASES[base](), [*above, *form, *below])


def at(address: str) -> int:
    """Give the place of a row in the form, from 0."""
    return ADDRESSES.index(address)


def row_twice(base: str, address: str, figure: str) -> bytes:
    """Write a row a second time, with another figure."""

    def order(rows: list[SheetRow]) -> list[SheetRow]:
        copy = rows[at(address)].with_cell("D", f'<c r="{{cell}}"><v>{figure}</v></c>')
        return [*rows[: at(address) + 1], copy, *rows[at(address) + 1 :]]

    return reordered(base, order)


def row_missing(base: str, address: str) -> bytes:
    """Leave a row out."""
    return reordered(base, lambda rows: [*rows[: at(address)], *rows[at(address) + 1 :]])


def row_of_their_own(base: str) -> bytes:
    """Put a row of the ward's own between two rows of the form."""
    own = SheetRow(
        1, "", '<c r="B1" t="inlineStr"><is><t>- Hồ sơ do tổ dân phố nhận hộ</t></is></c><c r="D1"><v>5</v></c>'
    )
    return reordered(base, lambda rows: [*rows[: at("3.4.3.b")], own, *rows[at("3.4.3.b") :]])


def blank_row(base: str) -> bytes:
    """Insert a blank row."""
    return reordered(base, lambda rows: [*rows[: at("3.5")], SheetRow(1, "", ""), *rows[at("3.5") :]])


def block_moved(base: str) -> bytes:
    """Move a block of rows to the end."""
    start, end = at("3.5"), at("3.5.b") + 1
    return reordered(base, lambda rows: [*rows[:start], *rows[end:], *rows[start:end]])


def sorted_rows() -> bytes:
    """Sort the rows of the template by the text of their address, downwards."""
    return reordered(
        "template", lambda rows: [row for _, row in sorted(zip(ADDRESSES, rows, strict=True), reverse=True)]
    )


def labels_swapped(base: str, one: str, other: str) -> bytes:
    """Swap the labels of two rows."""
    _, rows, _ = split(base)
    first, second = rows[at(one)].cell("B"), rows[at(other)].cell("B")
    return changed_rows(
        base, {one: lambda row: row.with_cell("B", second), other: lambda row: row.with_cell("B", first)}
    )


def code_as(base: str, address: str, cell: str) -> bytes:
    """Write another cell into the column of the codes, ``{date}`` is the style of a date."""
    with_date = with_cells(base, {"1.1": number_cell("45050", "date")})
    style = re.search(rf'r="{place(base, "1.1")}" (s="\d+")', parts_of(with_date)["xl/worksheets/sheet1.xml"].decode())
    assert style is not None
    return changed_rows(base, {address: lambda row: row.with_cell("A", cell.replace("{date}", style[1]))})


def shifted_columns() -> bytes:
    """Put a column before the first."""

    def shift(row: SheetRow) -> SheetRow:
        cells = re.sub(r'<c r="([A-F])', lambda found: f'<c r="{chr(ord(found[1]) + 1)}', row.cells)
        return SheetRow(row.number, "", cells)

    return with_rows(office_workbook(), list(map(shift, rows_of(office_workbook()))))


def other_header(*header: SheetRow) -> bytes:
    """Write other rows in the place of the header."""
    above, form, below = split("office")
    return with_rows(office_workbook(), renumbered([*above[:-1], *header, *form, *below], 1))


def two_header_rows() -> bytes:
    """Write the heading of the figures in two rows."""
    header = split("office")[0][-1]
    lower = SheetRow(header.number, "", text_cell("liệu").replace("{cell}", f"D{header.number}"))
    return other_header(header.with_cell("D", text_cell("Số")), lower)


def row_hidden(base: str, address: str, attribute: str) -> bytes:
    """Give a row an attribute with which nobody sees it."""
    return changed_rows(base, {address: lambda row: row.with_attribute(attribute)})


def filtered(base: str) -> bytes:
    """Filter the rows by a value, as Excel saves it."""
    data = row_hidden(base, "3.4.3.a", 'hidden="1"')
    values = '<filters><filter val="425"/></filters>'
    rule = f'<autoFilter ref="A5:F173"><filterColumn colId="3">{values}</filterColumn></autoFilter>'
    return with_sheet_xml(data, lambda xml: xml.replace("</sheetData>", f"</sheetData>{rule}"))


def column_hidden(base: str) -> bytes:
    """Hide the column of the figures."""
    column = '<col min="4" max="4" width="9" hidden="1" customWidth="1"/>'
    if base == "template":
        return with_sheet_xml(template(), lambda xml: re.sub(r'<col min="4" max="4"[^>]*/>', column, xml))
    return with_sheet_xml(
        office_workbook(), lambda xml: xml.replace("<sheetData>", f"<cols>{column}</cols><sheetData>")
    )


def merged(first: str, last: str) -> bytes:
    """Merge the cells of figures from one row to another."""
    return merged_cells(f"{place('office', first)}:{place('office', last)}")


def merged_cells(area: str) -> bytes:
    """Merge cells of the office's workbook."""
    merge = f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>'
    return with_sheet_xml(office_workbook(), lambda xml: xml.replace("</sheetData>", merge))


def raw_grid(change: Callable[[str], str]) -> bytes:
    """Change the grid of the office's workbook as a text."""
    return with_grid(office_workbook(), change("".join(row.xml() for row in rows_of(office_workbook()))))


def sparse() -> bytes:
    """Put formatted blank rows behind the form, as many as a sheet may have here."""
    rows = "".join(f'<row r="{row}" s="0" customFormat="1"/>' for row in range(1000, 199_000))
    return raw_grid(lambda grid: grid + rows)


def without_references() -> bytes:
    """Leave out the numbers of rows and cells, with every blank written."""
    grid = ""
    for row in rows_of(office_workbook()):
        cells = dict(re.findall(r'<c r="([A-Z]+)\d+"((?:[^>]*/>|[^>]*>.*?</c>))', row.cells))
        grid += "<row>" + "".join(f"<c{cells.get(column, '/>')}" for column in "ABCDEF") + "</row>"
    return with_grid(office_workbook(), grid)


STRUCTURES: dict[str, Callable[[], bytes]] = {
    "blank-row-inserted": lambda: blank_row("template"),
    "blank-row-inserted-by-an-office": lambda: blank_row("office"),
    "block-moved": lambda: block_moved("office"),
    "block-moved-in-the-template": lambda: block_moved("template"),
    "rows-sorted": sorted_rows,
    "row-twice": lambda: row_twice("office", "3.4.3.b", "400"),
    "row-twice-in-the-template": lambda: row_twice("template", "3.4.3.b", "400"),
    "row-missing": lambda: row_missing("office", "3.4.3.b"),
    "row-missing-in-the-template": lambda: row_missing("template", "3.4.3.b"),
    "row-missing-of-another-level": lambda: row_missing("office", "3.4.2.b"),
    "row-of-their-own": lambda: row_of_their_own("office"),
    "row-of-their-own-in-the-template": lambda: row_of_their_own("template"),
    "code-1.10-became-1.1": lambda: code_as("office", "1.7", '<c r="{cell}"><v>1.1</v></c>'),
    "codes-as-numbers": lambda: code_as("office", "1.1", '<c r="{cell}"><v>1.1</v></c>'),
    "code-became-a-date": lambda: code_as("office", "1.1", '<c r="{cell}" {date}><v>45050</v></c>'),
    "code-became-a-date-in-the-template": lambda: code_as("template", "1.1", '<c r="{cell}" {date}><v>45050</v></c>'),
    "labels-swapped": lambda: labels_swapped("office", "1.1", "1.7"),
    "labels-swapped-in-the-template": lambda: labels_swapped("template", "1.1", "1.7"),
    "column-inserted": shifted_columns,
    "header-in-two-rows": two_header_rows,
    "header-merged": lambda: merged_cells("D4:E4"),
    "header-missing": other_header,
    "figures-merged": lambda: merged("3.4.3.a", "3.4.3.b"),
    "row-hidden": lambda: row_hidden("office", "3.4.3.a", 'hidden="1"'),
    "row-hidden-in-the-template": lambda: row_hidden("template", "3.4.3.a", 'hidden="1"'),
    "row-without-height": lambda: row_hidden("office", "3.4.3.a", 'ht="0" customHeight="1"'),
    "column-hidden": lambda: column_hidden("office"),
    "column-hidden-in-the-template": lambda: column_hidden("template"),
    "rows-filtered": lambda: filtered("office"),
    "rows-filtered-in-the-template": lambda: filtered("template"),
    "row-number-twice": lambda: raw_grid(lambda grid: grid + '<row r="172"><c r="D172"><v>1</v></c></row>'),
    "rows-disordered": lambda: raw_grid(lambda grid: grid + '<row r="20"><c r="D20"><v>1</v></c></row>'),
    "cell-twice": lambda: raw_grid(
        lambda grid: re.sub(r'(<c r="D6"[^>]*>.*?</c>)', r'\1<c r="D6"><v>99</v></c>', grid, count=1)
    ),
    "cell-outside-the-grid": lambda: raw_grid(
        lambda grid: grid + '<row r="1048576"><c r="XFE1048576"><v>1</v></c></row>'
    ),
    "row-outside-the-grid": lambda: raw_grid(
        lambda grid: grid + '<row r="1048577"><c r="XFE1048577"><v>1</v></c></row>'
    ),
    "dimension-lies": lambda: with_sheet_xml(
        office_workbook(), lambda xml: re.sub(r"<dimension [^>]*/>", '<dimension ref="A1:B2"/>', xml)
    ),
    "200000-formatted-rows": sparse,
    "cells-without-reference": without_references,
    "string-out-of-range": lambda: with_cells("office", {"1.1": '<c r="{cell}" t="s"><v>99999</v></c>'}),
    "style-out-of-range": lambda: with_cells("office", {"1.1": '<c r="{cell}" s="9999"><v>12</v></c>'}),
    "link-to-another-workbook": lambda: with_cells("office", {"3.4.3.b": formula_cell("'[1]Quý 2'!D57", "425")}),
    "link-in-the-template": lambda: with_cells("template", {"3.4.3.b": formula_cell("'[1]Quý 2'!D57", "425")}),
    "place-lost-in-a-formula": lambda: with_cells("office", {"3.4.3.b": formula_cell("#REF!+425", "425")}),
}
"""The content of every workbook, by its name in the list of cases."""
