"""Where each unit stands: whether it reported, in time, how completely, and with how many faults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.consolidation.file_names import FileNames
from cchc_calc.consolidation.future_days import known_day
from cchc_calc.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.admission import Admission
    from cchc_calc.consolidation.heads import Head
    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.states import Content


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
    Timeliness.RETURNED: "Phải nộp lại",
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


@dataclass(frozen=True, slots=True)
class Duty:
    """What units of a level have to do: fill the rows ``to_fill`` until the day ``due``.

    A day after ``today`` is no day to go by; ``None`` takes every day for what it is.
    """

    to_fill: frozenset[str]
    due: date | None = None
    today: date | None = None

    def filled(self, contents: Mapping[str, Content]) -> int:
        """Count the rows that hold something, be it of use or not; blank rows are no part of ``contents``."""
        return len(self.to_fill & contents.keys())


def duty_of(form: Form, level: str, due: date | None = None, today: date | None = None) -> Duty:
    """Give the duty of the units of a level.

    >>> from cchc_calc.form_files import load_form
    >>> len(duty_of(load_form("thong-ke-cchc", "2023"), "commune").to_fill)
    70
    """
    return Duty(frozenset(row.address for row in form.rows if row.is_input and level in row.levels), due, today)


def standings_of(
    admission: Admission, refused: Iterable[Refusal], filled: Mapping[str, int], duty: Duty, *, are_codes: bool
) -> tuple[Standing, ...]:
    """Tell where each unit stands that has to report, in their order.

    ``refused`` are the files that readers refused: where the name of one says a unit, this has sent, though nothing
    that can be used. ``filled`` counts the rows by the key of the unit; ``are_codes`` tells that keys are codes.
    """
    code_of = str if are_codes else lambda _: ""
    sent = dict(admission.returned)
    names = FileNames(admission.expected.values())
    keys = {name: key for key, name in admission.expected.items()}
    for refusal in refused:
        if name := refusal.unit or names.other_unit(refusal.source):
            sent.setdefault(keys.get(name, name), refusal.source)
    accepted = {one.key: one.head for one in admission.accepted}
    return tuple(
        _reported(name, code_of(key), accepted[key], filled.get(key, 0), duty)
        if key in accepted
        else Standing(
            name,
            code_of(key),
            Timeliness.RETURNED if key in sent else Timeliness.MISSING,
            sent.get(key, ""),
            due=duty.due,
            to_fill=len(duty.to_fill),
        )
        for key, name in admission.expected.items()
    )


def _reported(name: str, code: str, head: Head, filled: int, duty: Duty) -> Standing:
    day = known_day(head, duty.today)
    return Standing(
        name,
        code,
        _timeliness(day, duty.due),
        head.source,
        day,
        duty.due,
        filled,
        len(duty.to_fill),
        head.findings.get(Severity.ERROR, 0),
        head.findings.get(Severity.WARNING, 0),
    )


def _timeliness(day: date | None, due: date | None) -> Timeliness:
    if due is None:
        return Timeliness.SENT
    if day is None:
        return Timeliness.DAY_UNKNOWN
    return Timeliness.LATE if day > due else Timeliness.SENT
