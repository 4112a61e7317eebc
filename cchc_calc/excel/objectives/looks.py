"""The looks of the cells that an official fills, and of long texts, beside those every workbook has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.sheets.styles import FONT, TEXT_SIZE, YELLOW
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

TEXT_FORMAT: Final = "@"
MONTH_FORMAT: Final = "mm/yyyy"
DAY_FORMAT: Final = "dd/mm/yyyy"

_BASE: Final[dict[str, Any]] = {"font_name": FONT, "text_wrap": True, "valign": "vcenter", "border": 1}
_SMALLEST: Final = 7
_TALLEST: Final = 400.0
"""A row this tall is as tall as a spreadsheet makes any."""


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Begin without formats."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def typed(self, number_format: str = "General", *, centred: bool = False, size: int = TEXT_SIZE) -> Format:
        """Return the format of a cell that an official fills."""
        return self._make(
            {"bg_color": YELLOW, "locked": False, "num_format": number_format} | _text(size, centred=centred)
        )

    def shown(self, number_format: str = "General", *, centred: bool = False, size: int = TEXT_SIZE) -> Format:
        """Return the format of a cell that computes."""
        return self._make({"num_format": number_format} | _text(size, centred=centred))

    def head(self, number_format: str = "General", *, typed: bool = False, right: bool = False) -> Format:
        """Return the format of a cell in the head of a sheet, without a border."""
        look = {"num_format": number_format, "italic": True, "border": 0, "font_size": TEXT_SIZE}
        if typed:
            look |= {"bg_color": YELLOW, "locked": False, "align": "center"}
        return self._make(look | ({"align": "right", "indent": 1} if right else {}))

    def _make(self, look: dict[str, Any]) -> Format:
        key = tuple(sorted((_BASE | look).items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(_BASE | look)
        return self._made[key]


def fit(texts: list[tuple[str, int]]) -> tuple[int, float | None]:
    """Choose the size of the letters of a row, and its height; each text comes with the width of its column in pixels.

    A long text gets smaller letters, because no row of a spreadsheet is tall enough for any text. A row without texts
    has no height of its own: it grows with what somebody types.

    >>> fit([("Mức độ hài lòng", 200)]), fit([("chữ " * 600, 400)])[0], fit([("", 400)])
    ((12, 18.6), 8, (12, None))
    """
    if not any(text for text, _ in texts):
        return TEXT_SIZE, None
    for size in range(TEXT_SIZE, _SMALLEST, -1):
        height = row_height(texts, size)
        if height < _TALLEST:
            return size, height
    return _SMALLEST, row_height(texts, _SMALLEST)


def _text(size: int, *, centred: bool = False) -> dict[str, Any]:
    return {"font_size": size} | ({"align": "center"} if centred else {"align": "left", "indent": 1})
