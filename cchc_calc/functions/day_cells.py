"""One cell read as a day, or as the moment of a day where it says the hour too."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from cchc_calc.functions.cell_values import is_blank
from cchc_calc.periods import find_dates
from cchc_calc.spelling import clean
from cchc_calc.states import State

_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
_ORDINAL_ZERO: Final = _DAY_ZERO.toordinal()
_FIRST_DAY, _LAST_DAY = 61, 2_958_465
"""1/3/1900, from which on spreadsheets agree on the number of a day, and 31/12/9999."""

_MILLISECONDS: Final = 86_400_000
"""Of a day; the noise of a double is smaller than one."""

_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?")
_HOUR: Final = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})\s?(?::|h|giờ)\s?(?P<minute>\d\d)(?::(?P<second>\d\d))?\s?(?P<half>SA|CH|AM|PM)?\b",
    re.IGNORECASE,
)
_AFTERNOON: Final = frozenset({"CH", "PM"})
_NOON: Final = 12


def read_moment(cell: object) -> date | State:
    """Read a cell that holds a day: a ``datetime`` where it says an hour other than midnight, else a ``date``.

    Days are numbers as spreadsheets count them, dates, and texts such as "13/6/2023", "13/06/2023 16:30" and
    "2023-06-13". An empty cell is blank; what is no day, or two, is undecided.

    >>> read_moment("13/6/2023"), read_moment(45090.6875), read_moment("29/2/2023")
    (datetime.date(2023, 6, 13), datetime.datetime(2023, 6, 13, 16, 30), <State.UNDECIDED: 'undecided'>)
    """
    # Most cells of a column hold a plain day; the ways round it are long.
    if type(cell) is float and cell.is_integer() and _FIRST_DAY <= cell <= _LAST_DAY:
        return date.fromordinal(int(cell) + _ORDINAL_ZERO)
    if is_blank(cell):
        return State.BLANK
    if isinstance(cell, datetime):
        return State.UNDECIDED if cell.tzinfo is not None else _without_midnight(cell)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        return _read_text(clean(cell))
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not _FIRST_DAY <= cell < _LAST_DAY + 1:
        return State.UNDECIDED
    days, part = divmod(cell, 1)
    milliseconds = min(round(part * _MILLISECONDS), _MILLISECONDS - 1)
    return _without_midnight(_DAY_ZERO + timedelta(days=days, milliseconds=milliseconds))


def serial(day: date) -> int:
    """Give a day the number by which spreadsheets know it.

    >>> serial(date(2023, 6, 27))
    45104
    """
    return day.toordinal() - _ORDINAL_ZERO


def _read_text(text: str) -> date | State:
    if _ISO.fullmatch(text):
        try:
            return _without_midnight(datetime.fromisoformat(text))
        except ValueError:
            return State.UNDECIDED
    days, hours = find_dates(text), list(_HOUR.finditer(text))
    if len(days) != 1 or days[0].day is None or len(hours) > 1:
        return State.UNDECIDED
    if not hours:
        return days[0].day
    hour = _hour(hours[0])
    return State.UNDECIDED if hour is None else _without_midnight(datetime.combine(days[0].day, hour))


def _hour(match: re.Match[str]) -> time | None:
    hour, half = int(match["hour"]), (match["half"] or "").upper()
    if half:
        # 12:30 SA is half an hour after midnight, 12:30 CH half an hour after noon.
        hour = hour % _NOON + _NOON * (half in _AFTERNOON) if 1 <= hour <= _NOON else -1
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None


def _without_midnight(moment: datetime) -> date:
    return moment if moment.time() != time.min else moment.date()
