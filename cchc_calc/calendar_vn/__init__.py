"""Working days and hours of Vietnam's civil service: when a dossier is due, one by one or in columns of millions.

Which days are off, and the hours of the desk, are data (``cchc_calc/calendars``), over which an office lays a file of
its own by the environment variable ``CCHC_CALENDAR``. Where the Government has not yet announced a year's days off
they are inferred, so an answer that touches such a year is uncertain: ask ``is_covered`` or ``doubts``. A day of a year
the table does not hold at all raises ``CalendarError``; in a column it gives ``None``.
"""

from cchc_calc.calendar_vn.clock_stops import ClockStop, due_date_with_stops, due_moment_with_stops
from cchc_calc.calendar_vn.columns import (
    are_certain,
    due_dates,
    due_dates_with_stops,
    receipt_days,
    working_days_column,
)
from cchc_calc.calendar_vn.day_numbers import DayNumbers, day_numbers
from cchc_calc.calendar_vn.desk import Desk, load_desk, read_desk
from cchc_calc.calendar_vn.moments import calendar_day
from cchc_calc.calendar_vn.working_days import (
    calendar_due_date,
    doubts,
    due_date,
    is_covered,
    is_working_day,
    working_days_between,
)
from cchc_calc.calendar_vn.working_hours import due_moment, receipt_day, working_time_between

__all__ = [
    "ClockStop",
    "DayNumbers",
    "Desk",
    "are_certain",
    "calendar_day",
    "calendar_due_date",
    "day_numbers",
    "doubts",
    "due_date",
    "due_date_with_stops",
    "due_dates",
    "due_dates_with_stops",
    "due_moment",
    "due_moment_with_stops",
    "is_covered",
    "is_working_day",
    "load_desk",
    "read_desk",
    "receipt_day",
    "receipt_days",
    "working_days_between",
    "working_days_column",
    "working_time_between",
]
