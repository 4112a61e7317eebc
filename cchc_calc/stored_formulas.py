"""The formulas that a file holds, looked at as text: what they call, what they read, never what they compute."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REACHING_OUT: Final = frozenset(
    {
        "CALL", "CUBEKPIMEMBER", "CUBEMEMBER", "CUBEMEMBERPROPERTY", "CUBERANKEDMEMBER", "CUBESET", "CUBESETCOUNT",
        "CUBEVALUE", "DDE", "EXEC", "FILTERXML", "HYPERLINK", "IMAGE", "IMPORTDATA", "IMPORTFEED", "IMPORTHTML",
        "IMPORTRANGE", "IMPORTXML", "REGISTER.ID", "RTD", "SQL.REQUEST", "STOCKHISTORY", "WEBSERVICE",
    }
)  # fmt: skip
"""Functions that fetch from, write to or open something outside the workbook."""

VOLATILE: Final = frozenset({"CELL", "INDIRECT", "INFO", "NOW", "OFFSET", "RAND", "RANDARRAY", "RANDBETWEEN", "TODAY"})
"""Functions whose result depends on when or where the workbook is opened, or on what a text names."""

_LONGEST: Final = 8192
"""A spreadsheet keeps no longer formula."""
_MOST_STEPS: Final = 2_000_000
_STRING = re.compile(r'"[^"]*"')
_CALL = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
_PREFIX = re.compile(r"^(?:_xlfn\.|_xlws\.|_xlpm\.|_xludf\.|__xludf\.)+", re.IGNORECASE)
_NEW = re.compile(r"(?<!\w)_{1,2}xl(?:fn|ws|pm|udf)\.", re.IGNORECASE)
_OWN_PLACE = re.compile(r"""HYPERLINK\s*\(\s*"\s*#""", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+)!)?"
    r"(?<![\w.])\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9]\d{0,6})"
    r"(?::\$?(?P<last_column>[A-Za-z]{1,3})\$?(?P<last_row>[1-9]\d{0,6}))?(?![\w.(])"
)
_CONSTANT = re.compile(r"[\d.+\-*/() ]{1,100}")
_ITEM = re.compile(r"\d+(?:\.\d+)?|\.\d+|[-+*/()]")


def functions_called(formula: str) -> frozenset[str]:
    """Name the functions that a formula calls, without the prefixes under which a file keeps newer ones.

    >>> sorted(functions_called('SUM(A1,_xlfn.XLOOKUP("SUM(",B1:B2,C1:C2))'))
    ['SUM', 'XLOOKUP']
    """
    if "(" not in formula:
        return frozenset()
    return frozenset(_PREFIX.sub("", name).upper() for name in _CALL.findall(_without_strings(formula)))


def reaching_out(formula: str) -> str:
    """Name what a formula calls outside its workbook, or give "". A link to a place of the workbook is none.

    >>> reaching_out('WEBSERVICE("http://a")'), reaching_out("cmd|'/c calc'!A0"), reaching_out("SUM(A1:A3)")
    ('WEBSERVICE', 'DDE', '')
    """
    if "|" in formula and "|" in _without_strings(formula):
        return "DDE"
    outside = sorted(functions_called(formula) & REACHING_OUT)
    if outside == ["HYPERLINK"]:
        links = len(re.findall(r"HYPERLINK\s*\(", _without_strings(formula), re.IGNORECASE))
        return "" if len(_OWN_PLACE.findall(formula)) == links else "HYPERLINK"
    return outside[0] if outside else ""


def changing(formula: str) -> str:
    """Name a function for which the formula gives another result at another time or place, or give "".

    >>> changing("TODAY()-45000"), changing("D5+D6")
    ('TODAY', '')
    """
    return next(iter(sorted(functions_called(formula) & VOLATILE)), "")


def needs_newer_spreadsheet(formula: str) -> bool:
    """Tell whether a formula calls what older spreadsheets, or other ones, do not have.

    >>> needs_newer_spreadsheet("_xlfn._xlws.PY(0,1)"), needs_newer_spreadsheet("SUM(A1:A3)")
    (True, False)
    """
    return _NEW.search(_without_strings(formula)) is not None


