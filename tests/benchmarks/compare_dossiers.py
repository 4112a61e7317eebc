"""Count dossiers in every way there is, side by side in one run, and print a table a file.

    python tests/benchmarks/compare_dossiers.py [--rows 5000000,20000000] [--formats parquet,csv] [--rounds 3]
        [--codes unique,repeated] [--ways DuckDB,polars] [--folder KEPT]

Every way runs in a process of its own, in rounds that take turns forwards and backwards; the best time of a way counts.
It is that of opening the file and counting, after a first count of a small file, which loads what is loaded late: the
start of Python, of Java and of Spark's session is not in it. Memory is the most that the process held (VmHWM), pages of
mapped files among it; of Spark that of Java is added. All files were read once before, so no disk is measured. With
"repeated" codes one row in a hundred repeats the code of another, some have none, and of each code only the newest row
counts; with "unique" ones nobody looks at them. Every way has to find the counts the files were made with, for every
unit and field, or the run fails. A file is invented once, and kept where ``--folder`` says.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.compare_readers import most_memory
from benchmarks.dossier_ways import WAYS, Question, fits, spark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.dossier_ways import Groups
    from benchmarks.raw_exports import Truth

SHAPES = {"parquet": "standard", "csv": "one-stop"}
SEED, UNITS = 1, 200
_SMALL = 20_000


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of a way took: seconds, and the most memory in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Export:
    """A file of dossiers and where its truth is."""

    path: Path
    truth: Path

    def read_truth(self) -> Truth:
        """Give what is in the file."""
        from benchmarks.raw_exports import Truth

        return Truth.from_json(json.loads(self.truth.read_text(encoding="utf-8")))


def exported(folder: Path, shape: str, rows: int, *, unique: bool) -> Export:
    """Give a file of dossiers; it is invented where it is not there yet."""
    from benchmarks.export_shapes import SHAPES as ALL
    from benchmarks.raw_exports import write_export

    place = folder / f"{shape}-{rows}-{'unique' if unique else 'repeated'}"
    export = Export(place / ALL[shape].file, place.with_suffix(".json"))
    if not export.truth.exists():
        truth = write_export(place, ALL[shape], rows, SEED, UNITS, unique=unique)
        export.truth.write_text(json.dumps(truth.to_json(), ensure_ascii=False), encoding="utf-8")
    return export


def measure(way: str, export: Export, small: Export, *, unique: bool) -> Measured:
    """Run a way in a process of its own."""
    told = [str(path) for one in (small, export) for path in (one.path, one.truth)]
    child = [sys.executable, __file__, "--child", way, "unique" if unique else "repeated", *told]
    run = subprocess.run(child, check=False, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"{way} ended with {run.returncode}: {run.stderr}")
    return Measured(**json.loads(run.stdout.splitlines()[-1]))


def table(ways: Sequence[str], export: Export, small: Export, rounds: int, *, unique: bool) -> Iterator[str]:
    """Measure every way and yield the lines of the table."""
    rows = export.read_truth().rows
    runs: dict[str, list[Measured]] = {way: [] for way in ways}
    for number in range(rounds):
        for way in ways if number % 2 == 0 else reversed(ways):
            runs[way].append(measure(way, export, small, unique=unique))
    best = {way: min(run.seconds for run in of) for way, of in runs.items()}
    yield "| Way | Seconds | Million rows/s | Time against by hand | MB |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for way in ways:
        base = best.get(WAYS[way].base)
        against = f"{best[way] / base:.2f}" if base else ""
        most = max(run.megabytes for run in runs[way])
        yield f"| {way} | {best[way]:.2f} | {rows / best[way] / 1e6:.2f} | {against} | {most:.0f} |"


def _run_child(name: str, codes: str, paths: Sequence[str]) -> None:
    way = WAYS[name]
    small, export = (Export(Path(path), Path(truth)) for path, truth in zip(paths[::2], paths[1::2], strict=True))
    if way.needs_spark:
        spark()
    _check(name, small, way.run(Question(small.path, codes == "unique")))
    question = Question(export.path, codes == "unique")
    began = time.perf_counter()
    groups = way.run(question)
    seconds = time.perf_counter() - began
    megabytes = most_memory() + (_memory_of_children() if way.needs_spark else 0)
    _check(name, export, groups)
    if way.needs_spark:
        spark().stop()
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))  # noqa: T201 - the parent reads it


def _check(name: str, export: Export, groups: Groups) -> None:
    if not WAYS[name].is_scan:
        truth = {group: dict(counts) for group, counts in export.read_truth().groups.items() if counts}
        if groups != truth:
            raise AssertionError(f"{name} does not find what is in {export.path}")


def _memory_of_children() -> float:
    """Add up the most memory that each child of this process held, in MB: that of Java."""
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        except OSError:
            continue
        if int(lines["PPid"]) == os.getpid():
            most += int(lines["VmHWM"].split()[0])
    return most / 1024


def _chosen(words: Iterable[str], question: Question) -> list[str]:
    named = [way for way in WAYS if not words or any(word in way for word in words)]
    return [way for way in named if fits(way, question)]


def _read_once(path: Path) -> None:
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def main() -> None:
    """Invent the files, measure every way, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="5000000,20000000")
    parser.add_argument("--formats", default="parquet,csv")
    parser.add_argument("--codes", default="unique,repeated")
    parser.add_argument("--ways", default="", help="only ways with one of these words in their name, as DuckDB,polars")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the invented files are kept for another run")
    arguments = parser.parse_args()
    words = [word for word in arguments.ways.split(",") if word]
    with ExitStack() as stack:
        folder = arguments.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cchc-compared-")))
        for rows in map(int, arguments.rows.split(",")):
            for form in arguments.formats.split(","):
                for codes in arguments.codes.split(","):
                    unique = codes == "unique"
                    small, export = (exported(folder, SHAPES[form], count, unique=unique) for count in (_SMALL, rows))
                    _read_once(export.path)
                    ways = _chosen(words, Question(export.path, unique))
                    print(f"\n{rows:,} dossiers, {form}, {codes} codes\n")  # noqa: T201
                    for line in table(ways, export, small, arguments.rounds, unique=unique):
                        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _run_child(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
