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
_NOT_IN_XML: Final = bytes({*range(32)} - set(b"\t\n"))


@dataclass(frozen=True, slots=True)
class _KnownCell:
    """A cell of the known sheet; ``rest`` is what is written between it and the next one."""

    place: str
    role: Role | None
    address: bytes
    style: bytes
    kind: bytes
    formula: bytes
    value: bytes
    rest: bytes

    @property
    def string(self) -> int:
        """Return the number of the shared string it shows, or -1."""
        return int(self.value) if self.kind == b"s" and self.value.isdigit() else -1


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
        self._showing: dict[int, list[int]] = {}
        for index, cell in enumerate(self._cells):
            if cell.string >= 0:
                self._showing.setdefault(cell.string, []).append(index)

    def fits(self, xml: bytes) -> bool:
        """Tell whether a sheet has as many cells, which costs next to nothing."""
        return xml.count(_CUT) == len(self._pieces)

    def changed(self, xml: bytes, values: StoredValues) -> dict[str, Cell] | None:
        """Give by their place the cells that hold something else; ``None`` where more than a value differs.

        Cells that no form reads are left out, though they have to be written well.
        """
        head, *pieces = xml.split(_CUT)
        if head != self._head or not self.fits(xml):
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
        written = []
        styles = set()
        for index in differing:
            known, found = self._cells[index], _PIECE.fullmatch(pieces[index])
            if found is None:
                raise NotVouchedForError
            column, row, style, kind, last_style, formula, value, inline, rest = found.groups(b"")
            is_slip = (style and last_style) or (not (formula or value) and b"<v>" in pieces[index])
            address, style = column + row, style or last_style
            if is_slip or address != known.address or formula != known.formula or rest != known.rest:
                raise NotVouchedForError
            written += [value, inline]
            if style != known.style:
                styles.add(style)
            if known.role is Role.UNREAD:
                _check_unread(kind, value, inline, formula)
            elif known.role is None:
                self._check_same_text(known, kind, value, values)
            else:
                cell = self._cell(known.place, kind, style, value, inline, formula, values)
                if known.place in self._merged and not any(map(str.isalpha, cell.text)):
                    raise NotVouchedForError
                changed[known.place] = cell
        if not values.has_styles(styles) or _is_suspect(b"".join(written)):
            raise NotVouchedForError
        return changed

    def _cell(
        self, place: str, kind: bytes, style: bytes, value: bytes, inline: bytes, formula: bytes, values: StoredValues
    ) -> Cell:
        if not (value or inline or formula):
            return Cell("", place)
        is_shared = kind == b"s" and not (formula or inline)
        text, fault, number = values[value if is_shared else (kind, style, value, inline, formula != b"")]
        if not (text or formula):
            return Cell("", place)
        known = formula_text(formula) if formula and self._columns == LAST_COLUMN else ""
        return Cell(text, place, fault, computed=formula != b"", number=number, code=fault_code(fault), formula=known)

    def _showing_other(self, strings: list[bytes]) -> set[int]:
        """List the cells whose shared string is not what it was, or is gone."""
        common = min(len(strings), len(self._strings))
        other = [number for number in range(common) if strings[number] != self._strings[number]]
        gone = [number for number in self._showing if number >= common]
        return {index for number in (*other, *gone) for index in self._showing.get(number, ())}

    def _check_same_text(self, known: _KnownCell, kind: bytes, value: bytes, values: StoredValues) -> None:
        """Let a label pass that is kept under another number in the list of shared strings."""
        is_string = kind == b"s" == known.kind and value.isdigit() and int(value) < len(values.strings)
        if not is_string or values.strings[int(value)] != self._strings[known.string]:
            raise NotVouchedForError


def _place(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{column_letters(column)}{row}"


def _known_cell(sheet: str, piece: bytes, role: Callable[[str], Role | None], covered: set[str]) -> _KnownCell:
    found = _PIECE.fullmatch(piece)
    if found is None:
        raise NotVouchedForError
    column, row, style, kind, last_style, formula, value, inline, rest = found.groups(b"")
    address, style = column + row, style or last_style
    place = f"{sheet}!{address.decode()}"
    found_role = None if place in covered else role(place)
    # Beside the form only formulas are nobody's words.
    of_cell = None if found_role is Role.UNREAD and not formula else found_role
    return _KnownCell(place, of_cell, address, style, kind, formula, value or inline, rest)


def _check_unread(kind: bytes, value: bytes, inline: bytes, formula: bytes) -> None:
    is_number = kind in (b"", b"n") and (not value or NUMBER.fullmatch(value))
    is_truth = kind == b"b" and value in (b"0", b"1")
    if not (formula and not inline and (is_number or is_truth or kind in (b"str", b"e"))):
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
