"""A workbook being written: aside and renamed, and the same bytes for the same content."""

from __future__ import annotations

import io
import tempfile
from contextlib import contextmanager
from datetime import datetime, time
from typing import IO, TYPE_CHECKING

from cchc_calc.atomic import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from xlsxwriter.workbook import Workbook


@contextmanager
def new_workbook(path: Path, *, title: str, subject: str, day: date) -> Iterator[Workbook]:
    """Open a workbook to be written at ``path``, which appears whole when the block ends without an error.

    ``day`` stands in its properties in place of the clock, with which every build would be another file.
    """
    # The library takes a tenth of a second to load, and most runs write no workbook.
    import xlsxwriter

    with replacing(path) as part:
        # Written to the disk by the library, a workbook on a full one would fail with an error of its own.
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True})
        _describe(book, title, subject, day)
        yield book
        book.close()
        part.write_bytes(content.getvalue())


@contextmanager
def new_large_workbook(path: Path, *, title: str, subject: str, day: date) -> Iterator[Workbook]:
    """Open a workbook as ``new_workbook`` does, with its parts on the disk until the block ends.

    What its streamed sheets hold takes no memory. A full disk raises ``OSError``.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with (
        replacing(path) as part,
        # A file that is still open cannot be removed everywhere.
        tempfile.TemporaryDirectory(prefix="cchc-", ignore_cleanup_errors=True) as folder,
    ):
        book = xlsxwriter.Workbook(part, {"tmpdir": folder})
        _describe(book, title, subject, day)
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            lines_on_disk: list[IO[str] | None] = [sheet.row_data_fh for sheet in book.worksheets()]
            for lines in lines_on_disk:
                if lines is not None:
                    lines.close()


def _describe(book: Workbook, title: str, subject: str, day: date) -> None:
    created = datetime.combine(day, time())
    book.set_properties({"title": title, "subject": subject, "author": "cchc_calc", "created": created})
