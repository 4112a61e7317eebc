"""Rates over units: recomputed from the parts of the units that reported both, never averaged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Self

from cchc_calc.consolidation.aggregates import Votes
from cchc_calc.consolidation.exact_sums import add_exactly, sum_of_fractions
from cchc_calc.evaluation import evaluate
from cchc_calc.indicators import RATES
from cchc_calc.states import Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.expressions import Rate

_MOST_DENOMINATORS: Final = 4096
"""The mean of rates is given up beyond so many different denominators, so that memory stays bounded."""


def parts_of(rate: Rate, contents: Mapping[str, Content]) -> tuple[Number, Number]:
    """Add up the parts of a rate over the pairs of which a unit reported both sides.

    >>> from cchc_calc.expressions import parse_formula
    >>> rate = parse_formula("on_time_rate([3.4.4.a2], [3.4.4.a1], [3.4.4.b2], [3.4.4.b1])")
    >>> parts_of(rate, {"3.4.4.a1": 4, "3.4.4.a2": 3, "3.4.4.b1": 5})
    (3, 4)
    """
    numerator: Number = 0
    denominator: Number = 0
    for part_node, whole_node in rate.pairs:
        part, whole = evaluate(part_node, contents), evaluate(whole_node, contents)
        if not isinstance(part, State) and not isinstance(whole, State):
            numerator, denominator = add_exactly(numerator, part), add_exactly(denominator, whole)
    return numerator, denominator


@dataclass(slots=True)
class MeanOfRates:
    """The mean of the units' rates, which is the usual mistake; kept to show how far off it is."""

    count: int = 0
    numerators: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    overflown: bool = False

    def take(self, rate: Fraction) -> None:
        """Take the rate of a unit."""
        self.count += 1
        self.numerators[rate.denominator] += rate.numerator
        self._bound()

    def merge(self, other: MeanOfRates) -> None:
        """Take over the rates another mean took."""
        self.count += other.count
        self.overflown = self.overflown or other.overflown
        for denominator, numerator in other.numerators.items():
            self.numerators[denominator] += numerator
        self._bound()

    def value(self) -> Fraction | None:
        """Give the mean; ``None`` without rates, or when there were too many different ones."""
        if self.overflown or not self.count:
            return None
        return sum_of_fractions([Fraction(part, whole) for whole, part in sorted(self.numerators.items())]) / self.count

    def _bound(self) -> None:
        if self.overflown or len(self.numerators) > _MOST_DENOMINATORS:
            self.overflown = True
            self.numerators.clear()


@dataclass(slots=True)
class RateTotal:
    """A rate of cases that add up."""

    rate: Rate
    count: int = 0
    numerator: Number = 0
    denominator: Number = 0
    mean: MeanOfRates = field(default_factory=MeanOfRates)

    def take(self, content: Content, submission: Submission) -> None:
        """Take the parts of a unit's rate; 0 of 0 is reported too."""
        self.count += 1
        numerator, denominator = parts_of(self.rate, submission.contents)
        self.numerator = add_exactly(self.numerator, numerator)
        self.denominator = add_exactly(self.denominator, denominator)
        if not isinstance(content, State):
            self.mean.take(Fraction(content))

    def merge(self, other: Self) -> None:
        """Take over the parts another total of the same rate took."""
        self.count += other.count
        self.numerator = add_exactly(self.numerator, other.numerator)
        self.denominator = add_exactly(self.denominator, other.denominator)
        self.mean.merge(other.mean)

    def content(self) -> Content:
        """Compute the rate of all units together; blank without units."""
        return _rate(self.rate, self.numerator, self.denominator) if self.count else State.BLANK

    def bounds(self, missing: Number | None) -> tuple[Fraction | None, Fraction | None]:
        """Give the least and the most the rate can be once the missing denominators are in, at 0 % and at 100 %."""
        if missing is None or not (self.denominator or missing):
            return None, None
        denominator = Fraction(add_exactly(self.denominator, missing))
        return Fraction(self.numerator) / denominator, Fraction(add_exactly(self.numerator, missing)) / denominator


@dataclass(slots=True)
class CommonRate:
    """A rate of counts that every unit reports alike: that of the pair of counts more than half of them report."""

    rate: Rate
    votes: Votes[tuple[Number, Number]] = field(default_factory=Votes)

    @property
    def count(self) -> int:
        """Count the units that reported the rate."""
        return self.votes.count

    def take(self, _content: Content, submission: Submission) -> None:
        """Count the unit for its pair of counts."""
        self.votes.cast(parts_of(self.rate, submission.contents), submission.unit)

    def merge(self, other: Self) -> None:
        """Count the other's units too."""
        self.votes.merge(other.votes)

    def content(self) -> Content:
        """Compute the rate; blank without units, undecided where no pair has more than half of them."""
        if not self.count:
            return State.BLANK
        common = self.votes.common()
        return State.UNDECIDED if common is None else _rate(self.rate, *common)

    def is_settled(self, expected: int) -> bool:
        """Tell whether no unit that is still missing can change the rate."""
        common = self.votes.common()
        return common is not None and 2 * self.votes.counts[common] > expected


def _rate(rate: Rate, numerator: Number, denominator: Number) -> Content:
    value = RATES[rate.name](numerator, denominator)
    return State.NOT_ARISING if value is None else value
