"""The hours of a one-stop desk, and until when what it receives counts for the day: data an office edits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE: Final = "calendars/desk.toml"
_MARKS: Final = frozenset({"V", "V-code", "M", "I"})


@dataclass(frozen=True, slots=True)
class Desk:
    """The ``sessions`` of a working day, from opening to closing, and the time after which a receipt is late.

    A late receipt, and one of a day off, counts as one of the next working day if ``late_counts_next_day``.
    """

    sessions: tuple[tuple[time, time], ...]
    last_receipt: time
    late_counts_next_day: bool = True


@cache
def load_desk() -> Desk:
    """Load the desk of the data file, once; hours that cannot be raise ``CalendarError``.

    >>> [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in load_desk().sessions]
    ['07:00-11:30', '13:30-17:00']
    """
    text = (resources.files("cchc_calc") / _FILE).read_text(encoding="utf-8")
    try:
        return read_desk(tomllib.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{_FILE}: {error}"
        raise CalendarError(msg) from error


def read_desk(data: Mapping[str, Any]) -> Desk:
    """Read a desk as its data file holds it; see there for the keys."""
    hours, receipt = data["hours"], data["receipt"]
    for part in (hours, receipt):
        if part["mark"] not in _MARKS or not part["source"]:
            raise CalendarError(f"{part}: no such mark, or no source")
    sessions = tuple((opens, closes) for opens, closes in hours["sessions"])
    times = [moment for session in sessions for moment in session]
    if not times or any(earlier >= later for earlier, later in pairwise(times)):
        raise CalendarError("the sessions do not follow one another")
    if not times[0] < receipt["last_receipt"] <= times[-1]:
        raise CalendarError(f"the last receipt {receipt['last_receipt']} is outside the hours")
    return Desk(sessions, receipt["last_receipt"], receipt["late_counts_next_day"])


def session_length(session: tuple[time, time]) -> timedelta:
    """Measure a session.

    >>> session_length((time(7), time(11, 30)))
    datetime.timedelta(seconds=16200)
    """
    opens, closes = session
    return since_midnight(closes) - since_midnight(opens)


def since_midnight(moment: time) -> timedelta:
    """Measure the time of a day from its beginning.

    >>> since_midnight(time(11, 30))
    datetime.timedelta(seconds=41400)
    """
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
