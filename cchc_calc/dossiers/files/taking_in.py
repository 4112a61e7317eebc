"""Files taken in: laid out, their columns found, and kept as standard tables in a folder of our own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.engine_names import Engine
from cchc_calc.dossiers.files.csv_layout import csv_layout
from cchc_calc.dossiers.files.encodings import UTF_8, UTF_8_MARKED
from cchc_calc.dossiers.files.heading_rows import heading_test
from cchc_calc.dossiers.files.kept_tables import CsvShape, Keeping
from cchc_calc.dossiers.files.not_plain import NotPlainError
from cchc_calc.dossiers.files.parquet_tables import parquet_frame, parquet_shapes, parquet_texts
from cchc_calc.dossiers.files.rewritten import DELIMITER, rewritten_csv, transcoded, write_rows
from cchc_calc.dossiers.files.spark_tables import spark_csv, spark_named
from cchc_calc.dossiers.files.spreadsheets import read_sheets
from cchc_calc.dossiers.files.unread import WrittenTexts
from cchc_calc.dossiers.headings import find_columns
from cchc_calc.dossiers.standardising import standardised
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from cchc_calc.dossiers.files.csv_layout import CsvLayout
    from cchc_calc.dossiers.files.rewritten import Rewritten
    from cchc_calc.dossiers.files.sources import Source
    from cchc_calc.dossiers.headings import FoundColumns, KnownColumns

_WRONG: Final = "Mở tệp bằng Excel, kiểm tra các dấu nháy kép, lưu thành tệp .xlsx rồi làm lại."


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every file: which headings are known or chosen, and whose the dossiers are.

    Of ``several`` files the rows say which one they are of. What is counted ``once`` need not be kept.
    """

    engine: Engine
    known: KnownColumns
    chosen: Mapping[str, str]
    unit: str
    several: bool
    once: bool


@dataclass(frozen=True, slots=True)
class _Csv:
    """A csv file in UTF-8 that waits to be kept; ``layout`` is that of the file it is, or was transcoded from."""

    path: str
    source: Source
    layout: CsvLayout | None


