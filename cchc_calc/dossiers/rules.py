"""The rules of counting, written once for every engine: what each dossier counts as in a period.

A flag is 1 where it holds and nothing elsewhere, so that counting it is counting dossiers; a comparison with nothing
holds nowhere, and none is negated, because engines differ in what the negation of nothing is. Every dossier that was
received by the end of the period and not closed before its beginning is received in it or carried over, and is
resolved, refused, withdrawn or pending at its end: exactly one of each, whatever the data.
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
    """Add what each dossier counts as, one column for each count of ``counts``; a faulty row counts as nothing."""
    start, after = _midnight(period.start), _midnight(period.end + timedelta(days=1))
    return (
        dossiers.with_columns(usable=fault_of_row(as_of) == 0, state=nw.col("status").fill_null(0))
        .with_columns(is_refused=_is(Outcome.REFUSED), is_withdrawn=_is(Outcome.WITHDRAWN))
        .with_columns(
            # Few exports say when a dossier was refused or withdrawn; that it was is known.
            closed=nw.coalesce(
                nw.col("finished"),
                nw.when(nw.col("is_refused") | nw.col("is_withdrawn")).then(nw.col("received")),
            )
        )
        .with_columns(
            is_new=nw.col("usable") & (nw.col("received") >= start) & (nw.col("received") < after),
            is_old=nw.col("usable") & (nw.col("received") < start),
            is_left=nw.col("closed").is_null() | (nw.col("closed") >= start),
            is_open=nw.col("closed").is_null() | (nw.col("closed") >= after),
            is_closed=nw.col("closed") < after,
        )
        .with_columns(is_carried=nw.col("is_old") & nw.col("is_left"), **_lateness(options, after))
        .with_columns(is_there=nw.col("is_new") | nw.col("is_carried"))
        .with_columns(
            is_resolved=nw.col("is_there") & nw.col("is_closed") & ~nw.col("is_refused") & ~nw.col("is_withdrawn"),
            is_pending=nw.col("is_there") & nw.col("is_open"),
            is_due=(nw.col("is_new") | nw.col("is_old"))
            & (nw.col("due") >= start)
            & (nw.col("due") < after)
            & (nw.col("is_open") | ~(nw.col("is_refused") | nw.col("is_withdrawn"))),
            is_online_service=nw.col("is_new") & is_one_of(nw.col("service_level"), options.online_levels),
            is_sent=nw.col("is_new") & (_yes("sent_by_post") | (nw.col("channel") == Channel.POST.value)),
        )
        .with_columns(
            is_paid=nw.col("is_new") & _yes("paid_online"),
            is_returned=nw.col("is_resolved") & _yes("returned_by_post"),
        )
        .with_columns(
            **{name: nw.when(holds).then(nw.lit(1)) for name, holds in _flags().items()},
            amount_paid_online=nw.when(nw.col("is_paid")).then(nw.col("amount_paid").fill_null(0).cast(nw.Int64)),
        )
    )


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
        "used": nw.col("usable"),
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
    return is_one_of(nw.col("state"), codes_of(outcome))


def _yes(name: str) -> nw.Expr:
    # A column of True, False and nothing is one of objects in pandas.
    return nw.col(name).fill_null(value=False).cast(nw.Boolean)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
