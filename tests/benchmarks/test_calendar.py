"""A million due dates: ours from a list of days, and beside them what numpy does on arrays.

All in one run, so that the ratios mean something on any machine::

    pytest tests/benchmarks/test_calendar.py --benchmark-enable --benchmark-columns=median,min,rounds
"""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from cchc_calc.calendar_vn import (
    ClockStop,
    due_dates,
    due_dates_with_stops,
    is_working_day,
    receipt_days,
    working_days_column,
)
from cchc_calc.excel import udf

ROWS = 1_000_000
FIRST = date(2022, 1, 1)
STOPPED = 20
"""One dossier in so many is sent back for a supplement."""

chance = np.random.default_rng(2023)
OFFSETS, LENGTHS = chance.integers(0, 1_700, ROWS), chance.integers(0, 40, ROWS).tolist()
DAYS = [FIRST + timedelta(days=offset) for offset in OFFSETS.tolist()]


@pytest.mark.benchmark(group="a million due dates")
def test_due_dates_of_one_term(benchmark):
    assert len(benchmark(due_dates, DAYS, 10)) == ROWS


@pytest.mark.benchmark(group="a million due dates")
def test_due_dates_of_a_term_each(benchmark):
    assert len(benchmark(due_dates, DAYS, LENGTHS)) == ROWS


@pytest.mark.benchmark(group="a million due dates")
def test_due_dates_with_stops(benchmark):
    stops = [
        [ClockStop(day + timedelta(days=2), day + timedelta(days=9))] if row % STOPPED == 0 else None
        for row, day in enumerate(DAYS)
    ]
    assert len(benchmark(due_dates_with_stops, DAYS, LENGTHS, stops)) == ROWS


@pytest.mark.benchmark(group="a million due dates")
def test_working_days(benchmark):
    ends = [day + timedelta(days=20) for day in DAYS]
    assert len(benchmark(working_days_column, DAYS, ends)) == ROWS


@pytest.mark.benchmark(group="a million due dates")
def test_receipt_days(benchmark):
    hours = chance.integers(0, 24, ROWS).tolist()
    moments = [datetime(day.year, day.month, day.day, hour) for day, hour in zip(DAYS, hours, strict=True)]  # noqa: DTZ001
    assert len(benchmark(receipt_days, moments)) == ROWS


@pytest.mark.benchmark(group="a million due dates")
def test_cells_of_a_column(benchmark):
    """A column as a spreadsheet hands it over, in one call."""
    column = [[44562.0 + offset] for offset in OFFSETS.tolist()]
    assert len(benchmark.pedantic(udf.CCHC_HANTRA, (column, 10.0), rounds=1)) == ROWS


@pytest.mark.benchmark(group="a million due dates")
def test_numpy_without_saturdays_that_are_worked(benchmark):
    """It knows days off, but no swaps: its answers around the Saturdays worked are wrong."""
    span = [FIRST + timedelta(days=n) for n in range(2_200)]
    days_off = np.array([day for day in span if day.weekday() < 5 and not is_working_day(day)], dtype="datetime64[D]")
    received, lengths = np.array(DAYS, dtype="datetime64[D]"), np.array(LENGTHS)
    found = benchmark(np.busday_offset, received, lengths, roll="preceding", holidays=days_off)
    assert len(found) == ROWS
