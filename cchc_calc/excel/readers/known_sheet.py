"""A sheet that was read once, compared with another of the same make: which cells hold something else now.

Programs write copies of one template alike to the last character but for the values. So the XML of a sheet is
cut at its cells, and only the pieces that differ are looked into; where more than a value differs, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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
from cchc_calc.known_forms import Role
from cchc_calc.legacy_letters import may_be_legacy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cchc_calc.excel.readers.stored_values import StoredValues

_CUT: Final = b'<c r="'
_PIECE = re.compile(rb"%b(?:/>|>(%b)?(?:%b)?</c>)(.*)" % (CELL_START, FORMULA, VALUE), re.DOTALL)
_SUSPECT: Final = (b"[", b"]]>", b"#REF!", b"\r", b"_x")
"""What a value may hold that the careful reader has to see."""
_MOST_ATTRIBUTES: Final = 20_000
_NOT_IN_XML: Final = bytes({*range(32)} - set(b"\t\n"))


@dataclass(frozen=True, slots=True)
class _Written:
    """How a cell is written: its attributes, and what stands in it."""

    address: bytes
    style: bytes
    kind: bytes
    formula: bytes = b""
    value: bytes = b""
    inline: bytes = b""
    rest: bytes = b""


@dataclass(frozen=True, slots=True)
class _KnownCell:
    """A cell of the known sheet with its role; ``start`` comes before its value, ``closing`` after it."""

    place: str
    role: Role | None
    written: _Written
    start: bytes
    closing: bytes

    @property
    def string(self) -> int:
        """Return the number of the shared string it shows, or -1."""
        value = self.written.value
        return int(value) if self.written.kind == b"s" and value.isdigit() else -1


class KnownSheet:
    """The cells of a sheet as they are written, with the role each has in a form."""

    def __init__(
        self, name: str, xml: bytes, values: StoredValues, columns: int, role: Callable[[str], Role | None]
    ) -> None:
        """Cut a sheet that the fast reader has read, its first ``columns`` columns.

        Raises NotVouchedForError for a sheet of which a cell is written in another way.
        """
        self._columns = columns
        self._strings = values.strings
        self._head, *self._pieces = xml.split(_CUT)
        areas = merged_areas(xml.partition(b"</sheetData>")[2])
        covered = {_place(name, *cell) for area in areas for cell in area.covered()}
        self._merged = {_place(name, area.first_row, area.first_column) for area in areas}
        self._cells = [_known_cell(name, piece, role, covered) for piece in self._pieces]
        self._attributes: dict[bytes, _Written] = {}
        self._showing: dict[int, list[int]] = {}
        for index, cell in enumerate(self._cells):
            if cell.string >= 0:
                self._showing.setdefault(cell.string, []).append(index)

    def changed(self, xml: bytes, values: StoredValues) -> dict[str, Cell] | None:
        """Give by their place the cells that hold something else; ``None`` where more than a value differs.

        Cells that no form reads are left out, though they have to be written well.
        """
        head, *pieces = xml.split(_CUT)
        if head != self._head or len(pieces) != len(self._pieces):
            return None
        differing = [index for index, piece in enumerate(self._pieces) if piece != pieces[index]]
        if values.strings != self._strings:
            differing = sorted({*differing, *self._showing_other(values.strings)})
        try:
            return self._read(differing, pieces, values)
        except NotVouchedForError:
            return None

    def _read(self, differing: Iterable[int], pieces: Sequence[bytes], values: StoredValues) -> dict[str, Cell]:
        changed: dict[str, Cell] = {}
        seen = []
        styles = set()
        for index in differing:
            known = self._cells[index]
            attributes, value, inline = self._cut(known, pieces[index])
            seen += [value, inline]
            if attributes.style != known.written.style:
                styles.add(attributes.style)
            if known.role is Role.UNREAD:
                _check_unread(attributes.kind, value, inline)
            elif known.role is None:
                self._check_same_text(known, attributes.kind, value, values)
            else:
                cell = self._cell(known, attributes, value, inline, values)
                if known.place in self._merged and not any(map(str.isalpha, cell.text)):
                    raise NotVouchedForError
                changed[known.place] = cell
        if not values.has_styles(styles) or _is_suspect(b"".join(seen)):
            raise NotVouchedForError
        return changed

    def _cut(self, known: _KnownCell, piece: bytes) -> tuple[_Written, bytes, bytes]:
        """Cut a cell into its attributes, its value and its own text, if all else is as it was."""
        attributes, _, content = piece.partition(b">")
        if content.startswith(known.start) and content.endswith(known.closing):
            value = content[len(known.start) : -len(known.closing)]
            if value and b"<" not in value:
                return self._attributes_of(known, attributes), value, b""
        written = _cut_slowly(piece)
        if written.formula != known.written.formula or written.rest != known.written.rest:
            raise NotVouchedForError
        if written.address != known.written.address:
            raise NotVouchedForError
        return written, written.value, written.inline

    def _attributes_of(self, known: _KnownCell, text: bytes) -> _Written:
        found = self._attributes.get(text)
        if found is None:
            found = self._attributes[text] = _cut_slowly(text + b"/>")
            if len(self._attributes) > _MOST_ATTRIBUTES:
                self._attributes.clear()
        if found.address != known.written.address:
            raise NotVouchedForError
        return found

    def _cell(self, known: _KnownCell, attributes: _Written, value: bytes, inline: bytes, values: StoredValues) -> Cell:
        formula = known.written.formula
        if not (value or inline or formula):
            return Cell("", known.place)
        is_shared = attributes.kind == b"s" and not (formula or inline)
        key = value if is_shared else (attributes.kind, attributes.style, value, inline, formula != b"")
        text, fault, number = values[key]
        if not (text or formula):
            return Cell("", known.place)
        told = formula_text(formula) if formula and self._columns == LAST_COLUMN else ""
        return Cell(text, known.place, fault, formula != b"", number, fault_code(fault) if fault else "", told)

    def _showing_other(self, strings: list[bytes]) -> set[int]:
        """List the cells whose shared string is not what it was, or is gone."""
        common = min(len(strings), len(self._strings))
        other = [number for number in range(common) if strings[number] != self._strings[number]]
        gone = [number for number in self._showing if number >= common]
        return {index for number in (*other, *gone) for index in self._showing.get(number, ())}

    def _check_same_text(self, known: _KnownCell, kind: bytes, value: bytes, values: StoredValues) -> None:
        """Let a label pass that is kept under another number in the list of shared strings."""
        is_string = kind == b"s" and known.string >= 0 and value.isdigit() and int(value) < len(values.strings)
        if not is_string or values.strings[int(value)] != self._strings[known.string]:
            raise NotVouchedForError


def _place(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{column_letters(column)}{row}"


def _known_cell(sheet: str, piece: bytes, role: Callable[[str], Role | None], covered: set[str]) -> _KnownCell:
    written = _cut_slowly(piece)
    place = f"{sheet}!{written.address.decode()}"
    found = None if place in covered else role(place)
    # Beside the form only formulas are nobody's words.
    of_cell = None if found is Role.UNREAD and not written.formula else found
    return _KnownCell(place, of_cell, written, written.formula + b"<v>", b"</v></c>" + written.rest)


def _cut_slowly(piece: bytes) -> _Written:
    found = _PIECE.fullmatch(piece)
    if found is None:
        raise NotVouchedForError
    column, row, style, kind, last_style, formula, value, inline, rest = found.groups(b"")
    is_slip = not (formula or value) and b"<v>" in piece
    if is_slip or (style and last_style):
        raise NotVouchedForError
    return _Written(column + row, style or last_style, kind, formula, value, inline, rest)


def _check_unread(kind: bytes, value: bytes, inline: bytes) -> None:
    is_number = kind in (b"", b"n") and (not value or NUMBER.fullmatch(value))
    is_truth = kind == b"b" and value in (b"0", b"1")
    if inline or not (is_number or is_truth or kind in (b"str", b"e")):
        raise NotVouchedForError


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
