"""Days and moments of Vietnam's clocks, without a time zone."""

from __future__ import annotations

from datetime import date, datetime

from cchc_calc.errors import CalendarError


def local_moment(moment: datetime) -> datetime:
    """Give a moment back if it has no time zone; one with a zone raises ``CalendarError``.

    >>> print(local_moment(datetime.fromisoformat("2023-06-16 15:00")))
    2023-06-16 15:00:00
    """
    if moment.tzinfo is not None:
        msg = f"thời điểm {moment.isoformat()} kèm múi giờ; cần giờ Việt Nam không kèm múi giờ"
        raise CalendarError(msg)
    return moment


def calendar_day(day: date) -> date:
    """Give the day of a day or of a moment, which is a day too; a moment with a time zone raises ``CalendarError``.

    >>> calendar_day(datetime.fromisoformat("2023-06-16 15:00")), calendar_day(date(2023, 6, 16))
    (datetime.date(2023, 6, 16), datetime.date(2023, 6, 16))
    """
    return local_moment(day).date() if isinstance(day, datetime) else day
