"""The official workbook as a file: its layout, its protection, and that every stored result is Python's."""

import hashlib
import os
import re
import subprocess
import sys
import warnings
import zipfile
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from filled_forms import FORM, report_of
from hypothesis import given
from hypothesis import strategies as st
from iron_calc import Spreadsheet
from spreadsheet import matches, read_values

from cchc_calc.checking import check
from cchc_calc.errors import FormError
from cchc_calc.excel.form_figures import figures_of_cells, figures_of_report, stored_value
from cchc_calc.excel.form_grid import Column, FormGrid, Line
from cchc_calc.excel.row_messages import DIFFERS, message, native_message, native_reported
from cchc_calc.excel.template import write_template
from cchc_calc.form_files import editions, load_form
from cchc_calc.periods import Period
from cchc_calc.reading import read_report
from cchc_calc.rounding import round_half_up
from cchc_calc.states import State

SHEETS = ["Biểu mẫu", "Kiểm tra", "Tổng quan", "Cách tính", "Hướng dẫn"]
GRID = FormGrid(FORM)
PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12))
WARD = "UBND phường Phương Sơn"

# What a real report holds: plain counts, thousands, a legend copied and one edited, text, zeros, contradictions.
VALUES = {
    "1.1": "3",
    "1.2.a": "34",
    "1.2.b": "26",
    "1.6": "Có = 1 Không = 0",
    "1.6.b": "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 0",
    "2.2": "0",
    "2.2.b": "0",
    "2.2.c": "0",
    "2.2.d": "0",
    "3.4.3": "99,7% (446/447)",
    "3.4.3.a": "447",
    "3.4.3.b": "425",
    "3.4.3.c": "425",
    "3.4.4.a1": "10",
    "3.4.4.a2": "9",
    "3.4.4.b1": "4",
    "3.5.a": "Không phát sinh",
    "3.5.b": "0",
    "6.1.a": "12,5",
    "6.1.b": "5",
    "6.1": "40%",
    "7.5.2": "01 chứng thư số cơ quan và 03 chữ ký số cá nhân",
    "7.7.1": "48",
    "7.7.1.a": "31",
    "7.7.1.b": "31",
    "7.7.1.c": "15",
    "7.7.4": "53,7%",
    "7.7.4.a": "214",
    "7.7.4.b": "115",
    "7.7.5.a": "0",
    "7.7.5.b": "27",
    "7.7.5.e": "786.000",
    "7.8.1": "116",
    "7.8.1.a": "66",
    "7.8.1.b": "50",
    "7.8.1.c": "50",
}


@pytest.fixture(scope="module")
def result():
    return check(report_of(VALUES, prose=["115 hồ sơ đạt 54% (115/214)"]))


