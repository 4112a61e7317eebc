"""Running the rules over a table: the counts of every unit and field, the rows that cannot be counted apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.counts import COUNTED, Counts
from cchc_calc.dossiers.engines import rows_of, sums_by_group
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.faults import FAULT
from cchc_calc.dossiers.rules import with_flags

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.options import Options
    from cchc_calc.periods import Period

_FLAGS: Final = tuple(name for name in COUNTED if name not in {"read", "used"})


@dataclass(frozen=True, slots=True)
class Group:
    """The dossiers of a unit and field that can be counted, or the rows that cannot for one ``fault``.

    What has no name is an empty text.
    """

    unit: str
    field: str
    fault: Fault | None
    counts: Counts

    @property
    def key(self) -> tuple[str, str, Fault | None]:
        """Tell the group from the others."""
        return self.unit, self.field, self.fault


def groups_of(table: Table, period: Period, options: Options, as_of: date | None) -> Iterator[Group]:
    """Count the dossiers of every unit and field, faulty rows apart, in one pass over the table."""
    flagged = with_flags(table, period, options, as_of)
    for unit, of_field, fault, rows, *sums in rows_of(sums_by_group(flagged, ("unit", "field", FAULT), _FLAGS)):
        names = _text(unit), _text(of_field)
        if fault:
            yield Group(*names, Fault(int(fault)), _only_read(int(rows)))
        else:
            yield Group(*names, None, Counts(int(rows), int(rows), *map(_whole, sums)))


@lru_cache(1000)
def _only_read(rows: int) -> Counts:
    # Most groups are those of a few faulty rows.
    return Counts(read=rows)


def _text(name: Any) -> str:
    # pandas has a text that is nothing, and which is a number.
    return name if isinstance(name, str) else ""


def _whole(number: Any) -> int:
    # Engines add numbers up to decimals, floats and, where there are none, to nothing.
    return 0 if number is None else int(number)
