"""Spark as a reader of dossiers: what it must not lose, hours in any zone, plans without Python, errors said plainly.

All tests share one session, on a machine whose clocks do not show the hours of Vietnam.
"""

from __future__ import annotations

import os
import shutil
import time
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from cchc_calc.dossiers.engines import standard_table, sums_by_group
from cchc_calc.dossiers.options import Options
from cchc_calc.dossiers.rules import with_flags
from cchc_calc.dossiers.spark import read_named, read_parquet, session
from cchc_calc.dossiers.spark_csv import read_csv
from cchc_calc.dossiers.spark_refusals import said_plainly
from cchc_calc.dossiers.tally import tally
from cchc_calc.errors import SourceRefusedError
from cchc_calc.periods import Period

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("spark")]

PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023")
FIRST, LAST = datetime.fromisoformat("2023-06-13T00:00"), datetime.fromisoformat("2023-09-12T23:59")


@pytest.fixture(scope="module")
def spark():
    """Give the session of Spark on a machine in New York, or skip the tests."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed: nothing is read by Spark")
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "America/New_York"
    time.tzset()
    running = session()
    running.conf.set("spark.sql.shuffle.partitions", "2")
    yield running
    running.stop()
    if zone is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = zone
    time.tzset()


def rows_of(frame):
    return sorted(map(tuple, frame.collect()), key=str)


def dossiers(**columns):
    """Two dossiers of one ward, of the first and the last minute of the period."""
    return pa.table({"code": ["1", "2"], "unit": ["UBND phường 1"] * 2, "received": [FIRST, LAST], **columns})


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a;"x;y";"z ""q"" z"', [("a", "x;y", 'z "q" z', None)]),
        ('a;"two\nlines";1\nb;"o\r\n\r\nk";2', [("a", "two\nlines", "1", None), ("b", "o\r\n\r\nk", "2", None)]),
        ("a;1\r\nb\r\n\r\nc;2;3\r\n", [("a", "1", None, None), ("b", None, None, None), ("c", "2", "3", None)]),
        ("a;1;2;\nb;1;2;; \n;;;", [("a", "1", "2", None), ("b", "1", "2", None), (None, None, None, None)]),
        ('a;1;2;more\nb;"1;\n1";2;;;"m;o"\nc;1;2', [
            ("a", "1", "2", "a;1;2;more"), ("b", "1;\n1", "2", 'b;"1;\n1";2;;;"m;o"'), ("c", "1", "2", None),
        ]),
        ('a;"";  \n#b;\\;"1\\"', [("#b", "\\", "1\\", None), ("a", None, "  ", None)]),
    ],
    ids=["quoted", "line breaks", "short rows", "blank ends", "broken rows", "no blank is nothing else"],
)  # fmt: skip
def test_cells_of_csv_are_what_is_written(text, rows, tmp_path):
    path = tmp_path / "hồ sơ [7] {a}*, 50% #1.csv"
    path.write_bytes(f'\ufeff"Mã"; Tên ;Ngày\n{text}'.encode())
    assert rows_of(read_csv([str(path)], columns=3, delimiter=";")) == rows


def test_broken_rows_are_seen_whatever_is_asked_of_the_others(tmp_path):
    """Spark leaves out cells that nobody asks for, and with them what is wrong with a row."""
    path = tmp_path / "ho-so.csv"
    path.write_text("Mã;Tên\n1;a\n2;b;c\n3\n;;d\n", encoding="utf-8")
    frame = read_csv([str(path)], columns=2, delimiter=";")
    assert [frame.where(f"broken IS {kind}").count() for kind in ("NULL", "NOT NULL")] == [2, 2]
    assert rows_of(frame.where("broken IS NULL").select("c0")) == [("1",), ("3",)]


def test_several_files_each_have_headings_or_none_has(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Mã\n1\n", encoding="utf-8")
    paths = [str(tmp_path / "a.csv"), f"file://{tmp_path}/b*.csv"]
    assert rows_of(read_csv(paths, columns=1)) == [("1", None)] * 2
    assert rows_of(read_csv(paths, columns=1, headed=False)) == [("1", None)] * 2 + [("Mã", None)] * 2


def test_many_cores_read_a_file_without_line_breaks_in_cells(spark, tmp_path):
    """One with them has to be read from its beginning."""
    plain, broken = tmp_path / "plain.csv", tmp_path / "broken.csv"
    plain.write_text("Mã\n" + '"a ""b"" c"\n' * 9, encoding="utf-8")
    broken.write_text("Mã\n" + '"a\nb"\n' * 9, encoding="utf-8")
    spark.conf.set("spark.sql.files.maxPartitionBytes", "40")
    try:
        frames = [read_csv([str(path)], columns=1) for path in (plain, broken)]
        assert [frame.rdd.getNumPartitions() > 1 for frame in frames] == [True, False]
        assert [frame.count() for frame in frames] == [9, 9]
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")


@pytest.mark.parametrize(
    "kind", [pa.timestamp("us"), pa.timestamp("us", "UTC"), pa.timestamp("us", "Asia/Ho_Chi_Minh")]
)
def test_hours_are_those_of_vietnam_wherever_the_machine_stands(kind, tmp_path):
    """Hours without a zone are what is written, moments are what the clocks of Vietnam showed then."""
    received = pa.array([FIRST, LAST], pa.timestamp("us"))
    if kind.tz:
        received = pa.compute.assume_timezone(received, "Asia/Ho_Chi_Minh").cast(kind)
    path = tmp_path / "dossiers.parquet"
    parquet.write_table(dossiers().set_column(2, "received", received), path)
    frame = read_parquet([str(path)])
    [unit] = tally(frame, PERIOD).units
    assert unit.counts.received == 2
    assert rows_of(standard_table(frame).select("received").to_native()) == [(FIRST,), (LAST,)]


def test_texts_are_hours_too(tmp_path):
    from cchc_calc.dossiers.headings import known_columns
    from cchc_calc.dossiers.standardising import standardised

    path = tmp_path / "dossiers.csv"
    path.write_text("Mã,Nhận\n1,13/06/2023 00:00\n2,12/9/2023 23:59:59\n3,31/02/2023\n4,\n", encoding="utf-8")
    frame = read_csv([str(path)], columns=2)
    table = standardised(frame, {"code": "c0", "received": "c1"}, known_columns(), unit="UBND phường 1")
    result = tally(table, PERIOD)
    assert (result.read, result.used, result.counts.received) == (4, 2, 2)


def test_folders_of_a_partition_are_columns_of_texts(tmp_path):
    """Names with letters of Vietnam are written by the byte by some and bare by others."""
    top = tmp_path / "kho"
    for folder in ("unit=007", "unit=UBND%20ph%C6%B0%E1%BB%9Dng%201%2F2", "unit=UBND phường 3", "unit=Cà Mau"):
        (top / folder / "year=2023").mkdir(parents=True)
        parquet.write_table(dossiers().drop(["unit"]), top / folder / "year=2023" / "a.parquet")
    units = {"007", "UBND phường 1/2", "UBND phường 3", "Cà Mau"}
    files = [str(path) for path in top.rglob("*.parquet")]
    for paths in ([str(top)], [f"file://{top}"], files):
        frame = read_parquet(paths)
        assert {(row.unit, row.year) for row in frame.collect()} == {(unit, "2023") for unit in units}
    for one in (read_parquet([str(top / "unit=007")]), read_named(f"file://{top}/unit={{007,008}}")):
        assert {(row.unit, row.year) for row in one.collect()} == {("007", "2023")}


def test_files_may_differ_in_their_columns(tmp_path):
    parquet.write_table(dossiers(), tmp_path / "1.parquet")
    parquet.write_table(dossiers(channel=["online", "post"]), tmp_path / "2.parquet")
    counts = tally(read_parquet([str(tmp_path)]), PERIOD, codes_are_unique=True).counts
    assert (counts.received, counts.online, counts.by_post) == (4, 1, 1)


def test_tables_of_the_catalogue_are_read_by_name(spark, tmp_path):
    path = tmp_path / "dossiers.parquet"
    parquet.write_table(dossiers(), path)
    spark.sql(f"CREATE TEMPORARY VIEW `hồ_sơ 2023` USING parquet OPTIONS (path '{path}')")
    for name in ("hồ_sơ 2023", "`hồ_sơ 2023`", f"parquet.`{path}`", f"file://{path}"):
        assert read_named(name).columns == ["code", "unit", "received"]
    spark.catalog.dropTempView("hồ_sơ 2023")
    assert not Path("spark-warehouse").exists()


def plan_of(capsys, frame):
    frame.explain("formatted")
    return capsys.readouterr().out


def test_only_what_is_counted_is_read_and_no_python_runs_on_the_cluster(capsys, tmp_path):
    """The plan is SQL of Spark from the file to the sums: the machines of a cluster need no package of ours."""
    for year in (2022, 2023):
        (tmp_path / f"year={year}").mkdir()
        table = dossiers(due=[LAST, None], finished=[LAST, None], paid_online=[True, None], note=["", "…"])
        parquet.write_table(table, tmp_path / f"year={year}" / "a.parquet")
    frame = read_parquet([str(tmp_path)])
    frame = frame.where(frame.year == "2023")
    flagged = with_flags(standard_table(frame), PERIOD, Options(), None)
    counted = sums_by_group(flagged, ["unit"], ["received", "late", "paid_online"])
    plan = plan_of(capsys, counted.to_native())
    assert "ReadSchema: struct<unit:string,received:timestamp_ntz,due:timestamp_ntz,finished:timestamp_ntz," in plan
    assert "code" not in plan.partition("ReadSchema")[2].partition("\n")[0]
    assert "note" not in plan
    [pruned] = [line for line in plan.splitlines() if line.startswith("PartitionFilters")]
    assert "= 2023" in pruned
    assert not {"Python", "UDF", "Arrow"} & {word for word in ("Python", "UDF", "Arrow") if word in plan}
    assert counted.to_native().collect()[0][1:] == (2, 2, 0, 1)


def refused_by(function, *arguments, **options):
    with pytest.raises(SourceRefusedError) as refused:
        function(*arguments, **options)
    message = f"{refused.value.source} {refused.value.code}: {refused.value.message}"
    assert refused.value.remedy
    assert not {"org.", "Exception", "Traceback", "SQLSTATE"} & {
        word for word in ("org.", "Exception", "SQLSTATE") if word in message
    }
    return message


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("file:///không có/ho-so.parquet", "ho-so.parquet F00: không có tệp hoặc thư mục này."),
        ("khong_co", "khong_co F00: danh mục của Spark không có bảng này."),
        ("kho.khong_co", "kho.khong_co F00: danh mục của Spark không có bảng này."),
        ("a.b.c", "a.b.c F00: danh mục của Spark không có bảng này."),
        ("`", "` F00: không phải đường dẫn, cũng không phải tên bảng đúng cách ghi."),
        ("s3a://kho/ho-so", "ho-so F15: Spark chưa có thư viện đọc nơi chứa dữ liệu này."),
        ("la://kho/ho-so", "ho-so F15: Spark chưa có thư viện đọc nơi chứa dữ liệu này."),
        ("hdfs://dau-moi/ho-so.csv", "ho-so.csv F04: tệp CSV không được đọc thẳng từ cụm máy."),
    ],
)
def test_names_that_cannot_be_read_are_refused(name, said):
    assert refused_by(read_named, name) == said


def test_files_that_cannot_be_read_are_refused(tmp_path):
    def refusal(write, said, read=lambda path: read_parquet([path]).collect()):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        write(folder)
        assert said in refused_by(lambda: counted(read, str(folder)))

    def counted(read, path):
        with said_plainly("kho"):
            read(path)

    def two_kinds(folder):
        for number, codes in enumerate(([1], ["1"])):
            parquet.write_table(pa.table({"code": codes}), folder / f"{number}.parquet")

    def damaged(folder):
        parquet.write_table(pa.table({"code": ["1"] * 999}), folder / "a.parquet", use_dictionary=False)
        data = bytearray((folder / "a.parquet").read_bytes())
        data[4:60] = bytes(56)
        (folder / "a.parquet").write_bytes(data)

    def delta(folder):
        (folder / "_delta_log").mkdir()
        parquet.write_table(dossiers(), folder / "a.parquet")

    refusal(lambda folder: (folder / "a.parquet").write_text("không phải"), "a.parquet F04: không phải tệp parquet")
    refusal(lambda _: None, "F05: không có tệp parquet nào", lambda path: read_parquet([path]))
    refusal(two_kinds, "F04: các tệp có cột cùng tên nhưng khác kiểu")
    refusal(damaged, "a.parquet F05: tệp bị cắt cụt hoặc bị hỏng")
    for place in ("file://{}", "file://{}/year=2023/"):
        refusal(delta, "F04: thư mục là một bảng Delta", lambda path, place=place: read_named(place.format(path)))
    nanoseconds = dossiers().cast(pa.schema([("code", "string"), ("unit", "string"), ("received", pa.timestamp("ns"))]))
    refusal(lambda folder: parquet.write_table(nanoseconds, folder / "a.parquet"), "F04: tệp có cột thuộc kiểu")


def test_csv_that_would_lose_rows_is_refused(tmp_path):
    path = tmp_path / "ho-so.csv"
    path.write_text('Mã;Tên\n1;"không đóng\n2;b\n', encoding="utf-8")
    assert "ho-so.csv F12: tệp CSV có một dấu nháy kép" in refused_by(read_csv, [str(path)], columns=2)
    path.write_text('Mã;Tên\n1;"' + "dài\n" * 30_000 + '"\n', encoding="utf-8")
    frame = read_csv([str(path)], columns=2, delimiter=";")
    with pytest.raises(SourceRefusedError, match="ghi sai quy cách"), said_plainly("ho-so.csv"):
        frame.collect()
    for name in ("_ho-so.csv", ".ho-so.csv", "ho:so.csv"):
        assert f"{name} F09" in refused_by(read_csv, [str(tmp_path / name)], columns=2)


def test_a_fault_of_the_program_is_not_put_on_the_user(spark):
    with pytest.raises(ZeroDivisionError), said_plainly("ho-so"):
        _ = 1 / 0
    with pytest.raises(Exception, match="UNRESOLVED_COLUMN"), said_plainly("ho-so"):
        spark.range(1).select("khong_co")
