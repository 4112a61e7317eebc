"""What is installed on this machine, what would fail, and what to do about it."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from cchc_calc.calendar_vn.data_files import OWN_FILE
from cchc_calc.calendar_vn.days_off import load_days_off
from cchc_calc.calendar_vn.desk import load_desk
from cchc_calc.errors import CalendarError, CchcError
from cchc_calc.examination import Line
from cchc_calc.excel.office.examination import OLDEST_PYTHON, examine_office, examine_settings
from cchc_calc.excel.office.machine import this_machine
from cchc_calc.form_files import editions, form_ids, load_form
from cchc_calc.installing import file_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.excel.office.machine import Machine

_PACKAGES: Final = (
    ("openpyxl", "đọc tệp Excel", True),
    ("python-calamine", "đọc nhanh tệp Excel, .xls, .ods", True),
    ("XlsxWriter", "ghi biểu mẫu", True),
    ("click", "dòng lệnh", True),
    ("rich", "in kết quả", True),
    ("pandas", "bảng số liệu cho lập trình viên", False),
    ("pyarrow", "ghi bảng số liệu ra tệp Parquet", False),
    ("duckdb", "đếm hồ sơ: cchc tally", False),
    ("narwhals", "đếm hồ sơ: cchc tally", False),
    ("polars", "đếm hồ sơ với --engine polars", False),
    ("pyspark", "đếm hồ sơ với --engine pyspark", False),
    ("xlwings", "hàm Python trong ô Excel", False),
    ("python-docx", "đọc báo cáo Word", False),
    ("anyio", "máy chủ hàm", False),
    ("starlette", "máy chủ hàm", False),
    ("uvicorn", "máy chủ hàm", False),
    ("xlwings-server", "máy chủ hàm", False),
)
_EXTRAS: Final = {
    "duckdb": "dossiers",
    "narwhals": "dossiers",
    "pyspark": "spark",
    "pyarrow": "parquet",
    "python-docx": "word",
    "anyio": "server",
    "starlette": "server",
    "uvicorn": "server",
    "xlwings-server": "server",
}


def examine() -> tuple[Line, ...]:
    """Examine this machine; nothing is changed and no file is written."""
    machine = this_machine()
    return (*_python(machine), *_packages(), *_forms(), _calendar(), *_office(machine), *_libreoffice())


def _python(machine: Machine) -> Iterator[Line]:
    found = ".".join(map(str, machine.python_version))
    yield Line("Python", machine.python_version >= OLDEST_PYTHON, found, "cài Python 3.11 trở lên.")


def _packages() -> Iterator[Line]:
    for name, purpose, needed in _PACKAGES:
        try:
            yield Line(f"{name} ({purpose})", ok=True, found=version(name), needed=needed)
        except PackageNotFoundError:
            package = f'"cchc_calc[{_EXTRAS[name]}]"' if name in _EXTRAS else name
            remedy = f"chạy lệnh: pip install {package}"
            yield Line(f"{name} ({purpose})", ok=False, found="chưa cài", remedy=remedy, needed=needed)


def _forms() -> Iterator[Line]:
    for name in form_ids():
        for edition in editions(name):
            title = f"Biểu mẫu {name}, bản {edition}"
            try:
                form = load_form(name, edition)
            except CchcError as error:
                yield Line(title, ok=False, found=str(error), remedy="cài lại cchc_calc.")
            else:
                mark = f" ({form.mark})" if form.mark else ""
                yield Line(title, ok=True, found=f"{len(form.rows)} dòng{mark}")


def _calendar() -> Line:
    own = os.environ.get(OWN_FILE)
    title = f"Lịch làm việc ({f'lịch riêng {own}' if own else 'có sẵn'})"
    try:
        days_off = load_days_off()
        load_desk()
    except CalendarError as error:
        remedy = f"sửa tệp lịch riêng, hoặc bỏ biến môi trường {OWN_FILE}." if own else "cài lại cchc_calc."
        return Line(title, ok=False, found=str(error), remedy=remedy)
    first, *_, last = days_off.years
    return Line(title, ok=True, found=f"năm {first} – {last}, đã công bố đến {max(days_off.announced)}")


def _office(machine: Machine) -> Iterator[Line]:
    """Say what Excel needs to call Python: on Windows whether it is there, elsewhere what concerns Python alone."""
    lines = [*examine_office(machine)]
    if machine.is_windows:
        lines += [examine_settings(machine), _templates(machine)]
    # The commands and the .xlsx build work without.
    yield from (replace(line, needed=False) for line in lines)


def _templates(machine: Machine) -> Line:
    names = file_names()
    there = sum(machine.folder / name in machine.files for name in names)
    return Line(
        f"Biểu mẫu, phần bổ sung LibreOffice trong {machine.folder}",
        ok=there == len(names),
        found=f"{there}/{len(names)} tệp",
        remedy="chạy lệnh: cchc install-excel",
    )


def _libreoffice() -> Iterator[Line]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    yield Line(
        "LibreOffice (chỉ cần khi chạy bộ kiểm thử)",
        ok=program is not None,
        found="có" if program else "không thấy",
        remedy="không cần cho việc hằng ngày; cài LibreOffice nếu muốn chạy đủ bộ kiểm thử.",
        needed=False,
    )
