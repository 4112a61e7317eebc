"""The tables as files: exact through CSV and Parquet, the same bytes, no formula in a spreadsheet, no half file."""

from __future__ import annotations

import csv
import errno
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from filled_forms import FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import submitted, wards
from openpyxl import load_workbook
from pyarrow import parquet
from spreadsheet import save_as
from test_inert_text import begins_a_formula, restored

from cchc_calc import consolidate
from cchc_calc.consolidation.refusals import Refusal
from cchc_calc.errors import TableError
from cchc_calc.states import State
from cchc_calc.tables import csv_files, writing
from cchc_calc.tables.consolidated import table_of
from cchc_calc.tables.csv_files import write_csv
from cchc_calc.tables.parquet_files import write_parquet
from cchc_calc.tables.writing import require_table, write_table

TABLES = ("values", "totals", "units", "refused")
HOSTILE = (
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://x";"y")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    ' "=1+1"',
    "xã A;=1+1;",
    "xã A,=1+1,",
    "xã A\n=1+1",
    "Phường 1/2",
    "＝1+1",
)
FILLED = [row.address for row in FORM.rows if not row.is_heading]


def of_hostile_units():
    reports = [
        submitted(f"{name} thuộc xã {number}", {"1.1": number, "3.4.3.b": 3, "3.4.3.c": 2})
        for number, name in enumerate(HOSTILE)
    ]
    refused = [Refusal(f"{name}.xlsx", "F05", f"{name}.", f"{name}!") for name in HOSTILE]
    done = consolidate(reports, refused=refused)
    assert len(done.units) == len(done.refused) == len(HOSTILE)
    return done


