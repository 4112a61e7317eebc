"""Working days over columns of dossiers: the answers of the functions for one, millions at a time.

Nothing raises for a faulty row: a blank, a day outside the table, and a number of days that is none give ``None``, and
``are_certain`` tells of each row whether its days off are all announced. A cell may hold a day or a moment, of Python
or of pandas, and nothing: ``None``, NaT, NaN or NA. A moment with a time zone raises ``CalendarError``, as it does for
one dossier. Another engine looks the same answers up in ``day_numbers``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from itertools import repeat
from operator import index
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.calendar_vn.clock_stops import due_date_with_stops
from cchc_calc.calendar_vn.day_numbers import day_numbers
from cchc_calc.calendar_vn.desk import load_desk
from cchc_calc.calendar_vn.moments import calendar_day, local_moment
from cchc_calc.calendar_vn.working_hours import last_receipt_on, next_receipts
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cchc_calc.calendar_vn.clock_stops import ClockStop
    from cchc_calc.calendar_vn.desk import Desk

_NOWHERE: Final = -1
"""The place of a blank and of a day outside the table: the last one, where the tables by place hold nothing."""

_NEVER: Final = 0
"""The ordinal of no day."""

_NO_LENGTH: Final = -1


def due_dates(received: Iterable[date | None], working_days: int | Iterable[int | None]) -> list[date | None]:
    """Find the due date of every dossier, as ``due_date`` does; ``working_days`` is one number, or one a dossier.

    Columns of two lengths raise ``ValueError``; one number for all that is negative raises ``CalendarError``.

    >>> due_dates([date(2023, 6, 13), None, date(1990, 1, 1)], 10)
    [datetime.date(2023, 6, 27), None, None]
    """
    places = _places(received)
    if isinstance(working_days, Iterable):
        lengths = working_days
    elif working_days >= 0:
        lengths = repeat(index(working_days), len(places))
    else:
        raise CalendarError(f"số ngày làm việc không được âm: {working_days}")
    table = day_numbers()
    days, numbers, size = table.days, table.numbers, len(table.days)
    answers: list[date | None] = []
    for place, given in zip(places, lengths, strict=True):
        length = given if type(given) is int else _whole(given)
        # No working day at all: the first one that is not over, the next after those before the day.
        number = numbers[place] + length if length else (numbers[place - 1] if place else 0) + 1
        is_known = place != _NOWHERE and length >= 0 and number <= size
        answers.append(days[number - 1] if is_known else None)
    return answers


def due_dates_with_stops(
    received: Iterable[date | None],
    working_days: Iterable[int | None],
    stops: Iterable[Iterable[ClockStop[date]] | None],
) -> list[date | None]:
    """Find the due date of every dossier, as ``due_date_with_stops`` does; most dossiers have no stop.

    A dossier that waits for its supplement has none, nor has one whose supplement came before it was asked for.
    Columns of two lengths raise ``ValueError``.

    >>> from cchc_calc.calendar_vn.clock_stops import ClockStop
    >>> stop = ClockStop(date(2023, 6, 15), date(2023, 6, 20))
    >>> due_dates_with_stops([date(2023, 6, 13)] * 2, [10, 10], [None, [stop]])
    [datetime.date(2023, 6, 27), datetime.date(2023, 6, 30)]
    """
    days, lengths = list(received), list(working_days)
    answers = due_dates(days, lengths)
    for row, (day, length, of_row) in enumerate(zip(days, lengths, stops, strict=True)):
        if of_row and answers[row] is not None:
            answers[row] = _or_none(due_date_with_stops, day, _whole(length), of_row)
    return answers


def working_days_column(starts: Iterable[date | None], ends: Iterable[date | None]) -> list[int | None]:
    """Count the working days of every row, as ``working_days_between`` does; an end before its start gives ``None``.

    Columns of two lengths raise ``ValueError``.

    >>> working_days_column([date(2023, 6, 13), date(2023, 6, 13)], [date(2023, 6, 27), date(2023, 6, 12)])
    [10, None]
    """
    numbers = day_numbers().numbers
    return [
        numbers[last] - numbers[begin] if _NOWHERE < begin <= last else None
        for begin, last in zip(_places(starts), _places(ends), strict=True)
    ]


def are_certain(starts: Iterable[date | None], ends: Iterable[date | None]) -> list[bool]:
    """Tell of every row whether nothing is uncertain about its days, as an empty answer of ``doubts`` does.

    A blank, a day outside the table and an end before its start are not certain. Columns of two lengths raise
    ``ValueError``.

    >>> are_certain([date(2023, 6, 13), date(2027, 12, 28)], [date(2023, 6, 27), date(2028, 1, 11)])
    [True, False]
    """
    doubtful = day_numbers().doubtful
    before = (0, *doubtful)
    return [
        _NOWHERE < begin <= last and doubtful[last] == before[begin]
        for begin, last in zip(_places(starts), _places(ends), strict=True)
    ]


def receipt_days(received: Iterable[datetime | None], desk: Desk | None = None) -> list[date | None]:
    """Find the day on which every dossier counts as received, as ``receipt_day`` does.

    >>> from datetime import datetime
    >>> receipt_days([datetime.fromisoformat("2023-06-16 17:30"), None])
    [datetime.date(2023, 6, 19), None]
    """
    desk = desk or load_desk()
    if not desk.late_counts_next_day:
        return [None if _is_blank(moment) or moment is None else local_moment(moment).date() for moment in received]
    by_place = _receipts_by_place(desk)
    moments = list(received)
    answers: list[date | None] = []
    for moment, place in zip(moments, _places(moments), strict=True):
        last, in_time, late = by_place[place]
        is_late = moment is not None and place != _NOWHERE and moment.time() > last
        answers.append(late if is_late else in_time)
    return answers


def _places(days: Iterable[date | None]) -> list[int]:
    """Find the place of every day in the tables."""
    table = day_numbers()
    first, size = table.first, len(table.numbers)
    # Most cells hold plain days; what else they may hold takes longer to tell.
    return [
        place if 0 <= (place := (day.toordinal() if type(day) is date else _ordinal(day)) - first) < size else _NOWHERE
        for day in days
    ]


def _ordinal(day: date | None) -> int:
    if day is None:
        return _NEVER
    if type(day) is datetime and day.tzinfo is None:
        return day.toordinal()
    return _NEVER if _is_blank(day) else calendar_day(day).toordinal()


def _is_blank(value: Any) -> bool:
    try:
        # NaT and NaN differ from themselves.
        return value is None or bool(value != value)
    except TypeError:
        # Of NA of pandas that cannot be told.
        return True


def _whole(length: Any) -> int:
    """Read a number of days as tables hold them, those with blanks as floats; what is none is negative."""
    if isinstance(length, float) and length.is_integer():
        return int(length)
    try:
        return index(length)
    except TypeError:
        return _NO_LENGTH


@lru_cache(maxsize=8)
def _receipts_by_place(desk: Desk) -> Sequence[tuple[time, date | None, date | None]]:
    """Find for every day of the table, and at last for no day: the last receipt, and the days in time and late."""
    table = day_numbers()
    by_place: list[tuple[time, date | None, date | None]] = []
    for day in map(date.fromordinal, range(table.first, table.first + len(table.numbers))):
        last = last_receipt_on(day, desk)
        late = _or_none(next_receipts, day, desk)
        by_place.append((time.max, late, late) if last is None else (last, day, late))
    return [*by_place, (time.max, None, None)]


def _or_none(ask: Callable[..., date | None], *given: Any) -> date | None:
    try:
        return ask(*given)
    except CalendarError:
        return None
