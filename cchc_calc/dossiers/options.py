"""What the law leaves open when dossiers are counted: each choice has a name, and stands beside the result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Lateness(StrEnum):
    """How the time of a result is held against the time it was due.

    BY_DAY: a result of the day it was due is on time, whatever the hour. BY_MINUTE: the minute decides; for units
    that promise results by the hour, and exports that hold the hour of all three times.
    """

    BY_DAY = "day"
    BY_MINUTE = "minute"


class Base(StrEnum):
    """What the dossiers on time are divided by.

    RESOLVED: early and on time / resolved in the period, as the form's rows 3.4.2 to 3.4.4 say. DUE: not late / due in
    the period. RECEIVED: resolved on time and pending in time / all that was there to be worked on (received and
    carried over, without the refused and the withdrawn).
    """

    RESOLVED = "resolved"
    DUE = "due"
    RECEIVED = "received"


LATENESS_NAMES: Final = {Lateness.BY_DAY: "theo ngày", Lateness.BY_MINUTE: "theo giờ, phút"}
BASE_NAMES: Final = {
    Base.RESOLVED: "hồ sơ đã giải quyết trong kỳ",
    Base.DUE: "hồ sơ đến hạn trong kỳ",
    Base.RECEIVED: "hồ sơ phải giải quyết (mới tiếp nhận và kỳ trước chuyển qua, trừ hồ sơ từ chối, rút)",
}
"""What an official reads."""


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one count.

    ``lateness`` is by day unless the unit's deadlines have an hour: so does the software of provinces. ``base`` is
    that of the rate beside the counts; the rows of the form are the same for each. ``online_levels`` are the levels
    of service that row 7.7.4 speaks of: 3 and 4, since Nghị định 42/2022/NĐ-CP "một phần" and "toàn trình".
    """

    lateness: Lateness = Lateness.BY_DAY
    base: Base = Base.RESOLVED
    online_levels: tuple[int, ...] = (3, 4)

    def to_json(self) -> dict[str, str]:
        """Return the choices for the project's JSON.

        >>> Options().to_json()
        {'lateness': 'day', 'base': 'resolved'}
        """
        return {"lateness": self.lateness.value, "base": self.base.value}