@pytest.fixture(scope="module")
def filled(result, tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "bieu-mau.xlsx"
    write_template(path, FORM, unit=WARD, period=PERIOD, result=result)
    return path


@pytest.fixture(scope="module")
def book(filled):
    return open_book(filled)


@pytest.fixture(scope="module")
def sheet(book):
    return book["Biểu mẫu"]


# --- the form to the letter ------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_every_row_stands_as_the_form_has_it(edition, tmp_path):
    form, path = load_form("thong-ke-cchc", edition), tmp_path / "bieu-mau.xlsx"
    write_template(path, form)
    book = open_book(path)
    assert book.sheetnames == SHEETS
    lines = book["Biểu mẫu"].iter_rows(min_row=Line.HEADER + 1, max_col=len(Column), values_only=True)
    header, *rows = list(lines)[: len(form.rows) + 1]
    assert header[: Column.GAP] == form.columns
    assert header[Column.ADDRESS :] == ("Mã dòng", "Kiểm tra", "Số đã báo cáo", "Đọc được", "Dùng để tính")
    for row, line in zip(form.rows, rows, strict=True):
        printed = (row.code, row.label) if row.code not in {"-", "+"} else (None, f"{row.code} {row.label}")
        assert line[: Column.VALUE] == (*printed, row.unit or None)
        assert line[Column.AGENCY : Column.GAP] == (row.agency or None, row.note or None)
        assert line[Column.ADDRESS] == row.address


def test_the_head_names_unit_report_and_period(sheet):
    assert sheet["A1"].value == "BIỂU MẪU THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC"
    assert sheet["A2"].value == "CẢI CÁCH HÀNH CHÍNH TẠI UBND PHƯỜNG PHƯƠNG SƠN"
    assert sheet["A3"].value == f"(Kèm theo Báo cáo số ………/BC-UBND ngày ……/……/20…… của {WARD})"
    assert sheet["A4"].value == "Kỳ báo cáo: từ ngày 13/6/2023 đến ngày 12/9/2023"


def test_the_signatures_stand_under_the_form(sheet):
    below = [
        [cell.value for cell in line if cell.value]
        for line in sheet.iter_rows(min_row=GRID.last_line + 2, max_col=Column.GAP)
    ]
    assert below[1:4] == [
        ["NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"],
        ["(Ký, ghi rõ họ tên)", "CHỦ TỊCH"],
        ["(Ký tên, đóng dấu)"],
    ]


def test_a_derived_edition_is_marked_wherever_it_is_shown(tmp_path):
    form, path = load_form("thong-ke-cchc", "2025"), tmp_path / "bieu-mau.xlsx"
    write_template(path, form)
    for sheet in open_book(path).worksheets:
        texts = [str(cell.value) for line in sheet.iter_rows(max_row=6) for cell in line if cell.value]
        assert any(form.mark in text for text in texts), sheet.title


def test_an_issued_edition_has_no_mark(sheet):
    assert sheet.cell(Line.MARK + 1, 1).value is None


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_the_reader_knows_an_empty_template_by_its_stamp(edition, tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    write_template(path, load_form("thong-ke-cchc", edition), unit=WARD, period=PERIOD)
    report = read_report(path)
    assert (report.form.edition, report.unit, report.period) == (edition, WARD, PERIOD)
    assert {entry.content for entry in report.entries.values()} == {State.BLANK}


# --- what an official fills ------------------------------------------------------------------------------


def test_only_input_cells_the_head_and_reported_figures_are_unlocked(sheet):
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatColumns
    assert not sheet.protection.formatRows
    unlocked = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
    inputs = {GRID.value(row.address) for row in FORM.rows if row.is_input}
    reported = {GRID.cell(row.address, Column.REPORTED) for row in FORM.rows}
    head = {f"{letter}{line}" for letter in "ABCDEF" for line in (2, 3, 4)}
    assert unlocked == inputs | reported | head


def test_input_cells_are_yellow_and_those_of_other_levels_paler(sheet):
    colours = {row.address: sheet[GRID.value(row.address)].fill.fgColor.rgb for row in FORM.rows if not row.is_heading}
    assert {colours[row.address] for row in FORM.rows if row.is_input and "commune" in row.levels} == {"FFFFFFCC"}
    assert {colours[row.address] for row in FORM.rows if row.is_input and "commune" not in row.levels} == {"FFFFFFEE"}
    assert not {colours[row.address] for row in FORM.computed} & {"FFFFFFCC", "FFFFFFEE"}


def test_every_input_cell_has_its_limits(sheet):
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for row in FORM.rows:
        rule = rules.pop(GRID.value(row.address), None)
        assert (rule is not None) == row.is_input
        if rule is None:
            continue
        assert (rule.showInputMessage, rule.showErrorMessage, rule.errorStyle) == (True, True, None)
        assert row.address in rule.promptTitle
        assert len(rule.promptTitle) <= 32
        assert len(rule.prompt) <= 255
        if row.legend is not None:
            assert rule.type == "list"
            assert rule.formula1 == f'"{",".join(str(code) for code in row.legend.codes.values())}"'
            assert all(word in rule.prompt for word in row.legend.codes)
        else:
            expected = ("whole", "1000000000") if row.kind == "count" else ("decimal", "1000000000000000")
            expected = ("whole", expected[1]) if row.whole else expected
            assert (rule.type, rule.formula1, rule.formula2) == (expected[0], "0", expected[1])
    assert not rules


# --- print -----------------------------------------------------------------------------------------------


def test_the_form_is_printed_on_a4_with_nothing_beside_it(sheet):
    assert sheet.print_area == f"'Biểu mẫu'!$A$1:$F${GRID.last_line + 6}"
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.blackAndWhite
    assert sheet.oddFooter.center.text == "Trang &P/&N"
    assert sheet.page_margins.left == pytest.approx(2 / 2.54, abs=0.01)
    assert sheet.freeze_panes == "A7"


def test_every_sheet_is_one_page_wide(book):
    for sheet in book.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.print_area, sheet.title


def test_the_helper_columns_are_folded(sheet):
    folded = sheet.column_dimensions[Column.READ.letter]
    assert (folded.min, folded.max) == (Column.READ + 1, Column.USED + 1)
    assert (folded.hidden, folded.outlineLevel) == (True, 1)


def test_the_fonts_are_times(book):
    fonts = {cell.font.name for sheet in book.worksheets for line in sheet.iter_rows() for cell in line if cell.value}
    assert fonts == {"Times New Roman"}


# --- the values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ("1.1", 3),
        ("1.6", None),
        ("1.6.b", "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 0"),
        ("3.5.a", "Không phát sinh"),
        ("6.1.a", 12.5),
        ("7.5.2", "01 chứng thư số cơ quan và 03 chữ ký số cá nhân"),
        ("7.7.5.e", 786000),
        ("1.2", 26 / 34),
        ("2.2.d", "Không phát sinh"),
        ("3.4.3", 1),
        ("3.5", "Không phát sinh"),
        ("6.1", 0.4),
        ("7.7.5", "KXĐ"),
        ("7.8.1", 66),
        ("3.4.4", 0.9),
        ("2.1", None),
    ],
)
def test_the_value_cells(filled, address, cell):
    assert read_values(filled)["Biểu mẫu"].get(GRID.value(address)) == cell


