"""One cell of a table of points: a score, "Không áp dụng", nothing, or something that is no score."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import make_finding
from cchc_calc.numerals import read_number
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT, NoPoints
from cchc_calc.spelling import clean, comparison_key
from cchc_calc.unreadable_cells import shorten

if TYPE_CHECKING:
    from decimal import Decimal

    from cchc_calc.document import Cell
    from cchc_calc.findings import Finding
    from cchc_calc.scoring.records import Points

_POINTS: Final = "điểm"
_NOT_APPLICABLE: Final = frozenset({comparison_key(NOT_APPLICABLE_TEXT), "kad", "k/a/d", "không ad"})


def read_points(cell: Cell, maximum: Fraction) -> Points:
    """Read the score of a cell; ``maximum`` tells 1.867 from 1867.

    Blank is not scored yet, and 0 is a score. Words, percentages, dates, errors and figures merged over several
    cells are undecided.

    >>> from cchc_calc.document import Cell
    >>> [str(read_points(Cell(text, "B2"), Fraction(2))) for text in ("1,60", "1.867", "0")]
    ['8/5', '1867/1000', '0']
    >>> [read_points(Cell(text, "B2"), Fraction(2)).value for text in ("", "KAD", "hai")]
    ['blank', 'not_applicable', 'undecided']
    """
    text = clean(cell.text)
    if cell.fault:
        return NoPoints.UNDECIDED
    if not text:
        return NoPoints.BLANK
    if comparison_key(text) in _NOT_APPLICABLE:
        return NoPoints.NOT_APPLICABLE
    number = _number(cell, text, maximum)
    return NoPoints.UNDECIDED if number is None else Fraction(number)


def unreadable(cell: Cell, what: str, rows: tuple[str, ...]) -> Finding:
    """Make the finding for a cell that holds no score; ``what`` says of whom and of which criterion it would be."""
    text = clean(cell.text)
    shown = shorten(text)
    reason = cell.fault or read_number(text, _POINTS).note or "không phải một con số"
    message = f"{cell.where}: {what}: không đọc được “{shown}” ({reason})."
    return make_finding("score_unreadable", message, rows=rows, where=cell.where, found=shown)


def _number(cell: Cell, text: str, maximum: Fraction) -> Decimal | None:
    reading = read_number(text.removesuffix(_POINTS).rstrip(), _POINTS)
    if reading.unit:
        return None
    if cell.number is not None:
        return cell.number
    possible = [value for value in reading.readings if 0 <= value <= maximum]
    return possible[0] if reading.value is None and len(possible) == 1 else reading.value
