"""The build with macros: the same form, computed by calls, with the macros, buttons and settings they need."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import pairwise

import openpyxl
import pytest
from filled_forms import FORM
from filled_workbooks import GRID, PERIOD, WARD, filled_result, open_book
from spreadsheet import RECALCULATE_NEVER, _convert, read_values

from cchc_calc.checking import check
from cchc_calc.errors import FormError
from cchc_calc.excel.builds import Build
from cchc_calc.excel.host import FUNCTIONS_MODULE
from cchc_calc.excel.macros.sources import library_name, macro_sources
from cchc_calc.excel.macros.texts import macro_texts
from cchc_calc.excel.macros.xlwings_settings import SETTINGS
from cchc_calc.excel.sheets.form_grid import SUM_COLUMNS, Column
from cchc_calc.excel.sheets.guide_sheet import guide_sections
from cchc_calc.excel.sheets.macro_buttons import BUTTONS
from cchc_calc.excel.sheets.macro_parts import CODE_NAMES
from cchc_calc.excel.sheets.self_test_sheet import NOT_RUN
from cchc_calc.excel.template import write_template
from cchc_calc.excel_formulas import call, native
from cchc_calc.form_files import editions, load_form
from cchc_calc.reading import read_report
from cchc_calc.version import VERSION

COMMON = ["Biểu mẫu", "Kiểm tra", "Tổng quan", "Cách tính", "Hướng dẫn"]
_FORM_PART = "xl/worksheets/sheet1.xml"
COMPUTED = {GRID.value(row.address): row.formula for row in FORM.computed}

SCRIPT = """
from pathlib import Path
from filled_workbooks import PERIOD, WARD, filled_result
from cchc_calc.excel.template import write_template
result = filled_result()
write_template(Path("ra.xlsm"), result.report.form, unit=WARD, period=PERIOD, result=result)
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The filled form in every build, by the build."""
    folder = tmp_path_factory.mktemp("builds")
    paths = {Build.NATIVE: folder / "a.xlsx", Build.MACROS: folder / "a.xlsm", Build.CALLS: folder / "b.xlsx"}
    for build, path in paths.items():
        functions = "python" if build is Build.CALLS else None
        write_template(path, FORM, unit=WARD, period=PERIOD, result=filled_result(), functions=functions)
    return paths


@pytest.fixture(scope="module")
def books(files):
    return {build: open_book(path) for build, path in files.items()}


@pytest.fixture(scope="module")
def macro_book(books):
    return books[Build.MACROS]


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def test_the_sheets_of_each_build(books):
    assert books[Build.NATIVE].sheetnames == COMMON
    assert books[Build.CALLS].sheetnames == [*COMMON, "Tự kiểm tra"]
    assert books[Build.MACROS].sheetnames == [*COMMON, "Tự kiểm tra", "xlwings.conf"]


@pytest.mark.parametrize("build", [Build.CALLS, Build.MACROS])
def test_every_computed_cell_calls_and_all_else_on_the_form_is_as_before(books, build):
    ours, native_sheet = books[build]["Biểu mẫu"], books[Build.NATIVE]["Biểu mẫu"]
    called = 0
    for line in native_sheet.iter_rows():
        for cell in line:
            again = ours[cell.coordinate]
            assert (again.number_format, again.protection.locked) == (cell.number_format, cell.protection.locked)
            if cell.coordinate in COMPUTED:
                formula = COMPUTED[cell.coordinate]
                assert (cell.value, again.value) == (native(formula, GRID.operand), call(formula, GRID.operand))
                called += again.value.startswith("=CCHC_")
            else:
                assert again.value == cell.value, cell.coordinate
    beyond = [cell for line in ours.iter_rows(min_col=len(Column) + 1) for cell in line if cell.value is not None]
    assert ours.column_dimensions[SUM_COLUMNS[0]].hidden
    assert {cell.coordinate for cell in beyond} == {cell for cell, _ in GRID.sums.values()}
    # One row is a sum that takes off, for which there is no function.
    assert called == len(COMPUTED) - 1


@pytest.mark.parametrize("build", [Build.CALLS, Build.MACROS])
def test_the_stored_results_are_those_of_the_native_build(files, build):
    values, expected = read_values(files[build]), read_values(files[Build.NATIVE])
    for cell, _ in GRID.sums.values():
        values["Biểu mẫu"].pop(cell, None)
    for sheet in ("Biểu mẫu", "Kiểm tra", "Tổng quan"):
        assert values[sheet] == expected[sheet]


def test_paper_validation_and_conditions_are_those_of_the_native_build(files):
    ours, expected = (
        re.sub(r"<dimension[^>]*>|<cols>.*</cols>|<sheetData>.*</sheetData>", "", part(files[build], _FORM_PART))
        for build in (Build.MACROS, Build.NATIVE)
    )
    ours = ours.replace(' codeName="BieuMau"', "").replace('<legacyDrawing r:id="rId1"/>', "")
    assert ours == expected


def test_the_method_sheet_shows_the_call_that_is_in_the_cell(books):
    formulas = {build: {cell.value for cell in book["Cách tính"]["D"]} for build, book in books.items()}
    for formula in COMPUTED.values():
        assert native(formula, GRID.operand) in formulas[Build.NATIVE]
        assert call(formula, GRID.operand) in formulas[Build.CALLS] & formulas[Build.MACROS]


def test_the_reader_takes_it_like_the_native_build(files):
    results = {build: check(read_report(path)) for build, path in files.items()}
    expected = results[Build.NATIVE]
    for result in results.values():
        assert result.computation.contents == expected.computation.contents
        assert result.report.entries == expected.report.entries
        assert tuple(one for one in result.findings if one.rule != "macros_present") == expected.findings
    assert [build for build, result in results.items() if result.of_rule("macros_present")] == [Build.MACROS]


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_an_empty_one_is_known_by_its_stamp(tmp_path, edition):
    path = tmp_path / "bieu-mau.xlsm"
    write_template(path, load_form("thong-ke-cchc", edition), unit=WARD, period=PERIOD)
    report = read_report(path)
    assert (report.form.edition, report.unit, report.period) == (edition, WARD, PERIOD)


def test_the_same_figures_give_the_same_bytes_everywhere(tmp_path, files):
    for seed, locale in (("0", "C"), ("1", "vi_VN.UTF-8")):
        folder = tmp_path / f"thư mục {seed}"
        folder.mkdir()
        surroundings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", SCRIPT], cwd=folder, env=os.environ | surroundings, check=True)
        assert (folder / "ra.xlsm").read_bytes() == files[Build.MACROS].read_bytes()


def test_it_is_a_workbook_with_macros_to_every_program(files):
    types = part(files[Build.MACROS], "[Content_Types].xml")
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in types
    assert "application/vnd.ms-office.vbaProject" in types
    for build in (Build.NATIVE, Build.CALLS):
        assert "vba" not in part(files[build], "[Content_Types].xml")


def test_workbook_and_sheets_have_the_names_that_the_macros_know(files):
    path = files[Build.MACROS]
    book = part(path, "xl/workbook.xml")
    assert '<workbookPr codeName="ThisWorkbook"' in book
    assert re.findall(r'<sheet name="([^"]*)"', book) == list(CODE_NAMES)
    for number, name in enumerate(CODE_NAMES.values(), start=1):
        assert f'codeName="{name}"' in part(path, f"xl/worksheets/sheet{number}.xml")
    used = set(re.findall(r'CCHC_Sheet\("(\w+)"\)', "".join(macro_sources().values())))
    assert used <= set(CODE_NAMES.values())


def test_openpyxl_keeps_the_macros_byte_for_byte(files, tmp_path):
    with zipfile.ZipFile(files[Build.MACROS]) as package:
        before = package.read("xl/vbaProject.bin")
    book = openpyxl.load_workbook(files[Build.MACROS], keep_vba=True)
    book.save(tmp_path / "again.xlsm")
    with zipfile.ZipFile(tmp_path / "again.xlsm") as package:
        assert package.read("xl/vbaProject.bin") == before


def test_the_buttons_stand_beside_the_form_and_call_macros_that_are_there(files):
    drawing = part(files[Build.MACROS], "xl/drawings/vmlDrawing1.vml")
    captions = re.findall(r'color="#000000">([^<]*)</font>', drawing)
    macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing)
    assert dict(zip(captions, macros, strict=True)) == BUTTONS
    assert all(f"Public Sub {macro}()" in macro_sources()["CCHC_Nut.bas"] for macro in macros)
    anchors = [list(map(int, anchor.split(","))) for anchor in re.findall(r"<x:Anchor>([^<]*)</x:Anchor>", drawing)]
    assert len(anchors) == len(BUTTONS)
    for left, _, top, _, right, _, bottom, _ in anchors:
        assert Column.ADDRESS <= left <= right <= Column.REPORTED
        assert top == bottom == 0
    ends = [(left, offset, right, width) for left, offset, _, _, right, width, _, _ in anchors]
    assert ends == sorted(ends)
    assert all(one[2:] < other[:2] for one, other in pairwise(ends))


def test_under_the_buttons_there_is_nothing(macro_book):
    sheet = macro_book["Biểu mẫu"]
    assert all(sheet.cell(1, column + 1).value is None for column in range(Column.GAP, Column.USED + 1))


def test_only_the_build_with_macros_has_buttons(files):
    for build in (Build.NATIVE, Build.CALLS):
        with zipfile.ZipFile(files[build]) as package:
            assert not any("vml" in name for name in package.namelist())


def test_xlwings_reads_its_settings_and_takes_no_code_from_the_folder(macro_book):
    sheet = macro_book["xlwings.conf"]
    found = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert sheet.sheet_state == "hidden"
    assert {name: value or "" for name, value in found.items()} == SETTINGS
    # xlwings reads names down to the first blank cell, in capitals.
    assert all(name and name == name.upper() for name in found)
    assert found["UDF MODULES"] == FUNCTIONS_MODULE
    assert found["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert found["PYTHONPATH"] is None
    assert found["INTERPRETER_WIN"].startswith("%LOCALAPPDATA%\\")


def test_the_settings_cover_all_that_xlwings_would_otherwise_look_for_in_files():
    asked = set(re.findall(r'GetConfig\("([^"]+)"', macro_sources()["xlwings.bas"]))
    # What is asked for on a Mac, for messages, and where INTERPRETER_WIN is missing.
    others = {name for name in asked if name.endswith("_MAC")} | {"TEMP DIR", "SHOW_ERROR_POPUPS", "INTERPRETER"}
    assert asked - others == set(SETTINGS)


def test_the_self_test_names_the_version_and_has_not_run(files, macro_book):
    sheet, values = macro_book["Tự kiểm tra"], read_values(files[Build.MACROS])["Tự kiểm tra"]
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    made_with = re.fullmatch(r"=CCHC_TUKIEMTRA\((\w+)\)", cell.value)
    assert values[made_with[1]] == VERSION
    assert values[cell.coordinate] == NOT_RUN


def test_the_texts_of_the_macros_stand_where_they_look_for_them(macro_book):
    area = re.search(r'Const TEXTS As String = "(\w+):(\w+)"', macro_sources()["CCHC_ThongBao.bas"])
    sheet = macro_book["Tự kiểm tra"]
    found = {key.value: text.value for key, text in sheet[f"{area[1]}:{area[2]}"] if key.value}
    assert found == macro_texts(library_name())
    assert sheet.column_dimensions["D"].hidden
    assert sheet.print_area.startswith("'Tự kiểm tra'!$A$1:$B$")


@pytest.mark.parametrize(
    ("build", "there", "not_there"),
    [
        (Build.NATIVE, "không có macro, không cần Python", "Enable Content"),
        (Build.CALLS, "phần bổ sung của LibreOffice", "không có macro"),
        (Build.MACROS, "Enable Content", "không có macro"),
    ],
)
def test_the_guide_speaks_of_its_own_build(build, there, not_there):
    told = " ".join(line["text"] for section in guide_sections(build) for line in section["lines"])
    assert there in told
    assert not_there not in told


def test_macros_with_native_formulas_are_refused(tmp_path):
    with pytest.raises(FormError, match=r"\.xlsx"):
        write_template(tmp_path / "a.xlsm", FORM, functions="excel")


def test_the_printed_form_is_that_of_the_native_build(files, tmp_path, soffice):  # noqa: ARG001
    printed = {}
    for build in (Build.NATIVE, Build.MACROS):
        (pdf,) = _convert([files[build]], "pdf", tmp_path, RECALCULATE_NEVER)
        text = subprocess.run(
            [shutil.which("pdftotext"), "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
        ).stdout
        form = re.sub(r"Trang (\d+)/\d+", r"Trang \1", text.partition("KẾT QUẢ KIỂM TRA SỐ LIỆU")[0])
        # LibreOffice computes a cell that stores an empty text, and without the add-in it cannot.
        printed[build] = [line.rstrip() for line in form.replace("#VALUE!", " " * 7).splitlines()]
        pdf.unlink()
    assert printed[Build.NATIVE] == printed[Build.MACROS]
    whole = "\n".join(printed[Build.MACROS])
    assert "TM. ỦY BAN NHÂN DÂN" in whole
    assert "Tính lại" not in whole
