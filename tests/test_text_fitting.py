"""Room for texts: the estimate follows the letters, and no text of the form is cut off in LibreOffice."""

import re
import zipfile

import openpyxl
import pytest
from filled_forms import FORM, report_of
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet import recalculate

from cchc_calc.checking import check
from cchc_calc.excel.sheets.text_fitting import count_lines, row_height, text_width
from cchc_calc.excel.template import write_template


@pytest.mark.parametrize(
    ("text", "points", "lines"),
    [
        ("", 100, 1),
        ("Hồ sơ", 100, 1),
        ("Hồ sơ TTHC đã tiếp nhận", 60, 3),
        ("một\nhai\nba", 100, 3),
        ("x" * 100, 60, 11),
        ("a b " + "x" * 18, 60, 3),
    ],
)
def test_count_lines(text, points, lines):
    assert count_lines(text, points, 12) == lines


def test_letters_with_marks_are_as_wide_as_without():
    assert text_width("ĐẶNG tiếp nhận", 12) == text_width("ĐANG tiep nhan", 12)
    assert text_width("e\u0301", 12) == text_width("é", 12)


@given(st.text(alphabet="aế mW i", max_size=60), st.integers(40, 200), st.integers(0, 40))
def test_a_narrower_column_never_takes_fewer_lines(text, points, less):
    assert count_lines(text, points, 12) <= count_lines(text, max(20, points - less), 12)


@given(st.text(alphabet="ab ", max_size=60), st.text(alphabet="ab ", max_size=20))
def test_a_longer_text_never_takes_less_room(text, more):
    assert row_height([(text, 80)], 12) <= row_height([(text + more, 80)], 12)


def test_no_row_is_taller_than_a_spreadsheet_allows():
    assert row_height([("chữ " * 10000, 60)], 12) == 409


@pytest.mark.usefixtures("soffice")
def test_libreoffice_needs_no_higher_rows(tmp_path):
    path, without = tmp_path / "bieu-mau.xlsx", tmp_path / "khong-chieu-cao.xlsx"
    text = "01 chứng thư số cơ quan và 03 chữ ký số cá nhân; 02 chứng thư số Bộ phận một cửa"
    write_template(path, FORM, result=check(report_of({"7.5.2": text, "1.7": "Có = 0 Không = 0"})))
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(without, "w") as target:
        for name in source.namelist():
            xml = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                xml = re.sub(rb'(<row [^>]*?) ht="[0-9.]+" customHeight="1"', rb"\1", xml)
            target.writestr(name, xml)
    (fitted,) = recalculate([without], tmp_path / "out")
    needed, given_heights = openpyxl.load_workbook(fitted), openpyxl.load_workbook(path)
    compared = 0
    for sheet in given_heights.worksheets:
        for line, row in sheet.row_dimensions.items():
            if row.height is not None and any(cell.value for cell in sheet[line]):
                compared += 1
                assert needed[sheet.title].row_dimensions[line].height <= row.height, f"{sheet.title}, dòng {line}"
    assert compared > 250
