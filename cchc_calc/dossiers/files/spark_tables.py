"""Tables that Spark reads by itself: csv files that are plain, parquet, places with a scheme, tables by their name."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cchc_calc.dossiers.files.kept_tables import CsvShape


def spark_csv(shape: CsvShape, paths: Sequence[str]) -> tuple[Any, dict[str, str], Callable[[], int]]:
    """Read csv files whose headings stand in the first line: the rows, their columns, and the count of broken rows."""
    from pyspark.sql import functions as sf

    from cchc_calc.dossiers.spark_csv import BROKEN, read_csv

    frame = read_csv(paths, columns=shape.columns, delimiter=shape.delimiter)
    is_no_heading = reduce(or_, (~sf.col(f"c{place}").eqNullSafe(shape.headings[place]) for _, place in shape.places))
    whole = frame.where(sf.col(BROKEN).isNull()).where(is_no_heading)
    # Spark does not count what alone is asked of a file.
    broken = frame.agg(sf.count(BROKEN), sf.count("c0"))
    return whole, {name: f"c{place}" for name, place in shape.places}, lambda: int(broken.collect()[0][0])


def spark_named(frame: Any, places: Mapping[str, int]) -> tuple[Any, dict[str, str]]:
    """Give a table whose columns have names, which may hold any sign, and its columns."""
    plain = frame.toDF(*(f"c{place}" for place in range(len(frame.columns))))
    return plain, {name: f"c{place}" for name, place in places.items()}
