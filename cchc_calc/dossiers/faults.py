"""Rows that cannot be counted, and why: each is refused once, for the first reason that holds."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.engines import is_one_of
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.statuses import Outcome, codes_of, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

FAULT: Final = "fault"
"""The column that holds the fault of a row, 0 for a row that can be counted."""

UNREADABLE_TIMES: Final = {
    "received": Fault.UNREADABLE_RECEIVED,
    "due": Fault.UNREADABLE_DUE,
    "finished": Fault.UNREADABLE_FINISHED,
}
"""The fault of a time that cannot be read, by the column it stands in."""


def fault_of_row(as_of: date | None = None) -> nw.Expr:
    """Express the fault of a row by its columns alone, 0 where there is none.

    ``as_of`` is the day of the export: what was received or finished after it is in the future; nothing is where it is
    not known. Days are compared, not hours: many exports hold the hour of receipt but only the day of the result.
    """
    # The rows are grouped by it, and a narrow number is quicker to group by.
    fault = nw.lit(0, nw.Int8)
    for number, holds in reversed(list(_conditions(as_of))):
        fault = nw.when(holds).then(nw.lit(number.value, nw.Int8)).otherwise(fault)
    return fault.alias(FAULT)


def _conditions(as_of: date | None) -> Iterator[tuple[Fault, nw.Expr]]:
    received, finished, status = nw.col("received"), nw.col("finished"), nw.col("status")
    yield Fault.NO_UNIT, nw.col("unit").is_null() | (nw.col("unit") == "")
    for fault in UNREADABLE_TIMES.values():
        yield fault, nw.col("unreadable") == fault.value
    yield Fault.NO_RECEIVED, received.is_null()
    if as_of is not None:
        tomorrow = datetime.combine(as_of + timedelta(days=1), time.min)
        yield Fault.IN_FUTURE, (received >= tomorrow) | (finished >= tomorrow)
    yield Fault.FINISHED_BEFORE_RECEIVED, finished < received.dt.truncate("1d")
    yield Fault.UNKNOWN_STATUS, ~(status.is_null() | is_one_of(status, statuses()))
    yield Fault.FINISHED_BUT_PENDING, ~finished.is_null() & is_one_of(status, codes_of(Outcome.PENDING))
    yield Fault.RESOLVED_WITHOUT_DATE, finished.is_null() & is_one_of(status, codes_of(Outcome.RESOLVED))
