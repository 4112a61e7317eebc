"""What a reported result amounts to: the rate on every base that is known, or the count."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.numerals import parse_figures
from cchc_calc.objectives.records import Measurement
from cchc_calc.objectives.result_figures import DOSSIER
from cchc_calc.objectives.wording import field_of_spelling, plain_wording
from cchc_calc.rounding import agrees, is_truncated, places
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from cchc_calc.objectives.records import Attainment, Base, Requirement, Total
    from cchc_calc.targets import Target

_CASES: Final = "trường hợp"


def is_not_arising(attained: Attainment) -> bool:
    """Tell whether there was nothing to handle: the report says so, or gives 0 of 0."""
    return attained.not_arising or (attained.numerator == 0 and attained.denominator == 0)


def measurements_of(
    attained: Attainment, requirement: Requirement, totals: Sequence[Total] = ()
) -> tuple[Measurement, ...]:
    """Return a result on every base that is known, the decisive one first; nothing where it gives none.

    A share of dossiers without its whole is put on the totals: the one that explains the printed rate decides, else
    the printed rate itself, and without one the total on the base that is asked for, or the first.

    >>> from cchc_calc.objectives.attainments import read_result, read_totals
    >>> from cchc_calc.objectives.requirements import read_requirements
    >>> [asked] = read_requirements("Tỷ lệ hồ sơ trực tuyến đạt từ 25% trở lên", "")
    >>> [attained] = read_result("tiếp nhận 5.436 hồ sơ trực tuyến, đạt 36,19%").attainments
    >>> totals = tuple(read_totals("Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ", ""))
    >>> [(measurement.numerator, measurement.denominator) for measurement in measurements_of(attained, asked, totals)]
    [(5436, 15019)]
    """
    target = requirement.target
    if target is not None and target.unit != RATE:
        number = number_of(attained)
        return () if number is None else (Measurement(number, attained.numerator),)
    if field_of(requirement):
        # The totals are of all fields together.
        totals = ()
    if attained.numerator is not None and attained.denominator:
        return _of_counts(attained, attained.numerator, attained.denominator, requirement, totals)
    declared = () if attained.declared is None else (Measurement(attained.declared, base=attained.base),)
    if attained.numerator is None or attained.denominator is not None or not is_of_dossiers(attained):
        return declared
    on_totals = _on_totals(attained.numerator, _asked_first(totals, requirement.base))
    if not declared:
        return on_totals
    explaining = next((measurement for measurement in on_totals if explains(attained, measurement)), None)
    if explaining is None:
        return (*declared, *(measurement for measurement in on_totals if measurement.base is requirement.base))
    return (explaining, *(measurement for measurement in on_totals if measurement != explaining))


def field_of(requirement: Requirement) -> str:
    """Name the field a requirement is for; empty where it is for all.

    >>> from cchc_calc.objectives.records import OVERALL, Requirement
    >>> field_of(Requirement("", "đất đai")), field_of(Requirement("", OVERALL))
    ('đất đai', '')
    """
    return field_of_spelling().get(plain_wording(requirement.scope), "")


def explains(attained: Attainment, measurement: Measurement) -> bool:
    """Tell whether a result gives the printed rate: exactly, rounded, or cut off at its precision."""
    printed = printed_percent(attained)
    if printed is None:
        return False
    exact, decimals = measurement.value * 100, places(printed)
    return agrees(printed, decimals, exact) or is_truncated(printed, decimals, exact)


def printed_percent(attained: Attainment) -> Decimal | None:
    """Return the printed percentage with the decimals it is printed with."""
    figures = parse_figures(attained.declared_text)
    return figures[0].value if figures and figures[0].unit == RATE else None


def rates_of(attainments: Sequence[Attainment]) -> list[Attainment]:
    """List the results that give a rate, with or without its counts."""
    return [attained for attained in attainments if attained.denominator or attained.declared is not None]


def contradict(first: Attainment, second: Attainment, target: Target) -> bool:
    """Tell whether two results of the same thing cannot both be right, at the precision they are printed with.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> from cchc_calc.targets import read_target
    >>> first, second, third = read_result("đúng hạn 1540/1587 hồ sơ; đúng hạn 97%; đúng hạn 98%").attainments
    >>> contradict(first, second, read_target("trên 90%")), contradict(first, third, read_target("trên 90%"))
    (False, True)
    """
    if target.unit != RATE:
        return number_of(first) != number_of(second)
    rate, other = _rate(first), _rate(second)
    if rate is None and other is None:
        return first.numerator != second.numerator
    if rate is None or other is None or rate == other:
        return False
    return not (explains(first, Measurement(other)) or explains(second, Measurement(rate)))


def is_of_dossiers(attained: Attainment) -> bool:
    """Tell whether what is counted are dossiers, of which reports name totals."""
    return unit_of(attained) == DOSSIER


def number_of(attained: Attainment) -> Fraction | None:
    """Return how many a result counts, or how many points it names; ``None`` where it does neither."""
    return attained.amount if attained.numerator is None else Fraction(attained.numerator)


def unit_of(attained: Attainment) -> str:
    """Name what a result counts, as in "ý kiến" or "hồ sơ"."""
    figures = parse_figures(attained.text)
    number = number_of(attained)
    units = [figure.unit for figure in figures if figure.value == number and figure.unit not in {"", RATE}]
    return units[0] if units else _CASES


def _of_counts(
    attained: Attainment, part: int, whole: int, requirement: Requirement, totals: Sequence[Total]
) -> tuple[Measurement, ...]:
    known = next((total.base for total in totals if total.count == whole and is_of_dossiers(attained)), None)
    own = Measurement(Fraction(part, whole), part, whole, attained.base or known)
    if own.base is None or requirement.base is None or own.base is requirement.base or not is_of_dossiers(attained):
        return (own,)
    asked = [total for total in totals if total.base is requirement.base]
    return (own, *_on_totals(part, asked))


def _on_totals(part: int, totals: Sequence[Total]) -> tuple[Measurement, ...]:
    wholes = dict.fromkeys((total.count, total.base) for total in totals if total.count >= part >= 0 and total.count)
    return tuple(Measurement(Fraction(part, count), part, count, base) for count, base in wholes)


def _asked_first(totals: Sequence[Total], base: Base | None) -> list[Total]:
    return sorted(totals, key=lambda total: total.base is not base)


def _rate(attained: Attainment) -> Fraction | None:
    if attained.numerator is not None and attained.denominator:
        return Fraction(attained.numerator, attained.denominator)
    return attained.declared
