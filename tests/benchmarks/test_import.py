"""What importing the package costs over a bare Python, each in a fresh interpreter."""

import subprocess
import sys

import pytest


@pytest.mark.benchmark(group="start of Python")
@pytest.mark.parametrize(
    "statement", ["pass", "import cchc_calc", "from cchc_calc import read_report, check", "import openpyxl"]
)
def test_start(benchmark, statement):
    arguments = [sys.executable, "-c", statement]
    benchmark(subprocess.run, arguments, check=True)
