"""A short key for every code, by the hash of each engine, so that few codes have to be compared as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.engines import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def rows_of_keys(keyed: Table, keys: Table) -> Table:
    """Keep the rows of some keys, no row twice; the keys have to be held."""
    if keyed.implementation.is_polars():
        # Its join holds far more rows than it finds.
        found: Table = nw.from_native(_of_keys_by_polars(keyed.to_native(), keys.to_native())).lazy()
        return found
    return keyed.join(keys, on=KEY, how="semi")


def parts_of_keys(keyed: Table, most: int) -> Iterator[Table]:
    """Give the table in parts of about so many rows if its engine writes nothing to disk: all rows of a key in one."""
    if not keyed.implementation.is_polars():
        yield keyed
        return
    [(rows,)] = rows_of(keyed.select(nw.len()))
    parts = 1 + rows // most
    for number in range(parts):
        yield keyed.filter(nw.col(KEY) % parts == number)


def _by_polars(frame: Any) -> Any:
    import polars as pl

    return frame.with_columns(pl.col("code").hash().alias(KEY))


def _of_keys_by_polars(frame: Any, keys: Any) -> Any:
    import polars as pl

    return frame.filter(pl.col(KEY).is_in(keys.collect()[KEY].implode()))


def _by_duckdb(relation: Any) -> Any:
    # Its hash alone is often the same for codes that differ in few figures.
    return relation.project(f"*, xor(hash(code), hash(reverse(code))) AS {KEY}")


def _by_spark(frame: Any) -> Any:
    from pyspark.sql import functions as sf

    return frame.withColumn(KEY, sf.xxhash64("code"))


_HASHED: Final[dict[nw.Implementation, Callable[[Any], Any]]] = {
    nw.Implementation.POLARS: _by_polars,
    nw.Implementation.DUCKDB: _by_duckdb,
    nw.Implementation.PYSPARK: _by_spark,
    nw.Implementation.PYSPARK_CONNECT: _by_spark,
}
