"""The formulas an office has in its own workbook, and whether a bound cell would end up reading itself."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from cchc_calc.excel.readers.grid import LAST_COLUMN, LAST_ROW, read_address
from cchc_calc.outcomes import SEND_AGAIN, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from openpyxl import Workbook

    from cchc_calc.excel.readers.workbook_parts import WorkbookParts
    from cchc_calc.package import Package

Cell: TypeAlias = tuple[str, int, int]
"""Sheet, row and column."""

Range: TypeAlias = tuple[str, int, int, int, int]
"""Sheet, first row, first column, last row and last column."""


@dataclass(frozen=True, slots=True)
class OfficeFormulas:
    """What every formula of the workbook reads."""

    ranges: Mapping[Cell, tuple[Range, ...]]

    def in_circle(self, bound: Mapping[Cell, Iterable[Cell]]) -> frozenset[Cell]:
        """Find the bound cells that would read themselves; ``bound`` tells which cells each of them reads.

        What a formula reads by a text (INDIRECT) or by counting (OFFSET) is not seen.

        >>> formulas = OfficeFormulas({("Biểu", 5, 4): (("Biểu", 7, 4, 9, 4),)})
        >>> formulas.in_circle({("Biểu", 8, 4): [("Biểu", 5, 4)], ("Biểu", 2, 4): [("Biểu", 5, 4)]})
        frozenset({('Biểu', 8, 4)})
        """
        known = frozenset({*bound, *self.ranges})

        @cache
        def read_by(cell: Cell) -> frozenset[Cell]:
            if cell in bound:
                return known.intersection(bound[cell])
            ranges = self.ranges[cell]
            return frozenset(one for one in known if any(_holds(area, one) for area in ranges))

        return frozenset(cell for cell in bound if cell in _reached(cell, read_by))


def read_office_formulas(package: Package, parts: WorkbookParts) -> OfficeFormulas:
    """Read what the formulas of all sheets read, names of areas followed.

    Raises SourceRefusedError F05 for a workbook that the library cannot open.
    """
    # The import takes a tenth of a second, and few templates have a formula where figures are typed.
    from openpyxl import load_workbook

    names = (name for name in parts.names if name in package)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of every extension that it does not read; only formulas are read here.
            warnings.simplefilter("ignore")
            book = load_workbook(package.repack(names), keep_links=False)
        return OfficeFormulas(dict(_formulas(book)))
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library raise, the file is at fault
        raise refusal(package.source, "F05", "cấu trúc tệp Excel bị hỏng.", SEND_AGAIN) from None


def _formulas(book: Workbook) -> Iterator[tuple[Cell, tuple[Range, ...]]]:
    named = {name: definition.attr_text or "" for name, definition in book.defined_names.items()}
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    text = getattr(cell.value, "text", None) or str(cell.value)
                    yield (sheet.title, *read_address(cell.coordinate)), tuple(_ranges(text, sheet.title, named))


def _ranges(formula: str, sheet: str, named: Mapping[str, str]) -> Iterator[Range]:
    from openpyxl.formula import Tokenizer
    from openpyxl.utils.cell import range_boundaries

    for token in Tokenizer(formula if formula.startswith("=") else f"={formula}").items:
        if token.type != "OPERAND" or token.subtype != "RANGE":
            continue
        if token.value in named:
            # A name is taken out of the list on the way, so that one that names itself comes to an end.
            others = {name: text for name, text in named.items() if name != token.value}
            yield from _ranges(named[token.value], sheet, others)
            continue
        place, _, area = token.value.rpartition("!")
        try:
            first_column, first_row, last_column, last_row = range_boundaries(area)
        except ValueError:
            continue
        quoted = place[1:-1].replace("''", "'") if place.startswith("'") else place
        # A whole row or column has no end of its own.
        yield quoted or sheet, first_row or 1, first_column or 1, last_row or LAST_ROW, last_column or LAST_COLUMN


def _reached(start: Cell, read_by: Callable[[Cell], Iterable[Cell]]) -> set[Cell]:
    """List all that is read on the way from a cell, itself only if the way comes back to it."""
    reached: set[Cell] = set()
    waiting = [*read_by(start)]
    while waiting:
        cell = waiting.pop()
        if cell not in reached:
            reached.add(cell)
            waiting += read_by(cell)
    return reached


def _holds(area: Range, cell: Cell) -> bool:
    sheet, first_row, first_column, last_row, last_column = area
    return (
        sheet.casefold() == cell[0].casefold()
        and first_row <= cell[1] <= last_row
        and first_column <= cell[2] <= last_column
    )
