"""The indicators: exact, and the same answer for blank, 0 of 0 and contradictions in all of them."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_calc import IndicatorError, shortfall
from cchc_calc.indicators import RATES

COUNTS = st.integers(0, 10**9)
EVERY_RATE = pytest.mark.parametrize("rate", RATES.values(), ids=RATES)


@EVERY_RATE
@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (424, 425, Fraction(424, 425)),
        (0, 447, Fraction(0)),
        (425, 425, Fraction(1)),
        (0, 0, None),
        (None, 425, None),
        (424, None, None),
        (None, None, None),
        (424.0, Decimal(425), Fraction(424, 425)),
        (numpy.int64(3), numpy.float64(4), Fraction(3, 4)),
        (Fraction(8, 2), 5, Fraction(4, 5)),
    ],
)
def test_values(rate, part, whole, expected):
    assert rate(part, whole) == expected


@EVERY_RATE
@pytest.mark.parametrize(
    ("part", "whole", "message"),
    [
        (-1, 5, "is negative"),
        (1, -5, "is negative"),
        (1.5, 5, "float with decimals"),
        (float("nan"), 5, "float with decimals"),
        (float("inf"), 5, "float with decimals"),
        (Decimal("NaN"), 5, "not a number of cases"),
        (True, 5, "truth value"),
        (1, numpy.bool_(True), "not a number of cases"),
        ("3", 5, "not a number of cases"),
        (6, 5, "larger than"),
        (27, 0, "larger than"),
    ],
)
def test_refusals(rate, part, whole, message):
    with pytest.raises(IndicatorError, match=message):
        rate(part, whole)


@pytest.mark.parametrize("name", sorted(set(RATES) - {"ratio", "disbursement_rate"}))
def test_a_fraction_of_a_dossier_is_refused(name):
    with pytest.raises(IndicatorError, match="not a whole number"):
        RATES[name](Decimal("1.5"), 5)


@pytest.mark.parametrize("name", ["ratio", "disbursement_rate"])
def test_money_may_have_decimals(name):
    assert RATES[name](Decimal("12.5"), Decimal(50)) == Fraction(1, 4)


@EVERY_RATE
@given(COUNTS, COUNTS)
def test_a_rate_is_the_exact_quotient_between_0_and_1(rate, one, other):
    part, whole = sorted((one, other))
    assume(whole)
    value = rate(part, whole)
    assert 0 <= value <= 1
    assert value * whole == part


@pytest.mark.parametrize(
    ("part", "whole", "target", "comparator", "expected"),
    [
        (234, 13506, Fraction(15, 1000), "<", 32),  # at most 202 late dossiers are below 1,5 %
        (202, 13506, Fraction(15, 1000), "<", 0),
        (203, 13506, Fraction(15, 1000), "<", 1),
        (95, 100, Decimal("0.95"), ">=", 0),
        (95, 100, Decimal("0.95"), ">", 1),
        (94, 100, Decimal("0.95"), ">=", 1),
        (5, 100, Decimal("0.05"), "<=", 0),
        (5, 100, Decimal("0.05"), "<", 1),
        (0, 447, Decimal("0.15"), ">", 68),
        (3, 5, 1, ">", None),  # no number of cases is above 100 %
        (3, 5, 0, "<", None),  # nor below 0 %
        (0, 0, 1, ">=", None),
        (None, 5, 1, ">=", None),
        (5, None, 1, ">=", None),
    ],
)
def test_shortfall(part, whole, target, comparator, expected):
    assert shortfall(part, whole, target, comparator) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"), [("dưới 1,5%", 32), ("không quá 2%", 0), ("trên 15%", 1792), ("từ 25% trở lên", 3143)]
)
def test_shortfall_of_a_phrase(phrase, expected):
    assert shortfall(234, 13506, phrase) == expected


@pytest.mark.parametrize(
    "target", ["nhiều", "từ 10% đến 20%", "15 hồ sơ", "trên 150%", Decimal(95), 0.95, Decimal("NaN")]
)
def test_an_unclear_target_is_refused(target):
    with pytest.raises(IndicatorError):
        shortfall(1, 2, target)


@given(COUNTS, COUNTS, st.fractions(0, 1, max_denominator=1000), st.sampled_from([">=", ">", "<=", "<"]))
def test_shortfall_is_the_fewest_cases(one, other, target, comparator):
    part, whole = sorted((one, other))
    assume(whole)
    compare = {">=": Fraction.__ge__, ">": Fraction.__gt__, "<=": Fraction.__le__, "<": Fraction.__lt__}[comparator]
    step = 1 if comparator in {">=", ">"} else -1
    missing = shortfall(part, whole, target, comparator)
    if missing is None:
        assert not compare(Fraction(whole if step > 0 else 0, whole), target)
    else:
        assert compare(Fraction(part + step * missing, whole), target)
        assert missing == 0 or not compare(Fraction(part + step * (missing - 1), whole), target)
