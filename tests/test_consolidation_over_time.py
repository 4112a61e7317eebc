"""One unit over several periods: flows add up, stocks and what counts from the new year are those of the last one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from filled_forms import CONTENTS, FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import read_values, submitted

from cchc_calc.consolidation.over_time import over_time
from cchc_calc.periods import Period, reporting_period
from cchc_calc.states import State

UNIT = "UBND phường Phương Sơn"
QUARTERS = [reporting_period("quarter", 2023, number) for number in (1, 2, 3, 4)]


def quarters(*values):
    pairs = zip(values, QUARTERS, strict=False)
    return [submitted(UNIT, read_values(filled), period=period) for filled, period in pairs]


@pytest.mark.parametrize(
    ("values", "address", "text", "reported"),
    [
        # dossiers add up
        ([{"3.4.3.b": 10}, {"3.4.3.b": 20}], "3.4.3.b", "30", 2),
        ([{"3.4.3.b": 10}, {}], "3.4.3.b", "10", 1),
        ([{"3.4.3.b": 10}, {"3.4.3.b": "KXĐ"}], "3.4.3.b", "10", 1),
        ([{"3.4.3.b": "Không phát sinh"}, {"3.4.3.b": 3}], "3.4.3.b", "3", 2),
        # the plan of a year counts from the new year on
        ([{"1.2.a": 34, "1.2.b": 10}, {"1.2.a": 34, "1.2.b": 26}], "1.2.b", "26", 2),
        ([{"1.2.a": 34, "1.2.b": 10}, {"1.2.a": 34, "1.2.b": 26}], "1.2", "76,47%", 2),
        ([{"6.1.a": "1200,5"}, {"6.1.a": "1500,5"}], "6.1.a", "1.500,5", 2),
        # posts are those at the end; those cut within the period add up
        ([{"4.2.a": 22, "4.2.d": 1}, {"4.2.a": 21, "4.2.d": 1}], "4.2.a", "21", 2),
        ([{"4.2.a": 22, "4.2.d": 1}, {"4.2.a": 21, "4.2.d": 1}], "4.2.d", "2", 2),
        ([{"4.2.a": 22}, {}], "4.2.a", "", 1),
        # rates are recomputed from the periods that have both parts
        ([{"3.4.3.b": 50, "3.4.3.c": 50}, {"3.4.3.b": 1, "3.4.3.c": 0}], "3.4.3", "98,04%", 2),
        ([{"3.4.3.b": 50, "3.4.3.c": 45}, {"3.4.3.b": 70}], "3.4.3", "90,00%", 1),
        ([{"3.4.3.b": 50, "3.4.3.c": 45}, {"3.4.3.b": 7, "3.4.3.c": 8}], "3.4.3", "90,00%", 1),
        ([{"3.5.a": 0, "3.5.b": 0}, {"3.5.a": 0, "3.5.b": 0}], "3.5", "Không phát sinh", 2),
        # a catalogue is that of the end
        ([{"7.7.1.a": 31, "7.7.1.b": 20}, {"7.7.1.a": 40, "7.7.1.b": 40}], "7.7.1", "100,00%", 2),
        (
            [{"7.8.1.a": 60, "7.8.1.b": 50, "7.8.1.c": 50}, {"7.8.1.a": 66, "7.8.1.b": 50, "7.8.1.c": 50}],
            "7.8.1",
            "66",
            2,
        ),
        # sums follow
        ([{"2.1.3.a": 1, "2.1.3.b": 2}, {"2.1.3.a": 1}], "2.1", "4", 2),
        ([{"1.6": 1}, {"1.6": 0}], "1.6", "0", 2),
    ],
)
def test_a_row_over_two_quarters(values, address, text, reported):
    row = over_time(quarters(*values)).row(address)
    assert (row.text, row.periods_reported) == (text, reported)


def test_the_whole_period_is_from_the_first_day_to_the_last():
    year = over_time(quarters({}, {}, {}, {}))
    assert year.period == reporting_period("year", 2023)
    assert (year.unit, year.findings) == (UNIT, ())
    with pytest.raises(KeyError):
        year.row("3.4")


@pytest.mark.parametrize(
    ("periods", "rules"),
    [
        ((QUARTERS[0], QUARTERS[1]), []),
        ((QUARTERS[0], QUARTERS[2]), ["periods_apart"]),
        ((QUARTERS[0], reporting_period("half", 2023, 1)), ["periods_overlap"]),
        ((QUARTERS[0], Period(date(2023, 3, 14), date(2023, 6, 14))), ["periods_overlap"]),
        ((QUARTERS[0], Period(date(2023, 3, 16), date(2023, 6, 14))), ["periods_apart"]),
    ],
)
def test_days_counted_twice_or_left_out_are_told(periods, rules):
    found = over_time([submitted(UNIT, {}, period=period) for period in periods]).findings
    assert [finding.rule for finding in found] == rules


@pytest.mark.parametrize(
    ("submissions", "message"),
    [
        ([], "no submission"),
        ([submitted(UNIT, {}, period=None)], "without a period"),
        ([submitted(UNIT, {}), submitted("UBND phường Vĩnh Hải", {})], "found 2 and 1"),
    ],
)
def test_wrong_use(submissions, message):
    with pytest.raises(ValueError, match=message):
        over_time(submissions)


@settings(max_examples=25)
@given(st.lists(CONTENTS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_changes_nothing_and_flows_add_up(contents, shuffled):
    reports = [submitted(UNIT, one, period=period) for one, period in zip(contents, QUARTERS, strict=False)]
    other = reports.copy()
    shuffled.shuffle(other)
    assert over_time(reports) == over_time(other)
    for row in over_time(reports).rows:
        said = [one.content(row.address) for one in reports]
        if FORM.row(row.address).over_time == "sum":
            numbers = [content for content in said if not isinstance(content, State)]
            assert sum(map(Fraction, numbers)) == (0 if isinstance(row.content, State) else row.content)
        if FORM.row(row.address).over_time == "last":
            assert row.content == said[-1]


@settings(max_examples=25)
@given(CONTENTS)
def test_one_period_alone_stays_as_it_is(values):
    """What was reported and can be used, that is; "không phát sinh" adds nothing."""
    report = submitted(UNIT, values)
    for row in over_time([report]).rows:
        content = report.content(row.address)
        if not isinstance(content, State):
            assert row.content == content
        if content is State.BLANK and FORM.row(row.address).kind == "rate":
            assert row.content is State.BLANK