class TakingIn:
    """The standard tables of the files so far: what is ``kept``, and ``frames`` that are read where they lie.

    ``broken`` counts the rows that are none, file by file; ``found`` are the columns of each, ``texts`` what they hold.
    """

    def __init__(self, connection: DuckDBPyConnection, folder: Path, question: Question) -> None:
        """Begin with nothing; ``folder`` is for what is written."""
        self.kept: list[str] = []
        self.frames: list[Any] = []
        self.found: dict[str, FoundColumns] = {}
        self.broken: list[Callable[[], int]] = []
        self.broken_lines: dict[str, Rewritten] = {}
        self.is_in_place = False
        self.is_read_by_spark = False
        self.texts = WrittenTexts(connection, question.known)
        self._connection = connection
        self._folder = folder
        self._written = 0
        self._question = question
        self._is_known = heading_test(question.known, question.chosen)
        self._keeping = Keeping(connection, question.known, question.unit, question.several)
        self._waiting: defaultdict[CsvShape, list[_Csv]] = defaultdict(list)

    def csv(self, source: Source) -> None:
        """Take a csv file in: as it lies where it is UTF-8, else transcoded."""
        layout = csv_layout(source, self._is_known)
        shape = CsvShape(layout.delimiter, layout.line, layout.headings, self._places(source.name, layout.headings))
        if not layout.is_plain:
            self._rewrite(source, layout, shape)
            return
        path = source.path
        if layout.encoding not in (UTF_8, UTF_8_MARKED):
            target = self._new(".csv")
            transcoded(source, layout, target)
            path = str(target)
        self._waiting[shape].append(_Csv(path, source, layout))

    def workbook(self, source: Source) -> None:
        """Take the sheets of a workbook in that are tables of dossiers."""
        table = read_sheets(source, self._is_known)
        if table is None:
            raise refusal(source.name, "F05", "bảng tính không có ô nào.", "Chọn đúng tệp xuất từ phần mềm Một cửa.")
        places = self._places(source.name, table.headings)
        self._wait_rewritten(source, table.headings, places, write_rows(table.rows, table.headings, self._new(".csv")))

    def parquet(self, files: Sequence[Source]) -> None:
        """Take parquet files in, which are read where they lie."""
        for shape in parquet_shapes(self._connection, files):
            asked, places = self._question, dict(self._places(shape.files[0].name, shape.headings))
            frame, names = parquet_frame(self._connection, asked.engine, shape, places)
            self.frames.append(standardised(frame, names, asked.known, unit=asked.unit))
            self.texts.add_scan(*parquet_texts(shape, places))

    def named(self, name: str) -> None:
        """Take in what Spark knows by a name: a place with a scheme, or a table of its catalogue."""
        from cchc_calc.dossiers.spark import read_named

        frame = read_named(name)
        frame, names = spark_named(frame, dict(self._places(name, tuple(frame.columns))))
        self.texts.add_table(frame, names)
        self.frames.append(standardised(frame, names, self._question.known, unit=self._question.unit))

    def keep(self) -> None:
        """Keep the csv files that wait, those of one shape together."""
        while self._waiting:
            shape, files = self._waiting.popitem()
            self._keep(shape, files)

    def _keep(self, shape: CsvShape, files: list[_Csv]) -> None:
        if self._question.engine is Engine.PYSPARK and shape.skipped == 1 and _are_in_place(files):
            asked = self._question
            frame, names, broken = spark_csv(shape, [file.path for file in files])
            self.texts.add_table(frame, names)
            self.frames.append(standardised(frame, names, asked.known, unit=asked.unit))
            self.broken.append(broken)
            self.is_read_by_spark = True
            return
        named = [(file.path, file.source.name) for file in files]
        if self._question.engine is Engine.DUCKDB and self._question.once and not shape.has_rows:
            relation, rows = self._keeping.in_place(shape, named)
            self.frames.append(relation)
            self._add_texts(rows, shape)
            self.is_in_place = True
            return
        target = self._new(".parquet")
        try:
            rows = self._keeping.keep(shape, named, target)
        except NotPlainError:
            self._keep_apart(shape, files)
        else:
            self.kept.append(str(target))
            self._add_texts(rows, shape)

    def _add_texts(self, rows: str, shape: CsvShape) -> None:
        self.texts.add_scan(rows, {name: f"c{place}" for name, place in shape.places})

    def _keep_apart(self, shape: CsvShape, files: list[_Csv]) -> None:
        """Find among several files the one that is not plain, by halves, and write it anew."""
        half = len(files) // 2
        if half:
            self._keep(shape, files[:half])
            self._keep(shape, files[half:])
            return
        [file] = files
        if file.layout is None:
            raise refusal(file.source.name, "F12", "tệp ghi sai quy cách: có dòng quá dài.", _WRONG)
        self._rewrite(file.source, file.layout, shape)

    def _rewrite(self, source: Source, layout: CsvLayout, shape: CsvShape) -> None:
        written = rewritten_csv(source, layout, self._new(".csv"))
        self._wait_rewritten(source, shape.headings, shape.places, written)

    def _wait_rewritten(
        self, source: Source, headings: tuple[str, ...], places: tuple[tuple[str, int], ...], written: Rewritten
    ) -> None:
        shape = CsvShape(DELIMITER, 0, headings, places, has_rows=True)
        self._waiting[shape].append(_Csv(written.path, source, None))
        if written.broken:
            self.broken_lines[source.name] = written
            self.broken.append(lambda: written.broken)

    def _places(self, name: str, headings: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        asked = self._question
        found = find_columns(headings, asked.known, chosen=asked.chosen, source=name, unit_given=bool(asked.unit))
        self.found[name] = found
        return tuple(found.places.items())

    def _new(self, ending: str) -> Path:
        self._written += 1
        return self._folder / f"{self._written}{ending}"


def _are_in_place(files: Sequence[_Csv]) -> bool:
    return all(file.path == file.source.path for file in files)
