"""Parquet files: their columns by name, those of a partitioned folder from the names of its folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.engine_names import Engine
from cchc_calc.dossiers.files.database import identifier, listed
from cchc_calc.dossiers.files.spark_tables import spark_typed
from cchc_calc.dossiers.standardising import standardised
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from cchc_calc.dossiers.files.sources import Source
    from cchc_calc.dossiers.headings import KnownColumns
    from cchc_calc.errors import SourceRefusedError

ZONE: Final = "Asia/Ho_Chi_Minh"
"""A moment is the hour that the clocks of Vietnam showed."""

_ZONED: Final = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
_EXPORT: Final = "Xuất hoặc chép lại tệp parquet này, rồi làm lại."


@dataclass(frozen=True, slots=True)
class ParquetShape:
    """Parquet files of the same columns; ``headings`` are the names of these, those of partitions among them."""

    files: tuple[Source, ...]
    headings: tuple[str, ...]


def parquet_shapes(connection: DuckDBPyConnection, files: Sequence[Source]) -> list[ParquetShape]:
    """Put files of the same columns together. Raises SourceRefusedError: F05 for a file that is broken."""
    shapes: dict[tuple[tuple[str, str], ...], list[Source]] = {}
    for file in files:
        shapes.setdefault(_columns(connection, file), []).append(file)
    return [ParquetShape(tuple(same), tuple(name for name, _ in columns)) for columns, same in shapes.items()]


def parquet_frame(
    connection: DuckDBPyConnection,
    engine: Engine,
    shape: ParquetShape,
    places: Mapping[str, int],
    known: KnownColumns,
    unit: str,
) -> Any:
    """Make the standard table of files of one shape, read by the engine itself."""
    if engine is Engine.PYSPARK:
        from cchc_calc.dossiers.spark import read_parquet

        frame = read_parquet([file.path for file in shape.files])
        return spark_typed(
            frame.select(*("`{}`".format(name.replace("`", "``")) for name in shape.headings)), places, known, unit
        )
    names = {name: shape.headings[place] for name, place in places.items()}
    return standardised(_read(connection, engine, shape, names.values()), names, known, unit=unit)


def broken_parquet(name: str) -> SourceRefusedError:
    """Make the error for a parquet file that cannot be read."""
    return refusal(name, "F05", "tệp parquet bị cắt cụt, bị hỏng hoặc có mật khẩu.", _EXPORT)


def _columns(connection: DuckDBPyConnection, file: Source) -> tuple[tuple[str, str], ...]:
    import duckdb

    try:
        relation = _relation(connection, [file.path])
        return tuple(zip(relation.columns, map(str, relation.types), strict=True))
    except (duckdb.Error, UnicodeDecodeError):
        raise broken_parquet(file.name) from None


def _read(connection: DuckDBPyConnection, engine: Engine, shape: ParquetShape, columns: Iterable[str]) -> Any:
    paths = [file.path for file in shape.files]
    if engine is Engine.POLARS:
        return _scanned(paths)
    relation = _relation(connection, paths)
    if engine is Engine.PANDAS:
        return relation.project(", ".join(map(identifier, dict.fromkeys(columns)))).to_arrow_table().to_pandas()
    return relation


def _relation(connection: DuckDBPyConnection, paths: Sequence[str]) -> DuckDBPyRelation:
    how = "hive_partitioning = true, hive_types_autocast = false, binary_as_string = true"
    relation = connection.sql(f"FROM read_parquet({listed(paths)}, {how})")
    moments = [
        name for name, kind in zip(relation.columns, relation.types, strict=True) if str(kind).startswith(_ZONED)
    ]
    if not moments:
        return relation
    hours = (f"timezone('{ZONE}', {identifier(name)}::TIMESTAMPTZ) AS {identifier(name)}" for name in moments)
    return relation.project(f"* REPLACE ({', '.join(hours)})")


def _scanned(paths: Sequence[str]) -> Any:
    import polars as pl
    import polars.selectors as cs

    parts = {part.partition("=")[0] for path in paths for part in Path(path).parent.parts if "=" in part}
    texts = dict.fromkeys(parts, pl.String)
    frame = pl.scan_parquet(list(paths), glob=False, hive_partitioning=bool(parts), hive_schema=texts or None)
    moments = cs.datetime(time_zone="*").dt.convert_time_zone(ZONE).dt.replace_time_zone(None)
    return frame.with_columns(cs.binary().cast(pl.String), moments)
