"""The sheets beside the form: findings, overview, method."""

import pytest
from filled_forms import FORM
from filled_workbooks import GRID, filled_result, open_book
from spreadsheet import read_values

from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.excel.template import write_template
from cchc_calc.form_files import editions, load_form


def test_every_finding_is_listed_with_a_link_to_its_row(book):
    result = filled_result()
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


def test_a_level_without_a_row_in_the_form_gets_an_overview_without_rates(tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    write_template(path, load_form("thong-ke-cchc", "2025"), unit="UBND thành phố Nha Trang")
    sheet = open_book(path)["Tổng quan"]
    assert not sheet._charts
    assert not list(sheet.conditional_formatting)
