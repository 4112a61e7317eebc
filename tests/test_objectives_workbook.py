"""The workbook of quality objectives as a file: what its lines say, its sheets, its inputs, and reading it back."""

import hashlib
import os
import random
import re
import subprocess
import sys
import zipfile
from datetime import datetime

import pytest
from filled_workbooks import formulas_of, open_book
from iron_calc import Spreadsheet
from spreadsheet import matches, read_values
from typed_objectives import HALF_YEAR, lines_at_every_edge, random_workbook, requirement, workbook

from cchc_calc.errors import FormError
from cchc_calc.excel.builds import Build
from cchc_calc.excel.macros.sources import macro_sources
from cchc_calc.excel.objectives.days import serial
from cchc_calc.excel.objectives.tables import FiguresColumn, PlanColumn, ResultsColumn
from cchc_calc.excel.objectives.typed_lines import ObjectiveLine, empty_workbook
from cchc_calc.excel.objectives.workbook import write_objectives, write_typed
from cchc_calc.excel.sheets.guide_sheet import guide_sections
from cchc_calc.excel.sheets.macro_buttons import BUTTONS, BUTTONS_OF_ONE_OFFICE
from cchc_calc.excel.sheets.styles import YELLOW
from cchc_calc.objectives.evaluation import evaluate_objectives
from cchc_calc.objectives.headings import COMPARATOR_WORDS, FiguresHeading, PlanHeading, ResultsHeading
from cchc_calc.objectives.records import Objective, ObjectiveReport, Requirement, Result
from cchc_calc.targets import read_target

COMMON = ["Kết quả", "Kế hoạch", "Số liệu", "Tổng quan", "Kiểm tra", "Hướng dẫn"]
HOSTILE = "=cmd|'/c calc'!A0"
# What Excel 2007 knows, and the functions of ours.
KNOWN = {
    *(
        "ABS",
        "AND",
        "COUNT",
        "COUNTA",
        "COUNTIF",
        "COUNTIFS",
        "DATE",
        "DAY",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
        "ISERROR",
    ),
    *("ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MIN", "MONTH", "N", "NOT", "OR", "ROUND", "ROW"),
    *("SUBSTITUTE", "TRIM", "UPPER", "YEAR"),
}
CALLED = {"CCHC_TYLE", "CCHC_DATMUCTIEU", "CCHC_CONTHIEU", "CCHC_TUKIEMTRA"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """One workbook that holds everything, in every build."""
    folder = tmp_path_factory.mktemp("objectives")
    paths = {Build.NATIVE: folder / "a.xlsx", Build.CALLS: folder / "b.xlsx", Build.MACROS: folder / "a.xlsm"}
    for build, path in paths.items():
        write_typed(path, random_workbook(random.Random(9)), build=build)  # noqa: S311 - the same in every run
    return paths


def test_the_sheets_of_each_build(files):
    names = {build: open_book(path).sheetnames for build, path in files.items()}
    assert names[Build.NATIVE] == COMMON
    assert names[Build.CALLS] == [*COMMON, "Tự kiểm tra"]
    assert names[Build.MACROS] == [*COMMON, "Tự kiểm tra", "xlwings.conf"]


def test_the_columns_have_the_names_that_readers_know(files):
    book = open_book(files[Build.NATIVE])
    for sheet, line, headings in (
        ("Kế hoạch", 4, PlanHeading),
        ("Số liệu", 4, FiguresHeading),
        ("Kết quả", 5, ResultsHeading),
    ):
        assert [book[sheet].cell(line, column + 1).value for column in range(len(headings))] == list(headings)


def test_all_builds_store_the_same(files):
    stored = {build: read_values(path) for build, path in files.items()}
    for sheet in COMMON[:-1]:
        assert stored[Build.NATIVE][sheet] == stored[Build.CALLS][sheet] == stored[Build.MACROS][sheet]


def test_formulas_are_those_of_excel_2007_and_our_calls(files):
    for build, path in files.items():
        formulas = formulas_of(path)
        assert max(map(len, formulas)) < 8192
        used = {name for formula in formulas for name in re.findall(r"([A-Z_]+)\(", re.sub(r'"[^"]*"', "", formula))}
        calls = {name for name in used if name.startswith("CCHC_")}
        assert calls == (CALLED if build.calls_python else set())
        assert used - calls <= KNOWN


def test_the_functions_get_cells_alone(files):
    calls = [call for formula in formulas_of(files[Build.CALLS]) for call in re.findall(r"CCHC_\w+\([^)]*\)", formula)]
    assert len(calls) > 300
    assert all(re.fullmatch(r"CCHC_\w+\([A-Z]+\d+(,[A-Z]+\d+)*\)", call) for call in calls)


def test_macros_know_the_sheet_that_is_printed_and_the_buttons(files):
    with zipfile.ZipFile(files[Build.MACROS]) as package:
        assert 'codeName="BieuMau"' in package.read("xl/worksheets/sheet1.xml").decode()
        sheets = "".join(package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name)
        drawing = package.read("xl/drawings/vmlDrawing1.vml").decode()
    known = set(re.findall(r'codeName="(\w+)"', sheets))
    assert set(re.findall(r'CCHC_Sheet\("(\w+)"\)', "".join(macro_sources().values()))) <= known
    captions = re.findall(r'color="#000000">([^<]*)</font>', drawing)
    macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing)
    assert dict(zip(captions, macros, strict=True)) == {name: BUTTONS[name] for name in BUTTONS_OF_ONE_OFFICE}
    anchors = [list(map(int, anchor.split(","))) for anchor in re.findall(r"<x:Anchor>([^<]*)</x:Anchor>", drawing)]
    assert all(
        left == right == ResultsColumn.MESSAGE and top == bottom == 0
        for left, _, top, _, right, _, bottom, _ in anchors
    )
    for build in (Build.NATIVE, Build.CALLS):
        with zipfile.ZipFile(files[build]) as package:
            assert not any("vml" in name or "vba" in name for name in package.namelist())


