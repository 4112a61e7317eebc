"""The installation: planned on machines of every kind, carried out in a folder, and as a command."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import PureWindowsPath

import pytest
from office_machines import machine_in, windows_machine

from cchc_calc.cli import main
from cchc_calc.errors import FormError
from cchc_calc.installing import Action, carry_out, file_names, plan_of

FILES = (
    "thong-ke-cchc-2023.xlsx",
    "thong-ke-cchc-2023.xlsm",
    "thong-ke-cchc-2025.xlsx",
    "thong-ke-cchc-2025.xlsm",
    "cchc_calc.oxt",
)
STORE = PureWindowsPath(r"C:\Program Files\WindowsApps\Python")
OURS = b'"INTERPRETER_WIN","%LOCALAPPDATA%\\cchc_calc\\Scripts\\pythonw.exe"\r\n'
OTHERS = b'"CONDA ENV","base"\r\n"LICENSE_KEY","abc"\r\n'


def test_settings_templates_and_the_addin_are_planned():
    steps = plan_of(windows_machine())
    assert [str(step.path) for step in steps] == [
        r"C:\Users\Lan\.xlwings\xlwings.conf",
        *(rf"C:\Users\Lan\Documents\CCHC\{name}" for name in FILES),
    ]
    assert {step.action for step in steps} == {Action.WRITE}
    assert file_names() == FILES


@pytest.mark.parametrize(
    ("differences", "action", "said"),
    [
        ({}, Action.WRITE, ""),
        ({"settings": OTHERS}, Action.WRITE, ""),
        ({"settings": b"\xef\xbb\xbf" + OTHERS}, Action.WRITE, ""),
        ({"settings": OURS + OTHERS}, Action.KEEP, "đã đúng"),
        ({"settings": OURS, "settings_read_only": True}, Action.KEEP, "đã đúng"),
        ({"settings": OTHERS, "settings_read_only": True}, Action.BLOCKED, "Read-only"),
        ({"settings": OTHERS.decode().encode("utf-16")}, Action.BLOCKED, "ANSI"),
        ({"python_home": STORE}, Action.BLOCKED, "chưa dùng được"),
        ({"files": frozenset()}, Action.BLOCKED, "chưa dùng được"),
        ({"environment": {}, "home": PureWindowsPath(r"C:\Users\Lan")}, Action.WRITE, ""),
        ({"platform": "linux"}, Action.BLOCKED, "Windows"),
    ],
)
def test_settings_are_written_only_where_they_help(differences, action, said):
    step = plan_of(windows_machine(**differences))[0]
    assert (step.action, said in step.reason) == (action, True)


def test_a_path_that_the_settings_cannot_hold_is_not_written():
    home = PureWindowsPath("C:/Users/Nguyễn")
    assert plan_of(windows_machine(home=home))[0].action is Action.WRITE
    assert plan_of(windows_machine(home=home, environment={}))[0].action is Action.BLOCKED


def test_a_template_that_is_there_is_kept_in_the_plan():
    machine = windows_machine()
    there = machine.folder / "thong-ke-cchc-2023.xlsm"
    steps = {step.path: step.action for step in plan_of(replace(machine, files=machine.files | {there}))}
    assert [path.name for path, action in steps.items() if action is Action.KEEP] == [there.name]


def test_everything_is_written_and_a_second_run_changes_nothing(tmp_path):
    machine = machine_in(tmp_path)
    assert {step.action for step in carry_out(plan_of(machine))} == {Action.WRITTEN}
    assert {path.name for path in machine.folder.iterdir()} == set(FILES)
    assert all(zipfile.is_zipfile(path) for path in machine.folder.iterdir())
    assert (tmp_path / ".xlwings" / "xlwings.conf").read_bytes() == OURS
    before = contents(tmp_path)
    again = replace(machine, settings=OURS, files=machine.files | set(machine.folder.iterdir()))
    assert {step.action for step in carry_out(plan_of(again))} == {Action.KEEP}
    # Whoever planned before the files came keeps them too.
    assert {step.action for step in carry_out(plan_of(machine)[1:])} == {Action.KEEP}
    assert contents(tmp_path) == before


def test_settings_of_others_stay_and_the_first_file_is_kept_as_a_copy(tmp_path):
    conf = tmp_path / ".xlwings" / "xlwings.conf"
    conf.parent.mkdir()
    conf.write_bytes(OTHERS)
    carry_out(plan_of(machine_in(tmp_path, settings=OTHERS))[:1])
    assert conf.read_bytes() == OURS + OTHERS
    conf.write_bytes(b'"X","1"\r\n')
    carry_out(plan_of(machine_in(tmp_path, settings=conf.read_bytes()))[:1])
    assert conf.read_bytes() == OURS + b'"X","1"\r\n'
    assert {path.name: path.read_bytes() for path in conf.parent.iterdir()} == {
        "xlwings.conf": conf.read_bytes(),
        "xlwings.conf.bak": OTHERS,
    }


def test_a_file_of_the_user_is_never_overwritten(tmp_path):
    machine = machine_in(tmp_path)
    machine.folder.mkdir(parents=True)
    mine = machine.folder / FILES[0]
    mine.write_bytes(b"so lieu cua toi")
    steps = {step.path.name: step for step in carry_out(plan_of(machine))}
    assert mine.read_bytes() == b"so lieu cua toi"
    assert steps[mine.name].action is Action.KEEP
    assert steps[FILES[1]].action is Action.WRITTEN


def test_what_cannot_be_written_does_not_stop_the_rest(tmp_path):
    machine = machine_in(tmp_path)
    machine.folder.parent.mkdir()
    machine.folder.write_bytes(b"a file where the folder should be")
    settings, *rest = carry_out(plan_of(machine))
    assert settings.action is Action.WRITTEN
    assert {step.action for step in rest} == {Action.BLOCKED}
    assert all(step.reason for step in rest)


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Access is denied"), OSError(28, "No space left"), FormError("không có bản này")]
)
def test_why_a_file_cannot_be_written_is_said(tmp_path, error):
    def fail(_path):
        raise error

    step = replace(plan_of(machine_in(tmp_path))[1], write=fail)
    (failed,) = carry_out([step])
    assert failed.action is Action.BLOCKED
    assert "không" in failed.reason


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def install(capsys, monkeypatch, tmp_path):
    """Run the command on a described machine; give its exit code, what it printed and what it wrote down."""
    monkeypatch.chdir(tmp_path)

    def run(machine, *arguments):
        monkeypatch.setattr("cchc_calc.excel.office.machine.this_machine", lambda _folder: machine)
        with pytest.raises(SystemExit) as exit_info:
            main(["install-excel", "--json", "kết quả.json", *arguments])
        captured = capsys.readouterr()
        return (
            exit_info.value.code,
            captured.out + captured.err,
            json.loads((tmp_path / "kết quả.json").read_text("utf-8")),
        )

    return run


def test_the_command_installs_and_says_what_to_do_next(install, tmp_path):
    machine = machine_in(tmp_path / "Lan")
    code, printed, report = install(machine)
    assert code == 0
    assert {path.name for path in machine.folder.iterdir()} == set(FILES)
    assert "✗" not in printed
    assert "Tự kiểm tra" in printed
    assert "Unblock" in printed
    assert report["complete"] is True
    assert {step["action"] for step in report["steps"]} == {"written"}


def test_the_dry_run_changes_nothing(install, tmp_path):
    code, printed, report = install(machine_in(tmp_path / "Lan"), "--dry-run")
    assert code == 0
    assert not (tmp_path / "Lan").exists()
    assert "chưa thay đổi gì" in printed
    assert (report["dry_run"], {step["action"] for step in report["steps"]}) == (True, {"write"})


def test_what_can_be_done_is_done_and_the_rest_is_told(install, tmp_path):
    machine = machine_in(tmp_path / "Lan", excel=None)
    code, printed, report = install(machine)
    assert code == 2
    assert {path.name for path in machine.folder.iterdir()} == set(FILES)
    assert "✗ Excel: không thấy" in printed
    assert "chạy lại cchc install-excel" in printed
    assert [line["name"] for line in report["examined"] if not line["ok"]] == ["Excel"]


def test_settings_that_cannot_be_changed_make_the_installation_incomplete(install, tmp_path):
    machine = machine_in(tmp_path / "Lan", settings=OTHERS, settings_read_only=True)
    code, printed, report = install(machine)
    assert (code, report["complete"]) == (2, False)
    assert "Read-only" in printed


def test_off_windows_the_command_names_the_other_ways(install, tmp_path):
    machine = machine_in(tmp_path / "Lan", platform="linux")
    code, printed, report = install(machine)
    assert (code, report["windows"]) == (2, False)
    assert not (tmp_path / "Lan").exists()
    assert all(way in printed for way in (".xlsx", "LibreOffice", "cchc serve", "xlwings Lite"))
    assert "sẽ ghi" not in printed


def test_off_windows_the_dry_run_shows_the_plan(install, tmp_path):
    code, printed, _ = install(machine_in(tmp_path / "Lan", platform="linux"), "--dry-run")
    assert code == 2
    assert "sẽ ghi" in printed
    assert not (tmp_path / "Lan").exists()


def test_the_folder_is_the_users_choice(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["install-excel", "--dry-run", "--folder", "biểu mẫu"])
    assert str(tmp_path / "biểu mẫu" / FILES[0]) in capsys.readouterr().out
