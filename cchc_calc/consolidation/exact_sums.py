"""Adding without end and without rounding: the order of the units never shows in a total."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cchc_calc.states import Number

Amount: TypeAlias = int | Decimal
"""A figure that adds up: a count, or an amount with decimals."""

# The context that decimals usually have rounds after 28 digits.
_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


@overload
def add_exactly(one: Amount, other: Amount) -> Amount: ...


@overload
def add_exactly(one: Number, other: Number) -> Number: ...


def add_exactly(one: Number, other: Number) -> Number:
    """Add two numbers; integers stay integers, and decimals keep every place.

    >>> add_exactly(2, 3), add_exactly(Decimal("12.50"), 1), add_exactly(Fraction(1, 3), Decimal("0.5"))
    (5, Decimal('13.50'), Fraction(5, 6))
    """
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    if isinstance(one, Fraction) or isinstance(other, Fraction):
        return Fraction(one) + Fraction(other)
    return _EXACT.add(Decimal(one), Decimal(other))


def exact_total(figures: Iterable[Amount]) -> Amount:
    """Add figures up, with every decimal.

    >>> exact_total([2, 3]), exact_total([Decimal("12.5"), -2])
    (5, Decimal('10.5'))
    """
    total: Amount = 0
    for figure in figures:
        total = add_exactly(total, figure)
    return total


def sum_of_fractions(fractions: Sequence[Fraction]) -> Fraction:
    """Add fractions two by two, which keeps the denominators small as long as possible.

    >>> sum_of_fractions([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)])
    Fraction(1, 1)
    """
    if len(fractions) < 3:
        return sum(fractions, Fraction(0))
    middle = len(fractions) // 2
    return sum_of_fractions(fractions[:middle]) + sum_of_fractions(fractions[middle:])
