"""Units ranked by a rate: exact, with ties, and those without a rate apart with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from cchc_calc.rounding import format_percent

if TYPE_CHECKING:
    from cchc_calc.states import Number


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit with its rate and its place; units with the same rate share a place (1, 1, 3)."""

    unit: str
    code: str
    numerator: Number
    denominator: Number
    rank: int

    @property
    def content(self) -> Fraction:
        """Return the exact rate."""
        return Fraction(self.numerator) / Fraction(self.denominator)

    @property
    def text(self) -> str:
        """Write the rate as the form shows it.

        >>> Ranked("Phường 1", "", 424, 425, 1).text
        '99,76%'
        """
        return format_percent(self.content)


@dataclass(frozen=True, slots=True)
class Unranked:
    """A unit without a rate, and why in Vietnamese: "Không phát sinh", "KXĐ", "để trống"."""

    unit: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units by one rate, the best first; those of one place in the order of the consolidation."""

    address: str
    label: str
    units: tuple[Ranked, ...]
    unranked: tuple[Unranked, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the ranking for the project's JSON."""
        return {
            "address": self.address,
            "units": [
                {
                    "unit": one.unit,
                    "code": one.code or None,
                    "value": str(one.content),
                    "text": one.text,
                    "numerator": str(one.numerator),
                    "denominator": str(one.denominator),
                    "rank": one.rank,
                }
                for one in self.units
            ],
            "unranked": [{"unit": one.unit, "code": one.code or None, "reason": one.reason} for one in self.unranked],
        }
