"""What the doctor says: of this machine, of Windows machines, of what is not installed; and that it writes nothing."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

import pytest
from office_machines import machine_in, windows_machine
from own_calendars import own_calendar

from cchc_calc import doctor
from cchc_calc.examination import Line, missing, told
from cchc_calc.excel.office.windows import Excel
from cchc_calc.installing import carry_out, file_names, plan_of


@pytest.fixture
def examined(monkeypatch):
    """Examine a described machine; give its lines by their names."""

    def examine(machine):
        monkeypatch.setattr(doctor, "this_machine", lambda: machine)
        return {line.name: line for line in doctor.examine()}

    return examine


def test_nothing_needed_is_missing_here():
    assert missing(doctor.examine()) == ()


@pytest.mark.parametrize(
    ("package", "remedy"),
    [
        ("pyarrow", 'pip install "cchc_calc[parquet]"'),
        ("python-docx", 'pip install "cchc_calc[word]"'),
        ("duckdb", 'pip install "cchc_calc[dossiers]"'),
        ("pyspark", 'pip install "cchc_calc[spark]"'),
        ("starlette", 'pip install "cchc_calc[server]"'),
        ("xlwings-server", 'pip install "cchc_calc[server]"'),
        ("openpyxl", "pip install openpyxl"),
    ],
)
def test_a_package_that_is_missing_is_named_with_its_command(monkeypatch, package, remedy):
    def without(name):
        if name == package:
            raise PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(doctor, "version", without)
    (line,) = (line for line in doctor.examine() if line.name.startswith(package))
    assert not line.ok
    assert line.remedy.endswith(remedy)
    assert line.needed is (package == "openpyxl")


def test_every_extra_is_examined():
    names = {line.name.split()[0] for line in doctor.examine()}
    assert names >= {
        "duckdb",
        "narwhals",
        "pyspark",
        "pyarrow",
        "python-docx",
        "anyio",
        "starlette",
        "uvicorn",
        "xlwings-server",
    }


def test_an_own_calendar_that_is_broken_is_named(tmp_path):
    own = tmp_path / "lich.toml"
    own.write_text("[[year]]\nyear = 2027,", encoding="utf-8")
    (packaged,) = (line for line in doctor.examine() if line.name.startswith("Lịch làm việc"))
    assert packaged.ok
    assert packaged.found == "năm 2018 – 2030, đã công bố đến 2027"
    with own_calendar(own):
        (broken,) = (line for line in doctor.examine() if line.name.startswith("Lịch làm việc"))
    assert not broken.ok
    assert "lich.toml, dòng 2" in broken.found
    assert "CCHC_CALENDAR" in broken.remedy


def test_windows_is_examined_as_the_installation_does(examined):
    lines = examined(windows_machine(excel=Excel("16.0", macros=4)))
    assert not lines["Macro trong Excel"].ok
    assert lines["Excel"].ok
    assert not missing(lines.values()), "the commands work without Excel"


def test_settings_and_templates_are_looked_for(examined, tmp_path):
    machine = machine_in(tmp_path)
    settings, folder = f"Cấu hình {machine.settings_path}", f"Biểu mẫu, phần bổ sung LibreOffice trong {machine.folder}"
    before = examined(machine)
    assert (before[settings].found, before[folder].found) == ("chưa có", f"0/{len(file_names())} tệp")
    assert not before[folder].ok
    assert before[folder].remedy.endswith("cchc install-excel")
    carry_out(plan_of(machine))
    after = examined(
        replace(
            machine,
            settings=(tmp_path / ".xlwings/xlwings.conf").read_bytes(),
            files=frozenset(machine.folder.iterdir()),
        )
    )
    assert (after[settings].ok, after[folder].ok) == (True, True)


def test_the_doctor_writes_nothing(examined, tmp_path):
    examined(machine_in(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_remedy_is_told_only_where_something_is_wrong():
    fine, wrong = (
        Line("Python", ok=True, found="3.12", remedy="cài"),
        Line("Excel", ok=False, found="không", remedy="cài"),
    )
    assert list(told([fine, wrong])) == ["✓ Python: 3.12", "✗ Excel: không", "     → cài"]
    assert (fine.to_json()["remedy"], wrong.to_json()["remedy"]) == ("", "cài")
