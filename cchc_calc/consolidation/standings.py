"""Where each unit stands: whether it reported, in time, how completely, and with how many faults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import date


class Timeliness(StrEnum):
    """What became of a unit's duty to report; where no day is known on which it was due, what was sent is SENT."""

    SENT = "sent"
    LATE = "late"
    DAY_UNKNOWN = "day_unknown"
    RETURNED = "returned"
    MISSING = "missing"


TIMELINESS_NAMES: Final = {
    Timeliness.SENT: "Đã nộp",
    Timeliness.LATE: "Nộp muộn",
    Timeliness.DAY_UNKNOWN: "Đã nộp, không rõ ngày",
    Timeliness.RETURNED: "Phải gửi lại",
    Timeliness.MISSING: "Chưa nộp",
}
"""What an official reads."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit that has to report.

    ``source`` is the file that counts, or the first one that was refused. ``issued`` is the day that decides,
    ``due`` the last day in time; ``None`` is not known. Of the ``to_fill`` rows that its level fills, ``filled`` hold
    something; ``errors`` and ``warnings`` count what was found in its file.
    """

    unit: str
    code: str
    status: Timeliness
    source: str = ""
    issued: date | None = None
    due: date | None = None
    filled: int = 0
    to_fill: int = 0
    errors: int = 0
    warnings: int = 0

    @property
    def share(self) -> Fraction | None:
        """Return the part of the rows that is filled; ``None`` without rows to fill.

        >>> Standing("Phường 1", "", Timeliness.SENT, filled=80, to_fill=100).share
        Fraction(4, 5)
        """
        return Fraction(self.filled, self.to_fill) if self.to_fill else None

    def to_json(self) -> dict[str, Any]:
        """Return the standing for the project's JSON."""
        return {
            "unit": self.unit,
            "code": self.code or None,
            "status": self.status.value,
            "source": self.source,
            "issued": None if self.issued is None else self.issued.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
            "filled": self.filled,
            "to_fill": self.to_fill,
            "errors": self.errors,
            "warnings": self.warnings,
        }
