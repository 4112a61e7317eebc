"""The ways a row adds up over units; each takes one unit after the other and forgets it."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from cchc_calc.consolidation.exact_sums import add_exactly
from cchc_calc.states import Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.consolidation.submissions import Submission

NAMED: Final = 20
"""So many of the units that differ are named; the others are counted."""

_YES: Final = 1

Value = TypeVar("Value")


@dataclass(slots=True)
class ReportedCount:
    """A row without a total of its own, such as one that follows from other totals: only how many reported it."""

    count: int = 0

    def take(self, _content: Content, _submission: Submission) -> None:
        """Count the unit."""
        self.count += 1

    def merge(self, other: Self) -> None:
        """Count the other's units too."""
        self.count += other.count


@dataclass(slots=True)
class Addition:
    """A row whose numbers add up; "không phát sinh" is nothing to add."""

    count: int = 0
    total: Number = 0

    def take(self, content: Content, _submission: Submission) -> None:
        """Add what a unit reports."""
        self.count += 1
        if not isinstance(content, State):
            self.total = add_exactly(self.total, content)

    def merge(self, other: Self) -> None:
        """Add the other's total."""
        self.count += other.count
        self.total = add_exactly(self.total, other.total)


@dataclass(slots=True)
class Votes(Generic[Value]):
    """Which values units report for what they all ought to report alike, how many do so, and the first of them."""

    counts: Counter[Value] = field(default_factory=Counter)
    names: dict[Value, list[str]] = field(default_factory=dict)

    def cast(self, value: Value, unit: str) -> None:
        """Count a unit for a value."""
        self.counts[value] += 1
        self._name(value, unit)

    def merge(self, other: Votes[Value]) -> None:
        """Count the other's votes too."""
        self.counts.update(other.counts)
        for value, names in other.names.items():
            for name in names:
                self._name(value, name)

    @property
    def count(self) -> int:
        """Count the units."""
        return self.counts.total()

    def common(self) -> Value | None:
        """Give the value that more than half of the units report, or ``None``."""
        value, votes = max(self.counts.items(), key=lambda item: item[1], default=(None, 0))
        return value if 2 * votes > self.count else None

    def others(self, common: Value | None) -> Iterator[tuple[Value, int, tuple[str, ...]]]:
        """Yield the other values with how many units report them and the first of these by name."""
        for value, votes in self.counts.items():
            if value != common:
                yield value, votes, tuple(self.names[value])

    def _name(self, value: Value, unit: str) -> None:
        names = self.names.setdefault(value, [])
        if len(names) == NAMED and unit >= names[-1]:
            return
        insort(names, unit)
        del names[NAMED:]


@dataclass(slots=True)
class CommonValue:
    """A row that every unit reports alike, such as the procedures of a catalogue; it is never added up."""

    votes: Votes[Number] = field(default_factory=Votes)

    @property
    def count(self) -> int:
        """Count the units that reported the row."""
        return self.votes.count

    def take(self, content: Content, submission: Submission) -> None:
        """Count the unit for its value."""
        self.votes.cast(0 if isinstance(content, State) else content, submission.unit)

    def merge(self, other: Self) -> None:
        """Count the other's units too."""
        self.votes.merge(other.votes)

    def content(self) -> Content:
        """Give the value most units report; blank without units, undecided where no value has more than half."""
        if not self.count:
            return State.BLANK
        common = self.votes.common()
        return State.UNDECIDED if common is None else common


@dataclass(slots=True)
class Union:
    """A row of which the same things may be counted by several units: no sum is its total, only bounds are known."""

    count: int = 0
    largest: Number = 0
    total: Number = 0

    def take(self, content: Content, _submission: Submission) -> None:
        """Take the number of a unit into the bounds."""
        self.count += 1
        if not isinstance(content, State):
            self.largest = max(self.largest, content)
            self.total = add_exactly(self.total, content)

    def merge(self, other: Self) -> None:
        """Take the other's units into the bounds."""
        self.count += other.count
        self.largest = max(self.largest, other.largest)
        self.total = add_exactly(self.total, other.total)


@dataclass(slots=True)
class YesCount:
    """A flag: how many units say yes."""

    count: int = 0
    yes: int = 0

    def take(self, content: Content, _submission: Submission) -> None:
        """Count the unit, and its yes."""
        self.count += 1
        self.yes += content == _YES

    def merge(self, other: Self) -> None:
        """Count the other's units too."""
        self.count += other.count
        self.yes += other.yes


@dataclass(slots=True)
class Distribution:
    """A choice: how many units chose what."""

    count: int = 0
    codes: Counter[int] = field(default_factory=Counter)

    def take(self, content: Content, _submission: Submission) -> None:
        """Count the unit for its choice."""
        self.count += 1
        if not isinstance(content, State):
            self.codes[int(content)] += 1

    def merge(self, other: Self) -> None:
        """Count the other's units too."""
        self.count += other.count
        self.codes.update(other.codes)
