"""The extension as an official uses it: installed in LibreOffice by its own program, then asked cell by cell.

What every function answers is in the golden table (test_golden_hosts.py); here is what Calc alone can do.
"""

import re
import runpy
import sys
import types
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter
from libreoffice_addin import ErrorValue, Formula, addin_profile, compute_formulas, install
from office_session import ask_office

from cchc_calc.excel.cell_functions import cell_functions
from cchc_calc.excel.libreoffice import addin
from cchc_calc.excel.libreoffice.addin import build_addin, write_addin
from cchc_calc.excel.libreoffice.arguments import argument_types
from cchc_calc.excel.libreoffice.calls import BLANK_OR_ZERO
from cchc_calc.excel.udf import ARGUMENTS
from cchc_calc.excel.vba import Project, standard_module, with_documents, with_modules, write_project
from cchc_calc.version import VERSION

COMPONENT = Path(addin.__file__).with_name("component.py")

CORE = "pythonpath/cchc_calc"

COUNTS = {"A1": 424, "B1": 425, "A3": 0, "B3": 0}
COLUMNS = {"A1": 1, "B1": 2, "A2": ErrorValue("#N/A"), "B2": 3, "A3": None, "B3": 5, "A4": 3, "B4": 2, "A5": 0, "B5": 0}
FORWARD = {"A1": 7} | {f"A{row}": f"=CCHC_SO(A{row - 1})" for row in range(2, 1001)}
BACKWARD = {"A100": 7} | {f"A{row}": f"=CCHC_SO(A{row + 1})" for row in range(1, 100)}

COUNTED = COUNTS | {"C1": "=CCHC_TYLE(B1,A1)", "C2": "=CCHC_TYLE(A1,B1)"}
LATE = {"A1": 0, "B1": 425, "C1": "=CCHC_TYLE_TREHAN(A1,B1)"}
COMPUTED_LATER = {"A1": "=SUM(C1:C2)", "B1": "=C9", "C2": 3, "C9": "=C2*2"}
NEXT_VERSION = "Phiên bản khác nhau: tệp này làm bằng cchc_calc 9.9"
RATES = [[0.5], ["KXĐ"], [""], ["KXĐ"], ["Không phát sinh"]]

FORMULAS = {
    "a whole column": (Formula("=CCHC_TYLE(A1:A5,B1:B5)", COLUMNS, rows=5), RATES),
    "a row": (Formula("=CCHC_XEPHANG(A1:C1)", {"A1": 5, "B1": 9, "C1": 5}, columns=3), [[2, 1, 2]]),
    "the first of many in one cell": (Formula("=CCHC_TYLE(A1:A5,B1:B5)", COLUMNS), 0.5),
    "columns to the end of the sheet": (Formula("=CCHC_TYLE(A:A,B:B)", {"A1": 1, "B1": 2}, rows=2), [[0.5], [""]]),
    "cells that are computed later": (Formula("=CCHC_TYLE(A1,B1)", COMPUTED_LATER), 0.5),
    "a reference from a function": (Formula("=CCHC_TYLE(INDEX(A1:A3,1),B1)", COUNTS), 424 / 425),
    "small letters": (Formula("=cchc_tyle(A1,B1)", COUNTS), 424 / 425),
    "a long chain": (Formula("=A1000", FORWARD), 7),
    "a chain from its end": (Formula("=A1", BACKWARD), 7),
    "arithmetic": (Formula("=ROUND(CCHC_TYLE(A1,B1)*100,2)", COUNTS), 99.76),
    "a text is equal to itself": (Formula('=CCHC_TYLE(B1,A1)="KXĐ"', COUNTS), True),
    "a blank answer is an empty text": (Formula('=IF(CCHC_TYLE(A9,B1)="","trống","có")', COUNTS), "trống"),
    "texts are counted": (Formula('=COUNTIF(C1:C2,"KXĐ")', COUNTED), 1),
    "a rate as the result judged": (Formula('=CCHC_DATMUCTIEU("dưới 1,5%",C1)', LATE), "Đạt"),
    "a number written down as a value": (Formula("=CCHC_CONTHIEU(A1,B1,100%)", COUNTS), 1),
    "a value computed on the spot": (Formula("=CCHC_SONGAYLAMVIEC(DATE(2023,6,13),DATE(2023,6,13)+14)"), 10),
    "an empty cell that may be 0": (Formula("=CCHC_TONG(A9,B9)"), BLANK_OR_ZERO),
    "the same as an area": (Formula("=CCHC_TONG(A9:A9,B9:B9)"), ""),
    "the self-test": (Formula(f'=CCHC_TUKIEMTRA("{VERSION}")'), f"Đạt: cchc_calc {VERSION}"),
    "a workbook of another version": (Formula('=CCHC_TUKIEMTRA("9.9")'), NEXT_VERSION),
    "no form": (Formula("=CCHC_BIEUMAU(A1:B3)", COUNTS), "Lỗi: vùng không có biểu mẫu"),
    # Not so in Excel; the price of telling an empty cell from 0.
    "numbers where cells are needed": (Formula("=CCHC_TYLE(424,425)"), "#VALUE!"),
    "a call where cells are needed": (Formula("=CCHC_TYLE(CCHC_TONG(A1),B1)", COUNTS), "#VALUE!"),
    # Calc takes the texts of an array for other texts than their like: a fault of its own.
    "a text of an array": (Formula('=CCHC_TYLE(A4:A5,B4:B5)="KXĐ"', COLUMNS, rows=2), [[False], [False]]),
}


