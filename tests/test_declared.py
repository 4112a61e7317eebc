"""Declared against computed: the cause is named where one explains the difference."""

from decimal import Decimal
from fractions import Fraction

import pytest
from filled_forms import report_of
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc import compute
from cchc_calc.declared import check_declared
from cchc_calc.rounding import agrees, is_truncated, round_half_up, truncate

ON_TIME = {"3.4.3.a": "447", "3.4.3.b": "425", "3.4.3.c": "424"}
LEVEL_3 = {"7.7.1.a": "31", "7.7.1.b": "31", "7.7.1.c": "15"}


def judged(values, address):
    report = report_of(values)
    findings = list(check_declared(report, compute(report)))
    return next((finding for finding in findings if finding.rows == (address,)), None)


@pytest.mark.parametrize(
    "printed", ["99,76%", "99,8", "99,8%", "100%", "100", "99,765%", "99,76% (424/425)", "424/425"]
)
def test_what_agrees_at_its_precision_is_no_finding(printed):
    assert judged(ON_TIME | {"3.4.3": printed}, "3.4.3") is None


@pytest.mark.parametrize(
    ("values", "address", "rule", "cause", "expected"),
    [
        (ON_TIME | {"3.4.3": "99,7%"}, "3.4.3", "declared_differs", "truncated", "99,76%"),
        (ON_TIME | {"3.4.3": "99,7% (446/447)"}, "3.4.3", "declared_differs", "other_base", "99,76%"),
        (ON_TIME | {"3.4.3": "446/447"}, "3.4.3", "declared_differs", "other_base", "99,76%"),
        (ON_TIME | {"3.4.3": "94,9"}, "3.4.3", "declared_differs", "other_pair", "99,76%"),  # 424/447
        (ON_TIME | {"3.4.3": "95,07"}, "3.4.3", "declared_differs", "other_pair", "99,76%"),  # 425/447
        (ON_TIME | {"3.4.3": "0,9976"}, "3.4.3", "declared_differs", "ratio_for_percent", "99,76%"),
        (ON_TIME | {"3.4.3": "9976"}, "3.4.3", "declared_differs", "ratio_for_percent", "99,76%"),
        (ON_TIME | {"3.4.3": "100,24"}, "3.4.3", "declared_differs", "swapped", "99,76%"),
        (ON_TIME | {"3.4.3": "100,24% (425/424)"}, "3.4.3", "declared_differs", "swapped", "99,76%"),
        (ON_TIME | {"3.4.3": "0,24%"}, "3.4.3", "declared_differs", "complement", "99,76%"),
        (ON_TIME | {"3.4.3": "12,3%"}, "3.4.3", "declared_differs", "", "99,76%"),
        (ON_TIME | {"3.4.3": "Không phát sinh"}, "3.4.3", "declared_differs", "", "99,76%"),
        (LEVEL_3 | {"7.7.1": "48"}, "7.7.1", "declared_differs", "other_pair", "100,00%"),
        ({"3.5.a": "0", "3.5.b": "0", "3.5": "0"}, "3.5", "zero_for_not_arising", "", "Không phát sinh"),
        ({"3.5.a": "0", "3.5.b": "0", "3.5": "0%"}, "3.5", "zero_for_not_arising", "", "Không phát sinh"),
        ({"3.5.a": "0", "3.5.b": "0", "3.5": "0/0"}, "3.5", "zero_for_not_arising", "", "Không phát sinh"),
        ({"3.5.a": "0", "3.5.b": "0", "3.5": "100%"}, "3.5", "declared_differs", "", "Không phát sinh"),
        ({"3.5.a": "4", "3.5": "100%"}, "3.5", "counts_missing", "", ""),
        (
            {"7.8.1.a": "66", "7.8.1.b": "50", "7.8.1.c": "50", "7.8.1": "166"},
            "7.8.1",
            "declared_differs",
            "overlap_added",
            "66",
        ),
        ({"2.1.3.a": "2", "2.1.3.b": "3", "2.1.3": "3"}, "2.1.3", "declared_differs", "part_left_out", "5"),
        ({"2.1.3.a": "2", "2.1.3.b": "3", "2.1.3": "9"}, "2.1.3", "declared_differs", "", "5"),
        (ON_TIME | {"3.4.3.c": "425", "3.4.3": "100% (447/447)"}, "3.4.3", "ambiguous_base", "other_base", "425/425"),
    ],
)
def test_findings(values, address, rule, cause, expected):
    finding = judged(values, address)
    assert (finding.rule, finding.cause, finding.expected) == (rule, cause, expected)
    assert finding.found == values[address]


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({"3.5.a": "0", "3.5.b": "0", "3.5": "Không phát sinh"}, "3.5"),
        ({"7.7.5.a": "0", "7.7.5.b": "27", "7.7.5": "100%"}, "7.7.5"),  # the contradiction is told elsewhere
        ({"2.1.3.a": "2", "2.1.3.b": "3", "2.1.3": "5"}, "2.1.3"),
        ({"4.2.e1": "21", "4.2.e2": "0", "4.2.e": "0"}, "4.2.e"),  # a true 0 %
    ],
)
def test_no_finding(values, address):
    assert judged(values, address) is None


