"""The files packed for LibreOffice and the browser are enough to compute, and no more than that."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_calc.excel import core_files as module
from cchc_calc.excel.core_files import core_files

ROOT = Path(__file__).parents[1]

# Runs in the packed files alone: no installed package and no path but theirs.
COMPUTE_EVERYTHING = """
import json, sys
sys.path.insert(0, sys.argv[1])
from cchc_calc.excel import udf
import cchc_calc
assert cchc_calc.__file__.startswith(sys.argv[1])
print(json.dumps([
    udf.CCHC_TYLE([[424.0]], [[425.0]]), udf.CCHC_DATMUCTIEU("dưới 1,5%", 0.01), udf.CCHC_XEPLOAI(16.0),
    udf.CCHC_HANTRA("13/6/2023", 10.0), udf.CCHC_SO("99,7%"),
    udf.CCHC_KIEMTRA([["STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"], ["1.1", "Số văn bản chỉ đạo", "Văn bản", "x"]]),
    udf.CCHC_TUKIEMTRA(),
]))
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Give a function that writes the modules of a package named as ours and collects its core files."""

    def collect(**sources):
        folder = tmp_path / "cchc_calc"
        folder.mkdir(exist_ok=True)
        for name, source in ({"__init__": ""} | sources).items():
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
        monkeypatch.setattr(module, "_FOLDER", folder)
        return [path.removeprefix("cchc_calc/") for path in core_files(["cchc_calc.entry"])]

    return collect


@pytest.mark.parametrize(
    "source",
    [
        "import cchc_calc.other",
        "import cchc_calc.other as renamed",
        "from cchc_calc import other",
        "from cchc_calc.other import Name",
        "from . import other",
        "from .other import Name",
        "def later():\n    from cchc_calc import other",
        "try:\n    import cchc_calc.other\nexcept ImportError:\n    pass",
        "if TYPE_CHECKING:\n    import cchc_calc.types\nelse:\n    import cchc_calc.other",
    ],
)
def test_an_import_is_followed_wherever_it_stands(package, source):
    assert package(entry=source, other="", types="", stranger="") == ["__init__.py", "entry.py", "other.py"]


def test_what_only_a_type_checker_reads_is_left_out(package):
    assert package(entry="if TYPE_CHECKING:\n    import numpy\n    import cchc_calc.other", other="") == [
        "__init__.py",
        "entry.py",
    ]


def test_data_files_come_with_the_package_that_a_module_opens_and_not_with_another(package, tmp_path):
    for name in ("table.toml", "data/inner.toml", "sub/__init__.py", "sub/unused.toml", "notes.txt"):
        path = tmp_path / "cchc_calc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    opening = 'from importlib import resources\nresources.files("cchc_calc").joinpath("table.toml")'
    assert package(entry=opening) == ["__init__.py", "data/inner.toml", "entry.py", "table.toml"]


def test_a_circle_of_imports_ends(package):
    assert package(entry="from cchc_calc import other", other="import cchc_calc.entry") == [
        "__init__.py",
        "entry.py",
        "other.py",
    ]


@pytest.mark.parametrize("source", ["import numpy", "def later():\n    from openpyxl.utils import cell"])
def test_a_package_that_the_hosts_do_not_have_is_an_error(package, source):
    with pytest.raises(ImportError, match=r"cchc_calc\.entry imports (numpy|openpyxl)"):
        package(entry=source)


@pytest.mark.parametrize("source", ["import xlwings", "import uno, json, collections.abc"])
def test_what_a_host_brings_along_is_no_error(package, source):
    assert package(entry=source) == ["__init__.py", "entry.py"]


def test_a_module_that_does_not_exist_is_an_error(package):
    with pytest.raises(ModuleNotFoundError, match=r"cchc_calc\.missing"):
        package(entry="import cchc_calc.missing")


def test_the_core_is_sorted_and_holds_no_faces_and_no_leftovers():
    paths = list(core_files())
    assert paths == sorted(paths)
    assert {"cchc_calc/excel/udf.py", "cchc_calc/forms/thong-ke-cchc-2023.toml"} <= set(paths)
    assert not [path for path in paths if "cli" in path or "template" in path or "__pycache__" in path]


def test_the_core_computes_alone(tmp_path):
    for path, content in core_files().items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    # -I -S: neither the environment nor installed packages, not even this one in editable mode.
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", COMPUTE_EVERYTHING, str(tmp_path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert not run.returncode, run.stderr
    answers = json.loads(run.stdout)
    assert answers[:4] == [424 / 425, "Đạt", "xuất sắc", 45104.0]
    assert answers[-1].startswith("Đạt")