def csv_rows(path, delimiter=";"):
    """The cells of a .csv, header first, as a reader that knows nothing of us sees them."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter, strict=True))


def content_of(state, exact):
    return Fraction(restored(exact)) if state == "value" else State(state)


def contents_of(done):
    return [of_unit.get(address, State.BLANK) for of_unit in done.contents for address in FILLED]


@pytest.mark.parametrize("delimiter", [";", ","])
def test_the_values_as_csv(tmp_path, delimiter):
    path = tmp_path / "số liệu.csv"
    write_table(path, consolidate([submitted("UBND phường 1", {"3.4.3.b": 3, "3.4.3.c": 2})]), delimiter=delimiter)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfform" + delimiter.encode())
    header, *rows = csv_rows(path, delimiter)
    lines = {row[header.index("address")]: dict(zip(header, row, strict=True)) for row in rows}
    assert list(lines) == FILLED
    mark = {";": ",", ",": "."}[delimiter]
    rate, count = lines["3.4.3"], lines["3.4.3.b"]
    assert (rate["value"], rate["exact"], rate["text"]) == (f"0{mark}6666666666666666", "'2/3", "66,67%")
    assert (count["value"], count["exact"], count["text"]) == ("3", "3", "3")
    assert (lines["1.1"]["state"], lines["1.1"]["value"], lines["1.1"]["exact"]) == ("blank", "", "")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("delimiter", [";", ","])
def test_no_cell_of_a_csv_begins_a_formula(tmp_path, table, delimiter):
    path = tmp_path / "bảng.csv"
    done = of_hostile_units()
    write_table(path, done, table, delimiter=delimiter)
    header, *rows = csv_rows(path, delimiter)
    assert not [cell for row in rows for cell in row if begins_a_formula(cell)]
    frame = done.to_frame(table)
    for name in set(header) & {"unit", "source", "message"}:
        assert [restored(row[header.index(name)]) for row in rows] == list(frame[name])
    # neither where another mark parts the cells
    text = path.read_text(encoding="utf-8-sig")
    assert not [cell for line in text.splitlines() for cell in line.split("|") if begins_a_formula(cell)]


def test_a_negative_number_stays_a_number(tmp_path):
    path = tmp_path / "bảng.csv"
    write_table(path, consolidate([submitted("UBND phường 1", {"6.1.a": -3})]))
    header, *rows = csv_rows(path)
    (line,) = (row for row in rows if row[header.index("address")] == "6.1.a")
    assert line[header.index("value") :] == ["-3", "-3", "-3"]


names = st.text(st.sampled_from("=+-@'\" \t\r\n,;ấ0Ơ"), min_size=1, max_size=8)


@settings(max_examples=20)
@given(wards(most=3), st.lists(names, min_size=3, max_size=3), st.sampled_from([";", ","]))
def test_every_content_and_text_comes_back_from_csv(tmp_path_factory, reports, given_names, delimiter):
    path = tmp_path_factory.mktemp("csv") / "bảng.csv"
    sent = [replace(one, source=name) for one, name in zip(reports, given_names, strict=False)]
    done = consolidate(sent)
    write_table(path, done, delimiter=delimiter)
    header, *rows = csv_rows(path, delimiter)
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    assert [content_of(*line) for line in zip(columns["state"], columns["exact"], strict=True)] == contents_of(done)
    assert [restored(source) for source in columns["source"][:: len(FILLED)]] == [unit.source for unit in done.units]
    decimal = csv_files.DECIMAL_MARKS[delimiter]
    values = [float(value.replace(decimal, ".")) if value else None for value in columns["value"]]
    assert values == [None if isinstance(content, State) else float(content) for content in contents_of(done)]


@settings(max_examples=20)
@given(wards(most=3))
def test_every_content_comes_back_from_parquet(tmp_path_factory, reports):
    path = tmp_path_factory.mktemp("parquet") / "bảng.parquet"
    done = consolidate(reports)
    write_table(path, done)
    frame = pd.read_parquet(path)
    assert [content_of(*line) for line in zip(frame["state"], frame["exact"].fillna(""), strict=True)] == contents_of(
        done
    )


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_from_parquet_what_to_frame_gives(tmp_path, table):
    path = tmp_path / "bảng.parquet"
    done = of_hostile_units()
    for given_done in (done, replace(done, units=(), contents=(), rows=(), refused=())):
        write_table(path, given_done, table)
        read, made = pd.read_parquet(path), given_done.to_frame(table)
        # the file holds the labels that occur, the frame those that may
        pd.testing.assert_frame_equal(read, made, check_categorical=False)
        assert read.dtypes.astype(str).to_dict() == made.dtypes.astype(str).to_dict()


@pytest.mark.parametrize("delimiter", [";", ","])
def test_pandas_reads_the_csv(tmp_path, delimiter):
    path = tmp_path / "bảng.csv"
    done = of_hostile_units()
    write_table(path, done, delimiter=delimiter)
    read = pd.read_csv(
        path,
        sep=delimiter,
        decimal=csv_files.DECIMAL_MARKS[delimiter],
        encoding="utf-8-sig",
        keep_default_na=False,
        na_values={"value": [""]},
        dtype={"address": str, "code": str, "exact": str},
    )
    made = done.to_frame()
    assert read["value"].equals(made["value"])
    assert list(read["address"]) == list(made["address"])
    assert list(read["state"]) == list(made["state"])


CSV_IN_DUCKDB = (
    "read_csv(?, delim = ';', decimal_separator = ',', quote = '\"', escape = '\"', header = true,"
    " types = {'address': 'VARCHAR', 'code': 'VARCHAR', 'exact': 'VARCHAR', 'value': 'DOUBLE'})"
)


@pytest.mark.parametrize(("name", "source"), [("bảng.csv", CSV_IN_DUCKDB), ("bảng.parquet", "read_parquet(?)")])
def test_duckdb_reads_the_files(tmp_path, name, source):
    path = tmp_path / name
    write_table(path, of_hostile_units())
    with duckdb.connect() as connection:
        (counted,) = connection.execute(f"SELECT count(*) FROM {source}", [str(path)]).fetchall()  # noqa: S608
        pooled = connection.execute(
            f"SELECT address, state, sum(value) FROM {source} WHERE address IN ('1.2', '3.4.3.b')"  # noqa: S608
            " GROUP BY ALL ORDER BY address",
            [str(path)],
        ).fetchall()
    assert counted == (len(HOSTILE) * len(FILLED),)
    assert pooled == [("1.2", "blank", None), ("3.4.3.b", "value", 3.0 * len(HOSTILE))]


class TestLibreOffice:
    # Every setting by which a text could become a formula: marks between cells, special numbers, formulas computed.
    SETTINGS = "Text - txt - csv (StarCalc):{marks},34,76,1,,1066,false,true,false,false,false,-1,true"

    @pytest.mark.usefixtures("soffice")
    @pytest.mark.parametrize("marks", ["59", "44", "59/44/9"])
    def test_nothing_becomes_a_formula(self, tmp_path, marks):
        guarded, bare = tmp_path / "bảng.csv", tmp_path / "trần.csv"
        write_table(guarded, of_hostile_units(), "refused")
        with bare.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([name] for name in HOSTILE)
        results = save_as([guarded, bare], "xlsx", tmp_path / "mở", opened_by=self.SETTINGS.format(marks=marks))
        found, unguarded = map(formulas_in, results)
        assert found == []
        # so the settings do make formulas of what is not guarded
        assert unguarded

    @pytest.mark.usefixtures("soffice")
    def test_numbers_are_numbers_and_texts_are_texts(self, tmp_path):
        path = tmp_path / "bảng.csv"
        write_table(path, of_hostile_units(), "totals")
        settings_ = "Text - txt - csv (StarCalc):59,34,76,1,,1066"
        (result,) = save_as([path], "xlsx", tmp_path / "mở", opened_by=settings_)
        header, *rows = load_workbook(result).active.iter_rows(values_only=True)
        (line,) = (
            dict(zip(header, row, strict=True)) for row in rows if row[header.index("id")] == "commune_on_time_rate"
        )
        assert line["value"] == pytest.approx(2 / 3)
        assert line["label"] == FORM.row("3.4.3").label
        assert (line["exact"], line["units_reported"]) == ("'2/3", len(HOSTILE))


def formulas_in(path):
    return [cell.value for line in load_workbook(path).active.iter_rows() for cell in line if cell.data_type == "f"]


MAKE = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from test_table_files import of_hostile_units
from cchc_calc.tables.writing import write_table
for name in sys.argv[3:]:
    write_table(Path(sys.argv[2]) / name, of_hostile_units())
"""


