"""The command ``cchc consolidate``: what it writes, says and refuses, and what is left when it is stopped."""

import contextlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from benchmarks.made_forms import REGISTER, form_bytes, make_forms, totals_of
from filled_forms import FORM
from spreadsheet import read_values

from cchc_calc.computation import exact_text
from cchc_calc.excel.template import write_template
from cchc_calc.intake import file_results
from cchc_calc.intake.own_results import is_own_result
from cchc_calc.rounding import format_percent

COMMAND = [sys.executable, "-m", "cchc_calc", "consolidate"]
UNITS = 40
KEYS = {
    *("form", "level", "period", "units", "rows", "refused", "missing", "findings", "returned", "standings"),
    *("rankings", "changes"),
}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The files of forty units, the register of them, and the answer."""
    folder = tmp_path_factory.mktemp("made")
    return folder, make_forms(folder, UNITS, seed=3)


@pytest.fixture
def folder(made, tmp_path):
    """A copy of the folder that a test may change."""
    return shutil.copytree(made[0], tmp_path / "nộp", ignore=shutil.ignore_patterns(REGISTER))


@pytest.fixture
def register(made):
    """The list of the forty units."""
    return made[0] / REGISTER


@pytest.fixture
def few(made, tmp_path):
    """The first six files."""
    place = tmp_path / "nộp"
    place.mkdir()
    for form in made[1][:6]:
        shutil.copy(made[0] / form.name, place)
    return place


def outcome(run, *arguments, code=0):
    found, printed = run("consolidate", *arguments, "-o", "tổng hợp.xlsx", "--json", "tổng hợp.json")
    assert found == code, printed
    return json.loads(Path("tổng hợp.json").read_text(encoding="utf-8")), printed


def results(*names):
    return [Path(name).read_bytes() for name in names]


# What comes out.


def test_every_total_is_that_of_what_was_typed(run, folder, made, register):
    data, printed = outcome(run, folder, "--units", register)
    assert set(data) == KEYS
    rows = {row["address"]: row["value"] for row in data["rows"]}
    truth = totals_of(made[1])
    assert len(truth) > 50
    assert {address: rows[address] for address in truth} == {
        address: exact_text(total) for address, total in truth.items()
    }
    assert (len(data["units"]), data["refused"], data["missing"]) == (UNITS, [], [])
    assert {unit["source"] for unit in data["units"]} == {form.name for form in made[1]}
    assert f"Tổng hợp {UNITS}/{UNITS} đơn vị" in printed
    assert f"Đã đọc {UNITS} tệp" in printed
    assert is_own_result(Path("tổng hợp.xlsx"))


def test_who_is_missing_and_what_is_refused_is_said_by_name(run, folder, made, register):
    (folder / made[1][0].name).unlink()
    (folder / made[1][1].name).write_bytes(b"")
    (folder / f"bản sao {made[1][2].name}").write_bytes((folder / made[1][3].name).read_bytes())
    (folder / "~$khóa.xlsx").write_bytes(b"lock")
    data, printed = outcome(run, folder, "--units", register, code=1)
    lost = [form.unit.name.removeprefix("UBND ").casefold() for form in made[1][:2]]
    assert [name.casefold() for name in data["missing"]] == lost
    assert {refusal["code"] for refusal in data["refused"]} >= {"F05"}
    assert f"Tổng hợp {len(data['units'])}/{UNITS} đơn vị" in printed
    assert "Còn thiếu" in printed
    assert f"{made[1][1].name} (F05): tệp rỗng (0 byte)." in printed
    assert "Cách xử lý: Xin đơn vị gửi lại tệp có số liệu." in printed
    assert "~$khóa.xlsx" in printed


def test_many_refusals_are_cut_and_the_rest_is_counted(run, few):
    for number in range(25):
        (few / f"hỏng {number:02}.xlsx").write_bytes(b"")
    data, printed = outcome(run, few, code=1)
    assert len(data["refused"]) == 25
    assert printed.count("tệp rỗng (0 byte)") == 20
    assert "… và 5 tệp nữa; danh sách đầy đủ ở tổng hợp.xlsx." in printed


def test_a_folder_within_that_cannot_be_read_costs_the_good_exit_code(run, few, monkeypatch):
    (few / "đóng").mkdir()
    real = os.scandir

    def scandir(path):
        if str(path).endswith("đóng"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    data, printed = outcome(run, few, code=1)
    assert [(refusal["source"], refusal["code"]) for refusal in data["refused"]] == [("đóng/", "F09")]
    assert "không có quyền đọc thư mục này" in printed


def test_nothing_usable_is_said_and_no_workbook_is_written(run, tmp_path):
    (tmp_path / "rỗng.xlsx").write_bytes(b"")
    data, printed = outcome(run, "rỗng.xlsx", code=2)
    assert set(data) == KEYS
    assert (data["form"], [refusal["code"] for refusal in data["refused"]]) == (None, ["F05"])
    assert "không có báo cáo nào tính được" in printed
    assert not Path("tổng hợp.xlsx").exists()


def test_names_that_no_encoding_knows_are_printed_and_stored(run, few):
    odd = b"h\xff\x1b[2J.xlsx"
    (few / os.fsdecode(odd)).write_bytes(b"")
    data, printed = outcome(run, few, code=1)
    assert [refusal["source"] for refusal in data["refused"]] == ["h\\udcff\\x1b[2J.xlsx"]
    assert "h\\udcff\\x1b[2J.xlsx" in printed
    assert "\x1b[2J" not in printed


def test_the_period_before_gives_the_bounds(run, made, tmp_path):
    rate = ("3.4.3.b", "3.4.3.c")
    with_rate = [form for form in made[1] if all(isinstance(form.unit.typed.get(part), int) for part in rate)]
    sent, missing = [form for form in with_rate if not form.unit.fault][:2]
    for place, forms in (("kỳ này", [sent]), ("kỳ trước", [sent, missing])):
        (tmp_path / place).mkdir()
        for form in forms:
            shutil.copy(made[0] / form.name, tmp_path / place)
    data, printed = outcome(run, "kỳ này", "--previous", "kỳ trước")
    (row,) = [row for row in data["rows"] if row["address"] == "3.4.3"]
    resolved, on_time = (sent.unit.typed[part] for part in rate)
    every = resolved + missing.unit.typed["3.4.3.b"]
    expected = [Fraction(on_time, every), Fraction(every - resolved + on_time, every)]
    assert [Fraction(row[bound]) for bound in ("low", "high")] == expected
    low, high = map(format_percent, expected)
    assert f"khi đủ đơn vị sẽ từ {low} đến {high}" in printed
    assert data["missing"] == [missing.unit.name]
    assert data["changes"]


def test_the_table_and_the_other_build_are_written_too(run, few):
    code, _ = run("consolidate", few, "-o", "tổng hợp.xlsm", "--table", "bảng.csv")
    assert code == 0
    assert Path("tổng hợp.xlsm").stat().st_size > 10_000
    assert len(Path("bảng.csv").read_text(encoding="utf-8-sig").splitlines()) > 6 * 100


# The same input, the same bytes.


def test_neither_processes_nor_order_nor_the_store_change_a_byte(run, folder, register, tmp_path):
    first = outcome(run, folder, "--units", register, "--processes", "1")[0]
    bytes_of_one = results("tổng hợp.xlsx", "tổng hợp.json")
    assert outcome(run, folder, "--units", register, "--processes", "1")[0] == first
    assert results("tổng hợp.xlsx", "tổng hợp.json") == bytes_of_one
    outcome(run, folder, "--units", register, "--processes", "2", "--again")
    assert results("tổng hợp.xlsx", "tổng hợp.json") == bytes_of_one
    elsewhere = tmp_path / "nơi khác"
    elsewhere.mkdir()
    for path in sorted(folder.iterdir(), reverse=True):
        shutil.copy(path, elsewhere)
    outcome(run, elsewhere, "--units", register)
    assert results("tổng hợp.xlsx", "tổng hợp.json") == bytes_of_one
    outcome(run, *sorted(elsewhere.glob("*.xlsx"), reverse=True), "--units", register)
    assert results("tổng hợp.xlsx", "tổng hợp.json") == bytes_of_one


def test_a_second_run_reads_only_what_changed(run, folder, made, monkeypatch):
    outcome(run, folder, "--processes", "1")
    opened = []
    real = file_results.receive

    def receive(path, name):
        opened.append(name)
        return real(path, name)

    monkeypatch.setattr(file_results, "receive", receive)
    _, printed = outcome(run, folder, "--processes", "1")
    assert opened == []
    assert "Đã đọc 0 tệp" in printed
    changed, gone, *_ = (folder / form.name for form in made[1])
    changed.write_bytes((folder / made[1][5].name).read_bytes())
    gone.unlink()
    opened.clear()
    data, _ = outcome(run, folder, "--processes", "1")
    assert opened == [changed.name]
    assert gone.name not in json.dumps(data, ensure_ascii=False)
    opened.clear()
    outcome(run, folder, "--processes", "1", "--again")
    assert len(opened) == UNITS - 1


def test_a_store_that_was_tampered_with_is_set_aside(run, few):
    expected = outcome(run, few)[0]
    Path(".tổng hợp.cchc").write_bytes(b"garbage" * 500)
    data, printed = outcome(run, few)
    assert data == expected
    assert "“.tổng hợp.cchc.hong”" in printed


def test_the_result_may_lie_in_the_folder_and_is_never_read(run, few):
    code, _ = run("consolidate", few, "-o", few / "tổng hợp.xlsx", "--json", few / "tổng hợp.json")
    first = (few / "tổng hợp.json").read_bytes()
    again, printed = run("consolidate", few, "-o", few / "tổng hợp.xlsx", "--json", few / "tổng hợp.json")
    assert (code, again) == (0, 0)
    assert (few / "tổng hợp.json").read_bytes() == first
    assert "Đã đọc 0 tệp" in printed


def test_an_earlier_result_tells_whose_figures_changed(run, few, made):
    _, printed = outcome(run, few)
    shutil.copy("tổng hợp.json", "lần trước.json")
    unchanged, _ = outcome(run, few, "--manifest", "lần trước.json")
    assert not [one for one in unchanged["findings"] if one["rule"] == "manifest_differs"]
    form = made[1][0]
    other = replace(form.unit, typed={**form.unit.typed, "1.1": 77})
    (few / form.name).write_bytes(form_bytes(other, form.writer))
    changed, printed = outcome(run, few, "--manifest", "lần trước.json")
    (told,) = [one for one in changed["findings"] if one["rule"] == "manifest_differs"]
    assert (told["code"], told["cause"], told["where"]) == ("X07", "changed", form.name)
    assert told["message"] in printed


def test_what_the_manifest_tells_of_the_command_names_no_folder(run, folder, register, tmp_path):
    printed = tmp_path / "cấp trên.xlsx"
    write_template(printed, FORM, unit="UBND thành phố Nha Trang")
    options = ["--units", register, "--parent", "Tỉnh An Giao", "--due", "2023-09-20", "--printed", printed]
    code, said = run("consolidate", folder, "-o", "tổng hợp.xlsx", "--processes", "1", *options)
    assert code == 1, said
    texts = [str(text) for sheet in read_values(Path("tổng hợp.xlsx")).values() for text in sheet.values()]
    (told,) = [text for text in texts if "--level" in text]
    for part in ("consolidate", "city", REGISTER, "An Giao", "2023-09-20", "cấp trên.xlsx"):
        assert part in told
    assert "--processes" not in told
    assert not any(str(tmp_path) in text or "/" + REGISTER in text for text in texts)


# Wrong use.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.xlsx"], "thư mục chứa báo cáo"),
        (["không có", "-o", "a.xlsx"], "ông tìm thấy"),
        (["trống", "-o", "a.xlsx"], "Không có tệp nào"),
        (["nộp", "-o", "a.csv"], ".xlsx hoặc .xlsm"),
        (["nộp", "-o", "không có/a.xlsx"], "Không có thư mục"),
        (["nộp/1.xlsx", "nộp/2.xlsx", "-o", "nộp/1.xlsx"], "trùng tệp nguồn"),
        (["nộp", "-o", "nộp/1.xlsx"], "không phải tệp tổng hợp"),
        (["nộp", "-o", "nộp/hỏng.xlsx"], "không phải tệp tổng hợp"),
        (["nộp", "-o", "a.xlsx", "--json", "nộp"], "trùng tên"),
        (["nộp", "-o", "a.xlsx", "--table", "a.txt"], ".csv hoặc .parquet"),
        (["nộp", "-o", "a.xlsx", "--table", "a.csv", "--json", "a.csv"], "trùng tên"),
        (["nộp", "-o", "a.xlsx", "--units", "không có.csv"], "ông tìm thấy"),
        (["nộp", "-o", "a.xlsx", "--units", "nộp/1.xlsx"], "ải là tệp CSV"),
        (["nộp", "-o", "a.xlsx", "--parent", "568"], "--units"),
        (["nộp", "-o", "a.xlsx", "--level", "xã"], "--level"),
        (["nộp", "-o", "a.xlsx", "--processes", "0"], "--processes"),
        (["nộp", "-o", "a.xlsx", "--previous", "không có"], "ông tìm thấy"),
        (["nộp", "-o", "a.xlsx", "--printed", "không có"], "ông tìm thấy"),
    ],
)
def test_what_cannot_work_says_so_and_writes_nothing(run, tmp_path, arguments, said):
    (tmp_path / "trống").mkdir()
    (tmp_path / "nộp").mkdir()
    for number in (1, 2):
        write_template(tmp_path / "nộp" / f"{number}.xlsx", FORM, unit=f"UBND phường {number}")
    (tmp_path / "nộp" / "hỏng.xlsx").write_bytes(b"broken")
    before = contents(tmp_path)
    code, printed = run("consolidate", *arguments)
    assert (code, said in printed) == (2, True), printed
    after = contents(tmp_path)
    after.pop(".a.cchc", None)
    assert after == before


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Stopped, killed, without room.


def child_processes(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in children.split()]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def many(made, tmp_path):
    """Four hundred files: the forty, ten times over with names of their own (a unit then counts once)."""
    place = tmp_path / "nộp"
    place.mkdir()
    for form in made[1]:
        for copy in range(10):
            shutil.copy(made[0] / form.name, place / f"{copy} {form.name}")
    return place


@pytest.fixture
def stop(many, tmp_path):
    """Start the command, send it a signal once it has kept some files, and give its process and those it started."""

    def start_and_stop(sign):
        process = subprocess.Popen(
            [*COMMAND, many, "-o", "tổng hợp.xlsx", "--json", "tổng hợp.json", "--processes", "2"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        children = wait_for(lambda: kept(tmp_path) > 0 and child_processes(process.pid), process)
        os.killpg(process.pid, sign) if sign == signal.SIGINT else process.send_signal(sign)
        out, err = process.communicate(timeout=60)
        wait_for(lambda: not any(map(is_running, children)))
        return process.returncode, out + err

    return start_and_stop


def wait_for(condition, process=None):
    for _ in range(3000):
        if found := condition():
            return found
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.01)
    raise AssertionError("it never came")


def kept(folder):
    """What a run has given to its log: a batch makes it longer than the empty store."""
    log = folder / ".tổng hợp.cchc-wal"
    return max(0, log.stat().st_size - 60_000) if log.exists() else 0


def test_killed_in_the_middle_and_run_again_gives_the_same_and_goes_on(run, stop, many, tmp_path):
    code, printed = stop(signal.SIGKILL)
    assert (code, printed) == (-signal.SIGKILL, "")
    assert not list(tmp_path.glob("tổng hợp.*"))
    data, printed = outcome(run, many)
    after_kill = results("tổng hợp.xlsx", "tổng hợp.json")
    read = int(printed.partition("Đã đọc ")[2].partition(" tệp")[0])
    assert 0 < read < 400
    assert f"{400 - read} tệp không đổi" in printed
    undisturbed = tmp_path / "yên"
    undisturbed.mkdir()
    run("consolidate", many, "-o", undisturbed / "tổng hợp.xlsx", "--json", undisturbed / "tổng hợp.json")
    assert results(*sorted(undisturbed.glob("tổng hợp.*"), reverse=True)) == after_kill
    assert len(data["units"]) == UNITS


def test_ctrl_c_keeps_what_was_read_and_leaves_nothing_behind(run, stop, many, tmp_path):
    code, printed = stop(signal.SIGINT)
    assert code == 130
    assert "Traceback" not in printed
    assert "đã dừng theo yêu cầu" in printed
    number = int(printed.partition("kết quả đọc ")[2].partition(" tệp")[0])
    assert 0 < number < 400
    assert sorted(path.name for path in tmp_path.iterdir()) == [".tổng hợp.cchc", "nộp"]
    _, printed = outcome(run, many)
    assert f"Đã đọc {400 - number} tệp" in printed


def limited(bytes_allowed):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_allowed, bytes_allowed))

    return limit


@pytest.mark.parametrize("allowed", [1_000, 100_000])
def test_a_full_disk_leaves_what_was_there(folder, tmp_path, allowed):
    (tmp_path / "tổng hợp.xlsx").write_bytes(b"of yesterday")
    done = subprocess.run(
        [*COMMAND, folder, "-o", "tổng hợp.xlsx"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited(allowed),
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert "đĩa đầy hoặc hết hạn mức" in done.stderr
    assert (tmp_path / "tổng hợp.xlsx").read_bytes() == b"of yesterday"
    assert {path.name for path in tmp_path.iterdir()} <= {
        "nộp",
        "tổng hợp.xlsx",
        ".tổng hợp.cchc",
        ".tổng hợp.cchc-wal",
    }


def test_a_result_that_is_open_elsewhere_stays_and_nothing_is_read_twice(run, few, monkeypatch):
    outcome(run, few)
    before = results("tổng hợp.xlsx")

    def replace(self, _target):
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        code, printed = run("consolidate", few, "-o", "tổng hợp.xlsx", "--again")
    assert (code, "có thể tệp đang mở trong Excel" in printed) == (2, True)
    assert results("tổng hợp.xlsx") == before
    assert sorted(path.name for path in Path().iterdir()) == [".tổng hợp.cchc", "nộp", "tổng hợp.json", "tổng hợp.xlsx"]
    assert "Đã đọc 0 tệp" in outcome(run, few)[1]


def test_an_interrupt_while_the_result_is_written_leaves_no_half_file(run, few, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("cchc_calc.excel.consolidation.workbook._write_sheets", interrupted)
    code, printed = run("consolidate", few, "-o", "tổng hợp.xlsx")
    assert (code, "không có tệp nào ghi dở" in printed) == (130, True)
    assert sorted(path.name for path in Path().iterdir()) == [".tổng hợp.cchc", "nộp"]


def test_two_runs_into_one_result_at_once_are_refused(run, few):
    from cchc_calc.intake.store import Store

    with Store(Path(".tổng hợp.cchc")):
        code, printed = run("consolidate", few, "-o", "tổng hợp.xlsx")
    assert (code, "một lệnh tổng hợp khác" in printed) == (2, True)


def test_paths_of_more_than_260_letters_and_vietnamese_names(run, few, made):
    deep = few.joinpath(*["Phường có tên rất dài của thành phố Nha Trang"] * 6)
    deep.mkdir(parents=True)
    name = made[1][6].name
    shutil.copy(made[0] / name, deep / name)
    data, _ = outcome(run, few)
    assert len(data["units"]) == 7
    assert max(len(unit["source"]) for unit in data["units"]) > 260


def test_the_files_of_the_units_are_never_touched(run, folder):
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    outcome(run, folder)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_the_figures_of_a_workbook_are_those_of_the_json(run, few):
    data, _ = outcome(run, few)
    with contextlib.closing(openpyxl.load_workbook("tổng hợp.xlsx", data_only=True, read_only=True)) as book:
        texts = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    total = next(row["value"] for row in data["rows"] if row["address"] == "3.4.3.b")
    assert total in texts


def test_progress_is_shown_on_a_terminal_only(few, tmp_path):
    shown = {}
    for where in ("terminal", "pipe"):
        ours, theirs = os.openpty() if where == "terminal" else os.pipe()
        done = subprocess.run(
            [*COMMAND, few, "-o", "tổng hợp.xlsx", "--again"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
            check=False,
        )
        os.close(theirs)
        with contextlib.suppress(OSError):
            shown[where] = os.read(ours, 100_000).decode()
        os.close(ours)
        assert done.returncode == 0
        assert "tệp/giây" not in done.stdout.decode().partition("Đã đọc")[0]
    assert "Đọc tệp" in shown["terminal"]
    assert "6/6" in shown["terminal"]
    assert "tệp/giây" in shown["terminal"]
    assert shown["pipe"] == ""
