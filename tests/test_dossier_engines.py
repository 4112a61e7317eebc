"""The same dossiers through every engine: the counts are those they were made with, for every unit and field."""

from __future__ import annotations

import shutil
import warnings
from datetime import datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from benchmarks.dossier_queries import by_polars, query
from benchmarks.made_dossiers import AS_OF, PERIOD, made_dossiers
from pyarrow import compute, parquet

from cchc_calc.dossiers import code_keys, repeated_codes
from cchc_calc.dossiers.counts import COUNTED, values_of
from cchc_calc.dossiers.options import Lateness, Options
from cchc_calc.dossiers.tally import tally
from cchc_calc.errors import TableError

MADE = made_dossiers(20_000, seed=2023)
BY_MINUTE = Options(lateness=Lateness.BY_MINUTE)


@pytest.fixture(scope="module")
def parquet_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("dossiers") / "hồ sơ.parquet"
    parquet.write_table(MADE.table, path)
    return path


@pytest.fixture(scope="module")
def spark():
    """Give one real session of Spark for all tests, or skip them."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed: nothing is counted by Spark")
    with warnings.catch_warnings():
        # It warns of the pandas beside it, which nothing here uses with it.
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.memory", "1g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )
        yield session
        session.stop()


def truth_of(result):
    """What a tally counted, in the form of the generator's truth."""
    return {
        (unit.unit.name, field): {
            name: value for name, value in zip(COUNTED, values_of(counts), strict=True) if value and name != "read"
        }
        for unit in result.units
        for field, counts in unit.fields.items()
    }


def hold_to_truth(frame):
    result = tally(frame, PERIOD, as_of=AS_OF, by_field=True)
    assert truth_of(result) == {group: dict(counts) for group, counts in MADE.truth.items()}
    assert result.faults == dict(MADE.faults)
    assert result.read == MADE.table.num_rows


def as_polars(path):
    return pl.read_parquet(path)


def as_lazy_polars(path):
    return pl.scan_parquet(path)


def as_duckdb(path):
    return duckdb.from_parquet(str(path))


def as_pandas(path):
    """As pandas makes it: numbers with gaps are floats, flags with gaps objects."""
    return parquet.read_table(path).to_pandas()


def as_nullable_pandas(path):
    return parquet.read_table(path).to_pandas().convert_dtypes()


def as_arrow(path):
    return parquet.read_table(path)


@pytest.mark.parametrize(
    "engine",
    [as_polars, as_lazy_polars, as_duckdb, as_pandas, as_nullable_pandas, as_arrow],
    ids=lambda one: one.__name__,
)
def test_each_engine_counts_what_was_made(engine, parquet_file):
    hold_to_truth(engine(parquet_file))


@pytest.mark.long
@pytest.mark.parametrize("has_zone", [False, True])
def test_spark_counts_what_was_made(spark, parquet_file, has_zone):
    """Times of Spark have the zone of its session unless a file says that they have none."""
    frame = spark.read.parquet(str(parquet_file))
    if has_zone:
        frame = frame.withColumns({name: frame[name].cast("timestamp") for name in ("received", "due", "finished")})
    hold_to_truth(frame)


@pytest.mark.long
def test_spark_counts_by_the_minute_as_polars_does(spark, parquet_file):
    frames = (spark.read.parquet(str(parquet_file)), as_polars(parquet_file))
    first, second = (tally(frame, PERIOD, options=BY_MINUTE, as_of=AS_OF) for frame in frames)
    assert first == second


@pytest.mark.parametrize("engine", [as_lazy_polars, as_duckdb], ids=lambda one: one.__name__)
def test_codes_are_compared_in_parts_where_there_are_many(engine, parquet_file, monkeypatch):
    monkeypatch.setattr(repeated_codes, "_CODES_AT_ONCE", 3_000)
    hold_to_truth(engine(parquet_file))


def test_keys_of_codes_only_tell_what_may_be_equal(monkeypatch):
    """Codes of one key are still different codes."""
    one_key = dict.fromkeys(code_keys._HASHED, lambda frame: frame.with_columns(pl.lit(7).alias(code_keys.KEY)))
    monkeypatch.setattr(code_keys, "_HASHED", one_key)
    hold_to_truth(pl.from_arrow(MADE.table))


def test_duckdb_keeps_no_table_of_ours(parquet_file):
    connection = duckdb.connect()
    hold_to_truth(connection.from_parquet(str(parquet_file)))
    assert connection.execute("SHOW ALL TABLES").fetchall() == []


