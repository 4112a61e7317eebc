"""Exports read into the standard table: alike by every engine, nothing lost, nothing left behind."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from exported_dossiers import ENCODINGS, HEADINGS, PERIOD, ROWS, csv_text, rows_read, written
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from cchc_calc.dossiers import engine_names
from cchc_calc.dossiers.engine_names import Engine, require
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.files import NotPlainError, read_dossiers
from cchc_calc.dossiers.files.database import connect
from cchc_calc.dossiers.headings import known_columns
from cchc_calc.dossiers.tally import tally
from cchc_calc.dossiers.unknown_spellings import UnknownSpellings
from cchc_calc.errors import SourceRefusedError

UNIT = "UBND phường Phương Sơn"
SMALL_ENGINES = (Engine.DUCKDB, Engine.POLARS, Engine.PANDAS)
MESSY = (
    *ROWS,
    ("H32-4", UNIT, "Đất đai", "2023-06-13T10:00:00", "13-6-2023", "20230613", "2"),
    ("H32-5", UNIT, "Đất đai", "45090,5", "31/12/2022", "", "nộp trực tiếp"),
    ("H32-6", UNIT, "Đất đai", "13/13/2023", "", "", "Trực tuyến"),
    ("H32-7", UNIT, "Đất đai", "hôm qua", "mai", "", "không rõ"),
    ("H32-8", "", "Đất đai", "13/06/2023", "", "", ""),
    ("", UNIT, "", "13/06/2023", "", "", ""),
    ("H32-3", UNIT, "", "13/06/2023", "", "", ""),
    ("H32-9", UNIT, "", "", "", "", ""),
)
MESSY_FAULTS = {
    Fault.UNREADABLE_RECEIVED: 2,
    Fault.NO_UNIT: 1,
    Fault.NO_CODE: 1,
    Fault.DOUBLE: 1,
    Fault.NO_RECEIVED: 1,
    Fault.BROKEN_ROW: 2,
}
HEAD = ";".join(HEADINGS)
QUOTED = '"UBND\nTHÀNH PHỐ"\n'
BROKEN = ";".join(("x",) * 9) + "\n"


def counted(*paths: str, **asked):
    with read_dossiers(paths, **asked) as dossiers:
        return tally(dossiers.frame, PERIOD, by_field=True, broken_rows=dossiers.broken_rows)


@pytest.mark.parametrize("engine", SMALL_ENGINES)
@pytest.mark.parametrize("encoding", ["UTF-8", "windows-1258"])
def test_all_engines_count_alike(tmp_path, engine, encoding):
    text = csv_text(MESSY) + BROKEN + BROKEN
    result = counted(written(tmp_path, ENCODINGS[encoding](text)), engine=engine)
    assert (result.read, result.used, result.faults) == (13, 5, MESSY_FAULTS)
    assert result.to_json()["units"] == counted(written(tmp_path, text)).to_json()["units"]


@pytest.mark.long
def test_spark_counts_alike(tmp_path):
    text = csv_text(MESSY) + BROKEN + BROKEN
    first, second = written(tmp_path, text, "a.csv"), written(tmp_path, ENCODINGS["UTF-16 LE"](text), "b.csv")
    with read_dossiers([first], engine=Engine.PYSPARK) as dossiers:
        dossiers.frame.write.parquet(str(tmp_path / "bảng"))
        dossiers.frame.createOrReplaceTempView("ho_so")
        result = tally(dossiers.frame, PERIOD, by_field=True, broken_rows=dossiers.broken_rows)
        assert result.to_json() == counted(first).to_json()
        assert counted("ho_so", engine=Engine.PYSPARK).to_json()["units"] == result.to_json()["units"]
    assert counted(second, engine=Engine.PYSPARK).to_json() == result.to_json()
    assert counted(str(tmp_path / "bảng"), engine=Engine.PYSPARK).to_json()["units"] == result.to_json()["units"]
    with pytest.raises(SourceRefusedError, match="danh mục của Spark"):
        counted("khong_co_bang", engine=Engine.PYSPARK)


@pytest.mark.parametrize("data", [csv_text(MESSY), ENCODINGS["UTF-16 LE"](csv_text(MESSY)), QUOTED + csv_text(MESSY)])
def test_what_is_counted_once_counts_alike(tmp_path, data):
    path = written(tmp_path, data)
    assert counted(path, once=True).to_json() == counted(path).to_json()


@pytest.mark.parametrize("odd", [BROKEN, '"never closed;', 'H32;"a\nb";x\n'])
def test_what_is_counted_once_and_is_odd_has_to_be_read_again(tmp_path, odd):
    path = written(tmp_path, csv_text(MESSY) + odd)
    with pytest.raises(NotPlainError):
        counted(path, once=True)
    assert counted(path).read in (12, 13)


@settings(max_examples=15)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["H1", "H2", "", "H3"]),
            st.sampled_from([UNIT, "", "UBND xã A"]),
            st.sampled_from(["13/06/2023", "", "x", "01/01/2030"]),
            st.sampled_from(["", "thừa"]),
        ),
        max_size=12,
    )
)
def test_used_and_refused_are_all_that_was_read(tmp_path_factory, rows):
    filled = [row for row in rows if any(row[:3]) or row[3]]
    lines = [f"{code};{unit};{day}" + (f";{more}" if more else "") for code, unit, day, more in rows]
    path = written(tmp_path_factory.mktemp("law"), "\n".join(["Mã hồ sơ;Đơn vị;Ngày tiếp nhận", *lines]))
    result = counted(path)
    assert result.read == result.used + result.refused == len(filled)
    assert result.faults.get(Fault.BROKEN_ROW, 0) == sum(bool(row[3]) for row in rows)
    codes = Counter(code for code, _, _, more in rows if code and not more)
    assert result.faults.get(Fault.DOUBLE, 0) == sum(times - 1 for times in codes.values())


def test_a_unit_is_given_for_dossiers_that_name_none(tmp_path):
    path = written(tmp_path, "Mã hồ sơ;Ngày tiếp nhận\nH1;13/06/2023\n")
    assert [row["unit"] for row in rows_read(path, unit=UNIT)] == [UNIT]
    with pytest.raises(SourceRefusedError, match="Đơn vị"):
        rows_read(path)


def test_a_heading_is_chosen(tmp_path):
    text = "DANH SÁCH HỒ SƠ\nSố BN;Nơi nhận;Ngày nộp\nH1;UBND xã A;13/06/2023\n"
    chosen = {"Số BN": "Mã hồ sơ", "Nơi nhận": "unit", "Ngày nộp": "Ngày tiếp nhận"}
    [row] = rows_read(written(tmp_path, text), chosen=chosen)
    assert (row["code"], row["unit"], f"{row['received']:%d/%m/%Y}") == ("H1", "UBND xã A", "13/06/2023")


def test_an_office_has_headings_of_its_own(tmp_path):
    own = Path(written(tmp_path, '[headings]\n"Số BN" = "Mã hồ sơ"\n', "cột.toml"))
    path = written(tmp_path, "Số BN;Đơn vị;Ngày tiếp nhận\nH1;UBND xã A;13/06/2023\n")
    assert rows_read(path, known=known_columns(own))[0]["code"] == "H1"


def test_findings_say_what_was_not_used(tmp_path):
    text = csv_text([(*ROWS[0], "x")], (*HEADINGS, "Sổ theo dõi")) + ";".join(["y"] * 9) + "\n" + BROKEN * 9
    with read_dossiers([written(tmp_path, text)]) as dossiers:
        said = {finding.rule: finding for finding in dossiers.findings}
    assert "“Sổ theo dõi”" in said["dossiers_columns_unrecognised"].message
    assert "hồ sơ.csv: 10 dòng hỏng" in said["dossiers_broken_rows"].message
    assert "dòng 3, 4, 5, 6, 7, …" in said["dossiers_broken_rows"].message
    assert "Bảng không có cột" in said["dossiers_column_missing"].message


def test_the_files_are_named_in_order(tmp_path):
    seen = []
    for name in ("b.csv", "a.csv"):
        written(tmp_path, csv_text(), name)
    with read_dossiers([str(tmp_path)], watch=seen.append) as dossiers:
        assert dossiers.names == ("a.csv", "b.csv") == tuple(seen)


@pytest.mark.parametrize("engine", SMALL_ENGINES)
def test_texts_that_mean_nothing_known_are_found_in_all_files(tmp_path, engine):
    for number, (data, channels) in enumerate(
        [
            (lambda text: text, ["tại nhà", "Trực tuyến", "tại nhà", "lạ"]),
            (lambda text: f"{text}{HEAD}\n{BROKEN}", ["tại nhà", "", "qua bạn"]),
            (ENCODINGS["UTF-16 LE"], ["lạ"]),
        ]
    ):
        rows = [(f"H{number}{place}", *ROWS[0][1:6], channel) for place, channel in enumerate(channels)]
        written(tmp_path, data(csv_text(rows)), f"{number}.csv")
    columns = dict(zip(HEADINGS, map(list, zip(*ROWS, strict=True)), strict=True))
    columns["Hình thức nộp"] = ["qua bạn", "tại nhà", "tại nhà"]
    parquet.write_table(pa.table({**columns, "Trạng thái": [1, 42, 9]}), tmp_path / "3.parquet")
    with read_dossiers([str(tmp_path)], engine=engine) as dossiers:
        [found] = dossiers.unknown_spellings(["channel", "status", "service_level"])
    assert found == UnknownSpellings("channel", 9, (("tại nhà", 5), ("lạ", 2), ("qua bạn", 2)))


class Interrupted(BaseException):
    """A key was pressed."""


def _watch(name: str) -> None:
    raise Interrupted(name)


@pytest.mark.parametrize("data", [csv_text(), ENCODINGS["UTF-16 LE"](csv_text()), csv_text() + BROKEN])
def test_nothing_is_left_behind(tmp_path, monkeypatch, data):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tạm"))
    (tmp_path / "tạm").mkdir()
    path, bad = written(tmp_path, data), written(tmp_path, "Mã hồ sơ;Đơn vị\n1;2\n", "x.csv")
    before = Path(path).read_bytes()

    def stays() -> list[Path]:
        return list((tmp_path / "tạm").iterdir())

    with read_dossiers([path]) as dossiers:
        assert stays()
        tally(dossiers.frame, PERIOD)
    assert not stays()
    with pytest.raises(SourceRefusedError):
        read_dossiers([path, bad])
    assert not stays()
    with pytest.raises(Interrupted):
        read_dossiers([path], watch=_watch)
    assert not stays()
    with pytest.raises(ZeroDivisionError), read_dossiers([path]):
        _ = 1 / 0
    assert not stays()
    assert Path(path).read_bytes() == before


def test_an_error_of_ours_is_not_put_down_to_a_file(tmp_path):
    path = written(tmp_path, csv_text())
    with pytest.raises(duckdb.BinderException), read_dossiers([path]) as dossiers:
        dossiers.frame.project("không_có").fetchall()


def test_the_database_reaches_what_it_was_given_and_nothing_else(tmp_path):
    given_file, other = written(tmp_path, "a\n1\n", "a.csv"), written(tmp_path, "a\n1\n", "b.csv")
    (tmp_path / "tạm").mkdir()
    with connect(tmp_path / "tạm", [given_file]) as connection:
        read_one = "FROM read_csv('{}', auto_detect = false, columns = {{'a': 'VARCHAR'}}, delim = ';')"
        assert connection.execute(read_one.format(given_file)).fetchall() == [("a",), ("1",)]
        for statement in (
            read_one.format(other),
            read_one.format("http://127.0.0.1:9/a.csv"),
            f"COPY (SELECT 1) TO '{tmp_path / 'c.csv'}'",
            "INSTALL httpfs",
            "SET memory_limit = '9GB'",
            "SET enable_external_access = true",
            f"ATTACH '{tmp_path / 'd.duckdb'}'",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "tạm"]


@pytest.mark.parametrize(
    ("engine", "install"),
    [
        (Engine.DUCKDB, 'pip install "cchc_calc[dossiers]"'),
        (Engine.POLARS, "polars"),
        (Engine.PANDAS, "parquet"),
        (Engine.PYSPARK, "[dossiers,spark]"),
    ],
)
def test_an_engine_that_is_not_installed_says_how_to_install_it(monkeypatch, engine, install):
    monkeypatch.setattr(engine_names, "find_spec", lambda _: None)
    with pytest.raises(SourceRefusedError) as refused:
        require(engine)
    assert refused.value.code == "F15"
    assert install in refused.value.remedy
