"""Working days: the real calendars of the civil service, and due dates counted exactly on them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_calc.calendar_vn import (
    calendar_due_date,
    doubts,
    due_date,
    is_covered,
    is_working_day,
    working_days_between,
)
from cchc_calc.calendar_vn.days_off import load_days_off
from cchc_calc.errors import CalendarError

FIRST, LAST = date(2018, 1, 1), date(2030, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
DAYS = st.dates(FIRST, LAST)
EARLY_DAYS = st.dates(FIRST, date(2028, 12, 31))
LENGTHS = st.integers(0, 450)


def on(text):
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


@pytest.mark.parametrize(
    # year, the weekdays off, the days of weekends that are worked
    ("year", "off", "worked"),
    [
        (2018, "1/1 14/2 15/2 16/2 19/2 20/2 25/4 30/4 1/5 3/9 31/12", ""),
        (2019, "1/1 4/2 5/2 6/2 7/2 8/2 15/4 29/4 30/4 1/5 2/9", "5/1 4/5"),
        (2020, "1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9", ""),
        (2021, "1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9", ""),
        (2022, "3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9", ""),
        (2023, "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9", ""),
        (2024, "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", "4/5"),
        (2025, "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
        (2026, "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
        (2027, "1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11", ""),
    ],
)
def test_the_calendar_of_a_year(year, off, worked):
    days = [day for day in EVERY_DAY if day.year == year]
    found_off = [f"{day.day}/{day.month}" for day in days if day.weekday() < 5 and not is_working_day(day)]
    found_worked = [f"{day.day}/{day.month}" for day in days if day.weekday() >= 5 and is_working_day(day)]
    assert (found_off, found_worked) == (off.split(), worked.split())


@pytest.mark.parametrize(
    ("received", "working_days", "due"),
    [
        ("13/6/2023", 10, "27/6/2023"),  # a Tuesday, and two weeks without a holiday
        ("16/6/2023", 1, "19/6/2023"),  # Friday to Monday
        ("17/6/2023", 1, "19/6/2023"),  # received on Saturday: Monday is the first day that counts
        ("28/1/2022", 1, "7/2/2022"),  # over Tết, year by year
        ("18/1/2023", 2, "27/1/2023"),
        ("7/2/2024", 1, "15/2/2024"),
        ("24/1/2025", 1, "3/2/2025"),
        ("13/2/2026", 1, "23/2/2026"),
        ("3/2/2027", 1, "11/2/2027"),
        ("31/12/2021", 1, "4/1/2022"),  # a Monday in lieu of New Year's Day on Saturday
        ("8/4/2022", 1, "12/4/2022"),  # in lieu of Giỗ Tổ on Sunday
        ("29/4/2022", 1, "4/5/2022"),  # 30/4 and 1/5 on a weekend, both made up
        ("28/4/2023", 1, "4/5/2023"),  # Giỗ Tổ and 30/4 on a weekend, both made up
        ("31/8/2023", 1, "5/9/2023"),  # in lieu of 2/9 on Saturday
        ("24/4/2026", 1, "28/4/2026"),  # in lieu of Giỗ Tổ on Sunday
        ("25/4/2025", 1, "26/4/2025"),  # due on the Saturday that was worked for 2/5
        ("29/4/2025", 1, "5/5/2025"),
        ("28/8/2026", 1, "3/9/2026"),  # 31/8 off, worked for on Saturday 22/8
        ("26/4/2024", 3, "4/5/2024"),  # due on the Saturday that was worked for 29/4
        ("28/12/2018", 3, "4/1/2019"),  # 31/12 off
        ("28/12/2018", 4, "5/1/2019"),  # and worked for in the next year
        ("31/12/2025", 1, "5/1/2026"),
        ("21/8/2026", 1, "22/8/2026"),
        ("20/11/2026", 2, "25/11/2026"),  # 23/11 is worked: that it be swapped was proposed, not decided
        ("31/12/2026", 1, "4/1/2027"),
        ("28/2/2024", 1, "29/2/2024"),  # a leap year
        ("29/2/2024", 1, "1/3/2024"),
        ("28/2/2023", 1, "1/3/2023"),
        ("13/6/2023", 0, "13/6/2023"),  # the same day
        ("17/6/2023", 0, "19/6/2023"),  # received on a day off: the next working day
        ("1/1/2018", 0, "2/1/2018"),  # before the first working day of the table
        ("31/12/2030", 0, "31/12/2030"),
    ],
)
def test_due_date(received, working_days, due):
    assert due_date(on(received), working_days) == on(due)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("13/6/2023", "13/6/2023", 0),
        ("13/6/2023", "14/6/2023", 1),
        ("13/6/2023", "12/9/2023", 63),  # a quarter with 1/9 and 4/9 off
        ("16/6/2023", "18/6/2023", 0),
        ("17/6/2023", "19/6/2023", 1),
        ("31/12/2023", "31/12/2024", 251),  # 262 weekdays, 12 off, 1 Saturday worked
        ("1/1/2018", "2/1/2018", 1),
    ],
)
def test_working_days_between(start, end, expected):
    assert working_days_between(on(start), on(end)) == expected


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: due_date(date(2023, 6, 13), -1), "không được âm: -1"),
        (lambda: calendar_due_date(date(2023, 6, 13), -1), "không được âm: -1"),
        (lambda: calendar_due_date(date(2030, 12, 31), 1), "sau năm 2030, ngoài bảng ngày nghỉ"),
        (lambda: calendar_due_date(date(2023, 6, 13), 10**12), "ngoài bảng ngày nghỉ"),
        (lambda: calendar_due_date(date(2017, 12, 29), 1), "29/12/2017 nằm ngoài"),
        (lambda: due_date(date(2017, 12, 29), 1), r"29/12/2017 nằm ngoài bảng ngày nghỉ \(các năm 2018 đến 2030\)"),
        (lambda: due_date(date(2030, 12, 31), 1), "sau năm 2030, ngoài bảng ngày nghỉ"),
        (lambda: due_date(date(2023, 6, 13), 10**9), "ngoài bảng ngày nghỉ"),
        (lambda: working_days_between(date(2023, 6, 14), date(2023, 6, 13)), "13/06/2023 đứng trước ngày đầu"),
        (lambda: working_days_between(date(2023, 6, 14), date(2031, 1, 1)), "01/01/2031 nằm ngoài"),
        (lambda: is_working_day(date(2031, 1, 1)), "01/01/2031 nằm ngoài"),
        (lambda: due_date(date.min, 1), "01/01/0001 nằm ngoài"),
        (lambda: due_date(date.max, 1), "31/12/9999 nằm ngoài"),
        (lambda: calendar_due_date(date.max, 1), "31/12/9999 nằm ngoài"),
        (lambda: due_date(datetime(2023, 6, 13, 18, tzinfo=UTC), 1), "kèm múi giờ"),
        (lambda: working_days_between(date(2023, 6, 13), datetime(2023, 6, 13, 18, tzinfo=UTC)), "kèm múi giờ"),
    ],
)
def test_what_has_no_answer(ask, message):
    with pytest.raises(CalendarError, match=message):
        ask()


def test_the_years_that_are_certain():
    assert [year for year in range(2000, 2050) if is_covered(year)] == list(range(2018, 2028))


def test_a_moment_is_asked_for_its_day():
    start, end = datetime.fromisoformat("2023-06-13 16:00"), datetime.fromisoformat("2023-06-27 08:00")
    assert due_date(start, 10) == calendar_due_date(start, 14) == date(2023, 6, 27)
    assert working_days_between(start, date(2023, 6, 27)) == working_days_between(date(2023, 6, 13), end) == 10
    assert is_working_day(end)
    assert doubts(start, end) == ()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2/1/2018", "31/12/2027", []),
        ("30/11/2027", "1/1/2028", ["năm 2028 chưa được công bố"]),
        ("30/12/2029", "1/1/2031", ["năm 2029 chưa", "năm 2030 chưa", "^năm 2031 không có trong bảng"]),
        ("30/12/2030", "1/1/2032", ["năm 2030 chưa", "các năm 2031 đến 2032 không có trong bảng"]),
        ("31/12/2017", "2/1/2018", ["^năm 2017 không có trong bảng"]),
        ("1/1/2015", "1/1/2016", ["các năm 2015 đến 2016 không có trong bảng"]),
        ("1/1/2040", "1/1/2041", ["các năm 2040 đến 2041 không có trong bảng"]),
    ],
)
def test_what_is_uncertain_is_said(start, end, expected):
    found = doubts(on(start), on(end))
    assert len(found) == len(expected)
    assert all(re.search(part, doubt) for part, doubt in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("13/6/2023", 10, "23/6/2023"),
        ("13/6/2023", 4, "19/6/2023"),  # ends on a Saturday
        ("13/6/2023", 0, "13/6/2023"),
        ("16/1/2023", 5, "27/1/2023"),  # ends in Tết
        ("30/4/2024", 4, "4/5/2024"),  # ends on a Saturday that is worked
    ],
)
def test_due_date_of_days_that_are_not_working_days(received, days, due):
    assert calendar_due_date(on(received), days) == on(due)


# --- laws ------------------------------------------------------------------------------------------------


@given(DAYS, LENGTHS)
def test_due_dates_are_those_found_by_walking(received, working_days):
    assume(received.year < 2028)
    day, left = received, working_days
    while left > 0 or not is_working_day(day):
        day += timedelta(days=1)
        left -= is_working_day(day)
    assert due_date(received, working_days) == day


@given(EARLY_DAYS, LENGTHS)
def test_days_forward_and_back_meet(received, working_days):
    assume(working_days or is_working_day(received))
    assert working_days_between(received, due_date(received, working_days)) == working_days


@given(DAYS, DAYS)
def test_a_working_day_is_due_after_the_working_days_up_to_it(start, end):
    assume(start <= end and is_working_day(end))
    assert due_date(start, working_days_between(start, end)) == end


@given(EARLY_DAYS, EARLY_DAYS, LENGTHS, LENGTHS)
def test_later_receipt_and_more_days_are_never_due_earlier(one, other, few, many):
    first, second = sorted((one, other))
    few, many = sorted((few, many))
    assert due_date(first, few) <= due_date(second, few) <= due_date(second, many)


@given(st.dates(FIRST, date(2026, 12, 31)), LENGTHS, LENGTHS)
def test_working_days_add_up(received, first, second):
    # On a day off, no day at all leads to the next working day, which then counts for nothing.
    assume(first or is_working_day(received))
    assert due_date(due_date(received, first), second) == due_date(received, first + second)


@given(EARLY_DAYS, LENGTHS)
def test_days_that_are_not_working_days_end_on_the_first_working_day_from_the_last(received, days):
    last = received + timedelta(days=days)
    due = calendar_due_date(received, days)
    assert is_working_day(due)
    assert due >= last
    assert not any(is_working_day(last + timedelta(days=n)) for n in range((due - last).days))


@given(EARLY_DAYS, LENGTHS)
def test_nothing_is_due_on_a_day_off(received, working_days):
    assert is_working_day(due_date(received, working_days))


@given(DAYS, DAYS, DAYS)
def test_stretches_of_days_add_up(one, other, third):
    first, middle, last = sorted((one, other, third))
    assert working_days_between(first, middle) + working_days_between(middle, last) == working_days_between(first, last)


# --- the table -------------------------------------------------------------------------------------------

# What the holidays library says otherwise, and why it is not followed.
DIFFERENCES = {
    date(2026, 1, 2): "off for Saturday 10/1 by Công văn 12729/VPCP-KGVX; the library does not know this swap",
    date(2026, 1, 10): "worked for 2/1, as above",
    date(2029, 11, 26): "the library makes 24/11 up, which Nghị quyết 28/2026/QH16 does not provide for",
    date(2030, 11, 25): "the same",
}


def test_the_table_agrees_with_the_holidays_library():
    library = holidays.country_holidays("VN", years=range(2018, 2031))
    worked = library.weekend_workdays
    theirs = {day for day in EVERY_DAY if (day.weekday() < 5 and day not in library) or day in worked}
    ours = {day for day in EVERY_DAY if is_working_day(day)}
    assert theirs ^ ours == set(DIFFERENCES)


# Days the one names as off and the other does not; on a Saturday they change no due date.
NAMED_DIFFERENTLY = {
    date(2025, 2, 1): "the library counts six days of Tết 2025; the fifth and last by law is Friday 31/1",
    date(2026, 1, 2): "swapped by Công văn 12729/VPCP-KGVX; the library does not know it",
    date(2028, 1, 29): "the library foresees six days of Tết 2028, as in 2025",
    date(2029, 11, 26): "made up by the library alone, as above",
    date(2030, 11, 25): "the same",
}


def test_every_holiday_is_one_of_the_holidays_library():
    table = load_days_off()
    ours = {day for holiday in table.holidays for day in (*holiday.days, *holiday.in_lieu)}
    ours |= {swap.off for swap in table.swaps}
    theirs = set(holidays.country_holidays("VN", years=range(2018, 2031)))
    assert ours ^ theirs == set(NAMED_DIFFERENTLY)


@pytest.mark.parametrize(
    ("year", "seen_in_code_alone"),
    [
        (2022, ""),
        (2023, ""),
        # The lunar calendar decides its day, not the Government.
        (2024, "Giỗ Tổ Hùng Vương"),
        (2025, "Giỗ Tổ Hùng Vương"),
        (2026, ""),
        (2027, "Tết Đinh Mùi, Giỗ Tổ Hùng Vương, Quốc khánh"),
    ],
)
def test_every_day_off_that_was_decided_for_a_year_is_verified(year, seen_in_code_alone):
    table = load_days_off()
    of_year = [holiday for holiday in table.holidays if holiday.days[0].year == year]
    of_year += [swap for swap in table.swaps if swap.off.year == year]
    assert ", ".join(entry.name for entry in of_year if entry.mark != "V") == seen_in_code_alone


def test_each_holiday_has_the_days_the_law_gives_it():
    for holiday in load_days_off().holidays:
        weekends = sum(day.weekday() >= 5 for day in holiday.days)
        national = 2 if holiday.days[0].year >= 2021 else 1
        length = {"Tết Dương lịch": 1, "Quốc khánh": national}.get(holiday.name, 5 if "Tết " in holiday.name else 1)
        assert len(holiday.days) == length, holiday
        # Vietnam's Culture Day stands outside the article that makes days up.
        assert len(holiday.in_lieu) == (0 if holiday.name == "Ngày Văn hóa Việt Nam" else weekends), holiday
        assert all(day > holiday.days[0] for day in holiday.in_lieu), holiday


@pytest.mark.parametrize("year", range(2018, 2031))
def test_every_year_has_every_holiday(year):
    names = [holiday.name for holiday in load_days_off().holidays if holiday.days[0].year == year]
    culture = ["Ngày Văn hóa Việt Nam"] if year >= 2026 else []
    fixed = ["Tết Dương lịch", "Giỗ Tổ Hùng Vương", "Ngày Chiến thắng", "Quốc tế lao động", "Quốc khánh", *culture]
    assert names[:1] + names[2:] == fixed
    assert names[1].startswith("Tết ")
