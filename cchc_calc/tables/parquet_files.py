"""The writer of .parquet, by pyarrow: the types of a table, and texts that need no guarding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import parquet

from cchc_calc.atomic import replacing
from cchc_calc.tables.table import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cchc_calc.tables.table import Table

_ROWS_AT_ONCE: Final = 2**14
_TYPES: Final = {
    Kind.LABEL: pa.dictionary(pa.int32(), pa.string()),
    Kind.TEXT: pa.string(),
    Kind.NUMBER: pa.float64(),
    Kind.COUNT: pa.int64(),
}


def write_parquet(path: Path, table: Table) -> None:
    """Write a table as Parquet, some units at a time; pandas reads the types of ``data_frame_of``.

    The same table gives the same bytes with the same version of pyarrow: no time is in them.
    """
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])
    with (
        replacing(path) as part,
        part.open("wb") as stream,
        parquet.ParquetWriter(stream, schema, compression="zstd") as writer,
    ):
        for columns in _groups(table):
            arrays = [_array(items, type_) for items, type_ in zip(columns, schema.types, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _groups(table: Table) -> Iterator[list[list[Any]]]:
    """Join blocks until there are enough rows for one group of the file."""
    columns: list[list[Any]] = [[] for _ in table.columns]
    for block in table.blocks():
        for column, items in zip(columns, block, strict=True):
            column.extend(items)
        if len(columns[0]) >= _ROWS_AT_ONCE:
            yield columns
            columns = [[] for _ in table.columns]
    if columns[0]:
        yield columns


def _array(items: list[Any], type_: Any) -> Any:
    is_label = pa.types.is_dictionary(type_)
    return pa.array(items, type_.value_type).dictionary_encode() if is_label else pa.array(items, type_)
