"""Cells of every kind as an official sees them, shared by the tests of the readers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from containers import make_workbook

from cchc_calc.excel.readers.careful import read_workbook
from cchc_calc.excel.readers.fast import read_workbook_fast
from cchc_calc.gate import admit_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlsxwriter

    from cchc_calc.document import Cell, Document

# Every cell in its own row of column B, so that the reader has blanks to keep.
CELLS: dict[str, tuple[Callable[[Any, Any, int], object], tuple[str, str, bool]]] = {
    "text": (lambda _b, s, r: s.write_string(r, 1, "  Hồ sơ & <i>"), ("  Hồ sơ & <i>", "", False)),
    "two lines": (lambda _b, s, r: s.write_string(r, 1, "a\nb"), ("a\nb", "", False)),
    "number as text": (lambda _b, s, r: s.write_string(r, 1, "1.234"), ("1.234", "", False)),
    "count": (lambda _b, s, r: s.write_number(r, 1, 447), ("447", "", False)),
    "rate": (lambda b, s, r: s.write_number(r, 1, 0.997, b.add_format({"num_format": "0.0%"})), ("99,7%", "", False)),
    "money": (lambda b, s, r: s.write_number(r, 1, 786000, b.add_format({"num_format": 3})), ("786.000", "", False)),
    "negative": (lambda _b, s, r: s.write_number(r, 1, -7), ("-7", "", False)),
    "minus zero": (lambda _b, s, r: s.write_number(r, 1, -0.0), ("0", "", False)),
    "huge": (lambda _b, s, r: s.write_number(r, 1, 1e308), ("1E+308", "", False)),
    "sum": (lambda _b, s, r: s.write_formula(r, 1, "=1+1", None, 2), ("2", "", True)),
    "text result": (lambda _b, s, r: s.write_formula(r, 1, '="a"', None, "a"), ("a", "", True)),
    "no result": (
        lambda _b, s, r: s.write_formula(r, 1, "=A1", None, ""),
        ("", "công thức chưa có kết quả: mở bằng Excel rồi lưu lại", True),
    ),
    "other file": (
        lambda _b, s, r: s.write_formula(r, 1, "='[1]Quý 2'!A1", None, 5),
        ("5", "công thức lấy số liệu từ tệp khác", True),
    ),
    "error": (lambda _b, s, r: s.write_formula(r, 1, "=1/0", None, "#DIV/0!"), ("#DIV/0!", "lỗi #DIV/0!", True)),
    "true": (lambda _b, s, r: s.write_boolean(r, 1, boolean=True), ("TRUE", "ô TRUE/FALSE", False)),
    "date": (
        lambda b, s, r: s.write_datetime(r, 1, datetime(2023, 3, 15), b.add_format({"num_format": "d/m/yy"})),  # noqa: DTZ001
        ("15/03/2023", "ô ngày tháng", False),
    ),
    "count shown as a date": (
        lambda b, s, r: s.write_number(r, 1, 45000, b.add_format({"num_format": 14})),
        ("15/03/2023", "ô ngày tháng", False),
    ),
    "moment": (
        lambda b, s, r: s.write_number(r, 1, 45000.5, b.add_format({"num_format": "d/m/yy h:mm"})),
        ("15/03/2023 12:00", "ô ngày tháng", False),
    ),
    "time": (
        lambda b, s, r: s.write_number(r, 1, 0.25, b.add_format({"num_format": "hh:mm"})),
        ("06:00", "ô thời gian", False),
    ),
    "duration": (
        lambda b, s, r: s.write_datetime(r, 1, timedelta(hours=36), b.add_format({"num_format": "[h]:mm"})),
        ("36:00", "ô thời gian", False),
    ),
    "rich text": (
        lambda b, s, r: s.write_rich_string(r, 1, "thường ", b.add_format({"bold": True}), "đậm"),
        ("thường đậm", "", False),
    ),
}


def make_one_cell(write: Callable[[Any, Any, int], object]) -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        write(book, book.add_worksheet("Biểu mẫu"), 4)

    return make_workbook(fill)


def one_cell(document: Document) -> Cell:
    ((row,),) = (table.rows for table in document.tables)
    assert [cell.text for cell in row[:-1]] == [""]
    assert [cell.where for cell in row] == ["Biểu mẫu!A5", "Biểu mẫu!B5"]
    return row[-1]


def texts(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in document.tables]


def both(data: bytes) -> Document:
    """Read with the careful reader; the fast one must say the same or nothing."""
    document = read_workbook(admit_bytes("a.xlsx", data))
    assert read_workbook_fast(admit_bytes("a.xlsx", data)) in (None, document)
    return document
