"""LibreOffice opens a workbook with a written project: it lists every module as it is and runs our function.

LibreOffice compiles all modules of a project together, and one that it cannot compile silences every function.
The two modules of xlwings are such (they ask for the compiler's own constants of Excel), so the functions run in
a project without them; with them, the modules are compared alone.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from office_session import ask_office
from spreadsheet import RECALCULATE_ALWAYS, warm_profile
from vba_projects import big_code, shipped_project

from cchc_calc.excel.vba import (
    Module,
    Project,
    class_module,
    read_project,
    standard_module,
    with_documents,
    with_modules,
    write_project,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TABS = ("Biểu mẫu số 06đ", "Hướng dẫn điền")
LIBRARY = "VBAProject"

RATE = """\
Option Explicit

Public Function CCHC_TYLE(ByVal DungHan As Variant, ByVal TongSo As Variant) As Variant
    Dim So As New CCHC_So
    So.Chia DungHan, TongSo
    CCHC_TYLE = So.TyLe
End Function

Public Function CCHC_DONG() As Long
    CCHC_DONG = CCHC_CUOI()
End Function
"""
DIVISION = """\
Option Explicit
Private Ket As Double

Public Sub Chia(ByVal A As Double, ByVal B As Double)
    Ket = A / B
End Sub

Public Property Get TyLe() As Double
    TyLe = Ket
End Property
"""
LAST = "Public Function CCHC_CUOI() As Long\n    CCHC_CUOI = 4096\nEnd Function\n"


def own_modules() -> list[Module]:
    """A function that calls a class, and one that is the last line of a module of more than 100 kB."""
    large = standard_module("CCHC_Lon", big_code(3000) + LAST)
    assert len(large.source) > 100_000
    many = [standard_module(f"Mo_{number:03}", f"' {number}\r\n" * (40 * number)) for number in range(200)]
    return [standard_module("CCHC_Ham", RATE), class_module("CCHC_So", DIVISION), large, *many]


def make_workbook(path: Path, project: Project) -> None:
    named = with_documents(project, {"ThisWorkbook": "workbook", "Sheet1": "worksheet", "Sheet2": "worksheet"})
    with xlsxwriter.Workbook(path) as book:
        book.set_vba_name("ThisWorkbook")
        for number, tab in enumerate(TABS, start=1):
            book.add_worksheet(tab).set_vba_name(f"Sheet{number}")
        book.worksheets()[0].write_row("A1", [424, 425])
        for cell, formula in (("C1", "=CCHC_TYLE(A1,B1)"), ("D1", "=CCHC_DONG()"), ("E1", "=CCHC_KHONGCO()")):
            book.worksheets()[0].write_formula(cell, formula, value=-999)
        book.add_vba_project(io.BytesIO(write_project(named)), is_stream=True)


def opened(soffice: Path, path: Path) -> dict[str, Any]:
    """Let LibreOffice open a workbook and tell what it holds."""
    return ask_office(warm_profile(soffice, RECALCULATE_ALWAYS), "basic_probe.py", "describe", str(path))


def basic(module: Module) -> str:
    """Give the source as LibreOffice keeps it: its own first lines, and no attributes."""
    kinds = {"standard": "VBAModule", "class": "VBAClassModule", "document": "VBADocumentModule"}
    own = [f"Rem Attribute VBA_ModuleType={kinds[module.kind]}", "Option VBASupport 1"]
    if module.kind == "class":
        own.append("Option ClassModule")
    lines = module.source.replace("\r\n", "\n").split("\n")
    return "\n".join([*own, *(line for line in lines if not line.startswith("Attribute "))])


def compare(found: dict[str, str], modules: Iterable[Module]) -> None:
    expected = {module.name: basic(module).rstrip("\n") for module in modules}
    assert {name: text.rstrip("\n") for name, text in found.items()} == expected


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("basic")


def test_our_functions_run_and_the_modules_are_listed(soffice: Path, folder: Path) -> None:
    project = with_modules(Project(LIBRARY, ()), own_modules())
    make_workbook(folder / "ham.xlsm", project)
    found = opened(soffice, folder / "ham.xlsm")
    assert tuple(found["tabs"]) == TABS
    assert found["cells"][:2] == [424, 425]
    assert found["cells"][2] == pytest.approx(424 / 425, rel=1e-15)
    assert found["cells"][3] == 4096
    # The same workbook shows what a function looks like that is not there.
    assert found["cells"][4] in ("Err:525", "Err:508")
    documents = with_documents(Project(LIBRARY, ()), dict.fromkeys(("ThisWorkbook", "Sheet1", "Sheet2"), "worksheet"))
    compare(found["modules"][LIBRARY], [*documents.modules, *project.modules])


def test_the_modules_of_xlwings_are_listed_beside_ours(soffice: Path, folder: Path) -> None:
    shipped = read_project(shipped_project())
    project = with_modules(shipped, own_modules())
    make_workbook(folder / "xlwings.xlsm", project)
    found = opened(soffice, folder / "xlwings.xlsm")
    assert {"xlwings", "Dictionary", "Module1", "CCHC_Ham"} < found["modules"][LIBRARY].keys()
    compare(found["modules"][LIBRARY], project.modules)


def test_a_module_that_does_not_compile_silences_the_others(soffice: Path, folder: Path) -> None:
    """Not what is wanted, but what a check of the functions has to know."""
    broken = standard_module("Hong", "Public Function CCHC_HONG( As\nEnd Function\n")
    project = with_modules(Project(LIBRARY, ()), [*own_modules()[:3], broken])
    make_workbook(folder / "hong.xlsm", project)
    assert opened(soffice, folder / "hong.xlsm")["cells"][2] != pytest.approx(424 / 425, rel=1e-3)
