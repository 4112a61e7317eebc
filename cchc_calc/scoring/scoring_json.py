"""A scoring as JSON, with the fixed keys of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cchc_calc.findings import finding_json
from cchc_calc.rounding import exact_notation, format_percent, round_half_up

if TYPE_CHECKING:
    from cchc_calc.scoring.records import Group, Scoring, Standing, UnitScore


def scoring_json(scoring: Scoring) -> dict[str, Any]:
    """Return a scoring ready for ``json.dump``: points exact as text, shares with two decimals, and so the mean.

    What is not known (the points of a unit with a gap, the mean of none) is ``None``.
    """
    return {
        "scale": scoring.scale.id,
        "units": [_unit(unit) for unit in scoring.units],
        "groups": [_group(group) for group in scoring.groups],
        "mean": None if scoring.mean is None else str(round_half_up(scoring.mean, 2)),
        "best": list(scoring.best),
        "worst": list(scoring.worst),
        "findings": [finding_json(finding) for finding in scoring.findings],
    }


def _unit(unit: UnitScore) -> dict[str, Any]:
    return {
        "unit": unit.given.unit,
        **_standing(unit.standing),
        "maximum": exact_notation(unit.maximum),
        "lowest": _standing(unit.lowest),
        "highest": _standing(unit.highest),
    }


def _standing(standing: Standing) -> dict[str, Any]:
    points = standing.points
    return {
        "points": None if points is None else exact_notation(points),
        "class": standing.class_name,
        "rank": standing.rank,
    }


def _group(group: Group) -> dict[str, Any]:
    share = None if group.share is None else format_percent(group.share)
    return {"class": group.class_name, "count": group.count, "share": share}
