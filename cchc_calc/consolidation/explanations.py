"""Why the parts of a table may not add up: each cause that explains the whole gap, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.exact_sums import exact_total
from cchc_calc.consolidation.slips import slip_between
from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.consolidation.exact_sums import Amount
    from cchc_calc.consolidation.unit_tables import TableUnit

_SLIPS: Final = {
    "digits_exchanged": "hai chữ số bị đảo",
    "digit_added": "thừa một chữ số",
    "digit_dropped": "thiếu một chữ số",
    "digit_wrong": "sai một chữ số",
}
_MOST_WRONG_DIGITS: Final = 3
"""A wrong digit explains many a gap: it is named where nothing else explains it and few figures could have it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cause that explains the whole gap; ``unit`` has the faulty figure, ``expected`` is what it would be."""

    cause: str
    unit: str
    found: Amount | None
    expected: Amount | None
    message: str


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of a table whose parts do not add up in a row, and the units around it."""

    unit: TableUnit
    row: str
    printed: Amount
    summed: Amount
    parent: TableUnit | None
    rows: Sequence[str]

    @property
    def gap(self) -> Amount:
        """Return what is printed less what the parts add up to."""
        return exact_total([self.printed, -self.summed])


def explanations(case: Case) -> tuple[Explanation, ...]:
    """List what explains the whole gap, from what another level confirms down to a single wrong digit."""
    causes = (
        _printed_total,
        _total_of_part,
        _blank_part,
        _rows_exchanged,
        _moved_part,
        _part_left_out,
        _part_counted_twice,
        _slip_in_total,
        _slips_in_parts,
    )
    found = [explanation for cause in causes for explanation in cause(case)]
    told = [explanation for explanation in found if explanation.cause != "digit_wrong"]
    return tuple(told or (found if len(found) <= _MOST_WRONG_DIGITS else ()))


def _printed_total(case: Case) -> Iterator[Explanation]:
    """Blame the total printed here where the level above fails by as much."""
    if case.parent is not None and case.parent.gap(case.row) == -case.gap:
        expected = case.summed
        message = (
            f"số tổng của “{case.unit.name}” ghi {_text(case.printed)}; nếu là {_text(expected)} thì cả “"
            f"{case.parent.name}” cũng khớp"
        )
        yield Explanation("printed_total", case.unit.name, case.printed, expected, message)


def _total_of_part(case: Case) -> Iterator[Explanation]:
    """Blame the total of a part that does not add up itself by as much."""
    for part in case.unit.parts:
        found, expected = part.figure(case.row), part.summed(case.row)
        if found is not None and expected is not None and part.gap(case.row) == -case.gap:
            message = (
                f"“{part.name}” ghi {_text(found)}, các phần của nó cộng lại {_text(expected)}; lấy số này thì khớp"
            )
            yield Explanation("total_of_part", part.name, found, expected, message)


def _blank_part(case: Case) -> Iterator[Explanation]:
    blank = [part for part in case.unit.parts if part.figure(case.row) is None]
    if len(blank) == 1 and case.gap > 0:
        message = f"“{blank[0].name}” chưa có số dùng được; phần còn thiếu đúng bằng {_text(case.gap)}"
        yield Explanation("blank_part", blank[0].name, None, case.gap, message)


def _rows_exchanged(case: Case) -> Iterator[Explanation]:
    for other in case.rows:
        if other == case.row or case.unit.gap(other) != -case.gap:
            continue
        for part in case.unit.parts:
            found, expected = part.figure(case.row), part.figure(other)
            if found is not None and expected is not None and expected - found == case.gap:
                exchanged = f"{case.row} ({_text(found)}) và {other} ({_text(expected)})"
                message = f"“{part.name}” ghi nhầm chỗ hai chỉ tiêu {exchanged}"
                yield Explanation("rows_exchanged", part.name, found, expected, message)


def _moved_part(case: Case) -> Iterator[Explanation]:
    for sibling in () if case.parent is None else case.parent.parts:
        if sibling is case.unit or sibling.gap(case.row) != -case.gap:
            continue
        giver, taker = (sibling, case.unit) if case.gap > 0 else (case.unit, sibling)
        for part in giver.parts:
            found = part.figure(case.row)
            if found is not None and found == abs(case.gap):
                message = f"{_text(found)} của “{part.name}” được tính vào “{taker.name}” thay vì “{giver.name}”"
                yield Explanation("moved_part", part.name, found, found, message)


def _part_left_out(case: Case) -> Iterator[Explanation]:
    for part in case.unit.parts if case.gap < 0 else ():
        if part.figure(case.row) == -case.gap:
            message = f"số tổng chưa cộng “{part.name}” ({_text(-case.gap)})"
            yield Explanation("part_left_out", part.name, -case.gap, -case.gap, message)


def _part_counted_twice(case: Case) -> Iterator[Explanation]:
    for part in case.unit.parts if case.gap > 0 else ():
        if part.figure(case.row) == case.gap:
            message = f"số tổng cộng “{part.name}” ({_text(case.gap)}) hai lần"
            yield Explanation("part_counted_twice", part.name, case.gap, case.gap, message)


def _slip_in_total(case: Case) -> Iterator[Explanation]:
    slip = _slip(case.printed, case.summed)
    if slip:
        message = f"số tổng {_text(case.printed)} {_SLIPS[slip]}: {_text(case.summed)}"
        yield Explanation(slip, case.unit.name, case.printed, case.summed, message)


def _slips_in_parts(case: Case) -> Iterator[Explanation]:
    for part in case.unit.parts:
        figure = part.figure(case.row)
        slip = "" if figure is None else _slip(figure, figure + case.gap)
        if slip and figure is not None:
            message = f"“{part.name}” ghi {_text(figure)}, {_SLIPS[slip]}: {_text(figure + case.gap)}"
            yield Explanation(slip, part.name, figure, figure + case.gap, message)


def _slip(written: Amount, right: Amount) -> str:
    return slip_between(written, right) if isinstance(written, int) and isinstance(right, int) else ""


def _text(number: Amount) -> str:
    return format_number(number)
