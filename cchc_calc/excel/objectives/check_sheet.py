"""The sheet "Kiểm tra": what is still missing at any time, and what was found when the workbook was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cchc_calc.excel.objectives import line_results as notes
from cchc_calc.excel.objectives.line_results import key_of
from cchc_calc.excel.objectives.tables import FiguresColumn, ResultsColumn
from cchc_calc.excel.objectives.workbook_results import ASK_FOR_CAUSE, ASK_FOR_REMEDY, status_text
from cchc_calc.excel.sheets.finding_list import LAST_COLUMN, PIXELS, write_findings
from cchc_calc.excel.sheets.form_grid import FINDINGS_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_merged, set_paper
from cchc_calc.objectives.records import Status
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.workbook_results import WorkbookResults
    from cchc_calc.excel.sheets.styles import Styles

_TEXT_COLUMNS: Final = (0, 4)
_NUMBER_COLUMN: Final = 5
_LIVE_HINT: Final = "Phần đếm dưới đây và các cột Kiểm tra tự thay đổi theo số liệu."
_FIXED_HINT: Final = (
    "Danh sách bên dưới là kết quả lúc lập tệp này; sửa số xong, hãy lập lại bằng lệnh cchc objectives."
)
_NOT_CHECKED: Final = (
    "Lệnh cchc objectives đọc báo cáo bằng lời, lập tệp này và ghi những điều tìm thấy ngay tại trang này."
)


class _Count(NamedTuple):
    name: str
    formula: str
    value: int


def write_check_sheet(book: Workbook, styles: Styles, tables: Tables, results: WorkbookResults) -> None:
    """Add the sheet; without findings it holds the numbers that follow the figures, and how to have more checked."""
    sheet, findings = add_sheet(book, FINDINGS_SHEET), results.typed.findings
    set_paper(sheet)
    for column, pixels in enumerate(PIXELS):
        sheet.set_column_pixels(column, column, pixels)
    cover = results.typed.cover
    hint = f"{_LIVE_HINT} {_NOT_CHECKED if findings is None else _FIXED_HINT}"
    lines = (cover.unit, cover.period_line)
    at = put_head(sheet, styles, "KIỂM TRA MỤC TIÊU CHẤT LƯỢNG", lines, hint, (LAST_COLUMN, sum(PIXELS)))
    at = _write_counts(sheet, styles, at, list(_counts(tables, results)))
    if findings is not None:
        places = {
            key_of(line.number): tables.results.abroad(ResultsColumn.NUMBER, place)
            for place, line in enumerate(results.typed.objectives)
        }
        at = write_findings(
            sheet, styles, at + 1, findings, place_of=lambda row: places.get(key_of(row), ""), rows_name="Mục tiêu"
        )
    sheet.print_area(0, 0, at, LAST_COLUMN)
    protect(sheet)


def _write_counts(sheet: Worksheet, styles: Styles, top: int, counts: list[_Count]) -> int:
    put_merged(sheet, top, (0, LAST_COLUMN), "Tình trạng hiện nay", styles["heading"])
    for at, count in enumerate(counts, start=top + 1):
        put_merged(sheet, at, _TEXT_COLUMNS, count.name, styles["cell"])
        sheet.write_formula(at, _NUMBER_COLUMN, count.formula, styles["count"], count.value)
    return top + len(counts) + 1


def _counts(tables: Tables, results: WorkbookResults) -> Iterator[_Count]:
    figures, report = tables.figures, tables.results
    noted, judged = figures.whole_abroad(FiguresColumn.NOTE), figures.whole_abroad(FiguresColumn.STATUS)
    asked = report.whole_abroad(ResultsColumn.MESSAGE)
    said = [line.note for line in results.lines]
    messages = [results.message(line) for line in results.typed.objectives]
    yield _Count("Số mục tiêu", f'=COUNTIF({report.whole_abroad(ResultsColumn.KEY)},"#*")', results.total)
    lines = sum(bool(line.key) for line in results.lines)
    yield _Count("Số dòng số liệu", f'=COUNTIF({figures.whole_abroad(FiguresColumn.KEY)},"#*")', lines)
    for name, note in (
        ("Dòng chưa có số liệu", notes.NO_FIGURES),
        ("Dòng thiếu tử số", notes.NO_NUMERATOR),
        ("Dòng thiếu mẫu số", notes.NO_DENOMINATOR),
        ("Dòng có số không đọc được", notes.UNREADABLE),
        ("Dòng có tử số lớn hơn mẫu số", notes.CONTRADICTS),
        ("Dòng chỉ có tỷ lệ công bố, không có tử số và mẫu số", notes.ONLY_DECLARED),
        ("Dòng có tỷ lệ công bố khác tỷ lệ tính lại", notes.DIFFERS),
        ("Dòng mà mục tiêu không nêu con số", notes.NO_TARGET),
        ("Dòng chưa ghi đủ So sánh, Mức, Đơn vị tính", notes.NO_CLEAR_TARGET),
        ("Dòng có STT không có ở trang Kế hoạch", notes.NOT_PLANNED),
    ):
        yield _Count(name, f'=COUNTIF({noted},"{note}")', said.count(note))
    undecided = sum(status_text(line.status) == UNDECIDED_TEXT for line in results.lines)
    yield _Count(f"Dòng không đánh giá được ({UNDECIDED_TEXT})", f'=COUNTIF({judged},"{UNDECIDED_TEXT}")', undecided)
    missed = results.count(Status.NOT_MET)
    statuses = report.whole_abroad(ResultsColumn.STATUS)
    yield _Count("Mục tiêu chưa đạt", f'=COUNTIF({statuses},"{status_text(Status.NOT_MET)}")', missed)
    for name, question in (("nguyên nhân", ASK_FOR_CAUSE), ("hướng giải quyết", ASK_FOR_REMEDY)):
        wanted = f'=COUNTIF({asked},"*{question}*")'
        yield _Count(f"Mục tiêu chưa đạt còn thiếu {name}", wanted, sum(question in text for text in messages))
