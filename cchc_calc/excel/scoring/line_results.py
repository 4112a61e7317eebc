"""What the cells of one unit store until a spreadsheet computes them: taken from the scoring, not computed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.excel.scoring.line_reading import (
    BETWEEN,
    INAPPLICABLE,
    LACKING,
    NOT_SCORED,
    REPEATED,
    UNNAMED,
    UNREADABLE,
    UNREADABLE_TOTAL,
    LineState,
)
from cchc_calc.excel.scoring.line_standing import AND, RANK, TO
from cchc_calc.excel.scoring.point_reading import as_number, read_result, rounded
from cchc_calc.excel.scoring.score_grid import Part
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT, NoPoints
from cchc_calc.scoring.tallies import is_by_criteria
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.excel.scoring.point_reading import Stored
    from cchc_calc.scoring.records import Standing, UnitScore
    from cchc_calc.scoring.scales import Scale


@dataclass(frozen=True, slots=True)
class LineResults:
    """The results of the line of a unit that has a name; ``same`` is how many lines the unit has."""

    scale: Scale
    score: UnitScore
    same: int

    @property
    def state(self) -> LineState:
        """Say how far the points are known."""
        if self.same > 1:
            return LineState.REPEATED
        if self.score.standing.points is not None:
            return LineState.WHOLE
        if UNDECIDED_TEXT in self.read:
            return LineState.UNREADABLE
        return LineState.LACKING if self.score.maximum else LineState.INAPPLICABLE

    @property
    def read(self) -> tuple[Stored, ...]:
        """Give what is read of each criterion, or of the total in the place of the first."""
        places = max(1, len(self.scale.criteria))
        if self.same > 1:
            return ("",) * places
        if self.is_total_alone:
            total = read_result(self.score.given.total, self.scale.highest)
            return (total, *(NOT_APPLICABLE_TEXT for _ in range(places - 1)))
        points = self.score.given.points
        return tuple(
            read_result(points.get(criterion.number, NoPoints.BLANK), criterion.maximum)
            for criterion in self.scale.criteria
        )

    @property
    def is_total_alone(self) -> bool:
        """Tell whether a total is typed that no criterion explains."""
        return has_typed_total(self.score, self.scale)

    def stored(self) -> Mapping[Part, Stored]:
        """Give the results of all parts that have one column."""
        score, state = self.score, self.state
        unknown = UNDECIDED_TEXT if state is LineState.UNREADABLE else ""
        more = score.one_more
        results: dict[Part, Stored] = {
            Part.SAME: self.same,
            Part.STATE: state.value,
            Part.TOTAL: unknown if score.raw is None else rounded(score.raw),
            Part.MAXIMUM: "" if self.same > 1 else as_number(score.maximum),
            Part.MISSING: self._listed(""),
            Part.UNREADABLE: self._listed(UNDECIDED_TEXT),
            Part.ONE_MORE: "" if more is None else f"{more.class_name}{AND}{RANK}{more.rank}",
            Part.BOUNDS: self._bounds(),
            Part.MESSAGE: self._message(),
        }
        results |= _standing(score.standing, (Part.POINTS, Part.CLASS, Part.RANK), unknown)
        results |= _standing(more, (Part.MORE_POINTS, Part.MORE_CLASS, Part.MORE_RANK))
        results |= _standing(score.lowest, (Part.LOW_POINTS, Part.LOW_CLASS, Part.LOW_RANK))
        results |= _standing(score.highest, (Part.HIGH_POINTS, Part.HIGH_CLASS, Part.HIGH_RANK))
        return results

    def _listed(self, content: str) -> str:
        if not self.scale.criteria:
            return ""
        numbers = (criterion.number for criterion in self.scale.criteria)
        listed = [name for name, read in zip(numbers, self.read, strict=True) if read == content]
        return "" if self.same > 1 else ", ".join(listed)

    def _bounds(self) -> str:
        low, high = self.score.lowest, self.score.highest
        if low.rank is None:
            return ""
        ranks = f"{RANK}{high.rank}" + ("" if low.rank == high.rank else f"{TO}{low.rank}")
        if self.state is LineState.WHOLE:
            return "" if low.rank == high.rank else ranks
        classes = f"{low.class_name}" + ("" if low.class_name == high.class_name else f"{TO}{high.class_name}")
        return f"{classes}{AND}{ranks}"

    def _message(self) -> str:
        state, missing, unreadable = self.state, self._listed(""), self._listed(UNDECIDED_TEXT)
        if state is LineState.REPEATED:
            return f"{REPEATED[0]}{self.same}{REPEATED[1]}"
        if state is LineState.INAPPLICABLE:
            return INAPPLICABLE
        if all(read == "" for read in self.read):
            return NOT_SCORED
        if self.is_total_alone:
            alone = {LineState.UNREADABLE: UNREADABLE_TOTAL, LineState.LACKING: NOT_SCORED}
            return alone.get(state, "")
        first = f"{UNREADABLE[0]}{unreadable}{UNREADABLE[1]}" if unreadable else ""
        return BETWEEN.join(filter(None, (first, f"{LACKING}{missing}" if missing else "")))


def has_typed_total(score: UnitScore, scale: Scale) -> bool:
    """Tell whether the total of a unit stands in its cell instead of a sum."""
    if not scale.criteria:
        return True
    return score.given.total is not NoPoints.BLANK and not is_by_criteria(score.given, scale)


def unnamed_message(score: UnitScore) -> str:
    """Say what is wrong with a line without a name."""
    given = score.given
    has_points = any(points is not NoPoints.BLANK for points in (*given.points.values(), given.total))
    return UNNAMED if has_points else ""


def _standing(standing: Standing | None, parts: tuple[Part, Part, Part], unknown: str = "") -> dict[Part, Stored]:
    if standing is None or standing.points is None:
        return dict.fromkeys(parts, unknown)
    return dict(zip(parts, (rounded(standing.points), standing.class_name or "", standing.rank or ""), strict=True))
