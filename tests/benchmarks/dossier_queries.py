"""The counts of dossiers as one would write them by hand for one engine, to measure the common rules against.

Each gives the same columns for every unit and field: ``query`` for DuckDB and Spark, ``by_polars`` and ``by_pandas``.
Dossiers are late by the day; rows that cannot be used are left out. Of rows with one code each keeps the newest, where
that is asked for.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import polars as pl
from benchmarks.made_dossiers import AS_OF, PERIOD

START = datetime.combine(PERIOD.start, datetime.min.time())
AFTER = START.replace(month=9, day=13)
TOMORROW = datetime(AS_OF.year, AS_OF.month + 1, 1)  # noqa: DTZ001 - dossiers have no zone

_QUERY = f"""
WITH usable AS (
    SELECT unit, coalesce(field, '') AS field, received, due, channel, service_level, paid_online, amount_paid,
        sent_by_post, returned_by_post, coalesce(status, 0) AS state,
        coalesce(finished, CASE WHEN status IN (3, 7, 8) THEN received END) AS closed
    FROM {{dossiers}}
    WHERE unit <> '' AND received IS NOT NULL AND received < '{TOMORROW}'
        AND (finished IS NULL OR (finished < '{TOMORROW}' AND finished >= date_trunc('day', received)))
        AND (status IS NULL OR status BETWEEN 1 AND 10)
        AND NOT (finished IS NOT NULL AND coalesce(status, 0) IN (1, 2, 4, 5, 6))
        AND NOT (finished IS NULL AND coalesce(status, 0) IN (9, 10))
),
placed AS (
    SELECT *,
        received >= '{START}' AND received < '{AFTER}' AS is_new,
        received < '{START}' AND (closed IS NULL OR closed >= '{START}') AS is_old,
        coalesce(closed < '{AFTER}', false) AS is_closed,
        date_trunc('day', CASE WHEN closed < '{AFTER}' THEN closed ELSE TIMESTAMP '{AFTER}' - INTERVAL 1 MINUTE END)
            AS day,
        date_trunc('day', due) AS due_day
    FROM usable
),
judged AS (
    SELECT *,
        (is_new OR is_old) AND is_closed AND state NOT IN (3, 7, 8) AS is_resolved,
        received < '{AFTER}' AND due >= '{START}' AND due < '{AFTER}' AND NOT (is_closed AND state IN (3, 7, 8))
            AS is_due,
        is_new AND (coalesce(sent_by_post, false) OR coalesce(channel, '') = 'post') AS is_sent
    FROM placed
)
SELECT unit, field,
    count(*) AS used,
    count_if(is_new) AS received,
    count_if(is_old) AS carried_over,
    count_if(is_resolved) AS resolved,
    count_if((is_new OR is_old) AND is_closed AND state = 3) AS refused,
    count_if((is_new OR is_old) AND is_closed AND state IN (7, 8)) AS withdrawn,
    count_if((is_new OR is_old) AND NOT is_closed) AS pending,
    count_if(is_resolved AND day < due_day) AS early,
    count_if(is_resolved AND day > due_day) AS late,
    count_if(is_resolved AND due IS NULL) AS without_due,
    count_if((is_new OR is_old) AND NOT is_closed AND day > due_day) AS overdue,
    count_if(is_due) AS due,
    count_if(is_due AND day > due_day) AS due_late,
    count_if(is_new AND due < date_trunc('day', received)) AS due_before_received,
    count_if(is_new AND channel = 'online') AS online,
    count_if(is_new AND channel = 'direct') AS direct,
    count_if(is_new AND channel = 'post') AS by_post,
    count_if(is_new AND service_level IN (3, 4)) AS online_services,
    count_if(is_new AND service_level IN (3, 4) AND channel = 'online') AS online_services_online,
    count_if(is_new AND paid_online) AS paid_online,
    coalesce(sum(amount_paid) FILTER (WHERE is_new AND paid_online), 0) AS amount_paid_online,
    count_if(is_sent) AS sent_by_post,
    count_if(is_resolved AND returned_by_post) AS returned_by_post,
    count_if(is_sent AND is_resolved AND returned_by_post) AS both_by_post,
    count_if(is_new AND service_level IS NULL) AS unknown_level,
    count_if(is_new AND service_level IN (3, 4) AND channel IS NULL) AS unknown_channel,
    count_if(is_new AND paid_online IS NULL) AS unknown_payment,
    count_if(is_new AND paid_online AND amount_paid IS NULL) AS unknown_amount,
    count_if(is_new AND sent_by_post IS NULL AND channel IS NULL) AS unknown_sending,
    count_if(is_resolved AND returned_by_post IS NULL) AS unknown_returning
