"""Units ranked by a rate: exact, with ties, and those without a rate apart with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.consolidation.comparisons import comparisons_of
from cchc_calc.consolidation.rates import parts_of
from cchc_calc.expressions import Rate
from cchc_calc.rounding import format_percent
from cchc_calc.scoring.scales import ranks
from cchc_calc.states import STATE_TEXTS, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.states import Content, Number

_REASONS: Final = {**STATE_TEXTS, State.BLANK: "Chưa có số liệu"}


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
    """A unit without a rate, and why in Vietnamese: "Không phát sinh", "KXĐ", "Chưa có số liệu", "Chưa nộp"."""

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


class Ranker:
    """Ranks units by the headline rates of a form, taken one after the other in any order."""

    def __init__(self, form: Form) -> None:
        """Begin with no unit."""
        self._rates: dict[str, tuple[Row, Rate]] = {}
        for address in comparisons_of(form).headline:
            row = form.by_address[address]
            if isinstance(row.formula, Rate):
                self._rates[address] = (row, row.formula)
        self._parts: dict[str, dict[str, tuple[Number, Number] | str]] = {address: {} for address in self._rates}

    def take(self, key: str, contents: Mapping[str, Content]) -> None:
        """Take the rates of a unit, or the states in place of them."""
        for address, (_, rate) in self._rates.items():
            content = contents.get(address, State.BLANK)
            parts = _REASONS[content] if isinstance(content, State) else parts_of(rate, contents)
            self._parts[address][key] = parts

    def rankings(self, units: Mapping[str, tuple[str, str]], absent: Mapping[str, str]) -> tuple[Ranking, ...]:
        """Rank the ``units`` (name and code by key, in their order); ``absent`` says why others have not been taken."""
        return tuple(_ranking(row, self._parts[address], units, absent) for address, (row, _) in self._rates.items())


def _ranking(
    row: Row,
    parts: Mapping[str, tuple[Number, Number] | str],
    units: Mapping[str, tuple[str, str]],
    absent: Mapping[str, str],
) -> Ranking:
    valued, unranked = [], []
    for key, (name, code) in units.items():
        found = parts.get(key, absent.get(key, ""))
        if isinstance(found, str):
            unranked.append(Unranked(name, code, found))
        else:
            valued.append((name, code, *found))
    places = ranks([Fraction(numerator) / Fraction(denominator) for _, _, numerator, denominator in valued])
    ranked = [Ranked(*unit, place) for unit, place in zip(valued, places, strict=True) if place is not None]
    ranked.sort(key=lambda one: one.rank)
    return Ranking(row.address, row.label, tuple(ranked), tuple(unranked))
