"""Csv files made standard tables: read once by DuckDB, and kept as parquet for as long as they are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.files.database import identifier, listed, quoted
from cchc_calc.dossiers.files.not_plain import NotPlainError
from cchc_calc.dossiers.standardising import PLACES, standardised

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from cchc_calc.dossiers.headings import KnownColumns

_SOURCE, _ROW = PLACES
_LONGEST_ROW: Final = 2_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class CsvShape:
    """What csv files have in common that are read together.

    Of each so many lines are ``skipped``, the headings among them. ``places`` are those of the standard columns. Where
    it ``has_rows`` the last column is the number of the row in the file it was made from.
    """

    delimiter: str
    skipped: int
    headings: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    has_rows: bool = False

    @property
    def columns(self) -> int:
        """Count the cells of a row."""
        return len(self.headings) + self.has_rows


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where and how tables are kept: ``unit`` is that of dossiers without one; ``several`` files are named in rows."""

    connection: DuckDBPyConnection
    known: KnownColumns
    unit: str
    several: bool

    def keep(self, shape: CsvShape, files: Sequence[tuple[str, str]], target: Path) -> str:
        """Write the standard table of csv files in UTF-8 (path, name) as parquet, and say how DuckDB reads them.

        Raises ``NotPlainError`` where a row has more cells than headings, or anything else is odd.
        """
        import duckdb

        # Rows that are too short are filled up, which DuckDB refuses where a cell holds a line break. What it rejects
        # is not left to it: beside rejected rows it may lose others (2.0), by one thread all after an open quotation.
        for padding in ("true", "false"):
            scan = _scan(shape, files, padding)
            try:
                self._write(scan, shape, files, target)
            except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.InterruptException):
                raise
            except duckdb.Error:
                continue
            return _rows(scan, shape)
        raise NotPlainError

    def in_place(self, shape: CsvShape, files: Sequence[tuple[str, str]]) -> tuple[DuckDBPyRelation, str]:
        """Give the standard table of csv files read anew whenever it is asked for, and say how DuckDB reads them."""
        scan = _scan(shape, files, "true")
        return self._standardised(scan, shape, files), _rows(scan, shape)

    def _write(self, scan: str, shape: CsvShape, files: Sequence[tuple[str, str]], target: Path) -> None:
        self._standardised(scan, shape, files).write_parquet(str(target), compression="lz4")

    def _standardised(self, scan: str, shape: CsvShape, files: Sequence[tuple[str, str]]) -> Any:
        relation = self._selected(scan, shape, files)
        return standardised(relation, {name: name for name in relation.columns}, self.known, unit=self.unit)

    def _selected(self, scan: str, shape: CsvShape, files: Sequence[tuple[str, str]]) -> DuckDBPyRelation:
        columns = {name: f"c{place}" for name, place in shape.places}
        if shape.has_rows:
            columns[_ROW] = f"c{shape.columns - 1}::BIGINT"
        if self.several:
            columns[_SOURCE] = "name"
            names = ", ".join(f"({quoted(path)}, {quoted(name)})" for path, name in files)
            scan = f"{scan} JOIN (VALUES {names}) AS names(filename, name) USING (filename)"
        chosen = ", ".join(f"{expression} AS {identifier(name)}" for name, expression in columns.items())
        return self.connection.sql(f"FROM {scan} SELECT {chosen} WHERE {_is_no_heading(shape)}")


def _scan(shape: CsvShape, files: Sequence[tuple[str, str]], padding: str) -> str:
    """Say how DuckDB reads csv files: nothing is left to its guess."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(shape.columns))
    return (
        f"read_csv({listed(path for path, _ in files)}, auto_detect = false, columns = {{{columns}}}, header = false,"
        f" skip = {shape.skipped}, delim = {quoted(shape.delimiter)}, quote = '\"', escape = '\"', strict_mode = true,"
        f" null_padding = {padding}, max_line_size = {_LONGEST_ROW}, filename = true)"
    )


def _rows(scan: str, shape: CsvShape) -> str:
    return f"(FROM {scan} WHERE {_is_no_heading(shape)})"


def _is_no_heading(shape: CsvShape) -> str:
    """Leave out rows that repeat the headings, as files put together have them."""
    return " OR ".join(f"c{place} IS DISTINCT FROM {quoted(shape.headings[place])}" for _, place in shape.places)
