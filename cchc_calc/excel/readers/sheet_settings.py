"""How a sheet is shown and guarded, gathered from the tags around its grid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.readers.grid import LAST_COLUMN, read_area
from cchc_calc.workbook_state import SheetState, Span, spans

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTINGS: Final = ("col", "filterColumn", "sheetProtection", "dataValidation")
"""The tags that say how a sheet is shown or guarded."""

_TRUE: Final = frozenset({"1", "true"})
_NOTHING = re.compile(r"0(?:\.0*)?")
_INDEX = re.compile(r"[1-9][0-9]{0,4}")


class SheetSettings:
    """The settings of one sheet, as its tags come by; a setting that is written wrongly is none."""

    def __init__(self, sheet: str) -> None:
        """Begin with nothing hidden and nothing guarded."""
        self._sheet = sheet
        self._rows: list[int] = []
        self._columns: list[Span] = []
        self._is_filtered = self._is_protected = False
        self._validated = 0

    def take(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note what a tag outside the grid says."""
        if tag == "col":
            self._take_columns(attributes)
        elif tag == "filterColumn":
            self._is_filtered = True
        elif tag == "sheetProtection":
            self._is_protected = attributes.get("sheet") in _TRUE
        elif tag == "dataValidation" and attributes.get("type", "none") != "none":
            self._validated += sum(_size(area) if ":" in area else 1 for area in attributes.get("sqref", "").split())

    def take_row(self, number: int, attributes: Mapping[str, str]) -> None:
        """Note a row that is hidden, or so low that nobody sees it."""
        if _is_unseen(attributes, "ht"):
            self._rows.append(number)

    def state(self) -> SheetState:
        """Return what was gathered."""
        return SheetState(
            self._sheet,
            hidden_rows=spans(self._rows),
            hidden_columns=tuple(self._columns),
            is_filtered=self._is_filtered,
            is_protected=self._is_protected,
            validated_cells=self._validated,
        )

    def _take_columns(self, attributes: Mapping[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _is_unseen(attributes, "width") and _INDEX.fullmatch(first) and _INDEX.fullmatch(last):
            self._columns.append((int(first), min(int(last), LAST_COLUMN)))


def _is_unseen(attributes: Mapping[str, str], size: str) -> bool:
    return attributes.get("hidden") in _TRUE or _NOTHING.fullmatch(attributes.get(size, "")) is not None


def _size(address: str) -> int:
    try:
        area = read_area(address)
    except ValueError:
        return 0
    return (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
