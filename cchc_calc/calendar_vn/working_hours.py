"""Working hours: on which day a dossier counts as received, and when one is due whose procedure is set in hours.

Every moment is one of Vietnam's clocks, without a time zone.
"""

from __future__ import annotations

from calendar import SATURDAY
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cchc_calc.calendar_vn.days_off import load_days_off
from cchc_calc.calendar_vn.desk import load_desk, session_length, since_midnight
from cchc_calc.calendar_vn.moments import local_moment
from cchc_calc.calendar_vn.working_days import due_date, is_working_day, working_day, working_day_number
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from cchc_calc.calendar_vn.desk import Desk


def receipt_day(received: datetime, desk: Desk | None = None) -> date:
    """Find the day on which a dossier counts as received; its working days are counted from the next one.

    What comes after the last receipt of a day, or on a day off, counts as received on the next day on which the desk
    takes dossiers: a working day, or a Saturday where it does so. What comes before the opening is of that day. Where
    the desk counts by the date alone, it is always the day on which it came.

    >>> friday = datetime.fromisoformat("2023-06-16 17:30")
    >>> receipt_day(friday), due_date(receipt_day(friday), 1)
    (datetime.date(2023, 6, 19), datetime.date(2023, 6, 20))
    """
    desk = desk or load_desk()
    day = local_moment(received).date()
    if not desk.late_counts_next_day:
        return day
    last = last_receipt_on(day, desk)
    return day if last is not None and received.time() <= last else next_receipts(day, desk)


def last_receipt_on(day: date, desk: Desk) -> time | None:
    """Tell until when the desk takes dossiers on a day; nothing for a day on which it does not.

    >>> last_receipt_on(date(2023, 6, 16), load_desk()), last_receipt_on(date(2023, 6, 17), load_desk())
    (datetime.time(17, 0), None)
    """
    if is_working_day(day):
        return desk.last_receipt
    is_free = day.weekday() == SATURDAY and day not in load_days_off().all_holidays
    return desk.saturday_last_receipt if is_free else None


def next_receipts(day: date, desk: Desk) -> date:
    """Find the first day after a day on which the desk takes dossiers.

    >>> next_receipts(date(2023, 1, 19), load_desk())
    datetime.date(2023, 1, 27)
    """
    working = due_date(day, 1)
    if desk.saturday_last_receipt is None:
        return working
    between = (day + timedelta(days=days) for days in range(1, (working - day).days))
    return next((one for one in between if last_receipt_on(one, desk)), working)


def due_moment(received: datetime, work: timedelta, desk: Desk | None = None) -> datetime:
    """Find the moment at which a dossier is due after so much working time, exactly.

    The clock runs from the receipt itself (Civil Code 2015, article 147), and outside the hours of the desk from its
    next opening; the last receipt and Saturdays play no part. Work that fills a session is due at its closing, not at
    the next opening. Half a working day is half the hours of the desk, 4 by the packaged ones. Negative work, and a
    day outside the table, raise ``CalendarError``.

    >>> print(due_moment(datetime.fromisoformat("2023-06-16 15:00"), timedelta(hours=4)))
    2023-06-19 09:00:00
    """
    if work < timedelta():
        msg = f"thời gian làm việc không được âm: {work}"
        raise CalendarError(msg)
    desk = desk or load_desk()
    if not work:
        return _next_open(received, desk)
    full_days, rest = divmod(_worked_until(received, desk) + work, _day_length(desk))
    if not rest:
        return datetime.combine(working_day(full_days), desk.sessions[-1][1])
    return _after(working_day(full_days + 1), rest, desk)


def working_time_between(start: datetime, end: datetime, desk: Desk | None = None) -> timedelta:
    """Measure the working time from one moment to another, exactly.

    So ``working_time_between(start, due_moment(start, work)) == work``. An ``end`` before ``start``, and a day
    outside the table, raise ``CalendarError``.

    >>> print(working_time_between(*map(datetime.fromisoformat, ("2023-06-16 15:00", "2023-06-19 09:00"))))
    4:00:00
    """
    if local_moment(end) < local_moment(start):
        msg = f"thời điểm cuối {end:%H:%M %d/%m/%Y} đứng trước thời điểm đầu {start:%H:%M %d/%m/%Y}"
        raise CalendarError(msg)
    desk = desk or load_desk()
    return _worked_until(end, desk) - _worked_until(start, desk)


def _worked_until(moment: datetime, desk: Desk) -> timedelta:
    """Measure the working time of the whole table up to a moment."""
    day = local_moment(moment).date()
    if not is_working_day(day):
        return working_day_number(day) * _day_length(desk)
    time_of_day = since_midnight(moment.time())
    today = timedelta()
    for session in desk.sessions:
        today += min(max(time_of_day - since_midnight(session[0]), timedelta()), session_length(session))
    return (working_day_number(day) - 1) * _day_length(desk) + today


def _next_open(moment: datetime, desk: Desk) -> datetime:
    """Find the first moment from this one on at which the desk is open; its closing is one too."""
    day = local_moment(moment).date()
    if is_working_day(day):
        for opens, closes in desk.sessions:
            if moment.time() <= closes:
                return max(moment, datetime.combine(day, opens))
        day = due_date(day, 1)
    return datetime.combine(due_date(day, 0), desk.sessions[0][0])


def _after(day: date, work: timedelta, desk: Desk) -> datetime:
    """Find the moment of a working day at which so much of it, less than the whole, has been worked."""
    left = work
    for session in desk.sessions:
        length = session_length(session)
        if left <= length:
            break
        left -= length
    return datetime.combine(day, session[0]) + left


def _day_length(desk: Desk) -> timedelta:
    return sum(map(session_length, desk.sessions), timedelta())