def test_the_cells_to_fill_are_yellow_and_open_and_all_others_are_locked(tmp_path):
    path = tmp_path / "muc-tieu.xlsx"
    write_objectives(path)
    book, typed = open_book(path), empty_workbook()
    plan, figures, results = book["Kế hoạch"], book["Số liệu"], book["Kết quả"]
    computed = {"TARGET", "ACTUAL", "BASIS", "STATUS", "SHORTFALL", "NOTE"}
    wanted = {
        plan: (5, len(typed.objectives), range(1, 8)),
        figures: (
            5,
            len(typed.requirements),
            [FiguresColumn[one.name] + 1 for one in FiguresHeading if one.name not in computed],
        ),
        results: (6, len(typed.objectives), [column + 1 for column in (3, 6, 7)]),
    }
    for sheet, (first, lines, columns) in wanted.items():
        opened = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
        cells = {sheet.cell(line, column).coordinate for line in range(first, first + lines) for column in columns}
        head = {cell for cell in opened if sheet is results and sheet[cell].row < 5}
        assert opened == cells | head
        assert all(sheet[cell].fill.fgColor.rgb == f"FF{YELLOW[1:]}" for cell in cells | {"C4", "E4"} & head)
        assert sheet.protection.sheet
        assert not sheet.protection.password
    assert {"A1", "A2", "A3", "C4", "E4"} <= {
        cell.coordinate for line in results["A1:H4"] for cell in line if not cell.protection.locked
    }