FROM judged GROUP BY unit, field
"""  # noqa: S608 - nothing from outside is in it


def query(dossiers: str = "dossiers") -> str:
    """Write the query that counts a table, or a query in brackets."""
    return _QUERY.format(dossiers=dossiers)


_KNOWS_MOST = "ORDER BY finished DESC NULLS LAST, coalesce(status, 0) IN (0, 1, 2, 4, 5, 6)"
_PLACE = f"row_number() OVER (PARTITION BY code {_KNOWS_MOST})"


def newest_by_duckdb(table: str) -> str:
    """Write the query that keeps the newest row of every code."""
    return f"SELECT * FROM {table} WHERE code <> '' QUALIFY {_PLACE} = 1"  # noqa: S608 - nothing from outside is in it


def newest_by_spark(table: str) -> str:
    """Write the same for Spark."""
    return f"SELECT * FROM (SELECT *, {_PLACE} AS place FROM {table} WHERE code <> '') WHERE place = 1"  # noqa: S608


def newest_by_polars(dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """Keep the newest row of every code."""
    is_closed = pl.col("status").is_in([3, 7, 8, 9, 10]).fill_null(value=False)
    return (
        dossiers.filter(pl.col("code") != "")
        .sort("finished", is_closed, nulls_last=False)
        .unique("code", keep="last", maintain_order=True)
    )


def by_polars(dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """Count by polars alone, conditions inside the sums as its users write them."""
    received, finished, due = pl.col("received"), pl.col("finished"), pl.col("due")
    channel, state, level = pl.col("channel"), pl.col("state"), pl.col("service_level").is_in([3, 4])
    new, old, shut, resolved = (pl.col(name) for name in ("is_new", "is_old", "is_closed", "is_resolved"))
    late, early = pl.col("day") > pl.col("due_day"), pl.col("day") < pl.col("due_day")
    there, ended_otherwise = new | old, state.is_in([3, 7, 8])
    paid, sent, returned = new & pl.col("paid_online"), pl.col("is_sent"), resolved & pl.col("returned_by_post")
    closed = pl.col("closed")
    is_due = pl.col("is_due")
    counts = {
        "received": new,
        "carried_over": old,
        "resolved": resolved,
        "refused": there & shut & (state == 3),
        "withdrawn": there & shut & state.is_in([7, 8]),
        "pending": there & ~shut,
        "early": resolved & early,
        "late": resolved & late,
        "without_due": resolved & due.is_null(),
        "overdue": there & ~shut & late,
        "due": is_due,
        "due_late": is_due & late,
        "due_before_received": new & (due < received.dt.truncate("1d")),
        "online": new & (channel == "online"),
        "direct": new & (channel == "direct"),
        "by_post": new & (channel == "post"),
        "online_services": new & level,
        "online_services_online": new & level & (channel == "online"),
        "paid_online": paid,
        "amount_paid_online": pl.when(paid).then(pl.col("amount_paid")),
        "sent_by_post": sent,
        "returned_by_post": returned,
        "both_by_post": sent & returned,
        "unknown_level": new & pl.col("service_level").is_null(),
        "unknown_channel": new & level & channel.is_null(),
        "unknown_payment": new & pl.col("paid_online").is_null(),
        "unknown_amount": paid & pl.col("amount_paid").is_null(),
        "unknown_sending": new & pl.col("sent_by_post").is_null() & channel.is_null(),
        "unknown_returning": resolved & pl.col("returned_by_post").is_null(),
    }
    return (
        dossiers.with_columns(pl.col("status").fill_null(0).alias("state"), pl.col("field").fill_null(""))
        .filter(
            (pl.col("unit") != "")
            & (received < TOMORROW)
            & (finished.is_null() | ((finished < TOMORROW) & (finished >= received.dt.truncate("1d"))))
            & state.is_between(0, 10)
            & ~(finished.is_not_null() & state.is_in([1, 2, 4, 5, 6]))
            & ~(finished.is_null() & state.is_in([9, 10]))
        )
        .with_columns(closed=pl.coalesce(finished, pl.when(ended_otherwise).then(received)))
        .with_columns(
            is_new=received.is_between(START, AFTER, closed="left"),
            is_old=(received < START) & (closed.is_null() | (closed >= START)),
            is_closed=(closed < AFTER).fill_null(value=False),
            due_day=due.dt.truncate("1d"),
        )
        .with_columns(
            is_resolved=there & shut & ~ended_otherwise,
            is_due=(received < AFTER) & due.is_between(START, AFTER, closed="left") & ~(shut & ended_otherwise),
            is_sent=new & (pl.col("sent_by_post").fill_null(value=False) | (channel == "post").fill_null(value=False)),
            day=pl.when(shut).then(closed).otherwise(pl.lit(AFTER) - pl.duration(minutes=1)).dt.truncate("1d"),
        )
        .group_by("unit", "field")
        .agg(pl.len().alias("used"), *(holds.sum().alias(name) for name, holds in counts.items()))
    )


def newest_by_pandas(dossiers: pd.DataFrame) -> pd.DataFrame:
    """Keep the newest row of every code."""
    coded = dossiers[dossiers["code"].notna()].assign(is_closed=dossiers["status"].isin([3, 7, 8, 9, 10]))
    return coded.sort_values(["finished", "is_closed"], na_position="first").drop_duplicates("code", keep="last")


def by_pandas(dossiers: pd.DataFrame) -> pd.DataFrame:
    """Count by pandas alone: usable rows, one column of flags a count, one grouping."""
    state = dossiers["status"].fillna(0)
    finished, received = dossiers["finished"], dossiers["received"]
    usable = (
        dossiers["unit"].notna()
        & (received < TOMORROW)
        & (finished.isna() | ((finished < TOMORROW) & (finished >= received.dt.floor("D"))))
        & state.between(0, 10)
        & ~(finished.notna() & state.isin([1, 2, 4, 5, 6]))
        & ~(finished.isna() & state.isin([9, 10]))
    )
    dossiers, state = dossiers[usable], state[usable]
    received, due = dossiers["received"], dossiers["due"]
    ended_otherwise = state.isin([3, 7, 8])
    closed = dossiers["finished"].where(dossiers["finished"].notna(), received.where(ended_otherwise))
    new = (received >= START) & (received < AFTER)
    old = (received < START) & (closed.isna() | (closed >= START))
    there, shut = new | old, closed < AFTER
    resolved, pending = there & shut & ~ended_otherwise, there & ~shut
    day = closed.where(shut, AFTER - timedelta(minutes=1)).dt.floor("D")
    late, early = day > due.dt.floor("D"), day < due.dt.floor("D")
    is_due = (received < AFTER) & (due >= START) & (due < AFTER) & ~(shut & ended_otherwise)
    channel, level = dossiers["channel"], dossiers["service_level"]
    paid_online, sent_by_post, returned_by_post = (
        dossiers[name].astype("boolean") for name in ("paid_online", "sent_by_post", "returned_by_post")
    )
    service, online = new & level.isin([3, 4]), channel == "online"
    paid = new & paid_online.fillna(value=False)
    sent = new & (sent_by_post.fillna(value=False) | (channel == "post"))
    returned = resolved & returned_by_post.fillna(value=False)
    flags = pd.DataFrame(
        {
            "used": new | True,
            "received": new,
            "carried_over": old,
            "resolved": resolved,
            "refused": there & shut & (state == 3),
            "withdrawn": there & shut & state.isin([7, 8]),
            "pending": pending,
            "early": resolved & early,
            "late": resolved & late,
            "without_due": resolved & due.isna(),
            "overdue": pending & late,
            "due": is_due,
            "due_late": is_due & late,
            "due_before_received": new & (due < received.dt.floor("D")),
            "online": new & online,
            "direct": new & (channel == "direct"),
            "by_post": new & (channel == "post"),
            "online_services": service,
            "online_services_online": service & online,
            "paid_online": paid,
            "amount_paid_online": dossiers["amount_paid"].where(paid, 0).fillna(0).astype("int64"),
            "sent_by_post": sent,
            "returned_by_post": returned,
            "both_by_post": sent & returned,
            "unknown_level": new & level.isna(),
            "unknown_channel": service & channel.isna(),
            "unknown_payment": new & paid_online.isna(),
            "unknown_amount": paid & dossiers["amount_paid"].isna(),
            "unknown_sending": new & sent_by_post.isna() & channel.isna(),
            "unknown_returning": resolved & returned_by_post.isna(),
        }
    )
    keys = [dossiers["unit"], dossiers["field"].fillna("")]
    return flags.groupby(keys, sort=False).sum().reset_index()
