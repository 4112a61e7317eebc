"""Working days of Vietnam's civil service: Monday to Friday without holidays, and the Saturdays worked for swaps.

Which days are off is data (``cchc_calc/days_off.py``). Where the Government has not yet announced a year's days off
they are inferred there, so an answer that touches such a year is uncertain: ask ``is_covered`` or ``doubts``. A day
of a year the table does not hold at all raises ``CalendarError``.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING

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
    days, place = _place(day)
    return place > 0 and days[place - 1] == day.toordinal()


def due_date(received: date, working_days: int) -> date:
    """Find the day on which a dossier is due, the working day after its receipt being the first that counts.

    0 working days are due on the day of receipt, or on the next working day where nobody works on that day. The
    result is always a working day. A negative number, and a day outside the table, raise ``CalendarError``. The
    time of day plays no part.

    >>> due_date(date(2023, 6, 13), 10), due_date(date(2023, 6, 17), 0)
    (datetime.date(2023, 6, 27), datetime.date(2023, 6, 19))
    """
    if working_days < 0:
        msg = f"số ngày làm việc không được âm: {working_days}"
        raise CalendarError(msg)
    days, place = _place(received)
    arrives_worked = place > 0 and days[place - 1] == received.toordinal()
    last = place + working_days - (working_days > 0 or arrives_worked)
    if last >= len(days):
        msg = f"ngày hẹn trả rơi vào sau năm {load_days_off().years[-1]}, ngoài bảng ngày nghỉ"
        raise CalendarError(msg)
    return date.fromordinal(days[last])


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
    return _place(end)[1] - _place(start)[1]


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


def _place(day: date) -> tuple[tuple[int, ...], int]:
    """Return all working days and how many of them come up to ``day``, itself included."""
    table = load_days_off()
    if day.year not in table.years:
        first, last = table.years[0], table.years[-1]
        msg = f"ngày {_shown(day)} nằm ngoài bảng ngày nghỉ (các năm {first} đến {last})"
        raise CalendarError(msg)
    return table.working_days, bisect_right(table.working_days, day.toordinal())


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


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
