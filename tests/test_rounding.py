"""Rounding happens once, at display, half up on the exact value."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.rounding import decimals_needed, exact_notation, format_number, format_percent, round_half_up, truncate

FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=5000)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(125, 4), 1, "31.3"),  # round(31.25, 1) is 31.2 in Python; the spreadsheet says 31.3
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Decimal("0.005"), 2, "0.01"),
        (Decimal("-0.004"), 2, "0.00"),
        (Fraction(446, 447) * 100, 1, "99.8"),
        (0, 2, "0.00"),
        (10**18, 0, "1000000000000000000"),
    ],
)
def test_half_up(value, decimals, expected):
    assert str(round_half_up(value, decimals)) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(Fraction(446, 447) * 100, 1, "99.7"), (Fraction(1000, 19), 0, "52"), (Fraction(-7, 2), 0, "-3")],
)
def test_truncation(value, decimals, expected):
    assert str(truncate(value, decimals)) == expected


@pytest.mark.parametrize(
    ("rate", "decimals", "expected"),
    [
        (Fraction(424, 425), 2, "99,76%"),
        (Fraction(1, 1), 2, "100,00%"),
        (Fraction(0, 1), 2, "0,00%"),
        (Fraction(115, 214), 0, "54%"),
        (Fraction(12345, 1), 1, "1.234.500,0%"),
        (None, 2, ""),
    ],
)
def test_percent(rate, decimals, expected):
    assert format_percent(rate, decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (786000, None, "786.000"),
        (Decimal("15.30"), None, "15,30"),
        (Fraction(1, 3), 2, "0,33"),
        (-1234, None, "-1.234"),
        (0, None, "0"),
    ],
)
def test_number(value, decimals, expected):
    assert format_number(value, decimals) == expected


def test_a_fraction_needs_decimals():
    with pytest.raises(ValueError, match="no last decimal"):
        format_number(Fraction(1, 3))


@given(FRACTIONS, st.integers(0, 6))
def test_rounding_moves_a_number_by_at_most_half_a_unit(value, decimals):
    assert 2 * abs(Fraction(round_half_up(value, decimals)) - value) <= Fraction(1, 10**decimals)


@given(st.decimals(-10000, 10000, places=6), st.integers(0, 5))
def test_decimals_round_as_the_standard_library_rounds_them(value, decimals):
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert round_half_up(value, decimals) == expected


@given(FRACTIONS, st.integers(0, 6))
def test_truncation_never_moves_away_from_zero(value, decimals):
    cut = Fraction(truncate(value, decimals))
    assert abs(cut) <= abs(value) < abs(cut) + Fraction(1, 10**decimals)


@given(st.fractions())
def test_the_exact_notation_is_read_back_as_the_number(number):
    assert Fraction(exact_notation(number)) == number


@given(st.decimals(-10000, 10000, places=6))
def test_no_decimal_fewer_writes_a_number_exactly(value):
    number = Fraction(value)
    needed = decimals_needed(number, 6)
    assert Fraction(round_half_up(number, needed)) == number
    assert needed == 0 or Fraction(truncate(number, needed - 1)) != number
