"""Tables that Spark reads by itself: csv files that are plain, parquet, places with a scheme, tables by their name."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from cchc_calc.dossiers.standardising import standardised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cchc_calc.dossiers.files.kept_tables import CsvShape
    from cchc_calc.dossiers.headings import KnownColumns


def spark_csv(shape: CsvShape, paths: Sequence[str], known: KnownColumns, unit: str) -> tuple[Any, Callable[[], int]]:
    """Make the standard table of csv files whose headings stand in the first line, and the count of broken rows."""
    from pyspark.sql import functions as sf

    from cchc_calc.dossiers.spark_csv import BROKEN, read_csv

    frame = read_csv(paths, columns=shape.columns, delimiter=shape.delimiter)
    is_no_heading = reduce(or_, (~sf.col(f"c{place}").eqNullSafe(shape.headings[place]) for _, place in shape.places))
    whole = frame.where(sf.col(BROKEN).isNull()).where(is_no_heading)
    names = {name: f"c{place}" for name, place in shape.places}
    # Spark does not count what alone is asked of a file.
    broken = frame.agg(sf.count(BROKEN), sf.count("c0"))
    return standardised(whole, names, known, unit=unit), lambda: int(broken.collect()[0][0])


def spark_typed(frame: Any, places: Mapping[str, int], known: KnownColumns, unit: str) -> Any:
    """Make the standard table of a table whose columns have names, which may hold any sign."""
    plain = frame.toDF(*(f"c{place}" for place in range(len(frame.columns))))
    return standardised(plain, {name: f"c{place}" for name, place in places.items()}, known, unit=unit)
