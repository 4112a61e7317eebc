"""Points earned: from the band a measurement falls into, or in proportion to a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.errors import ScaleError
from cchc_calc.states import exact_fraction

if TYPE_CHECKING:
    from fractions import Fraction

    from cchc_calc.scoring.criteria import Criterion
    from cchc_calc.states import Number


def criterion_points(criterion: Criterion, observed: Number) -> Fraction:
    """Give the points of a criterion for what was measured: by its bands, or by its rate (a fraction of one).

    Raises ScaleError where the criterion is for a person to judge, and for what no band holds.

    >>> from fractions import Fraction
    >>> from cchc_calc.scoring.scales import load_scale
    >>> time, contacts = load_scale("tt01-2018").criteria[0], load_scale("tt01-2018").criteria[2]
    >>> criterion_points(time, Fraction(4, 5)), criterion_points(time, 1), criterion_points(contacts, 2)
    (Fraction(2, 1), Fraction(1, 1), Fraction(0, 1))
    """
    if criterion.threshold is not None:
        return rate_points(observed, criterion.maximum, criterion.threshold)
    exact = _exact(observed)
    measured = [band for band in criterion.bands if band.is_measured]
    if not measured:
        raise ScaleError(f"tiêu chí {criterion.number} không có mức điểm theo số đo: người chấm tự xác định")
    for band in measured:
        if band.holds(exact):
            return band.points
    raise ScaleError(f"tiêu chí {criterion.number}: không có mức điểm nào cho {criterion.measure} là {exact}")


def rate_points(rate: Number, maximum: Number, threshold: Number = 1) -> Fraction:
    """Give points in proportion to a rate: ``maximum`` from the threshold on, ``rate`` x ``maximum`` / it below.

    A rate is a fraction of one, from 0 to 1; any other raises ScaleError, as does a threshold of 0 or above 1.

    >>> from fractions import Fraction
    >>> rate_points(Fraction(2, 5), 6, Fraction(1, 2)), rate_points(Fraction(3, 5), 6, Fraction(1, 2))
    (Fraction(24, 5), Fraction(6, 1))
    """
    exact, full, most = _exact(rate), _exact(threshold), _exact(maximum)
    if not 0 <= exact <= 1:
        raise ScaleError(f"tỷ lệ ({exact}) phải từ 0 đến 1")
    if not 0 < full <= 1:
        raise ScaleError(f"ngưỡng đủ điểm ({full}) phải lớn hơn 0 và không quá 1")
    return most * min(exact, full) / full


def _exact(number: Number) -> Fraction:
    fraction = exact_fraction(number)
    if fraction is None:
        raise ScaleError(f"{number!r} không phải là một con số chính xác")
    return fraction
