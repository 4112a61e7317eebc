"""A sheet that was read once, compared with another of the same make: which cells hold something else now.

Programs write copies of one template alike to the last character but for the values. So the XML of a sheet is
cut at its cells, and only the pieces that differ are looked into; where more than a value differs, nothing is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from cchc_calc.document import Cell
from cchc_calc.excel.readers.cells import fault_code
from cchc_calc.excel.readers.fast import merged_areas
from cchc_calc.excel.readers.grid import LAST_COLUMN, column_letters
from cchc_calc.excel.readers.stored_values import (
    BAD_ENTITY,
    CELL_START,
    FORMULA,
    NUMBER,
    VALUE,
    NotVouchedForError,
    formula_text,
    without_entities,
)
from cchc_calc.form_places import Role
from cchc_calc.legacy_letters import may_be_legacy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cchc_calc.excel.readers.stored_values import StoredValues

_CUT: Final = b'<c r="'
_PIECE = re.compile(rb'<c r="%b(?:/>|>(%b)?(?:%b)?</c>)(.*)' % (CELL_START, FORMULA, VALUE), re.DOTALL)
_SUSPECT: Final = (b"[", b"]]>", b"#REF!", b"\r", b"_x")
"""What a value may hold that the careful reader has to see."""
_MOST_REMEMBERED: Final = 20_000
_NOT_IN_XML: Final = bytes({*range(32)} - set(b"\t\n"))


class _Written(NamedTuple):
    """How a cell is written: its attributes, what stands in it, and what is written up to the next cell."""

    address: bytes
    style: bytes
    kind: bytes
    formula: bytes
    value: bytes
    inline: bytes
    rest: bytes


class _KnownCell(NamedTuple):
    """A cell of the known sheet with its role; ``start`` is written before its value, ``closing`` after it."""

    place: str
    role: Role | None
    address: bytes
    style: bytes
    formula: bytes
    rest: bytes
    start: bytes
    closing: bytes
    string: int
    """The number of the shared string it shows, or -1."""


class KnownSheet:
    """The cells of a sheet as they are written, with the role each has in a form."""

    def __init__(
        self, name: str, xml: bytes, values: StoredValues, columns: int, role: Callable[[str], Role | None]
    ) -> None:
        """Cut a sheet that the fast reader has read, its first ``columns`` columns.

        Raises NotVouchedForError for a sheet of which a cell is written in another way.
        """
        self._columns = columns
        self._figures = values
        self._head, *cut = xml.split(_CUT)
        self._pieces = [_CUT + piece for piece in cut]
        self._rows = _rows_of(self._pieces)
        areas = merged_areas(xml.partition(b"</sheetData>")[2])
        covered = {_place(name, *cell) for area in areas for cell in area.covered()}
        self._merged = {_place(name, area.first_row, area.first_column) for area in areas}
        self._cells = [_known_cell(name, piece, role, covered) for piece in self._pieces]
        # The few ways in which each cell begins: by its attributes, with another type for another value.
        self._beginnings: dict[bytes, tuple[bytes, bytes, bytes]] = {}
        self._showing: dict[int, list[int]] = {}
        for index, cell in enumerate(self._cells):
            if cell.string >= 0:
                self._showing.setdefault(cell.string, []).append(index)

    def changed(self, xml: bytes, values: StoredValues, other_strings: Iterable[int]) -> dict[str, Cell] | None:
        """Give by their place the cells that hold something else; ``None`` where more than a value differs.

        Cells that no form reads are left out, though they have to be written well. ``other_strings`` are the numbers
        under which another string is kept now.
        """
        if max(len(self._figures), len(self._beginnings)) > _MOST_REMEMBERED:
            self._figures.clear()
            self._beginnings.clear()
        differing = self._differing(xml)
        if differing is None:
            return None
        # What shows another string now is another cell, though it is written alike.
        showing = {index for number in other_strings for index in self._showing.get(number, ())}
        for index in showing - differing.keys():
            differing[index] = self._pieces[index]
        try:
            return self._read(sorted(differing.items()) if showing else differing.items(), values)
        except NotVouchedForError:
            return None

    def _differing(self, xml: bytes) -> dict[int, bytes] | None:
        """Give the cells that are written in another way by their number; ``None`` where they are not the same ones."""
        if not xml.startswith(self._head):
            return None
        place = len(self._head)
        differing = {}
        for row, first, stop in self._rows:
            if xml.startswith(row, place):
                place += len(row)
                continue
            for index in range(first, stop):
                piece = self._pieces[index]
                if xml.startswith(piece, place):
                    place += len(piece)
                else:
                    end = xml.find(_CUT, place + len(_CUT))
                    differing[index] = xml[place : end if end >= 0 else None]
                    place += len(differing[index])
        return differing if place == len(xml) else None

    def _read(self, differing: Iterable[tuple[int, bytes]], values: StoredValues) -> dict[str, Cell]:
        changed: dict[str, Cell] = {}
        seen: list[bytes] = []
        styles: set[bytes] = set()
        for index, piece in differing:
            known = self._cells[index]
            place, role, known_address, known_style, formula, rest, start, closing, _ = known
            inline = b""
            attributes, _, content = piece.partition(b">")
            value = content[len(start) : -len(closing)]
            is_plain = (value or formula) and b"<" not in value
            if is_plain and content.startswith(start) and content.endswith(closing):
                address, style, kind = self._beginnings.get(attributes) or self._begin(attributes)
            else:
                address, style, kind, own, value, inline, following = _cut(piece)
                if own != formula or following != rest:
                    raise NotVouchedForError
            if address != known_address:
                raise NotVouchedForError
            if style != known_style:
                styles.add(style)
            seen.append(value or inline)
            if role is Role.UNREAD:
                if inline or not (value.isdigit() or _is_result(kind, value)):
                    raise NotVouchedForError
            elif role is None:
                self._check_same_text(known, kind, value, values)
            else:
                changed[place] = self._cell(known, (kind, style, value, inline), values)
        if not values.has_styles(styles) or _is_suspect(b"".join(seen)):
            raise NotVouchedForError
        return changed

    def _begin(self, attributes: bytes) -> tuple[bytes, bytes, bytes]:
        written = _cut(attributes + b"/>")
        found = self._beginnings[attributes] = (written.address, written.style, written.kind)
        return found

    def _cell(self, known: _KnownCell, held: tuple[bytes, bytes, bytes, bytes], values: StoredValues) -> Cell:
        kind, style, value, inline = held
        formula = known.formula
        if not (value or inline or formula):
            return Cell("", known.place)
        if kind == b"s" and not (formula or inline):
            text, fault, number = values[value]
        else:
            # What a figure looks like does not hang on the strings beside it, and the same ones come back.
            text, fault, number = self._figures[kind, style, value, inline, formula != b""]
        if known.place in self._merged and not any(map(str.isalpha, text)):
            raise NotVouchedForError
        if not (text or formula):
            return Cell("", known.place)
        told = formula_text(formula) if formula and self._columns == LAST_COLUMN else ""
        return Cell(text, known.place, fault, formula != b"", number, fault_code(fault) if fault else "", told)

    def _check_same_text(self, known: _KnownCell, kind: bytes, value: bytes, values: StoredValues) -> None:
        """Let a label pass that is kept under another number in the list of shared strings."""
        is_string = kind == b"s" and known.string >= 0 and value.isdigit() and int(value) < len(values.strings)
        if not is_string or values.strings[int(value)] != self._figures.strings[known.string]:
            raise NotVouchedForError


def _rows_of(pieces: list[bytes]) -> list[tuple[bytes, int, int]]:
    """Put the cells of each row together: how they are written, the number of the first, and that after the last."""
    rows = []
    first = 0
    for index, piece in enumerate(pieces, 1):
        if b"</row>" in piece or index == len(pieces):
            rows.append((b"".join(pieces[first:index]), first, index))
            first = index
    return rows


def _place(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{column_letters(column)}{row}"


def _known_cell(sheet: str, piece: bytes, role: Callable[[str], Role | None], covered: set[str]) -> _KnownCell:
    written = _cut(piece)
    place = f"{sheet}!{written.address.decode()}"
    found = None if place in covered else role(place)
    # Beside the form only formulas are nobody's words.
    of_cell = None if found is Role.UNREAD and not written.formula else found
    return _KnownCell(
        place,
        of_cell,
        written.address,
        written.style,
        written.formula,
        written.rest,
        start=written.formula + b"<v>",
        closing=b"</v></c>" + written.rest,
        string=int(written.value) if written.kind == b"s" and written.value.isdigit() else -1,
    )


def _cut(piece: bytes) -> _Written:
    found = _PIECE.fullmatch(piece)
    if found is None:
        raise NotVouchedForError
    column, row, style, kind, last_style, formula, value, inline, rest = found.groups(b"")
    is_slip = not (formula or value) and b"<v>" in piece
    if is_slip or (style and last_style):
        raise NotVouchedForError
    return _Written(column + row, style or last_style, kind, formula, value, inline, rest)


def _is_result(kind: bytes, value: bytes) -> bool:
    """Tell whether a value may be the result of a formula: another reader could refuse a file for one that is not."""
    if kind in (b"", b"n"):
        return not value or NUMBER.fullmatch(value) is not None
    return kind in (b"str", b"e") or (kind == b"b" and value in (b"0", b"1"))


def _is_suspect(written: bytes) -> bool:
    """Tell whether something stands in values that the careful reader has to see."""
    if any(sign in written for sign in _SUSPECT) or len(written.translate(None, _NOT_IN_XML)) < len(written):
        return True
    if b"&" in written and BAD_ENTITY.search(written):
        return True
    try:
        text = written.decode()
        return may_be_legacy(without_entities(text) if "&" in text else text)
    except UnicodeDecodeError:
        return True
