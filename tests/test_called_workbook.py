"""The workbooks whose cells call Python, computed by LibreOffice with our add-in: the same as the native build."""

import random

import pytest
from filled_forms import FORM
from libreoffice_addin import addin_profile
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate
from test_recalculated_template import compare_computed_rows, random_cells

from cchc_calc.checking import check
from cchc_calc.computation import compute_contents
from cchc_calc.excel.builds import Build
from cchc_calc.excel.cell_reading import cell_reading
from cchc_calc.excel.cover import Cover
from cchc_calc.excel.form_figures import figures_of_cells
from cchc_calc.excel.form_grid import FORM_SHEET, FormGrid
from cchc_calc.excel.template import write_figures, write_template
from cchc_calc.form_files import editions, load_form
from cchc_calc.reading import read_report

pytestmark = [pytest.mark.usefixtures("soffice"), pytest.mark.slow]

FORMS = [load_form("thong-ke-cchc", edition) for edition in editions("thong-ke-cchc")]


def test_the_report_of_phuong_son(real_reports, tmp_path):
    (source,) = real_reports.glob("*phuong-son*.txt")
    result = check(read_report(source))
    paths = [tmp_path / "goi-python.xlsm", tmp_path / "khong-macro.xlsx", tmp_path / "thuong.xlsx"]
    for path, functions in zip(paths, ("python", "python", "excel"), strict=True):
        write_template(path, result.report.form, result=result, functions=functions)
    called, without_macros, native = (
        read_values(path) for path in recalculate(paths, tmp_path / "out", profile=addin_profile())
    )
    for values in (called, without_macros, native):
        assert_not_poisoned(values)
        compare_computed_rows(values[FORM_SHEET], result.computation)
    for sheet, cells in native.items():
        if sheet not in {"Cách tính", "Hướng dẫn"}:
            for address, value in cells.items():
                assert matches(called[sheet].get(address), value), f"{sheet}!{address}"
                assert matches(without_macros[sheet].get(address), value), f"{sheet}!{address}"
    assert called["Tự kiểm tra"]


def test_twenty_random_forms(tmp_path):
    chance = random.Random(2025)  # noqa: S311 - the same forms in every run
    paths, expected = [], []
    for number in range(20):
        form = FORMS[number % len(FORMS)]
        path, typed = tmp_path / f"bieu-{number}.xlsm", random_cells(chance, form)
        write_figures(path, figures_of_cells(form, typed), Cover("UBND phường"), build=Build.MACROS)
        read = {row.address: cell_reading(row, typed[row.address]) for row in form.rows if row.is_input}
        paths.append(path)
        expected.append(compute_contents(form, read))
    again = recalculate(paths, tmp_path / "out", profile=addin_profile())
    for path, computation in zip(again, expected, strict=True):
        values = read_values(path)
        assert_not_poisoned(values)
        compare_computed_rows(values[FORM_SHEET], computation)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)
def test_every_computed_row_has_a_case_that_decides(form):
    """The random forms are no good if a row is blank or undecided in all of them."""
    chance = random.Random(2025)  # noqa: S311
    seen = {row.address: set() for row in form.computed}
    for number in range(20):
        typed = random_cells(chance, FORMS[number % len(FORMS)])
        if FORMS[number % len(FORMS)] is form:
            read = {row.address: cell_reading(row, typed[row.address]) for row in form.rows if row.is_input}
            computation = compute_contents(form, read)
            for address, states in seen.items():
                states.add(computation.state(address).value)
    assert all("value" in states for states in seen.values()), seen


def test_the_grid_has_a_cell_for_every_sum():
    assert FormGrid(FORM).sums.keys() == {"3.4.2.a+3.4.3.a"}