def test_the_same_bytes_in_another_order_another_zone_and_another_hash_seed(tmp_path):
    files = ["bảng.csv", "bảng.parquet"]
    here, there = tmp_path / "đây", tmp_path / "kia"
    for folder in (here, there):
        folder.mkdir()
    done = of_hostile_units()
    for name in files:
        write_table(here / name, done)
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    arguments = [sys.executable, "-X", "utf8", "-c", MAKE, str(Path(__file__).parent), str(there), *files]
    subprocess.run(arguments, env=environment, check=True, capture_output=True)
    assert [(here / name).read_bytes() for name in files] == [(there / name).read_bytes() for name in files]


def test_the_metadata_of_a_parquet_names_the_writer_and_nothing_else(tmp_path):
    path = tmp_path / "bảng.parquet"
    write_table(path, of_hostile_units())
    metadata = parquet.read_metadata(path)
    assert metadata.created_by.startswith("parquet-cpp-arrow version ")
    assert set(metadata.metadata) == {b"ARROW:schema"}


class Made(Sequence):
    """The contents of units, made when they are asked for."""

    def __init__(self, count, broken_at=None):
        self.count, self.broken_at, self.asked = count, broken_at, []

    def __len__(self):
        return self.count

    def __getitem__(self, number):
        if number >= self.count:
            raise IndexError(number)
        if number == self.broken_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.asked.append(number)
        return dict.fromkeys(FILLED, number % 90)


def of_many(count, broken_at=None):
    done = consolidate([submitted("UBND phường 1", {"1.1": 1})])
    units = tuple(replace(done.units[0], unit=f"UBND xã {number}") for number in range(count))
    return replace(done, units=units, contents=Made(count, broken_at))


@pytest.mark.parametrize("name", ["bảng.csv", "bảng.parquet"])
def test_each_unit_is_asked_once(tmp_path, name):
    done = of_many(5)
    write_table(tmp_path / name, done)
    assert done.contents.asked == [0, 1, 2, 3, 4]


def test_many_units_make_several_groups_of_rows(tmp_path):
    path = tmp_path / "bảng.parquet"
    done = of_many(900)
    write_table(path, done)
    assert parquet.read_metadata(path).num_row_groups == 8
    read = pd.read_parquet(path, columns=["unit", "value"])
    assert read["value"].equals(done.to_frame()["value"])
    assert read["unit"].nunique() == 900


def test_memory_does_not_grow_with_the_units(tmp_path):
    def peak(count):
        done = of_many(count)
        tracemalloc.start()
        write_table(tmp_path / "bảng.csv", done)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(20)
    assert peak(400) < 2 * peak(40)


@pytest.mark.parametrize("name", ["bảng.csv", "bảng.parquet"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, name):
    path = tmp_path / name
    path.write_bytes("cũ".encode())
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write_table(path, of_many(9, broken_at=8))
    assert [found.name for found in tmp_path.iterdir()] == [name]
    assert path.read_bytes() == "cũ".encode()


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(TableError, match=r"phải có đuôi \.csv hoặc \.parquet, không phải “bảng\.xls”"):
        write_table(tmp_path / "bảng.xls", of_many(1))
    assert list(tmp_path.iterdir()) == []


def test_an_ending_in_capitals_is_the_same(tmp_path):
    write_table(tmp_path / "BANG.CSV", of_many(1))
    write_table(str(tmp_path / "BANG.Parquet"), of_many(1))
    assert parquet.read_metadata(tmp_path / "BANG.Parquet").num_rows == len(FILLED)


def test_a_missing_package_is_told_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "find_spec", lambda name: None if name == "pyarrow" else name)
    with pytest.raises(TableError, match=r'pip install "cchc_calc\[parquet\]"'):
        require_table(tmp_path / "bảng.parquet")
    require_table(tmp_path / "bảng.csv")


def test_another_delimiter_is_wrong_use(tmp_path):
    with pytest.raises(ValueError, match=r"the delimiter is one of ';', ',', not '\|'"):
        write_csv(tmp_path / "bảng.csv", table_of(of_many(1)), "|")


def test_a_name_no_encoding_can_hold_does_not_stop_the_writing(tmp_path):
    done = consolidate([submitted("UBND phường 1", {"1.1": 1}, source="biểu\udcff.xlsx")])
    write_csv(tmp_path / "bảng.csv", table_of(done, "units"))
    write_parquet(tmp_path / "bảng.parquet", table_of(done, "units"))
    assert list(pd.read_parquet(tmp_path / "bảng.parquet")["source"]) == [r"biểu\udcff.xlsx"]
