"""A template bound with the macros that call Python: .xlsx becomes .xlsm, and what an .xlsm held is kept."""

import pytest
from containers import parts_of
from filled_workbooks import open_book
from office_templates import SHEET, office_template, place_of
from vba_projects import sources_elsewhere

from cchc_calc.binding import bind_template
from cchc_calc.cli import main
from cchc_calc.errors import CchcError
from cchc_calc.excel.macros.project import function_modules
from cchc_calc.excel.macros.sources import library_name
from cchc_calc.excel.macros.texts import macro_texts
from cchc_calc.excel.macros.xlwings_settings import SETTINGS
from cchc_calc.excel.vba import Project, read_project, standard_module, with_modules
from cchc_calc.excel.vba.workbook_package import with_project
from cchc_calc.package import Package
from cchc_calc.reading import read_report

TYPED = {"3.4.3.b": 425, "3.4.3.c": 424}
PROJECT = "xl/vbaProject.bin"


@pytest.fixture
def bind(tmp_path):
    """Bind a template with macros; give what was done and the new file."""

    def bind_bytes(data, kind="xlsx", **options):
        template, output = tmp_path / f"mau.{kind}", tmp_path / "ra.xlsm"
        template.write_bytes(data)
        return bind_template(template, output, **options), output

    return bind_bytes


def with_macro(name, code="Sub CuaDonVi()\nEnd Sub\n"):
    """An office's template with a macro of its own."""
    project = with_modules(Project("VBAProject", ()), [standard_module(name, code)])
    return with_project(Package("mau.xlsx", office_template(TYPED)), project)


def modules_of(path):
    return {module.name: module.source for module in read_project(parts_of(path.read_bytes())[PROJECT]).modules}


def test_a_template_gets_the_macros_and_what_they_read(bind):
    binding, output = bind(office_template(TYPED))
    assert binding.added == ("CCHC_TINH", "xlwings.conf", "Tự kiểm tra")
    modules = modules_of(output)
    assert {module.name: module.source for module in function_modules()}.items() <= modules.items()
    book = open_book(output)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden", "hidden", "visible"]
    settings = {line[0].value: line[1].value or "" for line in book["xlwings.conf"].iter_rows()}
    assert settings == SETTINGS
    # The macros find their texts on the sheet with this code name, in these columns.
    assert book["Tự kiểm tra"].sheet_properties.codeName == "TuKiemTra"
    texts = dict(book["Tự kiểm tra"].iter_rows(min_col=4, max_col=5, max_row=200, values_only=True))
    assert {key: said for key, said in texts.items() if key} == macro_texts(library_name())
    assert book["Tự kiểm tra"].column_dimensions["D"].hidden
    assert book[SHEET][place_of("3.4.3")].value.startswith("=CCHC_TYLE_DUNGHAN(CCHC_TINH!")
    # Every sheet has its module, and no two have one.
    names = [sheet.sheet_properties.codeName for sheet in book.worksheets]
    assert len(set(names)) == len(names)
    assert {*names, "ThisWorkbook"} <= modules.keys()


def test_a_scanner_of_macros_reads_them(bind):
    _, output = bind(office_template(TYPED))
    found = sources_elsewhere(parts_of(output.read_bytes())[PROJECT])
    assert {"xlwings.bas", "Dictionary.cls", "xlwings_udfs.bas", "CCHC_ThongBao.bas"} <= found.keys()


def test_all_other_parts_are_kept(bind):
    data = office_template(TYPED)
    binding, output = bind(data)
    before, after = parts_of(data), parts_of(output.read_bytes())
    named = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    lists = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {name for name in before if before[name] != after.get(name)} == named | lists
    # The sheet without a form only gets the name by which the macros know it.
    assert (
        after["xl/worksheets/sheet2.xml"].replace(b'<sheetPr codeName="Sheet2"/>', b"")
        == before["xl/worksheets/sheet2.xml"]
    )
    assert binding.counts()["bound"] == 31


def test_the_bound_file_is_read_as_the_template_was(bind):
    _, output = bind(office_template(TYPED))
    report, again = read_report(output.with_name("mau.xlsx")), read_report(output)
    assert {a: e for a, e in again.entries.items() if again.form.row(a).is_input} == {
        a: e for a, e in report.entries.items() if report.form.row(a).is_input
    }


def test_the_offices_own_macros_stay_beside_ours(bind):
    data = with_macro("CuaDonVi")
    _, output = bind(data, "xlsm")
    modules = modules_of(output)
    assert modules["CuaDonVi"] == 'Attribute VB_Name = "CuaDonVi"\r\nSub CuaDonVi()\r\nEnd Sub\r\n'
    assert {module.name for module in function_modules()} <= modules.keys()


def test_native_formulas_leave_the_macros_of_the_office_alone(bind):
    data = with_macro("CuaDonVi")
    binding, output = bind(data, "xlsm", functions="excel")
    assert binding.added == ("CCHC_TINH",)
    assert parts_of(output.read_bytes())[PROJECT] == parts_of(data)[PROJECT]


def test_macros_that_are_there_already_are_not_added_again(bind, tmp_path):
    _, output = bind(office_template(TYPED))
    first = parts_of(output.read_bytes())
    binding = bind_template(output, tmp_path / "lai.xlsm", replace=True)
    assert binding.added == ("CCHC_TINH2",)
    assert parts_of((tmp_path / "lai.xlsm").read_bytes())[PROJECT] == first[PROJECT]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: with_macro("xlwings"), "đã có mô-đun xlwings khác"),
        (lambda: with_macro("XLWINGS_udfs"), "đã có mô-đun XLWINGS_udfs khác"),
    ],
)
def test_macros_that_ours_cannot_stand_beside_are_refused(bind, tmp_path, make, said):
    with pytest.raises(CchcError, match=said):
        bind(make(), "xlsm")
    assert not (tmp_path / "ra.xlsm").exists()


def test_a_sheet_that_xlwings_would_read_is_refused(bind, tmp_path):
    path = tmp_path / "trang.xlsx"
    path.write_bytes(office_template(TYPED, plain=True))
    book = open_book(path)
    book.create_sheet("XLWINGS.conf")
    book.save(path)
    with pytest.raises(CchcError, match=r"đã có trang “xlwings\.conf”"):
        bind(path.read_bytes())
    assert not (tmp_path / "ra.xlsm").exists()


def test_the_command_says_what_the_machine_needs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mau.xlsx").write_bytes(office_template(TYPED))
    for arguments in (["mau.xlsx", "-o", "ra.xlsm"], ["ra.xlsm", "-o", "lai.xlsm", "--replace"]):
        with pytest.raises(SystemExit) as ended:
            main(["bind", *arguments])
        printed = capsys.readouterr().out
        assert ended.value.code == 0
        assert "cần cài phần mềm (cchc install-excel) và bật macro" in printed
        assert "#NAME?" not in printed


def test_the_same_template_gives_the_same_file(bind):
    # Made once: the template itself holds the time at which it was made.
    data = office_template(TYPED)
    _, output = bind(data)
    first = output.read_bytes()
    _, output = bind(data)
    assert output.read_bytes() == first
