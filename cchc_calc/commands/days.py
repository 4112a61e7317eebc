"""The days and periods that commands are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from datetime import datetime

    from cchc_calc.periods import Period

DAY: Final = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


def period_of(start: datetime | None, end: datetime | None) -> Period | None:
    """Make the period of two options, none where both are left out; refuse one without the other."""
    from cchc_calc.periods import Period

    if start is None and end is None:
        return None
    if start is None or end is None or end < start:
        raise click.UsageError("Kỳ báo cáo cần cả --from và --to, và ngày đầu không được sau ngày cuối.")
    return Period(start.date(), end.date())


def day_of_the_office(today: datetime | None) -> date:
    """Give the day of an option, else that of the clock."""
    return date.today() if today is None else today.date()  # noqa: DTZ011 - the day on the desk of the official
