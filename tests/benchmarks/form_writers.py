"""How each program writes the cells of a form: one prepared file of each, in which the figures are exchanged.

The prepared file is the empty form as that program saved it. What changes from unit to unit is written cell by cell
in the program's own manner: its order of attributes, its kind of strings, its blank cells, its results of formulas.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.package_shapes import PackageShape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNIT = "UBND phường Tên Mẫu"
"""The unit of the prepared files, in the place of which others are written."""

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

_CELL = re.compile(r"<c ([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(r'\br="([A-Z]+[0-9]+)"')
_STYLE = re.compile(r'\bs="[0-9]+"')
_FORMULA = re.compile(r"<f[ >].*?</f>", re.DOTALL)
_COUNTS = re.compile(rb'(\b(?:uniqueCount|count))="([0-9]+)"')
_LAST_STRING = b"</sst>"


def _in_utf_8(text: str) -> bytes:
    return escape(text, quote=False).encode()


def _in_ascii(text: str) -> bytes:
    return escape(text, quote=False).encode("ascii", "xmlcharrefreplace")


def _sixteen_digits(number: float | Decimal) -> str:
    return f"{float(number):.16G}"


def _fifteen_digits(number: float | Decimal) -> str:
    # LibreOffice rounds the digits it sees, half up, where C would round the number behind them.
    seen = Context(prec=15, rounding=ROUND_HALF_UP).create_decimal(f"{float(number):.16G}")
    return f"{seen.normalize():f}"


def _shortest(number: float | Decimal) -> str:
    return repr(float(number)).removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a program writes a cell; ``{r}`` and ``{s}`` stand for its attributes, ``{f}`` for its formula."""

    number: str = "<c {r} {s}><v>{v}</v></c>"
    text: str = '<c {r} {s} t="s"><v>{v}</v></c>'
    blank: str = "<c {r} {s}/>"
    result: str = "<c {r} {s}>{f}<v>{v}</v></c>"
    text_result: str = '<c {r} {s} t="str">{f}<v>{v}</v></c>'
    shown: Callable[[float | Decimal], str] = _sixteen_digits
    shown_result: Callable[[float | Decimal], str] = str
    shares_strings: bool = True
    ascii_only: bool = False

    def escaped(self, text: str) -> str:
        """Write a text into XML."""
        return (_in_ascii(text) if self.ascii_only else _in_utf_8(text)).decode()


