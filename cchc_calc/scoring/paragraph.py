"""The paragraph "I. Kết quả thực hiện" of a report on scoring, written from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.rounding import decimals_needed, format_number, format_percent
from cchc_calc.scoring.scales import class_of

if TYPE_CHECKING:
    from fractions import Fraction

    from cchc_calc.scoring.records import Group, Scoring
    from cchc_calc.scoring.scales import PointClass, Scale

HEADING: Final = "I. Kết quả thực hiện:"
NONE_SCORED: Final = "Chưa có đơn vị nào đủ điểm để xếp loại."


def write_paragraph(scoring: Scoring) -> tuple[str, ...]:
    """Write the lines below "I. Kết quả thực hiện": groups, best, worst, mean, and the units that are not scored yet.

    Numbers below 10 have two digits, as in official papers; points have two decimals, shares no more than they need.

    >>> from fractions import Fraction
    >>> from cchc_calc.scoring.records import UnitPoints
    >>> from cchc_calc.scoring.scored_units import score_units
    >>> totals = {"Phường 3": 16, "Phường 6": 16, "Phường 8": 13}
    >>> units = [UnitPoints(name, total=Fraction(total)) for name, total in totals.items()]
    >>> for line in write_paragraph(score_units(units))[:3]:
    ...     print(line)
    Nhóm đạt mức độ xuất sắc (từ 15 điểm trở lên): 02/03 đơn vị, chiếm tỷ lệ 66,67%.
    Nhóm đạt mức độ tốt (từ 12 đến dưới 15 điểm): 01/03 đơn vị, chiếm tỷ lệ 33,33%.
    Nhóm đạt mức độ khá (từ 09 đến dưới 12 điểm): Không.
    """
    return (*_results(scoring), *_without_points(scoring))


def bounds_text(point_class: PointClass, scale: Scale) -> str:
    """Write the bounds of a class so that every point is in one class alone.

    >>> from cchc_calc.scoring.scales import load_scale
    >>> [bounds_text(point_class, load_scale()) for point_class in load_scale().classes[1:5:3]]
    ['từ 12 đến dưới 15 điểm', 'dưới 06 điểm']
    """
    if point_class.high == scale.highest:
        return f"từ {bound_text(point_class.low)} điểm trở lên"
    if point_class.low == scale.lowest:
        return f"dưới {bound_text(point_class.high)} điểm"
    return f"từ {bound_text(point_class.low)} đến dưới {bound_text(point_class.high)} điểm"


def bound_text(points: Fraction) -> str:
    """Write a bound: two digits where it is whole, as few decimals as it needs up to two.

    >>> from fractions import Fraction
    >>> bound_text(Fraction(9)), bound_text(Fraction(17, 2))
    ('09', '8,5')
    """
    return f"{int(points):02}" if points.denominator == 1 else format_number(points, _decimals(points))


def share_text(share: Fraction) -> str:
    """Write a share as briefly as it is exact, else with two decimals.

    >>> from fractions import Fraction
    >>> share_text(Fraction(3, 4)), share_text(Fraction(1, 8)), share_text(Fraction(1, 3))
    ('75%', '12,5%', '33,33%')
    """
    return format_percent(share, _decimals(share * 100))


def _decimals(number: Fraction) -> int:
    needed = decimals_needed(number, 2)
    return 2 if needed is None else needed


def _results(scoring: Scoring) -> tuple[str, ...]:
    if scoring.mean is None:
        return (NONE_SCORED,)
    points = [unit.standing.points for unit in scoring.units if unit.standing.points is not None]
    return (
        *_groups(scoring),
        f"Đơn vị có điểm số cao nhất: {', '.join(scoring.best)} (đạt {format_number(max(points), 2)} điểm).",
        f"Đơn vị có điểm số thấp nhất: {', '.join(scoring.worst)} (đạt {format_number(min(points), 2)} điểm).",
        f"Điểm số bình quân: {format_number(scoring.mean, 2)} điểm, xếp loại {class_of(scoring.mean, scoring.scale)}.",
    )


def _groups(scoring: Scoring) -> list[str]:
    total = sum(group.count for group in scoring.groups)
    return [
        f"Nhóm đạt mức độ {group.class_name} ({bounds_text(point_class, scoring.scale)}): {_count(group, total)}"
        for group, point_class in zip(scoring.groups, scoring.scale.classes, strict=True)
    ]


def _count(group: Group, total: int) -> str:
    if not group.count or group.share is None:
        return "Không."
    return f"{group.count:02}/{total:02} đơn vị, chiếm tỷ lệ {share_text(group.share)}."


def _without_points(scoring: Scoring) -> tuple[str, ...]:
    names = [unit.given.unit for unit in scoring.units if unit.standing.points is None and unit.given.unit.strip()]
    if not names:
        return ()
    count = len(dict.fromkeys(names))
    listed = ", ".join(dict.fromkeys(names))
    return (f"Chưa đủ điểm để xếp loại, không tính vào các số trên: {count:02} đơn vị ({listed}).",)
