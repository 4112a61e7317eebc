"""Days that cannot be: a report of tomorrow, a seal set by a clock that runs ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cchc_calc.findings import make_finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from cchc_calc.consolidation.heads import Head
    from cchc_calc.findings import Finding


def known_day(head: Head, today: date | None) -> date | None:
    """Give the day that decides whether a report is in time: the one printed, else that of its seal, or ``None``.

    A day after ``today`` is none; without ``today`` every day is taken for what it is.
    """
    return next((day for day in (head.issued, head.sealed_on) if day is not None and not _is_after(day, today)), None)


def without_future_seals(heads: Iterable[Head], today: date | None) -> list[Head]:
    """Take the time from seals that were set after ``today``, so that a wrong clock does not make them the newest."""
    return [replace(head, sealed_at=None) if _is_after(head.sealed_on, today) else head for head in heads]


def future_findings(heads: Iterable[Head], today: date | None) -> Iterator[Finding]:
    """Yield the reports that bear a day after ``today``, or whose seal does; none without ``today``."""
    for head in sorted(heads, key=lambda head: (head.source, head.sha256)):
        days = (("ngày ghi trong báo cáo", head.issued), ("ngày chốt số liệu", head.sealed_on))
        told = [f"{what} {day:%d/%m/%Y}" for what, day in days if _is_after(day, today)]
        if told and today is not None:
            message = f"{head.source}: {', '.join(told)} sau ngày tổng hợp {today:%d/%m/%Y}."
            yield make_finding(
                "submission_date_in_future",
                message,
                where=head.source,
                found=", ".join(told),
                expected=f"không sau {today:%d/%m/%Y}",
            )


def _is_after(day: date | None, today: date | None) -> bool:
    return day is not None and today is not None and day > today
