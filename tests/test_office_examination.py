"""What is said of machines: nothing where all is well, and otherwise the one thing that is wrong and what mends it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest
from office_machines import INSTALLED, PIN, windows_machine

from cchc_calc.examination import missing
from cchc_calc.excel.macros.sources import library_name
from cchc_calc.excel.office.examination import examine_office, examine_settings, usable_python
from cchc_calc.excel.office.machine import is_synchronised, portable, this_machine
from cchc_calc.excel.office.windows import Excel

STORE = PureWindowsPath(r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_x64")
SYSTEM_PYTHON = PureWindowsPath(r"C:\Users\Lan\AppData\Local\Programs\Python\Python312")
FINE = windows_machine()
PLACE = PureWindowsPath(r"C:\Users\Lan\AppData\Local\cchc_calc")
PYTHONW, LIBRARY = PLACE / "Scripts" / "pythonw.exe", PLACE / f"xlwings64-{PIN}.dll"


def faults(machine):
    return {line.name: line for line in examine_office(machine) if not line.ok}


def test_nothing_is_said_of_a_machine_where_all_is_well():
    assert faults(FINE) == {}


@pytest.mark.parametrize(
    ("differences", "wrong", "said", "mended_by"),
    [
        ({"excel": None}, "Excel", "không thấy", "LibreOffice"),
        ({"excel": Excel("12.0")}, "Excel", "12.0", ".xlsx"),
        ({"excel": Excel("16.0", from_store=True)}, "Nguồn cài Excel", "Microsoft Store", "office.com"),
        ({"excel": Excel("16.0", macros=4)}, "Macro trong Excel", "tắt hết", "Trust Center"),
        ({"excel": Excel("16.0", macros=3)}, "Macro trong Excel", "chữ ký số", "Trust Center"),
        ({"excel": Excel("16.0", macros=4, macros_by_policy=True)}, "Macro trong Excel", "tắt hết", "người quản trị"),
        ({"excel": Excel("16.0", blocks_web_macros=True)}, "Macro trong tệp tải về từ mạng", "chặn", "Unblock"),
        ({"python_home": STORE}, "Nguồn cài Python", "Microsoft Store", "python.org"),
        ({"python_version": (3, 10, 9)}, "Python cho Excel", "3.10.9", "python.org"),
        ({"packages": INSTALLED | {"xlwings": "0.33.1"}}, "xlwings đúng phiên bản của biểu mẫu", "0.33.1", f"=={PIN}"),
        ({"xlwings_pin": ""}, "xlwings đúng phiên bản của biểu mẫu", PIN, "install cchc_calc"),
        ({"functions_error": "No module named 'cchc_calc'"}, "Python nạp được các hàm CCHC_*", "No module", "venv"),
        ({"files": frozenset({LIBRARY})}, "Tệp pythonw.exe", "không thấy", "venv"),
        ({"files": frozenset({PYTHONW})}, f"Tệp xlwings64-{PIN}.dll", "không thấy", "venv"),
        (
            {"folder": PureWindowsPath(r"C:\Users\Lan\OneDrive - UBND\CCHC")},
            "Thư mục của biểu mẫu",
            "OneDrive",
            "--folder",
        ),
    ],
)
def test_one_fault_gives_one_line_and_what_mends_it(differences, wrong, said, mended_by):
    if "xlwings_pin" in differences:
        differences["files"] = FINE.files | {PLACE / "xlwings64-.dll"}
    found = faults(replace(FINE, **differences))
    assert list(found) == [wrong]
    assert said in found[wrong].found
    assert mended_by in found[wrong].remedy


def test_without_pywin32_that_is_said():
    packages = {name: version for name, version in INSTALLED.items() if name != "pywin32"}
    assert [name[:7] for name in faults(replace(FINE, packages=packages))] == ["pywin32"]


def test_the_python_that_only_opens_the_store_is_known():
    alias = PureWindowsPath(r"C:\Users\Lan\AppData\Local\Microsoft\WindowsApps")
    assert "Nguồn cài Python" in faults(replace(FINE, python=alias / "python.exe"))


def test_bits_may_differ_but_the_file_of_excel_must_be_there():
    """Excel loads the file of its own bits, and Python runs apart from it."""
    machine = replace(FINE, excel=Excel("16.0", bits=32))
    assert list(faults(machine)) == [f"Tệp xlwings32-{PIN}.dll"]
    with_library = replace(machine, files=FINE.files | {PLACE / f"xlwings32-{PIN}.dll"})
    assert faults(with_library) == {}
    assert any("32 bit; khác Python, không sao" in line.found for line in examine_office(with_library))


def test_where_the_bits_are_unknown_either_file_will_do():
    machine = replace(FINE, excel=Excel("16.0", bits=0))
    assert faults(machine) == {}
    assert faults(replace(machine, files=frozenset({PYTHONW})))


def test_a_python_elsewhere_is_not_the_one_the_workbooks_look_for():
    library = SYSTEM_PYTHON / f"xlwings64-{PIN}.dll"
    machine = replace(
        FINE,
        python=SYSTEM_PYTHON / "python.exe",
        files=frozenset({SYSTEM_PYTHON / "pythonw.exe", library}),
    )
    found = faults(machine)
    assert list(found) == ["Python ở nơi tệp .xlsm tìm"]
    assert r'py -m venv "%LOCALAPPDATA%\cchc_calc"' in next(iter(found.values())).remedy


@pytest.mark.parametrize(
    ("user", "code_page", "lost"),
    [
        ("Lan", "cp1252", ""),
        ("Hoà", "cp1252", ""),
        ("Đức", "cp1258", "ứ"),
        ("Đông", "cp1258", ""),
        ("Nguyễn Văn Lan", "cp1252", "ễ"),
        ("Nguyễn Văn Lan", "utf-8", ""),
    ],
)
def test_a_vietnamese_user_name_is_written_by_its_windows_name_and_told_where_excel_cannot_read_it(
    user, code_page, lost
):
    machine = windows_machine(home=PureWindowsPath("C:/Users") / user, code_page=code_page)
    assert portable(machine, machine.interpreter) == r"%LOCALAPPDATA%\cchc_calc\Scripts\pythonw.exe"
    found = faults(machine)
    assert list(found) == (["Đường dẫn tới Python"] if lost else [])
    assert not lost or lost in found["Đường dẫn tới Python"].found.rpartition("các chữ")[2]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (r"C:\Users\Lan\AppData\Local\a\b.exe", r"%LOCALAPPDATA%\a\b.exe"),
        (r"C:\Users\Lan\AppData\Roaming\b.exe", r"%APPDATA%\b.exe"),
        (r"C:\Users\Lan\b.exe", r"%USERPROFILE%\b.exe"),
        (r"c:\users\LAN\b.exe", r"%USERPROFILE%\b.exe"),
        (r"D:\Python\b.exe", r"D:\Python\b.exe"),
        (r"C:\Users\Lan2\b.exe", r"C:\Users\Lan2\b.exe"),
    ],
)
def test_paths_are_written_by_the_names_of_windows(path, written):
    assert portable(FINE, PureWindowsPath(path)) == written


@pytest.mark.parametrize(
    ("folder", "synchronised"),
    [
        (r"C:\Users\Lan\Documents\CCHC", False),
        (r"C:\Users\Lan\OneDrive\Documents", True),
        (r"C:\Users\Lan\OneDrive - UBND phường\CCHC", True),
        (r"C:\Users\Lan\SharePoint\CCHC", True),
        (r"E:\Dam may\CCHC", True),
        (r"E:\Dam may khac\CCHC", False),
    ],
)
def test_folders_in_the_cloud_are_known(folder, synchronised):
    assert is_synchronised(PureWindowsPath(folder), {"OneDriveCommercial": r"E:\Dam may"}) is synchronised


@pytest.mark.parametrize(
    ("settings", "ok"),
    [
        (None, False),
        (b'"INTERPRETER_WIN","C:\\Python\\pythonw.exe"\r\n', False),
        (b'"INTERPRETER_WIN","%LOCALAPPDATA%\\cchc_calc\\Scripts\\pythonw.exe"\r\n', True),
    ],
)
def test_the_settings_must_name_this_python(settings, ok):
    assert examine_settings(replace(FINE, settings=settings)).ok is ok


def test_a_python_that_excel_cannot_start_is_not_usable():
    assert usable_python(FINE)
    assert not usable_python(replace(FINE, python_home=STORE))
    assert not usable_python(replace(FINE, files=frozenset({LIBRARY})))


def test_only_files_from_the_web_are_not_needed():
    everything_wrong = replace(
        FINE, excel=Excel("16.0", blocks_web_macros=True, macros=4), packages={}, files=frozenset()
    )
    assert {line.name for line in faults(everything_wrong).values()} - {
        line.name for line in missing(examine_office(everything_wrong))
    } == {"Macro trong tệp tải về từ mạng"}


def test_this_machine_is_described_as_it_is(tmp_path):
    (tmp_path / "thong-ke-cchc-2023.xlsx").touch()
    (tmp_path / "thong-ke-cchc-2025.xlsx").mkdir()
    machine = this_machine(tmp_path)
    assert machine.platform == sys.platform
    assert machine.python == Path(sys.executable)
    assert machine.functions_error == ""
    assert tmp_path / "thong-ke-cchc-2023.xlsx" in machine.files
    assert tmp_path / "thong-ke-cchc-2025.xlsx" not in machine.files
    assert f"xlwings64-{machine.xlwings_pin}.dll" == library_name()


def test_the_settings_of_this_user_are_read(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert (this_machine().settings, this_machine().settings_read_only) == (None, False)
    conf = tmp_path / ".xlwings" / "xlwings.conf"
    conf.parent.mkdir()
    conf.write_bytes(b'"X","1"')
    assert (this_machine().settings, this_machine().settings_read_only) == (b'"X","1"', False)
    conf.chmod(0o444)
    assert this_machine().settings_read_only


def test_documents_in_the_cloud_are_passed_over(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert this_machine().folder == tmp_path / "Documents" / "CCHC"
    monkeypatch.setenv("OneDrive", str(tmp_path / "Documents"))
    assert this_machine().folder == tmp_path / "CCHC"


def test_functions_that_cannot_be_loaded_are_told(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setattr("cchc_calc.excel.office.machine.FUNCTIONS_MODULE", "cchc_calc.excel.no_such_module")
    assert "no_such_module" in this_machine().functions_error


@pytest.mark.skipif(sys.platform == "win32", reason="On Windows Excel itself is examined")
def test_off_windows_only_python_is_examined():
    assert [line.name for line in examine_office(this_machine())] == [
        "xlwings đúng phiên bản của biểu mẫu",
        "Python nạp được các hàm CCHC_*",
    ]
