"""Tables handed to the engine that counts: kept ones read by it, and tables of several shapes put together."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from cchc_calc.dossiers.engine_names import Engine
from cchc_calc.dossiers.files.database import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection


def kept_frame(connection: DuckDBPyConnection, engine: Engine, paths: Sequence[str]) -> Any:
    """Read standard tables that are kept as parquet; a column that one of them has not holds nothing there."""
    match engine:
        case Engine.DUCKDB:
            return connection.sql(f"SELECT * FROM read_parquet({listed(paths)}, union_by_name = true)")  # noqa: S608 - quoted
        case Engine.POLARS:
            import polars as pl

            return together(connection, engine, [pl.scan_parquet(path, glob=False) for path in paths])
        case Engine.PANDAS:
            import pandas as pd

            return together(connection, engine, [pd.read_parquet(path) for path in paths])
        case Engine.PYSPARK:
            from cchc_calc.dossiers.spark import read_parquet

            return read_parquet(paths)


def together(connection: DuckDBPyConnection, engine: Engine, frames: Sequence[Any]) -> Any:
    """Put the rows of several tables under one another by the names of the columns."""
    if len(frames) == 1:
        return frames[0]
    match engine:
        case Engine.DUCKDB:
            for number, frame in enumerate(frames):
                frame.create_view(f"part_{number}")
            parts = (f"FROM part_{number}" for number in range(len(frames)))
            return connection.sql(" UNION ALL BY NAME ".join(parts))
        case Engine.POLARS:
            import polars as pl

            return pl.concat(frames, how="diagonal_relaxed")
        case Engine.PANDAS:
            import pandas as pd

            return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
        case Engine.PYSPARK:
            return reduce(lambda above, below: above.unionByName(below, allowMissingColumns=True), frames)