def constant_result(formula: str) -> Fraction | None:
    """Compute a formula that holds numbers alone; None for any other, and where there is no result.

    >>> constant_result("10/2"), constant_result("400+25*(1-.5)"), constant_result("D5/2")
    (Fraction(5, 1), Fraction(825, 2), None)
    """
    if not _CONSTANT.fullmatch(formula):
        return None
    items = _ITEM.findall(formula)
    if "".join(items) != formula.replace(" ", ""):
        return None
    try:
        result, rest = _sum(items, 0)
    except (IndexError, ValueError, ZeroDivisionError):
        return None
    return result if rest == len(items) else None


def circular(formulas: Mapping[str, str], sheet: str, starts: Iterable[str]) -> frozenset[str]:
    """Name those of the starting cells whose formula reads, directly or over others, the cell itself.

    ``formulas`` are those of one sheet by address; formulas of other sheets are not followed. A cell whose
    way through the formulas is too long to be followed to its end is named too.

    >>> sorted(circular({"A1": "B1+1", "B1": "SUM(A1:A9)", "C1": "A1"}, "Trang1", ["A1", "C1"]))
    ['A1']
    """
    search = _Search(formulas, sheet)
    return frozenset(start for start in starts if start in formulas and search.comes_back(start))


class _Search:
    """A walk over the formulas of a sheet, from the cells they stand in to the cells they read."""

    def __init__(self, formulas: Mapping[str, str], sheet: str) -> None:
        self._formulas = formulas
        self._sheet = sheet.casefold()
        self._read: dict[str, tuple[str, ...]] = {}
        self._steps_left = _MOST_STEPS

    def comes_back(self, start: str) -> bool:
        seen: set[str] = set()
        waiting = list(self._reads(start))
        while waiting:
            address = waiting.pop()
            self._steps_left -= 1
            if address == start or self._steps_left < 0:
                return True
            if address not in seen:
                seen.add(address)
                waiting.extend(self._reads(address))
        return False

    def _reads(self, address: str) -> tuple[str, ...]:
        if address not in self._read:
            found = _REFERENCE.finditer(_without_strings(self._formulas[address]))
            self._read[address] = tuple(cell for match in found for cell in self._with_formula(match))
        return self._read[address]

    def _with_formula(self, reference: re.Match[str]) -> Iterator[str]:
        named = (reference["sheet"] or "").strip("'").replace("''", "'").casefold()
        if named not in ("", self._sheet):
            return
        if reference["last_row"] is None:
            address = f"{reference['column'].upper()}{reference['row']}"
            if address in self._formulas:
                yield address
            return
        self._steps_left -= len(self._formulas)
        if self._steps_left < 0:
            return
        first_row, last_row = sorted((int(reference["row"]), int(reference["last_row"])))
        first, last = sorted((_column(reference["column"]), _column(reference["last_column"])))
        for address in self._formulas:
            letters = address.rstrip("0123456789")
            if first_row <= int(address[len(letters) :]) <= last_row and first <= _column(letters) <= last:
                yield address


def _without_strings(formula: str) -> str:
    return _STRING.sub('""', formula[:_LONGEST])


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _sum(items: list[str], place: int) -> tuple[Fraction, int]:
    total, place = _product(items, place)
    while place < len(items) and items[place] in "+-":
        term, following = _product(items, place + 1)
        total = total + term if items[place] == "+" else total - term
        place = following
    return total, place


def _product(items: list[str], place: int) -> tuple[Fraction, int]:
    total, place = _factor(items, place)
    while place < len(items) and items[place] in "*/":
        factor, following = _factor(items, place + 1)
        total = total * factor if items[place] == "*" else total / factor
        place = following
    return total, place


def _factor(items: list[str], place: int) -> tuple[Fraction, int]:
    if items[place] in "+-":
        factor, following = _factor(items, place + 1)
        return (-factor if items[place] == "-" else factor), following
    if items[place] == "(":
        total, following = _sum(items, place + 1)
        if items[following] != ")":
            raise ValueError
        return total, following + 1
    return Fraction(items[place]), place + 1
