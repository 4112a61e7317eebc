"""How a csv file is laid out: its encoding, the mark between its cells, and where its headings stand."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.csv_tables import DELIMITERS
from cchc_calc.dossiers.files.csv_records import QUOTE, records
from cchc_calc.dossiers.files.encodings import decoded, encoding_of
from cchc_calc.dossiers.files.heading_rows import check_width, heading_row
from cchc_calc.dossiers.files.line_ends import ends_alike, has_lone_returns
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cchc_calc.dossiers.files.heading_rows import HeadingRow
    from cchc_calc.dossiers.files.sources import Source

HEAD: Final = 1024 * 1024
"""Bytes in which the headings are looked for."""

_NAMED: Final = "sep="
_AS_UTF_8: Final = "Mở tệp bằng Excel, lưu thành loại CSV UTF-8 hoặc .xlsx, rồi làm lại."
_EXPORT: Final = "Xuất lại bảng hồ sơ từ phần mềm Một cửa, hoặc chọn đúng tệp."


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """The layout of a csv file; ``line`` is that of the headings, from 1.

    It ``is_plain`` where no cell in or above the headings holds a line break, and lines end alike.
    """

    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    line: int
    is_plain: bool


def csv_layout(source: Source, is_known: Callable[[str], bool]) -> CsvLayout:
    """Find the layout of a csv file by its first megabyte; ``is_known`` tells whether a text is a known heading.

    Of the marks between cells (; , tab |) the one is taken under which a row has the most known headings; a first line
    "sep=;" names it.

    Raises SourceRefusedError: F02 for too many columns, F05 for a file without any cell, F14 for no text.
    """
    with Path(source.path).open("rb") as stream:
        head = stream.read(HEAD)
    encoding = encoding_of(head)
    if encoding is None:
        raise refusal(source.name, "F14", "văn bản không ghi bằng mã UTF-8, UTF-16 hay windows-1258.", _AS_UTF_8)
    written = decoded(head, encoding)
    text = written.replace("\r\n", "\n").replace("\r", "\n")
    found = [(row, mark) for mark in _marks(text) if (row := heading_row(_rows(text, mark), is_known)) is not None]
    if not found:
        raise refusal(source.name, "F05", "tệp không có ô nào.", _EXPORT)
    best, delimiter = max(found, key=lambda one: _fitness(one[0]))
    check_width(source.name, best)
    above = text.split("\n", best.row)[: best.row]
    is_plain = not any(line.count(QUOTE) % 2 for line in above) and ends_alike(written)
    is_plain = is_plain and not has_lone_returns(Path(source.path), written)
    return CsvLayout(encoding, delimiter, best.headings, best.row, is_plain)


def _fitness(row: HeadingRow) -> tuple[int, int]:
    return row.known, len(row.headings)


def _marks(text: str) -> tuple[str, ...]:
    named = text.partition("\n")[0].strip(" ").removeprefix(_NAMED)
    return (named,) if named in DELIMITERS and text.startswith(_NAMED) else tuple(DELIMITERS)


def _rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    for record in records(io.StringIO(text, newline="\n"), mark):
        if record.cells is not None and any(cell.strip() for cell in record.cells):
            if record.line == 1 and record.cells[0].strip().startswith(_NAMED):
                continue
            yield record.line, record.cells