@pytest.mark.parametrize(
    ("address", "reported", "said"),
    [
        ("1.1", None, None),
        ("1.6", "Có = 1 Không = 0", "Chưa nhập"),
        ("1.6.b", None, "Không đọc được: cần một trong các mã 0, 1, 2"),
        ("2.2", "0", None),
        ("2.2.d", 0, None),
        ("3.4.3", "99,7% (446/447)", "Khác số đã báo cáo"),
        ("6.1", 0.4, None),
        ("7.5.2", None, "Không đọc được: cần số nguyên không âm"),
        ("7.7.1", 48, "Khác số đã báo cáo"),
        ("7.7.4", 0.537, None),
        ("7.7.5", None, "KXĐ: xem dòng 7.7.5.b"),
        ("7.7.5.a", None, "Mâu thuẫn với dòng 7.7.5.b"),
        ("7.7.5.b", None, "Mâu thuẫn với dòng 7.7.5.a"),
        ("7.8.1", 116, "Khác số đã báo cáo"),
        ("4.3.a", None, None),
        ("1.5.a", None, "Chưa nhập"),
    ],
)
def test_what_stands_beside(filled, address, reported, said):
    values = read_values(filled)["Biểu mẫu"]
    assert values.get(GRID.cell(address, Column.REPORTED)) == reported
    assert values.get(GRID.cell(address, Column.MESSAGE)) == said


@pytest.mark.parametrize(("address", "shown"), [("7.7.1", "0"), ("7.7.4", "0.0%"), ("6.1", "0%"), ("7.8.1", "0")])
def test_reported_figures_look_as_printed(sheet, address, shown):
    assert sheet[GRID.cell(address, Column.REPORTED)].number_format == shown


def test_every_stored_result_of_the_form_is_what_the_check_computed(filled, result):
    values = read_values(filled)["Biểu mẫu"]
    for row in FORM.rows:
        if row.is_heading:
            continue
        content = result.computation.contents.get(row.address, State.BLANK)
        expected = 0 if row.is_input and content is State.NOT_ARISING else stored_value(content)
        assert matches(values.get(GRID.used(row.address), ""), expected), row.address


def test_what_is_filled_reads_back_as_the_same_form(filled, result):
    again = check(read_report(filled))
    assert again.computation.contents == result.computation.contents
    assert again.computation.counts() == result.computation.counts()
    assert {finding.rule for finding in again.findings} >= {"declared_differs", "part_exceeds_whole", "legend_edited"}


def test_no_formula_is_left_without_a_stored_result(filled):
    book, values = open_book(filled), read_xml(filled)
    formulas = sum(cell.data_type == "f" for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)
    assert formulas == values.count("<f>") > 500
    assert "</f><v></v></c>" not in re.sub(r'<c [^>]*t="str"[^>]*><f>[^<]*</f><v></v></c>', "", values)


# --- a spreadsheet agrees --------------------------------------------------------------------------------


def test_a_spreadsheet_computes_every_stored_result(filled):
    assert len(compare_with_spreadsheet(filled)) > 500


TYPED = st.one_of(
    st.none(),
    st.integers(0, 12),
    st.integers(0, 10**6),
    st.sampled_from([0, 0, 1, -1, 2.5, 10**9, 10**9 + 1, "", "x", "Không phát sinh", "chưa phát sinh", True]),
)


