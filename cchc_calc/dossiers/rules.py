"""The rules of counting, written once for every engine: what each dossier counts as in a period.

A flag is true where it holds and false or nothing elsewhere, so that adding flags up is counting dossiers; a comparison
with nothing holds nowhere, and none is negated, because engines differ in what the negation of nothing is. Every
dossier that was received by the end of the period and not closed before its beginning is received in it or carried
over, and is resolved, refused, withdrawn or pending at its end: exactly one of each, whatever the data.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.engines import is_one_of
from cchc_calc.dossiers.faults import fault_of_row
from cchc_calc.dossiers.options import Lateness
from cchc_calc.dossiers.schema import Channel
from cchc_calc.dossiers.statuses import Outcome, codes_of

if TYPE_CHECKING:
    from datetime import date

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.options import Options
    from cchc_calc.periods import Period

_STEPS: Final = {Lateness.BY_DAY: "1d", Lateness.BY_MINUTE: "1m"}


def with_flags(dossiers: Table, period: Period, options: Options, as_of: date | None) -> Table:
    """Add the fault of each row, and what the dossier counts as: one column for each count of ``counts``.

    What a faulty row counts as says nothing.
    """
    start, after = _midnight(period.start), _midnight(period.end + timedelta(days=1))
    return (
        dossiers.with_columns(
            fault_of_row(as_of),
            nw.col("channel").fill_null(""),
            is_refused=_is(Outcome.REFUSED),
            is_withdrawn=_is(Outcome.WITHDRAWN),
        )
        .with_columns(
            has_no_result=nw.when(nw.col("is_refused") | nw.col("is_withdrawn"))
            .then(nw.lit(value=True))
            .otherwise(nw.lit(value=False))
        )
        .with_columns(closed=_closed(after))
        .with_columns(
            is_new=(nw.col("received") >= start) & (nw.col("received") < after),
            is_carried=(nw.col("received") < start) & (nw.col("closed") >= start),
            is_closed=nw.col("closed") < after,
            is_open=nw.col("closed") >= after,
            **_lateness(options, after),
        )
        .with_columns(
            is_there=nw.col("is_new") | nw.col("is_carried"),
            has_result=nw.col("is_closed") & ~nw.col("has_no_result"),
        )
        .with_columns(
            is_resolved=nw.col("is_there") & nw.col("has_result"),
            is_pending=nw.col("is_there") & nw.col("is_open"),
            is_due=(nw.col("received") < after)
            & (nw.col("due") >= start)
            & (nw.col("due") < after)
            & (nw.col("is_open") | nw.col("has_result")),
            is_online_service=nw.col("is_new") & is_one_of(nw.col("service_level"), options.online_levels),
            is_sent=nw.col("is_new") & _came_by_post(),
            is_paid=nw.col("is_new") & nw.col("paid_online"),
        )
        .with_columns(is_returned=nw.col("is_resolved") & nw.col("returned_by_post"))
        .with_columns(**_flags(), amount_paid_online=nw.when(nw.col("is_paid")).then(nw.col("amount_paid")))
    )


def _closed(after: datetime) -> nw.Expr:
    """Say when a dossier was closed; one that is not closed yet is given a time after the period."""
    # Few exports say when a dossier was refused or withdrawn; that it was is known.
    without_day = nw.when(nw.col("has_no_result")).then(nw.col("received")).otherwise(nw.lit(after))
    return nw.coalesce(nw.col("finished"), without_day)


def _came_by_post() -> nw.Expr:
    # pandas takes nothing or true for false.
    by_channel = nw.col("channel") == Channel.POST.value
    return nw.when(by_channel).then(nw.lit(value=True)).otherwise(nw.col("sent_by_post"))


def _lateness(options: Options, after: datetime) -> dict[str, nw.Expr]:
    """Hold the result, or for want of one the last minute of the period, against the time it was due."""
    step = _STEPS[options.lateness]
    last_minute = nw.lit(after - timedelta(minutes=1))
    moment = nw.when(nw.col("closed") < after).then(nw.col("closed")).otherwise(last_minute).dt.truncate(step)
    due = nw.col("due").dt.truncate(step)
    return {"is_early": moment < due, "is_late": moment > due}


def _flags() -> dict[str, nw.Expr]:
    new, resolved, pending = nw.col("is_new"), nw.col("is_resolved"), nw.col("is_pending")
    late, service = nw.col("is_late"), nw.col("is_online_service")
    closed_there = nw.col("is_there") & nw.col("is_closed")
    channel = nw.col("channel")
    return {
        "received": new,
        "carried_over": nw.col("is_carried"),
        "resolved": resolved,
        "refused": closed_there & nw.col("is_refused"),
        "withdrawn": closed_there & nw.col("is_withdrawn"),
        "pending": pending,
        "early": resolved & nw.col("is_early"),
        "late": resolved & late,
        "without_due": resolved & nw.col("due").is_null(),
        "overdue": pending & late,
        "due": nw.col("is_due"),
        "due_late": nw.col("is_due") & late,
        "due_before_received": new & (nw.col("due") < nw.col("received").dt.truncate("1d")),
        "online": new & (channel == Channel.ONLINE.value),
        "direct": new & (channel == Channel.DIRECT.value),
        "by_post": new & (channel == Channel.POST.value),
        "online_services": service,
        "online_services_online": service & (channel == Channel.ONLINE.value),
        "paid_online": nw.col("is_paid"),
        "sent_by_post": nw.col("is_sent"),
        "returned_by_post": nw.col("is_returned"),
        "both_by_post": nw.col("is_sent") & nw.col("is_returned"),
        "unknown_level": new & nw.col("service_level").is_null(),
        "unknown_channel": service & (channel == ""),
        "unknown_payment": new & nw.col("paid_online").is_null(),
        "unknown_amount": nw.col("is_paid") & nw.col("amount_paid").is_null(),
        "unknown_sending": new & nw.col("sent_by_post").is_null() & (channel == ""),
        "unknown_returning": resolved & nw.col("returned_by_post").is_null(),
    }


def _is(outcome: Outcome) -> nw.Expr:
    return is_one_of(nw.col("status"), codes_of(outcome))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
