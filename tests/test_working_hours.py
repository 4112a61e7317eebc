"""Working hours: the day on which a dossier counts as received, and the moment at which one is due."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.calendar_vn import (
    Desk,
    due_date,
    due_moment,
    is_working_day,
    load_desk,
    read_desk,
    receipt_day,
    working_time_between,
)
from cchc_calc.errors import CalendarError

DESK = load_desk()
BY_DATE = Desk(DESK.sessions, DESK.last_receipt, late_counts_next_day=False)
MORNINGS = Desk(((time(8), time(11)),), time(10, 30))
STEP = timedelta(minutes=30)
MOMENTS = st.datetimes(datetime.fromisoformat("2018-01-01"), datetime.fromisoformat("2029-12-31"))
WORK = st.timedeltas(timedelta(), timedelta(hours=400))
SATURDAYS = Desk(DESK.sessions, DESK.last_receipt, saturday_last_receipt=time(11))
DESKS = st.sampled_from([DESK, BY_DATE, MORNINGS, SATURDAYS])


def at(text):
    """Read "16/6/2023 17:30"."""
    day, _, clock = text.partition(" ")
    return datetime.fromisoformat("{2:0>4}-{1:0>2}-{0:0>2} {3:0>5}".format(*day.split("/"), clock or "00:00"))


@pytest.mark.parametrize(
    ("received", "day", "due_in_one"),
    [
        ("16/6/2023 9:00", "16/6/2023", "19/6/2023"),  # Friday morning: due on Monday
        ("16/6/2023 6:15", "16/6/2023", "19/6/2023"),  # before the desk opens
        ("16/6/2023 12:00", "16/6/2023", "19/6/2023"),  # in the lunch break
        ("16/6/2023 17:00", "16/6/2023", "19/6/2023"),  # at the closing itself
        ("16/6/2023 17:01", "19/6/2023", "20/6/2023"),  # Friday evening: as if received on Monday
        ("17/6/2023 9:00", "19/6/2023", "20/6/2023"),  # Saturday
        ("18/6/2023 23:59", "19/6/2023", "20/6/2023"),  # Sunday night
        ("19/1/2023 20:00", "27/1/2023", "30/1/2023"),  # the evening before Tết
        ("23/1/2023 8:00", "27/1/2023", "30/1/2023"),  # in Tết
        ("4/5/2024 9:00", "4/5/2024", "6/5/2024"),  # a Saturday worked for a swap
        ("3/5/2024 18:00", "4/5/2024", "6/5/2024"),  # the evening before it
    ],
)
def test_the_day_of_receipt(received, day, due_in_one):
    found = receipt_day(at(received))
    assert (found, due_date(found, 1)) == (at(day).date(), at(due_in_one).date())


def test_an_office_may_count_by_the_date_alone():
    assert receipt_day(at("16/6/2023 17:01"), BY_DATE) == date(2023, 6, 16)
    assert receipt_day(at("17/6/2023 9:00"), BY_DATE) == date(2023, 6, 17)


def test_working_hours_are_those_of_working_days_on_saturdays_too():
    assert due_moment(at("17/6/2023 9:00"), timedelta(hours=1), SATURDAYS) == at("19/6/2023 8:00")


def test_an_office_may_close_its_desk_earlier():
    assert receipt_day(at("16/6/2023 10:30"), MORNINGS) == date(2023, 6, 16)
    assert receipt_day(at("16/6/2023 10:31"), MORNINGS) == date(2023, 6, 19)


@pytest.mark.parametrize(
    ("received", "day", "due_in_one"),
    [
        ("17/6/2023 9:00", "17/6/2023", "19/6/2023"),  # Saturday morning: Monday is the first day that counts
        ("17/6/2023 11:00", "17/6/2023", "19/6/2023"),
        ("17/6/2023 11:01", "19/6/2023", "20/6/2023"),  # Saturday noon: as if received on Monday
        ("16/6/2023 17:30", "17/6/2023", "19/6/2023"),  # Friday evening: as if received on Saturday
        ("18/6/2023 9:00", "19/6/2023", "20/6/2023"),  # Sunday
        ("21/1/2023 9:00", "27/1/2023", "30/1/2023"),  # a Saturday in Tết
        ("20/1/2023 9:00", "27/1/2023", "30/1/2023"),
        ("29/4/2023 9:00", "4/5/2023", "5/5/2023"),  # a Saturday that is a holiday
        ("4/5/2024 16:00", "4/5/2024", "6/5/2024"),  # a Saturday worked for a swap keeps the hours of a working day
    ],
)
def test_the_day_of_receipt_where_the_desk_is_open_on_saturday_mornings(received, day, due_in_one):
    found = receipt_day(at(received), SATURDAYS)
    assert (found, due_date(found, 1)) == (at(day).date(), at(due_in_one).date())


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("13/6/2023 8:00", 2, "13/6/2023 10:00"),
        ("13/6/2023 10:00", 4, "13/6/2023 16:00"),  # over the lunch break
        ("13/6/2023 7:00", 4.5, "13/6/2023 11:30"),  # fills the morning: due at its closing
        ("13/6/2023 7:00", 8, "13/6/2023 17:00"),  # fills the day
        ("13/6/2023 7:00", 16, "14/6/2023 17:00"),
        ("13/6/2023 8:00", 8, "14/6/2023 8:00"),
        ("16/6/2023 15:00", 4, "19/6/2023 9:00"),  # over a weekend
        ("16/6/2023 17:30", 4, "19/6/2023 11:00"),  # after the closing
        ("17/6/2023 9:00", 4, "19/6/2023 11:00"),  # on a Saturday
        ("13/6/2023 5:00", 1, "13/6/2023 8:00"),  # before the opening
        ("13/6/2023 12:00", 1, "13/6/2023 14:30"),  # in the lunch break
        ("19/1/2023 16:00", 2, "27/1/2023 8:00"),  # over Tết
        ("3/5/2024 16:00", 2, "4/5/2024 8:00"),  # into a Saturday that is worked
        ("13/6/2023 8:00", 0, "13/6/2023 8:00"),
        ("13/6/2023 17:00", 0, "13/6/2023 17:00"),  # the closing is still open
        ("13/6/2023 11:45", 0, "13/6/2023 13:30"),
        ("13/6/2023 6:00", 0, "13/6/2023 7:00"),
        ("16/6/2023 18:00", 0, "19/6/2023 7:00"),
        ("18/6/2023 18:00", 0, "19/6/2023 7:00"),
        ("13/6/2023 23:59", 4, "14/6/2023 11:00"),
        ("31/12/2024 16:00", 2, "2/1/2025 8:00"),  # over New Year's Day
        ("28/2/2024 16:00", 8, "29/2/2024 16:00"),
    ],
)
def test_due_in_working_hours(received, hours, due):
    assert due_moment(at(received), timedelta(hours=hours)) == at(due)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("13/6/2023 8:00", "13/6/2023 8:00", 0),
        ("13/6/2023 8:00", "13/6/2023 16:00", 6),
        ("13/6/2023 11:30", "13/6/2023 13:30", 0),  # the lunch break
        ("16/6/2023 15:00", "19/6/2023 9:00", 4),
        ("17/6/2023 0:00", "18/6/2023 23:59", 0),
        ("12/6/2023 0:00", "19/6/2023 0:00", 40),  # a week
    ],
)
def test_working_time_between(start, end, hours):
    assert working_time_between(at(start), at(end)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: due_moment(at("13/6/2023"), -STEP), "không được âm"),
        (lambda: due_moment(at("31/12/2030 16:45"), STEP), "sau năm 2030"),
        (lambda: due_moment(at("31/12/2030 17:30"), timedelta()), "sau năm 2030"),
        (lambda: due_moment(at("31/12/2017"), STEP), "31/12/2017 nằm ngoài"),
        (lambda: receipt_day(at("31/12/2030 17:30")), "sau năm 2030"),
        (lambda: receipt_day(at("1/1/2031")), "01/01/2031 nằm ngoài"),
        (lambda: working_time_between(at("13/6/2023 9:00"), at("13/6/2023 8:00")), "08:00 13/06/2023 đứng trước"),
        (lambda: receipt_day(at("13/6/2023").replace(tzinfo=UTC)), "kèm múi giờ"),
        (lambda: due_moment(at("13/6/2023").replace(tzinfo=UTC), STEP), "kèm múi giờ"),
        (lambda: due_moment(at("13/6/2023").replace(tzinfo=UTC), timedelta()), "kèm múi giờ"),
        (lambda: working_time_between(at("13/6/2023"), at("13/6/2023").replace(tzinfo=UTC)), "kèm múi giờ"),
    ],
)
def test_what_has_no_answer(ask, message):
    with pytest.raises(CalendarError, match=message):
        ask()


# --- laws ------------------------------------------------------------------------------------------------


def is_open(moment, desk):
    return is_working_day(moment.date()) and any(opens <= moment.time() <= closes for opens, closes in desk.sessions)


@given(st.integers(0, 48 * 365 * 10), st.integers(0, 60))
def test_half_hours_are_those_found_by_walking(start, steps):
    received = moment = at("1/1/2019") + start * STEP
    left = steps
    while left or not is_open(moment, DESK):
        moment += STEP
        left -= is_open(moment, DESK) and is_open(moment - STEP / 2, DESK)
    assert due_moment(received, steps * STEP) == moment


@given(MOMENTS, WORK, DESKS)
def test_working_time_forward_and_back_meets(received, work, desk):
    assert working_time_between(received, due_moment(received, work, desk), desk) == work


@given(MOMENTS, WORK, WORK, DESKS)
def test_working_time_adds_up(received, first, second, desk):
    in_two_steps = due_moment(due_moment(received, first, desk), second, desk)
    assert in_two_steps == due_moment(received, first + second, desk)


@given(MOMENTS, MOMENTS, WORK, WORK, DESKS)
def test_later_receipt_and_more_work_are_never_due_earlier(one, other, few, many, desk):
    first, second = sorted((one, other))
    few, many = sorted((few, many))
    assert due_moment(first, few, desk) <= due_moment(second, few, desk) <= due_moment(second, many, desk)
    assert receipt_day(first, desk) <= receipt_day(second, desk)


@given(MOMENTS, WORK, DESKS)
def test_nothing_is_due_while_the_desk_is_closed(received, work, desk):
    assert is_open(due_moment(received, work, desk), desk)


@given(MOMENTS)
def test_a_dossier_counts_as_received_on_a_working_day_not_before_it_came(received):
    day = receipt_day(received)
    assert is_working_day(day)
    assert day >= received.date()
    assert day == received.date() or not is_open(received, DESK)


# --- the data --------------------------------------------------------------------------------------------

DATA = tomllib.loads((resources.files("cchc_calc") / "calendars/desk.toml").read_text(encoding="utf-8"))


def test_a_day_of_the_desk_has_eight_hours():
    assert due_moment(at("13/6/2023"), timedelta(hours=8)) == at("13/6/2023 17:00")
    assert read_desk(DATA) == DESK
