"""Whether a requirement is met by what is reported, exactly, and what follows for its objective."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import TargetError
from cchc_calc.indicators import shortfall
from cchc_calc.numerals import parse_figures
from cchc_calc.objectives import reasons
from cchc_calc.objectives.measurements import contradict, is_not_arising, measurements_of, number_of, rates_of, unit_of
from cchc_calc.objectives.records import Basis, Judgement, Measurement, Status
from cchc_calc.objectives.result_wording import missing_words
from cchc_calc.periods import written_day
from cchc_calc.rounding import decimals_needed, format_number
from cchc_calc.targets import RATE, is_met

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from cchc_calc.objectives.records import Attainment, Requirement, Total
    from cchc_calc.periods import Period
    from cchc_calc.targets import Target

_TIME: Final = re.compile(
    r"(?:dưới|quá|trong vòng|tối đa|còn)\s+\d+(?:[.,]\d+)?\s+(?:ngày|giờ|phút)(?!\w)", re.IGNORECASE
)
_SHOWN_DECIMALS: Final = 6
_REACHED: Final = frozenset({Status.MET, Status.NOT_ARISING})


def judge(
    requirement: Requirement,
    attainments: Sequence[Attainment],
    *,
    totals: Sequence[Total] = (),
    period: Period | None = None,
    finish: date | None = None,
    awaits: str = "",
) -> Judgement:
    """Judge one requirement by the results that speak of it, exactly.

    ``totals`` are the wholes the report names, for a count without its whole; ``period`` is that of the report and
    ``finish`` the last day of the objective, which decide what a missing result means; ``awaits`` quotes the report
    where it puts the judgement off. Counts decide before a printed rate. Results that contradict each other or cannot
    be leave it undecided.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> from cchc_calc.objectives.requirements import read_requirements
    >>> [asked] = read_requirements("Tỷ lệ hồ sơ trễ hạn dưới 1,5%", "")
    >>> judged = judge(asked, read_result("trễ hạn 234/13.506 hồ sơ, tỷ lệ 1,73%").attainments)
    >>> judged.status.value, judged.shortfall
    ('not_met', 32)
    >>> judged.reason
    '1,73% (234/13.506) không dưới 1,5%; còn phải giảm 32 hồ sơ trễ hạn'
    """
    target = requirement.target
    where = attainments[0].where if attainments else ""
    if target is None:
        return Judgement(requirement, Status.UNDECIDED, _without_target(requirement), where=where)
    if not attainments:
        return _without_result(requirement, period, finish, awaits)
    arisen = [attained for attained in attainments if not is_not_arising(attained)]
    if not arisen and target.unit != RATE and target.comparator in {"<", "<="}:
        # Of what did not arise there were 0, which is no more than any bound.
        none = Measurement(Fraction(0), 0)
        return _judged(requirement, target, replace(attainments[0], numerator=0, not_arising=False), (none,), ())
    if not arisen:
        return Judgement(requirement, Status.NOT_ARISING, reasons.NOTHING_AROSE, where=where)
    if reason := contradiction(attainments, target):
        return Judgement(requirement, Status.UNDECIDED, reason, where=where)
    # A count beside a rate of the same thing is part of it: "5.436 hồ sơ trực tuyến. Tỷ lệ đạt 36,19%."
    told = (rates_of(arisen) if target.unit == RATE else []) or arisen
    best = next((attained for attained in told if attained.denominator), told[0])
    measurements = measurements_of(best, requirement, totals)
    try:
        return _judged(requirement, target, best, measurements, totals)
    except TargetError as error:
        return Judgement(requirement, Status.UNDECIDED, str(error), measurements=measurements, where=best.where)


def contradiction(attainments: Sequence[Attainment], target: Target) -> str:
    """Say why results cannot be used: below 0, a part above its whole, or two that differ; else an empty text.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> from cchc_calc.targets import read_target
    >>> contradiction(read_result("đúng hạn 12/10 hồ sơ").attainments, read_target("trên 90%"))
    'tử số 12 lớn hơn mẫu số 10'
    """
    for attained in attainments:
        if fault := _impossible(attained, target):
            return fault
    if len({is_not_arising(attained) for attained in attainments}) > 1:
        return "báo cáo vừa ghi không phát sinh vừa nêu kết quả"
    told = (rates_of(attainments) if target.unit == RATE else []) or attainments
    different = {(one.numerator, one.denominator, one.declared, one.amount): one for one in told}
    for first, second in combinations(different.values(), 2):
        if contradict(first, second, target):
            return f"báo cáo nêu hai kết quả khác nhau: {_shown(first)} và {_shown(second)}"
    return ""


def group_status(statuses: Collection[Status]) -> Status:
    """Tell what follows for alternatives, of which one is enough.

    >>> group_status([Status.NOT_MET, Status.MET, Status.UNDECIDED]).value
    'met'
    """
    if Status.MET in statuses:
        return Status.MET
    if set(statuses) == {Status.NOT_ARISING}:
        return Status.NOT_ARISING
    return next((status for status in (Status.UNDECIDED, Status.NOT_DUE) if status in statuses), Status.NOT_MET)


def objective_status(statuses: Collection[Status]) -> Status:
    """Tell what follows for an objective from its groups, all of which have to be met; none at all is undecided.

    >>> objective_status([Status.MET, Status.NOT_ARISING]).value, objective_status([Status.MET, Status.NOT_DUE]).value
    ('met', 'partly')
    """
    found = set(statuses)
    if Status.NOT_MET in found:
        return Status.NOT_MET
    if found == {Status.NOT_ARISING}:
        return Status.NOT_ARISING
    if Status.MET in found:
        return Status.MET if found <= _REACHED else Status.PARTLY
    return Status.UNDECIDED if Status.UNDECIDED in found or not found else Status.NOT_DUE


def cases_missing(target: Target, measurement: Measurement) -> int | None:
    """Count the fewest whole cases to add or to take away; ``None`` without counts or where no number is enough.

    >>> from fractions import Fraction
    >>> from cchc_calc.objectives.records import Measurement
    >>> from cchc_calc.targets import read_target
    >>> cases_missing(read_target("từ 3 hội nghị trở lên"), Measurement(Fraction(1), 1))
    2
    """
    if measurement.numerator is None:
        return None
    if target.unit == RATE:
        return shortfall(measurement.numerator, measurement.denominator, target.value, target.comparator)
    if target.comparator in {">", ">="}:
        least = math.ceil(target.value) if target.comparator == ">=" else math.floor(target.value) + 1
        return max(0, least - measurement.numerator)
    most = math.floor(target.value) if target.comparator == "<=" else math.ceil(target.value) - 1
    return max(0, measurement.numerator - most) if most >= 0 else None


def _without_target(requirement: Requirement) -> str:
    if parse_figures(requirement.text):
        return reasons.TARGET_UNREAD
    return reasons.TIME_ASKED if _TIME.search(requirement.text) else reasons.NO_FIGURE_ASKED


def _without_result(requirement: Requirement, period: Period | None, finish: date | None, awaits: str) -> Judgement:
    dated = period is not None and finish is not None
    if period is not None and finish is not None and period.end < finish:
        days = f"kỳ báo cáo đến ngày {written_day(period.end)}, trước hạn {written_day(finish)}"
        reason = f"báo cáo ghi “{awaits}”; {days}" if awaits else f"{reasons.NO_FIGURE_REPORTED}; {days}"
        return Judgement(requirement, Status.NOT_DUE, reason)
    if awaits and not dated:
        return Judgement(requirement, Status.NOT_DUE, f"báo cáo ghi “{awaits}”")
    return Judgement(requirement, Status.UNDECIDED, reasons.NO_FIGURE_REPORTED)


def _judged(
    requirement: Requirement,
    target: Target,
    attained: Attainment,
    measurements: tuple[Measurement, ...],
    totals: Sequence[Total],
) -> Judgement:
    if not measurements:
        reason = f"{reasons.NO_FIGURE_REPORTED} để so với mục tiêu: báo cáo chỉ nêu {_shown(attained)}"
        return Judgement(requirement, Status.UNDECIDED, reason, where=attained.where)
    decisive = measurements[0]
    met = is_met(target, decisive.value)
    basis = Basis.COMPUTED if decisive.has_counts else Basis.DECLARED
    sentences = [reasons.comparison(target, decisive, met=met, printed=attained.declared_text)]
    missing = 0 if met else cases_missing(target, decisive)
    if basis is Basis.DECLARED:
        named = f" (chỉ nêu {format_number(attained.numerator)} {unit_of(attained)})" if attained.numerator else ""
        sentences.append(f"{reasons.DECLARED_ALONE}{named}")
    elif not met:
        quality = missing_words(requirement.quantity, requirement.text)
        sentences.append(reasons.still_missing(target, missing, unit_of(attained), quality))
    sentences += [
        reasons.on_other_base(target, measurement, _other_day(measurement, attained, totals))
        for measurement in measurements[1:]
    ]
    status = Status.MET if met else Status.NOT_MET
    if any(is_met(target, rival.value) is not met for rival in _rivals(requirement, attained, measurements)):
        status, missing = Status.UNDECIDED, None
        sentences.append("hai cách tính cho kết quả khác nhau nên không kết luận được")
    return Judgement(
        requirement, status, "; ".join(sentences), basis, measurements, missing, attained.declared_text, attained.where
    )


def _rivals(requirement: Requirement, attained: Attainment, measurements: tuple[Measurement, ...]) -> list[Measurement]:
    """List the results on other bases that count as much: on the base asked for, or any where nothing says which."""
    if requirement.base is None:
        return list(measurements[1:]) if attained.declared is None else []
    if measurements[0].base is requirement.base:
        return []
    return [measurement for measurement in measurements[1:] if measurement.base is requirement.base]


def _other_day(measurement: Measurement, attained: Attainment, totals: Sequence[Total]) -> date | None:
    """Return the day up to which the whole was counted, where the result was counted up to another."""
    days = [total.as_of for total in totals if (total.base, total.count) == (measurement.base, measurement.denominator)]
    return days[0] if days and attained.as_of is not None and days[0] != attained.as_of else None


def _impossible(attained: Attainment, target: Target) -> str:
    part, whole, declared = number_of(attained), attained.denominator, attained.declared
    if any(number is not None and number < 0 for number in (part, whole, declared)):
        return f"{_shown(attained)} là số âm"
    if part is not None and whole is not None and part > whole:
        shown = format_number(part, decimals_needed(Fraction(part), _SHOWN_DECIMALS))
        return f"tử số {shown} lớn hơn mẫu số {format_number(whole)}"
    if declared is not None and declared > 1 and target.unit == RATE:
        return f"tỷ lệ {attained.declared_text} lớn hơn 100%"
    return ""


def _shown(attained: Attainment) -> str:
    counts = [format_number(count) for count in (attained.numerator, attained.denominator) if count is not None]
    return attained.declared_text or "/".join(counts) or attained.text
