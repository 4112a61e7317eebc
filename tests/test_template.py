"""The official workbook as a file: its bytes, what it makes of hostile texts, and that a spreadsheet agrees."""

import hashlib
import os
import subprocess
import sys
from datetime import datetime
from fractions import Fraction

import pytest
from filled_forms import FORM, report_of
from filled_workbooks import (
    GRID,
    WARD,
    compare_with_spreadsheet,
    filled_result,
    formulas_of,
)
from spreadsheet import matches, read_values

from cchc_calc.checking import check
from cchc_calc.errors import FormError
from cchc_calc.excel.template import write_template
from cchc_calc.form_files import editions, load_form
from cchc_calc.reading import read_report

SCRIPT = """
from pathlib import Path
from filled_forms import FORM, report_of
from cchc_calc.checking import check
from cchc_calc.excel.template import write_template
from filled_workbooks import PERIOD, VALUES
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
    monkeypatch.setattr("cchc_calc.excel.sheets.guide_sheet.guide_sections", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_template(path, FORM)
    assert [file.name for file in tmp_path.iterdir()] == ["bieu-mau.xlsx"]
    assert path.read_text(encoding="utf-8") == "cũ"


def test_wrong_use_is_refused(tmp_path):
    result = filled_result()
    with pytest.raises(FormError, match="ruby"):
        write_template(tmp_path / "a.xlsx", FORM, functions="ruby")
    with pytest.raises(FormError, match=r"\.xlsx"):
        write_template(tmp_path / "a.xlsm", FORM, functions="excel")
    with pytest.raises(FormError, match="2025"):
        write_template(tmp_path / "a.xlsx", load_form("thong-ke-cchc", "2025"), result=result)
    assert not list(tmp_path.iterdir())


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


def test_a_spreadsheet_computes_every_stored_result(filled):
    assert len(compare_with_spreadsheet(filled)) > 500


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_a_spreadsheet_computes_an_empty_template(edition, tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    write_template(path, load_form("thong-ke-cchc", edition))
    assert len(compare_with_spreadsheet(path)) > 300


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
