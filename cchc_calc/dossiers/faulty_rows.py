"""The rows of a table that cannot be counted, found by its engine: faulty ones, and those that repeat a code."""

from __future__ import annotations

from functools import reduce
from itertools import groupby
from operator import and_, itemgetter
from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.engines import standard_table
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.faults import FAULT, fault_of_row
from cchc_calc.dossiers.repeated_codes import newest_rows, repeated_rows
from cchc_calc.dossiers.schema import NAMES
from cchc_calc.dossiers.standardising import PLACES
from cchc_calc.dossiers.time_forms import UNREADABLE_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from cchc_calc.dossiers.engines import Table

SHOWN: Final = ("code", *PLACES, "unit", "received", "due", "finished", UNREADABLE_TEXT)
"""The columns of a row that are told, in this order."""

_BESIDE: Final = (*PLACES, UNREADABLE_TEXT)
_NEWEST: Final = "newest_"
_IS_NEWEST: Final = "is_newest"
_ROWS_AT_ONCE: Final = 10_000


def faulty_rows(frame: Any, as_of: date | None, *, codes_are_unique: bool) -> Iterator[tuple[Fault, tuple[Any, ...]]]:
    """Find the rows of a standard table that ``tally`` refuses: the fault of each, and its columns ``SHOWN``.

    Faulty rows come in the order of their codes, after them in the same order those whose code another row bears.
    What a row does not say is ``None`` or, in pandas, unlike itself.
    """
    table = _with_columns_beside(frame)
    faulty = table.with_columns(fault_of_row(as_of)).filter(nw.col(FAULT) > 0)
    if codes_are_unique:
        yield from _with_their_fault(faulty)
        return
    with repeated_rows(table) as repeated:
        yield from _with_their_fault(faulty.join(repeated.select("code").unique(), on="code", how="anti"))
        yield from _repeated(repeated, as_of)


def _with_columns_beside(frame: Any) -> Table:
    """Take a standard table with the columns beside it that are told, and nothing where it has them not."""
    table = standard_table(frame, _BESIDE).with_columns(nw.col("code").fill_null(""))
    present = table.collect_schema().names()
    nothing = nw.when(nw.lit(value=False)).then(nw.lit(""))
    missing = [nothing.alias(name) for name in _BESIDE if name not in present]
    return table.with_columns(missing) if missing else table


def _with_their_fault(faulty: Table) -> Iterator[tuple[Fault, tuple[Any, ...]]]:
    for fault, *row in _in_order(faulty, FAULT):
        yield Fault(int(fault)), tuple(row)


def _repeated(repeated: Table, as_of: date | None) -> Iterator[tuple[Fault, tuple[Any, ...]]]:
    """Refuse all rows of a code but the newest, and this one where it has a fault of its own."""
    newest = newest_rows(repeated).select(nw.col(name).alias(f"{_NEWEST}{name}") for name in NAMES)
    beside = repeated.with_columns(fault_of_row(as_of)).join(
        newest, left_on="code", right_on=f"{_NEWEST}code", how="left"
    )
    is_newest = reduce(and_, (_is_same(nw.col(name), nw.col(f"{_NEWEST}{name}")) for name in NAMES if name != "code"))
    rows = _in_order(beside.with_columns(is_newest.alias(_IS_NEWEST)), FAULT, _IS_NEWEST)
    for code, group in groupby(rows, key=itemgetter(2)):
        is_kept_to_come = True
        for fault, is_newest_or_alike, *row in group:
            if not code:
                yield Fault.NO_CODE, tuple(row)
            elif not (is_kept_to_come and is_newest_or_alike):
                yield Fault.DOUBLE, tuple(row)
            else:
                is_kept_to_come = False
                if fault:
                    yield Fault(int(fault)), tuple(row)


def _is_same(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return (one.is_null() & other.is_null()) | (~one.is_null() & ~other.is_null() & (one == other))


def _in_order(table: Table, *first: str) -> Iterable[tuple[Any, ...]]:
    """Run the engine and give the columns ``first`` and ``SHOWN``, in the order of the latter, then of the former."""
    ordered = table.select(*first, *SHOWN).sort(*SHOWN, *first, nulls_last=True)
    fetch = _FETCHED.get(ordered.implementation)
    return ordered.collect().iter_rows() if fetch is None else fetch(ordered.to_native())


def _from_duckdb(relation: Any) -> Iterator[tuple[Any, ...]]:
    if hasattr(relation, "iter_rows"):
        yield from relation.iter_rows(_ROWS_AT_ONCE)
        return
    # Before DuckDB 2 a relation keeps its result from one call to the next.
    while rows := relation.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def _from_polars(frame: Any) -> Iterator[tuple[Any, ...]]:
    for batch in frame.collect(engine="streaming").iter_slices(_ROWS_AT_ONCE):
        yield from batch.rows()


_FETCHED: Final[dict[nw.Implementation, Callable[[Any], Iterable[tuple[Any, ...]]]]] = {
    nw.Implementation.DUCKDB: _from_duckdb,
    nw.Implementation.POLARS: _from_polars,
    nw.Implementation.PYSPARK: lambda native: map(tuple, native.toLocalIterator()),
    nw.Implementation.PYSPARK_CONNECT: lambda native: map(tuple, native.toLocalIterator()),
}
"""How an engine gives many rows, some at a time."""