OURS = Manner()
OPENPYXL = Manner(
    number='<c {r} {s} t="n"><v>{v}</v></c>',
    text='<c {r} {s} t="inlineStr"><is><t>{v}</t></is></c>',
    blank='<c {r} {s} t="n"></c>',
    # It computes nothing, and saves no result.
    result="<c {r} {s}>{f}<v></v></c>",
    text_result="<c {r} {s}>{f}<v></v></c>",
    shares_strings=False,
    ascii_only=True,
)
LIBREOFFICE = Manner(
    number='<c {r} {s} t="n"><v>{v}</v></c>',
    result='<c {r} {s} t="n">{f}<v>{v}</v></c>',
    shown=_fifteen_digits,
    shown_result=_fifteen_digits,
)
IRONCALC = Manner(
    text='<c {r} t="s" {s}><v>{v}</v></c>',
    text_result='<c {r} t="str" {s}>{f}<v>{v}</v></c>',
    shown=_shortest,
    shown_result=_shortest,
)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell that changes: its place, its attributes, and its formula where it has one."""

    place: str
    reference: str
    style: str
    formula: str


class PreparedForm:
    """A form as a program saved it, into which other figures are written."""

    def __init__(self, data: bytes, manner: Manner, places: frozenset[str]) -> None:
        """Take the file apart at the cells that change."""
        self._package, self._manner = PackageShape(data), manner
        named = [(name, self._package.read(name)) for name in self._package.names]
        written = (_in_ascii, _in_utf_8) if manner.ascii_only else (_in_utf_8,)
        self._unit_names = [(case, write, write(case(UNIT))) for case in (str, str.upper) for write in written]
        self._with_unit = {
            name: content
            for name, content in named
            if name not in (SHEET, STRINGS) and any(unit in content for _, _, unit in self._unit_names)
        }
        xml = self._package.read(SHEET).decode()
        self._pieces: list[str] = []
        self._slots: list[_Slot] = []
        end = 0
        for cell in _CELL.finditer(xml):
            place = _PLACE.search(cell[1])
            if place is not None and place[1] in places:
                formula = _FORMULA.search(cell[2] or "")
                style = _STYLE.search(cell[1])
                self._pieces.append(xml[end : cell.start()])
                self._slots.append(_Slot(place[1], place[0], style[0] if style else "", formula[0] if formula else ""))
                end = cell.end()
        self._pieces.append(xml[end:])
        self._strings = self._package.read(STRINGS) if manner.shares_strings else b""
        if missing := places - {slot.place for slot in self._slots}:
            msg = f"the program saved no cell at {', '.join(sorted(missing))}"
            raise ValueError(msg)

    def filled(self, unit: str, values: Mapping[str, float | Decimal | str | None]) -> bytes:
        """Write the file of a unit: a value for every cell that changes, formulas stay."""
        texts: list[str] = []
        cells = [self._cell(slot, values[slot.place], texts) for slot in self._slots]
        xml = "".join(piece for pair in zip(self._pieces, [*cells, ""], strict=True) for piece in pair)
        changes = {SHEET: self._named(xml.encode(), unit)}
        if self._manner.shares_strings:
            changes[STRINGS] = self._named(self._with_texts(texts), unit)
        for name, content in self._with_unit.items():
            changes[name] = self._named(content, unit)
        return self._package.packed(changes)

    def _cell(self, slot: _Slot, value: float | Decimal | str | None, texts: list[str]) -> str:
        manner, written = self._manner, ""
        if value is None:
            pattern = manner.blank
        elif isinstance(value, str):
            pattern, written = manner.text_result if slot.formula else manner.text, manner.escaped(value)
            if manner.shares_strings and not slot.formula:
                texts.append(written)
                written = str(self._string_count + len(texts) - 1)
        elif slot.formula:
            pattern, written = manner.result, manner.shown_result(value)
        else:
            pattern, written = manner.number, manner.shown(value)
        cell = pattern.format(r=slot.reference, s=slot.style, f=slot.formula, v=written)
        return cell if slot.style else cell.replace(f"{slot.reference} ", slot.reference)

    @property
    def _string_count(self) -> int:
        return self._strings.count(b"<si>")

    def _with_texts(self, texts: list[str]) -> bytes:
        """Append the strings that a unit adds, and count them."""
        if not texts:
            return self._strings
        strings = "".join(f"<si><t>{text}</t></si>" for text in texts).encode()
        head, rest = self._strings.split(b"<si>", 1)
        head = _COUNTS.sub(lambda found: b'%b="%d"' % (found[1], int(found[2]) + len(texts)), head)
        return (head + b"<si>" + rest).replace(_LAST_STRING, strings + _LAST_STRING)

    def _named(self, content: bytes, unit: str) -> bytes:
        for case, write, old in self._unit_names:
            content = content.replace(old, write(case(unit)))
        return content


def saved_by_openpyxl(data: bytes) -> bytes:
    """Let openpyxl load a workbook and save it."""
    import io

    import openpyxl

    target = io.BytesIO()
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it does not read.
        warnings.simplefilter("ignore", UserWarning)
        openpyxl.load_workbook(io.BytesIO(data)).save(target)
    return target.getvalue()


def saved_by_libreoffice(*workbooks: bytes) -> list[bytes]:
    """Let one LibreOffice load workbooks and save them."""
    from spreadsheet import save_as

    with tempfile.TemporaryDirectory(prefix="cchc-made-") as folder:
        paths = [Path(folder) / f"{number}.xlsx" for number in range(len(workbooks))]
        for path, data in zip(paths, workbooks, strict=True):
            path.write_bytes(data)
        return [path.read_bytes() for path in save_as(paths, "xlsx", Path(folder) / "saved")]


def saved_by_ironcalc(data: bytes) -> bytes:
    """Let IronCalc load a workbook, compute it and save it."""
    import ironcalc

    with tempfile.TemporaryDirectory(prefix="cchc-made-") as folder:
        source, target = Path(folder) / "a.xlsx", Path(folder) / "b.xlsx"
        source.write_bytes(data)
        model = ironcalc.load_from_xlsx(str(source), "en", "UTC", "en")
        model.evaluate()
        model.save_to_xlsx(str(target))
        return target.read_bytes()


SAVERS: Mapping[str, tuple[Manner, Callable[[bytes], bytes]]] = {
    "cchc": (OURS, lambda data: data),
    "openpyxl": (OPENPYXL, saved_by_openpyxl),
    "libreoffice": (LIBREOFFICE, lambda data: saved_by_libreoffice(data)[0]),
    "ironcalc": (IRONCALC, saved_by_ironcalc),
}
"""How each program writes cells, and how it is made to save a workbook that it has loaded."""


@cache
def prepared(saver: str, data: bytes, places: frozenset[str]) -> PreparedForm:
    """Let a program save an empty form once, and take it apart."""
    manner, save = SAVERS[saver]
    return PreparedForm(save(data), manner, places)
