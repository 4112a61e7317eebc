"""A quick spreadsheet for the tests: IronCalc computes native formulas where LibreOffice is not installed.

LibreOffice, which officials use, has the last word in ``test_recalculated_template``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ironcalc

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


class Spreadsheet:
    """The sheets of a workbook; cells are named as in "B7"."""

    def __init__(self, path: Path | None = None) -> None:
        """Open a workbook, or begin with an empty sheet."""
        self._model = (
            ironcalc.create("test", "en", "UTC", "en")
            if path is None
            else ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        )
        self._sheets = [sheet["name"] for sheet in self._model.get_worksheets_properties()]

    def write(self, cell: str, content: float | Decimal | str | bool | None, sheet: int = 0) -> None:
        """Put a value into a cell; a text that begins with "=" is a formula, any other stays text."""
        row, column = _place(cell)
        if content is None:
            self._model.clear_cell_contents(sheet, row, column)
        elif isinstance(content, bool):
            self._model.update_cell_with_bool(sheet, row, column, content)
        elif isinstance(content, str) and content.startswith("="):
            self._model.update_cell_with_formula(sheet, row, column, content)
        elif isinstance(content, str):
            self._model.update_cell_with_text(sheet, row, column, content)
        else:
            self._model.update_cell_with_number(sheet, row, column, float(content))

    def compute(self) -> None:
        """Compute every formula anew."""
        self._model.evaluate()

    def read(self, cell: str, sheet: str = "") -> float | str | bool:
        """Read a cell; an empty one is an empty text."""
        row, column = _place(cell)
        value = self._model.get_cell_value(self._sheets.index(sheet) if sheet else 0, row, column)
        return "" if value is None else value


def _place(cell: str) -> tuple[int, int]:
    letters, digits = _ADDRESS.fullmatch(cell).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(digits), column
