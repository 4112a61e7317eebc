"""The figures of one line as they are read, and the result they give: counts go before a declared rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.evaluation import evaluate
from cchc_calc.excel.objectives.line_readings import count_reading, numerator_reading, rate_reading, trimmed
from cchc_calc.expressions import Rate, Reference
from cchc_calc.objectives.records import Basis
from cchc_calc.states import Content, State
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from cchc_calc.excel.objectives.typed_lines import RequirementLine

_RATIO: Final = Rate("ratio", ((Reference("part"), Reference("whole")),))


@dataclass(frozen=True, slots=True)
class LineCounts:
    """What was read of the figures of a line; "không phát sinh" among the counts is 0."""

    numerator: Content
    denominator: Content
    declared: Content
    is_count: bool

    @classmethod
    def of(cls, line: RequirementLine) -> LineCounts:
        """Read the cells; beside a "không phát sinh" an empty denominator is 0."""
        counts_alone = is_count(line.unit)
        numerator = numerator_reading(line.numerator, is_count=counts_alone)
        denominator = count_reading(line.denominator)
        if numerator is State.NOT_ARISING and denominator is State.BLANK:
            denominator = 0
        return cls(_operand(numerator), _operand(denominator), rate_reading(line.declared), counts_alone)

    def result(self) -> tuple[Content, Basis | None]:
        """Return what was reached: a rate, or a count where the target is one; with what it stands on.

        0 of 0 is "không phát sinh", a part above its whole or without it undecided.
        """
        part, whole = self.numerator, self.denominator
        if State.UNDECIDED in (part, whole):
            return State.UNDECIDED, None
        if part is whole is State.BLANK:
            return _based(State.UNDECIDED if self.is_count and self._has_declared else self.declared, Basis.DECLARED)
        if State.BLANK not in (part, whole):
            rate = evaluate(_RATIO, {"part": part, "whole": whole})
            return self._counted if self.is_count and not isinstance(rate, State) else _based(rate, Basis.COMPUTED)
        if self.is_count and part is not State.BLANK:
            return self._counted
        is_known = self._has_declared and not self.is_count
        return _based(self.declared if is_known else State.UNDECIDED, Basis.DECLARED)

    @property
    def _counted(self) -> tuple[Content, Basis | None]:
        """Return the numerator: cases are counted, points with decimals are only declared."""
        return _based(self.numerator, Basis.COMPUTED if isinstance(self.numerator, int) else Basis.DECLARED)

    @property
    def _has_declared(self) -> bool:
        return not isinstance(self.declared, State)


def is_count(unit: str) -> bool:
    """Tell whether a line counts something instead of dividing.

    >>> is_count("văn bản"), is_count("%"), is_count(" ")
    (True, False, False)
    """
    return trimmed(unit) not in {"", RATE}


def _operand(count: Content) -> Content:
    return 0 if count is State.NOT_ARISING else count


def _based(content: Content, basis: Basis) -> tuple[Content, Basis | None]:
    return content, None if isinstance(content, State) else basis
