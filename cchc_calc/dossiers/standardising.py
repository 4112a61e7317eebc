"""The standard table made of an export: columns taken by their headings and texts read, lazily and by any engine."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.column_data import SPELLED
from cchc_calc.dossiers.faults import UNREADABLE
from cchc_calc.dossiers.meanings import amount, first_that_holds, is_filled, with_meanings
from cchc_calc.dossiers.schema import COLUMNS, Kind
from cchc_calc.dossiers.times import with_times

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.headings import KnownColumns

PLACES: Final = ("source", "row")
"""Columns that a standard table may have besides: the file of a row, and its number there."""

UNKNOWN_STATUS: Final = 0
"""The status of a dossier whose status is written in no known way: it is refused for that."""

_BARE_TEXTS: Final = ("code", "unit", "field")


def standardised(frame: Any, names: Mapping[str, str], known: KnownColumns, *, unit: str = "") -> Any:
    """Make the standard table of an export, by the engine of ``frame`` and not run yet where that engine is lazy.

    ``names`` says which column of the frame each standard column is; "source" and "row" may be among them. Columns of
    texts are read, those of other types taken as they are. Rows without anything in a known column are left out.
    ``unit`` is that of the dossiers that name none.
    """
    table: Table = nw.from_native(frame).lazy()
    types = table.collect_schema()
    table = table.select(
        *(_taken(one.name, one.kind, names[one.name], types[names[one.name]]) for one in COLUMNS if one.name in names),
        *(nw.col(names[name]).alias(name) for name in PLACES if name in names),
    )
    kinds = table.collect_schema()
    texts = {one.name for one in COLUMNS if kinds.get(one.name) == nw.String}
    table = table.with_columns(nw.col(name).str.strip_chars() for name in _BARE_TEXTS if name in texts)
    table = table.filter(reduce(or_, (_is_filled(one.name, texts) for one in COLUMNS if one.name in names)))
    timed = [name for name in UNREADABLE if name in texts]
    table = with_times(table, timed)
    table = with_meanings(table, [name for name in SPELLED if name in texts], known)
    return table.select(_columns(table, texts, unit)).to_native()


def _taken(name: str, kind: Kind, inside: str, known: Any) -> nw.Expr:
    column = nw.col(inside)
    if not _is_typed(kind, known):
        # Nothing must not become the text "None".
        column = column if known == nw.String else nw.when(~column.is_null()).then(column.cast(nw.String))
    elif known == nw.Date:
        column = column.cast(nw.Datetime("us"))
    elif kind is Kind.TIME and known.time_zone is not None:
        column = column.dt.replace_time_zone(None)
    return column.alias(name)


def _is_typed(kind: Kind, known: Any) -> bool:
    match kind:
        case Kind.TIME:
            return bool(known == nw.Date or known == nw.Datetime)
        case Kind.NUMBER:
            return bool(known.is_numeric())
        case Kind.FLAG:
            return bool(known == nw.Boolean)
    return False


def _is_filled(name: str, texts: Collection[str]) -> nw.Expr:
    column = nw.col(name)
    if name in texts and name not in _BARE_TEXTS:
        column = column.str.strip_chars()
    return is_filled(column) if name in texts else ~column.is_null()


def _columns(table: Table, texts: Collection[str], unit: str) -> Iterator[nw.Expr]:
    present = table.collect_schema().names()
    for one in COLUMNS:
        name = one.name
        if name == "unit" and unit:
            yield _named_unit(unit, named=name in present).alias(name)
        elif name in texts and name in UNREADABLE:
            yield nw.col(f"{name}_time").alias(name)
        elif name in texts and name == "status":
            unknown = nw.col("status_meaning").is_null() & is_filled(nw.col("status_rest"))
            yield nw.when(unknown).then(nw.lit(UNKNOWN_STATUS)).otherwise(nw.col("status_meaning")).alias(name)
        elif name in texts and name in SPELLED:
            yield nw.col(f"{name}_meaning").alias(name)
        elif name in texts and name == "amount_paid":
            yield amount(nw.col(name)).alias(name)
        elif name in present:
            yield nw.col(name)
    timed = [name for name in UNREADABLE if name in texts]
    if timed:
        yield first_that_holds((_unreadable(name), UNREADABLE[name].value) for name in timed).alias("unreadable")
    yield from (nw.col(name) for name in PLACES if name in present)


def _named_unit(unit: str, *, named: bool) -> nw.Expr:
    given = nw.lit(unit)
    return nw.when(is_filled(nw.col("unit"))).then(nw.col("unit")).otherwise(given) if named else given


def _unreadable(name: str) -> nw.Expr:
    return nw.col(f"{name}_time").is_null() & is_filled(nw.col(f"{name}_plain"))
