"""What is installed on this machine, what would fail, and what to do about it."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import CchcError
from cchc_calc.form_files import editions, form_ids, load_form

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Line:
    """One thing examined. ``needed`` tells whether the commands fail without it."""

    name: str
    ok: bool
    found: str
    remedy: str = ""
    needed: bool = True


_PACKAGES: Final = (
    ("openpyxl", "đọc tệp Excel", True),
    ("python-calamine", "đọc nhanh tệp Excel, .xls, .ods", True),
    ("XlsxWriter", "ghi biểu mẫu", True),
    ("click", "dòng lệnh", True),
    ("rich", "in kết quả", True),
    ("pandas", "bảng số liệu cho lập trình viên", False),
    ("xlwings", "hàm Python trong ô Excel", False),
    ("python-docx", "đọc báo cáo Word", False),
)
_EXTRAS: Final = {"python-docx": 'pip install "cchc_calc[word]"'}


def examine() -> tuple[Line, ...]:
    """Examine this machine; nothing is changed and no file is written."""
    return (*_python(), *_packages(), *_forms(), *_libreoffice())


def _python() -> Iterator[Line]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield Line("Python", sys.version_info >= (3, 11), found, "cài Python 3.11 trở lên.")


def _packages() -> Iterator[Line]:
    for name, purpose, needed in _PACKAGES:
        try:
            yield Line(f"{name} ({purpose})", ok=True, found=version(name), needed=needed)
        except PackageNotFoundError:
            remedy = f"chạy lệnh: {_EXTRAS.get(name, f'pip install {name}')}"
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


def _libreoffice() -> Iterator[Line]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    yield Line(
        "LibreOffice (chỉ cần khi chạy bộ kiểm thử)",
        ok=program is not None,
        found="có" if program else "không thấy",
        remedy="không cần cho việc hằng ngày; cài LibreOffice nếu muốn chạy đủ bộ kiểm thử.",
        needed=False,
    )
