"""The hours of a one-stop desk, and until when what it receives counts for the day: data an office edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.calendar_vn.data_files import faults_of, own_data, packaged, place_of_faults
from cchc_calc.calendar_vn.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE: Final = "desk.toml"
_SECTIONS: Final = ("hours", "receipt")


@dataclass(frozen=True, slots=True)
class Desk:
    """The ``sessions`` of a working day, from opening to closing, and the time after which a receipt is late.

    A late receipt, and one of a day without receipts, counts as one of the next day with receipts if
    ``late_counts_next_day``. Receipts are on working days, and up to ``saturday_last_receipt`` on Saturdays that are
    no holidays where a desk has one; work is done, and falls due, on working days alone.
    """

    sessions: tuple[tuple[time, time], ...]
    last_receipt: time
    late_counts_next_day: bool = True
    saturday_last_receipt: time | None = None


@cache
def load_desk() -> Desk:
    """Load the desk of the data file and the office's own hours over it, once.

    The office's own file is that of ``load_days_off``. Hours that cannot be raise ``CalendarError``, in Vietnamese.

    >>> [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in load_desk().sessions]
    ['07:00-11:30', '13:30-17:00']
    """
    own = own_data()
    with faults_of(place_of_faults(_FILE)):
        return read_desk({**packaged(_FILE), **{name: own[name] for name in _SECTIONS if name in own}})


def read_desk(data: Mapping[str, Any]) -> Desk:
    """Read a desk as its data file holds it; see there for the keys."""
    hours, receipt = (Entry(f"mục [{name}]", Entry("", data).value(name, dict)) for name in _SECTIONS)
    hours.require_known("sessions", "mark", "source")
    receipt.require_known("last_receipt", "late_counts_next_day", "saturday_last_receipt", "mark", "source")
    for part in (hours, receipt):
        part.mark()
        if not part.value("source", str):
            raise part.fault("thiếu nguồn (“source”)")
    sessions = _sessions(hours)
    last_receipt = receipt.value("last_receipt", time)
    if not sessions[0][0] < last_receipt <= sessions[-1][1]:
        raise receipt.fault(f"giờ tiếp nhận cuối {last_receipt:%H:%M} nằm ngoài giờ làm việc")
    return Desk(
        sessions,
        last_receipt,
        receipt.value("late_counts_next_day", bool),
        receipt.value("saturday_last_receipt", time) if "saturday_last_receipt" in receipt.data else None,
    )


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


def _sessions(hours: Entry) -> tuple[tuple[time, time], ...]:
    sessions = []
    for session in hours.values("sessions", list):
        if [type(moment) for moment in session] != [time, time]:
            raise hours.fault("mỗi buổi của “sessions” phải là hai giờ, mở và đóng, như [07:00:00, 11:30:00]")
        sessions.append((session[0], session[1]))
    times = [moment for session in sessions for moment in session]
    if not times or any(earlier >= later for earlier, later in pairwise(times)):
        raise hours.fault("các buổi của “sessions” phải nối tiếp nhau, giờ mở trước giờ đóng")
    return tuple(sessions)
