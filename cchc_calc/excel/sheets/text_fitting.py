"""How much room a text takes in Times New Roman, so that no wrapped text is cut off in print.

A spreadsheet fits a row to its text only while somebody types; a written file has to bring its heights.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# The advance widths of Times New Roman in thousandths of the font's size; letters with marks are as wide
# as without them.
_SAME_WIDTH: Final = {
    250: " ,.",
    278: "/:;ijlt",
    333: "!()-Ifr",
    389: "Js",
    444: "?acez“”",
    556: "FPS",
    564: "+<=>≥≤",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYwĐ",
    778: "&m",
    833: "%",
    889: "M",
    944: "W",
    1000: "…—",
}
_WIDTHS: Final = {letter: width for width, letters in _SAME_WIDTH.items() for letter in letters}
_USUAL_WIDTH: Final = 500
_BOLD: Final = 1.08
# Programs differ by a few hundredths in what fits into a line.
_SAFETY: Final = 1.03
_LINE_HEIGHT: Final = 1.3
# The indent of a text and the margins of its cell.
_PIXELS_AROUND_TEXT: Final = 15
_PADDING: Final = 3.0
_POINTS_A_PIXEL: Final = 0.75
_TALLEST: Final = 409.0
"""No row of a spreadsheet is taller."""
_REMEMBERED: Final = 4096
"""So many rows are remembered, of which the same come back in every workbook of a form."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of a text on one line, in points.

    >>> round(text_width("Số liệu", 12), 1)
    33.7
    """
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    width = sum(_WIDTHS.get(letter, _USUAL_WIDTH) for letter in letters) * size / 1000
    return width * _BOLD if bold else width


def count_lines(text: str, points: float, size: float, *, bold: bool = False) -> int:
    """Count the lines a text takes when it is wrapped between words to a width in points.

    >>> count_lines("Tổng số hồ sơ TTHC đã tiếp nhận", 90, 12), count_lines("", 90, 12)
    (3, 1)
    """
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            width = text_width(word, size, bold=bold) * _SAFETY
            space = text_width(" ", size, bold=bold) if used else 0.0
            if used and used + space + width > points:
                lines, used, space = lines + 1, 0.0, 0.0
            # A word that is wider than the cell is broken anywhere.
            lines += math.ceil(width / points) - 1 if width > points else 0
            used += space + (width % points if width > points else width)
    return lines


def row_height(texts: Iterable[tuple[str, int]], size: float, *, bold: bool = False) -> float:
    """Give the height in points of a row; each text comes with the width of its column in pixels.

    >>> row_height([("1.", 50), ("Công tác chỉ đạo điều hành CCHC", 300)], 12)
    18.6
    """
    return _row_height(tuple(texts), size, bold=bold)


@lru_cache(maxsize=_REMEMBERED)
def _row_height(texts: tuple[tuple[str, int], ...], size: float, *, bold: bool) -> float:
    lines = max(
        count_lines(text, (pixels - _PIXELS_AROUND_TEXT) * _POINTS_A_PIXEL, size, bold=bold) for text, pixels in texts
    )
    return min(_TALLEST, round(lines * size * _LINE_HEIGHT + _PADDING, 2))
