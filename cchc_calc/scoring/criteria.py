"""Criteria of a scale: the most points each may give, at which level it is scored, and what earns its points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.errors import ScaleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARKS: Final = frozenset({"V", "V-code", "M", "I"})
"""How certain a datum is: verified, seen in public source code, from memory, inferred."""

DOSSIER: Final = "dossier"
UNIT: Final = "unit"
LEVELS: Final = frozenset({DOSSIER, UNIT})
"""What is scored: every dossier, whose points are averaged, or the unit as a whole."""


@dataclass(frozen=True, slots=True)
class Band:
    """What earns so many points: ``condition`` in words and, where they can be told, the bounds of what is measured.

    A bound that is ``None`` is open. ``low`` and ``high`` are in the band when ``includes_low`` or ``includes_high``;
    a band without any bound is for a person to judge.
    """

    points: Fraction
    condition: str
    low: Fraction | None
    high: Fraction | None
    includes_low: bool
    includes_high: bool
    mark: str
    source: str

    @property
    def is_measured(self) -> bool:
        """Tell whether a number decides."""
        return self.low is not None or self.high is not None

    def holds(self, observed: Fraction) -> bool:
        """Tell whether what was measured is within the bounds."""
        above = self.low is None or observed > self.low or (self.includes_low and observed == self.low)
        below = self.high is None or observed < self.high or (self.includes_high and observed == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its ``number`` ("1" … "9"), ``name``, the most points, its ``group`` and its ``levels``.

    ``measure`` says in words what the bounds of its ``bands`` measure. ``threshold`` is the rate from which on all
    points are given, in proportion below it; ``None`` where no rate decides.
    """

    number: str
    name: str
    maximum: Fraction
    group: str
    levels: frozenset[str]
    threshold: Fraction | None
    measure: str
    bands: tuple[Band, ...]
    mark: str
    source: str


def read_criteria(items: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Read the criteria of a scale as its data file holds them. Raises ScaleError where they contradict each other."""
    criteria = tuple(_criterion(item) for item in items)
    if len({criterion.number for criterion in criteria}) < len(criteria):
        raise ScaleError("two criteria have the same number")
    return criteria


def checked_mark(item: Mapping[str, Any], what: str) -> str:
    """Return the mark of certainty of an entry, or raise ScaleError."""
    mark: str = item["mark"]
    if mark not in MARKS:
        raise ScaleError(f"{what}: no such mark of certainty: {mark!r}")
    return mark


def _criterion(item: Mapping[str, Any]) -> Criterion:
    what = f"criterion {item['number']}"
    maximum, levels = Fraction(item["maximum"]), frozenset(item["levels"])
    threshold = Fraction(item["threshold"]) if "threshold" in item else None
    if maximum <= 0:
        raise ScaleError(f"{what}: it gives no points")
    if not levels or not levels <= LEVELS:
        raise ScaleError(f"{what}: its levels are not among {', '.join(sorted(LEVELS))}")
    if threshold is not None and not 0 < threshold <= 1:
        raise ScaleError(f"{what}: the threshold {threshold} is no rate above 0")
    bands = tuple(_band(band, what) for band in item.get("band", ()))
    if any(not 0 <= band.points <= maximum for band in bands):
        raise ScaleError(f"{what}: a band gives more than {maximum} points, or fewer than 0")
    if any(_meet(one, other) for one, other in combinations(bands, 2)):
        raise ScaleError(f"{what}: two bands overlap")
    return Criterion(
        item["number"],
        item["name"],
        maximum,
        item["group"],
        levels,
        threshold,
        item.get("measure", ""),
        bands,
        checked_mark(item, what),
        item["source"],
    )


def _band(item: Mapping[str, Any], what: str) -> Band:
    low, includes_low = _bound(item, "from", "above", what)
    high, includes_high = _bound(item, "to", "below", what)
    if low is not None and high is not None and (low > high or (low == high and not (includes_low and includes_high))):
        raise ScaleError(f"{what}: nothing lies in the band {item['condition']!r}")
    mark = checked_mark(item, what)
    return Band(
        Fraction(item["points"]), item["condition"], low, high, includes_low, includes_high, mark, item["source"]
    )


def _bound(item: Mapping[str, Any], including: str, excluding: str, what: str) -> tuple[Fraction | None, bool]:
    if including in item and excluding in item:
        raise ScaleError(f"{what}: a band has both {including!r} and {excluding!r}")
    if including in item:
        return Fraction(item[including]), True
    return (Fraction(item[excluding]), False) if excluding in item else (None, False)


def _meet(one: Band, other: Band) -> bool:
    if not (one.is_measured and other.is_measured):
        return False
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Band, other: Band) -> bool:
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and not (one.includes_high and other.includes_low))
