"""A whole report as text: reading, and checking form and prose."""

from pathlib import Path

import pytest

from cchc_calc import check, read_report

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "vi-du" / "bao-cao-quy-3-2023-phuong-son.txt"


@pytest.mark.benchmark(group="a report of 400 lines")
def test_read(benchmark):
    assert benchmark(read_report, EXAMPLE).form is not None


@pytest.mark.benchmark(group="a report of 400 lines")
def test_check(benchmark):
    report = read_report(EXAMPLE)
    assert benchmark(check, report).claims
