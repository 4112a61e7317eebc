"""The engines the rules run on: polars, DuckDB, pandas and PySpark, each by narwhals and as lazily as it can."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.schema import COLUMNS, Kind
from cchc_calc.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Table: TypeAlias = "nw.LazyFrame[Any]"
"""A table of any engine, not yet read."""

FILLERS: Final[dict[Kind, Any]] = {
    Kind.TEXT: "",
    Kind.TIME: datetime.fromisoformat("1900-01-01"),
    Kind.NUMBER: -1,
    Kind.FLAG: False,
}
"""What may stand for nothing: it comes before all that a dossier can hold."""


def standard_table(frame: Any) -> Table:
    """Take a table of dossiers from an engine: the standard columns, times without a zone, "" for no text.

    ``frame`` is a DataFrame or LazyFrame of polars, a DataFrame of pandas or PySpark, or a relation of DuckDB. Columns
    that are not required may be missing: nothing is known of them then. Raises ``TableError`` where a required one is
    missing, or a column of times is none.
    """
    try:
        table: Table = nw.from_native(frame).lazy()
    except TypeError as error:
        raise TableError(f"không nhận ra loại bảng {type(frame).__name__}") from error
    types = table.collect_schema()
    _require(types)
    return table.select(
        _column(column.name, column.kind, types.get(column.name)).alias(column.name) for column in COLUMNS
    )


def is_one_of(column: nw.Expr, values: Iterable[int]) -> nw.Expr:
    """Tell whether a number is one of a few; nothing for nothing.

    Engines look values up in a list slowly: DuckDB joins a table of them.
    """
    return reduce(or_, (column == value for value in values), nw.lit(value=False))


def rows_of(table: Table) -> Iterable[tuple[Any, ...]]:
    """Run the engine and give the rows of its result, without one more package between where there is a way."""
    fetch = _FETCHED.get(table.implementation)
    return table.collect().iter_rows() if fetch is None else fetch(table.to_native())


def _require(types: Mapping[str, Any]) -> None:
    missing = [column for column in COLUMNS if column.required and column.name not in types]
    if missing:
        names = ", ".join(f"{column.name} ({column.title})" for column in missing)
        raise TableError(f"bảng hồ sơ thiếu cột bắt buộc: {names}")
    for column in COLUMNS:
        known = types.get(column.name)
        if column.kind is Kind.TIME and known is not None and not known.is_temporal():
            raise TableError(f"cột {column.name} ({column.title}) phải là ngày giờ, không phải {known}")


def _column(name: str, kind: Kind, known: Any) -> nw.Expr:
    if kind is Kind.TEXT:
        return nw.lit("") if known is None else nw.col(name).fill_null("")
    if known is None:
        # pandas has no whole number that is nothing, unless it comes out of a condition.
        return nw.when(nw.lit(value=False)).then(nw.lit(FILLERS[kind]))
    if known == nw.Date:
        return nw.col(name).cast(nw.Datetime("us"))
    if kind is Kind.TIME and known.time_zone is not None:
        return nw.col(name).dt.replace_time_zone(None)
    return nw.col(name)


_FETCHED: Final[dict[nw.Implementation, Callable[[Any], Iterable[tuple[Any, ...]]]]] = {
    nw.Implementation.POLARS: lambda native: native.collect(engine="streaming").iter_rows(),
    nw.Implementation.DUCKDB: lambda native: native.fetchall(),
    nw.Implementation.PYSPARK: lambda native: map(tuple, native.collect()),
    nw.Implementation.PYSPARK_CONNECT: lambda native: map(tuple, native.collect()),
}
