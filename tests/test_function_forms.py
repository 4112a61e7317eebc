"""A whole form in one call: CCHC_BIEUMAU and CCHC_KIEMTRA over the cells of the template."""

import warnings

import openpyxl
import pytest
from filled_workbooks import filled_bytes, filled_result

from cchc_calc.checking import check
from cchc_calc.excel import udf
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_grid import FORM_SHEET, Column, FormGrid, Line
from cchc_calc.excel.template import write_template
from cchc_calc.findings import Severity
from cchc_calc.functions import forms
from cchc_calc.functions.forms import FINDINGS_HEADER, NOTHING_FOUND
from cchc_calc.reading import read_report
from cchc_calc.states import State

RESULT = filled_result()
GRID = FormGrid(RESULT.computation.form)


def area_of(path, last):
    """The cells of the form with their stored results, from the header line to the last row."""
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it does not read.
        warnings.simplefilter("ignore", UserWarning)
        sheet = openpyxl.load_workbook(path, data_only=True)[FORM_SHEET]
    lines = sheet.iter_rows(Line.HEADER + 1, GRID.last_line + 1, 1, last + 1, values_only=True)
    return [list(line) for line in lines]


@pytest.fixture
def area(tmp_path):
    path = tmp_path / "da-dien.xlsx"
    path.write_bytes(filled_bytes())
    return area_of(path, Column.REPORTED)


def values_by_address(column):
    return {row.address: column[GRID.line(row.address) - Line.HEADER][0] for row in GRID.form.rows}


def test_a_value_stands_beside_every_line(area):
    column = udf.CCHC_BIEUMAU(area)
    assert len(column) == len(area)
    assert column[0] == [""]
    contents = RESULT.computation.contents
    expected = {row.address: stored_value(contents.get(row.address, State.BLANK)) for row in GRID.form.rows}
    assert values_by_address(column) == expected


def test_the_official_six_columns_are_enough(area):
    six = [line[: Column.NOTE + 1] for line in area]
    assert udf.CCHC_BIEUMAU(six) == udf.CCHC_BIEUMAU(area)


def test_a_changed_cell_changes_the_answer(area):
    before = values_by_address(udf.CCHC_BIEUMAU(area))
    area[GRID.line("3.4.3.c") - Line.HEADER][Column.VALUE] = 400
    after = values_by_address(udf.CCHC_BIEUMAU(area))
    assert before["3.4.3"] == 1
    assert after["3.4.3"] == 400 / 425


def test_the_same_cells_are_computed_once(area, monkeypatch):
    udf.CCHC_BIEUMAU(area)
    monkeypatch.setattr(forms, "recognise", None)
    assert udf.CCHC_KIEMTRA(tuple(map(tuple, area)))[0] == list(FINDINGS_HEADER)


def test_truth_is_not_given_the_answer_kept_for_1(area):
    line = area[GRID.line("1.1") - Line.HEADER]
    line[Column.VALUE] = 1
    assert values_by_address(udf.CCHC_BIEUMAU(area))["1.1"] == 1
    line[Column.VALUE] = True
    assert values_by_address(udf.CCHC_BIEUMAU(area))["1.1"] == "KXĐ"


def test_a_message_fits_a_cell(area):
    area[GRID.line("1.1") - Line.HEADER][Column.VALUE] = "x" * 32_767
    findings = udf.CCHC_KIEMTRA(area)
    assert max(len(message) for _, _, message, _ in findings) <= 2_001


def test_the_findings_are_those_of_the_check(area):
    header, *lines = udf.CCHC_KIEMTRA(area)
    assert header == list(FINDINGS_HEADER)
    errors = {rows for severity, rows, _, _ in lines if severity == "Lỗi"}
    expected = {
        ", ".join(finding.rows)
        for finding in RESULT.findings
        if finding.severity is Severity.ERROR and finding.rule != "unreadable_value"
    }
    assert expected <= errors
    assert all(message and remedy for _, _, message, remedy in lines)


def test_what_the_formulas_came_to_is_no_finding(tmp_path):
    path = tmp_path / "trong.xlsx"
    write_template(path, GRID.form)
    area = area_of(path, Column.NOTE)
    for row in GRID.form.rows:
        line = area[GRID.line(row.address) - Line.HEADER]
        if row.address in {"1.2.a", "1.2.b"}:
            line[Column.VALUE] = {"1.2.a": 34, "1.2.b": 26}[row.address]
        elif row.address == "1.2":
            line[Column.VALUE] = 26 / 34
        elif row.is_computed:
            line[Column.VALUE] = ""
    findings = udf.CCHC_KIEMTRA(area)
    assert not [line for line in findings if line[1] == "1.2"], findings


def test_nothing_found_is_said():
    assert NOTHING_FOUND == "Không phát hiện lỗi"


@pytest.mark.parametrize(("cell", "shown"), [(True, "ô TRUE/FALSE"), (float("nan"), "ô không đọc được")])
def test_cells_that_are_no_figures_are_told(area, cell, shown):
    area[GRID.line("1.1") - Line.HEADER][Column.VALUE] = cell
    assert values_by_address(udf.CCHC_BIEUMAU(area))["1.1"] == "KXĐ"
    assert any(shown in message for _, rows, message, _ in udf.CCHC_KIEMTRA(area) if rows == "1.1")


def test_the_real_report(real_reports, tmp_path):
    (source,) = real_reports.glob("*phuong-son*.txt")
    result, path = check(read_report(source)), tmp_path / "bieu-mau.xlsx"
    write_template(path, result.report.form, result=result)
    values = values_by_address(udf.CCHC_BIEUMAU(area_of(path, Column.REPORTED)))
    for row in result.report.form.computed:
        assert values[row.address] == stored_value(result.computation.contents[row.address]), row.address


def test_a_figure_is_not_taken_for_a_formula(area):
    assert not [line for line in udf.CCHC_KIEMTRA(area) if "chứa công thức" in line[2]]
