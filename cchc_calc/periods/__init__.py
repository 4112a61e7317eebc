"""Reporting periods and dates: what a report says it covers, and the periods the rules know."""

from cchc_calc.periods.dates import FoundDate, find_dates, written_day
from cchc_calc.periods.finder import FoundPeriod, find_periods, read_period
from cchc_calc.periods.period import Period, calendar_period, preset, reporting_period

__all__ = [
    "FoundDate",
    "FoundPeriod",
    "Period",
    "calendar_period",
    "find_dates",
    "find_periods",
    "preset",
    "read_period",
    "reporting_period",
    "written_day",
]
