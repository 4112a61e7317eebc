"""What is compared between units and periods: rows and thresholds, kept as data for each form."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from cchc_calc.errors import FormError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.catalogue import Form


@dataclass(frozen=True, slots=True)
class Carried:
    """A row whose figure is that of the period before and the flow of this one."""

    stock: str
    flow: str


@dataclass(frozen=True, slots=True)
class OwnPast:
    """How much a figure may differ from the unit's own of the period before, before somebody should look."""

    factor: int
    factor_of_cumulative: int
    least: int


@dataclass(frozen=True, slots=True)
class PeerSpread:
    """How far a figure may lie from the median of ``units`` or more; see the data file for the measure."""

    units: int
    power: int
    factor: int
    least: int


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The comparisons of an edition: rows by their addresses, and the thresholds."""

    headline: tuple[str, ...]
    cumulative_in_year: frozenset[str]
    cumulative: frozenset[str]
    plans: tuple[str, ...]
    carried: tuple[Carried, ...]
    own_past: OwnPast
    peers: PeerSpread


@cache
def comparisons_of(form: Form) -> Comparisons:
    """Load the comparisons of a form, once; raise ``FormError`` where there are none for it.

    >>> from cchc_calc.form_files import load_form
    >>> comparisons_of(load_form("thong-ke-cchc", "2023")).headline[:2]
    ('1.2', '3.4.3')
    """
    text = (resources.files("cchc_calc") / "consolidation" / "comparisons.toml").read_text(encoding="utf-8")
    try:
        return _comparisons(form, tomllib.loads(text)[form.id])
    except (KeyError, TypeError) as error:
        msg = f"consolidation/comparisons.toml: {error}"
        raise FormError(msg) from error


def _comparisons(form: Form, data: dict[str, Any]) -> Comparisons:
    def kept(name: str) -> Iterator[str]:
        return (address for address in data[name] if address in form.by_address)

    carried = (Carried(**pair) for pair in data["carried"])
    return Comparisons(
        headline=tuple(kept("headline")),
        cumulative_in_year=frozenset(kept("cumulative_in_year")),
        cumulative=frozenset(kept("cumulative")),
        plans=tuple(kept("plans")),
        carried=tuple(one for one in carried if {one.stock, one.flow} <= form.by_address.keys()),
        own_past=OwnPast(**data["own_past"]),
        peers=PeerSpread(**data["peers"]),
    )
