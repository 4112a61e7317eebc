"""Days as the cells of the workbook keep them."""

from __future__ import annotations

from datetime import date
from typing import Final

from cchc_calc.periods.period import last_day

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
"""The days that the workbook takes."""

_SERIAL_ONE: Final = date(1899, 12, 31)


def serial(day: date) -> int:
    """Return the number by which a spreadsheet keeps a day, from March 1900 on.

    >>> serial(date(2000, 1, 1))
    36526
    """
    return (day - _SERIAL_ONE).days + 1


def last_day_of(finish: date) -> date:
    """Return the last day of an objective; the first of a month, which is what "12/2023" becomes, means the month.

    >>> last_day_of(date(2023, 12, 1)), last_day_of(date(2023, 6, 20))
    (datetime.date(2023, 12, 31), datetime.date(2023, 6, 20))
    """
    return last_day(finish.year, finish.month) if finish.day == 1 else finish
