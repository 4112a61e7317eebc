"""The macros: their sources, the project made of them, what other programs read out of it, and what they do."""

import re
import zipfile
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest
from filled_forms import FORM
from macro_rehearsal import rehearse, run_macros
from vba_projects import sources_elsewhere

from cchc_calc.excel.macros.project import function_modules, workbook_project
from cchc_calc.excel.macros.sources import library_name, macro_sources
from cchc_calc.excel.macros.texts import macro_texts, messages
from cchc_calc.excel.sheets.macro_buttons import BUTTONS
from cchc_calc.excel.sheets.macro_parts import CODE_NAMES
from cchc_calc.excel.template import write_template
from cchc_calc.excel.vba import read_project
from cchc_calc.excel.vba.documents import holds_code
from cchc_calc.excel.vba.sources import module_from_text
from cchc_calc.version import VERSION

OURS = ("CCHC_MoTa.bas", "CCHC_Nut.bas", "CCHC_ThongBao.bas")
SAID = ("xlwings.WhatWasSaid",)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("macros") / "bieu-mau.xlsm"
    write_template(path, FORM, unit="UBND phường Phương Sơn")
    return path


@pytest.fixture(scope="module")
def project(workbook):
    with zipfile.ZipFile(workbook) as package:
        return read_project(package.read("xl/vbaProject.bin"))


@pytest.fixture(scope="module")
def texts():
    return macro_texts(library_name())


@pytest.mark.parametrize("name", OURS)
def test_what_is_written_by_hand_declares_its_variables_and_stays_short(name):
    source = macro_sources()[name]
    assert "\r\nOption Explicit\r\n" in source
    assert len(source.splitlines()) < 120


@pytest.mark.parametrize("name", sorted(macro_sources()))
def test_sources_are_ascii_in_lines_the_editor_takes(name):
    source = macro_sources()[name]
    assert source.isascii()
    assert source.count("\n") == source.count("\r\n")
    assert max(map(len, source.splitlines())) < 1023


def test_the_project_of_the_workbook_holds_the_sources_of_the_folder(project):
    modules = {module.name: module for module in project.modules}
    sources = macro_sources()
    assert list(modules) == ["ThisWorkbook", *CODE_NAMES.values(), *(name[:-4] for name in _in_order(modules))]
    for name, source in sources.items():
        assert modules[name.rpartition(".")[0]].source == module_from_text(source).source
    assert {module.name for module in project.modules if module.kind == "document"} == {
        "ThisWorkbook",
        *CODE_NAMES.values(),
    }


def _in_order(modules):
    names = {name.rpartition(".")[0]: name for name in macro_sources()}
    return [names[name] for name in modules if name in names]


def test_other_programs_list_the_modules_with_their_sources(workbook):
    with zipfile.ZipFile(workbook) as package:
        found = sources_elsewhere(package.read("xl/vbaProject.bin"))
    for name, source in macro_sources().items():
        assert _plain(found[name]) == _plain(source), name


def _plain(source):
    """Leave out the attributes and the header, which every program shows in its own way."""
    lines = [line.rstrip() for line in source.splitlines()]
    return [
        line for line in lines if line and not line.startswith(("Attribute", "VERSION", "BEGIN", "  MultiUse", "END"))
    ]


def test_nothing_runs_by_itself(workbook, project):
    from oletools.mraptor import MacroRaptor
    from oletools.olevba import VBA_Parser

    parser = VBA_Parser(str(workbook))
    # One that runs by itself, beside the calls of other programs in xlwings' module, would be held back on its way.
    assert {word for kind, word, _ in parser.analyze_macros() if kind == "AutoExec"} == set()
    verdict = MacroRaptor("\n".join(code for *_, code in parser.extract_all_macros()))
    verdict.scan()
    parser.close()
    assert (verdict.autoexec, verdict.execute, verdict.suspicious) == (False, True, False)
    assert not [module.name for module in project.modules if module.kind == "document" and holds_code(module)]


def test_the_library_is_that_of_the_pinned_xlwings():
    assert library_name() == f"xlwings64-{version('xlwings')}.dll"
    assert set(re.findall(r"xlwings\d\d-[\d.]+\.dll", macro_sources()["xlwings.bas"])) == {
        f"xlwings{bits}-{version('xlwings')}.dll" for bits in (32, 64)
    }


