"""Formulas in a cell: what they look like, and that they mean what they mean in Python."""

import pytest
from filled_forms import CONTENTS, FORM
from hypothesis import given
from hypothesis import strategies as st
from iron_calc import Spreadsheet
from spreadsheet import matches

from cchc_calc.computation import compute_contents
from cchc_calc.evaluation import evaluate, evaluate_columns, holds
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel_formulas import call, native, violated
from cchc_calc.expressions import parse_check, parse_formula
from cchc_calc.states import State


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        ("[a]", '=IF(A1="KXĐ","KXĐ",IF(A1="","",A1))'),
        ("[a] + [b]", '=IF(OR(A1="KXĐ",B1="KXĐ"),"KXĐ",IF(AND(A1="",B1=""),"",SUM(A1,B1)))'),
        (
            "[a] + [b] - [c]",
            (
                '=IF(OR(A1="KXĐ",B1="KXĐ",C1="KXĐ"),"KXĐ",'
                'IF(OR(A1="",B1="",C1=""),"",IF((SUM(A1,B1)-SUM(C1))<0,"KXĐ",(SUM(A1,B1)-SUM(C1)))))'
            ),
        ),
        (
            "on_time_rate([b], [a])",
            (
                '=IF(OR(B1="KXĐ",A1="KXĐ"),"KXĐ",IF(OR(B1="",A1=""),"",'
                'IF(B1>A1,"KXĐ",IF(A1=0,"Không phát sinh",B1/A1))))'
            ),
        ),
    ],
)
def test_native(formula, cell):
    assert native(parse_formula(formula), cell_of) == cell


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        ("[a] + [b]", "=CCHC_TONG(A1:A1,B1:B1)"),
        ("on_time_rate([b], [a])", "=CCHC_TYLE_DUNGHAN(B1,A1)"),
        ("provision_rate([b], [a])", "=CCHC_TYLE(B1,A1)"),
        ("bcci_rate([a], [b] + [c])", "=CCHC_TYLE_BCCI(A1,B+C1)"),
        ("on_time_rate([b], [a], [d], [c])", "=CCHC_TYLE_DUNGHAN(B1,A1,D1:D1,C1:C1)"),
    ],
)
def test_call(formula, cell):
    assert call(parse_formula(formula), cell_of) == cell


def test_a_sum_that_takes_off_is_called_natively():
    formula = parse_formula("[a] + [b] - [c]")
    assert call(formula, cell_of) == native(formula, cell_of)


FORMULAS = [
    "[a]",
    "[a] + [b]",
    "[a] + [b] - [c]",
    "ratio([b], [a])",
    "on_time_rate([a], [b] + [c])",
    "on_time_rate([b], [a], [d], [c])",
    "on_time_rate([a], [b] + [c], [d], [e] + [f])",
]
CHECKS = ["[b] <= [a]", "[b] + [c] <= [a]", "[a] >= [b]", "[a] = [b]", "[a] < [b] + [c]"]
OPERANDS = st.one_of(st.integers(0, 12), st.sampled_from([State.BLANK, State.NOT_ARISING, State.UNDECIDED]))


@given(st.fixed_dictionaries(dict.fromkeys("abcdef", OPERANDS)))
def test_every_shape_of_formula_means_the_same_in_a_cell(values):
    sheet = Spreadsheet()
    write_operands(sheet, {cell_of(name): content for name, content in values.items()})
    for line, formula in enumerate(FORMULAS, start=10):
        sheet.write(f"A{line}", native(parse_formula(formula), cell_of))
    for line, check in enumerate(CHECKS, start=20):
        sheet.write(f"A{line}", f"={violated(parse_check(check), cell_of)}")
    sheet.compute()
    for line, formula in enumerate(FORMULAS, start=10):
        expected = stored_value(evaluate(parse_formula(formula), values))
        assert matches(sheet.read(f"A{line}"), expected), formula
    for line, check in enumerate(CHECKS, start=20):
        assert sheet.read(f"A{line}") == (holds(parse_check(check), values) is False), check


LINES = {row.address: f"B{line}" for line, row in enumerate(FORM.rows, start=1)}


@pytest.fixture(scope="module")
def form_in_cells():
    """The formulas of the whole form in column B, which reads the inputs of the same column."""
    sheet = Spreadsheet()
    for row in FORM.computed:
        sheet.write(LINES[row.address], native(row.formula, LINES.__getitem__))
    return sheet


@given(contents=CONTENTS)
def test_numbers_columns_and_cells_agree_on_random_forms(form_in_cells, contents):
    computation = compute_contents(FORM, contents)
    used = {address: computation.contents[address] for address in contents}
    write_operands(form_in_cells, {LINES[address]: content for address, content in used.items()})
    form_in_cells.compute()
    columns = {address: [content, content] for address, content in computation.contents.items()}
    for row in FORM.computed:
        expected = computation.contents[row.address]
        assert evaluate(row.formula, computation.contents) == expected
        assert evaluate_columns(row.formula, columns) == [expected, expected]
        assert matches(form_in_cells.read(LINES[row.address]), stored_value(expected)), row.address


def cell_of(name):
    return f"{name.upper()}1"


def write_operands(sheet, contents):
    """Write contents as the cells hold that a formula reads: blank is an empty text, "không phát sinh" a 0."""
    for cell, content in contents.items():
        sheet.write(cell, 0 if content is State.NOT_ARISING else stored_value(content))
