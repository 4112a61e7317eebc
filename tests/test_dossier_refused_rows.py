"""The list of refused rows: which ones, why, in which order, and as a file that is safe to open."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from benchmarks.made_dossiers import AS_OF, PERIOD, made_dossiers
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc_calc.dossiers.fault_names import FAULT_NAMES, Fault
from cchc_calc.dossiers.refused_rows import RefusedRow, refused_rows, write_refused_rows
from cchc_calc.dossiers.tally import tally
from cchc_calc.tables.inert_text import inert

MADE = made_dossiers(3_000, seed=11)
at = datetime.fromisoformat


def as_polars(table):
    return pl.from_arrow(table).lazy()


def as_duckdb(table):
    return duckdb.from_arrow(table)


def as_pandas(table):
    return table.to_pandas()


ENGINES = [as_polars, as_duckdb, as_pandas]
engines = pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.__name__)

ROWS = {
    "code": ["b", "a", None, "a", "c", "a", "d", "d", ""],
    "unit": ["Phường 1", "Phường 1", "Phường 1", "Phường 1", None, "Phường 1", "Phường 2", "Phường 2", "Phường 3"],
    "received": [at("2023-07-03T08:00"), *[at("2023-07-03")] * 3, None, at("2023-07-03"), *[at("2023-07-01")] * 3],
    "due": [None] * 9,
    "finished": [at("2023-07-02T09:30:15"), None, None, at("2023-07-05"), None, at("2023-07-04"), *[None] * 3],
    "unreadable": [None, None, None, None, None, None, 11, 11, 10],
    "source": ["x.csv"] * 5 + ["y.csv"] * 4,
    "row": [2, 3, 4, 5, 6, 2, 3, 4, 5],
    "unreadable_text": [*[None] * 6, "31/02/2023 08:00:00", "31/02/2023 08:00:00", "=1+1"],
}
TYPES = pa.schema(
    [
        *((name, pa.string()) for name in ("code", "unit")),
        *((name, pa.timestamp("us")) for name in ("received", "due", "finished")),
        ("unreadable", pa.int64()),
        ("source", pa.string()),
        ("row", pa.int64()),
        ("unreadable_text", pa.string()),
    ]
)
TABLE = pa.table(ROWS, TYPES)


@engines
def test_each_refused_row_is_listed_with_its_reason(engine):
    listed = [(one.source, one.row, one.code, one.fault) for one in refused_rows(engine(TABLE))]
    assert listed == [
        ("x.csv", 2, "b", Fault.FINISHED_BEFORE_RECEIVED),
        ("x.csv", 6, "c", Fault.NO_UNIT),
        ("x.csv", 4, "", Fault.NO_CODE),
        ("y.csv", 5, "", Fault.NO_CODE),
        ("x.csv", 3, "a", Fault.DOUBLE),
        ("y.csv", 2, "a", Fault.DOUBLE),
        # Of two rows that are alike one is counted, and here refused for its own fault.
        ("y.csv", 3, "d", Fault.UNREADABLE_DUE),
        ("y.csv", 4, "d", Fault.DOUBLE),
    ]


@engines
def test_without_doubles_to_look_for_each_row_has_its_own_fault(engine):
    found = Counter(one.fault for one in refused_rows(engine(TABLE), codes_are_unique=True))
    assert found == tally(engine(TABLE), PERIOD, codes_are_unique=True).faults
    assert found[Fault.UNREADABLE_RECEIVED] == 1


@engines
def test_a_row_says_what_is_known_of_it(engine):
    first, second, *_ = refused_rows(engine(TABLE))
    assert first == RefusedRow(
        Fault.FINISHED_BEFORE_RECEIVED, "x.csv", 2, "b", "Phường 1", "2023-07-03 08:00:00", "", "2023-07-02 09:30:15"
    )
    assert first.text == "x.csv, dòng 2, hồ sơ b: ngày có kết quả trước ngày tiếp nhận"
    assert second.to_json() == {
        "source": "x.csv",
        "row": 6,
        "code": "c",
        "unit": None,
        "received": None,
        "due": None,
        "finished": None,
        "unreadable": None,
        "fault": "no_unit",
        "reason": "không có tên đơn vị",
    }


@engines
def test_what_a_time_says_that_cannot_be_read_is_told(engine):
    told = {(one.code, one.row): one for one in refused_rows(engine(TABLE))}
    one = told["d", 3]
    assert one.text == "y.csv, dòng 3, hồ sơ d: ngày hẹn trả không đọc được: “31/02/2023 08:00:00”"
    assert one.to_json()["unreadable"] == one.unreadable == "31/02/2023 08:00:00"
    # Of a row that is refused for something else it is not the reason.
    assert told["d", 4].text == f"y.csv, dòng 4, hồ sơ d: {FAULT_NAMES[Fault.DOUBLE]}"
    assert told["", 5].unreadable == "=1+1"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("31/02/2023", "31/02/2023"),
        (" 31/02/2023\u00a0\n08:00 ", "31/02/2023 08:00"),
        ("31/02\u202e/2023\u200b", "31/02�/2023�"),
        ("\x1b[31m31/02/2023\x00", "�[31m31/02/2023�"),
        ("[bold]31/02", "[bold]31/02"),
        ("3" * 60, "3" * 60),
        ("3" * 61, "3" * 59 + "…"),
    ],
)
def test_a_text_of_a_file_is_shown_in_one_line_without_unseen_signs(text, shown):
    row = RefusedRow(Fault.UNREADABLE_DUE, "", 0, text, "", "", "", "", text)
    assert row.text == f"hồ sơ {shown}: ngày hẹn trả không đọc được: “{shown}”"


@engines
def test_a_table_that_does_not_say_where_its_rows_stood(engine):
    one, *_ = refused_rows(engine(TABLE.drop_columns(["source", "row", "due", "unreadable", "unreadable_text"])))
    assert (one.source, one.row, one.due) == ("", 0, "")
    assert one.text == "hồ sơ b: ngày có kết quả trước ngày tiếp nhận"
    assert (one.to_json()["source"], one.to_json()["row"]) == (None, None)


@engines
def test_what_lies_after_the_day_of_the_export_is_refused(engine):
    faults = {one.code: one.fault for one in refused_rows(engine(TABLE), date(2023, 7, 2))}
    assert faults["b"] is Fault.IN_FUTURE


@engines
def test_no_more_are_listed_than_asked_for(engine):
    whole = list(refused_rows(engine(TABLE)))
    for limit in range(len(whole) + 2):
        assert list(refused_rows(engine(TABLE), limit=limit)) == whole[:limit]


@engines
def test_a_table_without_faults_lists_none(engine):
    assert list(refused_rows(engine(TABLE.slice(3, 1)))) == []


@engines
def test_the_list_of_made_dossiers_is_that_of_the_faults_put_in(engine):
    listed = list(refused_rows(engine(MADE.table), AS_OF))
    assert Counter(one.fault for one in listed) == MADE.faults
    assert listed == list(refused_rows(as_polars(MADE.table.take(list(range(len(MADE.table)))[::-1])), AS_OF))


times = st.sampled_from([None, at("2023-07-01"), at("2023-07-03T08:00"), at("2023-08-01")])
rows = st.fixed_dictionaries(
    {
        "code": st.sampled_from([None, "", "a", "b", "c"]),
        "unit": st.sampled_from([None, "Phường 1", "Phường 2"]),
        "received": times,
        "due": times,
        "finished": times,
        "status": st.sampled_from([None, 0, 3, 4, 10]),
        "unreadable": st.sampled_from([None, None, 10]),
        "unreadable_text": st.sampled_from([None, "31/02/2023", "Ơ", "z"]),
    }
)


def counted(result):
    """The counts of units that have any, without how many rows were read for them."""
    return {one.unit: replace(one.counts, read=0) for one in result.units if one.counts.used}


@settings(max_examples=10)
@given(st.lists(rows, min_size=1, max_size=25))
def test_what_is_not_listed_is_what_was_counted(drawn):
    """The rows that are left count the same by themselves, and none of them is refused."""
    schema = pa.schema([*TYPES, ("status", pa.int64())])
    table = pa.Table.from_pylist([row | {"row": number} for number, row in enumerate(drawn)], schema)
    whole = tally(as_polars(table), PERIOD)
    lists = [list(refused_rows(engine(table))) for engine in ENGINES]
    assert lists[1:] == lists[:1] * 2
    refused = {one.row for one in lists[0]}
    assert Counter(one.fault for one in lists[0]) == whole.faults
    assert len(refused) == len(lists[0]) == whole.refused
    rest = tally(as_polars(table.filter(pa.array([number not in refused for number in range(len(drawn))]))), PERIOD)
    assert rest.faults == {}
    assert counted(rest) == counted(whole)


@settings(max_examples=10)
@given(st.lists(rows, min_size=1, max_size=12))
@example(
    [
        {"code": "a", "unit": "Phường 1", "received": at("2023-07-01"), "status": status}
        | dict.fromkeys(("due", "finished", "unreadable", "unreadable_text"))
        for status in (10, 0, 3)
    ]
)
def test_the_order_of_the_list_is_not_that_of_the_table(drawn):
    """Even where nothing says in which row a dossier stood."""
    schema = pa.schema([*TYPES, ("status", pa.int64())])
    lists = [
        list(refused_rows(engine(pa.Table.from_pylist(some, schema))))
        for some in (drawn, drawn[::-1])
        for engine in ENGINES
    ]
    assert lists[1:] == lists[:1] * 5


@engines
def test_the_file_holds_the_whole_list(engine, tmp_path):
    path = tmp_path / "hỏng.csv"
    write_refused_rows(path, engine(TABLE))
    heading, *lines = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert heading == [
        *("Tệp", "Dòng", "Mã hồ sơ", "Đơn vị", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả"),
        *("Lý do không dùng được", "Nội dung không đọc được"),
    ]
    assert [line[:3] + line[-2:] for line in lines] == [
        [one.source, str(one.row), one.code, one.reason, inert(one.unreadable)] for one in refused_rows(engine(TABLE))
    ]
    assert lines[0][4:7] == ["2023-07-03 08:00:00", "", "2023-07-02 09:30:15"]


def test_no_text_of_a_file_becomes_a_formula(tmp_path):
    path = tmp_path / "hong.csv"
    hostile = ["=cmd|'/c calc'!A0", "@SUM(1)", "-1+1", "\t=1", "2/3", 'a"b;c\nd']
    frame = pl.DataFrame(
        {"code": hostile, "unit": "=1", "received": pl.Series([None] * 6, dtype=pl.Datetime), "unreadable": 10}
    )
    write_refused_rows(path, frame.with_columns(unreadable_text="code"))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        _, *lines = csv.reader(stream, delimiter=";")
    assert all(line[3] == "'=1" for line in lines)
    assert {line[2] for line in lines} == {line[-1] for line in lines} == set(map(inert, hostile))


def test_many_rows_are_written_in_blocks(tmp_path):
    path, count = tmp_path / "hong.csv", 25_000
    frame = pd.DataFrame({"code": map(str, range(count)), "unit": "Phường 1", "received": [pd.NaT] * count})
    write_refused_rows(path, frame)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == count + 1
