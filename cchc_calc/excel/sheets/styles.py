"""The looks of the workbook: Times New Roman and thin lines as Nghị định 30/2020/NĐ-CP has them, few colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT: Final = "Times New Roman"
TEXT_SIZE: Final = 12
TITLE_SIZE: Final = 13
NOTE_SIZE: Final = 10

YELLOW: Final = "#FFFFCC"
PALE: Final = "#FFFFEE"
GREY: Final = "#F2F2F2"
BLUE: Final = "#1F4E79"
RED: Final = "#C00000"

RATE_FORMAT: Final = "0.00%"
COUNT_FORMAT: Final = "#,##0"
MEASURE_FORMAT: Final = "#,##0.##"

_BASE: Final[dict[str, Any]] = {"font_name": FONT, "font_size": TEXT_SIZE, "valign": "vcenter", "text_wrap": True}

_BORDER: Final[dict[str, Any]] = {"border": 1}
_CENTRED: Final[dict[str, Any]] = {"align": "center"}
_BOLD: Final[dict[str, Any]] = {"bold": True}
_ITALIC: Final[dict[str, Any]] = {"italic": True}
_OPEN: Final[dict[str, Any]] = {"locked": False}
# A finger's breadth between a line and the text beside it, as in a Word table.
_INDENTED: Final[dict[str, Any]] = {"align": "left", "indent": 1}

_STYLES: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "bold": _BOLD,
    "italic": _ITALIC,
    "centred": _CENTRED,
    "title": _CENTRED | _BOLD | {"font_size": TITLE_SIZE},
    "open title": _CENTRED | _BOLD | _OPEN | {"font_size": TITLE_SIZE},
    "open subtitle": _CENTRED | _ITALIC | _OPEN,
    "subtitle": _CENTRED | _ITALIC,
    "heading": _BOLD | {"font_size": TITLE_SIZE, "font_color": BLUE, "text_wrap": False},
    "mark": _CENTRED | _ITALIC | {"font_color": RED},
    "signature": _CENTRED | _BOLD,
    "signature note": _CENTRED | _ITALIC,
    "header": _BORDER | _CENTRED | _BOLD | {"bg_color": GREY},
    "cell": _BORDER | _INDENTED,
    "bold cell": _BORDER | _INDENTED | _BOLD,
    "italic cell": _BORDER | _INDENTED | _ITALIC,
    "centred cell": _BORDER | _CENTRED,
    "bold centred cell": _BORDER | _CENTRED | _BOLD,
    "italic centred cell": _BORDER | _CENTRED | _ITALIC,
    "link": _BORDER | _CENTRED | {"font_color": "#0563C1", "underline": 1},
    "rate": _BORDER | _CENTRED | {"num_format": RATE_FORMAT},
    "count": _BORDER | _CENTRED | {"num_format": COUNT_FORMAT},
    "target": _BORDER | _CENTRED | _OPEN | {"num_format": "0.##%", "bg_color": YELLOW},
    "choice": _BORDER | _CENTRED | _OPEN | {"bg_color": YELLOW},
    "formula": _BORDER | _INDENTED | {"font_size": NOTE_SIZE},
    "note": {"font_size": NOTE_SIZE, "font_color": "#595959"},
    "stamp": {"font_size": 8, "font_color": "#A6A6A6", "text_wrap": False},
    "filled": {
        "font_size": NOTE_SIZE,
        "font_color": "#595959",
        "num_format": '"Có số liệu: "0" dòng"',
        "align": "left",
    },
    "side header": _BORDER | _CENTRED | _BOLD | {"font_size": NOTE_SIZE, "bg_color": GREY, "border_color": "#BFBFBF"},
    "side": {"font_size": NOTE_SIZE, "align": "left"},
    "helper": {"font_size": NOTE_SIZE, "font_color": "#A6A6A6", "align": "right", "text_wrap": False},
}

INVALID_LOOK: Final[dict[str, Any]] = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
DIFFERENT_LOOK: Final[dict[str, Any]] = {"bg_color": "#FFD58A", "font_color": "#7F4A00"}
NOT_ARISING_LOOK: Final[dict[str, Any]] = {"font_color": "#7F7F7F", "italic": True}
MISSING_LOOK: Final[dict[str, Any]] = {"font_color": "#7F7F7F"}
MET_LOOK: Final[dict[str, Any]] = {"font_color": "#006100", "bg_color": "#C6EFCE", "bold": True}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Begin without formats: a workbook holds only those it uses."""
        self._book = book
        self._named: dict[tuple[object, ...] | str, Format] = {}
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __getitem__(self, name: str) -> Format:
        """Return the format of a name."""
        if name not in self._named:
            self._named[name] = self._make(_BASE | _STYLES[name])
        return self._named[name]

    def value(self, number_format: str, *, tint: str = "", italic: bool = False) -> Format:
        """Return the format of a value cell; a tint marks a cell that an official fills."""
        name = ("value", number_format, tint, italic)
        if name not in self._named:
            look = _BASE | _BORDER | _CENTRED | {"num_format": number_format, "italic": italic}
            self._named[name] = self._make(look | (_OPEN | {"bg_color": tint} if tint else {}))
        return self._named[name]

    def reported(self, number_format: str = "General") -> Format:
        """Return the format of a reported figure, which shows it as it was printed."""
        name = ("reported", number_format)
        if name not in self._named:
            self._named[name] = self._make(_BASE | _STYLES["side"] | _OPEN | {"num_format": number_format})
        return self._named[name]

    def beside(self, number_format: str) -> Format:
        """Return the format of a number beside a form, in the small letters of what is not printed."""
        return self._make(_BASE | _STYLES["side"] | {"align": "right", "num_format": number_format})

    def sample(self, look: dict[str, Any]) -> Format:
        """Return the format of a sample in the guide, in the look it explains."""
        return self._make(_BASE | _BORDER | _INDENTED | _BOLD | look)

    def condition(self, look: dict[str, Any]) -> Format:
        """Return a format for cells that meet a condition."""
        return self._make(look)

    def _make(self, look: dict[str, Any]) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]
