"""All counts as a table, one row a unit, a field, or a field of a unit, with the on-time rate and its base."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.count_names import COUNT_NAMES
from cchc_calc.dossiers.counts import values_of
from cchc_calc.dossiers.options import BASE_NAMES
from cchc_calc.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.dossiers.counts import Counts
    from cchc_calc.dossiers.tally import Tally


class By(StrEnum):
    """What a row of the table is."""

    UNIT = "unit"
    FIELD = "field"
    UNIT_AND_FIELD = "unit,field"


NO_FIELD: Final = "(không ghi lĩnh vực)"

_UNIT: Final = Column("Đơn vị", Kind.TEXT)
_FIELD: Final = Column("Lĩnh vực", Kind.TEXT)
_NAMES: Final = {By.UNIT: (_UNIT,), By.FIELD: (_FIELD,), By.UNIT_AND_FIELD: (_UNIT, _FIELD)}
_RATE: Final = (
    Column("Đúng hạn (tử số)", Kind.COUNT),
    Column("Đúng hạn (mẫu số)", Kind.COUNT),
    Column("Tỷ lệ đúng hạn", Kind.NUMBER),
    Column("Mẫu số là", Kind.LABEL),
)


def count_table(tallied: Tally, by: By = By.UNIT) -> Table:
    """Give the counts of a tally, all of them in every row; fields need a tally ``by_field``.

    The rate is a fraction of one, and missing where the denominator is 0.

    >>> from datetime import date
    >>> from cchc_calc.dossiers.options import Options
    >>> from cchc_calc.dossiers.tally import Tally
    >>> from cchc_calc.periods import Period
    >>> nothing = Tally(Period(date(2023, 6, 13), date(2023, 9, 12)), Options(), read=0, used=0, faults={}, units=())
    >>> [column.name for column in count_table(nothing, By.FIELD).columns][:2]
    ['Lĩnh vực', 'Số dòng đã đọc']
    """
    counts = tuple(Column(name, Kind.COUNT) for name in COUNT_NAMES.values())
    return Table((*_NAMES[by], *counts, *_RATE), lambda: iter((_columns(tallied, by),)))


def _columns(tallied: Tally, by: By) -> tuple[tuple[object, ...], ...]:
    base = tallied.options.base
    lines = []
    for names, counts in _rows(tallied, by):
        on_time, whole = counts.on_time_pair(base)
        rate = on_time / whole if whole else None
        lines.append((*names, *values_of(counts), on_time, whole, rate, BASE_NAMES[base]))
    return tuple(zip(*lines, strict=True)) or tuple(() for _ in (*_NAMES[by], *COUNT_NAMES, *_RATE))


def _rows(tallied: Tally, by: By) -> Iterator[tuple[tuple[str, ...], Counts]]:
    match by:
        case By.UNIT:
            yield from (((one.unit.name,), one.counts) for one in tallied.units)
        case By.FIELD:
            yield from (((name or NO_FIELD,), counts) for name, counts in tallied.by_field().items())
        case By.UNIT_AND_FIELD:
            for one in tallied.units:
                yield from (((one.unit.name, name or NO_FIELD), counts) for name, counts in one.fields.items())
