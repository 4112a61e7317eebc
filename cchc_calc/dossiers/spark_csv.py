"""Csv files read by Spark itself: all cells as texts, and no row lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.spark import place_of, session, shown
from cchc_calc.dossiers.spark_refusals import said_plainly
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cchc_calc.dossiers.spark import SparkFrame

BROKEN: Final = "broken"
"""The column of ``read_csv`` that holds the whole text of a row with more filled cells than columns, else nothing."""

LONGEST_CELL: Final = 100_000
"""Characters of a csv; no cell of a table of dossiers comes near it."""

_CELLS_BEYOND: Final = 100
_QUOTES: Final = "Kiểm tra các dấu nháy kép trong tệp; hoặc chép tệp về một máy và dùng --engine duckdb."


def read_csv(paths: Sequence[str], *, columns: int, delimiter: str = ",", headed: bool = True) -> SparkFrame:
    """Read csv files of UTF-8: texts c0, c1, … by position, nothing for a blank cell, and ``BROKEN``.

    All files have so many ``columns``; of each the first row is left out where they are ``headed``. Cells may be quoted
    with doubled marks inside, and hold line breaks. A row with fewer cells ends in blank ones; of one with more the
    rest is left out, and if any of it is filled the row is broken.

    Raises SourceRefusedError: F00 where there is no file, F09 for a name that Spark would pass over, F12 where a
    quotation mark is not closed, so that rows would be lost.
    """
    with said_plainly(shown(paths)):
        places = [place_of(path) for path in paths]
        cells = [f"c{number}" for number in range(columns)]
        marks = {"sep": delimiter, "quote": '"', "escape": '"'}
        reader = session().read.options(**marks, header=headed, encoding="UTF-8", mode="PERMISSIVE")
        # A row is seen to be too wide only where all its cells are read.
        reader = reader.options(maxCharsPerColumn=LONGEST_CELL, columnPruning=False)
        reader = reader.options(columnNameOfCorruptRecord=BROKEN, multiLine=_has_line_breaks(places, shown(paths)))
        frame = reader.schema(_texts([*cells, BROKEN])).csv(places)
        return frame.withColumn(BROKEN, _too_wide(cells, marks))


def _has_line_breaks(places: Sequence[str], source: str) -> bool:
    """Tell whether a cell holds a line break; where none does, many cores read one file.

    A line with an even number of quotation marks ends outside of a cell if it began there.
    """
    from pyspark.sql import functions as sf

    text = sf.col("value")
    marks = sf.length(text) - sf.length(sf.replace(text, sf.lit('"'), sf.lit("")))
    lines = session().read.text(list(places)).select(sf.input_file_name().alias("file"), marks.alias("marks"))
    files = lines.groupBy("file").agg((sf.sum("marks") % 2).alias("open"), sf.max(sf.col("marks") % 2).alias("odd"))
    [(is_open, is_odd)] = files.agg(sf.max("open"), sf.max("odd")).collect()
    if is_open:
        message = "tệp CSV có một dấu nháy kép không đóng, nên không rõ các dòng tách nhau ở đâu."
        raise refusal(source, "F12", message, _QUOTES)
    return bool(is_odd)


def _too_wide(cells: Sequence[str], marks: dict[str, str]) -> Any:
    """Give the text of a row that is not of the right width, and beyond it not blank."""
    from pyspark.sql import functions as sf

    beyond = [f"c{len(cells) + number}" for number in range(_CELLS_BEYOND)]
    uneven = sf.from_csv(sf.col(BROKEN), _texts([*cells, *beyond]), marks)
    is_filled = sf.trim(sf.concat_ws("", *(uneven[name] for name in beyond))) != ""
    # No first cell is the whole of such a row; without another column Spark refuses to read the text of rows.
    return sf.when(is_filled & ~sf.col(cells[0]).eqNullSafe(sf.col(BROKEN)), sf.col(BROKEN))


def _texts(names: Iterable[str]) -> str:
    return ", ".join(f"{name} STRING" for name in names)
