"""Consolidating: the units' reports of one period made into the form of the level above."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cchc_calc.consolidation.admission import admit_submissions
from cchc_calc.consolidation.deadlines import due_day
from cchc_calc.consolidation.frames import frame_of
from cchc_calc.consolidation.future_days import future_findings, without_future_seals
from cchc_calc.consolidation.heads import head_of
from cchc_calc.consolidation.judging import judging_of
from cchc_calc.consolidation.outstanding import Outstanding
from cchc_calc.consolidation.previous_reports import previous_reports
from cchc_calc.consolidation.printed_totals import Reported, printed_findings
from cchc_calc.consolidation.refusals import Refusal, refusal_of
from cchc_calc.consolidation.result import Consolidation, UnitReport
from cchc_calc.consolidation.returned import ReturnedFaults
from cchc_calc.consolidation.standings import duty_of, standings_of
from cchc_calc.consolidation.submissions import StoredSubmissions, Submission, submission_of
from cchc_calc.consolidation.total_findings import total_findings
from cchc_calc.consolidation.totals import Totals
from cchc_calc.consolidation.unit_contents import UnitContents
from cchc_calc.findings import by_severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.admission import Accepted, Admission
    from cchc_calc.consolidation.frames import Frame
    from cchc_calc.consolidation.heads import Head
    from cchc_calc.consolidation.judging import Judging
    from cchc_calc.consolidation.previous_reports import PreviousReports
    from cchc_calc.consolidation.printed_totals import PrintedTotals
    from cchc_calc.consolidation.register import Register
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period
    from cchc_calc.report import Report


def consolidate(
    reports: Iterable[Report | Submission],
    *,
    register: Register | None = None,
    level: str = "city",
    parent: str = "",
    period: Period | None = None,
    form: Form | None = None,
    previous: Iterable[Submission] = (),
    refused: Iterable[Refusal | SourceRefusedError] = (),
    faults: Mapping[str, Iterable[Finding]] = MappingProxyType({}),
    due: date | None = None,
    today: date | None = None,
    printed: PrintedTotals | None = None,
) -> Consolidation:
    """Add up the reports of many units, row by row as the form says, and tell by name what does not count and why.

    ``level`` is "city" (or "district"), which takes the reports of communes, or "province". The units of the
    ``register`` (those under ``parent``, a code or name) have to report. The ``period`` and the ``form`` are those of
    most units unless they are given. ``previous`` are the reports of the period before; they bound the rates while
    units are missing. ``refused`` is what readers have refused already. ``faults`` are the errors found in each file by
    its source; they are looked up source by source, so a mapping may read them anew. Reports are in time up to the day
    ``due``, which is that of ``deadlines`` unless it is given. A day after ``today`` is told and not gone by; without
    ``today`` nothing is held against the calendar. ``printed`` is what the level above printed; it is held against the
    totals and changes none.

    The reports are gone through twice; ``StoredSubmissions`` need no memory for that, others are kept. Their order
    changes nothing.

    Raises ValueError for an unknown level, a report without a form, and when there is no report at all.

    >>> from cchc_calc.form_files import load_form
    >>> from cchc_calc.report import Entry, Report
    >>> def report(unit: str, resolved: int, on_time: int) -> Report:
    ...     entries = {"3.4.3.b": Entry("", "", resolved), "3.4.3.c": Entry("", "", on_time)}
    ...     return Report(f"{unit}.xlsx", load_form(), f"UBND {unit}", entries=entries)
    >>> city = consolidate([report("phường 1", 50, 50), report("phường 2", 1, 0), report("phường 2", 1, 1)])
    >>> city.row("3.4.3").text, [refusal.code for refusal in city.refused], city.missing
    ('100,00%', ['X02', 'X02'], ('UBND phường 2',))
    """
    submissions = reports if isinstance(reports, StoredSubmissions) else [_submission(report) for report in reports]
    heads = [head_of(place, submission) for place, submission in enumerate(submissions)]
    frame = frame_of(heads, level, register=register, parent=parent, period=period, form=form)
    before = previous_reports(previous, frame)
    admission = admit_submissions(without_future_seals(heads, today), frame, before)
    duty = duty_of(frame.form, frame.level, due or due_day(frame.level, frame.period), today)
    judging = judging_of(frame, before, duty)
    rows = _added_up(submissions, admission, frame, before, judging)
    units = tuple(_unit(one, "" if register is None else one.key) for one in admission.accepted)
    read = [one if isinstance(one, Refusal) else refusal_of(one) for one in refused]
    every_refusal = tuple(sorted((*read, *admission.refused), key=lambda refusal: (refusal.source, refusal.sha256)))
    standings = standings_of(admission, read, judging.filled, duty, are_codes=register is not None)
    contents = UnitContents(submissions, [one.head.place for one in admission.accepted], judging.blocked)
    reported = Reported(frame.form, frame.level, [one.unit for one in units], contents, rows, admission.missing)
    findings = (
        *admission.findings,
        *before.findings(),
        *future_findings(_telling(heads, admission), today),
        *total_findings(frame.form, frame.level, rows, len(admission.expected), admission.missing),
        *judging.in_order(units),
        *(() if printed is None else printed_findings(printed, reported)),
    )
    return Consolidation(
        form=frame.form,
        level=level,
        period=frame.period,
        units=units,
        rows=rows,
        refused=every_refusal,
        missing=admission.missing,
        findings=by_severity(findings),
        contents=contents,
        returned=ReturnedFaults(every_refusal, units, faults, judging.errors()),
        standings=standings,
        rankings=judging.rankings(admission, standings),
        changes=judging.changes(rows),
    )


def _telling(heads: Iterable[Head], admission: Admission) -> Iterator[Head]:
    """Yield the heads of which a day in the future matters: what counts, and what may have lost to it by its seal."""
    accepted = {one.head.place for one in admission.accepted}
    return (head for head in heads if head.place in accepted or head.is_sealed)


def _submission(report: Report | Submission) -> Submission:
    return report if isinstance(report, Submission) else submission_of(report)


def _added_up(
    submissions: Iterable[Submission], admission: Admission, frame: Frame, before: PreviousReports, judging: Judging
) -> tuple[RowTotal, ...]:
    """Judge and add up what counts, one unit after the other."""
    totals = Totals(frame.form)
    outstanding = Outstanding(frame.form, admission.expected, before.contents())
    accepted = {one.head.place: one for one in admission.accepted}
    for place, submission in enumerate(submissions):
        if place in accepted:
            counted = judging.take(accepted[place], submission)
            totals.add(counted)
            outstanding.reported(accepted[place].key, counted.contents)
    return totals.rows(len(admission.expected), frame.level, outstanding)


def _unit(accepted: Accepted, code: str) -> UnitReport:
    head = accepted.head
    return UnitReport(
        unit=accepted.name,
        source=head.source,
        sha256=head.sha256,
        code=code,
        seal=head.own_seal,
        findings=head.findings,
        repeated=accepted.repeated,
        issued=head.issued,
    )
