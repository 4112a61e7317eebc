"""The readable cases of consolidation: what units fill, and what the form of the level above shows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from made_submissions import read_values, submitted

from cchc_calc import consolidate
from cchc_calc.computation import exact_text
from cchc_calc.rounding import format_percent

CASES = tomllib.loads((Path(__file__).parent / "cases" / "consolidation.toml").read_text(encoding="utf-8"))["case"]
KNOWN = {"name", "units", "missing", "totals", "reported", "low", "high", "mean", "differing"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    assert case.keys() <= KNOWN
    reports = [submitted(f"UBND {unit}", read_values(values)) for unit, values in case["units"].items()]
    before = [submitted(f"UBND {unit}", read_values(values)) for unit, values in case.get("missing", {}).items()]
    done = consolidate(reports, previous=before)
    shown = {
        "totals": lambda row: row.text,
        "reported": lambda row: row.units_reported,
        "low": lambda row: "" if row.low is None else exact_text(row.low),
        "high": lambda row: "" if row.high is None else exact_text(row.high),
        "mean": lambda row: format_percent(row.mean_of_rates),
        "differing": lambda row: "; ".join(
            f"{other.value}: {', '.join(unit.removeprefix('UBND ') for unit in other.units)}" for other in row.differing
        ),
    }
    for what, show in shown.items():
        expected = case.get(what, {})
        assert {address: show(done.row(address)) for address in expected} == expected
