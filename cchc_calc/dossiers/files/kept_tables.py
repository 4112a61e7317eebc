"""Csv files taken into standard tables: read once by DuckDB, and kept as parquet while they are used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.files.csv_records import LONGEST_LINE
from cchc_calc.dossiers.files.database import identifier, quoted
from cchc_calc.dossiers.standardising import PLACES, standardised

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from cchc_calc.dossiers.headings import KnownColumns

SOURCE, ROW = PLACES
_REJECTED: Final = "rejected_rows"
_TOO_WIDE: Final = "TOO MANY COLUMNS"


class NotPlainError(Exception):
    """A csv file is not as plain as DuckDB needs it; its rows have to be read one by one."""


@dataclass(frozen=True, slots=True)
class PlainCsv:
    """A csv file in UTF-8 as DuckDB reads it: what is skipped are whole lines, the headings among them."""

    path: str
    delimiter: str
    skipped: int
    columns: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the columns of a table are: their places by the standard names, and what stands in the headings."""

    places: Mapping[str, int]
    known: KnownColumns
    unit: str = ""
    headings: tuple[str, ...] = ()
    source: str = ""
    has_rows: bool = field(default=False, kw_only=True)


def keep(connection: DuckDBPyConnection, csv: PlainCsv, meaning: Meaning, target: Path) -> int:
    """Write the standard table of a csv file as parquet, and count the rows that have too many cells.

    Raises ``NotPlainError`` where DuckDB reads the file with doubt.
    """
    import duckdb

    try:
        relation = connection.sql(_selected(csv, meaning))
        names = {name: name for name in relation.columns}
        standardised(relation, names, meaning.known, unit=meaning.unit).write_parquet(str(target), compression="lz4")
        rejected = connection.execute(
            f"SELECT error_type, count(DISTINCT line) FROM {_REJECTED} GROUP BY error_type"  # noqa: S608 - a name of ours
        ).fetchall()
    except duckdb.InvalidInputException:
        raise NotPlainError from None
    finally:
        for table in (_REJECTED, f"{_REJECTED}_scans"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
    if any(kind != _TOO_WIDE for kind, _ in rejected):
        raise NotPlainError
    return sum(rows for _, rows in rejected)


def _selected(csv: PlainCsv, meaning: Meaning) -> str:
    columns = {name: f"c{place}" for name, place in meaning.places.items()}
    if meaning.has_rows:
        columns[ROW] = f"c{csv.columns - 1}::BIGINT"
    if meaning.source:
        columns[SOURCE] = quoted(meaning.source)
    chosen = ", ".join(f"{expression} AS {identifier(name)}" for name, expression in columns.items())
    return f"SELECT {chosen} FROM {_scan(csv)} WHERE {_is_no_heading(meaning)}"  # noqa: S608 - texts of files are quoted


def _scan(csv: PlainCsv) -> str:
    """Say how DuckDB reads a csv file: nothing is left to its guess.

    Without a line break in quotation marks rows that are too short are filled up; with one it refuses to, and says so.
    """
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(csv.columns))
    return (
        f"read_csv({quoted(csv.path)}, auto_detect = false, columns = {{{columns}}}, header = false,"
        f" skip = {csv.skipped}, delim = {quoted(csv.delimiter)}, quote = '\"', escape = '\"', comment = '',"
        f" strict_mode = true, null_padding = true, max_line_size = {LONGEST_LINE},"
        f" store_rejects = true, rejects_table = '{_REJECTED}', rejects_scan = '{_REJECTED}_scans')"
    )


def _is_no_heading(meaning: Meaning) -> str:
    """Leave out rows that repeat the headings, as files put together have them."""
    places = [place for place in meaning.places.values() if place < len(meaning.headings)]
    return " OR ".join(f"c{place} IS DISTINCT FROM {quoted(meaning.headings[place])}" for place in places) or "true"
