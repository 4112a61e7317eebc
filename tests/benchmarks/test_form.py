"""One form: read, computed and checked by us; loaded and calculated by IronCalc and by formulas.

All in one run on the same file, so that the ratios mean something on any machine::

    pytest tests/benchmarks --benchmark-enable --benchmark-columns=median,min,rounds
"""

from pathlib import Path

import pytest

from cchc_calc import check, read_report
from cchc_calc.excel.template import write_template

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "vi-du" / "bao-cao-quy-3-2023-phuong-son.txt"


@pytest.fixture(scope="module")
def filled_form(tmp_path_factory):
    """The template filled with the report of phường Phương Sơn."""
    path = tmp_path_factory.mktemp("form") / "bieu-mau.xlsx"
    result = check(read_report(EXAMPLE))
    write_template(path, result.report.form, unit=result.report.unit, period=result.report.period, result=result)
    return path


@pytest.mark.benchmark(group="one filled form")
def test_cchc_calc_reads_computes_and_checks(benchmark, filled_form):
    result = benchmark(lambda: check(read_report(filled_form)))
    assert result.computation.text("1.2") == "76,47%"


@pytest.mark.benchmark(group="one filled form")
def test_ironcalc_loads_and_calculates(benchmark, filled_form):
    ironcalc = pytest.importorskip("ironcalc", reason="IronCalc is not installed: pip install -e '.[bench]'")

    def load_and_calculate():
        model = ironcalc.load_from_xlsx(str(filled_form), "en", "UTC", "en")
        model.evaluate()
        return model

    model = benchmark(load_and_calculate)
    assert _has_value(model, "76.47%")


@pytest.mark.benchmark(group="one filled form")
def test_formulas_loads_and_calculates(benchmark, filled_form):
    formulas = pytest.importorskip("formulas", reason="formulas is not installed: pip install -e '.[bench]'")

    def load_and_calculate():
        return formulas.ExcelModel().loads(str(filled_form)).finish().calculate()

    assert benchmark.pedantic(load_and_calculate, rounds=3, warmup_rounds=0) is not None


def _has_value(model, text):
    return any(model.get_formatted_cell_value(0, row, 4) == text for row in range(1, 60))
