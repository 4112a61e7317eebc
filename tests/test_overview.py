"""The overview: whose targets it shows, and that a cell counts what is missing to a target exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from filled_forms import CONTENTS, FORM
from hypothesis import given
from hypothesis import strategies as st
from iron_calc import Spreadsheet
from spreadsheet import matches

from cchc_calc.computation import compute_contents
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.overview import counts, load_overview, native_counts
from cchc_calc.excel.sheets.rate_table import least, native_least
from cchc_calc.expressions import Rate, references
from cchc_calc.form_files import editions, load_form
from cchc_calc.indicators import shortfall
from cchc_calc.states import State


@pytest.mark.parametrize(
    ("target", "sign", "whole", "expected"),
    [
        ("0.15", ">", 447, 68),
        ("0.15", ">=", 447, 68),
        ("0.5", ">=", 10, 5),
        ("0.5", ">", 10, 6),
        # A spreadsheet's 0,07 times 100 is a little more than 7, its 0,57 times 100 a little less than 57.
        ("0.07", ">=", 100, 7),
        ("0.57", ">", 100, 58),
        ("0.29", ">=", 100, 29),
        ("1", ">=", 425, 425),
        ("1", ">", 425, 426),
        ("0", ">=", 425, 0),
        ("0.995", ">=", 10**9, 995 * 10**6),
    ],
)
def test_the_fewest_cases_that_reach_a_target(target, sign, whole, expected):
    assert least(Fraction(target), sign, whole) == expected
    assert computed_least(Decimal(target), sign, whole) == expected


@given(
    target=st.decimals(0, 1, places=4),
    sign=st.sampled_from([">=", ">"]),
    whole=st.one_of(st.integers(1, 10**4), st.integers(1, 10**9)),
    data=st.data(),
)
def test_a_cell_counts_what_is_missing_as_the_indicator_does(target, sign, whole, data):
    edge = int(target * whole)
    part = min(whole, max(0, edge + data.draw(st.integers(-2, 2))))
    needed = least(Fraction(target), sign, whole)
    assert computed_least(target, sign, whole) == needed
    expected = shortfall(part, whole, target, sign)
    assert (max(0, needed - part) if needed <= whole else None) == expected


@given(contents=CONTENTS)
def test_the_counts_of_a_rate_give_the_rate(contents):
    computed = compute_contents(FORM, contents).contents
    used = {row.address: computed[row.address] for row in FORM.rows if row.is_input}
    cells = {address: f"A{line}" for line, address in enumerate(used, start=1)}
    rates = [
        line.row for line in load_overview(FORM, "commune").rates if not isinstance(computed[line.row.address], State)
    ]
    sheet = Spreadsheet()
    for address, content in used.items():
        sheet.write(cells[address], 0 if content is State.NOT_ARISING else stored_value(content))
    for line, row in enumerate(rates, start=1):
        for column, formula in zip("BC", native_counts(row.formula, cells.__getitem__), strict=True):
            sheet.write(f"{column}{line}", f"={formula}")
    sheet.compute()
    for line, row in enumerate(rates, start=1):
        part, whole = counts(row.formula, computed)
        assert Fraction(part, whole) == computed[row.address]
        assert matches(sheet.read(f"B{line}"), part)
        assert matches(sheet.read(f"C{line}"), whole)


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
@pytest.mark.parametrize("level", ["commune", "district", "province"])
def test_only_rates_of_counts_that_the_level_fills_are_shown(edition, level):
    form = load_form("thong-ke-cchc", edition)
    overview = load_overview(form, level)
    for line in overview.rates:
        assert isinstance(line.row.formula, Rate)
        assert {form.row(address).kind for address in references(line.row.formula)} == {"count"}
        assert level in line.row.levels
    assert all(split.bars for split in overview.splits)


def test_every_row_of_the_overview_is_in_the_official_edition():
    shown = {line.row.address for level in FORM.levels for line in load_overview(FORM, level).rates}
    assert shown == {"1.2", "1.3.2", "3.4.2", "3.4.3", "3.4.4", "3.5", "7.5.3.a", "7.5.3.b"} | {
        "7.7.1",
        "7.7.2",
        "7.7.4",
        "7.7.5",
        "7.8.2",
    }
    bars = [bar for split in load_overview(FORM, "district").splits for bar in split.bars]
    assert all(FORM.row(bar.part).kind == FORM.row(bar.whole).kind == "count" for bar in bars)


def test_a_target_stands_only_where_a_source_is_named():
    for edition in editions("thong-ke-cchc"):
        for line in load_overview(load_form("thong-ke-cchc", edition), "commune").rates:
            assert (line.target is None) == (line.source == ""), line.name
    assert not [line for line in load_overview(load_form("thong-ke-cchc", "2025"), "commune").rates if line.target]


def computed_least(target, sign, whole):
    sheet = Spreadsheet()
    for cell, content in (("A1", target), ("B1", sign), ("C1", whole)):
        sheet.write(cell, content)
    sheet.write("D1", f"={native_least('A1', 'B1', 'C1')}")
    sheet.compute()
    return sheet.read("D1")
