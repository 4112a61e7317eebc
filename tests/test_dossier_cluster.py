"""The command given to spark-submit: on one machine, and on a real cluster of Spark whose machines have no Python."""

from __future__ import annotations

import json
import shutil

import pytest
from benchmarks.made_dossiers import made_dossiers
from pyarrow import parquet
from spark_cluster import cluster, submit

pytestmark = pytest.mark.long

MADE = made_dossiers(3_000, seed=5)
NO_PYTHON = ("--conf", "spark.pyspark.python=/khong/co/python")


@pytest.fixture(scope="module", autouse=True)
def java():
    """Skip the tests where there is no Java."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed: nothing is submitted to Spark")


@pytest.fixture
def dossiers(tmp_path):
    """A folder of dossiers, parted by year."""
    folder = tmp_path / "hồ sơ" / "year=2023"
    folder.mkdir(parents=True)
    parquet.write_table(MADE.table.slice(0, 2_000), folder / "1.parquet")
    parquet.write_table(MADE.table.slice(2_000), folder / "2.parquet")
    return folder.parent


def arguments(source, folder, engine):
    days = ("--from", "2023-06-13", "--to", "2023-09-12", "--today", "2023-10-31")
    return ("tally", source, "-o", folder / engine, "--json", folder / f"{engine}.json", "--engine", engine, *days)


def counted(folder, engine):
    told = json.loads((folder / f"{engine}.json").read_text("utf-8"))
    return {name: told[name] for name in ("read", "used", "refused", "units")}


def hold_to_duckdb(run, dossiers, tmp_path, process):
    assert process.returncode == 0, process.stdout
    code, printed = run(*arguments(dossiers, tmp_path, "duckdb"))
    assert code == 0, printed
    assert counted(tmp_path, "pyspark") == counted(tmp_path, "duckdb")
    names = [sorted(path.name for path in (tmp_path / engine).iterdir()) for engine in ("pyspark", "duckdb")]
    assert names[0] == names[1]


def test_the_command_is_submitted_to_this_machine(run, dossiers, tmp_path):
    process = submit("local[2]", arguments(dossiers, tmp_path, "pyspark"), *NO_PYTHON)
    hold_to_duckdb(run, dossiers, tmp_path, process)


def test_the_command_is_submitted_to_a_cluster(run, dossiers, tmp_path):
    """The executors are processes of their own, which could start no Python if they were asked to."""
    work = tmp_path / "cluster"
    work.mkdir()
    with cluster(work) as address:
        place = f"file://{dossiers}"
        process = submit(address, arguments(place, tmp_path, "pyspark"), "--executor-memory", "1g", *NO_PYTHON)
    hold_to_duckdb(run, dossiers, tmp_path, process)
    [application] = (work / "work").glob("app-*")
    assert list(application.iterdir())


def test_what_goes_wrong_is_said_plainly(tmp_path):
    process = submit("local[2]", arguments("file:///khong-co/ho-so", tmp_path, "pyspark"))
    assert process.returncode == 2
    assert "Không có tệp hoặc thư mục này" in process.stdout + process.stderr
    assert "Traceback" not in process.stdout + process.stderr
    assert "at org.apache" not in process.stdout + process.stderr
