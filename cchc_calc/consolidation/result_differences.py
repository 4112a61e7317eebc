"""What changed between two consolidations: units come, gone and changed by their seals, and the totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cchc_calc.consolidation.rule_changes import RuleChanges
from cchc_calc.consolidation.total_changes import total_changes
from cchc_calc.consolidation.unit_names import natural_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.consolidation.row_changes import RowChange
    from cchc_calc.consolidation.stored_results import StoredResult


@dataclass(frozen=True, slots=True)
class ResultDifference:
    """The units that are in one consolidation only, or with other values in each, and the rows that differ."""

    come: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    rows: tuple[RowChange, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the difference for the project's JSON."""
        units = {"come": list(self.come), "gone": list(self.gone), "changed": list(self.changed)}
        return {"units": units, "rows": [row.to_json() for row in self.rows]}


def result_difference(old: StoredResult, new: StoredResult) -> ResultDifference:
    """Compare two consolidations; units are the same by their codes, or their names where they have none."""
    was, now = old.units, new.units
    return ResultDifference(
        _names(now[key][0] for key in now.keys() - was.keys()),
        _names(was[key][0] for key in was.keys() - now.keys()),
        _names(now[key][0] for key in now.keys() & was.keys() if now[key][1] != was[key][1]),
        total_changes((old.form, old.rows), (new.form, new.rows), RuleChanges()),
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (natural_order(name), name)))
