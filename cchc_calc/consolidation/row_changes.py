"""What the total form says about a row now and in the period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cchc_calc.computation import exact_text
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that ``count`` units newly break in a row, or no longer do; ``units`` names the first of them."""

    rule: str
    title: str
    count: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of the total form that is not as it was in the period before, or in which units break other rules.

    ``difference`` is written with its sign: "+12", "-1,25 điểm %"; it is empty where one of the two is no number.
    Rules are compared unit by unit, for the units that reported both times. An empty address is no row.
    """

    address: str
    label: str
    old: Content = State.BLANK
    new: Content = State.BLANK
    old_text: str = ""
    new_text: str = ""
    difference: str = ""
    old_units: int = 0
    new_units: int = 0
    failing: tuple[RuleChange, ...] = ()
    mended: tuple[RuleChange, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the change for the project's JSON."""
        return {
            "address": self.address,
            "old": exact_text(self.old),
            "new": exact_text(self.new),
            "old_text": self.old_text,
            "new_text": self.new_text,
            "difference": self.difference,
            "old_units": self.old_units,
            "new_units": self.new_units,
            "failing": _rules(self.failing),
            "mended": _rules(self.mended),
        }


def _rules(changes: Iterable[RuleChange]) -> list[dict[str, Any]]:
    return [{"rule": change.rule, "count": change.count, "units": list(change.units)} for change in changes]
