"""Measure Spark on one machine for the page on clusters: rows a second on one core and on two, and what start-up costs.

    python tests/benchmarks/spark_rates.py [--rows 5000000] [--units 300] [--rounds 5] [--cores 1,2] [--memory 2g]

Each number of cores is a process of its own. The ways take turns; the first round warms up and is not counted, the
median of the others is. ``sql`` is the query written by hand for codes that are unique, ``rules`` what the command
runs for them; ``doubled codes`` is with the search for these; ``scan`` only reads the columns. The last column is the
time against that of the query. Memory is the most that Java held (VmHWM).
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.dossier_queries import newest_by_spark, query
from benchmarks.made_dossiers import AS_OF, PERIOD, made_parts
from pyarrow import parquet


def write_dossiers(path: Path, rows: int, units: int) -> None:
    """Write invented dossiers as parquet; one code in a hundred is doubled."""
    writer = None
    for part in made_parts(rows, 1, units):
        writer = writer or parquet.ParquetWriter(path, part.table.schema, compression="zstd")
        writer.write_table(part.table)
    assert writer is not None
    writer.close()


def measure(path: Path, rounds: int) -> None:
    """Run the ways in turns and print their medians."""
    from cchc_calc.dossiers.spark import read_parquet, session
    from cchc_calc.dossiers.tally import tally

    began = time.perf_counter()
    spark = session()
    started = time.perf_counter() - began
    frame = read_parquet([str(path)])
    frame.createOrReplaceTempView("dossiers")
    rows = frame.count()
    ways = {
        "scan": lambda: frame.selectExpr(*(f"count({name})" for name in frame.columns)).collect(),
        "sql": lambda: spark.sql(query("dossiers")).collect(),
        "rules": lambda: tally(frame, PERIOD, as_of=AS_OF, codes_are_unique=True),
        "sql, doubled codes": lambda: spark.sql(query(f"({newest_by_spark('dossiers')})")).collect(),
        "rules, doubled codes": lambda: tally(frame, PERIOD, as_of=AS_OF),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, run in ways.items():
            began = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - began)
    by_hand = {name.removeprefix("sql"): statistics.median(others[1:]) for name, others in taken.items()}
    print(f"{spark.sparkContext.master}, {rows:,} rows: session {started:.1f} s, Java {java_megabytes():,} MB")  # noqa: T201
    for name, (first, *others) in taken.items():
        median = statistics.median(others)
        ratio = median / by_hand[name.removeprefix("rules")] if name.startswith("rules") else 1
        spread = f"{min(others):.2f} to {max(others):.2f}; first {first:.2f}"
        print(f"  {name:22}{median:7.2f} s ({spread}){rows / median / 1e6:8.2f} M rows/s{ratio:8.2f}")  # noqa: T201
    spark.stop()


def java_megabytes() -> int:
    """Give the most memory that the Java started here has held."""
    from pyspark import SparkContext

    process = SparkContext._gateway.proc
    held = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text("utf-8"))
    assert held is not None
    return int(held[1]) // 1024


def main() -> None:
    """Make the dossiers, and measure with each number of cores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cores", default="1,2")
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure(asked.measure, asked.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossiers.parquet"
        write_dossiers(path, asked.rows, asked.units)
        for cores in asked.cores.split(","):
            told = f"--master local[{cores}] --driver-memory {asked.memory} pyspark-shell"
            command = [sys.executable, __file__, "--measure", path, "--rounds", str(asked.rounds)]
            subprocess.run(command, env={**os.environ, "PYSPARK_SUBMIT_ARGS": told}, check=True)


if __name__ == "__main__":
    main()
