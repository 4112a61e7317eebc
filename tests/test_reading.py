"""One report in every kind of file gives the same figures."""

import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from filled_forms import FORM, HEADER, form_rows, report_of
from filled_workbooks import GRID, open_book
from spreadsheet import find_soffice

from cchc_calc import SourceRefusedError, check, read_report
from cchc_calc.document import Paragraph
from cchc_calc.excel.template import write_template
from cchc_calc.sources import open_document

EXAMPLE = Path(__file__).parents[1] / "workbooks" / "vi-du" / "bao-cao-quy-3-2023-phuong-son.txt"


@pytest.fixture(scope="module")
def expected():
    return figures_of(read_report(EXAMPLE))


def figures_of(report):
    """State, value and what was reported of every row."""
    return {row["address"]: (row["state"], row["value"]) for row in check(report).to_json()["rows"]}


def blocks():
    return open_document(EXAMPLE).blocks


def typed_workbook(path):
    """The form as an office types it: another font, a merged title, figures as numbers, rates as percentages."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Phụ lục"
    sheet["B1"] = "BIỂU MẪU THỐNG KÊ SỐ LIỆU TẠI UBND PHƯỜNG PHƯƠNG SƠN"
    sheet.merge_cells("B1:G1")
    sheet["B2"] = "(Từ ngày 13/6/2023 đến ngày 12/9/2023)"
    sheet.append([])
    sheet.append(["", *HEADER])
    reported = {address: entry.reported for address, entry in read_report(EXAMPLE).entries.items()}
    for row, line in zip(FORM.rows, form_rows(reported), strict=True):
        sheet.append(["", *line])
        cell = sheet.cell(sheet.max_row, 5)
        cell.font = openpyxl.styles.Font(name="Arial", size=9)
        text = reported[row.address]
        if text.isdigit() and row.kind != "rate":
            cell.value = int(text)
        elif row.kind == "rate" and text.endswith("%") and text[0].isdigit():
            cell.value = float(Decimal(text[:-1].replace(",", ".")) / 100)
            cell.number_format = "0.0%"
    workbook.save(path)


def word_document(path):
    document = docx.Document()
    for block in blocks():
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
            continue
        table = document.add_table(rows=0, cols=6)
        for line in block.rows:
            for cell, source in zip(table.add_row().cells, line, strict=True):
                cell.text = source.text
    document.save(path)


def test_word(tmp_path, expected):
    word_document(tmp_path / "báo cáo.docx")
    report = read_report(tmp_path / "báo cáo.docx")
    assert figures_of(report) == expected
    assert report.unit == "UBND phường Phương Sơn"
    told, original = check(report), check(read_report(EXAMPLE))
    assert [claim.text for claim in told.claims] == [claim.text for claim in original.claims]
    assert [finding.rule for finding in told.findings] == [finding.rule for finding in original.findings]


def test_the_head_of_a_word_report_is_a_table_without_lines(tmp_path):
    document = docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.text = "ỦY BAN NHÂN DÂN\nXÃ LỘC AN\nSố: 422/BC-UBND"
    right.text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\nLộc An, ngày 26 tháng 8 năm 2020"
    document.add_paragraph("Thực hiện kế hoạch của UBND huyện Bảo Lâm, kết quả 6 tháng đầu năm 2020 như sau:")
    document.save(tmp_path / "báo cáo.docx")
    report = read_report(tmp_path / "báo cáo.docx")
    assert (report.unit, report.number, report.level) == ("UBND xã Lộc An", "422/BC-UBND", "commune")
    assert report.issued == date(2020, 8, 26)
    assert report.period.code == "2020-H1"


def test_a_workbook_typed_by_an_office(tmp_path, expected):
    typed_workbook(tmp_path / "biểu.xlsx")
    report = read_report(tmp_path / "biểu.xlsx")
    assert figures_of(report) == expected
    assert report.unit == "UBND phường Phương Sơn"
    assert report.period.code == "2023-06-13/2023-09-12"
    assert report.where("3.4.3").startswith("Phụ lục!E")
    assert report.entries["7.7.4"].reported == "53,7%"


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_the_same_workbook_saved_as_another_kind(tmp_path, expected, suffix):
    typed_workbook(tmp_path / "biểu.xlsx")
    profile = (tmp_path / "profile").as_uri()
    convert = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix, "--outdir", tmp_path]
    subprocess.run([find_soffice(), *convert, tmp_path / "biểu.xlsx"], check=True, capture_output=True, timeout=120)
    report = read_report(tmp_path / f"biểu.{suffix}")
    assert figures_of(report) == expected
    assert report.unit == "UBND phường Phương Sơn"


def test_a_spreadsheet_without_the_form_is_refused(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["Họ tên", "Điểm"])
    workbook.save(tmp_path / "điểm.xlsx")
    with pytest.raises(SourceRefusedError) as refusal:
        read_report(tmp_path / "điểm.xlsx")
    assert refusal.value.code == "S10"
    assert "cchc new" in refusal.value.remedy


def test_a_text_of_blanks_is_refused(tmp_path):
    (tmp_path / "trống.txt").write_text(" \n\t\n", encoding="utf-8")
    with pytest.raises(SourceRefusedError):
        read_report(tmp_path / "trống.txt")


def test_real_reports_are_read_and_checked_without_an_error(real_reports):
    units = {path.name[:3]: check(read_report(path)).report.unit for path in sorted(real_reports.glob("*.txt"))}
    assert units == {
        "000": "UBND thành phố Nha Trang",
        "001": "",
        "002": "UBND xã Lộc An",
        "003": "UBND thành phố Đà Lạt",
        "004": "UBND phường Phương Sơn",
    }


def test_the_example_says_what_the_real_report_says(real_reports):
    """The prose is retold, the figures are the same."""
    real, example = (check(read_report(path)) for path in (next(real_reports.glob("004*")), EXAMPLE))
    assert figures_of(real.report) == figures_of(example.report)
    for name in ("declared_differs", "prose_differs", "zero_for_not_arising", "part_exceeds_whole", "legend_edited"):
        assert [f.rows for f in real.of_rule(name)] == [f.rows for f in example.of_rule(name)]
    assert [(c.text, c.verdict) for c in real.claims] == [(c.text, c.verdict) for c in example.claims]


def official_workbook(path, change):
    """Write the official workbook as an official has changed it."""
    write_template(path, FORM, result=check(report_of({"1.2.a": "34", "1.2.b": "26", "1.2": "76,47%"})))
    book = open_book(path)
    change(book)
    book.save(path)
    return read_report(path)


@pytest.mark.parametrize("typed", [0.8, "80%"])
def test_what_is_typed_over_a_formula_is_what_the_form_says(tmp_path, typed):
    def change(book):
        book["Biểu mẫu"][GRID.value("1.2")].value = typed

    result = check(official_workbook(tmp_path / "biểu.xlsx", change))
    assert [finding.rows for finding in result.of_rule("declared_differs")] == [("1.2",)]


@pytest.mark.parametrize(
    ("typed", "content"), [(1234, 1234), (1234.567, Decimal("1234.567")), (1.234, Decimal("1.234"))]
)
def test_a_number_is_read_as_it_is_stored(tmp_path, typed, content):
    def change(book):
        book["Biểu mẫu"][GRID.value("6.1.a")].value = typed

    assert official_workbook(tmp_path / "biểu.xlsx", change).entries["6.1.a"].content == content


def test_the_form_of_last_quarter_beside_the_official_sheets_is_seen(tmp_path):
    def change(book):
        sheet = book.copy_worksheet(book["Biểu mẫu"])
        sheet.title, sheet[GRID.value("1.2.a")].value = "Quý trước", 99

    with pytest.raises(SourceRefusedError) as refusal:
        official_workbook(tmp_path / "biểu.xlsx", change)
    assert refusal.value.code == "S02"
