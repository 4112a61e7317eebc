"""Due dates and working days, from days as spreadsheets hold them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from cchc_calc import calendar_vn
from cchc_calc.functions.cell_values import cell_of, read_count
from cchc_calc.functions.day_cells import read_moment, serial
from cchc_calc.functions.grids import all_given, over_columns
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.functions.grids import Cells
    from cchc_calc.states import Content

MOST_WORKING_DAYS: Final = 2_000
"""No procedure takes eight years."""


def due_dates(received: Cells | None, working_days: Cells | None) -> Cells:
    """Find the day a dossier is due: so many working days, counted from the day after receipt.

    Days come and go as the number a spreadsheet gives them, or come as a date or as "12/9/2023". Where a cell says the
    hour too, what came after the desk's last receipt or on a day off counts as received on the next working day. A day
    or a number of days that cannot be read, and days off that are not announced yet, give "KXĐ". Raises
    ``CalendarError`` where the office's own table of days off is faulty.

    >>> due_dates("13/6/2023", 10), due_dates("13/6/2023 17:30", 10)
    (45104.0, 45105.0)
    """
    given = all_given((received, "ngày nhận"), (working_days, "số ngày làm việc"))
    return over_columns(_due, given)


def working_days(first: Cells | None, last: Cells | None) -> Cells:
    """Count the working days after one day up to and with another; the hour of the first counts as in ``due_dates``.

    >>> working_days("13/6/2023", "27/6/2023"), working_days("13/6/2023 17:30", "27/6/2023")
    (10.0, 9.0)
    """
    given = all_given((first, "ngày bắt đầu"), (last, "ngày kết thúc"))
    return over_columns(_between, given)


def _due(columns: list[Sequence[object]]) -> list[float | str]:
    moments, lengths = list(map(read_moment, columns[0])), list(map(_read_length, columns[1]))
    days = list(map(_day, moments))
    due = calendar_vn.due_dates(_receipts(moments, days), map(_number, lengths))
    certain = calendar_vn.are_certain(days, due)
    return [
        _cell((moment, length), serial(day) if day is not None and is_certain else State.UNDECIDED)
        for moment, length, day, is_certain in zip(moments, lengths, due, certain, strict=True)
    ]


def _between(columns: list[Sequence[object]]) -> list[float | str]:
    starts, ends = (list(map(read_moment, column)) for column in columns)
    first_days, last_days = list(map(_day, starts)), list(map(_day, ends))
    counts = calendar_vn.working_days_column(_receipts(starts, first_days), last_days)
    certain = calendar_vn.are_certain(first_days, last_days)
    return [
        # What ends before it counts as received, on the same evening, has taken no working day.
        _cell((start, end), (count or 0) if is_certain else State.UNDECIDED)
        for start, end, count, is_certain in zip(starts, ends, counts, certain, strict=True)
    ]


def _cell(given: tuple[object, object], content: Content) -> float | str:
    """Write a result, or "" where one of what it is made of is blank."""
    return cell_of(State.BLANK if State.BLANK in given else content)


def _receipts(moments: Sequence[date | State], days: Sequence[date | None]) -> Sequence[date | None]:
    """Find the days on which dossiers count as received; those that came without the hour, on the day they came."""
    if not any(isinstance(moment, datetime) for moment in moments):
        return days
    received = calendar_vn.receipt_days(moment if isinstance(moment, datetime) else None for moment in moments)
    return [
        of_moment if isinstance(moment, datetime) else day
        for moment, day, of_moment in zip(moments, days, received, strict=True)
    ]


def _day(moment: date | State) -> date | None:
    return None if isinstance(moment, State) else calendar_vn.calendar_day(moment)


def _read_length(cell: object) -> Content:
    length = read_count(cell)
    return length if isinstance(length, State) or length <= MOST_WORKING_DAYS else State.UNDECIDED


def _number(length: Content) -> int | None:
    return None if isinstance(length, State) else int(length)
