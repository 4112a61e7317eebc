"""The standard table made of an export: columns taken by their headings and texts read, lazily and by any engine."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.column_entries import SPELLED
from cchc_calc.dossiers.conditions import is_filled, says_something
from cchc_calc.dossiers.faults import UNREADABLE_TIMES
from cchc_calc.dossiers.meanings import amount, with_meanings
from cchc_calc.dossiers.schema import COLUMNS, Kind
from cchc_calc.dossiers.time_forms import BLANKS, UNREADABLE, UNREADABLE_TEXT
from cchc_calc.dossiers.times import with_times

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.headings import KnownColumns

PLACES: Final = ("source", "row")
"""Columns that a standard table may have besides: the file of a row, and its number there."""

_BLANKS_END: Final = "!"
_ASCII_ENDS: Final = "\x7f"
"""A text before the first is empty or begins with a blank; one before the second begins with no other sign of none."""

_BARE_TEXTS: Final = ("code", "unit", "field")


def standardised(frame: Any, names: Mapping[str, str], known: KnownColumns, *, unit: str = "") -> Any:
    """Make the standard table of an export, by the engine of ``frame`` and not run yet where that engine is lazy.

    ``names`` says which column of the frame each standard column is; "source" and "row" may be among them. Columns of
    texts are read, those of other types taken as they are. Rows without anything in a known column are left out.
    ``unit`` is that of the dossiers that name none. What a time says that cannot be read stands in ``UNREADABLE_TEXT``.
    """
    table: Table = nw.from_native(frame).lazy()
    types = table.collect_schema()
    taken = [one for one in COLUMNS if one.name in names]
    table = table.select(
        *(_taken(names[one.name], one.kind, types[names[one.name]]).alias(one.name) for one in taken),
        *(nw.col(names[name]).alias(name) for name in PLACES if name in names),
    )
    kinds = table.collect_schema()
    texts = {one.name for one in taken if kinds[one.name] == nw.String}
    table = table.filter(_has_something([one.name for one in taken], texts, table.implementation))
    bare = [_bare(name, table.implementation).alias(name) for name in _BARE_TEXTS if name in texts]
    table = table.with_columns(bare) if bare else table
    timed = {name: fault.value for name, fault in UNREADABLE_TIMES.items() if name in texts}
    table = with_times(table, timed) if timed else table
    table = with_meanings(table, [name for name in SPELLED if name in texts], known)
    return table.select(_columns(table, texts, unit)).to_native()


def _taken(inside: str, kind: Kind, known: Any) -> nw.Expr:
    column = nw.col(inside)
    if not _is_typed(kind, known):
        # Nothing must not become the text "None".
        column = column if known == nw.String else nw.when(~column.is_null()).then(column.cast(nw.String))
    elif known == nw.Date:
        column = column.cast(nw.Datetime("us"))
    elif kind is Kind.TIME and known.time_zone is not None:
        column = column.dt.replace_time_zone(None)
    return column


def _is_typed(kind: Kind, known: Any) -> bool:
    match kind:
        case Kind.TIME:
            return bool(known == nw.Date or known == nw.Datetime)
        case Kind.NUMBER:
            return bool(known.is_numeric())
        case Kind.FLAG:
            return bool(known == nw.Boolean)
    return False


def _bare(name: str, engine: nw.Implementation) -> nw.Expr:
    """Take the blanks off a text that begins with one or ends with a space."""
    text = nw.col(name)
    if engine is nw.Implementation.PANDAS:
        # It compares no text with nothing.
        needs_it = text.str.contains("^[\x00- ]| $")
    else:
        needs_it = (text < _BLANKS_END) | text.str.ends_with(" ")
    # DuckDB takes longer to take blanks off than to do all else that is done to a text.
    return nw.when(needs_it).then(text.str.strip_chars(BLANKS)).otherwise(text)


def _has_something(names: Sequence[str], texts: Collection[str], engine: nw.Implementation) -> nw.Expr:
    columns = {name: nw.col(name) for name in names}
    anything = reduce(or_, (says_something(one) if name in texts else ~one.is_null() for name, one in columns.items()))
    if engine is not nw.Implementation.DUCKDB:
        return anything
    begins = ((nw.col(name) >= _BLANKS_END) & (nw.col(name) < _ASCII_ENDS) for name in names if name in texts)
    return nw.when(reduce(or_, begins, nw.lit(value=False))).then(nw.lit(value=True)).otherwise(anything)


def _columns(table: Table, texts: Collection[str], unit: str) -> Iterator[nw.Expr]:
    present = table.collect_schema().names()
    for one in COLUMNS:
        name = one.name
        if name == "unit" and unit:
            yield _named_unit(unit, named=name in present).alias(name)
        elif name in texts and name in UNREADABLE_TIMES:
            yield nw.col(f"{name}_time").alias(name)
        elif name in texts and name in SPELLED:
            yield nw.col(f"{name}_meaning").alias(name)
        elif name in texts and name == "amount_paid":
            yield amount(nw.col(name)).alias(name)
        elif name in present:
            yield nw.col(name)
    if UNREADABLE in present:
        yield _unreadable_text([name for name in UNREADABLE_TIMES if name in texts]).alias(UNREADABLE_TEXT)
    yield from (nw.col(name) for name in PLACES if name in present)


def _unreadable_text(timed: Sequence[str]) -> nw.Expr:
    """Give the text of the first time of a row that cannot be read."""
    first, *others = ((nw.col(UNREADABLE) == UNREADABLE_TIMES[name].value, nw.col(name)) for name in timed)
    expression = nw.when(first[0]).then(first[1])
    for holds, text in others:
        expression = expression.when(holds).then(text)
    return expression


def _named_unit(unit: str, *, named: bool) -> nw.Expr:
    given = nw.lit(unit)
    return nw.when(is_filled(nw.col("unit"))).then(nw.col("unit")).otherwise(given) if named else given
