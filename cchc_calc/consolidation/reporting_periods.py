"""Which period of the calendar a report stands for: offices count the days of one quarter differently."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cchc_calc.periods import calendar_period, read_period, reporting_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.periods import Period

_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
# Nine months of reporting are three quarters of a year, and must not stand for it.
_ENOUGH: Final = Fraction(4, 5)


@lru_cache(maxsize=1024)
def stands_for(period: Period) -> Period:
    """Give the month, quarter, half or year of the calendar that a reporting period stands for, or the period itself.

    >>> from datetime import date
    >>> from cchc_calc.periods import Period
    >>> stands_for(Period(date(2023, 6, 13), date(2023, 9, 12))).code
    '2023-Q3'
    >>> stands_for(Period(date(2023, 1, 1), date(2023, 9, 30))).code
    '2023-01-01/2023-09-30'
    """
    alike = max(_known(period), key=lambda known: _overlap(period, known[0]))
    if _overlap(period, alike[0]) >= _ENOUGH:
        return alike[1]
    named = read_period(period.label) if period.label else None
    return named if named is not None and named.kind != "range" else period


def describe(period: Period) -> str:
    """Write a period as officials read it.

    >>> from cchc_calc.periods import reporting_period
    >>> describe(reporting_period("quarter", 2023, 3))
    'quý III/2023 (15/06/2023 – 14/09/2023)'
    """
    known = stands_for(period)
    number = (known.start.month - 1) // _MONTHS.get(known.kind, 12)
    name = {
        "month": f"tháng {known.start:%m/%Y}",
        "quarter": f"quý {('I', 'II', 'III', 'IV')[number % 4]}/{known.start.year}",
        "half": f"6 tháng {('đầu', 'cuối')[number % 2]} năm {known.start.year}",
        "year": f"năm {known.start.year}",
    }.get(known.kind, "")
    return f"{name} ({period.span})" if name else period.span


def _known(period: Period) -> Iterator[tuple[Period, Period]]:
    """Yield the periods a report may mean, as calendar and as rules count their days, with that of the calendar."""
    for kind, length in _MONTHS.items():
        for day in {period.start, period.end}:
            number = (day.month - 1) // length + 1
            calendar = calendar_period(kind, day.year, number)
            yield calendar, calendar
            yield reporting_period(kind, day.year, number), calendar


def _overlap(one: Period, other: Period) -> Fraction:
    days = (min(one.end, other.end) - max(one.start, other.start)).days + 1
    return Fraction(max(0, days), max(one.days, other.days))
