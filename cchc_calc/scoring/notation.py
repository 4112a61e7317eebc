"""Points as messages and cells write them, the Vietnamese way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from fractions import Fraction


def points_text(points: Fraction) -> str:
    """Write points for a message: whole ones without decimals, others with two.

    >>> from fractions import Fraction
    >>> points_text(Fraction(18)), points_text(Fraction(1801, 100))
    ('18', '18,01')
    """
    return str(points) if points.denominator == 1 else format_number(points, 2)
