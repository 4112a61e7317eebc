"""What the points of one unit add up to, whole and with the gaps that are left."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.scoring.records import NoPoints

if TYPE_CHECKING:
    from cchc_calc.scoring.criteria import Criterion
    from cchc_calc.scoring.records import UnitPoints
    from cchc_calc.scoring.scales import Scale


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of a unit's points, at ``least`` and at ``most``, of the ``maximum`` that it could have.

    ``factor`` takes a sum to the whole scale. ``least`` and ``most`` differ while points are missing, unreadable or
    outside their criterion; ``factor`` is 0 where no criterion applies.
    """

    least: Fraction
    most: Fraction
    maximum: Fraction
    factor: Fraction

    @property
    def is_whole(self) -> bool:
        """Tell whether the sum is known."""
        return self.least == self.most and self.maximum > 0


def is_by_criteria(unit: UnitPoints, scale: Scale) -> bool:
    """Tell whether a unit has something in a criterion; else its total alone counts, as on a scale without criteria."""
    return bool(scale.criteria) and any(given is not NoPoints.BLANK for given in unit.points.values())


def tally_unit(unit: UnitPoints, scale: Scale) -> Tally:
    """Add the points of a unit up, by criterion or, where the source gives the sum alone, as that sum.

    >>> from cchc_calc.scoring.records import UnitPoints
    >>> from cchc_calc.scoring.scales import load_scale
    >>> points = {"1": Fraction(2), "2": Fraction(3, 2), "3": NoPoints.NOT_APPLICABLE}
    >>> tally = tally_unit(UnitPoints("Phường 3", points), load_scale())
    >>> str(tally.least), str(tally.most), str(tally.maximum), str(tally.factor)
    ('7/2', '31/2', '16', '9/8')
    """
    if not is_by_criteria(unit, scale):
        return _total_alone(unit, scale)
    applying = [
        criterion
        for criterion in scale.criteria
        if unit.points.get(criterion.number, NoPoints.BLANK) is not NoPoints.NOT_APPLICABLE
    ]
    bounds = [(criterion.maximum, sound_points(unit, criterion)) for criterion in applying]
    least = sum((points for _, points in bounds if points is not None), start=Fraction(0))
    most = sum((maximum for maximum, points in bounds if points is None), start=least)
    whole = sum((maximum for maximum, _ in bounds), start=Fraction(0))
    return Tally(least, most, whole, scale.highest / whole if whole else Fraction(0))


def sound_points(unit: UnitPoints, criterion: Criterion) -> Fraction | None:
    """Return the points of a unit in a criterion, or ``None`` where there are none from 0 to its maximum."""
    points = unit.points.get(criterion.number, NoPoints.BLANK)
    return points if isinstance(points, Fraction) and 0 <= points <= criterion.maximum else None


def _total_alone(unit: UnitPoints, scale: Scale) -> Tally:
    total = unit.total
    if isinstance(total, Fraction) and scale.lowest <= total <= scale.highest:
        return Tally(total, total, scale.highest, Fraction(1))
    return Tally(scale.lowest, scale.highest, scale.highest, Fraction(1))
