"""Results held while they are worked with, by each engine where it holds tables, so that none is computed twice."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from cchc_calc.dossiers.engines import Table


@contextmanager
def held(table: Table) -> Iterator[Table]:
    """Run the engine and hold what a table comes to until the block is left.

    polars and pandas hold it in memory; DuckDB and Spark write to disk what has no room there.
    """
    hold = _HELD.get(table.implementation)
    if hold is None:
        yield table.collect().lazy()
    else:
        with hold(table.to_native()) as native:
            yield nw.from_native(native).lazy()


@contextmanager
def _by_polars(frame: Any) -> Iterator[Any]:
    import polars as pl

    # A text that is not written anew keeps all texts in memory that were read with it.
    yield frame.with_columns(pl.col(pl.String) + "").collect(engine="streaming").lazy()


@contextmanager
def _by_duckdb(relation: Any) -> Iterator[Any]:
    name = f"held_{uuid4().hex}"
    relation.query("result", f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM result")  # noqa: S608 - a name of ours
    try:
        yield relation.query("result", f"SELECT * FROM {name}")  # noqa: S608 - the same
    finally:
        relation.query("result", f"DROP TABLE {name}")


@contextmanager
def _by_spark(frame: Any) -> Iterator[Any]:
    persisted = frame.persist()
    try:
        yield persisted
    finally:
        persisted.unpersist()


_HELD: Final[dict[nw.Implementation, Callable[[Any], AbstractContextManager[Any]]]] = {
    nw.Implementation.POLARS: _by_polars,
    nw.Implementation.DUCKDB: _by_duckdb,
    nw.Implementation.PYSPARK: _by_spark,
    nw.Implementation.PYSPARK_CONNECT: _by_spark,
}
