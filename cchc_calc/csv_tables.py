"""The reader of .csv: one table, its cells parted by the mark that parts all rows alike."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell, Document, Table
from cchc_calc.outcomes import RESAVE, refusal
from cchc_calc.plain_text import CELLS_LIMIT
from cchc_calc.shortened_lists import shortened_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.gate import Admitted

DELIMITERS: Final = {";": "dấu chấm phẩy", ",": "dấu phẩy", "\t": "dấu tab", "|": "dấu gạch đứng"}
"""The marks between cells that programs write, and their names; at a tie the first one is taken."""

_SAMPLE: Final = 50
_NAMED: Final = 5
_BROKEN_REMEDY: Final = "Mở tệp bằng Excel, kiểm tra các dấu nháy kép, lưu thành tệp .xlsx rồi nộp lại."


def read_csv(admitted: Admitted) -> Document:
    """Read a text as one table; the mark between cells is found, or named by a first line "sep=;".

    The rows have the places "dòng 2, ô 3", lines counted as an editor does; blank lines are left out. Cells keep their
    text, and nothing in them is taken for a formula.

    Raises SourceRefusedError: F02 for more than 200 000 cells, F05 for a text without any cell, F12 for a quotation
    that is broken and for rows with more cells than the header, where a decimal comma may have shifted the columns.
    """
    text, skipped = admitted.text.replace("\r\n", "\n").replace("\r", "\n"), 0
    first_line, _, rest = text.partition("\n")
    named = first_line.strip(" ").removeprefix("sep=")
    if named != first_line and named in DELIMITERS:
        delimiter, text, skipped = named, rest, 1
    else:
        delimiter = _delimiter(text)
    try:
        rows = tuple(_rows(admitted.name, text, delimiter, skipped))
    except csv.Error:
        message = "tệp CSV ghi sai quy cách: dấu nháy kép không đóng mở đúng, hoặc một ô quá dài."
        raise refusal(admitted.name, "F12", message, _BROKEN_REMEDY) from None
    if not rows:
        raise refusal(admitted.name, "F05", "tệp không có ô nào.", "Xin đơn vị gửi lại tệp có số liệu.")
    _check_widths(admitted.name, rows, delimiter)
    return Document(admitted.name, (Table(rows),), "csv")


def _rows(source: str, text: str, delimiter: str, skipped: int) -> Iterator[tuple[Cell, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    room, line = CELLS_LIMIT, skipped + 1
    for texts in reader:
        room -= len(texts)
        if room < 0:
            raise refusal(source, "F02", f"bảng có hơn {CELLS_LIMIT} ô.", RESAVE)
        if any(cell.strip() for cell in texts):
            yield tuple(Cell(cell.strip(), f"dòng {line}, ô {place}") for place, cell in enumerate(texts, start=1))
        line = skipped + reader.line_num + 1


def _delimiter(text: str) -> str:
    """Choose the mark that gives most rows of the sample the same number of cells, two or more; then the most cells."""
    return max(DELIMITERS, key=lambda mark: _fitness(text, mark))


def _fitness(text: str, mark: str) -> tuple[int, int]:
    try:
        sample = islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), _SAMPLE)
        widths = [len(row) for row in sample if row]
    except csv.Error:
        return 0, 0
    return max(((widths.count(width), width) for width in {*widths} if width > 1), default=(0, 0))


def _check_widths(source: str, rows: tuple[tuple[Cell, ...], ...], delimiter: str) -> None:
    """Refuse rows with more cells than the header, which is the first row with two filled cells."""
    header = next((place for place, row in enumerate(rows) if sum(bool(cell.text) for cell in row) > 1), 0)
    width = len(rows[header])
    wide = [row for row in rows[header + 1 :] if len(row) > width]
    if not wide:
        return
    named = shortened_list((f"{row[0].where.partition(',')[0]} ({len(row)} ô)" for row in wide), _NAMED, "dòng")
    message = f"{named} có nhiều ô hơn dòng tiêu đề ({width} ô), nên không rõ ô nào thuộc cột nào."
    remedy = "Kiểm tra các dòng này"
    if delimiter == ",":
        remedy += ": số thập phân có dấu phẩy (15,6) phải đặt trong dấu nháy kép, hoặc các ô ngăn bằng dấu chấm phẩy"
    raise refusal(source, "F12", message, f"{remedy}; hoặc lưu bảng thành tệp .xlsx rồi nộp lại.")
