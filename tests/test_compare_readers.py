"""The comparison of readers runs from end to end, and stops at a reader that does not find what the files hold."""

from __future__ import annotations

import subprocess
import sys

import pytest
from benchmarks import compare_readers
from benchmarks.made_forms import make_forms, totals_of
from benchmarks.reader_ways import COUNTED, WAYS

MIX = {"cchc": 1, "openpyxl": 1, "ironcalc": 1, "office inline": 1, "office shared": 1}


@pytest.mark.long
@pytest.mark.slow
def test_the_comparison_runs_from_end_to_end():
    arguments = ["--count", "20", "--rounds", "1", "--sample", "5", "--sizes", "4,8", "--writers", ",".join(MIX)]
    run = subprocess.run(
        [sys.executable, compare_readers.__file__, *arguments], check=False, capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    first, second = run.stdout.split("\n\n")
    assert {line.split(" | ")[0].removeprefix("| ") for line in first.splitlines()} >= {*WAYS, compare_readers.COMMAND}
    assert f"| {compare_readers.BASE} |" in second
    assert f"| {compare_readers.COMMAND} |" in second


@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_what_the_files_hold(way, tmp_path):
    made = make_forms(tmp_path, 25, 2, mix=MIX)
    assert {form.writer for form in made} == set(MIX)
    assert WAYS[way]([tmp_path / form.name for form in made]) == totals_of(made)[COUNTED] > 0


def test_a_reader_that_finds_nothing_ends_the_comparison(tmp_path, monkeypatch):
    made = make_forms(tmp_path, 2, 2, mix={"cchc": 1})
    nothing = compare_readers.Measured(1.0, 2, 10.0, 0)
    monkeypatch.setattr(compare_readers, "measure", lambda *_: nothing)
    with pytest.raises(AssertionError, match="finds 0 in row 1"):
        list(compare_readers.tables(tmp_path, made, int(totals_of(made)[COUNTED]), sample=0, rounds=1))
