"""The checks of the results of one objective: printed rates against counts and bases, results that contradict."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.judging import contradiction
from cchc_calc.objectives.measurements import explains, is_of_dossiers
from cchc_calc.objectives.reasons import result as shown
from cchc_calc.objectives.records import BASE_TEXTS, Measurement
from cchc_calc.rounding import format_number, format_percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.objectives.records import Attainment, Judgement, ObjectiveOutcome, Result, Total


def check_attainments(outcome: ObjectiveOutcome, result: Result, totals: Sequence[Total]) -> Iterator[Finding]:
    """Yield where a printed rate is not that of its counts or not on the base asked for, and contradictions."""
    for attained in result.attainments:
        yield from _differing(outcome, attained, totals)
    for judgement in outcome.judgements:
        yield from _contradicting(outcome, judgement)
        yield from _on_another_base(outcome, judgement)


def _differing(outcome: ObjectiveOutcome, attained: Attainment, totals: Sequence[Total]) -> Iterator[Finding]:
    part, whole = attained.numerator, attained.denominator
    if part is None or not whole or not 0 <= part <= whole or attained.declared is None:
        return
    own = Measurement(Fraction(part, whole), part, whole)
    if explains(attained, own):
        return
    cause, hint = _cause(attained, own, totals)
    computed = f"{format_percent(own.value)} ({format_number(part)}/{format_number(whole)})"
    number = outcome.objective.number
    message = (
        f"Mục tiêu {number} ({attained.where}): “{attained.text}” ghi {attained.declared_text}, tính lại là "
        f"{computed}.{hint}"
    )
    yield make_finding(
        "attainment_differs",
        message,
        rows=(number,),
        where=attained.where,
        found=attained.declared_text,
        expected=format_percent(own.value),
        cause=cause,
    )


def _cause(attained: Attainment, own: Measurement, totals: Sequence[Total]) -> tuple[str, str]:
    if own.numerator is None:
        return "", ""
    if explains(attained, Measurement(1 - own.value)):
        return "complement", " Số đã ghi là phần còn lại cho đủ 100%."
    for total in totals if is_of_dossiers(attained) else ():
        if total.count and explains(attained, Measurement(Fraction(own.numerator, total.count))):
            return "other_base", f" Số đã ghi tính trên {format_number(total.count)} {BASE_TEXTS[total.base]}."
    return "", ""


def _contradicting(outcome: ObjectiveOutcome, judgement: Judgement) -> Iterator[Finding]:
    target = judgement.requirement.target
    reason = contradiction(judgement.attainments, target) if target is not None else ""
    if reason:
        number = outcome.objective.number
        found = "; ".join(attained.text for attained in judgement.attainments)
        message = f"Mục tiêu {number} ({judgement.where}): {reason} (“{found}”)."
        yield make_finding("attainments_contradict", message, rows=(number,), where=judgement.where, found=found)


def _on_another_base(outcome: ObjectiveOutcome, judgement: Judgement) -> Iterator[Finding]:
    requirement, measurements = judgement.requirement, judgement.measurements
    if requirement.target is None or requirement.base is None or not measurements:
        return
    used = measurements[0]
    if used.base is None or used.base is requirement.base:
        return
    asked = next((measurement for measurement in measurements[1:] if measurement.base is requirement.base), None)
    rate = f"{shown(requirement.target, used)} trên {BASE_TEXTS[used.base]}"
    expected = f"trên {BASE_TEXTS[requirement.base]}"
    if asked is not None:
        expected = f"{shown(requirement.target, asked)} {expected}"
    number = outcome.objective.number
    message = f"Mục tiêu {number} ({judgement.where}): kết quả là {rate}, trong khi mục tiêu tính {expected}."
    yield make_finding(
        "attainment_base_differs", message, rows=(number,), where=judgement.where, found=rate, expected=expected
    )
