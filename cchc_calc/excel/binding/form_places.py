"""Where the rows of the form stand in an office's own workbook, found by code and label."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell, Document, Table
from cchc_calc.excel.readers.grid import CELLS_LIMIT, column_letters, read_address
from cchc_calc.outcomes import refusal
from cchc_calc.recognition import recognise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.catalogue import Form
    from cchc_calc.excel.binding.sheet_cells import Place
    from cchc_calc.report import Report

_DISTRUSTED: Final = {
    "row_duplicated": "dòng của chỉ tiêu này xuất hiện nhiều lần",
    "label_conflicts": "mã là của chỉ tiêu này nhưng nội dung là của chỉ tiêu khác",
    "row_unclear": "không rõ dòng này thuộc chỉ tiêu nào",
}
_SPLIT: Final = "row_split"
_IN_TWO: Final = "dòng của chỉ tiêu này bị ngắt làm hai dòng"


@dataclass(frozen=True, slots=True)
class FormPlaces:
    """The form on its sheet: the cell of every row that was found, and the rows nobody can rely on, with why."""

    form: Form
    report: Report
    sheet: str
    cells: Mapping[str, Place]
    distrusted: Mapping[str, str]


def find_form(document: Document, sheet: str = "") -> FormPlaces:
    """Find the one visible sheet that holds the form, and the value cell of each of its rows.

    ``sheet`` names it where several hold the form; upper and lower case are one, as in a spreadsheet.

    Raises SourceRefusedError: S10 where no sheet holds the form or its figures stand in several columns, S02
    where several sheets hold it and none is named.
    """
    tables = [_padded(table) for table in _sheets(document, sheet)]
    read = [recognise(Document(document.source, (table,), document.kind)) for table in tables]
    found = [(report, table) for report, table in zip(read, tables, strict=True) if report.form is not None]
    if not found:
        message = "không tìm thấy biểu mẫu thống kê cải cách hành chính trong trang nào đang hiện."
        remedy = "Mở đúng tệp có bảng mang các cột “Chỉ tiêu thống kê” và “Số liệu”; trang bị ẩn thì cho hiện lại."
        raise refusal(document.source, "S10", message, remedy)
    if len(found) > 1:
        names = " và ".join(f"“{table.name}”" for _, table in found)
        message = f"biểu mẫu có ở nhiều trang: {names}; không rõ gắn hàm vào trang nào."
        remedy = f'Chọn một trang rồi làm lại, ví dụ thêm: --sheet "{found[0][1].name}".'
        raise refusal(document.source, "S02", message, remedy)
    report, table = found[0]
    if report.form is None:
        raise ValueError(table.name)
    cells = {
        address: read_address(entry.where.rpartition("!")[2])
        for address, entry in report.entries.items()
        if "!" in entry.where
    }
    distrusted = MappingProxyType(_distrusted(report))
    return FormPlaces(report.form, report, table.name, MappingProxyType(cells), distrusted)


def _sheets(document: Document, sheet: str) -> tuple[Table, ...]:
    chosen = tuple(table for table in document.tables if not sheet or _name(table.name) == _name(sheet))
    if sheet and not chosen:
        shown = ", ".join(f"“{table.name}”" for table in document.tables)
        message = f"không có trang “{sheet}” trong các trang có nội dung đang hiện: {shown}."
        raise refusal(document.source, "S10", message, "Ghi đúng tên trang như trên tệp; trang bị ẩn thì cho hiện lại.")
    return chosen


def _name(sheet: str) -> str:
    return unicodedata.normalize("NFC", sheet).strip().casefold()


def _distrusted(report: Report) -> dict[str, str]:
    reasons = {
        address: _DISTRUSTED[finding.rule]
        for finding in report.findings
        if finding.rule in _DISTRUSTED
        for address in finding.rows
    }
    split = {finding.where.partition("–")[0] for finding in report.findings if finding.rule == _SPLIT}
    reasons.update((address, _IN_TWO) for address, entry in report.entries.items() if entry.where in split)
    return reasons


def _padded(table: Table) -> Table:
    """Give every row as many cells as the longest has, so that a value cell at the end has a place too."""
    rows = len(table.rows)
    width = min(max(map(len, table.rows), default=0), CELLS_LIMIT // max(rows, 1))
    return replace(table, rows=tuple(_padded_row(row, table.name, width) for row in table.rows))


def _padded_row(row: tuple[Cell, ...], sheet: str, width: int) -> tuple[Cell, ...]:
    number = row[0].where.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return *row, *(Cell("", f"{sheet}!{column_letters(place + 1)}{number}") for place in range(len(row), width))
