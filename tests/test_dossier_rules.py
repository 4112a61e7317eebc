"""What one dossier counts as, at every boundary; the period is 13/6/2023 to 12/9/2023."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from phuong_son_dossiers import SCHEMA

from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.options import Base, Lateness, Options
from cchc_calc.dossiers.tally import tally
from cchc_calc.periods import Period

PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12))
BY_MINUTE = Options(lateness=Lateness.BY_MINUTE)
FATES = (
    "received", "carried_over", "resolved", "refused", "withdrawn", "pending", "early", "late", "without_due",
    "overdue", "due", "due_late", "due_before_received",
)  # fmt: skip


def dossier(received="2023-07-03T08:00", due=None, finished=None, status=None, **more):
    times = {"received": received, "due": due, "finished": finished}
    read = {name: None if text is None else datetime.fromisoformat(text) for name, text in times.items()}
    row = {"code": "H32-1", "unit": "Phường 3", **read, "status": status, **more}
    return pl.DataFrame([row], {name: SCHEMA[name] for name in row}, orient="row")


def counted(options=None, **columns):
    """The kinds that one dossier counts as."""
    counts = tally(dossier(**columns), PERIOD, options=options).counts
    return {name for name in FATES if getattr(counts, name)}


@pytest.mark.parametrize(
    ("received", "due", "finished", "status", "kinds"),
    [
        ("2023-07-03T08:00", "2023-07-10", "2023-07-07T10:00", 10, "received resolved early due"),
        ("2023-07-03T08:00", "2023-07-10T08:00", "2023-07-10T16:59", 9, "received resolved due"),
        ("2023-07-03T08:00", "2023-07-10T16:59", "2023-07-11T00:00", 10, "received resolved late due due_late"),
        ("2023-07-03T08:00", "2023-07-10", "2023-07-07", None, "received resolved early due"),
        ("2023-07-03T08:00", None, "2023-09-01", 10, "received resolved without_due"),
        ("2023-07-03T16:00", "2023-07-03", "2023-07-03", 10, "received resolved due"),
        ("2023-07-03T08:00", "2023-07-01", "2023-07-03", 10, "received resolved late due due_late due_before_received"),
        # the first and the last day of the period
        ("2023-06-13T00:00", "2023-09-12", "2023-09-12T23:59", 10, "received resolved due"),
        ("2023-09-12T23:59", "2023-09-20", None, 2, "received pending"),
        ("2023-06-12T23:59", "2023-06-12", "2023-06-13T00:00", 10, "carried_over resolved late"),
        ("2023-06-12T08:00", "2023-06-13", "2023-06-12T23:59", 10, "due"),
        ("2023-09-13T00:00", "2023-09-12", "2023-09-13", 10, ""),
        # pending at the end of the period, whatever became of it later
        ("2023-07-03T08:00", "2023-09-12", None, 4, "received pending due"),
        ("2023-07-03T08:00", "2023-09-11", None, 4, "received pending overdue due due_late"),
        ("2023-07-03T08:00", "2023-09-13", "2023-09-20", 10, "received pending"),
        ("2023-07-03T08:00", "2023-09-11", "2023-09-13T00:00", 10, "received pending overdue due due_late"),
        ("2023-06-01T08:00", None, None, 5, "carried_over pending"),
        ("2023-06-01T08:00", "2023-06-10", None, None, "carried_over pending overdue"),
        # closed without a result: on the day written, else on that of receipt
        ("2023-07-03T08:00", "2023-07-10", None, 3, "received refused"),
        ("2023-07-03T08:00", "2023-07-10", "2023-07-05", 7, "received withdrawn"),
        ("2023-07-03T08:00", "2023-07-10", "2023-07-20", 8, "received withdrawn"),
        ("2023-06-01T08:00", None, "2023-06-20", 7, "carried_over withdrawn"),
        ("2023-06-01T08:00", None, None, 7, ""),
        ("2023-09-10T08:00", "2023-09-11", "2023-09-14", 3, "received pending overdue due due_late"),
    ],
)
def test_a_dossier_counts_as(received, due, finished, status, kinds):
    assert counted(received=received, due=due, finished=finished, status=status) == set(kinds.split())


@pytest.mark.parametrize(
    ("due", "finished", "kinds"),
    [
        ("2023-07-10T15:00", "2023-07-10T14:59", "received resolved early due"),
        ("2023-07-10T15:00:30", "2023-07-10T15:00:59", "received resolved due"),
        ("2023-07-10T15:00", "2023-07-10T15:01", "received resolved late due due_late"),
        ("2023-09-12T23:59", None, "received pending due"),
        ("2023-09-12T16:00", None, "received pending overdue due due_late"),
    ],
)
def test_by_the_minute_the_hour_decides(due, finished, kinds):
    assert counted(BY_MINUTE, due=due, finished=finished) == set(kinds.split())


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"unit": None}, Fault.NO_UNIT),
        ({"unit": ""}, Fault.NO_UNIT),
        ({"code": None}, Fault.NO_CODE),
        ({"received": None, "finished": "2023-07-05"}, Fault.NO_RECEIVED),
        ({"received": "2023-10-02T00:00"}, Fault.IN_FUTURE),
        ({"finished": "2023-10-02"}, Fault.IN_FUTURE),
        ({"finished": "2023-07-02T23:59", "status": 10}, Fault.FINISHED_BEFORE_RECEIVED),
        ({"status": 11}, Fault.UNKNOWN_STATUS),
        ({"status": 0}, Fault.UNKNOWN_STATUS),
        ({"finished": "2023-07-05", "status": 4}, Fault.FINISHED_BUT_PENDING),
        ({"status": 9}, Fault.RESOLVED_WITHOUT_DATE),
    ],
)
def test_a_faulty_row_is_refused_for_its_fault(columns, fault):
    result = tally(dossier(**columns), PERIOD, as_of=date(2023, 10, 1))
    assert (result.read, result.used, result.refused) == (1, 0, 1)
    assert result.faults == {fault: 1}
    assert result.counts.received == 0
    assert [finding.cause for finding in result.findings if finding.rule == "dossiers_refused"] == [fault.name.lower()]


def test_a_row_of_two_faults_is_refused_for_the_first():
    assert tally(dossier(unit=None, received=None, status=42), PERIOD).faults == {Fault.NO_UNIT: 1}


def test_the_day_of_the_export_itself_is_no_future():
    row = dossier(received="2023-09-12T08:00", finished="2023-09-12T23:59")
    assert tally(row, PERIOD, as_of=date(2023, 9, 12)).faults == {}


@pytest.mark.parametrize(
    ("older", "newer", "kinds"),
    [
        ({"status": 4}, {"status": 10, "finished": "2023-07-05"}, "received resolved without_due"),
        ({"status": 6}, {"status": 3}, "received refused"),
        ({"status": 4}, {"status": 4}, "received pending"),
        ({"finished": "2023-07-05"}, {"finished": "2023-07-06"}, "received resolved without_due"),
    ],
)
@pytest.mark.parametrize("is_newer_first", [False, True])
def test_of_one_code_the_newest_row_counts(older, newer, kinds, is_newer_first):
    rows = [dossier(**older), dossier(**newer)]
    result = tally(pl.concat(rows[::-1] if is_newer_first else rows), PERIOD)
    assert {name for name in FATES if getattr(result.counts, name)} == set(kinds.split())
    assert (result.read, result.used, result.faults) == (2, 1, {Fault.DOUBLE: 1})


def test_codes_said_to_be_unique_are_not_looked_at():
    result = tally(pl.concat([dossier(code=None)] * 2), PERIOD, codes_are_unique=True)
    assert (result.read, result.used) == (2, 2)


@pytest.mark.parametrize(
    ("base", "pair"),
    [(Base.RESOLVED, (3, 4)), (Base.DUE, (3, 6)), (Base.RECEIVED, (4, 7))],
)
def test_each_base_divides_by_something_else(base, pair):
    """One early, one on the day, one without a due time, one late; three pending, two of them overdue; one refused."""
    rows = [
        dossier(code="1", due="2023-07-10", finished="2023-07-05"),
        dossier(code="2", due="2023-07-10", finished="2023-07-10"),
        dossier(code="3", finished="2023-07-10"),
        dossier(code="4", due="2023-07-10", finished="2023-07-11"),
        dossier(code="5", due="2023-07-10"),
        dossier(code="6", due="2023-08-10"),
        dossier(code="7", due="2023-09-12"),
        dossier(code="8", due="2023-07-10", status=3),
    ]
    result = tally(pl.concat(rows), PERIOD, options=Options(base=base))
    assert result.counts.on_time_pair(base) == pair
    shown = {"base": base.value, "numerator": pair[0], "denominator": pair[1]}
    assert result.to_json()["units"][0]["on_time"] == shown
