"""The corpus that others may run: every input has its line, and the lines alone say what our own reader does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hostile import corpus
from hostile.judging import judge, outcome_of

from cchc_calc.outcomes import Outcome

OUTCOMES = {"OK"} | {outcome.value for outcome in Outcome}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The corpus as the script writes it."""
    folder = tmp_path_factory.mktemp("corpus") / "vào"
    run = subprocess.run(
        [sys.executable, corpus.__file__, str(folder)], check=False, capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    assert run.stdout == f"{len(lines)} inputs\n"
    return folder, [json.loads(line) for line in lines]


def test_every_input_has_one_line_and_every_line_its_input(written):
    folder, expected = written
    assert len({line["id"] for line in expected}) == len(expected) > 500
    assert {line["outcome"] for line in expected} == OUTCOMES
    paths = [folder / line["path"] for line in expected]
    files = {path for path in paths if path.is_file()}
    assert {path for path in folder.glob("*/*") if path.is_file()} == files
    assert set(folder.glob("collections/*")) == set(paths) - files
    assert (folder / "README.md").read_text(encoding="utf-8") == corpus.__doc__


def test_the_lines_cover_the_list_of_hostile_inputs(written):
    _, expected = written
    # Those above 125 and a few others are about what is written, or about several programs.
    elsewhere = {14, 105, *range(107, 113), 123}
    assert {line["item"] for line in expected} == set(range(126)) - elsewhere


def test_our_own_reader_does_what_a_line_says(written):
    folder, expected = written
    single = [line for line in expected if not line["path"].startswith("collections/")]
    for line in single[::5]:
        judged = judge(folder / line["path"])
        codes = [judged.refused] if judged.refused else [one["code"] for one in judged.coded() if one["code"] != "C10"]
        wanted = None if line["outcome"] == "OK" else Outcome(line["outcome"])
        if wanted is not Outcome.NORMALISED:
            assert outcome_of(codes) is wanted, line
            assert line["code"] is None or line["code"] in codes, line
        if judged.refused:
            continue
        assert set(line.get("undecided", [])) <= judged.blocked(), line
        for address, value in line.get("values", {}).items():
            assert judged.row(address)["value"] == value, line
