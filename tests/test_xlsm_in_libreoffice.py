"""The builds that call functions, computed by LibreOffice with our add-in: every cell as in the native build."""

import random

import pytest
from filled_forms import FORM
from filled_workbooks import WARD, filled_result
from libreoffice_addin import addin_profile
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate
from test_recalculated_template import compare_computed_rows, random_cells

from cchc_calc.checking import check
from cchc_calc.computation import compute_contents
from cchc_calc.excel.builds import Build
from cchc_calc.excel.cell_reading import cell_reading
from cchc_calc.excel.sheets.cover import Cover
from cchc_calc.excel.sheets.form_figures import figures_of_cells
from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.excel.template import write_figures, write_template
from cchc_calc.form_files import editions, load_form
from cchc_calc.reading import read_report

pytestmark = [pytest.mark.usefixtures("soffice"), pytest.mark.slow]

SHEETS = ("Biểu mẫu", "Kiểm tra", "Tổng quan", "Cách tính")


def compare(paths, folder, **template):
    """Compute workbooks with the add-in and hold every cell against what the native build stores."""
    native = folder / "native.xlsx"
    write_template(native, **template)
    expected = read_values(native)
    # What the method sheet prints are the formulas themselves.
    shown = [cell for cell, value in expected["Cách tính"].items() if str(value).startswith("=")]
    sums = {place for place, _ in FormGrid(template["form"]).sums.values()}
    compared = 0
    for again in recalculate(paths, folder / "computed", profile=addin_profile()):
        values = read_values(again)
        assert_not_poisoned({sheet: values[sheet] for sheet in SHEETS})
        assert any(str(value).startswith("Đạt: cchc_calc") for value in values["Tự kiểm tra"].values())
        for sheet in SHEETS:
            for cell in expected[sheet].keys() | values[sheet].keys():
                is_beside = sheet == "Biểu mẫu" and cell in sums
                if is_beside or (sheet == "Cách tính" and cell in shown):
                    continue
                computed, wanted = values[sheet].get(cell), expected[sheet].get(cell)
                assert matches(computed, wanted), f"{again.name}, {sheet}!{cell}"
                compared += 1
    return compared


def builds(folder, **template):
    """Write both builds that call functions."""
    paths = [folder / "goi.xlsm", folder / "goi-khong-macro.xlsx"]
    for path in paths:
        write_template(path, functions="python", **template)
    return paths


def test_the_filled_form(tmp_path):
    template = {"form": FORM, "unit": WARD, "result": filled_result()}
    # The macros hold functions of the same names, and LibreOffice has to prefer those of the add-in.
    assert compare(builds(tmp_path, **template), tmp_path, **template) > 2000


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_an_empty_form(edition, tmp_path):
    template = {"form": load_form("thong-ke-cchc", edition)}
    assert compare(builds(tmp_path, **template), tmp_path, **template) > 1000


def test_the_report_of_phuong_son(real_reports, tmp_path):
    (source,) = real_reports.glob("*phuong-son*.txt")
    result = check(read_report(source))
    template = {"form": result.report.form, "result": result}
    assert compare(builds(tmp_path, **template), tmp_path, **template) > 2000


@pytest.mark.long
def test_twenty_random_forms(tmp_path):
    chance = random.Random(9)  # noqa: S311 - the same forms in every run
    forms = [load_form("thong-ke-cchc", edition) for edition in editions("thong-ke-cchc")]
    paths, expected = [], []
    for number in range(20):
        form = forms[number % len(forms)]
        path, typed = tmp_path / f"bieu-{number}.xlsm", random_cells(chance, form)
        write_figures(path, figures_of_cells(form, typed), Cover(WARD), build=Build.MACROS)
        read = {row.address: cell_reading(row, typed[row.address]) for row in form.rows if row.is_input}
        paths.append(path)
        expected.append(compute_contents(form, read))
    for path, computation in zip(recalculate(paths, tmp_path / "out", profile=addin_profile()), expected, strict=True):
        values = read_values(path)
        assert_not_poisoned(values)
        compare_computed_rows(values["Biểu mẫu"], computation)
    # The forms are no good if a row has no value in any of them.
    for form in forms:
        of_form = [computation for computation in expected if computation.form is form]
        for row in form.computed:
            assert any(computation.state(row.address).value == "value" for computation in of_form), row.address
