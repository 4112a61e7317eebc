"""An export made a standard table: texts read, typed columns taken, blank rows left out, by every engine alike."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phuong_son_dossiers import UNIT
from phuong_son_dossiers import dossiers as phuong_son
from time_texts import odd_texts, written_times

from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.headings import find_columns, known_columns
from cchc_calc.dossiers.refused_rows import refused_rows
from cchc_calc.dossiers.schema import COLUMNS, EXPORTED, Kind
from cchc_calc.dossiers.standardising import standardised
from cchc_calc.dossiers.statuses import statuses
from cchc_calc.dossiers.tally import tally
from cchc_calc.periods import Period

KNOWN = known_columns()
at = datetime.fromisoformat
PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12))
HEADINGS = [one.title for one in EXPORTED]
NAMES = {one.name: one.title for one in EXPORTED}
ROWS = [
    ["H1", "Phường 1", "Đất đai", "13/06/2023 08:05", "20/06/2023", "19/06/2023", "Trực tuyến", "Toàn trình", "10",
     "Có", "9.500", "Không", "x"],
    [" H2 ", "  ", " Hộ tịch", "45090,5", "", None, "1", "3.0", "Đang xử lý", None, "", "0", ""],
    ["", " ", None, "\t", "", "", None, "", " ", "", "", "", "\u00a0"],
    [None] * 13,
    ["H5 ", "Phường 1", None, "13/06/2023", "32/06/2023", "chưa", "bưu tá", "9", "Tạm dừng", "?", "9,5", "?", "?"],
    ["H6", "Phường 1", None, "", "", "sắp xong", None, None, None, None, None, None, None],
    [None, None, None, None, None, None, None, None, None, None, "9500", None, None],
]  # fmt: skip
READ = [
    ["H1", "Phường 1", "Đất đai", at("2023-06-13T08:05"), at("2023-06-20"), at("2023-06-19"), "online",
     4, 10, True, 9500, False, True, None],
    ["H2", "", "Hộ tịch", at("2023-06-13T12:00"), None, None, "direct", 3, 4, None, None, False, None, None],
    ["H5", "Phường 1", "", at("2023-06-13"), None, None, "", None, 0, None, None, None, None, 11],
    ["H6", "Phường 1", "", None, None, None, "", None, None, None, None, None, None, 12],
    ["", "", "", None, None, None, "", None, None, None, 9500, None, None, None],
]  # fmt: skip


def columns_of(rows, headings=HEADINGS):
    return {heading: list(texts) for heading, texts in zip(headings, zip(*rows, strict=True), strict=True)}


def as_polars(columns):
    return pl.LazyFrame(columns, dict.fromkeys(columns, pl.String))


def as_eager_polars(columns):
    return as_polars(columns).collect()


def as_duckdb(columns):
    return duckdb.from_arrow(pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()}))


def as_pandas(columns):
    return pd.DataFrame({name: pd.Series(texts, dtype="str") for name, texts in columns.items()})


def as_pandas_objects(columns):
    return pd.DataFrame({name: pd.Series(texts, dtype=object) for name, texts in columns.items()})


ENGINES = [as_polars, as_eager_polars, as_duckdb, as_pandas, as_pandas_objects]
engines = pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.__name__)


def rows_of(frame):
    """The rows of a standard table in the values of Python; a column that is not there is one without anything."""
    if isinstance(frame, pd.DataFrame):
        table = pa.Table.from_pandas(frame, preserve_index=False)
    elif isinstance(frame, pl.LazyFrame):
        table = frame.collect().to_arrow()
    else:
        table = pa.table(frame.to_arrow_table())
    rows = [[row.get(one.name) for one in COLUMNS] for row in table.to_pylist()]
    return [[plain(one.kind, value) for one, value in zip(COLUMNS, row, strict=True)] for row in rows]


def plain(kind, value):
    match kind:
        case Kind.TEXT:
            return value or ""
        case Kind.NUMBER:
            return None if value is None else int(value)
    return value


@engines
def test_an_export_becomes_the_standard_table(engine):
    assert rows_of(standardised(engine(columns_of(ROWS)), NAMES, KNOWN)) == READ


@engines
def test_the_table_is_one_of_the_same_engine(engine):
    frame = engine(columns_of(ROWS))
    made = standardised(frame, NAMES, KNOWN)
    assert type(made) is (pl.LazyFrame if isinstance(frame, pl.DataFrame) else type(frame))


@engines
def test_columns_may_bear_any_names(engine):
    """Files give their columns by place; a name may be that of another standard column, or hold marks of SQL."""
    odd = ["due", "code", 'a"b', "received_time", "unreadable", *(f"c{place}" for place in range(8))]
    frame = engine(columns_of(ROWS, odd))
    names = {one.name: name for one, name in zip(EXPORTED, odd, strict=True)}
    assert rows_of(standardised(frame, names, KNOWN)) == READ


@engines
def test_a_unit_that_is_given_stands_where_none_is_named(engine):
    made = rows_of(standardised(engine(columns_of(ROWS)), NAMES, KNOWN, unit="UBND phường 9"))
    assert [row[1] for row in made] == ["Phường 1", "UBND phường 9", "Phường 1", "Phường 1", "UBND phường 9"]
    without = {name: inside for name, inside in NAMES.items() if name != "unit"}
    made = rows_of(standardised(engine(columns_of(ROWS)), without, KNOWN, unit="UBND phường 9"))
    assert [row[1] for row in made] == ["UBND phường 9"] * 5


@engines
def test_the_place_of_a_row_is_kept_and_alone_makes_no_row(engine):
    columns = columns_of(ROWS) | {"tệp": ["a.csv"] * 7, "dòng": [str(number) for number in range(2, 9)]}
    made = standardised(engine(columns), NAMES | {"source": "tệp", "row": "dòng"}, KNOWN)
    made = made.collect() if isinstance(made, pl.LazyFrame) else made
    kept = made["row"].tolist() if isinstance(made, pd.DataFrame) else [row[-1] for row in all_rows(made)]
    assert kept == ["2", "3", "6", "7", "8"]


def all_rows(frame):
    return frame.rows() if isinstance(frame, pl.DataFrame) else frame.fetchall()


@engines
def test_a_few_columns_are_enough(engine):
    few = {name: NAMES[name] for name in ("code", "unit", "received")}
    made = rows_of(standardised(engine(columns_of(ROWS)), few, KNOWN))
    assert [row[:2] + row[3:4] for row in made] == [row[:2] + row[3:4] for row in READ[:4]]


@engines
def test_what_a_time_says_that_cannot_be_read_is_kept_as_it_stands(engine):
    said = [["31/02/2023 ", "x"], ["", "=1+1"], ["13/06/2023", ""]]
    columns = columns_of([["H1", "Phường 1", *row] for row in said], ["c", "u", "r", "d"])
    names = {"code": "c", "unit": "u", "received": "r", "due": "d"}
    made = standardised(engine(columns), names, KNOWN)
    assert sorted((one.fault, one.unreadable) for one in refused_rows(made, codes_are_unique=True)) == [
        (Fault.UNREADABLE_RECEIVED, "31/02/2023 "),
        (Fault.UNREADABLE_DUE, "=1+1"),
    ]
    made = standardised(engine(columns_of(ROWS)), NAMES, KNOWN, unit="Phường 1")
    assert [one.unreadable for one in refused_rows(made)] == ["32/06/2023", "sắp xong", ""]


@engines
def test_what_cannot_be_read_is_refused_for_it(engine):
    made = standardised(engine(columns_of(ROWS)), NAMES, KNOWN, unit="Phường 2")
    result = tally(made, PERIOD)
    assert result.read == 5
    assert result.faults == {Fault.UNREADABLE_DUE: 1, Fault.UNREADABLE_FINISHED: 1, Fault.NO_CODE: 1}


TYPED = phuong_son()


@pytest.mark.parametrize(
    "frame",
    [
        TYPED,
        TYPED.lazy(),
        TYPED.to_pandas(),
        TYPED.to_pandas().convert_dtypes(),
        duckdb.from_arrow(TYPED.to_arrow()),
        TYPED.with_columns(pl.col("received").dt.replace_time_zone("Asia/Ho_Chi_Minh"), pl.col("due").cast(pl.Date)),
        TYPED.with_columns(pl.col("unit", "field", "channel").cast(pl.Categorical)),
        TYPED.to_pandas().astype({"unit": "category", "channel": "category"}),
        TYPED.with_columns(pl.col("status").cast(pl.String), pl.col("paid_online").cast(pl.Int8)),
    ],
    ids=["polars", "lazy", "pandas", "nullable", "duckdb", "zone and days", "categories", "pandas categories", "mixed"],
)
def test_typed_columns_are_taken_as_they_are(frame):
    names = {name: name for name in TYPED.columns if name != "unreadable"}
    made = tally(standardised(frame, names, KNOWN), PERIOD)
    truth = tally(TYPED, PERIOD)
    assert made.counts == truth.counts
    assert made.faults == truth.faults == {}


def test_objects_of_pandas_are_read_by_what_they_say():
    """As a sheet gives them: days, texts, numbers and nothing in one column."""
    frame = pd.DataFrame(
        {
            "Mã HS": ["1", 2, 3.5],
            "Đơn vị": ["Phường 1", None, float("nan")],
            "Ngày nhận": [at("2023-06-13T08:05"), "14/06/2023", date(2023, 6, 15)],
            "Hình thức nộp": [2, "Trực tiếp", None],
            "Thanh toán trực tuyến": [True, None, "Không"],
        }
    )
    found = find_columns(list(frame.columns), KNOWN, source="bảng")
    names = {name: frame.columns[place] for name, place in found.places.items()}
    made = rows_of(standardised(frame, names, KNOWN))
    assert [row[0] for row in made] == ["1", "2", "3.5"]
    assert [row[1] for row in made] == ["Phường 1", "", ""]
    assert [row[3] for row in made] == [at("2023-06-13T08:05"), at("2023-06-14"), at("2023-06-15")]
    assert [row[6] for row in made] == ["online", "direct", ""]
    assert [row[9] for row in made] == [True, None, False]


def written_export():
    """The quarter of phường Phương Sơn as an export writes it, all cells texts."""
    words = {True: "Có", False: "Không", "online": "Trực tuyến", "direct": "Trực tiếp"}

    def text(name, value):
        if value is None:
            return None
        if isinstance(value, datetime):
            return f"{value:%d/%m/%Y %H:%M:%S}"
        if name == "status":
            return statuses()[value].name
        return words[value] if name in {"channel", "paid_online", "sent_by_post", "returned_by_post"} else str(value)

    return {NAMES[name]: [text(name, value) for value in TYPED[name]] for name in NAMES}


@engines
def test_the_quarter_of_phuong_son_written_as_an_export_counts_the_same(engine):
    made = tally(standardised(engine(written_export()), NAMES, KNOWN), PERIOD)
    truth = tally(TYPED, PERIOD)
    assert (made.read, made.counts, made.units) == (447, truth.counts, truth.units)
    assert made.units[0].unit.name == UNIT


texts = st.one_of(
    st.sampled_from([None, "", " ", "\u00a0", "Có", "2", "Trực tuyến", "10", "9.500", "Phường 1", " Phường 1 ", "lạ"]),
    written_times.map(lambda pair: pair[0]),
    odd_texts,
)
exports = st.lists(st.tuples(*[texts] * len(EXPORTED)), min_size=1, max_size=6)


@settings(max_examples=6)
@given(exports)
def test_all_engines_make_the_same_table_of_any_texts(rows):
    first, *others = (rows_of(standardised(engine(columns_of(rows)), NAMES, KNOWN)) for engine in ENGINES)
    assert others == [first] * len(others)


@pytest.mark.long
def test_spark_makes_the_same_table():
    if shutil.which("java") is None:
        pytest.skip("java is not installed: no table is made by Spark")
    from cchc_calc.dossiers.spark import session

    running = session()
    try:
        frame = running.createDataFrame([(number, *row) for number, row in enumerate(ROWS)], ["n", *HEADINGS])
        made = standardised(frame, NAMES | {"row": "n"}, KNOWN).orderBy("row").drop("row")
        rows = [[row[one.name] for one in COLUMNS] for row in made.collect()]
        assert [[plain(one.kind, v) for one, v in zip(COLUMNS, row, strict=True)] for row in rows] == READ
        told = refused_rows(standardised(frame, NAMES, KNOWN, unit="Phường 1"))
        assert [one.unreadable for one in told] == ["32/06/2023", "sắp xong", ""]
    finally:
        running.stop()
