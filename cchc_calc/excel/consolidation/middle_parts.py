"""The middle numerator and denominator of the units that have a rate of common counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from cchc_calc.consolidation.rates import parts_of
from cchc_calc.excel.consolidation.total_formulas import is_common_rate
from cchc_calc.expressions import Rate
from cchc_calc.states import Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cchc_calc.catalogue import Form


@dataclass(frozen=True, slots=True)
class MiddleParts:
    """The parts of a rate of the units that have one, each in order of size a list of its own."""

    numerators: list[Number] = field(default_factory=list)
    denominators: list[Number] = field(default_factory=list)

    def values(self) -> tuple[float, float]:
        """Return the middle of both; 0 without any.

        >>> MiddleParts([1, 2, 2], [4, 4, 5]).values(), MiddleParts().values()
        ((2.0, 4.0), (0.0, 0.0))
        """
        return _middle(self.numerators), _middle(self.denominators)


def middle_parts(form: Form, units: Iterable[Mapping[str, Content]]) -> dict[str, MiddleParts]:
    """Gather the parts of each rate of common counts over the contents of units."""
    rates = {row.address: row.formula for row in form.rows if is_common_rate(form, row)}
    found = {address: MiddleParts() for address in rates}
    for contents in units:
        for address, rate in rates.items():
            if isinstance(rate, Rate) and not isinstance(contents.get(address, State.BLANK), State):
                numerator, denominator = parts_of(rate, contents)
                found[address].numerators.append(numerator)
                found[address].denominators.append(denominator)
    return found


def _middle(numbers: list[Number]) -> float:
    return float(median(map(float, numbers))) if numbers else 0.0