@pytest.mark.parametrize("engine", [as_duckdb, as_pandas, as_arrow], ids=lambda one: one.__name__)
def test_each_engine_counts_by_the_minute_as_polars_does(engine, parquet_file):
    frames = (engine(parquet_file), as_polars(parquet_file))
    first, second = (tally(frame, PERIOD, options=BY_MINUTE, as_of=AS_OF) for frame in frames)
    assert first == second


@pytest.mark.parametrize(
    "engine",
    [pl.from_arrow, duckdb.from_arrow, pa.Table.to_pandas, pl.DataFrame.lazy],
    ids=["polars", "duckdb", "pandas", "polars, lazy"],
)
def test_columns_that_are_missing_are_not_known(engine):
    small = MADE.table.select(["code", "unit", "received", "finished"]).slice(0, 500)
    result = tally(engine(pl.from_arrow(small) if engine is pl.DataFrame.lazy else small), PERIOD, as_of=AS_OF)
    assert result == tally(pl.from_arrow(small), PERIOD, as_of=AS_OF)
    assert {address[:5] for unit in result.units for address in unit.rows} <= {"3.4.2", "3.4.3"}


def test_the_same_seed_makes_the_same_dossiers():
    first, second = (made_dossiers(500, seed=7) for _ in range(2))
    assert first == second
    assert first.table.schema == MADE.table.schema
    assert set(MADE.faults) == {*range(1, 10)}


def test_the_made_dossiers_hold_every_kind():
    kinds = {name for counts in MADE.truth.values() for name in counts}
    assert kinds == set(COUNTED) - {"read", "due_before_received"}


def test_queries_written_by_hand_count_the_same():
    """They are what the rules are measured against, and share no line with them."""
    table = MADE.table.filter(compute.is_valid(MADE.table["code"]))
    dossiers = pl.from_arrow(table).unique("code", keep="any")
    by_hand = duckdb.sql(query()).pl(), by_polars(dossiers.lazy()).collect()
    result = tally(dossiers, PERIOD, as_of=AS_OF, by_field=True, codes_are_unique=True)
    for counted in by_hand:
        rows = {
            (unit, field): {name: int(value) for name, value in row.items() if value}
            for row in counted.to_dicts()
            for unit, field in [(row.pop("unit"), row.pop("field"))]
        }
        assert rows == truth_of(result)


PLAIN = {
    "code": ["a", "b"],
    "unit": ["Phường 1", "Phường 1"],
    "field": ["Đất đai", None],
    "received": [datetime.fromisoformat("2023-07-01")] * 2,
    "due": [None, None],
    "finished": [None, datetime.fromisoformat("2023-07-03")],
    "channel": [None, "online"],
    "service_level": [3, None],
    "status": [None, None],
    "paid_online": [None, True],
}
PLAIN_ROWS = {"3.4.3.a": 2, "3.4.3.b": 1, "3.4.3.c": 1, "7.7.4.a": 1, "7.7.5.d": 1, "7.8.2.a": 0}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(PLAIN),
        pl.DataFrame(PLAIN),
        pa.table(PLAIN),
        pd.DataFrame(PLAIN).astype({"unit": "category", "field": "category", "channel": "category"}),
        pl.DataFrame(PLAIN).with_columns(pl.col("unit", "field", "channel").cast(pl.Categorical)),
        pd.DataFrame(PLAIN).assign(code=[1, 2]),
        pl.DataFrame(PLAIN).with_columns(code=pl.Series([1, 2]), status=pl.lit(None, pl.Float64)),
    ],
    ids=["pandas", "polars", "arrow", "pandas categories", "polars categories", "pandas numbers", "polars numbers"],
)
def test_frames_are_taken_as_their_makers_type_them(frame):
    """Columns without anything have no type or a wrong one, texts may be categories, codes numbers."""
    [unit] = tally(frame, PERIOD).units
    assert unit.rows == PLAIN_ROWS


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("status", ["10", None], "status (Trạng thái) phải là số"),
        ("paid_online", [0, 1], "paid_online (Thanh toán trực tuyến) phải là đúng hoặc sai"),
        ("paid_online", ["có", None], "paid_online (Thanh toán trực tuyến) phải là đúng hoặc sai"),
        ("received", ["1/7/2023", "2/7/2023"], "received (Ngày tiếp nhận) phải là ngày giờ"),
    ],
)
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_what_the_standard_table_does_not_say_is_refused(make, column, values, said):
    with pytest.raises(TableError) as error:
        tally(make({**PLAIN, column: values}), PERIOD)
    assert said in str(error.value)
