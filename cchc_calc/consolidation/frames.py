"""What a consolidation is of: the form, the period and the units whose reports belong into it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.reporting_periods import stands_for
from cchc_calc.consolidation.unit_names import name_key
from cchc_calc.form_files import load_form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.heads import Head
    from cchc_calc.consolidation.register import Register
    from cchc_calc.periods import Period

LEVELS: Final = ("city", "district", "province")
"""The levels that consolidate; "city" and "district" are the same."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame all reports have to fit: ``level`` is that of the units; ``parent`` narrows the register."""

    form: Form
    period: Period | None
    level: str
    register: Register | None = None
    parent: str = ""

    @property
    def day(self) -> date:
        """Return the day on which the units are those of the register: the last of the period."""
        return self.form.valid_from if self.period is None else self.period.end


def frame_of(
    heads: Sequence[Head],
    level: str,
    *,
    register: Register | None = None,
    parent: str = "",
    period: Period | None = None,
    form: Form | None = None,
) -> Frame:
    """Frame a consolidation for a level; the period and the form are those of most units unless they are given.

    Raises ValueError for an unknown level, and when there is no head.
    """
    if level not in LEVELS:
        msg = f"there is no level {level!r}; there are {', '.join(LEVELS)}"
        raise ValueError(msg)
    if not heads:
        raise ValueError("there is nothing to consolidate")
    period = _period(heads) if period is None else period
    form = _form(heads, period) if form is None else form
    return Frame(form, period, _members(form, level), register, parent)


def _members(form: Form, level: str) -> str:
    """Name the level whose reports a level adds up: a province those of its districts, as long as there are any."""
    return "district" if level == "province" and "district" in form.levels else "commune"


def _form(heads: Sequence[Head], period: Period | None) -> Form:
    """Give the edition most units use; of those that equally many use, the one in force, else the newest."""
    used = {(name_key(head.unit or head.source), head.form_id, head.edition) for head in heads}
    counts = Counter(load_form(form_id, edition) for _, form_id, edition in used)

    def rank(form: Form) -> tuple[int, bool, str]:
        day = form.valid_from if period is None else period.end
        is_in_force = form.valid_from <= day and (form.valid_to is None or day <= form.valid_to)
        return counts[form], is_in_force, form.edition

    return max(counts, key=rank)


def _period(heads: Sequence[Head]) -> Period | None:
    """Give the period most units report for, with the days most of them name."""
    periods = {(name_key(head.unit or head.source), head.period) for head in heads if head.period is not None}
    if not periods:
        return None
    known = Counter(stands_for(period) for _, period in periods)
    common = max(known, key=lambda period: (known[period], period.end, period.start))
    days = Counter(period for _, period in periods if stands_for(period) == common)
    return max(days, key=lambda period: (days[period], period.end, period.start))
