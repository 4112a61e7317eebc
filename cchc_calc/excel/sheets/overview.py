"""What the overview shows of a form: rates with their targets, and wholes divided into a part and the rest."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import Rate, Reference, references
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.expressions import Quantity
    from cchc_calc.states import Content

    CellOf = Callable[[str], str]

SIGNS: Final = (">=", ">")


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate of the form; ``target`` is ``None`` where no document names one."""

    row: Row
    name: str
    target: Decimal | None
    sign: str
    source: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A whole and a part of it, both rows of the form."""

    name: str
    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Split:
    """Bars that show how much of each whole is the part."""

    title: str
    part: str
    rest: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The lines and bars of the overview of one form, for a unit of one level."""

    rates: tuple[RateLine, ...]
    splits: tuple[Split, ...]


@cache
def load_overview(form: Form, level: str) -> Overview:
    """Load what the overview shows of a form to a unit of a level of administration.

    >>> from cchc_calc.form_files import load_form
    >>> overview = load_overview(load_form("thong-ke-cchc", "2023"), "commune")
    >>> [(line.row.address, line.target) for line in overview.rates if line.target is not None]
    [('7.8.2', Decimal('0.15'))]
    """
    text = (resources.files("cchc_calc.excel.sheets") / "overview.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)

    def is_filled(address: str) -> bool:
        row = form.by_address.get(address)
        return row is not None and level in row.levels

    rates = tuple(_rate_line(form, item) for item in data["rate"] if is_filled(item["row"]))
    splits = tuple(
        Split(item["title"], item["part"], item["rest"], item["unit"], bars)
        for item in data["split"]
        if (bars := tuple(Bar(**bar) for bar in item["bars"] if is_filled(bar["part"]) and is_filled(bar["whole"])))
    )
    return Overview(rates, splits)


def native_counts(rate: Rate, cell_of: CellOf) -> tuple[str, str]:
    """Render the numerator and the denominator a rate divides, over the pairs of which both are reported.

    >>> from cchc_calc.expressions import parse_formula
    >>> native_counts(parse_formula("on_time_rate([c], [b])"), str.upper)
    ('C', 'B')
    """
    cells = [(_native(part, cell_of), _native(whole, cell_of)) for part, whole in rate.pairs]
    if len(cells) == 1:
        return cells[0]
    blanks = [f"OR({_blank(part, cell_of)},{_blank(whole, cell_of)})" for part, whole in rate.pairs]
    numerator = "+".join(f"IF({blank},0,{part})" for blank, (part, _) in zip(blanks, cells, strict=True))
    denominator = "+".join(f"IF({blank},0,{whole})" for blank, (_, whole) in zip(blanks, cells, strict=True))
    return numerator, denominator


def counts(rate: Rate, contents: Mapping[str, Content]) -> tuple[int, int]:
    """Add up what ``native_counts`` renders, for a rate of counts that has a value."""
    numerator = denominator = 0
    for pair in rate.pairs:
        part, whole = (evaluate(side, contents) for side in pair)
        if not isinstance(part, State) and not isinstance(whole, State):
            numerator, denominator = numerator + int(part), denominator + int(whole)
    return numerator, denominator


def _native(quantity: Quantity, cell_of: CellOf) -> str:
    if isinstance(quantity, Reference):
        return cell_of(quantity.address)
    return f"SUM({','.join(map(cell_of, references(quantity)))})"


def _blank(quantity: Quantity, cell_of: CellOf) -> str:
    blanks = [f'{cell_of(address)}=""' for address in references(quantity)]
    return blanks[0] if len(blanks) == 1 else f"AND({','.join(blanks)})"


def _rate_line(form: Form, item: dict[str, Any]) -> RateLine:
    is_known = "target" in item and form.edition in item["editions"]
    sign = item.get("sign", ">=") if is_known else ">="
    if sign not in SIGNS:
        msg = f"overview.toml: row {item['row']}: {sign!r} is no sign of comparison"
        raise ValueError(msg)
    target = Decimal(item["target"]) if is_known else None
    return RateLine(form.row(item["row"]), item["name"], target, sign, item["source"] if is_known else "")
