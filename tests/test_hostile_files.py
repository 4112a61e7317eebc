"""Every file that is bad as a file has its outcome, and no hostile file costs more than its limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hostile import child
from hostile.cases import CASES, file_name, named, write
from hostile.cells import template
from hostile.judging import judge
from hostile.rules import check_outcome, judged_by_the_rules

ITEMS = range(1, 24)
MEMORY = 300 * 1024 * 1024
MACHINES = {
    "one": {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
    "another": {"LC_ALL": "C.UTF-8", "TZ": "Asia/Ho_Chi_Minh", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"},
}


def rows_of(judged):
    return {row["address"]: (row["state"], row["value"]) for row in judged.data["rows"]}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    path = tmp_path_factory.mktemp("good") / "good.xlsx"
    path.write_bytes(template())
    return judge(path)


@pytest.mark.parametrize("name", named(*ITEMS))
def test_a_file_has_its_outcome(name, tmp_path, good):
    judged = judged_by_the_rules(write(name, tmp_path))
    check_outcome(judged, CASES[name])
    if not judged.refused:
        assert rows_of(judged) == rows_of(good)


def test_every_item_has_its_cases():
    # Links, devices and folders are no contents of a file.
    assert {case["item"] for case in CASES.values()} == set(range(53)) - {14}


@pytest.mark.parametrize("kind", ["link", "broken link", "pipe", "folder", "device"])
def test_only_a_regular_file_is_opened(kind, tmp_path):
    real, path = tmp_path / "thật.xlsx", tmp_path / "biểu.xlsx"
    real.write_bytes(template())
    match kind:
        case "link":
            path.symlink_to(real)
        case "broken link":
            path.symlink_to(tmp_path / "không có.xlsx")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case _:
            path = Path("/dev/zero")
    assert judge(path).refused == "F08"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_long_vietnamese_path_on_a_share_that_is_read_only(form, tmp_path, good):
    folder = tmp_path
    while len(str(folder)) < 300:
        folder /= unicodedata.normalize(form, "Thư mục báo cáo cải cách hành chính quý III năm 2023")
    folder.mkdir(parents=True)
    path = folder / unicodedata.normalize(form, "Biểu mẫu phường Phương Sơn.xlsx")
    path.write_bytes(template())
    path.chmod(0o444)
    # Excel leaves a lock file beside a workbook that it has open.
    (folder / f"~${path.name}").write_bytes(bytes(165))
    folder.chmod(0o555)
    try:
        judged = judged_by_the_rules(path)
    finally:
        folder.chmod(0o755)
    assert judged.data == good.data


def test_a_file_without_rights_says_why(tmp_path, monkeypatch):
    path = tmp_path / "biểu.xlsx"
    path.write_bytes(template())

    def deny(*_arguments: object) -> int:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("cchc_calc.gate.os.open", deny)
    judged = judge(path)
    assert judged.refused == "F09"
    assert "không có quyền đọc" in judged.message


@pytest.fixture(scope="module")
def judged_in_children(tmp_path_factory):
    """Judge every case in a process of its own, on two machines."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = [write(name, folder) for name in CASES]
    told = {}
    for machine, environment in MACHINES.items():
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        run = subprocess.run(
            [sys.executable, child.__file__, *map(str, paths)],
            check=True,
            capture_output=True,
            cwd=elsewhere,
            env=os.environ | environment,
            timeout=600,
        )
        assert run.stderr == b""
        assert list(elsewhere.iterdir()) == []
        told[machine] = run.stdout.decode().splitlines()
    return told


def test_no_file_takes_ten_seconds_or_300_megabytes(judged_in_children):
    """The process is killed at ten seconds a file; the memory is the most it held over all of them."""
    for lines in judged_in_children.values():
        assert len(lines) == len(CASES) + 1
        assert json.loads(lines[-1]) < MEMORY


def test_every_machine_says_the_same(judged_in_children):
    one, another = (lines[:-1] for lines in judged_in_children.values())
    assert one == another


def test_two_files_never_share_a_name():
    names = [file_name(name) for name in CASES]
    assert len(set(names)) == len(names)
