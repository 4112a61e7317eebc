"""Finding what is to be read: files by their content, folders with all in them, partitions; nothing left out unsaid."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from exported_dossiers import HEADINGS, ROWS, csv_text, read, rows_read, written
from pyarrow import parquet

from cchc_calc.dossiers.engine_names import Engine
from cchc_calc.dossiers.files import read_dossiers
from cchc_calc.dossiers.files.sources import Kind, find_sources
from cchc_calc.dossiers.refused_rows import refused_rows
from cchc_calc.errors import SourceRefusedError

ONE = csv_text(ROWS[:1])
CODES = sorted(row[0] for row in ROWS)
MIDNIGHT = datetime.fromisoformat("2023-06-13")


def parquet_file(path: Path, rows=ROWS, headings=HEADINGS) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = dict(zip(headings, map(list, zip(*rows, strict=True)), strict=True))
    parquet.write_table(pa.table(columns), path)
    return str(path)


def test_a_file_is_what_its_content_is(tmp_path):
    parquet_file(tmp_path / "a.csv")
    written(tmp_path, ONE, "b.parquet")
    written(tmp_path, ONE, "c")
    assert [file.kind for file in find_sources([str(tmp_path)]).files] == [Kind.PARQUET, Kind.CSV, Kind.CSV]


def test_a_folder_is_read_with_all_in_it_and_what_is_left_out_is_named(tmp_path):
    for name in ("tháng 7/phường 1.csv", "tháng 8/phường 1.csv", "b.csv"):
        written(tmp_path, ONE, name)
    for name in (".ẩn.csv", "~$b.xlsx", "_SUCCESS", "Thumbs.db", "tải dở.csv.part", ".git/config"):
        written(tmp_path, ONE, name)
    written(tmp_path, b"%PDF-1.7", "công văn.pdf")
    (tmp_path / "liên kết.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "vòng").symlink_to(tmp_path)
    found = find_sources([str(tmp_path)])
    assert [file.name for file in found.files] == ["b.csv", "tháng 7/phường 1.csv", "tháng 8/phường 1.csv"]
    assert set(found.left_out) == {
        ".git", ".ẩn.csv", "_SUCCESS", "~$b.xlsx", "Thumbs.db", "tải dở.csv.part",
        "công văn.pdf", "liên kết.csv", "vòng",
    }  # fmt: skip


def test_what_is_left_out_is_told(tmp_path):
    written(tmp_path, ONE, "a.csv")
    written(tmp_path, b"%PDF-1.7", "công văn.pdf")
    with read_dossiers([str(tmp_path)]) as dossiers:
        [finding] = [one for one in dossiers.findings if one.rule == "dossiers_files_left_out"]
    assert "công văn.pdf" in finding.message


def test_a_file_named_twice_is_read_once(tmp_path):
    path = written(tmp_path, ONE)
    assert read(path, path, str(tmp_path)).used == 1


def test_a_hidden_file_that_is_named_was_meant(tmp_path):
    assert read(written(tmp_path, ONE, ".hồ sơ.csv")).used == 1


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "không có.csv", "F00"),
        (lambda folder: folder / ("x" * 300), "F00"),
        (lambda folder: folder / "a\0b", "F00"),
        (lambda folder: folder, "F00"),
        (lambda _: Path("/dev/null"), "F08"),
        (lambda folder: _link(folder), "F08"),
        (lambda folder: Path(written(folder, b"%PDF-1.7", "a.pdf")), "F04"),
        (lambda folder: Path(written(folder, b"", "a.csv")), "F05"),
    ],
    ids=["absent", "a long name", "a name that is none", "an empty folder", "a device", "a link", "a PDF", "empty"],
)
def test_what_cannot_be_read_is_refused(tmp_path, make, code):
    with pytest.raises(SourceRefusedError) as refused:
        find_sources([str(make(tmp_path))])
    assert refused.value.code == code
    assert refused.value.remedy


def _link(folder: Path) -> Path:
    link = folder / "a.csv"
    link.symlink_to(written(folder, ONE))
    return link


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "ống.csv")
    written(tmp_path, ONE)
    assert find_sources([str(tmp_path)]).left_out == ("ống.csv",)
    with pytest.raises(SourceRefusedError, match="đường ống"):
        find_sources([str(tmp_path / "ống.csv")])


def test_rows_say_of_which_file_they_are_where_there_are_several(tmp_path):
    written(tmp_path, ONE, "a b's.csv")
    written(tmp_path, csv_text(ROWS[1:2], delimiter=","), "phường 2/b.csv")
    written(tmp_path, csv_text(ROWS[2:]).encode("utf-16"), "c.csv")
    rows = rows_read(str(tmp_path))
    assert [row["source"] for row in rows] == ["a b's.csv", "phường 2/b.csv", "c.csv"]
    assert "source" not in rows_read(str(tmp_path / "c.csv"))[0]


def test_files_of_several_layouts_are_one_table(tmp_path):
    turned = tuple(reversed(HEADINGS))
    written(tmp_path, ONE, "a.csv")
    written(tmp_path, csv_text([tuple(reversed(ROWS[1]))], turned, delimiter="\t"), "b.txt")
    short = csv_text([ROWS[2][:4]], HEADINGS[:4])
    written(tmp_path, short, "c.csv")
    rows = rows_read(str(tmp_path))
    assert [row["code"] for row in rows] == CODES
    assert [row["channel"] for row in rows] == ["online", "direct", None]


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("engine", [Engine.DUCKDB, Engine.POLARS, Engine.PANDAS])
def test_a_date_that_cannot_be_read_is_told_as_the_file_writes_it(tmp_path, engine, once):
    """Whether the other files hold texts or times."""
    wrong = ("H32-9", *ROWS[0][1:4], "31/02/2023 08:00:00", *ROWS[0][5:])
    written(tmp_path, csv_text([*ROWS, wrong]), "a.csv")
    typed = pa.table({"Mã hồ sơ": ["H32-8"], "Đơn vị": ["UBND xã"], "Ngày tiếp nhận": [MIDNIGHT]})
    parquet.write_table(typed, tmp_path / "b.parquet")
    with read_dossiers([str(tmp_path)], engine=engine, once=once) as dossiers:
        [one] = refused_rows(dossiers.frame, codes_are_unique=True)
    assert one.text == "a.csv, hồ sơ H32-9: ngày hẹn trả không đọc được: “31/02/2023 08:00:00”"


def test_one_odd_file_among_many_is_found(tmp_path):
    for number in range(9):
        written(tmp_path, csv_text([(f"H{number}", *ROWS[0][1:])]), f"{number}.csv")
    written(tmp_path, f"{csv_text([('H9', *ROWS[0][1:])])}H10;UBND;;;;;;;lạ\n", "9.csv")
    found = read(str(tmp_path))
    assert (found.codes, found.broken) == ([f"H{number}" for number in range(10)], 1)


@pytest.mark.parametrize("engine", [Engine.DUCKDB, Engine.POLARS, Engine.PANDAS])
def test_a_partitioned_folder(tmp_path, engine):
    for year, month, row in (("2023", "6", ROWS[0]), ("2023", "7", ROWS[1]), ("2024", "1", ROWS[2])):
        parquet_file(tmp_path / f"nam={year}" / f"thang={month}" / "part-0.parquet", [row])
    (tmp_path / "_SUCCESS").touch()
    assert read(str(tmp_path), engine=engine).codes == CODES


@pytest.mark.parametrize("engine", [Engine.DUCKDB, Engine.POLARS, Engine.PANDAS])
def test_a_partition_may_be_a_column(tmp_path, engine):
    rows = [(row[0], *row[2:]) for row in ROWS[:1]]
    for unit in ("008", "007"):
        parquet_file(tmp_path / f"Đơn vị={unit}" / "a.parquet", rows, (HEADINGS[0], *HEADINGS[2:]))
    with read_dossiers([str(tmp_path)], engine=engine) as dossiers:
        frame = dossiers.frame.to_arrow_table() if engine is Engine.DUCKDB else dossiers.frame
        frame = frame.collect() if engine is Engine.POLARS else frame
        units = frame["unit"].to_pylist() if engine is Engine.DUCKDB else list(frame["unit"])
    assert sorted(units) == ["007", "008"]


def test_parquet_keeps_its_types(tmp_path):
    table = pa.table(
        {
            "Mã hồ sơ": ["1"],
            "Đơn vị": ["UBND xã A"],
            "Ngày tiếp nhận": pa.array([19_521 * 86_400 + 8 * 3_600], pa.timestamp("s")),
            "Trạng thái": pa.array([9], pa.int8()),
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    [row] = rows_read(str(tmp_path / "a.parquet"))
    assert (f"{row['received']}", row["status"]) == ("2023-06-13 08:00:00", 9)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", None])
@pytest.mark.parametrize("unit", ["us", "ns", "ms"])
@pytest.mark.parametrize("engine", [Engine.DUCKDB, Engine.POLARS, Engine.PANDAS])
def test_a_moment_is_the_hour_of_vietnam(tmp_path, monkeypatch, zone, unit, engine):
    monkeypatch.setenv("TZ", "America/Lima")
    table = pa.table(dict(zip(HEADINGS, map(list, zip(*ROWS, strict=True)), strict=True)))
    one = pa.array([1_686_643_200] * 3, pa.timestamp("s")).cast(pa.timestamp(unit))
    moments = one.cast(pa.timestamp(unit, zone)) if zone else one
    place = HEADINGS.index("Ngày tiếp nhận")
    parquet.write_table(table.set_column(place, HEADINGS[place], moments), tmp_path / "a.parquet")
    [row, *_] = rows_read(str(tmp_path / "a.parquet"), engine=engine)
    assert f"{row['received']}".removesuffix("+00:00") == ("2023-06-13 15:00:00" if zone else "2023-06-13 08:00:00")


def test_texts_may_be_stored_as_bytes(tmp_path):
    columns = dict(zip(HEADINGS, map(list, zip(*ROWS, strict=True)), strict=True))
    columns["Mã hồ sơ"] = [code.encode() for code in CODES]
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    for engine in (Engine.DUCKDB, Engine.POLARS, Engine.PANDAS):
        assert read(str(tmp_path / "a.parquet"), engine=engine).codes == CODES


@pytest.mark.parametrize("damage", ["cut", "middle", "foot", "only marks"])
@pytest.mark.parametrize("engine", [Engine.DUCKDB, Engine.POLARS, Engine.PANDAS])
def test_a_broken_parquet_file_is_refused_by_name(tmp_path, damage, engine):
    path = Path(parquet_file(tmp_path / "hồ sơ.parquet", [(f"H{n}", *ROWS[0][1:]) for n in range(5000)]))
    data = bytearray(path.read_bytes())
    match damage:
        case "cut":
            data = data[: len(data) // 2]
        case "middle":
            data[200:400] = b"\xff" * 200
        case "foot":
            data[-8:-4] = b"\xff\xff\xff\x7f"
        case "only marks":
            data = bytearray(b"PAR1PAR1")
    path.write_bytes(data)
    with pytest.raises(SourceRefusedError) as refused:
        read(str(path), engine=engine)
    assert (refused.value.code, refused.value.source) == ("F05", "hồ sơ.parquet")
