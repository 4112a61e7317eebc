"""Exports of any kind read into one standard table, by the engine that is asked for and as lazily as it can."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from cchc_calc.dossiers.engine_names import Engine, require
from cchc_calc.dossiers.files.database import connect
from cchc_calc.dossiers.files.engine_faults import is_not_plain, said_plainly
from cchc_calc.dossiers.files.file_findings import file_findings
from cchc_calc.dossiers.files.not_plain import NotPlainError
from cchc_calc.dossiers.files.sources import Kind, Sources, find_sources
from cchc_calc.dossiers.headings import known_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from cchc_calc.dossiers.files.taking_in import Question
    from cchc_calc.dossiers.files.unread import WrittenTexts
    from cchc_calc.dossiers.headings import KnownColumns
    from cchc_calc.dossiers.unknown_spellings import UnknownSpellings
    from cchc_calc.findings import Finding

_PREFIX: Final = "cchc-ho-so-"


class Dossiers:
    """The dossiers of some files; use it in a ``with`` block, at whose end the temporary files are gone.

    ``frame`` is the standard table of the engine, ``names`` are those of the files, ``findings`` what is to be said of
    them. What an engine finds broken only when it counts becomes a refusal as the block is left.
    """

    def __init__(
        self,
        frame: Any,
        names: tuple[str, ...],
        findings: tuple[Finding, ...],
        broken: Sequence[Callable[[], int]],
        texts: WrittenTexts,
        closing: ExitStack,
        *,
        is_in_place: bool,
    ) -> None:
        """Keep what ``read_dossiers`` has read, and what is to be closed after it."""
        self.frame = frame
        self.names = names
        self.findings = findings
        self._broken = broken
        self._texts = texts
        self._closing = closing
        self._is_in_place = is_in_place

    def broken_rows(self) -> int:
        """Count the rows that are none of the table: more cells than headings, or a quotation that is never closed."""
        return sum(count() for count in self._broken)

    def unknown_spellings(self, columns: Iterable[str]) -> Iterator[UnknownSpellings]:
        """Find the texts of columns that mean nothing known, in all files: a pass over these for each column."""
        return self._texts.unknown(columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()
        if error is not None and self._is_in_place and is_not_plain(error):
            raise NotPlainError(", ".join(self.names)) from None
        if isinstance(error, Exception):
            with said_plainly(self.names):
                raise error


def read_dossiers(
    sources: Sequence[str],
    *,
    engine: Engine = Engine.DUCKDB,
    known: KnownColumns | None = None,
    chosen: Mapping[str, str] | None = None,
    unit: str = "",
    once: bool = False,
    watch: Callable[[str], None] | None = None,
) -> Dossiers:
    r"""Read exports of one row a dossier: csv, workbooks, parquet, and folders of them.

    Headings are found by what is ``known`` of them and by what was ``chosen`` (heading -> column); ``unit`` is that of
    dossiers that name none. ``watch`` is told the name of every file. All engines give the same table.

    Csv is read once and kept, which pays from the second time on that it is looked at. A table that is counted ``once``
    DuckDB reads while it counts; csv that is too odd for that makes the end of the block raise ``NotPlainError``, and
    has to be read again without ``once``.

    Raises SourceRefusedError: F00 to F15 for what cannot be read, S02, S23 to S25 for headings.

    >>> from datetime import date
    >>> from cchc_calc.dossiers.tally import tally
    >>> from cchc_calc.periods import Period
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export = Path(folder) / "hoso.csv"
    ...     _ = export.write_text(
    ...         "Mã hồ sơ;Đơn vị;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả\n"
    ...         "H32-1;UBND phường Phương Sơn;13/06/2023 08:00;20/06/2023;19/06/2023\n"
    ...         "H32-2;UBND phường Phương Sơn;14/06/2023 09:30;21/06/2023;\n",
    ...         encoding="utf-8",
    ...     )
    ...     with read_dossiers([str(export)]) as dossiers:
    ...         counted = tally(dossiers.frame, Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023"))
    >>> counted.counts.received, counted.counts.resolved, counted.counts.pending
    (2, 1, 1)
    """
    from cchc_calc.dossiers.files.taking_in import Question

    require(engine)
    named = [source for source in sources if engine is Engine.PYSPARK and not _is_local(source)]
    local = [source for source in sources if source not in named]
    found = find_sources(local) if local or not named else Sources(())
    question = Question(engine, known or known_columns(), chosen or {}, unit, several=len(found.files) > 1, once=once)
    names = (*(file.name for file in found.files), *named)
    with ExitStack() as opened, said_plainly(names):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        opened.callback(shutil.rmtree, folder, ignore_errors=True)
        return _read(found, named, question, folder, opened, watch or _nobody_watches)


def _read(
    found: Sources,
    named: Sequence[str],
    question: Question,
    folder: Path,
    opened: ExitStack,
    watch: Callable[[str], None],
) -> Dossiers:
    import narwhals.stable.v2 as nw

    from cchc_calc.dossiers.files.engine_frames import kept_frame, together
    from cchc_calc.dossiers.files.taking_in import TakingIn
    from cchc_calc.dossiers.held_tables import held

    connection = opened.enter_context(connect(folder, [file.path for file in found.files]))
    taking = TakingIn(connection, folder, question)
    for file in found.files:
        watch(file.name)
        if file.kind is Kind.CSV:
            taking.csv(file)
        elif file.kind is Kind.WORKBOOK:
            taking.workbook(file)
    taking.keep()
    taking.parquet(found.of(Kind.PARQUET))
    for name in named:
        watch(name)
        taking.named(name)
    kept = [kept_frame(connection, question.engine, taking.kept)] if taking.kept else []
    frame = together(connection, question.engine, [*kept, *taking.frames])
    if taking.is_read_by_spark and not question.once:
        # Else Spark reads the files anew, and all times in them, whenever it is asked.
        frame = opened.enter_context(held(nw.from_native(frame).lazy())).to_native()
    names = (*(file.name for file in found.files), *named)
    findings = tuple(file_findings(found, taking.found, taking.broken_lines))
    return Dossiers(
        frame, names, findings, taking.broken, taking.texts, opened.pop_all(), is_in_place=taking.is_in_place
    )


def _is_local(source: str) -> bool:
    try:
        return Path(source).exists()
    except (OSError, ValueError):
        return False


def _nobody_watches(_: str) -> None:
    pass
