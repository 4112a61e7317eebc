"""The working days numbered: what every count of days, of one dossier or of a column of millions, is looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate

from cchc_calc.calendar_vn.days_off import load_days_off


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """Three tables without a gap; the day with the ordinal ``first + i`` stands in the i-th place of two of them.

    ``numbers``: how many working days there are up to that day, itself included. ``doubtful``: how many uncertain
    days, counted alike. ``days``: the working days themselves; the one with the number ``n`` is ``days[n - 1]``.
    A dossier received on that day and due in n > 0 working days is due on ``days[numbers[i] + n - 1]``.
    """

    first: int
    numbers: tuple[int, ...]
    doubtful: tuple[int, ...]
    days: tuple[date, ...]


@cache
def day_numbers() -> DayNumbers:
    """Give every working day of the table of days off its number, once.

    >>> table = day_numbers()
    >>> received = date(2023, 6, 13).toordinal() - table.first
    >>> table.days[table.numbers[received] + 10 - 1]
    datetime.date(2023, 6, 27)
    """
    days_off = load_days_off()
    first = date(days_off.years[0], 1, 1).toordinal()
    every_day = range(first, date(days_off.years[-1], 12, 31).toordinal() + 1)
    worked = frozenset(days_off.working_days)
    questioned = frozenset(day.toordinal() for question in days_off.questions for day in question.days)
    years = (date.fromordinal(day).year for day in every_day)
    uncertain = (
        int(year not in days_off.announced or day in questioned) for year, day in zip(years, every_day, strict=True)
    )
    return DayNumbers(
        first=first,
        numbers=tuple(accumulate(int(day in worked) for day in every_day)),
        doubtful=tuple(accumulate(uncertain)),
        days=tuple(map(date.fromordinal, days_off.working_days)),
    )
