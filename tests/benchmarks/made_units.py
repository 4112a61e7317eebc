"""Invented units and what they report: names, provinces and counts that are plausible, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from filled_forms import FORM
from hostile.cells import INPUTS

from cchc_calc.expressions import Reference, references
from cchc_calc.states import NOT_ARISING_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.catalogue import Check

Typed: TypeAlias = int | Decimal | str
"""What stands in an input cell; a cell without anything is not listed."""

PROVINCES = ("Tân Hòa", "Phú Lâm", "An Giao", "Bắc Sơn Hải", "Vĩnh Khê")
BLANK_SHARE, FAULTY_SHARE = 0.2, 1 / 3
FAULTS = ("contradiction", "missing figure", "text in a count", "round figure in words")

_FIRST = (
    "An", "Bình", "Cẩm", "Diên", "Đại", "Đông", "Gia", "Hải", "Hòa", "Hưng", "Khánh", "Kim", "Lạc", "Long", "Mỹ", "Nam",
    "Nghĩa", "Ngọc", "Ninh", "Phú", "Phước", "Quang", "Quảng", "Sơn", "Suối", "Tân", "Tây", "Thanh", "Thạnh", "Thuận",
    "Trung", "Vạn", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
_SECOND = (
    "An", "Bình", "Châu", "Cường", "Điền", "Giang", "Hà", "Hiệp", "Hòa", "Hội", "Hương", "Khê", "Lâm", "Lập", "Lộc",
    "Lợi", "Lương", "Mai", "Minh", "Nguyên", "Nhơn", "Phong", "Phú", "Phúc", "Sơn", "Thạch", "Thành", "Thắng", "Thịnh",
    "Thọ", "Thủy", "Tiến", "Trạch", "Tường", "Văn", "Xuân", "Yên",
)  # fmt: skip
_THIRD = ("", " Đông", " Tây", " Nam", " Bắc", " Thượng", " Hạ", " Trung")
_KINDS = ("phường", "xã", "xã", "thị trấn")
_ALIKE = frozenset(row.address for row in FORM.rows if row.over_units == "common")
"""Rows that every unit reports alike: the procedures of one catalogue."""


@dataclass(frozen=True, slots=True)
class MadeUnit:
    """An invented unit, and what its official types; ``undecided`` are the rows that this spoils."""

    code: str
    name: str
    province: str
    typed: Mapping[str, Typed]
    fault: str = ""
    undecided: frozenset[str] = field(default_factory=frozenset)


def made_units(count: int, seed: int) -> Iterator[MadeUnit]:
    """Invent units, all of different names; the first ones are the same whatever the count.

    Raises ValueError beyond the number of names there are.
    """
    names = [" ".join((first, second)) + third for first, second, third in product(_FIRST, _SECOND, _THIRD)]
    if count > len(names):
        msg = f"there are only {len(names)} names"
        raise ValueError(msg)
    random.Random(f"names {seed}").shuffle(names)  # noqa: S311 - nothing is kept secret here
    for number, name in enumerate(names[:count], 1):
        chance = random.Random(f"unit {number} {seed}")  # noqa: S311
        typed: dict[str, Typed] = {**_counts(chance)}
        fault = chance.choice(FAULTS) if chance.random() < FAULTY_SHARE else ""
        undecided = _spoiled(fault, typed, chance)
        kind, province = chance.choice(_KINDS), chance.choice(PROVINCES)
        yield MadeUnit(f"{10_000 + number}", f"UBND {kind} {name}", province, typed, fault, undecided)


def _counts(chance: random.Random) -> dict[str, Typed]:
    """Vary the good form: larger and smaller units, rows left blank, what did not arise, parts within their whole."""
    size = chance.choice((0.3, 0.7, 1, 1.6, 3, 8))
    values: dict[str, Typed] = {}
    for address, known in INPUTS.items():
        row = FORM.row(address)
        if address in _ALIKE:
            values[address] = int(known)
        elif row.legend is not None:
            values[address] = chance.choice(sorted(row.legend.codes.values()))
        elif row.kind == "measure" and not row.whole:
            values[address] = round(Decimal(known) * Decimal(str(size)) * chance.randint(50, 150) / 100, 2)
        else:
            values[address] = int(int(known) * size * chance.uniform(0.5, 1.5))
    for address in list(values):
        if chance.random() < BLANK_SHARE and address not in _ALIKE:
            del values[address]
    for check in FORM.checks:
        _fit(check, values, chance)
    for part, whole in _pairs():
        if values.get(whole) == 0 == values.get(part) and chance.random() < 0.5:
            values[whole] = NOT_ARISING_TEXT
            del values[part]
    return values


def _fit(check: Check, values: dict[str, Typed], chance: random.Random) -> None:
    """Make what a check holds small enough, the checks being in the order from wholes to their parts."""
    left, right = check.comparison.left, check.comparison.right
    most = sum(int(values.get(address, 0)) for address in references(right))
    room = most
    for address in references(left):
        value = values.get(address)
        if isinstance(value, int) and value > room:
            values[address] = chance.randint(max(0, room * 2 // 3), room)
        elif isinstance(value, Decimal) and value > room:
            values[address] = Decimal(room)
        if not all(address in values for address in references(right)):
            values.pop(address, None)
        room -= int(values.get(address, 0))


def _pairs() -> Iterator[tuple[str, str]]:
    for check in FORM.checks:
        left, right = check.comparison.left, check.comparison.right
        if isinstance(left, Reference) and isinstance(right, Reference):
            yield left.address, right.address


def _spoiled(fault: str, typed: dict[str, Typed], chance: random.Random) -> frozenset[str]:
    """Put a small fault into what a unit types; return the rows that nobody can use for it."""
    counts = [
        address for address, value in typed.items() if isinstance(value, int) and FORM.row(address).legend is None
    ]
    free = [address for address in counts if not any(address in check.addresses for check in FORM.checks)]
    match fault:
        case "contradiction":
            pairs = [pair for pair in _pairs() if all(address in counts for address in pair)]
            part, whole = chance.choice([pair for pair in pairs if pair[1] not in _ALIKE and _alone(pair)])
            typed[part] = int(typed[whole]) + chance.randint(1, 9)
            return frozenset((part, whole))
        case "missing figure":
            del typed[chance.choice([address for address in free if address not in _ALIKE])]
        case "text in a count":
            address = chance.choice(free)
            typed[address] = f"{typed[address]} hồ sơ"
            return frozenset((address,))
        case "round figure in words":
            address = chance.choice(free)
            typed[address] = "khoảng 20"
            return frozenset((address,))
    return frozenset()


def _alone(pair: tuple[str, str]) -> bool:
    """Tell whether no other check looks at the rows of a pair."""
    return all(sum(address in check.addresses for check in FORM.checks) == 1 for address in pair)