def test_inputs_say_what_they_take(tmp_path):
    path = tmp_path / "muc-tieu.xlsx"
    write_objectives(path)
    rules = {
        f"{sheet.title}!{area}": rule
        for sheet in open_book(path).worksheets
        for rule in sheet.data_validations.dataValidation
        for area in str(rule.sqref).split()
    }
    assert len(rules) == 2 + 3 + 10 + 3
    assert all(rule.prompt and len(rule.prompt) <= 255 for rule in rules.values())
    words = ",".join(COMPARATOR_WORDS.values())
    assert rules["Số liệu!D5:D64"].formula1 == f'"{words}"'
    assert (rules["Số liệu!I5:I64"].type, rules["Số liệu!J5:J64"].type) == ("custom", "whole")
    assert 'OR(I5=INT(I5),AND(TRIM(F5)<>"",TRIM(F5)<>"%"))' in rules["Số liệu!I5:I64"].formula1
    assert rules["Kế hoạch!F5:F24"].type == "date"


def test_what_is_printed_has_a_page_in_landscape_and_its_header_on_each(files):
    book = open_book(files[Build.MACROS])
    for sheet, area, header in (
        ("Kết quả", "$A$1:$H$51", "$5:$5"),
        ("Kế hoạch", "$A$1:$G$44", "$4:$4"),
        ("Số liệu", "$A$1:$P$124", "$4:$4"),
    ):
        page = book[sheet]
        assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == (
            "landscape",
            9,
            0,
        )
        assert page.print_area == f"'{sheet}'!{area}"
        assert page.print_title_rows == header
        assert page.freeze_panes is not None


def test_the_overview_counts_months_and_tells_what_is_late(tmp_path):
    path = tmp_path / "muc-tieu.xlsx"
    year = {"start": HALF_YEAR.start, "finish": HALF_YEAR.end.replace(month=12, day=1)}
    objectives = [ObjectiveLine("1", **year), ObjectiveLine("2", **year), ObjectiveLine("3")]
    write_typed(path, workbook([requirement("1", numerator=1, denominator=2), requirement("2")], objectives))
    cells = read_values(path)["Tổng quan"]
    top = next(int(cell[1:]) for cell, value in cells.items() if value == "Nhắc việc")
    shown = [[cells.get(f"{column}{top + line}") for column in "EFGHI"] for line in (1, 2, 3)]
    assert shown[0] == [12, 6, 0.5, "Chưa đạt", "Còn 6 tháng, chưa đạt"]
    assert shown[1] == [12, 6, 0.5, "Chưa đến hạn", "Còn 6 tháng"]
    assert shown[2] == [None, None, None, "KXĐ", "Chưa rõ thời gian hoặc kỳ báo cáo"]


def test_a_month_is_a_date_that_shows_the_month(tmp_path):
    path = tmp_path / "muc-tieu.xlsx"
    days = [HALF_YEAR.start, HALF_YEAR.end, HALF_YEAR.end.replace(day=20)]
    write_typed(path, workbook([], [ObjectiveLine(str(day.day), finish=day) for day in days]))
    cells = [open_book(path)["Kế hoạch"].cell(line, PlanColumn.FINISH + 1) for line in (5, 6, 7)]
    assert [cell.number_format for cell in cells] == ["mm/yyyy", "mm/yyyy", "dd/mm/yyyy"]
    known = read_values(path)["Kế hoạch"]
    last_days = [known[f"J{line}"] for line in (5, 6, 7)]
    assert [serial(day.date()) for day in last_days] == [44957, 45107, 45097]


def compare_with_spreadsheet(path):
    """Compute every formula with IronCalc and hold it against the stored result; return how many."""
    stored, sheet = read_values(path), Spreadsheet(path)
    sheet.compute()
    compared = 0
    for page in open_book(path).worksheets:
        for cell in (cell for line in page.iter_rows() for cell in line if cell.data_type == "f"):
            expected = stored[page.title].get(cell.coordinate, "")
            expected = serial(expected.date()) if isinstance(expected, datetime) else expected
            computed = sheet.read(cell.coordinate, page.title)
            assert matches(computed, expected), f"{page.title}!{cell.coordinate}: {cell.value}"
            compared += 1
    return compared