@pytest.fixture(scope="module")
def answers(soffice):  # noqa: ARG001 - skips without LibreOffice
    formulas = [formula for formula, _ in FORMULAS.values()]
    return dict(zip(FORMULAS, compute_formulas(formulas), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_as_written_for_excel(answers, name):
    answer, expected = answers[name], FORMULAS[name][1]
    if isinstance(expected, str) and expected:
        assert str(answer).startswith(expected)
    elif isinstance(expected, float):
        assert answer == pytest.approx(expected, rel=6e-15)
    else:
        assert answer == expected


@pytest.mark.slow
def test_the_wizard_shows_every_function_with_its_help(soffice):  # noqa: ARG001
    shown = {function["name"]: function for function in ask_office(addin_profile(), "addin_probe.py", "functions")}
    assert shown.keys() == cell_functions().keys()
    for name, function in cell_functions().items():
        assert shown[name]["help"] == function.__doc__
        assert shown[name]["arguments"] == [[argument, ARGUMENTS[argument]] for argument in argument_types(function)]


@pytest.mark.slow
def test_a_cell_typed_over_is_computed_anew(tmp_path, soffice):  # noqa: ARG001
    path = tmp_path / "go-lai.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", [1, 2])
        sheet.write_formula("C1", "=CCHC_TYLE(A1,B1)", None, 999)
        sheet.write_array_formula("D1:D2", "{=CCHC_TYLE(A1:A2,B1:B2)}", None, 999)
        sheet.write_dynamic_array_formula("E1:E2", "=CCHC_TYLE(A1:A2,B1:B2)", None, 999)
    shown = ask_office(addin_profile(), "addin_probe.py", "edit", str(path), "A1", "3")
    assert shown[2:5] == ["KXĐ", "KXĐ", "KXĐ"]


@pytest.mark.slow
def test_macros_of_the_same_name_do_not_stand_in_the_way(tmp_path, soffice):  # noqa: ARG001
    path = tmp_path / "macro.xlsm"
    wrapper = standard_module("Ham", "Public Function CCHC_TYLE(a, b)\nCCHC_TYLE = -1\nEnd Function\n")
    own = standard_module("Rieng", "Public Function RIENG(a)\nRIENG = a + 1\nEnd Function\n")
    project = with_modules(Project("VBAProject", ()), [wrapper, own])
    project = with_documents(project, {"ThisWorkbook": "workbook", "Sheet1": "worksheet"})
    with xlsxwriter.Workbook(path) as book:
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet()
        sheet.set_vba_name("Sheet1")
        sheet.write_row("A1", [1, 2])
        for cell, formula in (("C1", "=CCHC_TYLE(A1,B1)"), ("D1", "=RIENG(A1)")):
            sheet.write_formula(cell, formula, None, 999)
        book.add_vba_project(BytesIO(write_project(project)), is_stream=True)
    # The second cell tells that macros do run.
    assert ask_office(addin_profile(), "addin_probe.py", "show", str(path))[2:4] == ["0,5", "2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "was", "becomes", "shown"),
    [
        ("component.py", "NEEDED = (3, 11)", "NEEDED = (3, 99)", r"Lỗi: LibreOffice này dùng Python 3\.\d+, .*26\.2"),
        (
            "pythonpath/cchc_calc/excel/udf.py",
            "def CCHC_TYLE(",
            "def CCHC_KHAC(",
            r"Lỗi phần mềm \(KeyError\): .*\.oxt",
        ),
        ("pythonpath/cchc_calc/excel/udf.py", "from typing", "from khong_co", r"Lỗi phần mềm \((Import|ModuleNot)"),
        ("pythonpath/cchc_calc/functions/rates.py", "_pairs_given(operands)\n", "1 / 0\n", r"Lỗi phần mềm \(ZeroDiv"),
    ],
)
def test_what_is_broken_is_said_in_the_cell(path, was, becomes, shown, soffice):  # noqa: ARG001
    broken = install(changed(build_addin(), path, was, becomes))
    (answer,) = compute_formulas([Formula("=CCHC_TYLE(A1,B1)", COUNTS)], profile=broken)
    assert re.match(shown, str(answer)), answer


@pytest.mark.slow
def test_an_older_package_of_the_computer_does_not_stand_in_the_way(tmp_path, monkeypatch, soffice):  # noqa: ARG001
    (tmp_path / "cchc_calc").mkdir()
    (tmp_path / "cchc_calc" / "__init__.py").write_text("raise RuntimeError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert compute_formulas([Formula("=CCHC_TONG(A1,B1)", COUNTS)]) == [849]


def changed(package, path, was, becomes):
    """Write something else into a file of a package."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == path:
                assert was in content.decode()
                content = content.decode().replace(was, becomes).encode()
            target.writestr(name, content)
    return result.getvalue()


def packed():
    with zipfile.ZipFile(BytesIO(build_addin())) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def test_the_package_is_the_same_every_time(tmp_path):
    write_addin(tmp_path / "cchc_calc.oxt")
    assert (tmp_path / "cchc_calc.oxt").read_bytes() == build_addin()
    with zipfile.ZipFile(BytesIO(build_addin())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist() == sorted(package.namelist())


def test_all_that_is_listed_is_there():
    files = packed()
    entries = ElementTree.fromstring(files["META-INF/manifest.xml"])  # noqa: S314 - our own
    assert {value for entry in entries for key, value in entry.items() if key.endswith("path")} <= files.keys()
    about = ElementTree.fromstring(files["description.xml"])  # noqa: S314
    assert [element.get("value") for element in about if "version" in element.tag] == [VERSION]
    assert "giấy phép MIT" in files["about.txt"].decode()
    assert {"pythonpath/cchc_calc/excel/libreoffice/calls.py", "pythonpath/cchc_calc/excel/udf.py"} <= files.keys()
    assert not [path for path in files if "addin" in path or "openpyxl" in files[path].decode()]


def test_an_older_python_can_read_the_component_and_import_it(monkeypatch):
    """LibreOffice for Windows brought Python 3.8 to 3.10 along for years."""
    compile(packed()["component.py"], "component.py", "exec", dont_inherit=True)
    helper = types.SimpleNamespace(Base=object, ImplementationHelper=Registration)
    modules = {
        "uno": types.SimpleNamespace(),
        "unohelper": helper,
        "com.sun.star.lang": types.SimpleNamespace(EventObject=1),
    }
    star = types.SimpleNamespace(ResultEvent=1, XVolatileResult=type("XVolatileResult", (), {}))
    for name, module in (modules | {"com.sun.star.sheet": star}).items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(sys, "path", list(sys.path))
    component = runpy.run_path(str(Path(build_addin.__code__.co_filename).with_name("component.py")))
    monkeypatch.setattr(sys, "version_info", (3, 8, 19))
    assert component["answer"]("CCHC_TYLE").startswith(
        "Lỗi: LibreOffice này dùng Python 3.8, các hàm CCHC cần Python 3.11"
    )


class Registration:
    def addImplementation(self, *arguments):  # noqa: N802
        assert arguments[1:] == ("vn.cchc.Functions", ("vn.cchc.Functions",))
