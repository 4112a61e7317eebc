"""Round once, at display, half up on the exact value, and write numbers the Vietnamese way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cchc_calc.states import Number

_MOST_DECIMALS: Final = 30


def round_half_up(value: Number, decimals: int = 0) -> Decimal:
    """Round an exact number to so many decimals; a tie goes away from zero, as the spreadsheet's ROUND does.

    >>> round_half_up(Fraction(125, 4), 1), round_half_up(Decimal("-0.5"))
    (Decimal('31.3'), Decimal('-1'))
    """
    exact = Fraction(value)
    scale = 10**decimals
    doubled = 2 * abs(exact.numerator) * scale + exact.denominator
    return _scaled(exact, doubled // (2 * exact.denominator), decimals)


def truncate(value: Number, decimals: int = 0) -> Decimal:
    """Cut an exact number off after so many decimals, the slip that officials make instead of rounding.

    >>> truncate(Fraction(446, 447) * 100, 1)
    Decimal('99.7')
    """
    exact = Fraction(value)
    return _scaled(exact, abs(exact.numerator) * 10**decimals // exact.denominator, decimals)


def agrees(declared: Decimal, decimals: int, exact: Fraction) -> bool:
    """Tell whether a printed number is the exact one rounded to its precision; at a tie both ways are.

    >>> agrees(Decimal("53.7"), 1, Fraction(115, 214) * 100), agrees(Decimal("31.2"), 1, Fraction(125, 4))
    (True, True)
    """
    return 2 * abs(Fraction(declared) - exact) <= Fraction(1, 10**decimals)


def is_truncated(declared: Decimal, decimals: int, exact: Fraction) -> bool:
    """Tell whether a printed number is the exact one cut off at its precision, and not its rounding.

    >>> is_truncated(Decimal("99.7"), 1, Fraction(446, 447) * 100)
    True
    """
    return not agrees(declared, decimals, exact) and truncate(exact, decimals) == declared


def places(printed: Decimal) -> int:
    """Count the decimals a number is printed with.

    >>> places(Decimal("15.30")), places(Decimal(54))
    (2, 0)
    """
    return max(0, -int(printed.as_tuple().exponent))


def decimals_needed(number: Fraction, most: int) -> int | None:
    """Count the decimals that write a number exactly; ``None`` where ``most`` of them do not.

    >>> decimals_needed(Fraction(3, 200), 4), decimals_needed(Fraction(16), 4), decimals_needed(Fraction(2, 3), 4)
    (3, 0, None)
    """
    return next((count for count in range(most + 1) if 10**count % number.denominator == 0), None)


def exact_notation(number: Fraction) -> str:
    """Write a number exactly, for machines: an integer, a decimal where it ends, else ``n/d``.

    >>> exact_notation(Fraction(16)), exact_notation(Fraction(78, 5)), exact_notation(Fraction(46, 3))
    ('16', '15.6', '46/3')
    """
    decimals = decimals_needed(number, _MOST_DECIMALS)
    return str(number) if decimals is None else str(round_half_up(number, decimals))


def format_number(value: Number, decimals: int | None = None) -> str:
    """Write a number with a dot between thousands and a comma before decimals.

    Without ``decimals`` an integer or ``Decimal`` keeps the places it has; a fraction needs them.

    >>> format_number(786000), format_number(Decimal("15.30")), format_number(Fraction(1, 3), 2)
    ('786.000', '15,30', '0,33')
    """
    if decimals is not None:
        shown = round_half_up(value, decimals)
    elif isinstance(value, Fraction):
        msg = "a fraction has no last decimal: say how many to write"
        raise ValueError(msg)
    else:
        shown = Decimal(value)
    return f"{shown:,f}".translate(_VIETNAMESE)


def format_percent(rate: Fraction | None, decimals: int = 2) -> str:
    """Write a rate, a fraction of one, as a percentage; ``None`` (no rate) is an empty text.

    >>> format_percent(Fraction(424, 425)), format_percent(Fraction(1, 1), 0), format_percent(None)
    ('99,76%', '100%', '')
    """
    return "" if rate is None else f"{format_number(Fraction(rate) * 100, decimals)}%"


_VIETNAMESE = str.maketrans(",.", ".,")


def _scaled(exact: Fraction, digits: int, decimals: int) -> Decimal:
    sign = 1 if exact < 0 and digits else 0
    return Decimal((sign, tuple(map(int, str(digits))), -decimals))