@pytest.fixture(scope="module")
def calculator(tmp_path_factory):
    path = tmp_path_factory.mktemp("calculator") / "bieu-mau.xlsx"
    write_template(path, FORM)
    return Spreadsheet(path)


@given(typed=st.fixed_dictionaries({row.address: TYPED for row in FORM.rows if row.is_input}))
def test_a_spreadsheet_says_what_python_says_whatever_is_typed(calculator, typed):
    for address, content in typed.items():
        calculator.write(GRID.value(address), content)
    calculator.compute()
    figures = figures_of_cells(FORM, typed)
    for row in FORM.rows:
        if row.is_heading:
            continue
        content = figures.used(row.address)
        expected = 0 if row.is_input and content is State.NOT_ARISING else stored_value(content)
        assert matches(calculator.read(GRID.used(row.address)), expected), row.address
        assert calculator.read(GRID.cell(row.address, Column.MESSAGE)) == message(figures, row, "commune"), row.address
    counts = figures.computation.counts()
    sentence = (
        f"{counts['rows']} dòng = {counts['accepted']} đọc được + {counts['blank']} để trống + "
        f"{counts['refused']} không dùng được"
    )
    assert sentence in {calculator.read(f"A{line}", "Kiểm tra") for line in range(1, 10)}


@given(
    part=st.integers(0, 60),
    rest=st.integers(1, 60),
    decimals=st.integers(0, 3),
    off=st.sampled_from([-2, -1, 0, 0, 0, 1, 2]),
    sign=st.sampled_from(["%", ""]),
)
def test_reported_rates_are_compared_as_the_check_compares_them(calculator, part, rest, decimals, off, sign):
    printed = round_half_up(Fraction(part, part + rest) * 100, decimals) + off * Decimal(1).scaleb(-decimals)
    assert_compared(calculator, f"{printed:f}{sign}".replace(".", ","), part, part + rest)


@pytest.mark.parametrize(
    ("reported", "part", "whole"),
    [
        # halfway, where both ways of rounding agree
        ("6,2%", 1, 16),
        ("6,3%", 1, 16),
        ("6%", 1, 16),
        ("31,2%", 5, 16),
        # just beyond a half
        ("5%", 1, 18),
        ("6%", 1, 18),
        ("99,7%", 446, 447),
        ("99,70%", 997, 1000),
        ("99,71%", 997, 1000),
        ("48", 15, 31),
        ("1", 1, 1),
        ("0,5", 1, 2),
        ("120%", 12, 1000),
        ("53,7% (115/214)", 115, 214),
        ("54% (115/214)", 115, 200),
    ],
)
def test_reported_rates_at_the_edge(calculator, reported, part, whole):
    assert_compared(calculator, reported, part, whole)


def assert_compared(calculator, reported, part, whole):
    """The sheet says "Khác số đã báo cáo" exactly where the check finds that the rate differs."""
    report = report_of({"3.4.3": reported, "3.4.3.b": str(whole), "3.4.3.c": str(part)})
    figures, row = figures_of_report(FORM, report), FORM.row("3.4.3")
    beside = figures.reported["3.4.3"]
    carried = beside.value if isinstance(beside.cell, str) else None
    for address, content in {"3.4.3.b": whole, "3.4.3.c": part}.items():
        calculator.write(GRID.value(address), content)
    calculator.write(GRID.cell("3.4.3", Column.REPORTED), beside.cell)
    calculator.write(GRID.read("3.4.3"), native_reported(row, GRID.cell("3.4.3", Column.REPORTED), carried))
    calculator.write("P1", native_message(GRID, row, "commune", beside.decimals))
    calculator.compute()
    differs = any(finding.rows == ("3.4.3",) for finding in check(report).of_rule("declared_differs"))
    assert calculator.read("P1") == message(figures, row, "commune") == ("Khác số đã báo cáo" if differs else "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [(1, ""), (0.9, DIFFERS), (0.48, ""), (48, ""), (0.484, ""), (0.485, DIFFERS), (52, DIFFERS)],
)
def test_a_rate_typed_beside_the_form_is_compared_at_its_own_precision(calculator, typed, said):
    parts = {"3.4.3.b": 31, "3.4.3.c": 15} if typed != 1 else {"3.4.3.b": 425, "3.4.3.c": 425}
    for address, content in parts.items():
        calculator.write(GRID.value(address), content)
    calculator.write(GRID.cell("3.4.3", Column.REPORTED), typed)
    calculator.write(GRID.read("3.4.3"), native_reported(FORM.row("3.4.3"), GRID.cell("3.4.3", Column.REPORTED), None))
    calculator.write("P1", native_message(GRID, FORM.row("3.4.3"), "commune", 0))
    calculator.compute()
    assert calculator.read("P1") == said