def test_xlwings_modules_are_those_of_the_installed_package():
    # Inside the wheel the lines end otherwise.
    shipped = (files("xlwings") / "xlwings.bas").read_text(encoding="utf-8").splitlines()
    assert macro_sources()["xlwings.bas"].splitlines() == shipped


def test_the_modules_for_any_workbook_have_all_they_call():
    names = [module.name for module in function_modules()]
    assert names == ["xlwings", "Dictionary", "xlwings_udfs", "CCHC_ThongBao"]
    source = "".join(module.source.partition("\r\n")[2] for module in function_modules())
    called = set(re.findall(r"\bCCHC_[A-Z]\w*[a-z]\w*\b", source))
    assert called == set(re.findall(r"(?:Function|Sub) (CCHC_[A-Z]\w*[a-z]\w*)", source))


def test_the_same_names_give_the_same_project():
    names = list(CODE_NAMES.values())
    assert workbook_project(names) == workbook_project(names) != workbook_project(names[:-1])


def test_every_text_a_macro_asks_for_is_there_and_every_text_is_asked_for(texts):
    sources = "".join(source for name, source in macro_sources().items() if name in OURS)
    asked = set(re.findall(r'CCHC_Text\("(\w+)"\)', sources))
    kinds = set(re.findall(r'(?:FailureOf|MissingPart) = "(\w+)"', sources))
    said = set(messages(library_name()))
    assert said == (asked - {"version", "functions"}) | kinds | {f"cell_{kind}" for kind in kinds}
    assert texts["version"] == VERSION


def test_the_wizard_is_told_every_function_and_argument_within_its_limits(texts):
    for listed in texts["functions"].split(";"):
        function, *arguments = listed.split(" ")
        assert 20 < len(texts[function]) <= 255
        assert arguments
        assert all(10 < len(texts[f"argument_{argument}"]) <= 255 for argument in arguments)


@pytest.mark.parametrize("macro", BUTTONS.values())
def test_no_button_can_fail_without_a_word(macro):
    body = re.search(rf"Public Sub {macro}\(\)(.*?)\r\nEnd Sub", macro_sources()["CCHC_Nut.bas"], re.DOTALL)
    assert body is not None
    statements = [line.strip() for line in body[1].splitlines() if line.strip()]
    first = next(line for line in statements if not line.startswith(("Dim ", "'")))
    assert first == "On Error GoTo failed"
    assert statements[-2] == "failed:"
    assert statements[-1].startswith("CCHC_Say ")


@pytest.fixture(scope="module")
def played(workbook, tmp_path_factory, soffice):  # noqa: ARG001 - without LibreOffice nothing is played
    """What every button says while Python answers."""
    calls = [step for macro in BUTTONS.values() for step in ((f"CCHC_Nut.{macro}",), SAID)]
    calls += [("xlwings_udfs.CCHC_TYLE", 1, 2), ("xlwings_udfs.CCHC_TONG", 1, 2), ("CCHC_MoTa.CCHC_DescribeFunctions",)]
    answers = rehearse(workbook, tmp_path_factory.mktemp("played"), calls)["results"]
    return dict(zip([name for name, *_ in calls if name != SAID[0]], _pairs(answers), strict=True))


def _pairs(answers):
    buttons = 2 * len(BUTTONS)
    return [*answers[1:buttons:2], *answers[buttons:]]


def test_the_buttons_ask_python_and_show_its_answer(played):
    assert played["CCHC_Nut.CCHC_NutTinhLai"] == f"cchc_calc.buttons.recalculated({VERSION})"
    asked = re.fullmatch(r"cchc_calc\.buttons\.consolidate\((.*), (.*), (.*)\)", played["CCHC_Nut.CCHC_NutTongHop"])
    assert asked is not None
    assert asked.groups() == (VERSION, str(Path(asked[2]).resolve()), "rehearsal-bieu-mau.xlsm")
    assert Path(asked[2]).is_dir()


def test_the_help_button_goes_to_the_guide_without_a_word(played):
    assert not played["CCHC_Nut.CCHC_NutTroGiup"]


