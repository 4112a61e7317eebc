"""A form that was recognised once: another document of the same make is recognised from it, without a search.

Units fill copies of one template. Two such documents differ in a few cells: figures, results, the names above
the form. What those cells mean was found out in the first document; where any other cell differs, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.cell_checks import conversions
from cchc_calc.document import Paragraph, Table
from cchc_calc.entries import odd_about, read_entry
from cchc_calc.form_places import FormPlaces, Role
from cchc_calc.legacy_letters import may_be_legacy
from cchc_calc.letterhead import read_letterhead
from cchc_calc.recognition import make_report, recognition_of, title_of
from cchc_calc.spelling import clean, tidy, without_markup
from cchc_calc.stamp import is_stamp
from cchc_calc.table_layout import find_header, find_layouts, may_be_in_header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.catalogue import Form
    from cchc_calc.document import Cell, Document
    from cchc_calc.findings import Finding
    from cchc_calc.letterhead import Letterhead
    from cchc_calc.recognition import Recognition
    from cchc_calc.report import Entry, Report
    from cchc_calc.table_layout import Line

_OF_ALL_CELLS: Final = frozenset({"legacy_letters", "calculation_mode", "parts_hidden"})
"""The rules that look at cells which need not be those that differ."""


@dataclass(slots=True)
class _Filling:
    """The rows of a form as they are filled in: their entries, what is told of them, and those kept as texts."""

    entries: dict[str, Entry]
    told: dict[str, tuple[Finding, ...]]
    written: dict[str, Line]

    def take(self, address: str, entry: Entry, told: tuple[Finding, ...], written: Line | None) -> None:
        self.entries[address], self.told[address] = entry, told
        if written is not None:
            self.written[address] = written
        else:
            self.written.pop(address, None)


class KnownForm:
    """A form of which the report is known, for other documents that differ from its document in some cells."""

    def __init__(
        self, recognition: Recognition, form: Form, places: FormPlaces, top: tuple[tuple[Cell, ...], ...]
    ) -> None:
        """Take apart what was recognised; ``top`` are the rows of the table down to its header."""
        self._recognition = recognition
        self._report = recognition.report
        self._form = form
        self._places = places
        self._top = top
        self._header = find_header(Table(top))
        self._around = {paragraph.where: index for index, paragraph in enumerate(recognition.loose)}
        self._prose = {paragraph.where: index for index, paragraph in enumerate(self._report.prose)}
        lines = recognition.lines
        self._order = tuple(lines)
        self._told = {row.address: self._read(row.address, lines[row.address])[1] for row in form.rows}
        self._written = {address: line for address, line in lines.items() if _is_written(line)}
        self._told_places = {finding.where for finding in recognition.leading}
        by_address = form.by_address
        self._rows = {place: (by_address[address], False) for place, address in places.reported.items()}
        self._rows |= {
            place: (by_address[address], self._is_direct(address)) for place, address in places.values.items()
        }

    @classmethod
    def of(cls, document: Document) -> KnownForm | None:
        """Know the form of a document, or give ``None`` where too much of its reading hangs on its figures."""
        recognition = recognition_of(document)
        choice = recognition.choice
        if choice is None or document.remarks or not choice.is_whole or choice.matching.refused:
            return None
        # A formula among the figures, or an old font, is judged with all other cells in view.
        is_plain = recognition.lines is choice.matching.lines
        layouts, _ = find_layouts(document.tables)
        tables = [table for table in document.tables if table.name == choice.layout.name]
        start = find_header(tables[0]) if len(tables) == len(layouts) == 1 else None
        if start is None or not is_plain or any(finding.rule in _OF_ALL_CELLS for finding in recognition.leading):
            return None
        top = tables[0].rows[: start[0]]
        places = FormPlaces.find(recognition.lines, choice.layout.columns, tables[0], top[-1])
        return None if places is None else cls(recognition, choice.form, places, top)

    def role(self, place: str) -> Role | None:
        """Say what a cell may say when it differs; ``None`` for a cell that has to be the same."""
        if place in self._around:
            return Role.AROUND
        role = self._places.role(place)
        # A heading that holds a value is told among the lines.
        is_heading = role is Role.VALUE and self._form.by_address[self._places.values[place]].is_heading
        return None if is_heading else role

    def again(self, source: str, changed: Mapping[str, Cell]) -> Report | None:
        """Recognise a document in which only these cells differ, given by their place; ``None`` says nothing of it.

        A cell that is blank now is given with an empty text. Those that are ``Role.UNREAD`` are not given.
        """
        if may_be_legacy("".join([cell.text for cell in changed.values()])):
            return None
        around = {place: cell for place, cell in changed.items() if place in self._around}
        head = self._head(around)
        if head is None:
            return None
        filling = _Filling(dict(self._report.entries), dict(self._told), dict(self._written))
        for address in self._fill_directly(filling, changed):
            line = self._line(address, changed)
            if line is None:
                return None
            filling.take(address, *self._read(address, line), line if _is_written(line) else None)
        written = {address: filling.written[address] for address in self._order if address in filling.written}
        leading = self._recognition.leading
        findings = (
            *(replace(one, where=source) if one.where == self._report.source else one for one in leading),
            *(finding for of_row in filling.told.values() for finding in of_row),
            *conversions(self._form, written, filling.entries),
        )
        prose = _with_texts(self._report.prose, self._prose, around)
        return make_report(
            source, head, self._form, filling.entries, prose, findings, is_stamped=self._report.is_stamped
        )

    def _fill_directly(self, filling: _Filling, changed: Mapping[str, Cell]) -> dict[str, None]:
        """Fill in the cells of which nothing but the entry has to be found out; give the rows of the others."""
        others: dict[str, None] = {}
        for place, cell in changed.items():
            row, is_direct = self._rows.get(place, (None, False))
            if row is None:
                continue
            if is_direct and not cell.fault and (cell.computed or cell.number is not None):
                # Most cells that differ hold a number where the known one holds a number or nothing.
                reported = self._recognition.lines[row.address].reported
                entry, found = read_entry(row, cell, reported, has_reported=cell.computed)
                filling.take(row.address, entry, () if found is None else (found,), None)
            else:
                others[row.address] = None
        return others

    def _read(self, address: str, line: Line) -> tuple[Entry, tuple[Finding, ...]]:
        row = self._form.by_address[address]
        entry, finding = read_entry(row, line.value, line.reported, has_reported=line.has_reported)
        return entry, (*odd_about(row, line), *((finding,) if finding else ()))

    def _is_direct(self, address: str) -> bool:
        """Tell whether nothing about a row hangs on its value but its entry."""
        row, line = self._form.by_address[address], self._recognition.lines[address]
        is_placed = self._places.of_row[address].ends_with_value and line.where in self._told_places
        is_own = row.is_input or (line.has_reported and line.value.computed)
        return is_own and not is_placed and not any(odd_about(row, line))

    def _line(self, address: str, changed: Mapping[str, Cell]) -> Line | None:
        """Put the changed cells into the line of a row; ``None`` where something else was said of its place."""
        line = self._recognition.lines[address]
        places = self._places.of_row[address]
        value, reported = changed.get(places.value), changed.get(places.reported)
        if value is not None:
            if places.ends_with_value:
                if line.where in self._told_places:
                    return None
                if not (value.text or value.computed):
                    value = replace(value, where="")
            figure = tidy(value.text)
            line = replace(
                line,
                value=value if figure == value.text else replace(value, text=figure),
                written=value.text,
                where=value.where or places.beginning,
            )
        return line if reported is None else replace(line, reported=tidy(reported.text))

    def _head(self, around: Mapping[str, Cell]) -> Letterhead | None:
        """Read the head anew; ``None`` where the texts could make another form, edition or table of it."""
        known = self._report.head
        if not around:
            return known
        loose = _with_texts(self._recognition.loose, self._around, around)
        texts = [
            paragraphs[self._around[place]].text for place in around for paragraphs in (self._recognition.loose, loose)
        ]
        if not all(texts) or any(map(is_stamp, texts)) or (any(map(may_be_in_header, texts)) and self._moves(around)):
            return None
        head = read_letterhead(loose, title_of(loose))
        return head if known is not None and head.period == known.period else None

    def _moves(self, around: Mapping[str, Cell]) -> bool:
        """Tell whether changed texts above the form make a header of another line."""
        top = tuple(tuple(around.get(cell.where, cell) for cell in row) for row in self._top)
        return find_header(Table(top)) != self._header


def _with_texts(
    paragraphs: tuple[Paragraph, ...], indexes: Mapping[str, int], cells: Mapping[str, Cell]
) -> tuple[Paragraph, ...]:
    changed = list(paragraphs)
    for place, cell in cells.items():
        if place in indexes:
            changed[indexes[place]] = Paragraph(clean(without_markup(cell.text)), place)
    return tuple(changed)


def _is_written(line: Line) -> bool:
    """Tell whether a value is kept as a text, out of which a number may be read."""
    cell = line.value
    return cell.number is None and not (cell.computed or cell.fault) and line.written != ""
