"""What is to be said of a workbook beside its cells: hidden parts, moved sheets, lost guards, macros."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.stamp import OWN_COLUMNS, OWN_HIDDEN_SHEETS, OWN_SHEETS
from cchc_calc.workbook_state import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cchc_calc.catalogue import Form
    from cchc_calc.document import Document
    from cchc_calc.table_layout import Layout, Line
    from cchc_calc.workbook_state import SheetState, Span

_MOST_LISTED: Final = 12
_ROW_OF_CELL = re.compile(r"![A-Z]+(\d+)$")


def workbook_findings(document: Document, form: Form, layout: Layout, *, is_stamped: bool) -> Iterator[Finding]:
    """Yield what an official cannot see in the cells of the sheet with the form, or may not know.

    A workbook that is stamped as our own template is held against it: the order of its sheets, its guards.
    A document without sheets gives nothing.
    """
    workbook = document.workbook
    if workbook.has_macros:
        message = "Tệp có macro. Macro không được chạy khi đọc, và không được giữ lại trong tệp kết quả."
        yield make_finding("macros_present", message, where=document.source)
    state = workbook.state_of(layout.name)
    yield from _hidden_parts(state, _columns(document, layout))
    for sheet in workbook.hidden_sheets:
        if sheet not in OWN_HIDDEN_SHEETS:
            message = f"Trang “{sheet}” bị ẩn nên không được đọc."
            yield make_finding("parts_hidden", message, where=sheet, found=f"trang “{sheet}”")
    for name in workbook.lost_names:
        message = f"Tên “{name}” trỏ tới vùng ô đã mất (#REF!); ô nào dùng tên này thì không có số liệu."
        yield make_finding("name_lost", message, where=document.source, found=name)
    if is_stamped:
        yield from _moved_sheets(workbook.sheets, layout.name)
        yield from _inserted_rows(layout)
        yield from _lost_guards(state, form)


def _columns(document: Document, layout: Layout) -> int:
    """Count the columns in which something may be hidden from the official."""
    # Our own template, which alone names the address of its lines, hides the columns behind these.
    if any(line.address for line in layout.lines):
        return OWN_COLUMNS
    return max((len(row) for table in document.tables if table.name == layout.name for row in table.rows), default=0)


def _hidden_parts(state: SheetState, columns: int) -> Iterator[Finding]:
    if state.hidden_rows:
        listed = _listed(map(_rows_text, state.hidden_rows))
        how = "bị lọc hoặc bị ẩn" if state.is_filtered else "bị ẩn"
        message = f"Trang “{state.name}” có dòng {how}: {listed}. Số liệu ở đó vẫn được đọc."
        yield make_finding("parts_hidden", message, where=state.name, found=f"dòng {listed}")
    hidden = [(first, min(last, columns)) for first, last in state.hidden_columns if first <= columns]
    if hidden:
        listed = _listed(map(_columns_text, hidden))
        message = f"Trang “{state.name}” có cột bị ẩn: {listed}. Số liệu ở đó vẫn được đọc."
        yield make_finding("parts_hidden", message, where=state.name, found=f"cột {listed}")


def _moved_sheets(sheets: tuple[str, ...], form_sheet: str) -> Iterator[Finding]:
    if form_sheet != OWN_SHEETS[0]:
        message = f"Trang biểu mẫu mang tên “{form_sheet}”, trong mẫu là “{OWN_SHEETS[0]}”; đã nhận ra theo mã dòng."
        yield make_finding("sheet_moved", message, where=form_sheet, found=form_sheet, expected=OWN_SHEETS[0])
    own = [sheet for sheet in sheets if sheet in OWN_SHEETS]
    expected = [sheet for sheet in OWN_SHEETS if sheet in own]
    if own != expected:
        message = f"Các trang đổi thứ tự: {', '.join(own)}; trong mẫu là: {', '.join(expected)}."
        yield make_finding("sheet_moved", message, where=own[0], found=", ".join(own), expected=", ".join(expected))


def _inserted_rows(layout: Layout) -> Iterator[Finding]:
    last = max((index for index, line in enumerate(layout.lines) if line.address), default=-1)
    lines = layout.lines[: last + 1]
    if not lines or _row_of(lines[-1]) - _row_of(lines[0]) < len(lines):
        return
    taken = set(map(_row_of, lines))
    inserted = [row for row in range(min(taken), max(taken)) if row not in taken]
    if inserted:
        listed = _listed(map(_rows_text, spans(inserted)))
        message = f"Trang “{layout.name}” có dòng trống chèn vào giữa biểu mẫu: {listed}; số liệu vẫn được đọc theo mã."
        yield make_finding("row_moved", message, where=layout.name, found=f"dòng {listed}")


def _row_of(line: Line) -> int:
    found = _ROW_OF_CELL.search(line.where)
    return int(found[1]) if found else 0


def _lost_guards(state: SheetState, form: Form) -> Iterator[Finding]:
    if state.is_protected is False:
        message = f"Trang “{state.name}” đã bị bỏ khóa: công thức và mã dòng có thể đã bị sửa."
        yield make_finding("guards_removed", message, where=state.name, found="trang không khóa", expected="trang khóa")
    wanted = _count_inputs(form)
    if state.validated_cells is not None and state.validated_cells < wanted:
        message = (
            f"Trang “{state.name}” chỉ còn {state.validated_cells} ô có kiểm tra dữ liệu nhập, "
            f"biểu mẫu có {wanted} ô: giới hạn và danh sách chọn ở các ô kia đã bị xóa."
        )
        found, expected = f"{state.validated_cells} ô có kiểm tra", f"{wanted} ô có kiểm tra"
        yield make_finding("guards_removed", message, where=state.name, found=found, expected=expected)


@cache
def _count_inputs(form: Form) -> int:
    return sum(row.is_input for row in form.rows)


def _listed(texts: Iterable[str]) -> str:
    return shortened_list(texts, _MOST_LISTED, "chỗ")


def _rows_text(span: Span) -> str:
    first, last = span
    return str(first) if first == last else f"{first}–{last}"


def _columns_text(span: Span) -> str:
    first, last = map(_letters, span)
    return first if first == last else f"{first}–{last}"


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
