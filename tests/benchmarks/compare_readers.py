"""Read thousands of filled forms in every way there is, side by side in one run, and print the table.

    python tests/benchmarks/compare_readers.py [--count 3300] [--sizes 100,1000,10000]

Every way runs in a process of its own, first alone and then as two, in rounds that take turns; the median counts.
The time is that of the reading alone, without the start of Python and the imports; for the command it is all of it.
Memory is the most that one process held (VmHWM), the parent of two workers among them. All files were read once
before, so no disk is measured. Every way has to find the same total of row 1.1, which is known from the making of the
files. Ways below 200 files a second read a part of the files, which the table says.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.reader_ways import COUNTED, WAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.made_forms import MadeForm


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of a way took: seconds, files, the most memory of a process in MB, and the total it found."""

    seconds: float
    files: int
    megabytes: float
    total: int

    @property
    def rate(self) -> float:
        """Give the files a second."""
        return self.files / self.seconds


BASE, COMMAND = "python-calamine", "cchc consolidate"
SLOW = frozenset({"pandas, openpyxl", "openpyxl, read only"})


def measure(way: str, folder: Path, paths: Sequence[Path], processes: int) -> Measured:
    """Run a way in processes of its own."""
    if way == COMMAND:
        return _measure_command(folder, paths, processes)
    listed = folder.parent / "files.txt"
    listed.write_text("\n".join(map(str, paths)), encoding="utf-8")
    child = [sys.executable, __file__, "--child", way, str(processes), str(listed)]
    told = json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    return Measured(**told)


