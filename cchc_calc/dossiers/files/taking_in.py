"""Files taken in one by one: laid out, their columns found, and kept as standard tables in a folder of our own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_calc.dossiers.files.csv_layout import csv_layout
from cchc_calc.dossiers.files.encodings import UTF_8, UTF_8_MARKED
from cchc_calc.dossiers.files.heading_rows import heading_test
from cchc_calc.dossiers.files.kept_tables import Meaning, NotPlainError, PlainCsv, keep
from cchc_calc.dossiers.files.parquet_tables import parquet_frame, parquet_shapes
from cchc_calc.dossiers.files.rewritten import DELIMITER, rewritten_csv, transcoded, write_rows
from cchc_calc.dossiers.files.spreadsheets import read_sheets
from cchc_calc.dossiers.headings import find_columns
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from cchc_calc.dossiers.engine_names import Engine
    from cchc_calc.dossiers.files.csv_layout import CsvLayout
    from cchc_calc.dossiers.files.rewritten import Rewritten
    from cchc_calc.dossiers.files.sources import Source
    from cchc_calc.dossiers.headings import FoundColumns, KnownColumns


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every file: which headings are known or chosen, and whose the dossiers are."""

    known: KnownColumns
    chosen: Mapping[str, str]
    unit: str
    several: bool
    """Whether rows say of which file they are."""


class TakingIn:
    """The tables kept so far, the rows that were broken, and the columns found in each file."""

    def __init__(self, connection: DuckDBPyConnection, folder: Path, question: Question) -> None:
        """Begin with nothing; ``folder`` is for the tables."""
        self.kept: list[str] = []
        self.broken = 0
        self.found: dict[str, FoundColumns] = {}
        self._connection = connection
        self._folder = folder
        self._question = question
        self._is_known = heading_test(question.known, question.chosen)

    def csv(self, source: Source) -> None:
        """Take a csv file in: in place where it is plain, else written anew."""
        layout = csv_layout(source, self._is_known)
        columns = self._columns(source.name, layout.headings)
        try:
            self._keep(self._in_utf_8(source, layout), self._meaning(source, columns, layout.headings))
        except NotPlainError:
            self._keep_rewritten(source, columns, rewritten_csv(source, layout, self._new(".csv")))

    def workbook(self, source: Source) -> None:
        """Take the sheets of a workbook in that are tables of dossiers."""
        table = read_sheets(source, self._is_known)
        if table is None:
            raise refusal(source.name, "F05", "bảng tính không có ô nào.", "Chọn đúng tệp xuất từ phần mềm Một cửa.")
        columns = self._columns(source.name, table.headings)
        self._keep_rewritten(source, columns, write_rows(table.rows, table.headings, self._new(".csv")))

    def parquet(self, files: Sequence[Source], engine: Engine) -> list[Any]:
        """Give the standard tables of parquet files, which are read where they lie."""
        return [
            parquet_frame(
                self._connection,
                engine,
                shape,
                self._columns(shape.files[0].name, shape.headings).places,
                self._question.known,
                self._question.unit,
            )
            for shape in parquet_shapes(self._connection, files)
        ]

    def _columns(self, name: str, headings: tuple[str, ...]) -> FoundColumns:
        asked = self._question
        found = find_columns(headings, asked.known, chosen=asked.chosen, source=name, unit_given=bool(asked.unit))
        self.found[name] = found
        return found

    def _in_utf_8(self, source: Source, layout: CsvLayout) -> PlainCsv:
        path = Path(source.path)
        if layout.encoding not in (UTF_8, UTF_8_MARKED):
            path = self._new(".csv")
            transcoded(source, layout, path)
        return PlainCsv(str(path), layout.delimiter, layout.line, len(layout.headings))

    def _keep_rewritten(self, source: Source, columns: FoundColumns, rewritten: Rewritten) -> None:
        csv = PlainCsv(rewritten.path, DELIMITER, 0, rewritten.columns + 1)
        self._keep(csv, self._meaning(source, columns, (), has_rows=True))
        self.broken += rewritten.broken
        Path(rewritten.path).unlink()

    def _keep(self, csv: PlainCsv, meaning: Meaning) -> None:
        target = self._new(".parquet")
        self.broken += keep(self._connection, csv, meaning, target)
        self.kept.append(str(target))

    def _meaning(
        self, source: Source, columns: FoundColumns, headings: tuple[str, ...], *, has_rows: bool = False
    ) -> Meaning:
        name = source.name if self._question.several else ""
        return Meaning(columns.places, self._question.known, self._question.unit, headings, name, has_rows=has_rows)

    def _new(self, ending: str) -> Path:
        return self._folder / f"{len(self.found)}-{len(self.kept)}{ending}"
