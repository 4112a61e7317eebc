"""LibreOffice computes the written workbooks anew and must come to what Python stored in them."""

import random
import zipfile
from decimal import Decimal

import pytest
from filled_forms import FORM, report_of
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate

from cchc_calc.checking import check
from cchc_calc.computation import compute_contents
from cchc_calc.excel.cell_reading import cell_reading
from cchc_calc.excel.sheets.cover import Cover
from cchc_calc.excel.sheets.form_figures import figures_of_cells, stored_value
from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.excel.template import write_figures, write_template
from cchc_calc.form_files import editions, load_form
from cchc_calc.reading import read_report
from cchc_calc.states import State

pytestmark = [pytest.mark.usefixtures("soffice"), pytest.mark.slow]

WARD = "UBND phường Phương Sơn"
# Not TRUE, which LibreOffice takes for 1 in a cell with a number format; the limits of the cell refuse it anyway.
TYPED = (None, None, 0, 0, 1, -1, 2.5, 0.1, 10**9, 10**9 + 1, "x", " ", "Không phát sinh", "CHƯA phát sinh")
PRINTED = ("", "", "0", "0", "1", "-1", "2,5", "1.200", "không phát sinh", "3 hồ sơ", "05", "x", "Hồ sơ")
DECLARED = ("", "0", "0%", "48", "99,7%", "100%", "99,7% (446/447)", "Không phát sinh", "KXĐ", "%", "1.200", "1")


def random_cells(chance, form):
    """What somebody may type: blanks, zeros, contradictions, negatives, fractions, texts."""
    largest = chance.choice([3, 30, 10**6])
    return {
        row.address: chance.choice(TYPED) if chance.random() < 0.4 else chance.randint(0, largest)
        for row in form.rows
        if row.is_input
    }


def random_report(chance, form):
    """What somebody may print, legends and rates among it."""
    largest = chance.choice([3, 30, 10**6])
    values = {}
    for row in form.rows:
        if row.is_computed:
            values[row.address] = chance.choice(DECLARED)
        elif row.legend is not None:
            values[row.address] = chance.choice(["", "0", "1", "7", row.unit, row.unit.replace("1", "0"), "Có"])
        elif row.is_input:
            values[row.address] = chance.choice(PRINTED) if chance.random() < 0.4 else str(chance.randint(0, largest))
    return check(report_of(values, form=form))


@pytest.mark.parametrize("half", [5, pytest.param(100, marks=pytest.mark.long)])
def test_random_forms(half, tmp_path):
    chance = random.Random(2023)  # noqa: S311 - the same forms in every run
    forms = [load_form("thong-ke-cchc", edition) for edition in editions("thong-ke-cchc")]
    paths, expected = [], []
    for number in range(2 * half):
        form = FORM if number % 4 else forms[-1]
        path = tmp_path / f"bieu-{number}.xlsx"
        if number < half:
            typed = random_cells(chance, form)
            write_figures(path, figures_of_cells(form, typed), Cover(WARD))
            read = {row.address: cell_reading(row, typed[row.address]) for row in form.rows if row.is_input}
            expected.append(compute_contents(form, read))
        else:
            result = random_report(chance, form)
            write_template(path, form, unit=WARD, result=result)
            expected.append(result.computation)
        paths.append(path)
    compared = 0
    for path, again, computation in zip(paths, recalculate(paths, tmp_path / "out"), expected, strict=True):
        values = read_values(again)
        compared += compare_every_cell(path, values)
        compare_computed_rows(values["Biểu mẫu"], computation)
    assert compared > 1000 * half


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_an_empty_template(edition, tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    write_template(path, load_form("thong-ke-cchc", edition))
    (again,) = recalculate([path], tmp_path / "out")
    assert compare_every_cell(path, read_values(again)) > 300


def test_the_report_of_phuong_son(real_reports, tmp_path):
    (source,) = real_reports.glob("*phuong-son*.txt")
    result, path = check(read_report(source)), tmp_path / "bieu-mau.xlsx"
    write_template(path, result.report.form, result=result)
    (again,) = recalculate([path], tmp_path / "out")
    values = read_values(again)
    assert compare_every_cell(path, values) > 500
    compare_computed_rows(values["Biểu mẫu"], result.computation)


def compare_every_cell(path, values):
    """Hold every stored value against the recalculated one; return how many of them are results of formulas."""
    assert_not_poisoned(values)
    stored = read_values(path)
    for sheet, cells in stored.items():
        for address in cells.keys() | values[sheet].keys():
            computed, expected = values[sheet].get(address), cells.get(address)
            assert matches(computed, expected), f"{path.name}, {sheet}!{address}"
    with zipfile.ZipFile(path) as package:
        return sum(package.read(name).count(b"<f>") for name in package.namelist() if "worksheets/sheet" in name)


def compare_computed_rows(cells, computation):
    """Hold every computed row against the exact value."""
    grid = FormGrid(computation.form)
    for row in computation.form.computed:
        content, computed = computation.contents[row.address], cells.get(grid.value(row.address), "")
        if isinstance(content, State):
            assert computed == stored_value(content), row.address
        else:
            assert abs(Decimal(computed) - Decimal(content.numerator) / content.denominator) <= Decimal("1e-12") * max(
                1, int(content)
            ), row.address
