"""An evaluation of objectives as JSON, with the fixed keys of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cchc_calc.findings import finding_json
from cchc_calc.objectives.reasons import result
from cchc_calc.rounding import exact_notation

if TYPE_CHECKING:
    from cchc_calc.objectives.evaluation import ObjectiveEvaluation
    from cchc_calc.objectives.records import Judgement, Measurement, ObjectiveOutcome
    from cchc_calc.targets import Target


def evaluation_json(evaluation: ObjectiveEvaluation) -> dict[str, Any]:
    """Return an evaluation ready for ``json.dump``; the period is that of the results judged."""
    period = evaluation.results.period
    return {
        "unit": evaluation.report.unit,
        "period": None if period is None else period.to_json(),
        "objectives": [_objective(outcome) for outcome in evaluation.outcomes],
        "met": list(evaluation.met),
        "total": evaluation.total,
        "findings": [finding_json(finding) for finding in evaluation.findings],
    }


def _objective(outcome: ObjectiveOutcome) -> dict[str, Any]:
    return {
        "number": outcome.objective.number,
        "text": outcome.objective.text,
        "targets": [_target(judgement) for judgement in outcome.judgements],
        "status": outcome.status.value,
        "reason": outcome.reason,
    }


def _target(judgement: Judgement) -> dict[str, Any]:
    requirement, measurements = judgement.requirement, judgement.measurements
    target = requirement.target
    return {
        "comparator": None if target is None else target.comparator,
        "value": None if target is None else exact_notation(target.value),
        "scope": requirement.scope,
        "status": judgement.status.value,
        "basis": None if judgement.basis is None else judgement.basis.value,
        "actual": _actual(measurements[0]) if measurements else None,
        "shortfall": judgement.shortfall,
        "group": requirement.group,
        "bases": [] if target is None else [_base(target, measurement) for measurement in measurements],
        "reason": judgement.reason,
    }


def _base(target: Target, measurement: Measurement) -> dict[str, Any]:
    return {
        "base": None if measurement.base is None else measurement.base.value,
        "actual": _actual(measurement),
        "text": result(target, measurement),
    }


def _actual(measurement: Measurement) -> str:
    """Write the counts as they are, unreduced, else the number."""
    if measurement.numerator is None:
        return exact_notation(measurement.value)
    return (
        str(measurement.numerator)
        if measurement.denominator is None
        else f"{measurement.numerator}/{measurement.denominator}"
    )
