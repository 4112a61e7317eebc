"""Texts read as times, by each engine's own parser and alike on all: what is not surely a time is none.

A text is first brought into one form: single blanks, "/" between the parts of a day, no fraction of a second. Only what
then has a known shape is given to the parser of the engine, so that it matters not how lenient that is. DuckDB, by
which files are read, tries the common forms on the text itself first.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cchc_calc.dossiers.engines import Table

SPACES: Final = "[ \t\n\x0b\f\r\x85\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+"
"""What is taken for a blank: the blanks of Unicode, and marks that take no room."""

FIRST: Final = datetime.fromisoformat("1990-01-01")
AFTER: Final = datetime.fromisoformat("2201-01-01")
"""The first time that can be read, and the first one that is too late."""

_ZERO: Final = datetime.fromisoformat("1899-12-30")
"""Day 0 of spreadsheets."""

_DAY: Final = 86_400
_CLOCK: Final = "(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9](?::[0-5]?[0-9])?"
_YEAR: Final = "(?:199[0-9]|2[01][0-9]{2}|2200)"
_DAY_FIRST: Final = f"[0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR}"
_YEAR_FIRST: Final = f"{_YEAR}/[0-9]{{1,2}}/[0-9]{{1,2}}"
_SHAPE: Final = (
    f"^(?:{_DAY_FIRST}(?: {_CLOCK})?|{_CLOCK} {_DAY_FIRST}|{_YEAR_FIRST}(?: {_CLOCK})?"
    f"|{_YEAR}[0-9]{{4}}(?:[0-9]{{6}})?)$"
)
_SERIAL: Final = "^[0-9]{5,6}(?:[.,][0-9]{1,15})?$"
_FRACTION: Final = "(:[0-9]{1,2}:[0-9]{1,2})[.,][0-9]{1,9}$"

_FORMS: Final = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%H:%M:%S %d/%m/%Y",
    "%H:%M %d/%m/%Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y%m%d%H%M%S",
    "%Y%m%d",
)
"""The forms of a text of a known shape."""

_COMMON: Final = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d",
    "%H:%M:%S %d/%m/%Y",
    "%H:%M %d/%m/%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
)
"""The forms that are tried on a text as it is; of none of them a text can be read in two ways."""


def with_times(table: Table, names: Sequence[str]) -> Table:
    """Read columns of texts as times, each into a column with "_time" after its name.

    A day is dd/mm/yyyy, with - or . as well, or yyyy-mm-dd; a time of day, HH:MM or HH:MM:SS, comes after it or before.
    yyyyMMddHHmmss, yyyyMMdd and the numbers of spreadsheets are read too. The month never comes first. What is no time
    of the years 1990 to 2200 is nothing, as is a blank.
    """
    if not names:
        return table
    engine = table.implementation
    if engine is nw.Implementation.DUCKDB:
        table = nw.from_native(_tried_as_it_is(table.to_native(), names)).lazy()
    else:
        table = table.with_columns(**{f"{name}_rest": nw.col(name) for name in names})
    group = "${1}" if engine is nw.Implementation.POLARS else "$1" if engine.is_spark_like() else r"\1"
    table = table.with_columns(**{f"{name}_plain": _plain(nw.col(f"{name}_rest"), group) for name in names})
    table = table.with_columns(
        **{f"{name}_shape": _like(nw.col(f"{name}_plain"), _SHAPE) for name in names},
        **{f"{name}_seconds": _seconds(nw.col(f"{name}_plain")) for name in names},
    )
    return nw.from_native(_PARSERS[engine](table.to_native(), names)).lazy()


def _plain(text: nw.Expr, group: str) -> nw.Expr:
    single = text.str.replace_all(f",?{SPACES}", " ").str.strip_chars(" ")
    parted = single.str.replace_all(_FRACTION, group)
    day = parted.str.replace_all("[-.]", "/").str.replace_all("T", " ", literal=True)
    return nw.when(single.str.contains(_SERIAL)).then(single.str.replace_all(",", ".", literal=True)).otherwise(day)


def _like(text: nw.Expr, pattern: str) -> nw.Expr:
    return nw.when(text.str.contains(pattern)).then(text)


def _seconds(plain: nw.Expr) -> nw.Expr:
    """Count the seconds since day 0, the nearest one."""
    is_serial = plain.str.contains(_SERIAL)
    days = nw.when(is_serial).then(plain).otherwise(nw.lit("0")).cast(nw.Float64)
    seconds = (days * _DAY + 0.5).floor().cast(nw.Int64)
    first, after = ((limit - _ZERO).days * _DAY for limit in (FIRST, AFTER))
    return nw.when((seconds >= first) & (seconds < after)).then(seconds)


def _tried_as_it_is(relation: Any, names: Sequence[str]) -> Any:
    forms = ", ".join(f"'{form}'" for form in _COMMON)
    tried = (f"try_strptime({_name(name)}, [{forms}]) AS {_name(name, 'tried')}" for name in names)
    relation = relation.project(", ".join(("*", *tried)))
    known = (
        f"CASE WHEN {_name(name, 'tried')} >= TIMESTAMP '{FIRST}' AND {_name(name, 'tried')} < TIMESTAMP '{AFTER}'"
        f" THEN {_name(name, 'tried')} END AS {_name(name, 'quick')}"
        for name in names
    )
    relation = relation.project(", ".join(("*", *known)))
    rest = (
        f"CASE WHEN {_name(name, 'quick')} IS NULL THEN {_name(name)} END AS {_name(name, 'rest')}" for name in names
    )
    return relation.project(", ".join(("*", *rest)))


def _by_duckdb(relation: Any, names: Sequence[str]) -> Any:
    forms = ", ".join(f"'{form}'" for form in _FORMS)
    parsed = (
        f"coalesce({_name(name, 'quick')}, try_strptime({_name(name, 'shape')}, [{forms}]),"
        f" TIMESTAMP '{_ZERO}' + to_seconds({_name(name, 'seconds')})) AS {_name(name, 'time')}"
        for name in names
    )
    return relation.project(", ".join(("*", *parsed)))


def _name(name: str, what: str = "") -> str:
    return f'"{name}_{what}"' if what else f'"{name}"'


def _by_polars(frame: Any, names: Sequence[str]) -> Any:
    import polars as pl

    def parsed(name: str) -> Any:
        shape, seconds = pl.col(f"{name}_shape"), pl.col(f"{name}_seconds")
        tried = (shape.str.to_datetime(form, strict=False, time_unit="us") for form in _FORMS)
        return pl.coalesce(*tried, pl.lit(_ZERO, pl.Datetime("us")) + pl.duration(seconds=seconds))

    return frame.with_columns(**{f"{name}_time": parsed(name) for name in names})


def _by_pandas(frame: Any, names: Sequence[str]) -> Any:
    import pandas as pd

    def parsed(name: str) -> Any:
        shape, seconds = frame[f"{name}_shape"], frame[f"{name}_seconds"]
        times = pd.Timestamp(_ZERO).as_unit("us") + pd.to_timedelta(seconds, unit="s").dt.as_unit("us")
        for form in _FORMS:
            left = times.isna() & shape.notna()
            if left.any():
                times = times.where(~left, pd.to_datetime(shape[left], format=form, errors="coerce").dt.as_unit("us"))
        return times

    return frame.assign(**{f"{name}_time": parsed(name) for name in names})


def _by_spark(frame: Any, names: Sequence[str]) -> Any:
    from pyspark.sql import functions as sf

    def parsed(name: str) -> Any:
        text = sf.col(f"{name}_shape")
        for pattern, year_first in _REORDERED.items():
            text = sf.regexp_replace(text, pattern, year_first)
        days = sf.expr(f"timestampadd(SECOND, `{name}_seconds`, TIMESTAMP_NTZ '{_ZERO}')")
        return sf.coalesce(text.try_cast("timestamp_ntz"), days)

    return frame.withColumns({f"{name}_time": parsed(name) for name in names})


_REORDERED: Final = {
    "^([0-9:]+) ([0-9]+)/([0-9]+)/([0-9]{4})$": "$4-$3-$2 $1",
    "^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})": "$3-$2-$1",
    "^([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})": "$1-$2-$3",
    "^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$": "$1-$2-$3 $4:$5:$6",
    "^([0-9]{4})([0-9]{2})([0-9]{2})$": "$1-$2-$3",
}
"""How Spark is given a day: its parser of other forms knows times of a zone only, in which an hour may be missing."""

_PARSERS: Final[dict[nw.Implementation, Callable[[Any, Sequence[str]], Any]]] = {
    nw.Implementation.DUCKDB: _by_duckdb,
    nw.Implementation.POLARS: _by_polars,
    nw.Implementation.PANDAS: _by_pandas,
    nw.Implementation.PYSPARK: _by_spark,
    nw.Implementation.PYSPARK_CONNECT: _by_spark,
}
