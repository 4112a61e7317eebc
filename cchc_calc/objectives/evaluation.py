"""Objectives put against what is reported of them: met or not, with the reason, and how much of the time is gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cchc_calc.findings import Finding, by_severity
from cchc_calc.objectives import reasons
from cchc_calc.objectives.assigning import assign
from cchc_calc.objectives.bare_numbers import attainments_of, lacks_a_unit
from cchc_calc.objectives.evaluation_json import evaluation_json
from cchc_calc.objectives.judging import group_status, judge, objective_status
from cchc_calc.objectives.matching import check_matches, match_objectives
from cchc_calc.objectives.planned_time import time_passed
from cchc_calc.objectives.records import Judgement, ObjectiveOutcome, Status
from cchc_calc.objectives.result_checks import check_results
from cchc_calc.objectives.result_periods import is_of
from cchc_calc.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.objectives.planned_time import TimePassed
    from cchc_calc.objectives.records import Objective, ObjectiveReport, Result


@dataclass(frozen=True, slots=True)
class ObjectiveEvaluation:
    """What follows for the objectives of a report, in its order, and what was found in it, gravest first.

    ``results`` is the report whose results are judged: ``report`` itself, or another year's, which
    ``results_source`` then names (it is empty otherwise).
    """

    report: ObjectiveReport
    outcomes: tuple[ObjectiveOutcome, ...]
    findings: tuple[Finding, ...]
    results: ObjectiveReport
    results_source: str = ""

    @property
    def met(self) -> tuple[str, ...]:
        """Return the numbers of the objectives that are met."""
        return tuple(outcome.objective.number for outcome in self.outcomes if outcome.status is Status.MET)

    @property
    def total(self) -> int:
        """Count the objectives."""
        return len(self.outcomes)

    @property
    def term(self) -> Period | None:
        """Return the time of the objectives from the first start to the last finish, ``None`` without a finish.

        Where no start is given, it is the first day of the year of the finish.
        """
        starts = [objective.start for objective in self.report.objectives if objective.start is not None]
        finishes = [objective.finish for objective in self.report.objectives if objective.finish is not None]
        if not finishes:
            return None
        last = max(finishes)
        first = min(starts, default=date(last.year, 1, 1))
        return Period(min(first, last), last)

    @property
    def time_passed(self) -> TimePassed | None:
        """Return the months of the objectives' time, and those of them begun by the end of the period judged.

        ``None`` where either is unknown, and for a plan alone.
        """
        term, period = self.term, self.results.period
        if term is None or period is None or self.results.is_plan:
            return None
        return time_passed(term.start, term.end, period.end)

    def to_json(self) -> dict[str, Any]:
        """Return the evaluation with the fixed keys of the project's JSON, ready for ``json.dump``."""
        return evaluation_json(self)


def evaluate_objectives(report: ObjectiveReport, results: ObjectiveReport | None = None) -> ObjectiveEvaluation:
    """Judge every objective of a report by its own results, or by those of another report.

    With ``results``, objectives of the two are matched by content, never by number, and judged at the period of
    ``results``. An objective without a result is not due until its finish, and undecided after it; 0 of 0 does not
    arise; a plan alone has nothing to judge, so its objectives are not due. Values are exact, a rate is a fraction of
    one. Faults are findings, none is raised.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> from cchc_calc.objectives.records import Objective, ObjectiveReport
    >>> from cchc_calc.objectives.requirements import read_requirements
    >>> text = "Tỷ lệ hồ sơ trễ hạn dưới 1,5%"
    >>> results = {"1": read_result("trễ hạn 234/13.506 hồ sơ")}
    >>> evaluation = evaluate_objectives(
    ...     ObjectiveReport("ket-qua.txt", (Objective("1", text, read_requirements(text)),), results)
    ... )
    >>> [outcome.reason for outcome in evaluation.outcomes]
    ['1,73% (234/13.506) không dưới 1,5%; còn phải giảm 32 hồ sơ trễ hạn.']
    """
    if results is None:
        outcomes = tuple(_outcome(one, report.results.get(one.number), report) for one in report.objectives)
        findings = (*report.findings, *check_results(report, report, outcomes))
        return ObjectiveEvaluation(report, outcomes, by_severity(findings), report)
    pairs = match_objectives(report.objectives, results.objectives)
    outcomes = tuple(_outcome_elsewhere(one, other, results) for one, other in pairs)
    findings = (*report.findings, *check_matches(pairs), *check_results(report, results, outcomes))
    return ObjectiveEvaluation(report, outcomes, by_severity(findings), results, results.source)


def _outcome_elsewhere(objective: Objective, other: Objective | None, results: ObjectiveReport) -> ObjectiveOutcome:
    name = results.number or results.source
    if other is None:
        outcome = _outcome(objective, None, results)
        return replace(outcome, reason=f"{reasons.not_in(name)} {outcome.reason}")
    outcome = _outcome(objective, _with_source(results.results.get(other.number), results.source), results)
    from_where = reasons.taken_from(name, other.number)
    return replace(outcome, reason=f"{from_where} {outcome.reason}", source_number=other.number)


def _with_source(result: Result | None, source: str) -> Result | None:
    """Name the document beside the places in it: they are not in that of the objectives."""
    if result is None:
        return None
    attainments = tuple(replace(one, where=_named(source, one.where)) for one in result.attainments)
    return replace(result, attainments=attainments, where=_named(source, result.where))


def _named(source: str, where: str) -> str:
    return f"{source}, {where}" if where else source


def _outcome(objective: Objective, result: Result | None, results: ObjectiveReport) -> ObjectiveOutcome:
    judgements = tuple(_judgements(objective, result, results))
    by_group = groupby(sorted(judgements, key=_group), key=_group)
    status = objective_status([group_status([one.status for one in alternatives]) for _, alternatives in by_group])
    return ObjectiveOutcome(objective, judgements, status, reasons.objective_reason(judgements), result)


def _judgements(objective: Objective, result: Result | None, results: ObjectiveReport) -> Iterator[Judgement]:
    reported = attainments_of(result, objective.requirements)
    attainments = tuple(one for one in reported if is_of(one.period, results.period))
    given = assign(objective.requirements, attainments)
    elsewhere = assign(objective.requirements, reported) if len(attainments) < len(reported) else given
    for requirement, attained, others in zip(objective.requirements, given, elsewhere, strict=True):
        if results.is_plan and requirement.target is not None:
            yield Judgement(requirement, Status.NOT_DUE, reasons.NO_RESULT_YET)
            continue
        if not attained and others and requirement.target is not None:
            reason = reasons.of_another_period(others)
            yield Judgement(requirement, Status.UNDECIDED, reason, where=others[0].where)
            continue
        if not attained and lacks_a_unit(result) and requirement.target is not None and result is not None:
            yield Judgement(requirement, Status.UNDECIDED, reasons.without_unit(result.text), where=result.where)
            continue
        judgement = judge(
            requirement,
            attained,
            totals=results.totals,
            period=results.period,
            finish=objective.finish,
            awaits=result.awaits if result is not None else "",
        )
        yield replace(judgement, attainments=attained)


def _group(judgement: Judgement) -> int:
    return judgement.requirement.group
