"""Working days: Monday to Friday without holidays, and the Saturdays worked for swaps; due dates counted on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cchc_calc.calendar_vn.day_numbers import day_numbers
from cchc_calc.calendar_vn.days_off import load_days_off
from cchc_calc.calendar_vn.entries import written
from cchc_calc.calendar_vn.moments import calendar_day
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.calendar_vn.days_off import DaysOff


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day.

    On Monday 29/4/2024 they were closed, and worked on Saturday 4/5/2024 for it:

    >>> is_working_day(date(2024, 4, 29)), is_working_day(date(2024, 5, 4))
    (False, True)
    """
    number = working_day_number(day)
    return number > 0 and day_numbers().days[number - 1].toordinal() == day.toordinal()


def due_date(received: date, working_days: int) -> date:
    """Find the day on which a dossier is due, the working day after its receipt being the first that counts.

    0 working days are due on the day of receipt, or on the next working day where nobody works on that day. The
    result is always a working day. The time of day plays no part; see ``receipt_day`` for it, and ``due_moment`` for
    half a day. A negative number, and a day outside the table, raise ``CalendarError``.

    >>> due_date(date(2023, 6, 13), 10), due_date(date(2023, 6, 17), 0)
    (datetime.date(2023, 6, 27), datetime.date(2023, 6, 19))
    """
    if working_days < 0:
        msg = f"số ngày làm việc không được âm: {working_days}"
        raise CalendarError(msg)
    number = working_day_number(received) + working_days
    return working_day(number + (working_days == 0 and not is_working_day(received)))


def calendar_due_date(received: date, days: int) -> date:
    """Find the day on which a dossier is due whose days are not working days: every day counts, the next one first.

    A last day off moves to the next working day (Civil Code 2015, articles 147 and 148). A negative number, and a
    day outside the table, raise ``CalendarError``.

    >>> calendar_due_date(date(2023, 4, 14), 15), calendar_due_date(date(2023, 4, 14), 14)
    (datetime.date(2023, 5, 4), datetime.date(2023, 4, 28))
    """
    if days < 0:
        msg = f"số ngày không được âm: {days}"
        raise CalendarError(msg)
    start = calendar_day(received)
    _require_known(start)
    if days > (date(load_days_off().years[-1], 12, 31) - start).days:
        raise CalendarError(_beyond())
    return due_date(start + timedelta(days=days), 0)


def working_days_between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to ``end``, ``end`` itself included.

    So ``due_date(start, working_days_between(start, end)) == end`` for every working day ``end``, and the same day
    twice gives 0. An ``end`` before ``start``, and a day outside the table, raise ``CalendarError``.

    >>> working_days_between(date(2023, 6, 13), date(2023, 6, 27))
    10
    """
    first, last = calendar_day(start), calendar_day(end)
    if last < first:
        msg = f"ngày cuối {written(last)} đứng trước ngày đầu {written(first)}"
        raise CalendarError(msg)
    return working_day_number(last) - working_day_number(first)


def is_covered(year: int) -> bool:
    """Tell whether all days off of a year have been announced, so that its working days are certain.

    >>> is_covered(2023), is_covered(2028), is_covered(1990)
    (True, False, False)
    """
    return year in load_days_off().announced


def doubts(start: date, end: date) -> tuple[str, ...]:
    """Say in Vietnamese what is uncertain about the working days from ``start`` to ``end``; nothing: ``()``.

    >>> doubts(date(2023, 6, 13), date(2023, 9, 12))
    ()
    >>> doubts(date(2027, 12, 28), date(2028, 1, 11))
    ('lịch nghỉ năm 2028 chưa được công bố: ngày nghỉ Tết, Quốc khánh là suy ra, ngày hoán đổi chưa biết',)
    """
    return tuple(_doubts(load_days_off(), calendar_day(start), calendar_day(end)))


def working_day_number(day: date) -> int:
    """Count the working days of the table up to ``day``, itself included; ``CalendarError`` for a day outside.

    >>> working_day_number(date(2018, 1, 1)), working_day_number(date(2018, 1, 2))
    (0, 1)
    """
    known = calendar_day(day)
    _require_known(known)
    table = day_numbers()
    return table.numbers[known.toordinal() - table.first]


def working_day(number: int) -> date:
    """Give the working day with a number, the first of the table being 1; ``CalendarError`` beyond its last.

    >>> working_day(1)
    datetime.date(2018, 1, 2)
    """
    days = day_numbers().days
    if number > len(days):
        raise CalendarError(_beyond())
    return days[number - 1]


def _require_known(day: date) -> None:
    years = load_days_off().years
    if day.year not in years:
        msg = f"ngày {written(day)} nằm ngoài bảng ngày nghỉ (các năm {years[0]} đến {years[-1]})"
        raise CalendarError(msg)


def _doubts(table: DaysOff, start: date, end: date) -> Iterator[str]:
    first, last = table.years[0], table.years[-1]
    if start.year < first:
        yield _unknown(start.year, min(end.year, first - 1))
    for year in range(max(start.year, first), min(end.year, last) + 1):
        if year not in table.announced:
            yield (
                f"lịch nghỉ năm {year} chưa được công bố: ngày nghỉ Tết, Quốc khánh là suy ra, ngày hoán đổi chưa biết"
            )
    if end.year > last:
        yield _unknown(max(start.year, last + 1), end.year)
    for question in table.questions:
        if any(start <= day <= end for day in question.days):
            yield question.text


def _unknown(first: int, last: int) -> str:
    years = f"năm {first}" if first == last else f"các năm {first} đến {last}"
    return f"{years} không có trong bảng ngày nghỉ"


def _beyond() -> str:
    return f"ngày hẹn trả rơi vào sau năm {load_days_off().years[-1]}, ngoài bảng ngày nghỉ"
