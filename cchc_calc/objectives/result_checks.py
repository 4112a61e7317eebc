"""The checks of reported results: figures against counts, what is missing, and the report's own count of objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.document import Paragraph
from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.attainment_checks import check_attainments
from cchc_calc.objectives.attainments import sentences_of
from cchc_calc.objectives.reasons import shown_scope
from cchc_calc.objectives.records import Status
from cchc_calc.objectives.result_wording import breaks_off
from cchc_calc.prose.data_periods import check_periods
from cchc_calc.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.objectives.records import ObjectiveOutcome, ObjectiveReport, Result

_OF_DAYS: Final = frozenset({"periods_differ", "period_contradicts"})


def check_results(
    report: ObjectiveReport, results: ObjectiveReport, outcomes: Sequence[ObjectiveOutcome]
) -> Iterator[Finding]:
    """Yield what is wrong with results: figures, missing fields, sentences cut short, days, causes, the summary.

    ``results`` is the report the results are taken from. What a report has to say of its own objectives (causes,
    remedies, the summary) is asked of ``report`` alone, where the two are the same.
    """
    for outcome in outcomes:
        if outcome.result is not None:
            yield from _cut_short(outcome, outcome.result)
            yield from check_attainments(outcome, outcome.result, results.totals)
        if not results.is_plan:
            yield from _fields_missing(outcome)
    yield from _different_days(results, outcomes)
    if report is results:
        yield from _causes_missing(report, outcomes)
        yield from _summary_differs(report, outcomes)


def _cut_short(outcome: ObjectiveOutcome, result: Result) -> Iterator[Finding]:
    for sentence in sentences_of(result.text):
        if breaks_off(sentence):
            number = outcome.objective.number
            message = f"Mục tiêu {number} ({result.where}): câu “{sentence}” dừng lại khi chưa nêu con số."
            yield make_finding("result_cut_short", message, rows=(number,), where=result.where, found=sentence)


def _fields_missing(outcome: ObjectiveOutcome) -> Iterator[Finding]:
    """Yield one finding for all that has no result: of an objective in parts, or of a whole one that is due."""
    asked = [judgement for judgement in outcome.judgements if judgement.requirement.target is not None]
    reported = _groups_reported(outcome)
    missing = [judgement for judgement in asked if judgement.requirement.group not in reported]
    if not missing or not (reported or any(judgement.status is Status.UNDECIDED for judgement in missing)):
        return
    number = outcome.objective.number
    where = _place(outcome)
    names = ", ".join(shown_scope(judgement) for judgement in missing)
    message = f"Mục tiêu {number} ({where}): chưa có số liệu về {names}."
    yield make_finding("field_missing", message, rows=(number,), where=where, expected=names)


def _groups_reported(outcome: ObjectiveOutcome) -> frozenset[int]:
    """Return the groups of which a result speaks; of alternatives one is enough."""
    return frozenset(judgement.requirement.group for judgement in outcome.judgements if judgement.attainments)


def _different_days(results: ObjectiveReport, outcomes: Sequence[ObjectiveOutcome]) -> Iterator[Finding]:
    """Yield where results are counted up to several days, or beyond the period of the report."""
    used = [outcome.result for outcome in outcomes if outcome.result is not None]
    prose = tuple(Paragraph(result.text, result.where) for result in used)
    report = Report(results.source, prose=prose, period=results.period, issued=results.issued)
    for finding in check_periods(report):
        if finding.rule in _OF_DAYS:
            yield finding


def _causes_missing(report: ObjectiveReport, outcomes: Sequence[ObjectiveOutcome]) -> Iterator[Finding]:
    filled = any(result.cause or result.remedy for result in report.results.values())
    if not (report.asks_causes or filled):
        return
    for outcome in outcomes:
        if outcome.status is not Status.NOT_MET or outcome.result is None:
            continue
        number, where = outcome.objective.number, _place(outcome)
        for rule, text, name in (
            ("cause_missing", outcome.result.cause, "nguyên nhân"),
            ("remedy_missing", outcome.result.remedy, "hướng giải quyết"),
        ):
            if not text.strip():
                message = f"Mục tiêu {number} ({where}): chưa đạt nhưng chưa ghi {name}."
                yield make_finding(rule, message, rows=(number,), where=where)


def _summary_differs(report: ObjectiveReport, outcomes: Sequence[ObjectiveOutcome]) -> Iterator[Finding]:
    declared = report.declared
    if declared is None:
        return
    met = [outcome.objective.number for outcome in outcomes if outcome.status is Status.MET]
    same_count = (declared.met, declared.total) == (len(met), len(outcomes))
    listed = set(declared.numbers)
    if same_count and (not listed or listed == set(met)):
        return
    found = _summed_up(declared.met, declared.total, declared.numbers)
    expected = _summed_up(len(met), len(outcomes), met)
    others = sorted(listed ^ set(met), key=_order) if listed else []
    differing = f" Khác nhau ở mục tiêu {', '.join(others)}." if others else ""
    message = f"{declared.where}: báo cáo tự đánh giá {found}; tính lại là {expected}.{differing}"
    yield make_finding(
        "declared_summary_differs", message, rows=tuple(others), where=declared.where, found=found, expected=expected
    )


def _place(outcome: ObjectiveOutcome) -> str:
    """Name the place of the result, or of the objective where nothing is reported of it in words."""
    reported = outcome.result.where if outcome.result is not None else ""
    return reported or outcome.objective.where


def _summed_up(met: int, total: int, numbers: Sequence[str]) -> str:
    listed = f" (số {', '.join(numbers)})" if numbers else ""
    return f"{met}/{total} mục tiêu đạt{listed}"


def _order(number: str) -> tuple[int, str]:
    return (int(number) if number.isdecimal() else 0, number)
