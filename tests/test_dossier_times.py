"""Texts read as times: which texts are one, and that every engine reads them alike."""

from __future__ import annotations

import shutil
from datetime import datetime

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from time_texts import READ, UNREADABLE, odd_texts, written_times

from cchc_calc.dossiers.time_forms import UNREADABLE as FAULT
from cchc_calc.dossiers.times import with_times

NUMBER = 10
"""What stands for a time that cannot be read."""


def by_polars(texts):
    return read(pl.LazyFrame({"t": texts}, {"t": pl.String}))


def by_duckdb(texts):
    return read(duckdb.from_arrow(pa.table({"t": pa.array(texts, pa.string())})))


def by_pandas(texts):
    return read(pd.DataFrame({"t": pd.Series(texts, dtype="str")}))


def by_pandas_objects(texts):
    return read(pd.DataFrame({"t": pd.Series(texts, dtype=object)}))


ENGINES = [by_polars, by_duckdb, by_pandas, by_pandas_objects]


def read(frame):
    """The times of a column of texts, as Python's; what cannot be read is its number."""
    table = with_times(nw.from_native(frame).lazy(), {"t": NUMBER}).select("t_time", FAULT)
    read_table = table.collect("pyarrow").to_native()
    times, faults = read_table["t_time"].cast(pa.timestamp("us")).to_pylist(), read_table[FAULT].to_pylist()
    return [time if fault is None else int(fault) for time, fault in zip(times, faults, strict=True)]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.__name__)
def test_a_text_is_read_as_the_time_it_says(engine):
    texts, times = zip(*READ, strict=True)
    assert dict(zip(texts, engine(texts), strict=True)) == {
        text: datetime.fromisoformat(time) for text, time in zip(texts, times, strict=True)
    }


@pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.__name__)
def test_what_is_not_surely_a_time_is_none(engine):
    assert {text for text, time in zip(UNREADABLE, engine(UNREADABLE), strict=True) if time != NUMBER} == set()


@pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.__name__)
def test_a_blank_says_nothing_and_is_no_fault(engine):
    assert engine([None, "", " ", "\t\u00a0\n", "\u200b"]) == [None] * 5


@settings(max_examples=25)
@given(st.lists(written_times, min_size=1, max_size=40))
def test_a_time_comes_back_from_every_form(pairs):
    texts, times = map(list, zip(*pairs, strict=True))
    for engine in ENGINES:
        assert engine(texts) == times


@settings(max_examples=40)
@given(st.lists(odd_texts, min_size=1, max_size=40))
@example(["13/06/2023 08:05:60", "2023061308053", "13/06-2023", "1/1/2000T3:4", "45090,", ",45090", "2023/6/3, 7:8"])
@example(["01/01/205 ", "26/11/20   18:16:52", "18-01-209  04:06", "20/1/203\n"])
def test_all_engines_read_any_text_alike(texts):
    first, *others = (engine(texts) for engine in ENGINES)
    assert others == [first] * len(others)


@pytest.fixture(scope="module")
def by_spark():
    """Spark as one of the engines, in a zone whose clocks are put forward in spring; or skip the test."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed: no text is read by Spark")
    from cchc_calc.dossiers.spark import session

    running = session()
    running.conf.set("spark.sql.session.timeZone", "America/New_York")

    def read_by_spark(texts):
        frame = running.createDataFrame(list(enumerate(texts)), "place int, t string")
        table = with_times(nw.from_native(frame).lazy(), {"t": NUMBER}).select("place", "t_time", FAULT)
        rows = sorted(map(tuple, table.to_native().collect()))
        return [time if fault is None else fault for _, time, fault in rows]

    yield read_by_spark
    running.stop()


@pytest.mark.long
def test_spark_reads_all_texts_as_the_others_do(by_spark):
    gap = ["12/03/2023 02:30", "2023-03-12T02:30:00", "20230312023000"]
    texts = [text for text, _ in READ] + UNREADABLE + gap
    assert by_spark(texts) == by_duckdb(texts)

    @settings(max_examples=8)
    @given(st.lists(odd_texts, min_size=1, max_size=60))
    def alike(texts):
        assert by_spark(texts) == by_duckdb(texts)

    alike()