# --- hostile texts ---------------------------------------------------------------------------------------

HOSTILE = "=cmd|'/c calc'!A0"


def test_no_text_becomes_a_formula(tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    values = {"1.1": "=1+1", "1.2": HOSTILE, "1.6": "+1", "3.4.3": "@SUM(A1)", "7.5.2": '=HYPERLINK("http://x";"y")'}
    result = check(report_of(values, prose=[f"{HOSTILE} 115 hồ sơ đạt 54% (115/214)"]))
    write_template(path, FORM, unit=HOSTILE, result=result)
    plain = tmp_path / "plain.xlsx"
    write_template(plain, FORM, unit=WARD, result=result)
    assert formulas_of(path) == formulas_of(plain)
    assert not any("cmd" in formula or "HYPERLINK" in formula for formula in formulas_of(path))
    assert read_values(path)["Biểu mẫu"][GRID.value("7.5.2")] == values["7.5.2"]


def test_texts_of_any_length_and_kind_are_written(tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    result = check(report_of({"7.5.2": "chữ " * 20000, "1.1": "một\x00hai\x0b<b>&amp;"}))
    write_template(path, FORM, unit="UBND " + "x" * 5000, result=result)
    values = read_values(path)["Biểu mẫu"]
    assert values[GRID.value("7.5.2")].startswith("chữ chữ")
    assert values[GRID.read("1.1")] == "KXĐ"


# --- the file --------------------------------------------------------------------------------------------

SCRIPT = """
from pathlib import Path
from filled_forms import FORM, report_of
from cchc_calc.checking import check
from cchc_calc.excel.template import write_template
from test_template import PERIOD, VALUES
write_template(Path("ra.xlsx"), FORM, unit="UBND phường Phương Sơn", period=PERIOD, result=check(report_of(VALUES)))
"""


def test_the_same_figures_give_the_same_bytes_everywhere(tmp_path):
    digests = set()
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "vi_VN.UTF-8", "Asia/Ho_Chi_Minh")):
        folder = tmp_path / f"thư mục {seed}"
        folder.mkdir()
        surroundings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        environment = os.environ | surroundings
        subprocess.run([sys.executable, "-c", SCRIPT], cwd=folder, env=environment, check=True)
        digests.add(hashlib.sha256((folder / "ra.xlsx").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_file_tells_no_time(book):
    assert book.properties.created == book.properties.modified == datetime(2023, 1, 1)  # noqa: DTZ001 - a day of the form


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "bieu-mau.xlsx"
    path.write_text("cũ", encoding="utf-8")
    monkeypatch.setattr("cchc_calc.excel.guide_sheet.guide_sections", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_template(path, FORM)
    assert [file.name for file in tmp_path.iterdir()] == ["bieu-mau.xlsx"]
    assert path.read_text(encoding="utf-8") == "cũ"


def test_wrong_use_is_refused(tmp_path, result):
    with pytest.raises(FormError, match="python"):
        write_template(tmp_path / "a.xlsx", FORM, functions="python")
    with pytest.raises(FormError, match="2025"):
        write_template(tmp_path / "a.xlsx", load_form("thong-ke-cchc", "2025"), result=result)
    assert not list(tmp_path.iterdir())


# --- the other sheets ------------------------------------------------------------------------------------


def test_every_finding_is_listed_with_a_link_to_its_row(book, result):
    sheet = book["Kiểm tra"]
    lines = list(sheet.iter_rows(values_only=True))
    header = next(at for at, line in enumerate(lines) if line[1] == "Mức độ")
    listed = lines[header + 1 : header + 1 + len(result.findings)]
    names = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Lưu ý"}
    assert [(line[1], line[6], line[7]) for line in listed] == [
        (names[finding.severity], finding.message, finding.remedy) for finding in result.findings
    ]
    assert sheet.auto_filter.ref == f"A{header + 1}:H{header + 1 + len(result.findings)}"
    for place, finding in enumerate(result.findings, start=1):
        link = sheet.cell(header + 1 + place, 3).hyperlink
        assert (link.location if link else None) == (GRID.abroad(finding.rows[0]) if finding.rows else None)


def test_the_claims_stand_under_the_findings(book):
    lines = [line for line in book["Kiểm tra"].iter_rows(values_only=True) if line[4] == "115 hồ sơ đạt 54% (115/214)"]
    assert [(line[1], line[5], line[6], line[7]) for line in lines] == [
        ("đúng khi làm tròn", "54%", "115 / 214", "53,74%"),
    ]


def test_an_empty_template_says_how_to_have_it_checked(tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    write_template(path, FORM)
    texts = [str(value) for value in read_values(path)["Kiểm tra"].values()]
    headings = sum(row.is_heading for row in FORM.rows)
    assert f"168 dòng = {headings} đọc được + {168 - headings} để trống + 0 không dùng được" in texts
    assert any("cchc check" in text for text in texts)


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_every_computed_row_is_explained(edition, tmp_path):
    form, path = load_form("thong-ke-cchc", edition), tmp_path / "bieu-mau.xlsx"
    write_template(path, form)
    lines = {line[0]: line for line in open_book(path)["Cách tính"].iter_rows(values_only=True)}
    form_sheet, grid = open_book(path)["Biểu mẫu"], FormGrid(form)
    for row in form.computed:
        line = lines[row.address]
        assert line[1] == row.label
        assert line[2].startswith(f"{row.address} = ")
        assert line[3] == form_sheet[grid.value(row.address)].value
        assert line[4] == row.legal
        assert all(line[5:7])


def test_the_overview_draws_three_charts_and_counts_what_is_missing(book, filled):
    sheet = book["Tổng quan"]
    assert len(sheet._charts) == 3
    cells = read_values(filled)["Tổng quan"]
    line = next(address[1:] for address, value in cells.items() if value == "7.7.4" and address.startswith("C"))
    assert [cells.get(f"{letter}{line}") for letter in "DEF"] == [115 / 214, 115, 214]


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_a_spreadsheet_computes_an_empty_template(edition, tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    write_template(path, load_form("thong-ke-cchc", edition))
    assert len(compare_with_spreadsheet(path)) > 300


def test_a_level_without_a_row_in_the_form_gets_an_overview_without_rates(tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    write_template(path, load_form("thong-ke-cchc", "2025"), unit="UBND thành phố Nha Trang")
    sheet = open_book(path)["Tổng quan"]
    assert not sheet._charts
    assert not list(sheet.conditional_formatting)


# --- the real report -------------------------------------------------------------------------------------


def test_the_report_of_phuong_son(real_reports, tmp_path):
    (source,) = real_reports.glob("*phuong-son*.txt")
    result, path = check(read_report(source)), tmp_path / "bieu-mau.xlsx"
    write_template(path, result.report.form, result=result)
    values = read_values(path)["Biểu mẫu"]
    shown = {row.address: values.get(GRID.value(row.address)) for row in FORM.rows}
    assert matches(shown["1.2"], Fraction(26, 34))
    assert matches(shown["7.7.4"], Fraction(115, 214))
    assert (shown["3.4.3"], shown["7.7.1"], shown["7.7.5"], shown["7.7.5.e"]) == (1, 1, "KXĐ", 786000)
    assert {shown[address] for address in ("2.2.d", "3.4.4", "3.5", "6.1")} == {"Không phát sinh"}
    assert (shown["1.6"], shown["7.8.1"]) == (None, 66)
    assert len(compare_with_spreadsheet(path)) > 500
    assert check(read_report(path)).computation.contents == result.computation.contents


def open_book(path):
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it does not read.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path)


def read_xml(path):
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return "".join(package.read(name).decode() for name in parts)


def formulas_of(path):
    return [
        cell.value
        for sheet in open_book(path).worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]


def compare_with_spreadsheet(path):
    """Compute every formula with IronCalc and hold it against the stored result; return the cells compared."""
    stored, sheet = read_values(path), Spreadsheet(path)
    sheet.compute()
    compared = []
    for page in open_book(path).worksheets:
        for line in page.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    expected = stored[page.title].get(cell.coordinate, "")
                    computed = sheet.read(cell.coordinate, page.title)
                    # IronCalc knows no Vietnamese and writes a decimal point into texts.
                    if isinstance(computed, str):
                        computed = re.sub(r"(?<=\d)\.(?=\d+%)", ",", computed)
                    assert matches(computed, expected), f"{page.title}!{cell.coordinate}: {cell.value}"
                    compared.append(cell.coordinate)
    return compared
