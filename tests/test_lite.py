"""The package for the Python of a browser: what is in it, and that its functions answer there as everywhere."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from golden_functions import golden_cases
from pyodide_node import call_all, lite_excel, lite_wheel
from server_client import call_together

from cchc_calc.excel.core_files import core_files
from cchc_calc.excel.lite_wheel import LITE_WHEEL
from cchc_calc.version import VERSION

GUIDE = Path(__file__).parents[1] / "workbooks" / "TREN_MANG.md"
INFO = f"cchc_calc_lite-{VERSION}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return lite_wheel(tmp_path_factory.mktemp("wheel"))


def test_it_holds_what_the_functions_need_and_how_to_install_it(wheel):
    with zipfile.ZipFile(wheel) as package:
        names = set(package.namelist())
    assert names - set(core_files()) == {
        f"{INFO}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "licenses/LICENSE")
    }


def test_it_asks_for_no_other_package(wheel):
    with zipfile.ZipFile(wheel) as package:
        metadata = message_from_bytes(package.read(f"{INFO}/METADATA"))
        licence = package.read(f"{INFO}/licenses/LICENSE")
    assert metadata["Requires-Dist"] is None
    assert (metadata["Name"], metadata["Version"]) == ("cchc-calc-lite", VERSION)
    assert licence.startswith(b"MIT License")


def test_its_record_lists_every_file_with_its_digest(wheel):
    with zipfile.ZipFile(wheel) as package:
        record = dict(line.split(",", 1) for line in package.read(f"{INFO}/RECORD").decode().splitlines())
        assert set(record) == set(package.namelist())
        for name in set(record) - {f"{INFO}/RECORD"}:
            content = package.read(name)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            assert record[name] == f"sha256={digest},{len(content)}"


def test_it_is_the_same_whenever_it_is_built(wheel, tmp_path):
    assert lite_wheel(tmp_path).read_bytes() == wheel.read_bytes()


@pytest.mark.slow
def test_it_installs_alone_and_works_without_any_other_package(wheel, tmp_path):
    install = ("-m", "pip", "install", "--quiet", "--no-index", "--target", tmp_path, wheel)
    subprocess.run([sys.executable, *install], check=True, timeout=120)
    code = (
        f"import sys; sys.path[0:0] = [{str(tmp_path)!r}]; from cchc_calc.excel import udf; print(udf.CCHC_TUKIEMTRA())"
    )
    # Neither the packages nor the settings of this machine.
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith(f"Đạt: cchc_calc {VERSION}")


@pytest.mark.slow
def test_the_functions_answer_in_the_python_of_a_browser():
    asked = ("CCHC_TYLE_DUNGHAN", "CCHC_SO", "CCHC_XEPLOAI", "CCHC_HANTRA", "CCHC_SONGAYLAMVIEC")
    cases = [case for case in golden_cases() if case.function in asked]
    answers = call_all(cases)
    assert [case.id for case, answer in zip(cases, answers, strict=True) if not case.is_right(answer)] == []


@pytest.mark.slow
def test_excel_with_lite_calls_the_functions_as_the_guide_sets_them_up():
    main = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[1]
    with lite_excel("\n".join(map(str.strip, main.splitlines()))) as talk:
        answers = call_together(
            talk,
            [
                ("CCHC_TUKIEMTRA", ()),
                ("CCHC_TYLE", (((424,),), ((425,),))),
                ("CCHC_TYLE", (((None,),), ((425,),))),
                ("CCHC_TYLE", (((1,), (None,)), ((2,), (2,)))),
                ("CCHC_TONG", (((1,),), ((2,), (None,), (3,)))),
                ("CCHC_KIEMTRA", (((1,),),)),
            ],
        )
    assert answers[0].startswith(f"Đạt: cchc_calc {VERSION}, Python 3.")
    assert answers[1:5] == [424 / 425, "", [[0.5], [""]], 6]
    assert answers[5].startswith("Lỗi: vùng không có biểu mẫu thống kê")


def test_the_guide_names_the_package():
    assert LITE_WHEEL in GUIDE.read_text(encoding="utf-8")
