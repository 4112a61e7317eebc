"""Checks of the points of units: each fault named with its unit, its place and what to do."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import make_finding
from cchc_calc.scoring.notation import points_text
from cchc_calc.scoring.records import TOTAL, NoPoints
from cchc_calc.scoring.tallies import is_by_criteria, sound_points, tally_unit
from cchc_calc.unit_names import unit_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.findings import Finding
    from cchc_calc.scoring.records import UnitPoints
    from cchc_calc.scoring.scales import Scale

_HALF_A_HUNDREDTH: Final = Fraction(1, 200)


def refused_units(units: Sequence[UnitPoints], scale: Scale) -> frozenset[int]:
    """Give the places in the list of the units that take no part: no name, given twice, or an unknown criterion."""
    repeated = {place for places in _repeated(units) for place in places}
    faulty = {place for place, unit in enumerate(units) if not unit.unit.strip() or _unknown_criteria(unit, scale)}
    return frozenset(repeated | faulty)


def check_units(units: Sequence[UnitPoints], scale: Scale) -> Iterator[Finding]:
    """Yield what is wrong with the points of units, in their order, then the units given twice."""
    for unit in units:
        if unit.unit.strip():
            yield from _check_unit(unit, scale)
        else:
            yield _finding("unit_unnamed", unit, "dòng có điểm nhưng không có tên đơn vị.")
    for places in _repeated(units):
        yield _repetition([units[place] for place in places])


def _check_unit(unit: UnitPoints, scale: Scale) -> Iterator[Finding]:
    if unknown := _unknown_criteria(unit, scale):
        message = f"{_name(unit)}: thang điểm {scale.id} không có tiêu chí {', '.join(unknown)}."
        yield _finding("score_criterion_unknown", unit, message, unknown)
    if is_by_criteria(unit, scale):
        yield from _check_criteria(unit, scale)
        yield from _check_sum(unit, scale)
    else:
        yield from _check_total(unit, scale)
    yield from _check_evidence(unit)


def _check_criteria(unit: UnitPoints, scale: Scale) -> Iterator[Finding]:
    missing, inapplicable = [], []
    for criterion in scale.criteria:
        points, number = unit.points.get(criterion.number, NoPoints.BLANK), criterion.number
        if points is NoPoints.BLANK:
            missing.append(number)
        elif points is NoPoints.NOT_APPLICABLE:
            inapplicable.append(number)
        elif points is NoPoints.UNDECIDED:
            message = f"{_name(unit)}, tiêu chí {number}: chưa có điểm nào dùng được."
            yield _finding("score_unreadable", unit, message, (number,))
        elif sound_points(unit, criterion) is None:
            expected = f"từ 0 đến {points_text(criterion.maximum)}"
            shown = points_text(points)
            message = f"{_name(unit)}, tiêu chí {number}: {shown} điểm, trong khi chỉ được {expected}."
            yield _finding("score_out_of_range", unit, message, (number,), shown, expected)
    if missing:
        message = f"{_name(unit)}: chưa có điểm tiêu chí {', '.join(missing)}, nên chưa xếp loại, xếp hạng được."
        yield _finding("score_missing", unit, message, tuple(missing))
    if inapplicable:
        yield _finding("score_not_applicable", unit, _rescaling(unit, scale, inapplicable), tuple(inapplicable))


def _rescaling(unit: UnitPoints, scale: Scale, numbers: list[str]) -> str:
    maximum, listed = tally_unit(unit, scale).maximum, ", ".join(numbers)
    if not maximum:
        return f"{_name(unit)}: không tiêu chí nào áp dụng, nên không có điểm."
    most, highest = points_text(maximum), points_text(scale.highest)
    return f"{_name(unit)}: không áp dụng tiêu chí {listed}; điểm được quy đổi từ tối đa {most} sang tối đa {highest}."


def _check_sum(unit: UnitPoints, scale: Scale) -> Iterator[Finding]:
    """Hold a total against its criteria: it may be the sum, or the sum on the whole scale, rounded to two decimals."""
    total = unit.total
    if total is NoPoints.UNDECIDED:
        yield _unreadable_total(unit)
    if not isinstance(total, Fraction):
        return
    tally = tally_unit(unit, scale)
    bounds = [(tally.least * factor, tally.most * factor) for factor in (1, tally.factor)]
    if any(least - _HALF_A_HUNDREDTH <= total <= most + _HALF_A_HUNDREDTH for least, most in bounds):
        return
    least, most = bounds[0]
    expected = points_text(least) if least == most else f"từ {points_text(least)} đến {points_text(most)}"
    message = f"{_name(unit)}: tổng điểm ghi {points_text(total)}, các tiêu chí cộng lại {expected}."
    yield _finding("score_total_differs", unit, message, (), points_text(total), expected, TOTAL)


def _check_total(unit: UnitPoints, scale: Scale) -> Iterator[Finding]:
    total = unit.total
    if isinstance(total, NoPoints):
        if total is NoPoints.BLANK:
            message = f"{_name(unit)}: chưa có điểm nào, nên chưa xếp loại, xếp hạng được."
            yield _finding("score_missing", unit, message)
        else:
            yield _unreadable_total(unit)
    elif not scale.lowest <= total <= scale.highest:
        expected = f"từ {points_text(scale.lowest)} đến {points_text(scale.highest)}"
        message = f"{_name(unit)}: tổng điểm {points_text(total)}, trong khi thang điểm chỉ {expected}."
        yield _finding("score_total_outside", unit, message, (), points_text(total), expected, TOTAL)
    elif scale.criteria and unit.points:
        message = f"{_name(unit)}: có tổng điểm nhưng chưa có điểm từng tiêu chí; tổng điểm được dùng như đã ghi."
        yield _finding("score_detail_missing", unit, message)


def _unreadable_total(unit: UnitPoints) -> Finding:
    return _finding("score_unreadable", unit, f"{_name(unit)}: tổng điểm không phải là một con số.", place=TOTAL)


def _check_evidence(unit: UnitPoints) -> Iterator[Finding]:
    """Name the criteria with points whose column of evidence is empty; one column for all has an empty number."""
    scored = [number for number, points in unit.points.items() if isinstance(points, Fraction)]
    lacking = tuple(number for number in scored if number in unit.evidence and not unit.evidence[number].strip())
    if lacking:
        message = f"{_name(unit)}: có điểm tiêu chí {', '.join(lacking)} nhưng chưa ghi minh chứng."
        yield _finding("score_without_evidence", unit, message, lacking)
    elif scored and not unit.evidence.get("", "-").strip():
        yield _finding("score_without_evidence", unit, f"{_name(unit)}: có điểm nhưng chưa ghi minh chứng.")


def _repeated(units: Sequence[UnitPoints]) -> list[list[int]]:
    places: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        if unit.unit.strip():
            places.setdefault(unit_key(unit.unit), []).append(place)
    return [found for found in places.values() if len(found) > 1]


def _repetition(units: list[UnitPoints]) -> Finding:
    where = "; ".join(filter(None, (unit.where.get("", "") for unit in units)))
    at = f" ({where})" if where else ""
    message = f"{_name(units[0])} có {len(units)} dòng{at}: không dòng nào được tính điểm."
    return make_finding("unit_duplicated", message, where=where, found=units[0].unit)


def _unknown_criteria(unit: UnitPoints, scale: Scale) -> tuple[str, ...]:
    if not scale.criteria:
        return ()
    given = (number for number, points in unit.points.items() if points is not NoPoints.BLANK)
    return tuple(number for number in given if scale.criterion(number) is None)


def _name(unit: UnitPoints) -> str:
    return f"“{unit.unit.strip()}”"


def _finding(
    rule: str,
    unit: UnitPoints,
    message: str,
    rows: tuple[str, ...] = (),
    found: str = "",
    expected: str = "",
    place: str = "",
) -> Finding:
    where = next((unit.where[number] for number in (*rows, place, "") if number in unit.where), "")
    told = f"{where}: {message}" if where else message
    return make_finding(rule, told, rows=rows, where=where, found=found, expected=expected)
