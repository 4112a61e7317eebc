"""Opening a report, whatever kind of file it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.file_types import OPEN_XML, remedy_for
from cchc_calc.gate import admit, admit_bytes
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.document import Document
    from cchc_calc.gate import Admitted


def open_document(path: str | Path) -> Document:
    """Let a file through the gate and read it: .xlsx, .xlsm, .xls, .ods, .docx or .txt.

    Raises SourceRefusedError with a code of ``outcomes.OUTCOMES`` for a file that gives no figure at all.
    """
    return read_admitted(admit_source(path))


def admit_source(path: str | Path) -> Admitted:
    """Let a file through the gate as a report. Raises SourceRefusedError as the gate does."""
    return _without_csv(admit(path))


def admit_source_bytes(name: str, data: bytes) -> Admitted:
    """Let the content of a file through the gate as a report, as ``admit_source`` does."""
    return _without_csv(admit_bytes(name, data))


def _without_csv(admitted: Admitted) -> Admitted:
    if admitted.name.lower().endswith(".csv"):
        message = "nội dung là bảng CSV, trong khi cần tệp Excel, ODS, Word hoặc văn bản (.txt)."
        raise refusal(admitted.name, "F04", message, remedy_for("spreadsheet"))
    return admitted


def sheet_names(path: str | Path) -> tuple[str, ...]:
    """Name the sheets of a workbook that an official sees; a file of another kind has none.

    Raises SourceRefusedError as the gate does.
    """
    return admitted_sheet_names(admit_source(path))


def admitted_sheet_names(admitted: Admitted) -> tuple[str, ...]:
    """Name the sheets of an admitted workbook, as ``sheet_names`` does."""
    if admitted.kind not in OPEN_XML:
        return ()
    from cchc_calc.excel.readers.workbook_parts import read_workbook_parts

    return tuple(part.name for part in read_workbook_parts(admitted.parts).sheets if part.is_visible)


def read_one_sheet(admitted: Admitted, sheet: str, columns: int, *, beside: frozenset[str]) -> Document | None:
    """Read the first columns of one sheet of a workbook the fast way, or give ``None``.

    The workbook may have the sheets ``beside`` it and no others, where the same thing might stand again.
    ``None`` says nothing about the file; ``read_admitted`` has to look at the whole of it.
    """
    if admitted.kind not in OPEN_XML:
        return None
    from cchc_calc.excel.readers.workbook_parts import read_workbook_parts

    parts = read_workbook_parts(admitted.parts)
    if not {*parts.state.sheets} <= {sheet, *beside}:
        return None
    from cchc_calc.excel.readers.fast import read_workbook_fast

    return read_workbook_fast(admitted, sheet, columns=columns, parts=parts)


def read_admitted(admitted: Admitted) -> Document:
    """Read a file that passed the gate, with the reader of its kind."""
    # A run reads one kind of file, and the readers together take longer to import than a report to read.
    match admitted.kind:
        case "xlsx" | "xlsm":
            return _read_workbook(admitted)
        case "xls":
            from cchc_calc.excel.readers.old_workbook import read_old_workbook

            return read_old_workbook(admitted)
        case "ods":
            from cchc_calc.excel.readers.open_document import read_open_document

            return read_open_document(admitted)
        case "docx":
            from cchc_calc.word import read_word

            return read_word(admitted)
        case _:
            from cchc_calc.plain_text import read_plain_text

            return read_plain_text(admitted)


def _read_workbook(admitted: Admitted) -> Document:
    from cchc_calc.excel.readers.fast import read_workbook_fast

    document = read_workbook_fast(admitted)
    if document is None:
        from cchc_calc.excel.readers.careful import read_workbook

        document = read_workbook(admitted)
    return document
