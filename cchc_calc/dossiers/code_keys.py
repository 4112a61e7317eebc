"""A short key for every code, by the hash of each engine, so that few codes have to be compared as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cchc_calc.dossiers.engines import Table

KEY: Final = "code_key"


def with_code_keys(table: Table) -> Table:
    """Add the ``KEY`` of each code: the same for the same code, and seldom for another. No code must be nothing.

    It tells what may be equal and never what is. Where an engine has no hash the code is its own key.
    """
    hashed = _HASHED.get(table.implementation)
    if hashed is None:
        return table.with_columns(nw.col("code").alias(KEY))
    keyed: Table = nw.from_native(hashed(table.to_native())).lazy()
    return keyed


def rows_of_keys(keyed: Table, keys: Sequence[Table]) -> Table:
    """Keep the rows of some keys, no row twice."""
    if keyed.implementation.is_polars():
        # Its join holds far more rows than it finds.
        native = _of_keys_by_polars(keyed.to_native(), [part.to_native() for part in keys])
        found: Table = nw.from_native(native).lazy()
        return found
    return keyed.join(nw.concat(keys), on=KEY, how="semi")


def can_be_parted(table: Table) -> bool:
    """Tell whether the keys are numbers without a sign, by which a table can be read in parts."""
    return table.implementation in {nw.Implementation.POLARS, nw.Implementation.DUCKDB}


def _by_polars(frame: Any) -> Any:
    import polars as pl

    return frame.with_columns(pl.col("code").hash().alias(KEY))


def _of_keys_by_polars(frame: Any, keys: Sequence[Any]) -> Any:
    import polars as pl

    return frame.filter(pl.col(KEY).is_in(pl.concat(keys).collect()[KEY].implode()))


def _by_duckdb(relation: Any) -> Any:
    return relation.project(f"*, hash(code) AS {KEY}")


def _by_spark(frame: Any) -> Any:
    from pyspark.sql import functions as sf

    return frame.withColumn(KEY, sf.xxhash64("code"))


_HASHED: Final[dict[nw.Implementation, Callable[[Any], Any]]] = {
    nw.Implementation.POLARS: _by_polars,
    nw.Implementation.DUCKDB: _by_duckdb,
    nw.Implementation.PYSPARK: _by_spark,
    nw.Implementation.PYSPARK_CONNECT: _by_spark,
}
