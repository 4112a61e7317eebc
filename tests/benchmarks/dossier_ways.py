"""Every way to count the dossiers of a file: bare scans, queries written by hand, and the common rules."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from benchmarks import csv_queries, dossier_queries
from benchmarks.made_dossiers import AS_OF, PERIOD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from cchc_calc.dossiers.tally import Tally

Groups: TypeAlias = "dict[tuple[str, str], dict[str, int]]"
"""By unit and field the counts that are not 0; what a bare scan finds is none."""

_SETTINGS = {"spark.driver.memory": "6g", "spark.sql.shuffle.partitions": "4", "spark.ui.enabled": "false"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted: a parquet or csv file, and whether its codes have to be compared."""

    path: Path
    codes_are_unique: bool

    @property
    def is_csv(self) -> bool:
        """Tell csv from parquet."""
        return self.path.suffix == ".csv"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to count; ``base`` is the way it is held against, ``is_scan`` says that it counts nothing."""

    run: Callable[[Question], Groups]
    base: str = ""
    is_scan: bool = False
    needs_spark: bool = False


def scan_by_duckdb(question: Question) -> Groups:
    """Take every column that is counted out of the file, and nothing else."""
    import duckdb

    table = csv_queries.scan_by_duckdb(question.path) if question.is_csv else f"'{question.path}'"
    columns = csv_queries.READ if question.is_csv else list(csv_queries.STANDARD.values())
    chosen = ", ".join(f'count("{name}")' for name in columns if name != "code" or not question.codes_are_unique)
    duckdb.sql(f"SELECT {chosen} FROM {table}").fetchall()  # noqa: S608 - ours
    return {}


def scan_with_times_by_duckdb(question: Question) -> Groups:
    """The same, with three texts of a row parsed as times."""
    import duckdb

    assert question.is_csv
    times = [csv_queries.SCREEN[name] for name in ("received", "due", "finished")]
    parsed = (f"max(try_strptime(\"{name}\", '%d/%m/%Y %H:%M:%S'))" for name in times)
    others = (f'count("{name}")' for name in csv_queries.READ if name not in times)
    table = csv_queries.scan_by_duckdb(question.path)
    duckdb.sql(f"SELECT {', '.join((*parsed, *others))} FROM {table}").fetchall()  # noqa: S608 - ours
    return {}


def scan_by_polars(question: Question) -> Groups:
    """Take every column that is counted out of the file, and nothing else."""
    import polars as pl

    columns = [name for name in csv_queries.STANDARD.values() if name != "code" or not question.codes_are_unique]
    pl.scan_parquet(question.path).select(pl.col(columns).count()).collect(engine="streaming")
    return {}


def sql_on_duckdb(question: Question) -> Groups:
    """SQL by hand."""
    import duckdb

    dossiers = f"({csv_queries.by_duckdb(question.path)})" if question.is_csv else f"'{question.path}'"
    if not question.codes_are_unique:
        dossiers = f"({dossier_queries.newest_by_duckdb(dossiers)})"
    counted = duckdb.sql(dossier_queries.query(dossiers))
    return _groups(counted.columns, counted.fetchall())


def polars_by_hand(question: Question) -> Groups:
    """polars by hand, streaming."""
    import polars as pl

    dossiers = csv_queries.by_polars(question.path) if question.is_csv else pl.scan_parquet(question.path)
    if not question.codes_are_unique:
        dossiers = dossier_queries.newest_by_polars(dossiers)
    counted = dossier_queries.by_polars(dossiers).collect(engine="streaming")
    return _groups(counted.columns, counted.iter_rows())


def pandas_by_hand(question: Question) -> Groups:
    """pandas by hand, grouped by."""
    import pandas as pd

    dossiers = csv_queries.by_pandas(question.path) if question.is_csv else pd.read_parquet(question.path)
    if not question.codes_are_unique:
        dossiers = dossier_queries.newest_by_pandas(dossiers)
    counted = dossier_queries.by_pandas(dossiers)
    return _groups(counted.columns, counted.itertuples(index=False))


def sql_on_spark(question: Question) -> Groups:
    """SQL by hand."""
    session = spark()
    if question.is_csv:
        heading = question.path.open(encoding="utf-8").readline().rstrip("\n").split(";")
        schema = ", ".join(f"`{name}` STRING" for name in heading)
        session.read.csv(str(question.path), schema, ";", header=True, escape='"').createOrReplaceTempView("texts")
        dossiers = f"({csv_queries.by_spark('texts')})"
    else:
        session.read.parquet(str(question.path)).createOrReplaceTempView("typed")
        dossiers = "typed"
    if not question.codes_are_unique:
        dossiers = f"({dossier_queries.newest_by_spark(dossiers)})"
    counted = session.sql(dossier_queries.query(dossiers))
    return _groups(counted.columns, counted.collect())


def rules_on(engine: str) -> Callable[[Question], Groups]:
    """Count by the common rules on an engine, the file opened by the engine itself; csv by our reader."""

    def run(question: Question) -> Groups:
        if question.is_csv:
            return whole_on(engine)(question)
        return _counted_groups(_tally(_FRAMES[engine](question.path), question))

    return run


def whole_on(engine: str) -> Callable[[Question], Groups]:
    """Count as the command does: the file found, its columns known by their headings, and counted."""

    def run(question: Question) -> Groups:
        from cchc_calc.dossiers.engine_names import Engine
        from cchc_calc.dossiers.files import read_dossiers

        once = question.codes_are_unique
        with read_dossiers([str(question.path)], engine=Engine(engine), once=once) as files:
            return _counted_groups(_tally(files.frame, question))

    return run


@cache
def spark() -> Any:
    """Start the session of Spark that the command would start, with more memory."""
    import os

    options = " ".join(f"--conf {name}={value}" for name, value in _SETTINGS.items())
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"{options} pyspark-shell"
    from cchc_calc.dossiers.spark import session

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return session()


def _tally(frame: Any, question: Question) -> Tally:
    from cchc_calc.dossiers.tally import tally

    return tally(frame, PERIOD, as_of=AS_OF, by_field=True, codes_are_unique=question.codes_are_unique)


def _groups(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> Groups:
    _, _, *counted = names
    return {
        (unit, of_field or ""): {name: int(value) for name, value in zip(counted, values, strict=True) if value}
        for unit, of_field, *values in rows
    }


def _counted_groups(result: Tally) -> Groups:
    from cchc_calc.dossiers.counts import COUNTED, values_of

    return {
        (unit.unit.name, of_field): {
            name: value for name, value in zip(COUNTED, values_of(counts), strict=True) if value and name != "read"
        }
        for unit in result.units
        for of_field, counts in unit.fields.items()
        if counts.used
    }


def _by_polars(path: Path) -> Any:
    import polars as pl

    return pl.scan_parquet(path)


def _by_duckdb(path: Path) -> Any:
    import duckdb

    return duckdb.read_parquet(str(path))


def _by_pandas(path: Path) -> Any:
    import pandas as pd

    return pd.read_parquet(path)


_FRAMES: Mapping[str, Callable[[Path], Any]] = {
    "polars": _by_polars,
    "duckdb": _by_duckdb,
    "pandas": _by_pandas,
    "pyspark": lambda path: spark().read.parquet(str(path)),
}


def _ways() -> Iterator[tuple[str, Way]]:
    yield "scan, polars", Way(scan_by_polars, is_scan=True)
    yield "scan, DuckDB", Way(scan_by_duckdb, is_scan=True)
    yield "scan and times, DuckDB", Way(scan_with_times_by_duckdb, is_scan=True)
    for title, engine, by_hand in (
        ("polars", "polars", polars_by_hand),
        ("DuckDB", "duckdb", sql_on_duckdb),
        ("pandas", "pandas", pandas_by_hand),
        ("Spark", "pyspark", sql_on_spark),
    ):
        needs_spark = engine == "pyspark"
        base = f"{title}, by hand"
        yield base, Way(by_hand, needs_spark=needs_spark)
        yield f"{title}, our rules", Way(rules_on(engine), base, needs_spark=needs_spark)
        yield f"{title}, our rules and reader", Way(whole_on(engine), base, needs_spark=needs_spark)


WAYS = dict(_ways())
"""Every way by its name in the table."""


def fits(name: str, question: Question) -> bool:
    """Tell whether a way can count a file; of csv our rules are always those with the reader."""
    if question.is_csv:
        return name != "scan, polars" and not name.endswith("our rules")
    return name != "scan and times, DuckDB"
