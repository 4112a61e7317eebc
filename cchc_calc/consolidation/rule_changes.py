"""The rules that units newly break or no longer break, row by row, counted over all units."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cchc_calc.consolidation.aggregates import Votes
from cchc_calc.consolidation.row_changes import RuleChange
from cchc_calc.findings import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Failing: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""The rules that fail in a report by row; an empty address is no row in particular."""


class RuleChanges:
    """Counts the units in which a rule newly fails, or is mended, for every row."""

    def __init__(self) -> None:
        """Begin with no unit."""
        self._failing: Votes[tuple[str, str]] = Votes()
        self._mended: Votes[tuple[str, str]] = Votes()

    def take(self, unit: str, before: Iterable[Failing], now: Failing) -> None:
        """Take the rules that failed in a unit before, in one report or several, and those that fail now."""
        old = {pair for failing in before for pair in _pairs(failing)}
        new = set(_pairs(now))
        for pair in new - old:
            self._failing.cast(pair, unit)
        for pair in old - new:
            self._mended.cast(pair, unit)

    def addresses(self) -> set[str]:
        """Name the rows in which anything changed."""
        return {address for votes in (self._failing, self._mended) for address, _ in votes.counts}

    def of_row(self, address: str) -> tuple[tuple[RuleChange, ...], tuple[RuleChange, ...]]:
        """Give the rules that newly fail in a row and those that are mended, the most frequent first."""
        return _changes(self._failing, address), _changes(self._mended, address)


def _pairs(failing: Failing) -> Iterable[tuple[str, str]]:
    return ((address, rule) for address, broken in failing.items() for rule in broken)


def _changes(votes: Votes[tuple[str, str]], address: str) -> tuple[RuleChange, ...]:
    known = rules()
    found = [
        RuleChange(rule, known[rule].title if rule in known else rule, count, units)
        for (of_row, rule), count, units in votes.others(None)
        if of_row == address
    ]
    return tuple(sorted(found, key=lambda change: (-change.count, change.rule)))
