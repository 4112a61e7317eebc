"""A scoring as it goes onto the sheets: which line each unit has, what is typed there, and its dossiers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cchc_calc.errors import ScaleError
from cchc_calc.excel.scoring.dossier_grid import MOST_DOSSIERS
from cchc_calc.excel.scoring.dossier_lines import DossierResults
from cchc_calc.excel.scoring.line_results import LineResults, has_typed_total
from cchc_calc.excel.scoring.score_grid import MOST_UNITS
from cchc_calc.excel.scoring.unit_keys import key_of
from cchc_calc.scoring.averages import UnitDossier, average_dossiers
from cchc_calc.scoring.records import NoPoints, Scoring
from cchc_calc.scoring.scored_units import score_units
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.scoring.records import Points, UnitPoints, UnitScore
    from cchc_calc.scoring.scales import Scale


@dataclass(frozen=True)
class WrittenScores:
    """The units of a scoring in the order of their lines; ``note`` is said on every sheet."""

    scoring: Scoring
    note: str = ""

    @classmethod
    def of(cls, scoring: Scoring | None, scale: Scale | None, note: str) -> WrittenScores:
        """Take a scoring, or none for an empty workbook. Raises ``ScaleError`` where a unit has no line."""
        if scoring is None:
            return cls(score_units((), scale), note)
        if len(scoring.units) > MOST_UNITS:
            raise ScaleError(f"bảng có {len(scoring.units)} đơn vị, trang chấm điểm chỉ có {MOST_UNITS} dòng")
        return cls(_on_sheet(scoring), note)

    @property
    def scale(self) -> Scale:
        """Return the scale of the points."""
        return self.scoring.scale

    @property
    def units(self) -> tuple[UnitScore, ...]:
        """Return the units."""
        return self.scoring.units

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the units, as they are written."""
        return tuple(clean(score.given.unit) for score in self.units)

    @cached_property
    def _lines_of_key(self) -> Counter[str]:
        return Counter(filter(None, map(key_of, self.names)))

    @property
    def has_typed_total(self) -> bool:
        """Tell whether the total of some unit is typed."""
        return any(has_typed_total(score, self.scale) for score in self.units) or not self.scale.criteria

    def results(self, place: int) -> LineResults | None:
        """Return the results of a line, the first counted 0; ``None`` for a line without a unit."""
        if place >= len(self.units) or not self.names[place]:
            return None
        return LineResults(self.scale, self.units[place], self._lines_of_key[key_of(self.names[place])])

    def typed(self, place: int, number: str) -> Points:
        """Return what is typed for a criterion: nothing where the dossiers give the points."""
        unit = self.units[place].given
        points = unit.points.get(number, NoPoints.BLANK)
        average = self._averages.get(key_of(self.names[place]))
        return NoPoints.BLANK if average is not None and average.points.get(number) == points else points

    @cached_property
    def dossiers(self) -> tuple[UnitDossier, ...]:
        """Return the dossiers that are listed; none where there is no room for all of them."""
        owners: dict[str, UnitPoints] = {}
        for name, score in zip(self.names, self.units, strict=True):
            if name:
                owners.setdefault(key_of(name), score.given)
        listed = tuple(
            UnitDossier(clean(owner.unit), dossier, {}) for owner in owners.values() for dossier in owner.averaged
        )
        return listed if len(listed) <= MOST_DOSSIERS else ()

    @cached_property
    def dossier_places(self) -> tuple[int, ...]:
        """Return the place of the first line of each dossier's unit, counted from 0."""
        keys = [key_of(name) for name in self.names]
        return tuple(keys.index(key_of(row.unit)) for row in self.dossiers)

    @cached_property
    def repeated_codes(self) -> frozenset[str]:
        """Return the codes that several dossiers have."""
        codes = Counter(row.dossier.code for row in self.dossiers if row.dossier.code)
        return frozenset(code for code, count in codes.items() if count > 1)

    def dossier_results(self, grid: DossierGrid) -> tuple[DossierResults, ...]:
        """Return the results of the lines of the dossiers."""
        scored = frozenset(
            number
            for row in self.dossiers
            for number, points in row.dossier.points.items()
            if points is not NoPoints.BLANK
        )
        return tuple(
            DossierResults(grid, row.dossier, row.dossier.code in self.repeated_codes, scored) for row in self.dossiers
        )

    @cached_property
    def _averages(self) -> dict[str, UnitPoints]:
        averages, _ = average_dossiers(self.dossiers, self.scale)
        return {key_of(clean(average.unit)): average for average in averages}


def _on_sheet(scoring: Scoring) -> Scoring:
    """Clean the names, and leave the points of a unit with a criterion that has no column here undecided."""
    numbers = [criterion.number for criterion in scoring.scale.criteria]
    units = [_fitted(score.given, numbers) for score in scoring.units]
    if units == [score.given for score in scoring.units]:
        return scoring
    again = score_units(units, scoring.scale, office=scoring.office, year=scoring.year)
    return replace(again, findings=scoring.findings)


def _fitted(unit: UnitPoints, numbers: list[str]) -> UnitPoints:
    unknown = [name for name, points in unit.points.items() if points is not NoPoints.BLANK and name not in numbers]
    points = dict.fromkeys(numbers, NoPoints.UNDECIDED) if numbers and unknown else unit.points
    return replace(unit, unit=clean(unit.unit), points=points)