def test_the_cause_is_told_in_words():
    assert "15/31 = 48,39%" in judged(LEVEL_3 | {"7.7.1": "48"}, "7.7.1").message
    assert "425" in judged(ON_TIME | {"3.4.3": "99,7% (446/447)"}, "3.4.3").message


RATES = st.fractions(0, 1, max_denominator=2000)


@given(RATES, st.integers(0, 3))
def test_a_rounded_rate_agrees_and_a_cut_one_is_either_rounded_or_truncated(rate, decimals):
    percent = rate * 100
    assert agrees(round_half_up(percent, decimals), decimals, percent)
    cut = truncate(percent, decimals)
    assert agrees(cut, decimals, percent) != is_truncated(cut, decimals, percent)


@given(RATES, st.integers(0, 3))
def test_a_unit_more_or_less_never_agrees(rate, decimals):
    step = Decimal(1).scaleb(-decimals)
    rounded = round_half_up(rate * 100, decimals)
    for other in (rounded + 2 * step, rounded - 2 * step):
        assert not agrees(other, decimals, rate * 100)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 2))
def test_a_correctly_printed_rate_is_never_a_finding(resolved, late, decimals):
    on_time = max(0, resolved - late)
    printed = round_half_up(Fraction(on_time, resolved) * 100, decimals)
    values = {"3.4.3.b": str(resolved), "3.4.3.c": str(on_time), "3.4.3": f"{printed}".replace(".", ",")}
    assert judged(values, "3.4.3") is None


@pytest.mark.parametrize(
    ("values", "address", "printed"),
    [
        ({"3.4.4.a1": "50", "3.4.4.a2": "40", "3.4.4.b1": "10", "3.4.4.b2": "10"}, "3.4.4", "83,33% (50/60)"),
        ({"3.4.4.a1": "50", "3.4.4.a2": "40", "3.4.4.b1": "10"}, "3.4.4", "80% (40/50)"),
        ({"3.4.2.a": "60", "3.4.3.a": "40", "7.8.2.a": "30"}, "7.8.2", "30% (30/100)"),
        ({"6.1.a": "590", "6.1.b": "74"}, "6.1", "12,54% (74/590)"),
    ],
)
def test_the_counts_beside_a_rate_may_be_sums(values, address, printed):
    assert judged(values | {address: printed}, address) is None


def test_counts_alone_that_give_the_rate_are_still_other_counts():
    finding = judged({"1.2.a": "1000", "1.2.b": "997", "1.2": "1994/2000"}, "1.2")
    assert (finding.rule, finding.expected) == ("ambiguous_base", "997/1000")
