"""Tables whose parts do not add up to the printed totals: at which level and row, by how much, and most likely why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.catalogue import LEVEL_NAMES
from cchc_calc.consolidation.explanations import Case, explanations
from cchc_calc.findings import make_finding
from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.consolidation.exact_sums import Amount
    from cchc_calc.consolidation.explanations import Explanation
    from cchc_calc.consolidation.unit_tables import TableUnit
    from cchc_calc.findings import Finding


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A row in which a unit's printed total is not what its parts add up to; ``gap`` is printed less summed.

    ``explanations`` each explain the whole gap, the likeliest first; there may be none.
    """

    unit: str
    level: str
    row: str
    printed: Amount
    summed: Amount
    gap: Amount
    explanations: tuple[Explanation, ...]

    def finding(self) -> Finding:
        """Return the imbalance as a finding for an official."""
        level = LEVEL_NAMES.get(self.level, self.level)
        why = "; hoặc ".join(explanation.message for explanation in self.explanations[:3])
        told = f"có thể vì {why}" if why else "không phần nào một mình giải thích được, cần đối chiếu từng đơn vị"
        message = (
            f"“{self.unit}” ({level}), chỉ tiêu {self.row}: số tổng ghi {format_number(self.printed)}, "
            f"các phần cộng lại {format_number(self.summed)}, lệch {format_number(self.gap)}: {told}."
        )
        return make_finding(
            "parts_do_not_add_up",
            message,
            rows=(self.row,),
            where=self.unit,
            found=format_number(self.printed),
            expected=format_number(self.summed),
            cause=self.explanations[0].cause if self.explanations else "",
        )


def find_imbalances(roots: Iterable[TableUnit]) -> tuple[Imbalance, ...]:
    """Find every row of every unit whose parts do not add up, from the top down; what is not known is not judged.

    >>> from cchc_calc.consolidation.unit_tables import nest
    >>> (found,) = find_imbalances(nest([
    ...     ("district", "Huyện B", {"3.4.3.b": 40}), ("commune", "Xã C", {"3.4.3.b": 10}),
    ...     ("commune", "Xã D", {"3.4.3.b": 20}),
    ... ]))
    >>> found.gap, [(why.cause, why.unit) for why in found.explanations]
    (10, [('part_counted_twice', 'Xã C')])
    """
    return tuple(imbalance for root in roots for imbalance in _imbalances(root, None, _rows(root)))


def _imbalances(unit: TableUnit, parent: TableUnit | None, rows: Sequence[str]) -> Iterator[Imbalance]:
    for row in rows:
        printed, summed = unit.figure(row), unit.summed(row)
        if printed is not None and summed is not None and printed != summed:
            case = Case(unit, row, printed, summed, parent, rows)
            yield Imbalance(unit.name, unit.level, row, printed, summed, case.gap, explanations(case))
    for part in unit.parts:
        yield from _imbalances(part, unit, rows)


def _rows(root: TableUnit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for unit in root.everyone() for row in unit.figures))
