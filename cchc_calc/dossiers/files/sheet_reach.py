"""How far the grid of a sheet reaches, counted before a library makes room for all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.readers.grid import LAST_COLUMN, LAST_ROW, column_number
from cchc_calc.outcomes import RESAVE, refusal
from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from cchc_calc.package import Package

CELLS_LIMIT: Final = 8_000_000
"""Cells between the first and the last one, filled or not; a library keeps each of them."""

# Whatever could be the place of a cell or a row, also where it is written as no program does.
_PLACE: Final = re.compile(rb"""(?<![\w:.-])r\s*=\s*["']([A-Za-z]*)([0-9]*)(?!["0-9A-Za-z])?""")
_TAG: Final = b"<c"


def check_reach(package: Package, sheet: str, part: str) -> None:
    """Let a sheet pass whose grid is no larger than a table of dossiers.

    Raises SourceRefusedError: F02 for a grid that reaches too far, S14 for cells outside a sheet.
    """
    places = {*_PLACE.findall(package.read_xml(part))}
    rows = max((int(row) for row in {row for _, row in places} if row), default=0)
    letters = max(({letters.upper() for letters, _ in places}), key=lambda one: (len(one), one), default=b"")
    columns = column_number(letters.decode()) if letters else 0
    if rows > LAST_ROW or columns > LAST_COLUMN:
        raise refusal(package.source, "S14", f"trang “{sheet}” có ô nằm ngoài bảng tính.", RESAVE)
    if rows * columns > CELLS_LIMIT:
        message = f"trang “{sheet}” trải rộng {format_number(rows)} dòng, {format_number(columns)} cột."
        raise refusal(package.source, "F02", message, RESAVE)
