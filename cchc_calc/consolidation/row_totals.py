"""What a consolidation says about one row of the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from cchc_calc.states import Content, Number, State, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Differing:
    """Units that report another value than most do; ``units`` names the first of ``count``, by their names."""

    value: Number
    count: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowTotal:
    """The total of one row.

    ``units_reported`` counts the units whose row says something, ``units_undecided`` those whose row cannot be used,
    ``units_expected`` those that have to fill it. ``low`` and ``high`` bound a rate while units are missing, and the
    number of a union that no sum gives; ``None`` is not known. ``mean_of_rates`` is set where it differs from the
    rate. ``distribution`` counts the units by code. ``parts`` are the numerator and the denominator of a rate that is
    decided, as they were added up.
    """

    address: str
    content: Content = State.BLANK
    text: str = ""
    units_reported: int = 0
    units_undecided: int = 0
    units_expected: int = 0
    low: Number | None = None
    high: Number | None = None
    differing: tuple[Differing, ...] = ()
    mean_of_rates: Fraction | None = None
    distribution: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    parts: tuple[Number, Number] | None = None

    @property
    def state(self) -> State:
        """Name the state of the total."""
        return state_of(self.content)
