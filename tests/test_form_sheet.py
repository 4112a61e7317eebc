"""The sheet "Biểu mẫu": the official form to the letter, what may be filled, how it is printed, what it holds."""

import re

import pytest
from filled_forms import FORM
from filled_workbooks import GRID, PERIOD, WARD, filled_result, open_book, read_xml
from spreadsheet import matches, read_values

from cchc_calc.checking import check
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_grid import Column, Line
from cchc_calc.excel.template import write_template
from cchc_calc.form_files import editions, load_form
from cchc_calc.reading import read_report
from cchc_calc.states import State

SHEETS = ["Biểu mẫu", "Kiểm tra", "Tổng quan", "Cách tính", "Hướng dẫn"]


@pytest.fixture(scope="module")
def sheet(book):
    return book["Biểu mẫu"]


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


def test_every_stored_result_of_the_form_is_what_the_check_computed(filled):
    result = filled_result()
    values = read_values(filled)["Biểu mẫu"]
    for row in FORM.rows:
        if row.is_heading:
            continue
        content = result.computation.contents.get(row.address, State.BLANK)
        expected = 0 if row.is_input and content is State.NOT_ARISING else stored_value(content)
        assert matches(values.get(GRID.used(row.address), ""), expected), row.address


def test_what_is_filled_reads_back_as_the_same_form(filled):
    result = filled_result()
    again = check(read_report(filled))
    assert again.computation.contents == result.computation.contents
    assert again.computation.counts() == result.computation.counts()
    assert {finding.rule for finding in again.findings} >= {"declared_differs", "part_exceeds_whole", "legend_edited"}


def test_no_formula_is_left_without_a_stored_result(filled):
    book, values = open_book(filled), read_xml(filled)
    formulas = sum(cell.data_type == "f" for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)
    assert formulas == values.count("<f>") > 500
    assert "</f><v></v></c>" not in re.sub(r'<c [^>]*t="str"[^>]*><f>[^<]*</f><v></v></c>', "", values)
