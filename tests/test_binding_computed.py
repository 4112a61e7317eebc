"""A bound template computes what Python computes: by its calls, in LibreOffice, and in what is stored."""

import random
import re
from decimal import Decimal

import openpyxl
import pytest
from filled_forms import FORM
from office_templates import SHEET, TYPED, office_template, quoted_place_of
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate
from test_recalculated_template import random_cells

from cchc_calc.binding import bind_template
from cchc_calc.excel import udf
from cchc_calc.excel.sheets.form_figures import figures_of_cells, stored_value
from cchc_calc.excel.sheets.form_grid import Column, FormGrid
from cchc_calc.form_files import load_form
from cchc_calc.reading import read_report
from cchc_calc.states import State

GRID = FormGrid(FORM)


@pytest.fixture
def bind(tmp_path):
    """Bind the bytes of a template; give what was done and the new file."""

    def bind_bytes(data, name="mau.xlsx", **options):
        template, output = tmp_path / name, tmp_path / f"ra-{name}"
        template.write_bytes(data)
        return bind_template(template, output, **options), output

    return bind_bytes


def called(formula, cells):
    """Call in Python what a cell calls, with the cells of the hidden sheet as xlwings gives them."""
    names = {name: function for name, function in vars(udf).items() if name.startswith("CCHC_")}
    text = re.sub(r"CCHC_TINH!([A-Z]+[0-9]+)(?::[A-Z]+[0-9]+)?", r"given('\1')", formula.removeprefix("="))
    answer = eval(text, {"given": lambda cell: [[cells.get(cell, "")]], **names})  # noqa: S307 - written by us
    while isinstance(answer, list | tuple):
        (answer,) = answer
    return "" if answer is None else answer


@pytest.mark.parametrize("seed", range(8))
def test_the_calls_answer_what_python_computes(bind, seed):
    form = load_form("thong-ke-cchc", "2023")
    binding, output = bind(office_template(random_cells(random.Random(seed), form), plain=True))  # noqa: S311
    values = read_values(output)
    compared = 0
    for one in binding.bound:
        # A sum that takes something off is no call, see excel_formulas.
        if one.formula.startswith("=CCHC_"):
            answer = called(one.formula, values["CCHC_TINH"])
            assert matches(answer, values[SHEET].get(one.cell, "")), (one.formula, answer)
            compared += 1
    assert compared == 30


@pytest.mark.slow
def test_libreoffice_computes_what_python_computes(bind, soffice, tmp_path):  # noqa: ARG001 - marks the test
    chance = random.Random(7)  # noqa: S311 - the same forms in every run
    cases, files = [], []
    for number in range(12):
        form = load_form("thong-ke-cchc", chance.choice(["2023", "2025"]))
        typed = random_cells(chance, form)
        inputs = [address for address in typed if chance.random() < 0.1]
        computed = [row.address for row in form.rows if row.is_computed and chance.random() < 0.1]
        without = {*inputs, *computed} if number % 2 else set()
        data = office_template(typed, form=form, without=without, plain=number % 3 == 0)
        binding, output = bind(data, f"mau-{number}.xlsx", functions="excel")
        # A "+" row whose "-" row is gone is nobody's, so it is not found either.
        seen = {address: typed.get(address) for address in read_report(output).entries}
        cases.append((form, binding, seen))
        files.append(output)
    for (form, binding, typed), path in zip(cases, recalculate(files, tmp_path / "tinh"), strict=True):
        values = read_values(path)
        assert_not_poisoned(values)
        figures, grid = figures_of_cells(form, typed), FormGrid(form)
        assert binding.bound
        for one in binding.bound:
            expected = stored_value(figures.used(one.row.address))
            found = values[SHEET].get(one.cell, "")
            assert matches(found, expected), f"{one.row.address} {one.cell}: {found!r}, not {expected!r}"
        for row in form.rows:
            if not row.is_heading:
                content = figures.used(row.address)
                expected = 0 if row.is_input and content is State.NOT_ARISING else stored_value(content)
                found = values["CCHC_TINH"].get(grid.cell(row.address, Column.USED), "")
                assert matches(found, expected), row.address


@pytest.mark.slow
def test_the_offices_own_formulas_follow(bind, soffice, tmp_path):  # noqa: ARG001 - marks the test
    _, output = bind(office_template(TYPED), functions="excel")
    (path,) = recalculate([output], tmp_path / "tinh")
    values = read_values(path)
    assert matches(values["Tổng hợp"]["A1"], Decimal(42400) / 425)
    assert matches(values["Tổng hợp"]["A2"], Decimal(424) / 425)


def test_stored_results_are_those_of_python(bind):
    binding, output = bind(office_template(TYPED, plain=True))
    values = read_values(output)
    figures = figures_of_cells(FORM, TYPED)
    for one in binding.bound:
        assert matches(values[SHEET].get(one.cell, ""), stored_value(figures.used(one.row.address))), one.cell
    hidden = openpyxl.load_workbook(output)["CCHC_TINH"]
    assert hidden[GRID.used("3.4.3")].value == f"={quoted_place_of('3.4.3')}"
    for row in FORM.rows:
        if row.is_input:
            content = figures.used(row.address)
            expected = 0 if content is State.NOT_ARISING else stored_value(content)
            assert matches(values["CCHC_TINH"].get(GRID.used(row.address), ""), expected), row.address
