"""Due dates and working days, from dates as spreadsheets hold them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cchc_calc.calendar_vn import doubts, due_date, working_days_between
from cchc_calc.errors import CalendarError
from cchc_calc.functions.cell_values import cell_of, is_blank, read_count
from cchc_calc.functions.grids import all_given, cell_by_cell, over_columns
from cchc_calc.periods import find_dates
from cchc_calc.states import State

if TYPE_CHECKING:
    from cchc_calc.functions.grids import Cells

MOST_WORKING_DAYS: Final = 2_000
"""No procedure takes eight years."""

_DAY_ZERO: Final = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = 61, 2_958_465
"""1/3/1900, from which on spreadsheets agree on the number of a day, and 31/12/9999."""


def due_dates(received: Cells | None, working_days: Cells | None) -> Cells:
    """Find the day a dossier is due: so many working days, counted from the day after receipt.

    Days come and go as the number a spreadsheet gives them, or come as a date or as "12/9/2023". A day or a
    number of days that cannot be read, and days off that are not announced yet, give "KXĐ".

    >>> due_dates("13/6/2023", 10)
    45104.0
    """
    given = all_given((received, "ngày nhận"), (working_days, "số ngày làm việc"))
    return over_columns(cell_by_cell(_due), given)


def working_days(first: Cells | None, last: Cells | None) -> Cells:
    """Count the working days after one day up to and with another.

    >>> working_days("13/6/2023", "27/6/2023")
    10.0
    """
    given = all_given((first, "ngày bắt đầu"), (last, "ngày kết thúc"))
    return over_columns(cell_by_cell(_between), given)


def _due(received: object, working_days: object) -> float | str:
    day, days = _day(received), read_count(working_days)
    if day is State.BLANK or days is State.BLANK:
        return cell_of(State.BLANK)
    if isinstance(day, State) or isinstance(days, State) or days > MOST_WORKING_DAYS:
        return cell_of(State.UNDECIDED)
    try:
        due = due_date(day, int(days))
    except CalendarError:
        return cell_of(State.UNDECIDED)
    return cell_of(State.UNDECIDED if doubts(day, due) else _serial(due))


def _between(first: object, last: object) -> float | str:
    start, end = _day(first), _day(last)
    if start is State.BLANK or end is State.BLANK:
        return cell_of(State.BLANK)
    if isinstance(start, State) or isinstance(end, State) or end < start or doubts(start, end):
        return cell_of(State.UNDECIDED)
    return cell_of(working_days_between(start, end))


def _day(cell: object) -> date | State:
    if is_blank(cell):
        return State.BLANK
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        found = find_dates(cell)
        is_one = len(found) == 1 and found[0].day is not None
        return found[0].day or State.UNDECIDED if is_one else State.UNDECIDED
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not _FIRST_DAY <= cell <= _LAST_DAY:
        return State.UNDECIDED
    # A moment of a day is that day.
    return _DAY_ZERO + timedelta(days=int(cell))


def _serial(day: date) -> int:
    return (day - _DAY_ZERO).days
