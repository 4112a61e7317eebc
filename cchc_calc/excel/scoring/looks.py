"""The looks of the cells that an official fills and of the classes, beside those every workbook has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.sheets.styles import FONT, NOTE_SIZE, TEXT_SIZE, YELLOW

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

POINTS_FORMAT: Final = "0.00"

_ENTRY: Final[dict[str, Any]] = {
    "font_name": FONT,
    "font_size": TEXT_SIZE,
    "text_wrap": True,
    "valign": "vcenter",
    "locked": False,
}
_TABLE: Final[dict[str, Any]] = _ENTRY | {"border": 1, "bg_color": YELLOW}
_LEFT: Final[dict[str, Any]] = {"align": "left", "indent": 1}
_CENTRED: Final[dict[str, Any]] = {"align": "center"}

_USED: Final[dict[str, Any]] = _CENTRED | {
    "font_name": FONT,
    "font_size": NOTE_SIZE,
    "font_color": "#7F7F7F",
    "valign": "vcenter",
    "num_format": "0.00",
}

_BEST_TO_WORST: Final = (
    {"bg_color": "#C6EFCE", "font_color": "#006100"},
    {"bg_color": "#E2EFDA", "font_color": "#375623"},
    {"bg_color": "#FFF2CC", "font_color": "#7F6000"},
    {"bg_color": "#FFD58A", "font_color": "#7F4A00"},
    {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
)
FROM_DOSSIERS_LOOK: Final[dict[str, Any]] = {"bg_color": "#DDEBF7"}
"""An empty cell whose points come from dossiers."""

LACKING_LOOK: Final[dict[str, Any]] = {"bg_color": "#FCE4D6"}
"""An empty cell of a unit that is being scored."""


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Make the formats."""
        self.name: Format = book.add_format(_TABLE | _LEFT)
        self.points: Format = book.add_format(_TABLE | _CENTRED)
        self.total: Format = book.add_format(_TABLE | _CENTRED | {"num_format": POINTS_FORMAT})
        # Codes with many figures would lose the last of them as numbers.
        self.code: Format = book.add_format(_TABLE | _LEFT | {"num_format": "@"})
        self.used: Format = book.add_format(_USED)
        self.head: Format = book.add_format(_ENTRY | _LEFT | {"bold": True, "bg_color": YELLOW})
        self.note: Format = book.add_format(_ENTRY | _CENTRED | {"italic": True, "font_color": "#C00000"})


def class_look(place: int, classes: int) -> dict[str, Any]:
    """Return the colours of a class, the best of them counted 0.

    >>> class_look(0, 5) == class_look(0, 4), class_look(4, 5) == class_look(3, 4)
    (True, True)
    """
    last = len(_BEST_TO_WORST) - 1
    return _BEST_TO_WORST[place * last // max(1, classes - 1)]
