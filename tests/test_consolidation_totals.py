"""Totals over units: the laws they keep, whatever the units, their order and how the work is split."""

from __future__ import annotations

import tracemalloc
from decimal import Decimal
from fractions import Fraction

import pytest
from filled_forms import FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import submitted, wards

from cchc_calc import consolidate, load_form
from cchc_calc.consolidation.aggregates import NAMED
from cchc_calc.consolidation.rates import MeanOfRates
from cchc_calc.consolidation.totals import Totals
from cchc_calc.states import State

RATES = [row.address for row in FORM.rows if row.kind == "rate"]
ADDITIVE = [row.address for row in FORM.rows if row.over_units == "sum"]
FEW = settings(max_examples=25)
RESOLVED = st.integers(0, 90).flatmap(lambda resolved: st.tuples(st.just(resolved), st.integers(0, resolved)))


def dossiers(unit, resolved, on_time):
    return submitted(unit, {"3.4.3.b": resolved, "3.4.3.c": on_time})


def totals_of(submissions):
    totals = Totals(FORM)
    for submission in submissions:
        totals.add(submission)
    return totals


def number(content):
    return None if isinstance(content, State) else Fraction(content)


@FEW
@given(wards(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(submissions, shuffled):
    other = submissions.copy()
    shuffled.shuffle(other)
    assert totals_of(submissions).rows() == totals_of(other).rows()


@FEW
@given(wards(2), st.data())
def test_adding_in_parts_and_merging_gives_the_same(submissions, data):
    cut = data.draw(st.integers(0, len(submissions)))
    first, second = totals_of(submissions[:cut]), totals_of(submissions[cut:])
    second.merge(first)
    assert second.rows() == totals_of(submissions).rows()


@FEW
@given(wards())
def test_a_sum_is_that_of_the_units_that_reported_it(submissions):
    rows = {row.address: row for row in totals_of(submissions).rows()}
    for address in ADDITIVE:
        said = [one.content(address) for one in submissions]
        said = [content for content in said if content not in (State.BLANK, State.UNDECIDED)]
        expected = sum((number(content) or 0 for content in said), Fraction(0)) if said else None
        assert number(rows[address].content) == expected
        assert rows[address].units_reported == len(said)


@FEW
@given(wards())
def test_every_row_counts_each_unit_once(submissions):
    for row in totals_of(submissions).rows():
        contents = [one.content(row.address) for one in submissions]
        assert row.units_undecided == contents.count(State.UNDECIDED)
        assert row.units_reported + row.units_undecided + contents.count(State.BLANK) == len(submissions)


@FEW
@given(wards())
def test_a_rate_lies_between_the_least_and_the_most_of_the_units(submissions):
    rows = {row.address: row for row in totals_of(submissions).rows()}
    for address in RATES:
        rates = [rate for one in submissions if (rate := number(one.content(address))) is not None]
        total = number(rows[address].content)
        if total is not None:
            assert min(rates) <= total <= max(rates)


@FEW
@given(wards())
def test_the_mean_of_rates_is_exact_and_told_only_where_it_differs(submissions):
    rows = {row.address: row for row in totals_of(submissions).rows()}
    for address in RATES:
        if rows[address].mean_of_rates is not None:
            rates = [rate for one in submissions if (rate := number(one.content(address))) is not None]
            assert rows[address].mean_of_rates == sum(rates) / len(rates) != rows[address].content


@settings(max_examples=60)
@given(st.lists(RESOLVED, min_size=1, max_size=4), st.lists(RESOLVED, min_size=1, max_size=4))
def test_the_bounds_contain_every_completion_and_are_reached(sent, late):
    """Units that have not sent may have any part on time of the dossiers they had in the period before."""
    before = [dossiers(f"UBND xã {number}", *counts) for number, counts in enumerate(late)]
    reports = [dossiers(f"UBND phường {number}", *counts) for number, counts in enumerate(sent)]
    bounded = consolidate(reports, previous=before).row("3.4.3")

    def completed(share):
        added = [
            dossiers(one.unit, resolved, share(on_time, resolved))
            for one, (resolved, on_time) in zip(before, late, strict=True)
        ]
        return number(consolidate([*reports, *added]).row("3.4.3").content)

    whole = completed(lambda on_time, _: on_time)
    assert (bounded.units_reported, bounded.units_expected) == (len(sent), len(sent) + len(late))
    if whole is None:
        assert bounded.low is bounded.high is None
    else:
        assert (
            completed(lambda *_: 0) == bounded.low <= whole <= bounded.high == completed(lambda _, resolved: resolved)
        )


@FEW
@given(wards())
def test_a_union_lies_between_its_bounds(submissions):
    """The largest unit's number is there at least; all units together count no more than they add up to."""
    for row in totals_of(submissions).rows():
        if FORM.row(row.address).over_units == "union" and row.units_reported:
            counts = [number(one.content(row.address)) or 0 for one in submissions]
            high = sum(counts) if row.high is None else row.high
            assert max(counts) == row.low <= high
            if row.units_reported == len(submissions):
                assert high <= max(sum(counts), row.low)


def test_totals_alone_are_bounded_by_themselves_once_all_units_have_the_row():
    totals = totals_of([dossiers("UBND phường 1", 10, 9), submitted("UBND phường 2", {"1.1": 1})])
    rows = {row.address: row for row in totals.rows(expected=1)}
    assert rows["3.4.3"].low == rows["3.4.3"].high == Fraction(9, 10)
    assert {row.address: row for row in totals.rows()}["3.4.3"].low is None


def test_amounts_of_many_digits_are_added_without_rounding():
    large, small = Decimal(10) ** 14, Decimal("0.0000000000000001")
    totals = totals_of(
        [submitted(f"xã {place}", {"6.1.a": amount}) for place, amount in enumerate((large, small, small))]
    )
    assert totals.contents()["6.1.a"] == Decimal("100000000000000.0000000000000002")


def test_edition_2025_adds_up_its_own_rows():
    form = load_form("thong-ke-cchc", "2025")
    totals = Totals(form)
    totals.add(submitted("UBND phường 1", {"3.4.3.b": 4, "3.4.3.c": 3}, form=form))
    rows = {row.address: row for row in totals.rows()}
    assert rows["3.4.3"].text == "75,00%"
    assert "3.4.2" not in rows


def test_another_edition_is_wrong_use():
    totals = Totals(load_form("thong-ke-cchc", "2025"))
    with pytest.raises(ValueError, match="edition 2023, not 2025"):
        totals.add(submitted("UBND phường 1", {}))
    with pytest.raises(ValueError, match="cannot be merged"):
        totals.merge(Totals(FORM))


def test_of_many_units_that_differ_the_first_by_name_are_named():
    alike = [submitted(f"đơn vị {number:03}", {"3.1.1": 8}) for number in range(100)]
    others = [submitted(f"phường {number:03}", {"3.1.1": 9}) for number in reversed(range(50))]
    row = next(row for row in totals_of([*alike, *others]).rows() if row.address == "3.1.1")
    (differing,) = row.differing
    assert (row.text, differing.value, differing.count) == ("8", 9, 50)
    assert differing.units == tuple(f"phường {number:03}" for number in range(NAMED))


def test_a_mean_of_too_many_different_rates_is_given_up_in_any_order():
    mean, parts = MeanOfRates(), [MeanOfRates(), MeanOfRates()]
    for denominator in range(2, 5000):
        mean.take(Fraction(1, denominator))
        parts[denominator % 2].take(Fraction(1, denominator))
    assert parts[0].value() is not None
    parts[0].merge(parts[1])
    assert mean.value() is None
    assert parts[0].value() is None


def test_memory_does_not_grow_with_the_number_of_units():
    kinds = [submitted(f"UBND phường {number}", {"3.4.3.b": 90, "3.4.3.c": number, "3.1.1": 8}) for number in range(90)]
    peaks = []
    for times in (2, 40):
        totals = Totals(FORM)
        tracemalloc.start()
        for _ in range(times):
            for submission in kinds:
                totals.add(submission)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # 3 420 units more; an allocator's own noise is a few hundred bytes.
    assert peaks[1] - peaks[0] < 3420


def test_a_rate_that_the_level_above_prints_expects_all_units_that_fill_a_part_of_it():
    totals = Totals(FORM)
    totals.add(submitted("UBND phường 1", {"7.5.3.b1": 19, "7.5.3.b2": 20, "3.4.2.b": 5, "3.4.2.c": 5}))
    rows = {row.address: row for row in totals.rows(8, "commune")}
    assert (rows["7.5.3"].units_reported, rows["7.5.3"].units_expected) == (1, 8)
    assert rows["3.4.2"].units_expected == 1, "phường không báo cáo dòng của cấp huyện"
