"""What the missing units weigh: their denominators of the period before, as long as they have not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cchc_calc.consolidation.exact_sums import add_exactly
from cchc_calc.consolidation.rates import parts_of
from cchc_calc.expressions import Rate
from cchc_calc.states import Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cchc_calc.catalogue import Form, Row

Previous: TypeAlias = "Mapping[str, Sequence[Mapping[str, Content]]]"
"""What each unit reported in the period before, by its key; several where units were merged into one since."""


class Outstanding:
    """The denominators of the expected units that have not reported a rate, one rate after the other."""

    def __init__(self, form: Form, expected: Iterable[str], previous: Previous) -> None:
        """Weigh every expected unit by what it reported in the period before."""
        self._rates = {
            row.address: row.formula for row in form.rows if row.kind == "rate" and isinstance(row.formula, Rate)
        }
        # Most units may have no report of the period before; they share one record of that.
        nothing = self._weigh(())
        self._weights = {key: self._weigh(previous[key]) if key in previous else nothing for key in expected}
        self._unknown = dict.fromkeys(self._rates, 0)
        self._known: dict[str, Number] = dict.fromkeys(self._rates, 0)
        for weights in self._weights.values():
            for address, weight in weights.items():
                self._count(address, weight, 1)

    def reported(self, key: str, contents: Mapping[str, Content]) -> None:
        """Take a unit off the rates that it has reported now; each unit may do so once."""
        for address, weight in self._weights.pop(key, {}).items():
            if contents.get(address, State.BLANK) not in (State.BLANK, State.UNDECIDED):
                self._count(address, weight, -1)

    def denominator(self, row: Row) -> Number | None:
        """Give the denominators still out for a rate; ``None`` when that of one missing unit is not known."""
        return None if self._unknown[row.address] else self._known[row.address]

    def _count(self, address: str, weight: Number | None, sign: int) -> None:
        if weight is None:
            self._unknown[address] += sign
        else:
            self._known[address] = add_exactly(self._known[address], sign * weight)

    def _weigh(self, reports: Sequence[Mapping[str, Content]]) -> dict[str, Number | None]:
        return {address: _weight(address, rate, reports) for address, rate in self._rates.items()}


def _weight(address: str, rate: Rate, reports: Sequence[Mapping[str, Content]]) -> Number | None:
    total: Number = 0
    for contents in reports:
        if contents.get(address, State.BLANK) in (State.BLANK, State.UNDECIDED):
            return None
        total = add_exactly(total, parts_of(rate, contents)[1])
    return total if reports else None
