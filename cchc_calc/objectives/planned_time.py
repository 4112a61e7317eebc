"""The time of an objective: when it begins and ends ("Tháng 01/2023", a day, a year), and how much of it has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cchc_calc.periods import Period, find_dates, read_period


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Months of the time an objective has, and how many of them have begun."""

    total: int
    passed: int


def read_time(text: str) -> Period | None:
    """Read a day, a month or any other period; ``None`` where the text names none.

    >>> read_time("Tháng 12/2023").end, read_time("15/3/2023").start, read_time("Thường xuyên")
    (datetime.date(2023, 12, 31), datetime.date(2023, 3, 15), None)
    """
    period = read_period(text)
    if period is not None:
        return period
    days = [found.day for found in find_dates(text) if found.day is not None]
    return Period(min(days), max(days)) if days else None


def whole_year(period: Period | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of the year a period lies in: a half-year reports on the year's objectives.

    >>> whole_year(read_time("6 tháng đầu năm 2020"))
    (datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    """
    if period is None:
        return None, None
    return date(period.start.year, 1, 1), date(period.start.year, 12, 31)


def time_passed(start: date, finish: date, end: date) -> TimePassed:
    """Count the months from ``start`` to ``finish``, and those of them that have begun by the end of a period.

    >>> time_passed(date(2020, 1, 1), date(2020, 12, 31), date(2020, 6, 30))
    TimePassed(total=12, passed=6)
    """
    total = _months(finish) - _months(start) + 1
    return TimePassed(total, max(0, min(total, _months(end) - _months(start) + 1)))


def _months(day: date) -> int:
    return 12 * day.year + day.month
