"""LibreOffice computes the consolidated workbooks anew, natively and by our functions: every total as in Python."""

from fractions import Fraction

import pytest
from libreoffice_addin import addin_profile
from made_consolidations import random_consolidation, random_units
from made_submissions import read_values as figures
from made_submissions import submitted
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate

from cchc_calc.consolidation.consolidating import consolidate
from cchc_calc.consolidation.result import Consolidation
from cchc_calc.consolidation.totals import Totals
from cchc_calc.excel.consolidation import unit_layout
from cchc_calc.excel.consolidation.example import constructed_example
from cchc_calc.excel.consolidation.total_grid import Side, TotalGrid
from cchc_calc.excel.consolidation.workbook import write_consolidation
from cchc_calc.form_files import load_form
from cchc_calc.states import STATE_TEXTS, State

pytestmark = [pytest.mark.usefixtures("soffice"), pytest.mark.slow]

TOLD_BY_PYTHON = ("Tự kiểm tra", "xlwings.conf")


def compare(folder, consolidations: list[Consolidation]):
    """Compute both builds of every consolidation and hold every cell against Python; count the cells."""
    natives = [folder / f"tong-hop-{number}.xlsx" for number in range(len(consolidations))]
    calls = [folder / f"goi-{number}.xlsm" for number in range(len(consolidations))]
    for consolidation, *paths in zip(consolidations, natives, calls, strict=True):
        for path in paths:
            write_consolidation(path, consolidation, unit="UBND thành phố Nha Trang")
    computed = recalculate(natives, folder / "native"), recalculate(calls, folder / "calls", profile=addin_profile())
    compared = 0
    for consolidation, path, native, call in zip(consolidations, natives, *computed, strict=True):
        stored, by_formulas, by_python = map(read_values, (path, native, call))
        assert any(str(value).startswith("Đạt: cchc_calc") for value in by_python["Tự kiểm tra"].values())
        for values in (by_formulas, by_python):
            sheets = {sheet: cells for sheet, cells in values.items() if sheet not in TOLD_BY_PYTHON}
            assert_not_poisoned(sheets)
            for sheet, cells in sheets.items():
                # The guide says what each build needs.
                for cell in stored[sheet].keys() | cells.keys() if sheet != "Hướng dẫn" else ():
                    found, expected = cells.get(cell, ""), stored[sheet].get(cell, "")
                    assert matches(found, expected), f"{path.name}, {sheet}!{cell}: {found!r}, not {expected!r}"
                    compared += 1
            compare_exactly(consolidation, values["Tổng hợp"])
    return compared


def compare_exactly(consolidation, cells):
    """Hold the totals that were computed anew against those of Python, without the stored results between."""
    grid = TotalGrid(consolidation.form)
    for total in consolidation.rows:
        row = consolidation.form.row(total.address)
        found = cells.get(grid.value(total.address), "")
        content = STATE_TEXTS[total.content] if isinstance(total.content, State) else Fraction(total.content)
        expected = total.text if row.over_units == "distribution" else content
        assert matches(found, expected), f"{total.address}: {found!r}, not {expected!r}"
        assert cells[grid.side(total.address, Side.REPORTED)] == total.units_reported, total.address
        assert cells[grid.side(total.address, Side.UNDECIDED)] == total.units_undecided, total.address
        if total.parts is not None:
            sides = (cells[grid.side(total.address, side)] for side in (Side.NUMERATOR, Side.DENOMINATOR))
            assert all(map(matches, sides, map(Fraction, total.parts))), total.address


def test_the_example(tmp_path):
    assert compare(tmp_path, [constructed_example()]) > 5_000


@pytest.mark.long
def test_random_units_in_columns(tmp_path):
    counts = enumerate((1, 2, 3, 4, 5, 8, 27))
    assert compare(tmp_path, [random_consolidation(seed, count) for seed, count in counts]) > 30_000


@pytest.mark.long
def test_random_units_in_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(unit_layout, "MOST_COLUMNS", 0)
    counts = enumerate((1, 2, 5, 40), start=50)
    assert compare(tmp_path, [random_consolidation(seed, count) for seed, count in counts]) > 15_000


@pytest.mark.long
def test_more_units_than_columns(tmp_path):
    assert compare(tmp_path, [random_consolidation(7, unit_layout.MOST_COLUMNS + 1)]) > 50_000


def test_the_derived_edition(tmp_path):
    form = load_form("thong-ke-cchc", "2025")
    assert compare(tmp_path, [random_consolidation(11, 6, form)]) > 3_000


PAIRS = {
    "two of four": ([(1, 4), (1, 4), (2, 4), (1, 5)], "KXĐ"),
    "three of five": ([(1, 4), (1, 4), (2, 8), (1, 4), (3, 3)], 0.25),
    "one rate, other counts": ([(1, 2), (2, 4), (3, 6)], "KXĐ"),
    "nothing arises for most": ([(0, 0), ("Không phát sinh", 0), (1, 1)], "Không phát sinh"),
    "nothing among most": ([(0, 4), ("Không phát sinh", 4), (4, 4)], 0),
    "undecided units drop out": ([(5, 4), (1, 4), (9, 4), ("KXĐ", 4)], 0.25),
    "one side alone drops out": ([("", 4), ("", 4), (2, 5)], 0.4),
    "no unit": ([("", 4), ("", "")], None),
    "a tie": ([(1, 4), (2, 4)], "KXĐ"),
}


@pytest.mark.long
def test_the_rate_of_counts_that_all_report_alike(tmp_path):
    """The rate of the pair that more than half of the units report, whatever the middle of all others is."""
    paths = []
    for number, (pairs, _) in enumerate(PAIRS.values()):
        units = [
            submitted(f"UBND xã {place}", figures({"7.7.1.b": part, "7.7.1.a": whole}))
            for place, (part, whole) in enumerate(pairs)
        ]
        paths.append(tmp_path / f"{number}.xlsx")
        write_consolidation(paths[-1], consolidate(units))
    grid = TotalGrid(load_form("thong-ke-cchc", "2023"))
    found = [read_values(path)["Tổng hợp"].get(grid.value("7.7.1")) for path in recalculate(paths, tmp_path / "out")]
    assert dict(zip(PAIRS, found, strict=True)) == {name: expected for name, (_, expected) in PAIRS.items()}


@pytest.mark.long
def test_what_python_adds_up_in_any_order_the_columns_add_up(tmp_path):
    """The totals do not depend on which unit has which column."""
    units = random_units(21, 9)
    totals = Totals(units[0].form)
    for unit in units:
        totals.add(unit)
    contents = totals.contents()
    there, back = consolidate(units), consolidate(list(reversed(units)))
    for consolidation in (there, back):
        assert {total.address: total.content for total in consolidation.rows} == contents
    assert compare(tmp_path, [there, back]) > 5_000
