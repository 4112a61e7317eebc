"""When an objective begins and ends: "Tháng 01/2023", a day, or the year that the title names."""

from __future__ import annotations

from datetime import date

from cchc_calc.periods import Period, find_dates, read_period


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
