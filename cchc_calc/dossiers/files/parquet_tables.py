"""Parquet files: their columns by name, those of a partitioned folder from the names of its folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.engine_names import Engine
from cchc_calc.dossiers.files.database import identifier, listed
from cchc_calc.dossiers.files.spark_tables import spark_named
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from cchc_calc.dossiers.files.sources import Source
    from cchc_calc.errors import SourceRefusedError

ZONE: Final = "Asia/Ho_Chi_Minh"
"""A moment is the hour that the clocks of Vietnam showed."""

_TEXT: Final = "VARCHAR"
_ZONED: Final = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
_EXPORT: Final = "Xuất hoặc chép lại tệp parquet này, rồi làm lại."


@dataclass(frozen=True, slots=True)
class ParquetShape:
    """Parquet files of the same columns; ``headings`` are the names of these, those of partitions among them."""

    files: tuple[Source, ...]
    headings: tuple[str, ...]
    types: tuple[str, ...]


def parquet_shapes(connection: DuckDBPyConnection, files: Sequence[Source]) -> list[ParquetShape]:
    """Put files of the same columns together. Raises SourceRefusedError: F05 for a file that is broken."""
    shapes: dict[tuple[tuple[str, str], ...], list[Source]] = {}
    for file in files:
        shapes.setdefault(_columns(connection, file), []).append(file)
    return [
        ParquetShape(tuple(same), tuple(name for name, _ in columns), tuple(kind for _, kind in columns))
        for columns, same in shapes.items()
    ]


def parquet_frame(
    connection: DuckDBPyConnection, engine: Engine, shape: ParquetShape, places: Mapping[str, int]
) -> tuple[Any, dict[str, str]]:
    """Read files of one shape by the engine itself: the table, and its columns by the standard names."""
    if engine is Engine.PYSPARK:
        from cchc_calc.dossiers.spark import read_parquet

        frame = read_parquet([file.path for file in shape.files])
        return spark_named(frame.select(*("`{}`".format(name.replace("`", "``")) for name in shape.headings)), places)
    names = {name: shape.headings[place] for name, place in places.items()}
    return _read(connection, engine, shape, names.values()), names


def parquet_texts(shape: ParquetShape, places: Mapping[str, int]) -> tuple[str, dict[str, str]]:
    """Say how DuckDB reads the files, and which of their columns are texts."""
    texts = {name: shape.headings[place] for name, place in places.items() if shape.types[place] == _TEXT}
    return _scan([file.path for file in shape.files]), {name: identifier(inside) for name, inside in texts.items()}


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
    relation = connection.sql(f"FROM {_scan(paths)}")
    moments = [
        name for name, kind in zip(relation.columns, relation.types, strict=True) if str(kind).startswith(_ZONED)
    ]
    if not moments:
        return relation
    hours = (f"timezone('{ZONE}', {identifier(name)}::TIMESTAMPTZ) AS {identifier(name)}" for name in moments)
    return relation.project(f"* REPLACE ({', '.join(hours)})")


def _scan(paths: Sequence[str]) -> str:
    how = "hive_partitioning = true, hive_types_autocast = false, binary_as_string = true"
    return f"read_parquet({listed(paths)}, {how})"


def _scanned(paths: Sequence[str]) -> Any:
    import polars as pl
    import polars.selectors as cs

    parts = {part.partition("=")[0] for path in paths for part in Path(path).parent.parts if "=" in part}
    texts = dict.fromkeys(parts, pl.String)
    frame = pl.scan_parquet(list(paths), glob=False, hive_partitioning=bool(parts), hive_schema=texts or None)
    moments = cs.datetime(time_zone="*").dt.convert_time_zone(ZONE).dt.replace_time_zone(None)
    return frame.with_columns(cs.binary().cast(pl.String), moments)
