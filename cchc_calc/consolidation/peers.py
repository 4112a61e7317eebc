"""Figures held against those of the other units: which lie so far out that somebody should look."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from cchc_calc.computation import show
from cchc_calc.consolidation.comparisons import PeerSpread, comparisons_of
from cchc_calc.findings import make_finding
from cchc_calc.states import Number, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.findings import Finding
    from cchc_calc.states import Content

_KEPT: Final = 20
"""So many of the largest and of the smallest figures are kept with the names of their units."""

Ordered = TypeVar("Ordered", int, Fraction)


@dataclass(slots=True)
class Spread:
    """How the figures of a row are spread over units: counted by their two leading digits, the extremes by name.

    Memory does not grow with the number of units, and their order changes nothing. A figure below 1 has no place here.

    >>> spread = Spread()
    >>> for number, figure in enumerate([90, 100, 110, 120, 120, 130, 150, 160, 54000]):
    ...     spread.take(figure, f"Phường {number}")
    >>> spread.median(), spread.outside(PeerSpread(units=8, power=5, factor=10, least=100))
    (120, [(54000, 'Phường 8')])
    """

    counts: Counter[int] = field(default_factory=Counter)
    extremes: tuple[list[tuple[Number, str]], list[tuple[Number, str]]] = field(default_factory=lambda: ([], []))

    def take(self, figure: Number, unit: str) -> None:
        """Take the figure of a unit."""
        whole = int(figure)
        if whole >= 1:
            self.counts[_leading(whole)] += 1
            largest, smallest = self.extremes
            _keep(largest, (-figure, unit))
            _keep(smallest, (figure, unit))

    def median(self) -> int:
        """Give the figure in the middle, by its two leading digits; of two in the middle the lower."""
        return _middle(sorted(self.counts.items()))

    def outside(self, limits: PeerSpread) -> list[tuple[Number, str]]:
        """List the figures that lie too far from the median, the largest first; too few units give none."""
        if self.counts.total() < limits.units:
            return []
        median = self.median()
        spread = _middle(sorted((_ratio(figure, median), count) for figure, count in self.counts.items()))
        limit = max(spread**limits.power, Fraction(limits.factor))
        largest, smallest = self.extremes
        known = [*((-figure, unit) for figure, unit in largest), *reversed(smallest)]
        return [
            (figure, unit)
            for figure, unit in dict.fromkeys(known)
            if max(figure, median) >= limits.least and _ratio(figure, median) >= limit
        ]


class PeerChecks:
    """The spreads of all rows that units fill and that add up over them."""

    def __init__(self, form: Form, level: str) -> None:
        """Begin with no unit of a level."""
        self._limits = comparisons_of(form).peers
        rows = (row for row in form.rows if row.is_added_up and level in row.levels)
        self._spreads: dict[str, tuple[Row, Spread]] = {row.address: (row, Spread()) for row in rows}

    def take(self, unit: str, contents: Mapping[str, Content]) -> None:
        """Take the figures of a unit."""
        for address, content in contents.items():
            if address in self._spreads and not isinstance(content, State):
                self._spreads[address][1].take(content, unit)

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for every row in which a figure lies too far from those of the others."""
        for row, spread in self._spreads.values():
            if outside := spread.outside(self._limits):
                yield _finding(row, spread, outside)


def _finding(row: Row, spread: Spread, outside: Sequence[tuple[Number, str]]) -> Finding:
    told = "; ".join(f"“{unit}” ghi {show(row, figure)}" for figure, unit in outside)
    middle = show(row, spread.median())
    message = (
        f"chỉ tiêu {row.address}: {told}, trong khi mức giữa của {spread.counts.total()} đơn vị có phát sinh là "
        f"khoảng {middle}."
    )
    return make_finding("figure_unlike_peers", message, rows=(row.address,), found=told, expected=f"khoảng {middle}")


def _leading(whole: int) -> int:
    """Keep the two leading digits: 4785 -> 4700."""
    digits = str(whole)
    return int(digits[:2].ljust(len(digits), "0"))


def _keep(extremes: list[tuple[Number, str]], one: tuple[Number, str]) -> None:
    if len(extremes) < _KEPT or one < extremes[-1]:
        insort(extremes, one)
        del extremes[_KEPT:]


def _middle(counted: Sequence[tuple[Ordered, int]]) -> Ordered:
    """Give the value in the middle of ascending values with how often each stands."""
    half, reached = (sum(count for _, count in counted) + 1) // 2, 0
    for value, count in counted:
        reached += count
        if reached >= half:
            return value
    raise ValueError("nothing has no middle")


def _ratio(one: Number, other: Number) -> Fraction:
    less, more = sorted((Fraction(one), Fraction(other)))
    return more / less