def test_the_pdf_lies_beside_the_workbook(played, texts):
    said, path = played["CCHC_Nut.CCHC_NutXuatPDF"].split("\n")
    assert said == texts["exported"]
    assert path.endswith("/rehearsal-bieu-mau.pdf")


def test_the_wrappers_hand_their_arguments_on(played):
    assert played["xlwings_udfs.CCHC_TYLE"] == "CCHC_TYLE of cchc_calc.excel.udf"
    assert played["xlwings_udfs.CCHC_TONG"] == "CCHC_TONG of cchc_calc.excel.udf"


FAILURES = [
    (1, "Could not load xlwings64-0.37.8.dll from either of the following folders:", False, "no_python"),
    (53, "File not found: xlwings64-0.37.8.DLL", True, "no_library"),
    (1000, "Python process exited before it was possible to create the interface object.", True, "no_package"),
    (1000, "ModuleNotFoundError: No module named 'cchc_calc'", True, "no_package"),
    (1000, "AttributeError: module 'cchc_calc.excel.udf' has no attribute 'CCHC_MOI'", True, "no_function"),
    (1000, "Could not activate Python COM server, hr = -2147221164", True, "no_connection"),
    (-2147023174, "Máy chủ RPC không khả dụng.", True, "stopped"),
    (-2147417848, "The object invoked has disconnected from its clients.", True, "stopped"),
    (13, "Type mismatch", True, "other"),
]


@pytest.fixture(scope="module")
def failed(workbook, tmp_path_factory, soffice):  # noqa: ARG001 - without LibreOffice nothing is played
    """What a cell and a button say when Python cannot be called, in the order of the failures."""
    calls = []
    for number, description, is_there, _ in FAILURES:
        calls += [("xlwings.RaiseFromNowOn", number, description, is_there), ("xlwings_udfs.CCHC_TYLE", 1, 2)]
        calls += [("CCHC_Nut.CCHC_NutTongHop",), SAID, ("CCHC_Nut.CCHC_NutKiemTra",), SAID]
    cells = [("Biểu mẫu", "D9"), ("Tự kiểm tra", "B5")]
    answers = rehearse(workbook, tmp_path_factory.mktemp("failed"), calls, cells)
    results = answers["results"]
    return [results[start : start + 6] for start in range(0, len(results), 6)], answers["cells"]


@pytest.mark.parametrize("place", range(len(FAILURES)), ids=[kind for *_, kind in FAILURES])
def test_every_failure_says_what_happened_and_how_to_go_on(failed, texts, place):
    number, description, _, kind = FAILURES[place]
    _, in_cell, _, by_button, _, by_check = failed[0][place]
    assert in_cell == texts[f"cell_{kind}"]
    expected = f"{texts[kind]}\n\n{texts['go_on']}\n\n{texts['reported']} {number} {description}"
    assert by_button == by_check == expected


def test_cells_of_the_form_show_the_failure_as_text(failed, texts):
    assert failed[1] == [texts["cell_other"]] * 2


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [
        ("C:\\Báo cáo", "quý 3.2023.xlsm", "C:\\Báo cáo\\quý 3.2023.pdf"),
        ("", "Book1.xlsm", ""),
        ("https://d.docs.live.net/1/Báo cáo", "a.xlsm", ""),
    ],
)
def test_where_the_pdf_goes(workbook, tmp_path, soffice, folder, name, path):  # noqa: ARG001
    assert rehearse(workbook, tmp_path, [("CCHC_Nut.PdfPath", folder, name, "\\")])["results"] == [path]


def test_without_its_sheet_a_macro_still_says_something(workbook, tmp_path, soffice):  # noqa: ARG001
    (said,) = rehearse(workbook, tmp_path, [("CCHC_ThongBao.CCHC_Text", "no_such_text")])["results"]
    assert "dung ban .xlsx" in said


def test_libreoffice_lists_every_module(workbook, soffice):  # noqa: ARG001
    modules = run_macros(workbook)["modules"]
    assert set(modules) == {"ThisWorkbook", *CODE_NAMES.values(), *(name[:-4] for name in macro_sources())}
    assert "CCHC_NutXuatPDF" in modules["CCHC_Nut"]
    assert "XLPyDLLActivateAuto" in modules["xlwings"]
