"""Units scored: points, class and rank of each, the groups, the best and the worst."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import by_severity
from cchc_calc.scoring.records import Group, Scoring, Standing, UnitScore
from cchc_calc.scoring.scales import class_of, load_scale
from cchc_calc.scoring.tallies import tally_unit
from cchc_calc.scoring.unit_checks import check_units, refused_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cchc_calc.findings import Finding
    from cchc_calc.scoring.recognition import ScoreTable
    from cchc_calc.scoring.records import UnitPoints
    from cchc_calc.scoring.scales import Scale
    from cchc_calc.scoring.tallies import Tally

NOWHERE: Final = Standing(None, None, None)
"""Where a unit stands of which nothing is known."""
_ONE: Final = Fraction(1)


def score_units(
    units: Sequence[UnitPoints],
    scale: Scale | None = None,
    *,
    office: str = "",
    year: str = "",
    findings: Iterable[Finding] = (),
) -> Scoring:
    """Score units: points exact, classes, ranks with ties (1, 1, 3) whatever the order, groups, mean, best and worst.

    Without a scale the default one is taken. Nothing is guessed: a unit with a missing, unreadable or impossible
    score has no points, only bounds; rows without a name, given twice or with an unknown criterion take no part.
    Ranks are among the units that have points; the bounds of a rank allow for those that may yet have. ``findings``
    are those of the reader, which are not told twice.

    >>> from cchc_calc.scoring.records import UnitPoints
    >>> scoring = score_units([UnitPoints("Phường 3", total=Fraction(16)), UnitPoints("Phường 8", total=Fraction(13))])
    >>> [(unit.standing.class_name, unit.standing.rank) for unit in scoring.units]
    [('xuất sắc', 1), ('tốt', 2)]
    """
    chosen = load_scale() if scale is None else scale
    refused = refused_units(units, chosen)
    tallies = [None if place in refused else tally_unit(unit, chosen) for place, unit in enumerate(units)]
    ranking = _Ranking.of([tally for tally in tallies if tally is not None], chosen)
    scores = tuple(
        _refused_score(unit, chosen) if tally is None else ranking.score(unit, tally)
        for unit, tally in zip(units, tallies, strict=True)
    )
    points = [score.standing.points for score in scores if score.standing.points is not None]
    told = tuple(findings)
    known = {(finding.rule, finding.where) for finding in told}
    own = (finding for finding in check_units(units, chosen) if (finding.rule, finding.where) not in known)
    return Scoring(
        chosen,
        scores,
        _groups(scores, chosen),
        sum(points, start=Fraction(0)) / len(points) if points else None,
        _names(scores, max(points, default=None)),
        _names(scores, min(points, default=None)),
        by_severity((*told, *own)),
        office,
        year,
    )


def score_table(table: ScoreTable) -> Scoring:
    """Score the units of a table as it was read, on the scale it was read by."""
    scoring = score_units(table.units, table.scale, office=table.office, year=table.year, findings=table.findings)
    return replace(scoring, note=table.note)


@dataclass(frozen=True, slots=True)
class _Ranking:
    """All units that take part, sorted by what they have, have at least and have at most, on the whole scale."""

    scale: Scale
    points: tuple[Fraction, ...]
    least: tuple[Fraction, ...]
    most: tuple[Fraction, ...]

    @classmethod
    def of(cls, tallies: Sequence[Tally], scale: Scale) -> _Ranking:
        applying = [tally for tally in tallies if tally.factor]
        return cls(
            scale,
            tuple(sorted(tally.least * tally.factor for tally in applying if tally.is_whole)),
            tuple(sorted(tally.least * tally.factor for tally in applying)),
            tuple(sorted(tally.most * tally.factor for tally in applying)),
        )

    def score(self, unit: UnitPoints, tally: Tally) -> UnitScore:
        if not tally.factor:
            return UnitScore(unit, None, tally.maximum, NOWHERE, NOWHERE, NOWHERE, None)
        least, most = tally.least * tally.factor, tally.most * tally.factor
        # A unit is never above itself, though its best may be above its own worst.
        worst_rank = 1 + _above(self.most, least) - (most > least)
        lowest = Standing(least, class_of(least, self.scale), worst_rank)
        highest = Standing(most, class_of(most, self.scale), 1 + _above(self.least, most))
        if not tally.is_whole:
            return UnitScore(unit, None, tally.maximum, NOWHERE, lowest, highest, None)
        standing = self._standing(least)
        more = min(tally.least + _ONE, tally.maximum) * tally.factor
        one_more = self._standing(more) if more > least else None
        return UnitScore(unit, tally.least, tally.maximum, standing, lowest, highest, one_more)

    def _standing(self, points: Fraction) -> Standing:
        return Standing(points, class_of(points, self.scale), 1 + _above(self.points, points))


def _above(ordered: Sequence[Fraction], points: Fraction) -> int:
    return len(ordered) - bisect_right(ordered, points)


def _refused_score(unit: UnitPoints, scale: Scale) -> UnitScore:
    return UnitScore(unit, None, scale.highest, NOWHERE, NOWHERE, NOWHERE, None)


def _groups(scores: Iterable[UnitScore], scale: Scale) -> tuple[Group, ...]:
    counts = Counter(score.standing.class_name for score in scores if score.standing.class_name is not None)
    total = counts.total()
    return tuple(
        Group(scored.name, counts[scored.name], Fraction(counts[scored.name], total) if total else None)
        for scored in scale.classes
    )


def _names(scores: Iterable[UnitScore], points: Fraction | None) -> tuple[str, ...]:
    """Name the units that have so many points."""
    return tuple(score.given.unit for score in scores if points is not None and score.standing.points == points)