def tables(folder: Path, made: Sequence[MadeForm], total: int, sample: int, rounds: int) -> Iterable[str]:
    """Measure every way and yield the lines of the table."""
    paths = [folder / form.name for form in made]
    part = paths[:: max(1, len(paths) // sample)] if sample else paths
    ways = [*WAYS, COMMAND]
    runs: dict[tuple[str, int], list[Measured]] = {}
    for _ in range(rounds):
        for way in ways:
            for processes in (1, 2):
                files = part if way in SLOW else paths
                measured = measure(way, folder, files, processes)
                expected = total if files is paths else None
                if expected not in (None, measured.total):
                    msg = f"{way} finds {measured.total} in row {COUNTED}, not {expected}"
                    raise AssertionError(msg)
                runs.setdefault((way, processes), []).append(measured)
    yield "| Way | Files | Files/s, 1 process | against calamine | MB | Files/s, 2 processes | against calamine | MB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for way in ways:
        cells = [way, str(runs[way, 1][0].files)]
        for processes in (1, 2):
            rate = statistics.median(run.rate for run in runs[way, processes])
            base = statistics.median(run.rate for run in runs[BASE, processes])
            most = max(run.megabytes for run in runs[way, processes])
            cells += [f"{rate:,.0f}", f"{base / rate:.2f} x", f"{most:.0f}"]
        yield f"| {' | '.join(cells)} |"


def flatness(folder: Path, sizes: Sequence[int], seed: int) -> Iterable[str]:
    """Measure the time per file of more and more files, and yield the lines of a table."""
    from benchmarks.made_forms import make_forms

    made = make_forms(folder, max(sizes), seed)
    ways = [BASE, "cchc_calc, reading, computing, checking", COMMAND]
    yield f"| Milliseconds a file, of so many files | {' | '.join(f'{size:,}' for size in sizes)} |"
    yield f"| --- |{' ---: |' * len(sizes)}"
    folders = [_linked(folder, folder.parent / f"{size}", [form.name for form in made[:size]]) for size in sizes]
    for way in ways:
        runs = [measure(way, some, sorted(some.iterdir()), 1) for some in folders]
        cells = (f"{1000 / run.rate:.2f} ({run.megabytes:.0f} MB)" for run in runs)
        yield f"| {way} | {' | '.join(cells)} |"


def _measure_command(folder: Path, paths: Sequence[Path], processes: int) -> Measured:
    """Run the command in a place where it has kept nothing; its memory is asked of the system when it has ended."""
    from benchmarks.made_forms import REGISTER

    with tempfile.TemporaryDirectory(prefix="cchc-compared-") as place:
        told = Path(place) / "told.json"
        register = ["--units", str(folder / REGISTER)] if (folder / REGISTER).exists() else []
        outputs = ["-o", f"{place}/tong-hop.xlsx", "--json", str(told)]
        arguments = [str(folder), *register, *outputs, "--processes", str(processes)]
        child = [sys.executable, __file__, "--command", *arguments]
        began = time.perf_counter()
        run = subprocess.run(child, check=False, capture_output=True, text=True)
        seconds = time.perf_counter() - began
        if not told.exists():
            raise RuntimeError(run.stdout + run.stderr)
        rows = json.loads(told.read_text(encoding="utf-8"))["rows"]
        total = int(next(row["value"] for row in rows if row["address"] == COUNTED))
        return Measured(seconds, len(paths), float(run.stderr.rsplit(maxsplit=1)[-1]), total)


def _run_command(arguments: Sequence[str]) -> None:
    import resource

    from cchc_calc.cli import main

    with suppress(SystemExit):
        main([COMMAND.split()[-1], *arguments])
    # Of the workers, the one that held the most.
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(max(most_memory(), workers), file=sys.stderr)  # noqa: T201 - the parent reads it


def _run_child(way: str, processes: int, listed: Path) -> None:
    paths = [Path(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    warnings.simplefilter("ignore", UserWarning)
    # What is imported late is imported before the clock starts, and so are the forms loaded.
    _work(way, paths[:1])
    began = time.perf_counter()
    if processes == 1:
        results = [_work(way, paths)]
    else:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            halves = [paths[number::processes] for number in range(processes)]
            results = pool.starmap(_work, [(way, half) for half in halves], chunksize=1)
    seconds = time.perf_counter() - began
    most = max(most_memory(), *(memory for _, memory in results))
    total = sum(found for found, _ in results)
    print(json.dumps({"seconds": seconds, "files": len(paths), "megabytes": most, "total": total}))  # noqa: T201


def _work(way: str, paths: Sequence[Path]) -> tuple[int, float]:
    return WAYS[way](paths), most_memory()


def most_memory() -> float:
    """Give the most memory that this process ever held, in MB."""
    # What getrusage says begins with the memory of the process that started this one.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


def _linked(source: Path, target: Path, names: Iterable[str]) -> Path:
    """Make a folder of some of the files, without copying them."""
    target.mkdir()
    for name in names:
        (target / name).hardlink_to(source / name)
    return target


def main() -> None:
    """Make the files, measure every way, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=3300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=300, help="so many files for the slow ways")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="", help="measure the time per file of so many files, as 100,1000,10000")
    parser.add_argument("--writers", default="", help="only files of these, as in made_forms.py")
    arguments = parser.parse_args()
    from benchmarks.made_forms import MIX, make_forms, totals_of

    with tempfile.TemporaryDirectory(prefix="cchc-compared-") as place:
        folder = Path(place) / "forms"
        mix = dict.fromkeys(arguments.writers.split(","), 1) if arguments.writers else MIX
        made = make_forms(folder, arguments.count, arguments.seed, mix=mix)
        total = int(totals_of(made)[COUNTED])
        for form in made:
            (folder / form.name).read_bytes()
        for line in tables(folder, made, total, arguments.sample, arguments.rounds):
            print(line, flush=True)  # noqa: T201
        if arguments.sizes:
            shutil.rmtree(folder)
            print()  # noqa: T201
            for line in flatness(folder, [int(size) for size in arguments.sizes.split(",")], arguments.seed):
                print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _run_child(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["--command"]:
        _run_command(sys.argv[2:])
    else:
        main()
