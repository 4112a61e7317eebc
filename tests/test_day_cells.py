"""Cells that hold days: as numbers, as dates and as text, with the hour and without."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.functions.day_cells import read_moment, serial
from cchc_calc.states import State

DAY = date(2023, 6, 13)
FIRST, LAST = date(1900, 3, 1), date(9999, 12, 31)


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (45090, DAY),
        (45090.0, DAY),
        (45090.5, at("2023-06-13 12:00")),
        (45090.708333333336, at("2023-06-13 17:00")),  # the double nearest to 17:00
        (45090.70834490741, at("2023-06-13 17:00:01")),
        (45090.99999999999, at("2023-06-13 23:59:59.999")),  # not the next day
        (45090.00000000001, DAY),  # the noise of a formula
        (61, FIRST),
        (60, State.UNDECIDED),  # 29/2/1900 to Excel, 28/2/1900 to LibreOffice
        (2958465, LAST),
        (2958465.5, at("9999-12-31 12:00")),
        (2958466, State.UNDECIDED),
        (-1, State.UNDECIDED),
        (float("nan"), State.UNDECIDED),
        (float("inf"), State.UNDECIDED),
        (20230613, State.UNDECIDED),
        (True, State.UNDECIDED),
        (None, State.BLANK),
        ("", State.BLANK),
        ("  ", State.BLANK),
        (DAY, DAY),
        (at("2023-06-13 00:00"), DAY),
        (at("2023-06-13 16:30"), at("2023-06-13 16:30")),
        (at("2023-06-13 16:30").replace(tzinfo=UTC), State.UNDECIDED),
        ("13/6/2023", DAY),
        ("13-06-2023", DAY),
        ("ngày 13 tháng 6 năm 2023", DAY),
        ("13/06/2023 00:00:00", DAY),
        ("13/06/2023 16:30", at("2023-06-13 16:30")),
        ("13/06/2023  16:30:05", at("2023-06-13 16:30:05")),
        ("16:30 13/06/2023", at("2023-06-13 16:30")),
        ("16h30 ngày 13/6/2023", at("2023-06-13 16:30")),
        ("16 giờ 30 ngày 13/6/2023", at("2023-06-13 16:30")),
        ("13/06/2023 4:30 CH", at("2023-06-13 16:30")),
        ("13/06/2023 4:30 SA", at("2023-06-13 04:30")),
        ("13/06/2023 12:30:00 PM", at("2023-06-13 12:30")),
        ("13/06/2023 12:30 am", at("2023-06-13 00:30")),
        ("13/06/2023 16:30 CH", State.UNDECIDED),
        ("13/06/2023 24:30", State.UNDECIDED),
        ("13/06/2023 16:60", State.UNDECIDED),
        ("13/06/2023 07:30-11:30", State.UNDECIDED),
        ("2023-06-13", DAY),
        ("2023-06-13 16:30", at("2023-06-13 16:30")),
        ("2023-06-13T16:30:05", at("2023-06-13 16:30:05")),
        ("2023-06-13T16:30:05.123", at("2023-06-13 16:30:05.123")),
        ("2023-06-13T16:30+07:00", State.UNDECIDED),
        ("2023-13-06", State.UNDECIDED),
        ("2023-W24-2", State.UNDECIDED),
        ("29/2/2024", date(2024, 2, 29)),
        ("29/2/2023", State.UNDECIDED),
        ("07/19/2013", State.UNDECIDED),
        ("13/6/23", State.UNDECIDED),
        ("13/6", State.UNDECIDED),
        ("13/6/2023, 14/6/2023", State.UNDECIDED),
        ("hôm nay", State.UNDECIDED),
        ("#N/A", State.UNDECIDED),
        ([DAY], State.UNDECIDED),
    ],
)
def test_what_a_cell_says(cell, read):
    found = read_moment(cell)
    assert found == read
    assert type(found) is type(read)


@given(st.dates(FIRST, LAST))
def test_the_number_of_a_day_is_read_as_that_day(day):
    assert read_moment(serial(day)) == read_moment(float(serial(day))) == read_moment(day.isoformat()) == day


@given(st.datetimes(at("1900-03-01"), at("9998-12-31")))
def test_moments_survive_being_numbers_to_the_second(moment):
    whole = moment.replace(microsecond=0)
    number = serial(whole.date()) + (whole - datetime.combine(whole.date(), datetime.min.time())) / timedelta(days=1)
    assert read_moment(number) == (whole if whole.time() != datetime.min.time() else whole.date())


@given(st.one_of(st.text(), st.floats(), st.integers(), st.datetimes(), st.booleans(), st.binary()))
def test_whatever_a_cell_holds_is_read_or_undecided(cell):
    assert isinstance(read_moment(cell), date | State)
