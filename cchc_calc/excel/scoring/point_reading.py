"""What a cell makes of the points that somebody types: in a native formula, and the same in Python."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.rounding import round_half_up
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT, NoPoints
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from cchc_calc.scoring.records import Points

Stored: TypeAlias = float | int | str
"""The result of a formula: a number or a text."""

DECIMALS: Final = 9
"""Sums of averages are rounded to so many: what differs beyond them is the noise of a spreadsheet."""

POINT_TEXTS: Final = {
    NoPoints.BLANK: "",
    NoPoints.NOT_APPLICABLE: NOT_APPLICABLE_TEXT,
    NoPoints.UNDECIDED: UNDECIDED_TEXT,
}
"""What a cell holds in place of a number."""


def native_points(
    cell: str, maximum: str, blank: str, *, may_be_inapplicable: bool = True, is_array: bool = False
) -> str:
    """Render the reading of a cell: a number from 0 to a maximum, "Không áp dụng", ``blank`` or ``KXĐ``.

    In an array formula, where AND would look at all cells together, ``cell`` may be several.

    >>> native_points("C7", "2", '""', may_be_inapplicable=False)
    'IF(ISERROR(C7),"KXĐ",IF(ISNUMBER(C7),IF(AND(C7>=0,C7<=2),C7,"KXĐ"),IF(TRIM(C7)="","","KXĐ")))'
    """
    words = f'"{UNDECIDED_TEXT}"'
    if may_be_inapplicable:
        words = f'IF(UPPER(TRIM({cell}))="{NOT_APPLICABLE_TEXT.upper()}","{NOT_APPLICABLE_TEXT}",{words})'
    is_sound = f"({cell}>=0)*({cell}<={maximum})" if is_array else f"AND({cell}>=0,{cell}<={maximum})"
    number = f'IF({is_sound},{cell},"{UNDECIDED_TEXT}")'
    text = f'IF(TRIM({cell})="",{blank},{words})'
    return f'IF(ISERROR({cell}),"{UNDECIDED_TEXT}",IF(ISNUMBER({cell}),{number},{text}))'


def read_result(points: Points, maximum: Fraction, blank: str = "") -> Stored:
    """Return what a cell reads of points.

    >>> read_result(Fraction(3, 2), Fraction(2)), read_result(Fraction(3), Fraction(2)), read_result(NoPoints.BLANK, 2)
    (1.5, 'KXĐ', '')
    """
    if isinstance(points, Fraction):
        return as_number(points) if 0 <= points <= maximum else UNDECIDED_TEXT
    return blank if points is NoPoints.BLANK else POINT_TEXTS[points]


def rounded(points: Fraction, decimals: int = DECIMALS) -> float:
    """Return what ROUND gives for points, as a spreadsheet holds it.

    >>> rounded(Fraction(46, 3))
    15.333333333
    """
    return as_number(Fraction(round_half_up(points, decimals)))


def as_number(points: Fraction) -> float:
    """Return points as a spreadsheet holds them: a whole number as one, else the nearest double.

    >>> as_number(Fraction(16)), as_number(Fraction(78, 5))
    (16, 15.6)
    """
    return int(points) if points.denominator == 1 else float(points)
