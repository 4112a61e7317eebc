"""The engines the rules run on: polars, DuckDB, pandas and PySpark, each by narwhals and as lazily as it can."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.schema import COLUMNS, KIND_NAMES, Kind
from cchc_calc.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Table: TypeAlias = "nw.LazyFrame[Any]"
"""A table of any engine, not yet read."""

FILLERS: Final[dict[Kind, Any]] = {
    Kind.TEXT: "",
    Kind.TIME: datetime.fromisoformat("1900-01-01"),
    Kind.NUMBER: -1,
    Kind.FLAG: False,
}
"""What may stand for nothing: it comes before all that a dossier can hold."""

ROWS: Final = "rows"
"""The column of how many rows a group has."""

_CODED: Final = ("service_level", "status")
"""Numbers that stand for something: half of one stands for nothing known."""


def standard_table(frame: Any, beside: Sequence[str] = ()) -> Table:
    """Take a table of dossiers from an engine: the standard columns, texts, numbers and flags, times without a zone.

    ``frame`` is a DataFrame or LazyFrame of polars, a DataFrame of pandas or PySpark, or a relation of DuckDB. Columns
    that are not required may be missing or empty: nothing is known of them then. Raises ``TableError`` where a required
    one is missing, or a column holds something else than the standard table says. Columns ``beside`` the standard ones
    are kept as they are where the table has them.
    """
    try:
        table: Table = nw.from_native(frame).lazy()
    except TypeError as error:
        raise TableError(f"không nhận ra loại bảng {type(frame).__name__}") from error
    types = _known_types(table)
    table = _with_typed_flags(table, [name for name, known in types.items() if known == nw.Object])
    present = table.collect_schema().names() if beside else ()
    return table.select(
        *(_column(column.name, column.kind, types.get(column.name)).alias(column.name) for column in COLUMNS),
        *(name for name in beside if name in present),
    )


def is_one_of(column: nw.Expr, values: Iterable[int]) -> nw.Expr:
    """Tell whether a number is one of a few; nothing for nothing.

    Engines look values up in a list slowly: DuckDB joins a table of them. Of numbers in a row the ends are compared.
    """
    return reduce(or_, (_is_between(column, first, last) for first, last in _runs(values)))


def rows_of(table: Table) -> Iterable[tuple[Any, ...]]:
    """Run the engine and give the rows of its result, without one more package between where there is a way."""
    fetch = _FETCHED.get(table.implementation)
    return table.collect().iter_rows() if fetch is None else fetch(table.to_native())


def sums_by_group(table: Table, keys: Sequence[str], names: Sequence[str]) -> Table:
    """Add columns up by groups, flags by how often they hold, and count the rows of each group as ``ROWS``."""
    engine: nw.Implementation = table.implementation
    types = table.collect_schema()
    flags = [name for name in names if types[name] == nw.Boolean]
    if engine.is_spark_like():
        # Spark adds no flags up.
        table = table.with_columns(nw.col(name).cast(nw.Int32) for name in flags)
    sums = table.group_by(keys).agg(nw.len().alias(ROWS), *(nw.col(name).sum() for name in names))
    if engine is nw.Implementation.DUCKDB:
        # It adds flags up to numbers of 128 bits, which it hands over ten times as slowly as others.
        sums = sums.with_columns(nw.col(name).cast(nw.Int64) for name in flags)
    return sums


def _is_between(column: nw.Expr, first: int, last: int) -> nw.Expr:
    return column == first if first == last else (column >= first) & (column <= last)


def _runs(values: Iterable[int]) -> Iterator[tuple[int, int]]:
    first, *others = sorted(values)
    last = first
    for value in others:
        if value > last + 1:
            yield first, last
            first = value
        last = value
    yield first, last


def _known_types(table: Table) -> dict[str, Any]:
    """Name the types of the columns that hold something, after all have been seen to fit."""
    types = table.collect_schema()
    missing = [column for column in COLUMNS if column.required and column.name not in types]
    if missing:
        names = ", ".join(f"{column.name} ({column.title})" for column in missing)
        raise TableError(f"bảng hồ sơ thiếu cột bắt buộc: {names}")
    present = [column for column in COLUMNS if column.name in types]
    strange = [column for column in present if not _fits(column.kind, types[column.name])]
    for column in strange:
        # A column without anything has whatever type its engine gives it.
        if next(iter(rows_of(table.select(nw.col(column.name).count()))))[0]:
            wanted = KIND_NAMES[column.kind]
            raise TableError(f"cột {column.name} ({column.title}) phải là {wanted}, không phải {types[column.name]}")
    return {column.name: types[column.name] for column in present if column not in strange}


def _fits(kind: Kind, known: Any) -> bool:
    match kind:
        case Kind.TEXT:
            return True
        case Kind.TIME:
            return bool(known == nw.Date or known == nw.Datetime)
        case Kind.NUMBER:
            return bool(known.is_numeric())
        case Kind.FLAG:
            # True, False and nothing are objects in pandas.
            return bool(known == nw.Boolean or known == nw.Object)


def _with_typed_flags(table: Table, names: Sequence[str]) -> Table:
    """Give flags with gaps a type of their own; they are objects in pandas."""
    if not names:
        return table
    try:
        typed: Table = nw.from_native(table.to_native().astype(dict.fromkeys(names, "boolean"))).lazy()
    except TypeError as error:
        columns = ", ".join(f"{column.name} ({column.title})" for column in COLUMNS if column.name in names)
        raise TableError(f"cột {columns} phải là {KIND_NAMES[Kind.FLAG]}") from error
    return typed


def _column(name: str, kind: Kind, known: Any) -> nw.Expr:
    column = nw.col(name)
    if known is None:
        # pandas has no whole number that is nothing, unless it comes out of a condition.
        return nw.when(nw.lit(value=False)).then(nw.lit(FILLERS[kind]))
    match kind:
        case Kind.TEXT:
            return column if known == nw.String else column.cast(nw.String)
        case Kind.TIME if known == nw.Date:
            return column.cast(nw.Datetime("us"))
        case Kind.TIME if known.time_zone is not None:
            return column.dt.replace_time_zone(None)
        case Kind.NUMBER if known.is_integer():
            return column if known == nw.Int64 else column.cast(nw.Int64)
        case Kind.NUMBER if name in _CODED:
            return nw.when(column.is_null() | (column == column.floor())).then(column).otherwise(nw.lit(FILLERS[kind]))
    return column


_FETCHED: Final[dict[nw.Implementation, Callable[[Any], Iterable[tuple[Any, ...]]]]] = {
    nw.Implementation.POLARS: lambda native: native.collect(engine="streaming").iter_rows(),
    nw.Implementation.DUCKDB: lambda native: native.fetchall(),
    nw.Implementation.PYSPARK: lambda native: map(tuple, native.collect()),
    nw.Implementation.PYSPARK_CONNECT: lambda native: map(tuple, native.collect()),
}
