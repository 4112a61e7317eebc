"""Exports of the shape "one-stop" typed by hand, for one engine each, so that ``dossier_queries`` can count them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
from benchmarks.export_shapes import SCREEN, SHAPES

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = SHAPES["one-stop"]
_CHANNELS = dict(zip(SHAPE.channels, ("online", "direct", "post"), strict=True))
_LEVELS = dict(zip(SHAPE.levels, (2, 3, 4), strict=True))
_STATUSES = {word: number for number, word in enumerate(SHAPE.statuses, 1)}
_UNKNOWN = 42
_TEXTS, _TIMES = ("code", "unit", "field"), ("received", "due", "finished")
_FLAGS = ("paid_online", "sent_by_post", "returned_by_post")
STANDARD = {heading: name for name, heading in SCREEN.items() if name not in {"number", "owner"}}
"""The headings of use, and the standard names of their columns."""

READ = list(STANDARD)


def typed_by_sql(table: str, time: str, quote: str) -> str:
    """Write the query that types a table of texts; ``time`` parses a text, ``quote`` stands around names."""

    def column(name: str) -> str:
        return f"{quote}{SCREEN[name]}{quote}"

    def cases(name: str, words: dict[str, Any], otherwise: str = "") -> str:
        whens = " ".join(f"WHEN '{word}' THEN {value!r}" for word, value in words.items())
        return f"CASE {column(name)} {whens} {otherwise} END AS {name}"

    chosen = [
        *(f"{column(name)} AS {name}" for name in _TEXTS),
        *(f"{time.format(column(name))} AS {name}" for name in _TIMES),
        *(f"{column(name)} AS {name}_text" for name in _TIMES),
        cases("channel", _CHANNELS),
        cases("service_level", _LEVELS),
        cases("status", _STATUSES, f"ELSE CASE WHEN {column('status')} IS NOT NULL THEN {_UNKNOWN} END"),
        *(f"{column(name)} = 'Có' AS {name}" for name in _FLAGS),
        f"CAST({column('amount_paid')} AS BIGINT) AS amount_paid",
    ]
    readable = " AND ".join(f"({name} IS NOT NULL OR {name}_text IS NULL)" for name in _TIMES)
    return f"SELECT * FROM (SELECT {', '.join(chosen)} FROM {table}) AS typed WHERE {readable}"  # noqa: S608 - ours


def scan_by_duckdb(path: Path) -> str:
    """Write what DuckDB scans: all columns as texts."""
    return f"read_csv('{path}', delim = ';', quote = '\"', escape = '\"', header = true, all_varchar = true)"


def by_duckdb(path: Path) -> str:
    """Write the query that types the file for DuckDB."""
    return typed_by_sql(scan_by_duckdb(path), "try_strptime({}, '%d/%m/%Y %H:%M:%S')", '"')


def by_spark(table: str) -> str:
    """Write the query that types a table of texts for Spark."""
    return typed_by_sql(table, "try_to_timestamp({}, 'dd/MM/yyyy HH:mm:ss')", "`")


def by_polars(path: Path) -> pl.LazyFrame:
    """Read and type the file by polars."""
    texts = pl.scan_csv(path, separator=";", infer_schema=False).select(READ).rename(STANDARD)
    times = {name: pl.col(name).str.to_datetime("%d/%m/%Y %H:%M:%S", strict=False) for name in _TIMES}
    is_read = [times[name].is_not_null() | pl.col(name).is_null() for name in _TIMES]
    return texts.filter(pl.all_horizontal(is_read)).with_columns(
        **times,
        channel=pl.col("channel").replace_strict(_CHANNELS, default=None),
        service_level=pl.col("service_level").replace_strict(_LEVELS, default=None),
        status=pl.when(pl.col("status").is_not_null()).then(
            pl.col("status").replace_strict(_STATUSES, default=_UNKNOWN)
        ),
        amount_paid=pl.col("amount_paid").cast(pl.Int64),
        **{name: pl.col(name) == "Có" for name in _FLAGS},
    )


def by_pandas(path: Path) -> pd.DataFrame:
    """Read and type the file by pandas."""
    read = pd.read_csv(path, sep=";", dtype="str", usecols=READ).rename(columns=STANDARD)
    times = {name: pd.to_datetime(read[name], format="%d/%m/%Y %H:%M:%S", errors="coerce") for name in _TIMES}
    is_read = pd.concat([times[name].notna() | read[name].isna() for name in _TIMES], axis=1).all(axis=1)
    typed = read.assign(
        **times,
        channel=read["channel"].map(_CHANNELS),
        service_level=read["service_level"].map(_LEVELS),
        status=read["status"].map(_STATUSES).where(read["status"].isin(_STATUSES) | read["status"].isna(), _UNKNOWN),
        amount_paid=read["amount_paid"].astype("float64"),
        **{name: read[name].map({"Có": True, "Không": False}) for name in _FLAGS},
    )
    return typed[is_read]
