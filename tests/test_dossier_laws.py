"""Laws that hold for any table of dossiers, however faulty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from phuong_son_dossiers import SCHEMA

from cchc_calc.computation import compute_contents
from cchc_calc.dossiers.counts import total
from cchc_calc.dossiers.options import Base, Lateness, Options
from cchc_calc.dossiers.tally import tally
from cchc_calc.form_files import load_form
from cchc_calc.periods import Period

FORM = load_form("thong-ke-cchc", "2023")
PERIOD = Period(date(2023, 6, 13), date(2023, 6, 22))
FEW = settings(max_examples=30)
FLOWS = ("received", "resolved", "refused", "withdrawn", "early", "late", "without_due")

times = (
    st.none()
    | st.datetimes(datetime.fromisoformat("2023-06-08"), datetime.fromisoformat("2023-06-28"))
    | st.dates(date(2023, 6, 8), date(2023, 6, 28)).map(lambda day: datetime.combine(day, time.min))
)
flags = st.sampled_from((None, True, False))
rows = st.fixed_dictionaries(
    {
        "code": st.none() | st.integers(0, 30).map(str),
        "unit": st.sampled_from((None, "Phường 1", "UBND phường 1", "Huyện 2")),
        "field": st.sampled_from((None, "Đất đai", "Hộ tịch")),
        "received": times,
        "due": times,
        "finished": times,
        "channel": st.sampled_from((None, "online", "direct", "post")),
        "service_level": st.sampled_from((None, 2, 3, 4)),
        "status": st.sampled_from((None, *range(1, 11), 42)),
        "paid_online": flags,
        "amount_paid": st.none() | st.integers(0, 10**9),
        "sent_by_post": flags,
        "returned_by_post": flags,
    }
)
tables = st.lists(rows, max_size=25).map(lambda made: pl.DataFrame(made, SCHEMA, orient="row"))
choices = st.builds(Options, st.sampled_from(Lateness), st.sampled_from(Base))


@FEW
@given(tables, choices)
def test_what_came_in_is_what_became_of_it(table, options):
    result = tally(table, PERIOD, options=options, by_field=True)
    assert all(counts.is_balanced for unit in result.units for counts in unit.fields.values())
    for counts in (unit.counts for unit in result.units):
        assert 0 <= counts.early + counts.late <= counts.resolved
        assert counts.without_due <= counts.resolved - counts.early - counts.late
        assert counts.overdue <= counts.pending
        assert counts.online + counts.direct + counts.by_post <= counts.received
        assert 0 <= counts.on_time_pair(options.base)[0] <= counts.on_time_pair(options.base)[1]


@FEW
@given(tables)
def test_every_row_is_used_or_refused_for_one_fault(table):
    result = tally(table, PERIOD, as_of=date(2023, 6, 25))
    assert result.read == len(table) == result.used + result.refused
    assert result.refused == sum(result.faults.values())
    assert sum(unit.counts.used for unit in result.units) == result.used


@FEW
@given(tables)
def test_the_rows_of_the_form_contradict_nothing(table):
    for unit in tally(table, PERIOD).units:
        assert compute_contents(FORM, unit.contents(FORM)).broken == ()


@FEW
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(table, chance):
    places = list(range(len(table)))
    chance.shuffle(places)
    assert tally(table[places], PERIOD) == tally(table, PERIOD)


@FEW
@given(tables, st.integers(0, 25))
def test_a_table_in_two_parts_adds_up(table, place):
    first, second = table[:place], table[place:]
    parts = [tally(part, PERIOD, codes_are_unique=True).counts for part in (first, second)]
    whole = tally(table, PERIOD, codes_are_unique=True).counts
    # A unit of which no row was used is none, in a part or in the whole.
    assert replace(total(parts), read=0) == replace(whole, read=0)


@FEW
@given(tables, st.integers(0, 8), choices)
def test_two_periods_that_meet_add_up(table, days, options):
    middle = PERIOD.start + timedelta(days=days)
    parts = (Period(PERIOD.start, middle), Period(middle + timedelta(days=1), PERIOD.end))
    first, second = (tally(table, part, options=options).counts for part in parts)
    whole = tally(table, PERIOD, options=options).counts
    assert all(getattr(first, flow) + getattr(second, flow) == getattr(whole, flow) for flow in FLOWS)
    assert (first.carried_over, second.pending, second.overdue) == (whole.carried_over, whole.pending, whole.overdue)
    assert second.carried_over == first.pending


@FEW
@given(tables)
def test_by_the_minute_no_fewer_are_late(table):
    by_day, by_minute = (tally(table, PERIOD, options=Options(lateness=choice)).counts for choice in Lateness)
    assert (by_day.late <= by_minute.late, by_day.early <= by_minute.early) == (True, True)
    assert (by_day.resolved, by_day.received) == (by_minute.resolved, by_minute.received)
