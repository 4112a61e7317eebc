"""Reading many files in several processes: every file has one result, whatever becomes of the processes."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
from filled_workbooks import filled_bytes
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_calc.intake import file_results, gathering, workers
from cchc_calc.intake.encoding import decode_refusal
from cchc_calc.intake.folders import Candidate, list_files
from cchc_calc.intake.gathering import gather, usable_processes
from cchc_calc.intake.store import CURRENT, Encoded, Store
from cchc_calc.intake.stored import FaultsOfStore, refusals_of, submissions_of
from cchc_calc.intake.workers import Workers

DIES, HANGS, FAILS, DIES_ONCE = "chết", "treo", "lỗi", "chết một lần"


def candidates(*names):
    return [Candidate(f"/không có/{name}", name, 1, 1, 1) for name in names]


def result_of(file):
    return Encoded(f"đã đọc {file.name}", None, "[]")


def behave(file):
    """Stand in for the reading of a file: do to the process what the name says."""
    if DIES_ONCE in file.name and not Path(file.path).exists():
        Path(file.path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif DIES in file.name and DIES_ONCE not in file.name:
        os.kill(os.getpid(), signal.SIGKILL)
    elif HANGS in file.name:
        time.sleep(60)
    return result_of(file)


@pytest.fixture
def stage(monkeypatch):
    """Play with ``behave`` in copies of this process, which is not safe in general but is here."""
    monkeypatch.setattr(workers, "read_file", behave)
    monkeypatch.setattr(workers, "SECONDS_ALLOWED", 1)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)
    yield
    assert multiprocessing.active_children() == []


def play(files, count=2):
    with Workers(count) as crew:
        return list(crew.read(files))


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ([DIES], "làm dừng tiến trình"),
        ([HANGS], "quá 10 giây"),
        ([DIES, HANGS, f"{DIES} 2"], ""),
        ([f"{DIES} {number}" for number in range(10)], "làm dừng tiến trình"),
    ],
)
def test_a_file_that_stops_its_process_is_refused_by_name_and_no_other_is_lost(bad, told):
    good = [f"{number}.xlsx" for number in range(60)]
    files = candidates(*good[:30], *bad, *good[30:])
    results = play(files)
    assert sorted(file.name for file, _ in results) == sorted([*good, *bad])
    assert {file.name for file, encoded in results if encoded == result_of(file)} == set(good)
    for file, encoded in results:
        if file.name in bad:
            refusal = decode_refusal(encoded.refusal)
            assert (refusal.source, refusal.code) == (file.name, "F17")
            assert told in refusal.message


@pytest.mark.usefixtures("stage")
def test_a_file_is_tried_once_more_alone(tmp_path):
    files = [Candidate(str(tmp_path / name), name, 1, 1, 1) for name in (DIES_ONCE, "a.xlsx", f"{DIES_ONCE} nữa")]
    assert dict(play(files)) == {file: result_of(file) for file in files}


@pytest.mark.usefixtures("stage")
def test_nothing_is_started_for_nothing():
    assert play([]) == []


@settings(max_examples=12)
@given(st.lists(st.sampled_from(["", DIES]), max_size=40), st.integers(1, 4))
def test_every_file_has_one_result(behaviours, count):
    files = candidates(*[f"{behaviour}{number}" for number, behaviour in enumerate(behaviours)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "read_file", behave)
        patch.setattr(workers.threading, "active_count", lambda: 1)
        results = dict(play(files, count))
    assert len(results) == len(files)
    assert {file for file, encoded in results.items() if encoded == result_of(file)} == {
        file for file in files if DIES not in file.name
    }


@pytest.mark.parametrize(
    "error", [MemoryError, RecursionError, ValueError("x"), UnicodeEncodeError("utf-8", "x", 0, 1, "")]
)
def test_a_fault_of_our_own_refuses_one_file(monkeypatch, error):
    def receive(_path, _name):
        raise error

    monkeypatch.setattr(file_results, "receive", receive)
    refusal = decode_refusal(file_results.read_file(candidates("a.xlsx")[0]).refusal)
    assert (refusal.source, refusal.code) == ("a.xlsx", "F17")
    assert "lỗi ngoài dự kiến" in refusal.message


# With a store, and real files.


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "nộp"
    place.mkdir()
    for number in range(9):
        (place / f"phường {number}.xlsx").write_bytes(filled_bytes())
    (place / "rỗng.xlsx").write_bytes(b"")
    (place / "hỏng.xlsx").write_bytes(filled_bytes()[:9000])
    (place / "lời văn.txt").write_text("Phường đã giải quyết 425 hồ sơ.\n", encoding="utf-8")
    return place


def kept_by(folder, path, processes):
    files = list_files([folder]).files
    advanced = []
    with Store(path) as store:
        unread = store.unread(CURRENT, files)
        gather(store, CURRENT, unread, processes, lambda: advanced.append(1))
        assert len(advanced) == len(unread) == store.count(CURRENT) == 12
        return list(submissions_of(store, CURRENT)), refusals_of(store, CURRENT), dict(FaultsOfStore(store, CURRENT))


def test_the_number_of_processes_changes_nothing(folder, tmp_path):
    alone, two, many = (kept_by(folder, tmp_path / f".{count}.cchc", count) for count in (1, 2, 5))
    assert alone == two == many
    submissions, refused, _ = alone
    assert len(submissions) == 9
    assert [(refusal.source, refusal.code) for refusal in refused] == [
        ("hỏng.xlsx", "F05"),
        ("lời văn.txt", "S10"),
        ("rỗng.xlsx", "F05"),
    ]
    assert multiprocessing.active_children() == []


def test_processes_can_be_started_where_threads_run(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(workers.threading, "active_count", lambda: 2)
    with Workers(2) as crew:
        assert crew._context.get_start_method() == "spawn"
        names = sorted(file.name for file, _ in crew.read(list_files([folder]).files[:2]))
    assert names == ["hỏng.xlsx", "lời văn.txt"]
    assert tmp_path.exists()


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_read_before_an_interrupt_is_kept(folder, tmp_path, processes):
    done = []

    def interrupt():
        done.append(1)
        if len(done) == 7:
            raise KeyboardInterrupt

    with Store(tmp_path / ".a.cchc") as store:
        with pytest.raises(KeyboardInterrupt):
            gather(store, CURRENT, list_files([folder]).files, processes, interrupt)
        assert store.count(CURRENT) == 7
        assert len(store.unread(CURRENT, list_files([folder]).files)) == 5
    assert multiprocessing.active_children() == []


def test_results_are_kept_as_they_come(tmp_path, monkeypatch):
    files = candidates(*[f"{number}.xlsx" for number in range(200)])
    seen = []
    monkeypatch.setattr(gathering, "read_file", result_of)
    with Store(tmp_path / ".a.cchc") as store:
        gather(store, CURRENT, files, 1, lambda: seen.append(store.count(CURRENT)))
        assert store.count(CURRENT) == 200
    assert all(done - kept <= 64 for done, kept in enumerate(seen))


def test_at_least_one_process_is_used(monkeypatch):
    assert 1 <= usable_processes() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_processes() == 1
