"""Texts read as times, by each engine's own parser and alike on all: what is not surely a time is none.

A text is first brought into one form: single blanks, "/" between the parts of a day, no fraction of a second. Only what
then has a known shape is given to the parser of the engine, so that it matters not how lenient that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.conditions import first_that_holds, says_something
from cchc_calc.dossiers.duckdb_times import with_duckdb_times
from cchc_calc.dossiers.time_forms import (
    AFTER,
    AFTERNOON_MARK,
    DAY_SECONDS,
    FIRST,
    FORMS,
    FRACTION,
    HALF_HOURS,
    HALF_OF_DAY,
    MORNING_MARK,
    SERIAL,
    SHAPE,
    SPACES,
    UNREADABLE,
    ZERO,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cchc_calc.dossiers.engines import Table


def with_times(table: Table, faults: Mapping[str, int]) -> Table:
    """Read columns of texts as times, each into a column with "_time" after its name.

    A day is dd/mm/yyyy, with - or . as well, or yyyy-mm-dd; a time of day, HH:MM or HH:MM:SS, comes after it or before.
    SA or AM after the time of day says that it is before noon, CH or PM that it is after: 12:15 SA is 00:15, and 13:30
    CH, as some programs write, 13:30; 13:30 SA is no time.
    yyyyMMddHHmmss, yyyyMMdd and the numbers of spreadsheets are read too, these to the nearest second. The month never
    comes first. What is no time of the years 1990 to 2200 is nothing, as is a blank.

    ``faults`` names the columns; in a column "unreadable" stands the number of the first one whose text says something
    and is no time.
    """
    engine: nw.Implementation = table.implementation
    if engine is nw.Implementation.DUCKDB:
        return _table(with_duckdb_times(table.to_native(), faults))
    if engine.is_spark_like():
        table = _table(_with_quick_times(table.to_native(), list(faults)))
    for name in faults:
        table = table.with_columns(_plain(_left(name, engine), _GROUPS.get(engine, r"\1\2")).alias(f"{name}_plain"))
        plain = nw.col(f"{name}_plain")
        shaped = nw.when(plain.str.contains(SHAPE)).then(plain.str.replace_all(HALF_OF_DAY, ""))
        table = table.with_columns(shaped.alias(f"{name}_shaped"), _seconds(plain).alias(f"{name}_seconds"))
    parsed = _table(_PARSERS[engine](table.to_native(), list(faults)))
    parsed = parsed.with_columns(_in_its_half(name).alias(f"{name}_time") for name in faults)
    unread = ((_is_unread(name), fault) for name, fault in faults.items())
    return parsed.with_columns(first_that_holds(unread).alias(UNREADABLE))


def _table(native: Any) -> Table:
    table: Table = nw.from_native(native).lazy()
    return table


def _is_unread(name: str) -> nw.Expr:
    return nw.col(f"{name}_time").is_null() & says_something(nw.col(name))


def _left(name: str, engine: nw.Implementation) -> nw.Expr:
    """Give the text of a time that was not read as it stands."""
    text = nw.col(name)
    return nw.when(nw.col(f"{name}_quick").is_null()).then(text) if engine.is_spark_like() else text


def _plain(text: nw.Expr, group: str) -> nw.Expr:
    single = text.str.replace_all(f",?{SPACES}", " ").str.strip_chars(" ")
    day = single.str.replace_all(FRACTION, group)
    for mark, plain in (("-", "/"), (".", "/"), ("T", " ")):
        day = day.str.replace_all(mark, plain, literal=True)
    return nw.when(single.str.contains(SERIAL)).then(single.str.replace_all(",", ".", literal=True)).otherwise(day)


def _seconds(plain: nw.Expr) -> nw.Expr:
    """Count the seconds since day 0 of a number of a spreadsheet."""
    # A cast is made of all rows, whatever a condition says.
    days = nw.when(plain.str.contains(SERIAL)).then(plain).otherwise(nw.lit("0")).cast(nw.Float64)
    seconds = (days * DAY_SECONDS + 0.5).floor().cast(nw.Int64)
    first, after = ((limit - ZERO).days * DAY_SECONDS for limit in (FIRST, AFTER))
    return nw.when((seconds >= first) & (seconds < after)).then(seconds)


def _in_its_half(name: str) -> nw.Expr:
    """Put a time into the half of the day that its text names."""
    time, plain = nw.col(f"{name}_time"), nw.col(f"{name}_plain")
    hour, is_morning = time.dt.hour(), plain.str.contains(MORNING_MARK)
    return (
        nw.when(plain.is_null())
        .then(time)
        .when(plain.str.contains(AFTERNOON_MARK) & (hour < HALF_HOURS))
        .then(time.dt.offset_by(f"{HALF_HOURS}h"))
        .when(is_morning & (hour == HALF_HOURS))
        .then(time.dt.offset_by(f"-{HALF_HOURS}h"))
        .when(~(is_morning & (hour > HALF_HOURS)))
        .then(time)
    )


def _by_polars(frame: Any, names: Sequence[str]) -> Any:
    import polars as pl

    def parsed(name: str) -> Any:
        shaped, seconds = pl.col(f"{name}_shaped"), pl.col(f"{name}_seconds")
        tried = (shaped.str.to_datetime(form, strict=False, time_unit="us") for form in FORMS.values())
        return pl.coalesce(*tried, pl.lit(ZERO, pl.Datetime("us")) + pl.duration(seconds=seconds))

    return frame.with_columns(**{f"{name}_time": parsed(name) for name in names})


def _by_pandas(frame: Any, names: Sequence[str]) -> Any:
    import pandas as pd

    def parsed(name: str) -> Any:
        shaped, seconds = frame[f"{name}_shaped"], frame[f"{name}_seconds"]
        times = pd.Timestamp(ZERO).as_unit("us") + pd.to_timedelta(seconds, unit="s").dt.as_unit("us")
        for form in FORMS.values():
            left = times.isna() & shaped.notna()
            if left.any():
                times = times.where(~left, pd.to_datetime(shaped[left], format=form, errors="coerce").dt.as_unit("us"))
        return times

    return frame.assign(**{f"{name}_time": parsed(name) for name in names})


def _with_quick_times(frame: Any, names: Sequence[str]) -> Any:
    """Let Spark read as they stand the texts of most exports: its patterns take longer than all else it does."""
    from pyspark.sql import functions as sf

    def quick(name: str) -> Any:
        text = sf.col(name)
        day = sf.concat_ws("-", text.substr(7, 4), text.substr(4, 2), text.substr(1, 2))
        turned = sf.concat(day, sf.substring(text, 11, _LONGEST_CLOCK))
        return sf.when(text.rlike(_DAY_FIRST), turned.try_cast("timestamp_ntz")).when(
            text.rlike(_YEAR_FIRST), text.try_cast("timestamp_ntz")
        )

    return frame.withColumns({f"{name}_quick": quick(name) for name in names})


def _by_spark(frame: Any, names: Sequence[str]) -> Any:
    from pyspark.sql import functions as sf

    def parsed(name: str) -> Any:
        text = sf.col(f"{name}_shaped")
        for pattern, year_first in _REORDERED.items():
            text = sf.regexp_replace(text, pattern, year_first)
        days = sf.expr(f"timestampadd(SECOND, `{name}_seconds`, TIMESTAMP_NTZ '{ZERO}')")
        return sf.coalesce(sf.col(f"{name}_quick"), text.try_cast("timestamp_ntz"), days)

    return frame.withColumns({f"{name}_time": parsed(name) for name in names})


_CLOCK: Final = "(?: [0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)?"
_LONGEST_CLOCK: Final = len(" 08:05:00")
_DAY_FIRST: Final = f"^[0-3][0-9]/[01][0-9]/20[0-9]{{2}}{_CLOCK}$"
_YEAR_FIRST: Final = f"^20[0-9]{{2}}-[01][0-9]-[0-3][0-9]{_CLOCK}$"
"""What Spark reads as it stands, or with its day turned round."""

_REORDERED: Final = {
    "^([0-9:]+) ([0-9]+)/([0-9]+)/([0-9]{4})$": "$4-$3-$2 $1",
    "^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})": "$3-$2-$1",
    "^([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})": "$1-$2-$3",
    "^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$": "$1-$2-$3 $4:$5:$6",
    "^([0-9]{4})([0-9]{2})([0-9]{2})$": "$1-$2-$3",
}
"""How Spark is given a day: its parser of other forms knows times of a zone only, in which an hour may be missing."""

_GROUPS: Final = {
    nw.Implementation.POLARS: "${1}${2}",
    nw.Implementation.PYSPARK: "$1$2",
    nw.Implementation.PYSPARK_CONNECT: "$1$2",
}
"""How an engine is told to keep what a pattern has in brackets."""

_PARSERS: Final[dict[nw.Implementation, Callable[[Any, Sequence[str]], Any]]] = {
    nw.Implementation.POLARS: _by_polars,
    nw.Implementation.PANDAS: _by_pandas,
    nw.Implementation.PYSPARK: _by_spark,
    nw.Implementation.PYSPARK_CONNECT: _by_spark,
}
