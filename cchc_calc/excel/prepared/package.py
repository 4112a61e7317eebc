"""A written workbook taken apart at what its cells hold, and put together again for other cells."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.prepared.cell_xml import string_xml, text_xml
from cchc_calc.excel.prepared.recorded_book import Kind
from cchc_calc.excel.prepared.slots import chart_slots, sheet_slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.excel.prepared.cell_xml import Xml
    from cchc_calc.excel.prepared.recorded_book import RecordedBook
    from cchc_calc.excel.prepared.slots import Name, Slot

_STRINGS: Final = "xl/sharedStrings.xml"
_PROPERTIES: Final = "docProps/core.xml"
_SHEET: Final = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")
_CHART: Final = "xl/charts/chart"
_STRING: Final = re.compile(rb"<si>.*?</si>", re.DOTALL)
_COUNTS: Final = re.compile(rb' count="[0-9]+" uniqueCount="[0-9]+">')
_TITLE: Final = re.compile(rb"(?<=<dc:title>).*?(?=</dc:title>)", re.DOTALL)


class PreparedPackage:
    """The package of one workbook, of which others are made that were asked for by the same calls."""

    def __init__(self, content: bytes, book: RecordedBook) -> None:
        """Take a package apart; ``book`` recorded how it was written."""
        self._book = book
        self._texts, _ = book.texts()
        self._numbers = book.numbers()
        self._slots: list[list[tuple[str, int, Xml]]] = [[] for _ in book.values]
        self._infos: list[zipfile.ZipInfo] = []
        self._pieces: dict[str, list[bytes]] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                self._infos.append(info)
                self._take_apart(info.filename, archive.read(info))
        strings = _STRING.findall(self._pieces[_STRINGS][0])
        self._strings: dict[str, bytes] = dict(zip(self._texts, strings, strict=True))

    def fits(self, book: RecordedBook) -> bool:
        """Tell whether another workbook differs in nothing but what its cells hold."""
        return self._book.places == book.places and self._book.calls == book.calls and self._is_drawn_alike(book)

    def filled(self, book: RecordedBook, title: str) -> bytes:
        """Make the package of a workbook that fits, with its title among the properties."""
        texts, count = book.texts()
        pieces = dict(self._pieces)
        for number in self._changed(book, texts):
            value = book.values[number]
            for part, place, xml in self._slots[number]:
                if pieces[part] is self._pieces[part]:
                    pieces[part] = list(self._pieces[part])
                pieces[part][place] = xml.written(value, texts)
        pieces[_STRINGS] = [self._string_table(texts, count)]
        pieces[_PROPERTIES] = [_TITLE.sub(lambda _: text_xml(title), self._pieces[_PROPERTIES][0])]
        return self._packed(pieces)

    def _is_drawn_alike(self, book: RecordedBook) -> bool:
        """Tell whether charts and buttons lie where they lay: the lines of their sheets are as high."""
        return all(
            old == new
            for (kind, sheet, *_), old, new in zip(book.places, self._book.values, book.values, strict=True)
            if kind is Kind.HEIGHT and sheet in book.drawn_on
        )

    def _changed(self, book: RecordedBook, texts: Mapping[str, int]) -> Iterator[int]:
        """Yield the numbers of the values that are written otherwise: texts also where others come before them."""
        is_moved = texts != self._texts
        for number, (old, new) in enumerate(zip(self._book.values, book.values, strict=True)):
            is_other = old is not new and (old != new or type(old) is not type(new))
            if is_other or (is_moved and type(new) is str and not book.places[number][-1]):
                yield number

    def _take_apart(self, name: str, part: bytes) -> None:
        pieces, end = [], 0
        for slot in self._slots_of(name, part):
            pieces += [part[end : slot.start], part[slot.start : slot.end]]
            self._slots[self._numbers[slot.name]].append((name, len(pieces) - 1, slot.xml))
            end = slot.end
        self._pieces[name] = [*pieces, part[end:]]

    def _slots_of(self, name: str, part: bytes) -> Iterator[Slot]:
        if sheet := _SHEET.fullmatch(name):
            named = self._book.worksheets()[int(sheet[1]) - 1].name
            return (slot for slot in sheet_slots(named, part) if slot.name in self._numbers)
        return chart_slots(part, self._has_formula) if name.startswith(_CHART) else iter(())

    def _has_formula(self, name: Name) -> bool:
        return bool(self._book.places[self._numbers[name]][-1])

    def _string_table(self, texts: Mapping[str, int], count: int) -> bytes:
        old = self._pieces[_STRINGS][0]
        head = _COUNTS.sub(b' count="%d" uniqueCount="%d">' % (count, len(texts)), old[: old.index(b"<si>")])
        known = self._strings
        return b"".join([head, *(known.get(text) or string_xml(text) for text in texts), b"</sst>"])

    def _packed(self, pieces: Mapping[str, list[bytes]]) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for info in self._infos:
                part = zipfile.ZipInfo(info.filename, info.date_time)
                archive.writestr(part, b"".join(pieces[info.filename]), zipfile.ZIP_DEFLATED)
        return target.getvalue()
