"""Due dates for tables that hold the days promised instead: received, and so many working days, on every engine.

What is looked up are two small tables of the calendar, joined to the dossiers by their engine, so that nothing is read
before the count. No export is known to say when the clock of a dossier stood for a supplement (status 5), so those days
are not left out: the due date is that of the first promise, as it was printed on the receipt.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.calendar_vn import day_numbers
from cchc_calc.dossiers.schema import KIND_NAMES, Kind, column
from cchc_calc.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cchc_calc.dossiers.engines import Table

_RECEIVED, _DUE = "received", "due"
_DAY, _NUMBER = "promised_day", "promised_number"
_OTHERS: Final = (
    "promised_count",
    "promised_last",
    "promised_open",
    "promised_before",
    "promised_doubts",
    "promised_due",
)


def with_due_dates(frame: Any, days_column: str) -> Any:
    """Fill ``due`` where it is missing: so many working days after the day of ``received``, as ``due_date`` counts.

    ``frame`` is a table as ``standard_table`` takes it, with one more column of whole numbers of working days. The
    table of the same engine comes back, not run yet where that engine is lazy; its rows may stand in another order.
    A dossier stays without a due date where the number is missing, negative or broken, and where a day off up to the
    due date is not announced yet. Raises ``TableError`` where ``received`` or the column of days is missing or holds
    something else.

    >>> import polars
    >>> table = polars.DataFrame({"received": [datetime.fromisoformat("2023-06-13 16:30")], "days": [10]})
    >>> with_due_dates(table, "days").collect()["due"].to_list()
    [datetime.datetime(2023, 6, 27, 0, 0)]
    """
    table: Table = nw.from_native(frame).lazy()
    types = table.collect_schema()
    received = _received(types)
    count = _count(types, days_column)
    found = (
        table.with_columns(received.dt.truncate("1d").alias(_DAY), count.alias("promised_count"))
        .join(_beside(table, _numbers_of_days()), on=_DAY, how="left")
        # No working day at all: the first one that is not over.
        .with_columns(
            nw.when(nw.col("promised_count") == 0)
            .then(nw.col("promised_open"))
            .otherwise(nw.col("promised_last") + nw.col("promised_count"))
            .alias(_NUMBER)
        )
        .join(_beside(table, _days_of_numbers()), on=_NUMBER, how="left")
    )
    promised = nw.when(nw.col("promised_doubts") == nw.col("promised_before")).then(nw.col("promised_due"))
    due = nw.coalesce(nw.col(_DUE), promised) if _is_known(types, _DUE) else promised
    return found.with_columns(due.alias(_DUE)).drop(_DAY, _NUMBER, *_OTHERS).to_native()


def _received(types: Mapping[str, Any]) -> nw.Expr:
    known = types.get(_RECEIVED)
    if known is None or not (known == nw.Date or known == nw.Datetime):
        wanted = column(_RECEIVED)
        raise TableError(f"thiếu cột {_RECEIVED} ({wanted.title}), hoặc cột ấy không phải là {KIND_NAMES[wanted.kind]}")
    day = nw.col(_RECEIVED)
    if known == nw.Datetime and known.time_zone is not None:
        day = day.dt.replace_time_zone(None)
    return day.cast(nw.Datetime("us"))


def _count(types: Mapping[str, Any], name: str) -> nw.Expr:
    """Take a number of days; one that is none leads nowhere."""
    known = types.get(name)
    if known is None or not known.is_numeric():
        raise TableError(f"thiếu cột “{name}” (số ngày làm việc), hoặc cột ấy không phải là {KIND_NAMES[Kind.NUMBER]}")
    count = nw.col(name)
    longest = len(day_numbers().days)
    is_one = (count >= 0) & (count <= longest) & (count.floor() == count)
    # pandas casts nothing to no number.
    return nw.when(is_one).then(count).otherwise(nw.lit(-2 * longest)).cast(nw.Int64)


def _is_known(types: Mapping[str, Any], name: str) -> bool:
    return bool(name in types and (types[name] == nw.Date or types[name] == nw.Datetime))


def _numbers_of_days() -> dict[str, list[Any]]:
    """Give each day of the table the numbers of the last working day up to it and of the first one that is not over."""
    table = day_numbers()
    days = (datetime.fromordinal(table.first + place) for place in range(len(table.numbers)))
    return {
        _DAY: list(days),
        "promised_last": list(table.numbers),
        "promised_open": [1, *(number + 1 for number in table.numbers[:-1])],
        "promised_before": [0, *table.doubtful[:-1]],
    }


def _days_of_numbers() -> dict[str, list[Any]]:
    """Give the working day of every number, and the doubts up to it."""
    table = day_numbers()
    return {
        _NUMBER: list(range(1, len(table.days) + 1)),
        "promised_due": [datetime.combine(day, time.min) for day in table.days],
        "promised_doubts": [table.doubtful[day.toordinal() - table.first] for day in table.days],
    }


def _beside(table: Table, data: dict[str, list[Any]]) -> Table:
    """Make a small table where the engine of another has its own."""
    make = _MADE.get(table.implementation)
    if make is None:
        return nw.from_dict(data, backend=table.implementation).lazy()
    small: Table = nw.from_native(make(table.to_native(), data)).lazy()
    return small


def _by_duckdb(relation: Any, data: dict[str, list[Any]]) -> Any:
    def literal(values: list[Any]) -> str:
        is_time = isinstance(values[0], datetime)
        return f"{[str(value) for value in values]}::TIMESTAMP[]" if is_time else f"{values}::BIGINT[]"

    columns = ", ".join(f"unnest({literal(values)}) AS {name}" for name, values in data.items())
    # The relation gives its connection; nothing of it is read.
    return relation.query("promised_dossiers", f"SELECT {columns}")


def _by_spark(frame: Any, data: dict[str, list[Any]]) -> Any:
    kinds = {name: "timestamp_ntz" if isinstance(values[0], datetime) else "bigint" for name, values in data.items()}
    schema = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    return frame.sparkSession.createDataFrame(list(zip(*data.values(), strict=True)), schema)


_MADE: Final[dict[nw.Implementation, Callable[[Any, dict[str, list[Any]]], Any]]] = {
    nw.Implementation.DUCKDB: _by_duckdb,
    nw.Implementation.PYSPARK: _by_spark,
    nw.Implementation.PYSPARK_CONNECT: _by_spark,
}
