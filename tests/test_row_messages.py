"""What the check column says: the same in a spreadsheet and in Python, whatever is typed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from filled_forms import FORM, report_of
from filled_workbooks import GRID
from hypothesis import given
from hypothesis import strategies as st
from iron_calc import Spreadsheet
from spreadsheet import matches

from cchc_calc.checking import check
from cchc_calc.excel.sheets.form_figures import figures_of_cells, figures_of_report, stored_value
from cchc_calc.excel.sheets.form_grid import Column
from cchc_calc.excel.sheets.row_messages import DIFFERS, message, native_message, native_reported
from cchc_calc.excel.template import write_template
from cchc_calc.rounding import round_half_up
from cchc_calc.states import State

TYPED = st.one_of(
    st.none(),
    st.integers(0, 12),
    st.integers(0, 10**6),
    st.sampled_from([0, 0, 1, -1, 2.5, 10**9, 10**9 + 1, "", "x", "Không phát sinh", "chưa phát sinh", True]),
)


@pytest.fixture(scope="module")
def calculator(tmp_path_factory):
    path = tmp_path_factory.mktemp("calculator") / "bieu-mau.xlsx"
    write_template(path, FORM)
    return Spreadsheet(path)


@given(typed=st.fixed_dictionaries({row.address: TYPED for row in FORM.rows if row.is_input}))
def test_a_spreadsheet_says_what_python_says_whatever_is_typed(calculator, typed):
    for address, content in typed.items():
        calculator.write(GRID.value(address), content)
    calculator.compute()
    figures = figures_of_cells(FORM, typed)
    for row in FORM.rows:
        if row.is_heading:
            continue
        content = figures.used(row.address)
        expected = 0 if row.is_input and content is State.NOT_ARISING else stored_value(content)
        assert matches(calculator.read(GRID.used(row.address)), expected), row.address
        assert calculator.read(GRID.cell(row.address, Column.MESSAGE)) == message(figures, row, "commune"), row.address
    counts = figures.computation.counts()
    sentence = (
        f"{counts['rows']} dòng = {counts['accepted']} đọc được + {counts['blank']} để trống + "
        f"{counts['refused']} không dùng được"
    )
    assert sentence in {calculator.read(f"A{line}", "Kiểm tra") for line in range(1, 10)}


@given(
    part=st.integers(0, 60),
    rest=st.integers(1, 60),
    decimals=st.integers(0, 3),
    off=st.sampled_from([-2, -1, 0, 0, 0, 1, 2]),
    sign=st.sampled_from(["%", ""]),
)
def test_reported_rates_are_compared_as_the_check_compares_them(calculator, part, rest, decimals, off, sign):
    printed = round_half_up(Fraction(part, part + rest) * 100, decimals) + off * Decimal(1).scaleb(-decimals)
    assert_compared(calculator, f"{printed:f}{sign}".replace(".", ","), part, part + rest)


@pytest.mark.parametrize(
    ("reported", "part", "whole"),
    [
        # halfway, where both ways of rounding agree
        ("6,2%", 1, 16),
        ("6,3%", 1, 16),
        ("6%", 1, 16),
        ("31,2%", 5, 16),
        # just beyond a half
        ("5%", 1, 18),
        ("6%", 1, 18),
        ("99,7%", 446, 447),
        ("99,70%", 997, 1000),
        ("99,71%", 997, 1000),
        ("48", 15, 31),
        ("1", 1, 1),
        ("0,5", 1, 2),
        ("120%", 12, 1000),
        ("53,7% (115/214)", 115, 214),
        ("54% (115/214)", 115, 200),
    ],
)
def test_reported_rates_at_the_edge(calculator, reported, part, whole):
    assert_compared(calculator, reported, part, whole)


def assert_compared(calculator, reported, part, whole):
    """The sheet says "Khác số đã báo cáo" exactly where the check finds that the rate differs."""
    report = report_of({"3.4.3": reported, "3.4.3.b": str(whole), "3.4.3.c": str(part)})
    figures, row = figures_of_report(FORM, report), FORM.row("3.4.3")
    beside = figures.reported["3.4.3"]
    carried = beside.value if isinstance(beside.cell, str) else None
    for address, content in {"3.4.3.b": whole, "3.4.3.c": part}.items():
        calculator.write(GRID.value(address), content)
    calculator.write(GRID.cell("3.4.3", Column.REPORTED), beside.cell)
    calculator.write(GRID.read("3.4.3"), native_reported(row, GRID.cell("3.4.3", Column.REPORTED), carried))
    calculator.write("P1", native_message(GRID, row, "commune", beside.decimals))
    calculator.compute()
    differs = any(finding.rows == ("3.4.3",) for finding in check(report).of_rule("declared_differs"))
    assert calculator.read("P1") == message(figures, row, "commune") == ("Khác số đã báo cáo" if differs else "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [(1, ""), (0.9, DIFFERS), (0.48, ""), (48, ""), (0.484, ""), (0.485, DIFFERS), (52, DIFFERS)],
)
def test_a_rate_typed_beside_the_form_is_compared_at_its_own_precision(calculator, typed, said):
    parts = {"3.4.3.b": 31, "3.4.3.c": 15} if typed != 1 else {"3.4.3.b": 425, "3.4.3.c": 425}
    for address, content in parts.items():
        calculator.write(GRID.value(address), content)
    calculator.write(GRID.cell("3.4.3", Column.REPORTED), typed)
    calculator.write(GRID.read("3.4.3"), native_reported(FORM.row("3.4.3"), GRID.cell("3.4.3", Column.REPORTED), None))
    calculator.write("P1", native_message(GRID, FORM.row("3.4.3"), "commune", 0))
    calculator.compute()
    assert calculator.read("P1") == said
