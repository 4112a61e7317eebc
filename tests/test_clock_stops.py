"""Supplements: the clock of a dossier stands from the day of the request to the day of the supply."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.calendar_vn import (
    ClockStop,
    due_date,
    due_date_with_stops,
    due_moment,
    due_moment_with_stops,
    is_working_day,
    working_days_between,
)
from cchc_calc.errors import CalendarError


def on(text):
    """Read "13/6/2023"; nothing: not yet."""
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def stop(text):
    """Read "15/6/2023-20/6/2023"; "15/6/2023-" is still awaited."""
    requested, _, supplied = text.partition("-")
    return ClockStop(on(requested), on(supplied) if supplied else None)


@pytest.mark.parametrize(
    ("received", "working_days", "stops", "due"),
    [
        ("13/6/2023", 10, "", "27/6/2023"),
        ("13/6/2023", 10, "15/6/2023-20/6/2023", "30/6/2023"),  # 16, 19 and 20/6 do not count
        ("13/6/2023", 10, "15/6/2023-15/6/2023", "27/6/2023"),  # supplied on the same day
        ("13/6/2023", 10, "16/6/2023-18/6/2023", "27/6/2023"),  # over a weekend alone
        ("18/1/2023", 3, "19/1/2023-27/1/2023", "31/1/2023"),  # over Tết: only 27/1 does not count
        ("27/4/2023", 2, "28/4/2023-3/5/2023", "4/5/2023"),  # asked before the holidays, supplied on the last of them
        ("13/6/2023", 10, "15/6/2023-19/6/2023 21/6/2023-23/6/2023", "3/7/2023"),
        ("13/6/2023", 10, "21/6/2023-23/6/2023 15/6/2023-19/6/2023", "3/7/2023"),  # in any order
        ("13/6/2023", 10, "15/6/2023-20/6/2023 16/6/2023-19/6/2023", "30/6/2023"),  # one within the other
        ("13/6/2023", 10, "15/6/2023-19/6/2023 16/6/2023-20/6/2023", "30/6/2023"),  # overlapping
        ("13/6/2023", 10, "15/6/2023-19/6/2023 19/6/2023-20/6/2023", "30/6/2023"),  # asked again at once
        ("13/6/2023", 10, "8/6/2023-13/6/2023", "27/6/2023"),  # over before the receipt
        ("13/6/2023", 10, "8/6/2023-15/6/2023", "29/6/2023"),  # begun before it
        ("13/6/2023", 10, "27/6/2023-29/6/2023", "29/6/2023"),  # asked on the last day: due when it comes
        ("13/6/2023", 10, "27/6/2023-1/7/2023", "3/7/2023"),  # and that is a Saturday
        ("13/6/2023", 10, "28/6/2023-30/6/2023", "27/6/2023"),  # asked too late
        ("13/6/2023", 10, "28/6/2023-", "27/6/2023"),
        ("13/6/2023", 10, "15/6/2023-20/6/2023 30/6/2023-4/7/2023", "4/7/2023"),  # the second is in time by the first
        ("17/6/2023", 0, "19/6/2023-21/6/2023", "21/6/2023"),
        ("13/6/2023", 10, "13/6/2023-20/6/2023", "4/7/2023"),  # asked on the day of receipt
        ("13/6/2023", 10, "15/6/2023-15/9/2023", "27/9/2023"),  # longer than the term
        ("18/12/2023", 5, "20/12/2023-28/12/2023", "3/1/2024"),  # over the end of a year
        ("26/2/2024", 3, "27/2/2024-28/2/2024", "1/3/2024"),  # to a leap day and past it
    ],
)
def test_days_of_a_supplement_do_not_count(received, working_days, stops, due):
    assert due_date_with_stops(on(received), working_days, map(stop, stops.split())) == on(due)


@pytest.mark.parametrize("stops", ["15/6/2023-", "27/6/2023-", "8/6/2023-", "15/6/2023-20/6/2023 30/6/2023-"])
def test_a_dossier_that_waits_has_no_due_date(stops):
    assert due_date_with_stops(on("13/6/2023"), 10, map(stop, stops.split())) is None


@pytest.mark.parametrize(
    ("hours", "requested", "supplied", "due"),
    [
        (4, "2023-06-16 16:00", "2023-06-19 08:00", "2023-06-19 11:00"),  # an hour is used, three are left
        (4, "2023-06-16 16:00", "2023-06-17 09:00", "2023-06-19 10:00"),  # supplied on a Saturday
        (4, "2023-06-16 16:00", "2023-06-16 16:30", "2023-06-19 09:30"),
        (4, "2023-06-19 09:00", "2023-06-19 15:00", "2023-06-19 15:00"),  # asked at the last moment
        (4, "2023-06-19 09:01", "2023-06-19 15:00", "2023-06-19 09:00"),  # too late
    ],
)
def test_hours_of_a_supplement_do_not_count(hours, requested, supplied, due):
    received = datetime.fromisoformat("2023-06-16 15:00")
    stops = [ClockStop(datetime.fromisoformat(requested), datetime.fromisoformat(supplied))]
    assert due_moment_with_stops(received, timedelta(hours=hours), stops) == datetime.fromisoformat(due)


def test_the_hours_of_days_play_no_part():
    received, requested, supplied = map(
        datetime.fromisoformat, ("2023-06-13 16:00", "2023-06-15 09:00", "2023-06-20 18:00")
    )
    assert due_date_with_stops(received, 10, [ClockStop(requested, supplied)]) == on("30/6/2023")
    assert due_date_with_stops(on("13/6/2023"), 10, [ClockStop(requested, supplied)]) == on("30/6/2023")
    assert due_date_with_stops(on("13/6/2023"), 10, [ClockStop(requested)]) is None


def test_a_supplement_that_comes_before_its_request_is_refused():
    with pytest.raises(CalendarError, match="14/06/2023 đứng trước ngày yêu cầu 15/06/2023"):
        due_date_with_stops(on("13/6/2023"), 10, [stop("15/6/2023-14/6/2023")])


@pytest.mark.parametrize("working_days", [-1, 10**6])
def test_what_has_no_due_date_has_none_with_a_stop(working_days):
    with pytest.raises(CalendarError):
        due_date_with_stops(on("13/6/2023"), working_days, [stop("15/6/2023-20/6/2023")])


# --- laws ------------------------------------------------------------------------------------------------

FIRST = date(2022, 1, 1)
DAYS = st.dates(FIRST, date(2026, 6, 30))
LENGTHS = st.integers(0, 40)


@st.composite
def dossiers(draw):
    """Give a day of receipt, a number of working days and supplied stops around them."""
    received = draw(DAYS)
    offsets = st.tuples(st.integers(-5, 80), st.integers(0, 30))
    stops = [
        ClockStop(received + timedelta(days=begin), received + timedelta(days=begin + length))
        for begin, length in draw(st.lists(offsets, max_size=4))
    ]
    return received, draw(LENGTHS), stops


@given(dossiers())
def test_due_dates_with_stops_are_those_found_by_walking(dossier):
    received, left, stops = dossier
    day = received
    while True:
        over = [stop.supplied for stop in stops if stop.requested <= day < stop.supplied]
        if over:
            day = max(over)
        elif left > 0 or not is_working_day(day):
            day += timedelta(days=1)
            # The day after which the clock stands counts; the day at which it starts again is jumped to above.
            left -= is_working_day(day)
        else:
            break
    assert due_date_with_stops(*dossier) == day


@given(DAYS, LENGTHS)
def test_without_a_stop_it_is_the_plain_due_date(received, working_days):
    assert due_date_with_stops(received, working_days, []) == due_date(received, working_days)


@given(dossiers(), st.integers(0, 40), st.integers(0, 30))
def test_a_stop_never_makes_a_dossier_due_earlier(dossier, begin, length):
    received, working_days, stops = dossier
    more = ClockStop(received + timedelta(days=begin), received + timedelta(days=begin + length))
    with_it = due_date_with_stops(received, working_days, [*stops, more])
    assert with_it >= due_date_with_stops(*dossier) >= due_date(received, working_days)
    assert is_working_day(with_it)


@given(DAYS, st.integers(2, 40), st.data())
def test_a_stop_in_time_adds_its_working_days(received, working_days, data):
    requested = data.draw(st.dates(received, due_date(received, working_days - 1)))
    supplied = requested + timedelta(days=data.draw(st.integers(0, 30)))
    stood = working_days_between(requested, supplied)
    found = due_date_with_stops(received, working_days, [ClockStop(requested, supplied)])
    assert found == due_date(received, working_days + stood)


@given(st.datetimes(datetime.fromisoformat("2022-01-01"), datetime.fromisoformat("2026-06-30")), st.integers(0, 900))
def test_without_a_stop_it_is_the_plain_due_moment(received, minutes):
    work = timedelta(minutes=minutes)
    assert due_moment_with_stops(received, work, []) == due_moment(received, work)
