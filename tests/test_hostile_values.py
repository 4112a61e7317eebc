"""Figures that contradict each other give the outcome that is required, in every kind of file."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from filled_forms import FORM
from hostile.judging import judge, outcome_of
from hostile.values import SUFFIXES, build

from cchc_calc.outcomes import Outcome

TESTS = Path(__file__).parent
LINES = tomllib.loads((TESTS / "cases" / "hostile_values.toml").read_text(encoding="utf-8"))["case"]
CASES = {f"{case['item']} {case['name']}": case for case in LINES if "name" in case}
OUTCOME_OF = {"OK": None} | {outcome.value: outcome for outcome in Outcome}


@pytest.mark.parametrize("kind", SUFFIXES)
@pytest.mark.parametrize("name", CASES)
def test_figures_have_their_outcome(name, kind, tmp_path):
    case = CASES[name]
    path = tmp_path / f"biểu{SUFFIXES[kind]}"
    path.write_bytes(build(case, kind))
    before = hashlib.sha256(path.read_bytes()).digest()
    judged = judge(path)
    assert judge(path) == judged
    assert hashlib.sha256(path.read_bytes()).digest() == before
    coded = [finding for finding in judged.coded() if finding["code"] != "C10"]
    assert outcome_of(finding["code"] for finding in coded) is OUTCOME_OF[case["outcome"]]
    assert {finding["code"] for finding in coded} == set(filter(None, [case.get("code")]))
    check_finding(case, judged, coded)
    check_rows(case, judged)


def check_finding(case, judged, coded):
    if "code" not in case and "rule" not in case:
        return
    found = coded or [finding for finding in judged.data["findings"] if finding["rule"] == case["rule"]]
    assert len(found) == 1
    (finding,) = found
    assert finding["rows"] == case.get("rows", finding["rows"])
    assert (finding["cause"] or "") == case.get("cause", finding["cause"] or "")
    assert case.get("message", "") in finding["message"]
    assert all(address in finding["message"] for address in case.get("rows", ()))
    assert finding["remedy"]
    if case.get("rows"):
        assert finding["where"] in {judged.row(address)["where"] for address in case["rows"]}


def check_rows(case, judged):
    counts = judged.data["counts"]
    assert counts["accepted"] + counts["blank"] + counts["refused"] == counts["rows"] == len(FORM.rows)
    assert judged.blocked() == set(case.get("undecided", ()))
    for address, state in case.get("states", {}).items():
        assert (judged.row(address)["state"], judged.row(address)["value"]) == (state, None)
    for address, value in case.get("values", {}).items():
        assert (judged.row(address)["state"], judged.row(address)["value"]) == ("value", value)
    told = {finding["rows"][0] for finding in judged.data["findings"] if finding["rule"] == "blocked_by"}
    assert told == {address for address in case.get("undecided", ()) if FORM.row(address).is_computed}


def test_every_item_has_a_case_a_test_or_a_reason():
    assert {line["item"] for line in LINES} == {*range(94, 116), *range(126, 138)}
    for line in LINES:
        assert line.keys() & {"name", "test", "later"}
        if "test" in line:
            file, _, function = line["test"].partition("::")
            assert f"def {function}" in (TESTS / file).read_text(encoding="utf-8")


FULL_DISK = """
import resource, signal, sys
from cchc_calc.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files is limited by a system call of Unix")
def test_a_full_disk_leaves_nothing_and_says_so(tmp_path):
    """The limit on the size of a file stands for a disk that is full when the workbook is nearly written."""
    source = tmp_path / "biểu.txt"
    source.write_bytes(build({}, "text"))
    old = tmp_path / "ra.xlsx"
    old.write_text("cũ", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, "fill", str(source), "-o", str(old)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert "không ghi" in run.stderr + run.stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["biểu.txt", "ra.xlsx"]
    assert old.read_text(encoding="utf-8") == "cũ"
