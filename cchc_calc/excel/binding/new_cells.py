"""New cells written into the XML of a sheet: in the place of old ones, or where they belong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.excel.binding.sheet_cells import cell_name
from cchc_calc.excel.patching.elements import (
    Splice,
    appended,
    attribute,
    escaped,
    opened,
    sibling_name,
    splice,
    start_tag,
    tag_name,
    with_attributes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.excel.binding.sheet_cells import Place, SheetCells, SheetRow
    from cchc_calc.excel.patching.elements import Element

_SPANS = re.compile(r"([0-9]{1,5}):([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class NewCell:
    """What goes into a cell: a formula that begins with "=", its result, and a style (``None`` keeps the old)."""

    formula: str
    value: float | str
    style: int | None = None


def with_new_cells(sheet: SheetCells, cells: Mapping[Place, NewCell]) -> bytes:
    """Give the XML of a sheet with these cells in the place of the old ones; no other byte changes.

    A cell or a row that is not there is put where it belongs, in the style of its row or column.
    """
    by_row: dict[int, dict[int, NewCell]] = {}
    for (number, column), cell in sorted(cells.items()):
        by_row.setdefault(number, {})[column] = cell
    splices: list[Splice] = []
    at_end = b""
    for number, new in by_row.items():
        row = sheet.rows.get(number)
        if row is not None:
            splices += _changes(sheet, number, row, new)
            continue
        following = min((one.element.start for at, one in sheet.rows.items() if at > number), default=None)
        if following is None:
            at_end += _new_row(sheet, number, new)
        else:
            splices.append(Splice(following, following, _new_row(sheet, number, new)))
    return splice(sheet.xml, [*splices, *(appended(sheet.xml, sheet.grid, at_end) if at_end else [])])


def _changes(sheet: SheetCells, number: int, row: SheetRow, new: Mapping[int, NewCell]) -> Iterator[Splice]:
    missing: dict[int, bytes] = {}
    for column, cell in new.items():
        old = row.cells.get(column)
        if old is None:
            missing[column] = _new_cell(sheet, (number, column), cell, like=row.element)
        else:
            yield Splice(old.start, old.end, _cell(start_tag(sheet.xml, old), cell, cell.style))
    if not missing:
        return
    tag = _wide_enough(start_tag(sheet.xml, row.element), row.element, [*missing])
    if row.element.is_one_tag:
        content = b"".join(missing.values())
        yield Splice(row.element.start, row.element.end, opened(tag) + content + b"</" + tag_name(tag) + b">")
        return
    yield Splice(row.element.start, row.element.inside, tag)
    for column, xml in missing.items():
        place = min((old.start for at, old in row.cells.items() if at > column), default=row.element.close)
        yield Splice(place, place, xml)


def _new_row(sheet: SheetCells, number: int, new: Mapping[int, NewCell]) -> bytes:
    name = sibling_name(start_tag(sheet.xml, sheet.grid), "row")
    cells = [_new_cell(sheet, (number, column), cell, like=sheet.grid) for column, cell in new.items()]
    return b"<%b%b>%b</%b>" % (name, attribute(b"r", str(number)), b"".join(cells), name)


def _new_cell(sheet: SheetCells, place: Place, cell: NewCell, *, like: Element) -> bytes:
    name = sibling_name(start_tag(sheet.xml, like), "c")
    tag = b"<%b%b>" % (name, attribute(b"r", cell_name(place)))
    return _cell(tag, cell, sheet.style(place) if cell.style is None else cell.style)


def _cell(tag: bytes, cell: NewCell, style: int | None) -> bytes:
    value = cell.value if isinstance(cell.value, str) else repr(cell.value)
    kind = "str" if isinstance(cell.value, str) else None
    # What a cell keeps about its old value in other parts (metadata, phonetics) is of no new one.
    changes: dict[str, str | None] = {"cm": None, "vm": None, "ph": None}
    if style is not None:
        changes["s"] = str(style) if style else None
    changes["t"] = kind
    formula_name, value_name = sibling_name(tag, "f"), sibling_name(tag, "v")
    return b"".join(
        [
            opened(with_attributes(tag, changes)),
            b"<%b>%b</%b>" % (formula_name, escaped(cell.formula.removeprefix("=")), formula_name),
            b"<%b>%b</%b>" % (value_name, escaped(value), value_name),
            b"</%b>" % tag_name(tag),
        ]
    )


def _wide_enough(tag: bytes, row: Element, columns: list[int]) -> bytes:
    """Drop the hint of a row about its first and last cell when a new cell lies outside."""
    hint = _SPANS.fullmatch(row.attributes.get("spans", ""))
    if hint is None or all(int(hint[1]) <= column <= int(hint[2]) for column in columns):
        return tag
    return with_attributes(tag, {"spans": None})