def test_a_spreadsheet_computes_every_stored_result(files, tmp_path):
    empty = tmp_path / "trong.xlsx"
    write_objectives(empty)
    assert compare_with_spreadsheet(empty) > 1000
    assert compare_with_spreadsheet(files[Build.NATIVE]) > 2000
    # LibreOffice cuts a number that is almost whole to the whole one, Excel does not.
    edges = tmp_path / "bien.xlsx"
    write_typed(edges, workbook(lines_at_every_edge()))
    assert compare_with_spreadsheet(edges) > 1000


SCRIPT = """
import random
from pathlib import Path
from typed_objectives import random_workbook
from cchc_calc.excel.builds import Build
from cchc_calc.excel.objectives.workbook import write_typed
write_typed(Path("a.xlsx"), random_workbook(random.Random(9)))
write_typed(Path("a.xlsm"), random_workbook(random.Random(9)), build=Build.MACROS)
"""


def test_the_same_objectives_give_the_same_bytes_everywhere(files, tmp_path):
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "vi_VN.UTF-8", "Asia/Ho_Chi_Minh")):
        folder = tmp_path / f"thư mục {seed}"
        folder.mkdir()
        surroundings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", SCRIPT], cwd=folder, env=os.environ | surroundings, check=True)
        for build in (Build.NATIVE, Build.MACROS):
            digests = {
                hashlib.sha256(path.read_bytes()).digest() for path in (files[build], folder / files[build].name)
            }
            assert len(digests) == 1


def test_wrong_use_is_refused(tmp_path):
    with pytest.raises(FormError, match="ruby"):
        write_objectives(tmp_path / "a.xlsx", functions="ruby")
    with pytest.raises(FormError, match=r"\.xlsx"):
        write_objectives(tmp_path / "a.xlsm", functions="excel")
    assert not list(tmp_path.iterdir())


def evaluation_of(text):
    """Evaluate objectives every word of which is this text."""
    asked = Requirement(text, text, read_target("từ 5 hồ sơ trở lên"), group=1)
    objective = Objective("1", text, (asked,), text, text, text, where=text)
    result = Result(text, (), text, text, where=text)
    report = ObjectiveReport(
        text, (objective,), {"1": result}, unit=text, number=text, title=f"Mục tiêu chất lượng {text}"
    )
    return evaluate_objectives(report)


def test_no_text_becomes_a_formula(tmp_path):
    paths = [tmp_path / "hostile.xlsx", tmp_path / "plain.xlsx"]
    for path, text in zip(paths, (HOSTILE, "chữ"), strict=True):
        write_objectives(path, evaluation_of(text))
    assert formulas_of(paths[0]) == formulas_of(paths[1])
    assert HOSTILE in read_values(paths[0])["Kế hoạch"].values()


def test_texts_of_any_length_and_kind_are_written(tmp_path):
    path = tmp_path / "muc-tieu.xlsx"
    write_objectives(path, evaluation_of("một\x00hai\x0b<b>&amp; " + "chữ " * 20000))
    values = read_values(path)
    assert values["Kế hoạch"]["B5"].startswith("một")
    assert len(values["Kế hoạch"]["D5"]) > 32000
    assert values["Kết quả"]["E6"] == "KXĐ"


@pytest.mark.parametrize(
    ("build", "there", "not_there"),
    [
        (Build.NATIVE, "không cần Python", "Enable Content"),
        (Build.CALLS, "bản công thức thường", "không có macro"),
        (Build.MACROS, "Enable Content", "không có macro"),
    ],
)
def test_the_guide_speaks_of_its_own_build(build, there, not_there):
    sections = guide_sections(build, "cchc_calc.excel.objectives")
    told = " ".join(line["text"] for section in sections for line in section["lines"])
    assert there in told
    assert not_there not in told
