"""Due dates from the days promised: the answers of the calendar, on every engine."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time, timedelta

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cchc_calc.calendar_vn import are_certain, due_dates
from cchc_calc.dossiers.promised_days import with_due_dates
from cchc_calc.dossiers.spark import session
from cchc_calc.dossiers.tally import tally
from cchc_calc.errors import TableError
from cchc_calc.periods import Period

DAYS = [0, 1, 3, 10, 45, None, -1, 10**12]
EVERY = [(datetime(2022, 1, 1, hour) + timedelta(days=day)) for day in range(0, 2_300, 3) for hour in (0, 16, 23)]  # noqa: DTZ001
RECEIVED = [*EVERY, None, datetime.fromisoformat("2017-12-29"), datetime.fromisoformat("2031-01-01")]
LENGTHS = [DAYS[row % len(DAYS)] for row in range(len(RECEIVED))]
MADE = pa.table(
    {
        "code": [f"{row}" for row in range(len(RECEIVED))],
        "received": pa.array(RECEIVED, pa.timestamp("us")),
        "days": pa.array(LENGTHS, pa.int64()),
    }
)


def midnight(day):
    return datetime.combine(day, time.min)


def expected():
    due = due_dates(RECEIVED, LENGTHS)
    certain = are_certain(RECEIVED, due)
    return {
        f"{row}": midnight(day) if day is not None and known else None
        for row, (day, known) in enumerate(zip(due, certain, strict=True))
    }


def found_in(table, name="due"):
    """Collect what an engine found, by code."""
    frame = nw.from_native(table).lazy().collect("pyarrow")
    return dict(zip(frame["code"].to_list(), frame[name].to_list(), strict=True))


def as_duckdb(table):
    """As a connection of one's own makes it."""
    connection = duckdb.connect()
    return connection.from_arrow(table)


ENGINES = {
    "polars": pl.from_arrow,
    "lazy polars": lambda table: pl.from_arrow(table).lazy(),
    "duckdb": as_duckdb,
    "duckdb, the common connection": duckdb.from_arrow,
    "pandas": pa.Table.to_pandas,
    "pandas with nothing": lambda table: table.to_pandas().convert_dtypes(),
    "pandas by the nanosecond": lambda table: table.to_pandas().assign(
        received=lambda frame: frame["received"].astype("datetime64[ns]")
    ),
    "arrow": lambda table: table,
}


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_each_engine_gives_the_days_of_the_calendar(engine):
    made = engine(MADE)
    table = with_due_dates(made, "days")
    assert found_in(table) == expected()
    assert nw.from_native(table).lazy().collect_schema().names() == ["code", "received", "days", "due"]


@pytest.mark.long
def test_spark_gives_the_days_of_the_calendar():
    if shutil.which("java") is None:
        pytest.skip("java is not installed: nothing is computed by Spark")
    spark = session()
    rows = list(zip(MADE["code"].to_pylist(), RECEIVED, LENGTHS, strict=True))
    frame = spark.createDataFrame(rows, "code string, received timestamp_ntz, days bigint")
    assert dict(with_due_dates(frame, "days").select("code", "due").collect()) == expected()
    # Times of files have the zone of the session.
    zoned = frame.withColumn("received", frame["received"].cast("timestamp"))
    assert dict(with_due_dates(zoned, "days").select("code", "due").collect()) == expected()


def test_nothing_is_read_before_the_count():
    connection = duckdb.connect()
    relation = connection.sql("SELECT error('read')::TIMESTAMP AS received, 1 AS days")
    table = with_due_dates(relation, "days")
    with pytest.raises(duckdb.Error, match="read"):
        table.fetchall()
    assert isinstance(with_due_dates(pl.from_arrow(MADE).lazy(), "days"), pl.LazyFrame)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_a_due_date_that_is_there_stays(engine):
    day, own = datetime.fromisoformat("2023-06-13 16:30"), datetime.fromisoformat("2023-06-20 17:00")
    table = pa.table(
        {
            "code": ["own", "promised", "none"],
            "received": [day] * 3,
            "due": pa.array([own, None, None], pa.timestamp("us")),
            "days": pa.array([10, 10, None], pa.int32()),
        }
    )
    due = found_in(with_due_dates(engine(table), "days"))
    assert due == {"own": own, "promised": datetime.fromisoformat("2023-06-27"), "none": None}


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_numbers_with_gaps_are_floats_and_a_broken_one_is_none(engine):
    table = pa.table(
        {
            "code": ["ten", "half", "nothing", "endless", "no number"],
            "received": pa.array([datetime.fromisoformat("2023-06-13")] * 5, pa.timestamp("us")),
            "days": [10.0, 0.5, None, float("inf"), float("nan")],
        }
    )
    due = found_in(with_due_dates(engine(table), "days"))
    assert due == {"ten": datetime.fromisoformat("2023-06-27")} | dict.fromkeys(
        ("half", "nothing", "endless", "no number")
    )


def test_days_are_received_too():
    table = pl.DataFrame({"code": ["a"], "received": [date(2023, 6, 13)], "days": [10]})
    assert found_in(with_due_dates(table, "days")) == {"a": datetime.fromisoformat("2023-06-27")}


def test_a_table_with_promised_days_is_tallied():
    received = datetime.fromisoformat("2023-06-13 08:00")
    table = pl.DataFrame(
        {
            "code": ["early", "on time", "late"],
            "unit": ["UBND phường X"] * 3,
            "received": [received] * 3,
            "days": [3, 3, 3],
            "finished": [received + timedelta(days=days) for days in (1, 3, 6)],
        }
    )
    counts = tally(with_due_dates(table, "days"), Period(date(2023, 6, 1), date(2023, 6, 30), "THÁNG 6/2023"))
    (unit,) = counts.units
    assert [(total.resolved, total.early, total.late) for total in unit.fields.values()] == [(3, 1, 1)]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"days": [1]}, "thiếu cột received"),
        ({"received": ["13/6/2023"], "days": [1]}, "không phải là ngày giờ"),
        ({"received": [datetime.fromisoformat("2023-06-13")]}, "thiếu cột “days”"),
        ({"received": [datetime.fromisoformat("2023-06-13")], "days": ["1"]}, "không phải là số"),
    ],
)
def test_what_is_missing_is_told(columns, message):
    with pytest.raises(TableError, match=message):
        with_due_dates(pl.DataFrame(columns), "days")


def test_tables_of_others_are_left_as_they_are():
    connection = duckdb.connect()
    with_due_dates(connection.from_arrow(MADE), "days").fetchall()
    assert connection.sql("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall() == [(0,)]
    frame = MADE.to_pandas()
    with_due_dates(frame, "days")
    pd.testing.assert_frame_equal(frame, MADE.to_pandas())
