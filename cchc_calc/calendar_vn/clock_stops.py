"""Due dates of dossiers that were sent back for a supplement: the clock stands until it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from cchc_calc.calendar_vn.moments import calendar_day
from cchc_calc.calendar_vn.working_days import due_date, working_days_between
from cchc_calc.calendar_vn.working_hours import due_moment, working_time_between
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cchc_calc.calendar_vn.desk import Desk

When = TypeVar("When", date, datetime)
Work = TypeVar("Work", int, timedelta)


@dataclass(frozen=True, slots=True)
class ClockStop(Generic[When]):
    """A request for a supplement and when it was ``supplied``; ``None``: not yet.

    The day of the request still counts, that of the supply does not: it is a receipt, counted from the next day.
    """

    requested: When
    supplied: When | None = None


def due_date_with_stops(received: date, working_days: int, stops: Iterable[ClockStop[date]]) -> date | None:
    """Find the day on which a dossier is due, the days of its supplements left out; ``None`` while one is awaited.

    Stops may come in any order, overlap, and begin before the receipt. While the clock stands nothing falls due: a
    request on the very day the dossier was due moves it to the day of the supply, or the next working day. A request
    after that day comes too late and moves nothing. The times of day play no part. A supply before its request raises
    ``CalendarError``, as does what ``due_date`` refuses.

    >>> request = ClockStop(date(2023, 6, 15), date(2023, 6, 20))
    >>> due_date_with_stops(date(2023, 6, 13), 10, [request])
    datetime.date(2023, 6, 30)
    """
    by_day = [
        ClockStop(calendar_day(stop.requested), None if stop.supplied is None else calendar_day(stop.supplied))
        for stop in stops
    ]
    return _due_with_stops(calendar_day(received), working_days, by_day, due_date, working_days_between, 0)


def due_moment_with_stops(
    received: datetime, work: timedelta, stops: Iterable[ClockStop[datetime]], desk: Desk | None = None
) -> datetime | None:
    """Find the moment at which a dossier is due, the working time of its supplements left out.

    As ``due_date_with_stops``, with moments and working time.

    >>> moments = map(datetime.fromisoformat, ("2023-06-16 15:00", "2023-06-16 16:00", "2023-06-19 08:00"))
    >>> received, requested, supplied = moments
    >>> print(due_moment_with_stops(received, timedelta(hours=4), [ClockStop(requested, supplied)]))
    2023-06-19 11:00:00
    """
    return _due_with_stops(
        received,
        work,
        stops,
        lambda start, left: due_moment(start, left, desk),
        lambda start, end: working_time_between(start, end, desk),
        timedelta(),
    )


def _due_with_stops(
    received: When,
    work: Work,
    stops: Iterable[ClockStop[When]],
    due_after: Callable[[When, Work], When],
    worked_between: Callable[[When, When], Work],
    nothing: Work,
) -> When | None:
    start, left = received, work
    due = due_after(start, left)
    for stop in sorted(stops, key=lambda one: one.requested):
        if stop.supplied is not None and stop.supplied < stop.requested:
            msg = f"hồ sơ bổ sung ngày {stop.supplied:%d/%m/%Y} đứng trước ngày yêu cầu {stop.requested:%d/%m/%Y}"
            raise CalendarError(msg)
        if stop.requested > due:
            continue
        if stop.supplied is None:
            return None
        if stop.supplied > start:
            left = max(left - worked_between(start, max(start, stop.requested)), nothing)
            start = stop.supplied
            due = due_after(start, left)
    return due
