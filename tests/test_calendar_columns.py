"""Columns of working days: the answers of the functions for one dossier, for many at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy
import pandas
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cchc_calc.calendar_vn import (
    ClockStop,
    Desk,
    are_certain,
    day_numbers,
    doubts,
    due_date,
    due_date_with_stops,
    due_dates,
    due_dates_with_stops,
    load_desk,
    receipt_day,
    receipt_days,
    working_days_between,
    working_days_column,
)
from cchc_calc.errors import CalendarError

# Blanks, and days before and after the table, among the others.
DAYS = st.none() | st.dates(date(2017, 6, 1), date(2031, 6, 30))
LENGTHS = st.none() | st.integers(0, 450)
MOMENTS = st.none() | st.datetimes(datetime.fromisoformat("2017-12-01"), datetime.fromisoformat("2031-02-01"))


STOP = st.builds(
    lambda requested, days: ClockStop(requested, requested + timedelta(days=days)),
    st.dates(date(2017, 6, 1), date(2031, 6, 30)),
    st.integers(-3, 40),
)
STOPS = st.lists(STOP | st.builds(ClockStop, st.dates(date(2022, 1, 1), date(2026, 12, 31))), max_size=3)


def or_none(function, *arguments):
    """Ask for one dossier; ``None`` where a blank is asked for or there is no answer."""
    try:
        return None if None in arguments else function(*arguments)
    except CalendarError:
        return None


def test_a_column_of_dossiers():
    received = [date(2023, 6, 13), date(2023, 1, 18), None, date(2017, 12, 29), date(2030, 12, 31)]
    assert due_dates(received, [10, 2, 5, 1, 1]) == [date(2023, 6, 27), date(2023, 1, 27), None, None, None]
    assert due_dates(received, 0)[-1] == date(2030, 12, 31)
    assert due_dates([date(2018, 1, 1)], 0) == [date(2018, 1, 2)]
    assert due_dates([], 10) == []


def test_rows_whose_days_off_are_not_announced_are_not_certain():
    starts = [date(2023, 1, 1), date(2026, 11, 20), date(2027, 12, 31), date(2028, 1, 1), None, date(2017, 12, 31)]
    ends = [date(2026, 11, 22), date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 1), None, date(2018, 1, 2)]
    assert are_certain(starts, ends) == [True, True, False, False, False, False]


def test_a_faulty_row_is_neither_counted_nor_certain():
    assert working_days_column([date(2023, 6, 14)], [date(2023, 6, 13)]) == [None]
    assert are_certain([date(2023, 6, 14)], [date(2023, 6, 13)]) == [False]
    day = date(2023, 6, 13)
    lengths = [-1, 10**30, float("nan"), float("inf"), 0.5, "10", pandas.NA, None]
    assert due_dates([day] * len(lengths), lengths) == [None] * len(lengths)
    extremes = [date.min, date.max, pandas.NaT, pandas.NA, float("nan")]
    assert due_dates(extremes, 1) == due_dates(extremes, [1] * 5) == receipt_days(extremes) == [None] * 5
    assert working_days_column(extremes, extremes) == [None] * 5


def test_tables_of_pandas_hold_moments_and_numbers_of_their_own():
    received = pandas.Series(pandas.to_datetime(["2023-06-13 16:00", None, "2023-06-16 17:30"]))
    lengths = pandas.Series([10, 10, None])
    assert due_dates(received, lengths) == [date(2023, 6, 27), None, None]
    assert due_dates(received, lengths.astype("Int64")) == [date(2023, 6, 27), None, None]
    assert due_dates(received, numpy.int64(1)) == [date(2023, 6, 14), None, date(2023, 6, 19)]
    assert due_dates(receipt_days(received), 1) == [date(2023, 6, 14), None, date(2023, 6, 20)]


def test_stops_of_a_column():
    day, stop = date(2023, 6, 13), ClockStop(date(2023, 6, 15), date(2023, 6, 20))
    awaited, turned = ClockStop(date(2023, 6, 15)), ClockStop(date(2023, 6, 20), date(2023, 6, 15))
    received = [day, day, day, day, None, day]
    stops = [None, [], [stop], [awaited], [stop], [turned]]
    due = date(2023, 6, 27)
    assert due_dates_with_stops(received, [10] * 6, stops) == [due, due, date(2023, 6, 30), None, None, None]
    # Due within the table without its stop, and after it with it.
    last = [ClockStop(date(2030, 12, 30), date(2030, 12, 31))]
    assert due_dates_with_stops([date(2030, 12, 27)], [2], [last]) == [None]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: due_dates([date(2023, 6, 13)], [1, 2]),
        lambda: working_days_column([date(2023, 6, 13)], []),
        lambda: are_certain([date(2023, 6, 13)], []),
        lambda: due_dates_with_stops([date(2023, 6, 13)], [1], []),
    ],
)
def test_columns_of_two_lengths_are_refused(ask):
    with pytest.raises(ValueError, match="zip"):
        ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: due_dates([date(2023, 6, 13)], -1),
        lambda: due_dates([datetime(2023, 6, 13, tzinfo=UTC)], 1),
        lambda: receipt_days([datetime(2023, 6, 13, tzinfo=UTC)]),
    ],
)
def test_wrong_use_is_refused(ask):
    with pytest.raises(CalendarError):
        ask()


@given(st.lists(st.tuples(DAYS, LENGTHS)))
@example([(date(2018, 1, 1), 0), (date(2030, 12, 31), 0), (date(2030, 12, 31), 1), (date(2017, 12, 31), 1)])
def test_due_dates_are_those_of_one_dossier(rows):
    received, lengths = [row[0] for row in rows], [row[1] for row in rows]
    assert due_dates(received, lengths) == [or_none(due_date, *row) for row in rows]
    assert due_dates(received, 7) == [or_none(due_date, day, 7) for day in received]


@given(st.lists(st.tuples(DAYS, DAYS)))
@example([(date(2018, 1, 1), date(2030, 12, 31)), (date(2017, 12, 31), date(2018, 1, 1))])
def test_working_days_are_those_of_one_dossier(rows):
    starts, ends = [row[0] for row in rows], [row[1] for row in rows]
    assert working_days_column(starts, ends) == [or_none(working_days_between, *row) for row in rows]


@given(st.lists(st.tuples(DAYS, DAYS)))
def test_what_is_certain_is_what_leaves_no_doubt(rows):
    expected = [or_none(working_days_between, *row) is not None and not doubts(*row) for row in rows]
    assert are_certain([row[0] for row in rows], [row[1] for row in rows]) == expected


@given(st.lists(MOMENTS), st.sampled_from(["the desk", "by date", "mornings", "Saturdays"]))
@example([datetime.fromisoformat("2030-12-28 12:00")], "Saturdays")
@example([datetime.fromisoformat("2023-06-16 17:00")], "the desk")
@example([datetime.fromisoformat("2030-12-31 17:01"), datetime.fromisoformat("2018-01-01")], "the desk")
def test_days_of_receipt_are_those_of_one_dossier(moments, name):
    desk = {
        "the desk": load_desk(),
        "by date": Desk(load_desk().sessions, time(17), late_counts_next_day=False),
        "mornings": Desk(((time(8), time(11)),), time(10, 30)),
        "Saturdays": Desk(load_desk().sessions, time(17), saturday_last_receipt=time(11)),
    }[name]
    assert receipt_days(moments, desk) == [or_none(receipt_day, moment, desk) for moment in moments]


@given(st.lists(st.tuples(DAYS, LENGTHS, STOPS)))
def test_due_dates_with_stops_are_those_of_one_dossier(rows):
    received, lengths, stops = ([row[part] for row in rows] for part in range(3))
    expected = [or_none(due_date_with_stops, *row) for row in rows]
    assert due_dates_with_stops(received, lengths, stops) == expected


def test_any_engine_looks_due_dates_up_in_the_tables():
    table = day_numbers()
    received = [date(2022, 1, 1) + timedelta(days=n) for n in range(1500)]
    lengths = [1 + n % 40 for n in range(1500)]
    first = numpy.datetime64(date.fromordinal(table.first))
    places = (numpy.array(received, dtype="datetime64[D]") - first).astype(int)
    numbers = numpy.array(table.numbers)[places] + numpy.array(lengths)
    found = numpy.array(table.days, dtype="datetime64[D]")[numbers - 1]
    assert found.tolist() == due_dates(received, lengths)
