"""10 000 rates in LibreOffice: the native formula, one call for every cell, one call for all of them.

All in one run of LibreOffice with the extension installed, so that the ratios mean something on any machine::

    pytest tests/benchmarks/test_cell_calls.py --benchmark-enable -s
"""

import statistics
from pathlib import Path

import pytest
import xlsxwriter
from libreoffice_addin import addin_profile
from office_session import ask_office

from cchc_calc.excel_formulas import native
from cchc_calc.expressions import parse_formula

ROWS = 10_000
RUNS = 7
RATE = parse_formula("on_time_rate([1], [2])")


def native_formula(row):
    return native(RATE, {"1": f"A{row}", "2": f"B{row}"}.__getitem__)


def call_of_one_cell(row):
    return f"=CCHC_TYLE_DUNGHAN(A{row},B{row})"


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    """The same counts three times, each with its way to compute the rates in column C."""
    folder = tmp_path_factory.mktemp("rates")
    for name, formula in (("native", native_formula), ("call a cell", call_of_one_cell), ("one call", None)):
        with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
            sheet = book.add_worksheet()
            for row in range(1, ROWS + 1):
                sheet.write_row(row - 1, 0, [row % 400, 400 + row % 50])
                if formula is not None:
                    sheet.write_formula(f"C{row}", formula(row), None, 999)
            if formula is None:
                call = f"{{=CCHC_TYLE_DUNGHAN(A1:A{ROWS},B1:B{ROWS})}}"
                sheet.write_array_formula(f"C1:C{ROWS}", call, None, 999)
    return folder


@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_calls_against_the_native_formula(workbooks, request):
    runs = RUNS if request.config.getoption("benchmark_enable") else 1
    measured = ask_office(addin_profile(), "addin_probe.py", "time", str(runs), *map(str, sorted(workbooks.iterdir())))
    times = {Path(path).stem: result for path, result in measured.items()}
    assert {result["shown"][2] for result in times.values()} == {times["native"]["shown"][2]}
    base = {kind: statistics.median(times["native"][kind]) for kind in ("load", "compute")}
    for name in ("native", "call a cell", "one call"):
        medians = {kind: statistics.median(times[name][kind]) for kind in base}
        columns = [f"{kind} {1000 * value:7.1f} ms = {value / base[kind]:5.2f} x" for kind, value in medians.items()]
        print(f"{name:12} {'   '.join(columns)}")  # noqa: T201 - this is what it measures for
