"""Working days: Monday to Friday without holidays, and the Saturdays worked for swaps; due dates counted on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cchc_calc.calendar_vn.day_numbers import day_numbers
from cchc_calc.days_off import load_days_off
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.days_off import DaysOff


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
    result is always a working day. A negative number, and a day outside the table, raise ``CalendarError``. The
    time of day plays no part; see ``receipt_day`` for it.

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
    _require_known(received)
    last = date(load_days_off().years[-1], 12, 31)
    if days > (last - received).days:
        raise CalendarError(_beyond())
    return due_date(received + timedelta(days=days), 0)


def working_days_between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to ``end``, ``end`` itself included.

    So ``due_date(start, working_days_between(start, end)) == end`` for every working day ``end``, and the same day
    twice gives 0. An ``end`` before ``start``, and a day outside the table, raise ``CalendarError``.

    >>> working_days_between(date(2023, 6, 13), date(2023, 6, 27))
    10
    """
    if end < start:
        msg = f"ngày cuối {_shown(end)} đứng trước ngày đầu {_shown(start)}"
        raise CalendarError(msg)
    return working_day_number(end) - working_day_number(start)


def is_covered(year: int) -> bool:
    """Tell whether all days off of a year have been announced, so that its working days are certain.

    >>> is_covered(2023), is_covered(2027), is_covered(1990)
    (True, False, False)
    """
    return year in load_days_off().announced


def doubts(start: date, end: date) -> tuple[str, ...]:
    """Say in Vietnamese what is uncertain about the working days from ``start`` to ``end``; nothing: ``()``.

    >>> doubts(date(2023, 6, 13), date(2023, 9, 12))
    ()
    >>> doubts(date(2026, 12, 28), date(2027, 1, 11))
    ('lịch nghỉ năm 2027 chưa được công bố: ngày nghỉ Tết, Quốc khánh là suy ra, ngày hoán đổi chưa biết',)
    """
    return tuple(_doubts(load_days_off(), start, end))


def working_day_number(day: date) -> int:
    """Count the working days of the table up to ``day``, itself included; ``CalendarError`` for a day outside.

    >>> working_day_number(date(2018, 1, 1)), working_day_number(date(2018, 1, 2))
    (0, 1)
    """
    _require_known(day)
    table = day_numbers()
    return table.numbers[day.toordinal() - table.first]


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
        msg = f"ngày {_shown(day)} nằm ngoài bảng ngày nghỉ (các năm {years[0]} đến {years[-1]})"
        raise CalendarError(msg)


def _doubts(table: DaysOff, start: date, end: date) -> Iterator[str]:
    for year in range(start.year, end.year + 1):
        if year not in table.years:
            yield f"năm {year} không có trong bảng ngày nghỉ"
        elif year not in table.announced:
            yield (
                f"lịch nghỉ năm {year} chưa được công bố: ngày nghỉ Tết, Quốc khánh là suy ra, ngày hoán đổi chưa biết"
            )
    for question in table.questions:
        if any(start <= day <= end for day in question.days):
            yield question.text


def _beyond() -> str:
    return f"ngày hẹn trả rơi vào sau năm {load_days_off().years[-1]}, ngoài bảng ngày nghỉ"


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
