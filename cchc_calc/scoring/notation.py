"""Points written down: exactly for machines, and the Vietnamese way for officials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.rounding import format_number, round_half_up

if TYPE_CHECKING:
    from fractions import Fraction

_MOST_DECIMALS: Final = 30


def exact_points(points: Fraction) -> str:
    """Write points exactly: an integer, a decimal where it ends, else ``n/d``.

    >>> from fractions import Fraction
    >>> exact_points(Fraction(16)), exact_points(Fraction(78, 5)), exact_points(Fraction(46, 3))
    ('16', '15.6', '46/3')
    """
    for decimals in range(_MOST_DECIMALS + 1):
        if 10**decimals % points.denominator == 0:
            return str(round_half_up(points, decimals))
    return str(points)


def points_text(points: Fraction) -> str:
    """Write points for a message: whole ones without decimals, others with two.

    >>> from fractions import Fraction
    >>> points_text(Fraction(18)), points_text(Fraction(1801, 100))
    ('18', '18,01')
    """
    return str(points) if points.denominator == 1 else format_number(points, 2)
