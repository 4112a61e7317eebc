"""The cells of a sheet as they stand in its XML, and which of them may be replaced."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from xml.parsers import expat

from cchc_calc.excel.patching.elements import TRUE, Element, find_elements
from cchc_calc.excel.readers.grid import Area, column_letters, read_address, read_area
from cchc_calc.outcomes import RESAVE, SEND_AGAIN, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

Place: TypeAlias = tuple[int, int]
"""Row and column of a cell, counted from 1."""

_ROW: Final = "worksheet/sheetData/row"
_PATHS: Final = frozenset(
    {
        "worksheet/cols/col",
        "worksheet/sheetData",
        _ROW,
        f"{_ROW}/c",
        f"{_ROW}/c/f",
        f"{_ROW}/c/extLst",
        "worksheet/mergeCells/mergeCell",
    }
)
_SPANNING: Final = {"array": "công thức mảng", "dataTable": "bảng dữ liệu What-If"}
_RESULT: Final = re.compile(rb"<(?:[^\s<>/:]+:)?v(?:\s[^<>]*)?>([^<]*)")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the grid, and its cells by column."""

    element: Element
    cells: dict[int, Element]


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The rows and cells of one sheet, its formulas and its areas."""

    xml: bytes
    grid: Element
    rows: Mapping[int, SheetRow]
    formulas: Mapping[Place, Element]
    extended: frozenset[Place]
    spanning: tuple[tuple[Area, str], ...]
    merged: tuple[Area, ...]
    columns: tuple[tuple[int, int, int], ...]

    def formula(self, place: Place) -> str:
        """Give the formula of a cell with its "=", or an empty text."""
        element = self.formulas.get(place)
        if element is None:
            return ""
        return "=" + html.unescape(self.xml[element.inside : element.close].decode("utf-8", "replace"))

    def has_result(self, place: Place) -> bool:
        """Tell whether the result of a formula is stored; a program that cannot compute leaves it out."""
        cell = self.rows[place[0]].cells[place[1]]
        result = _RESULT.search(self.xml, cell.inside, cell.close)
        return result is not None and (bool(result[1]) or cell.attributes.get("t") == "str")

    def merged_over(self, place: Place) -> Area | None:
        """Give the merged area that hides a cell; the first cell of an area is not hidden."""
        return next((area for area in self.merged if _covers(area, place) and place != first_place(area)), None)

    def obstacle(self, place: Place) -> str:
        """Say why a cell cannot be replaced without damage to others, or give an empty text."""
        area = self.merged_over(place)
        if area is not None:
            return f"ô nằm trong vùng gộp {area_name(area)}, chỉ ô {cell_name(first_place(area))} của vùng hiện ra"
        for area, kind in self.spanning:
            if _covers(area, place):
                return f"ô thuộc {kind} của vùng {area_name(area)}"
        formula = self.formulas.get(place)
        if formula is not None and formula.attributes.get("t") == "shared":
            return "ô dùng chung một công thức với các ô khác"
        return "ô có phần mở rộng mà ở đây không hiểu" if place in self.extended else ""

    def style(self, place: Place) -> int:
        """Give the style of a cell: its own, else that of its row, else that of its column."""
        row = self.rows.get(place[0])
        if row is not None and place[1] in row.cells:
            return int(row.cells[place[1]].attributes.get("s", "0"))
        if row is not None and row.element.attributes.get("customFormat") in TRUE:
            return int(row.element.attributes.get("s", "0"))
        return next((style for first, last, style in self.columns if first <= place[1] <= last), 0)


def read_sheet_cells(source: str, sheet: str, xml: bytes) -> SheetCells:
    """Find the cells of a sheet in its XML, which is ASCII or UTF-8.

    Raises SourceRefusedError: F05 for XML that is not well formed or has no grid, S13 for rows or cells that
    are repeated or out of order, S14 for a place outside the grid.
    """
    try:
        return _read(xml)
    except (expat.ExpatError, LookupError):
        raise refusal(source, "F05", f"trang {sheet!r} bị hỏng.", SEND_AGAIN) from None
    except _DisorderError as error:
        raise refusal(source, "S13", f"trang {sheet!r} có {error} bị lặp hoặc sai thứ tự.", RESAVE) from None
    except ValueError as error:
        raise refusal(source, "S14", f"trang {sheet!r} có chỗ sai dạng hoặc ngoài bảng: {error}.", RESAVE) from None


def cell_name(place: Place) -> str:
    """Name a cell.

    >>> cell_name((55, 4))
    'D55'
    """
    return f"{column_letters(place[1])}{place[0]}"


def area_name(area: Area) -> str:
    """Name an area by its corners."""
    return f"{cell_name(first_place(area))}:{cell_name((area.last_row, area.last_column))}"


def first_place(area: Area) -> Place:
    """Give the first cell of an area."""
    return area.first_row, area.first_column


def _covers(area: Area, place: Place) -> bool:
    row, column = place
    return area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column


class _DisorderError(Exception):
    pass


def _read(xml: bytes) -> SheetCells:
    grid: Element | None = None
    rows: dict[int, SheetRow] = {}
    formulas: dict[Place, Element] = {}
    extended: set[Place] = set()
    spanning: list[tuple[Area, str]] = []
    merged: list[Area] = []
    columns: list[tuple[int, int, int]] = []
    number, place = 0, (0, 0)
    for element in find_elements(xml, _PATHS):
        given = element.attributes
        match element.path.rpartition("/")[2]:
            case "sheetData":
                grid = element
            case "row":
                number, before = int(given.get("r", number + 1)), number
                if number <= before:
                    raise _DisorderError(f"dòng {number}")
                place = (number, 0)
                rows[number] = SheetRow(element, {})
            case "c":
                place, left = read_address(given["r"]) if "r" in given else (number, place[1] + 1), place
                if place[0] != number or place <= left:
                    raise _DisorderError(f"ô {cell_name(place)}")
                rows[number].cells[place[1]] = element
            case "f":
                formulas[place] = element
                if "ref" in given and given.get("t") in _SPANNING:
                    spanning.append((read_area(given["ref"]), _SPANNING[given["t"]]))
            case "extLst":
                extended.add(place)
            case "mergeCell":
                merged.append(read_area(given["ref"]))
            case "col":
                columns.append((int(given["min"]), int(given["max"]), int(given.get("style", "0"))))
    if grid is None:
        raise LookupError
    return SheetCells(xml, grid, rows, formulas, frozenset(extended), tuple(spanning), tuple(merged), tuple(columns))
