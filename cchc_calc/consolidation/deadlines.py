"""The day on which a report is due: data by level of administration, with its source and how certain it is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import FormError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.periods import Period

_MARKS: Final = frozenset({"V", "M", "I"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of the last month of a period; ``mark`` is V (verified), M (from memory) or I (inferred)."""

    day: int
    mark: str
    source: str


@cache
def deadlines() -> Mapping[str, Deadline]:
    """Load the deadlines by level of administration, once; ``FormError`` where the data file breaks its rules.

    >>> deadlines()["province"].mark, deadlines()["commune"].mark
    ('V', 'I')
    """
    text = (resources.files("cchc_calc") / "consolidation" / "deadlines.toml").read_text(encoding="utf-8")
    found = {level: Deadline(**data) for level, data in tomllib.loads(text).items()}
    if any(one.mark not in _MARKS or not 1 <= one.day <= 28 for one in found.values()):
        raise FormError("consolidation/deadlines.toml: a mark or a day that cannot be")
    return found


def due_day(level: str, period: Period | None) -> date | None:
    """Give the last day in time for the report of a unit; ``None`` where that is not known.

    The rule is one for periods that are cut off in mid-month; of a period that ends after the day nothing is known.

    >>> from cchc_calc.periods import calendar_period, reporting_period
    >>> due_day("commune", reporting_period("quarter", 2023, 3))
    datetime.date(2023, 9, 20)
    >>> due_day("commune", calendar_period("quarter", 2023, 3)) is None
    True
    """
    deadline = deadlines().get(level)
    if period is None or deadline is None:
        return None
    due = date(period.end.year, period.end.month, deadline.day)
    return due if period.end < due else None
