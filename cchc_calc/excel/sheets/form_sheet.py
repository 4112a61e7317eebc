"""The sheet "Biểu mẫu": the official form to the letter, and beside it what an official has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.builds import Build
from cchc_calc.excel.sheets.form_grid import FORM_SHEET, SUM_COLUMNS, Column, FormGrid, Line
from cchc_calc.excel.sheets.form_rows import COLUMN_PIXELS, FormRows, number_format_of
from cchc_calc.excel.sheets.macro_buttons import write_buttons
from cchc_calc.excel.sheets.row_messages import CONTRADICTS, DIFFERS, MISSING, SEE, UNREADABLE
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import (
    COUNT_FORMAT,
    DIFFERENT_LOOK,
    INVALID_LOOK,
    MEASURE_FORMAT,
    MISSING_LOOK,
    NOT_ARISING_LOOK,
    TEXT_SIZE,
    TITLE_SIZE,
)
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, State

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.cover import Cover
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.styles import Styles

_PRINTED: Final = (Column.CODE, Column.NOTE)
_PRINTED_PIXELS: Final = sum(COLUMN_PIXELS[column] for column in list(Column)[: Column.GAP])
_SIDE_HEADERS: Final = {
    Column.ADDRESS: "Mã dòng",
    Column.MESSAGE: "Kiểm tra",
    Column.REPORTED: "Số đã báo cáo",
    Column.READ: "Đọc được",
    Column.USED: "Dùng để tính",
}
_LEFT_SIGNATURE: Final = ((0, "NGƯỜI LẬP BIỂU", "signature"), (1, "(Ký, ghi rõ họ tên)", "signature note"))
_RIGHT_SIGNATURE: Final = (
    (0, "TM. ỦY BAN NHÂN DÂN", "signature"),
    (1, "CHỦ TỊCH", "signature"),
    (2, "(Ký tên, đóng dấu)", "signature note"),
)
_SIGNATURES_BELOW: Final = 2
_ROOM_TO_SIGN: Final = 60.0
_THIN_LINE: Final = 6.0


def write_form_sheet(book: Workbook, styles: Styles, figures: FormFigures, cover: Cover, build: Build) -> None:
    """Add the sheet with the form, filled with the figures as far as there are any."""
    sheet = add_sheet(book, FORM_SHEET)
    grid = FormGrid(figures.form)
    frame = _Frame(sheet, styles, grid, figures, cover, build)
    frame.set_up()
    frame.write_head()
    rows = FormRows(sheet, styles, grid, figures, cover.level, build)
    for row in figures.form.rows:
        rows.write(row)
    frame.write_signatures()
    frame.mark_conditions()
    if build is Build.MACROS:
        write_buttons(sheet, Line.TITLE, Column.ADDRESS)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What surrounds the rows."""

    sheet: Worksheet
    styles: Styles
    grid: FormGrid
    figures: FormFigures
    cover: Cover
    build: Build

    def set_up(self) -> None:
        sheet, last = self.sheet, self.grid.last_line
        for column, pixels in COLUMN_PIXELS.items():
            options = {"level": 1, "hidden": True} if column in {Column.READ, Column.USED} else {}
            sheet.set_column_pixels(column, column, pixels, None, options)
        sheet.set_column(len(Column), len(Column), None, None, {"collapsed": True})
        if self.build.calls_python:
            sheet.set_column(f"{SUM_COLUMNS[0]}:{SUM_COLUMNS[-1]}", None, None, {"hidden": True})
        set_paper(sheet)
        sheet.repeat_rows(Line.HEADER)
        # On paper the form looks as it always did: the colours are for the screen.
        sheet.print_black_and_white()
        sheet.print_area(Line.TITLE, Column.CODE, last + _SIGNATURES_BELOW + len(_RIGHT_SIGNATURE), Column.NOTE)
        sheet.freeze_panes(Line.FIRST, Column.CODE)
        first_input = next((row for row in self.figures.form.rows if row.is_input), self.figures.form.rows[0])
        sheet.set_selection(self.grid.value(first_input.address))
        protect(sheet)

    def write_head(self) -> None:
        form = self.figures.form
        first, second = self.cover.title_lines(form)
        self._write_head_line(Line.TITLE, first, "title", TITLE_SIZE)
        self._write_head_line(Line.UNIT, second, "open title", TITLE_SIZE)
        self._write_head_line(Line.REPORT, self.cover.report_line, "open subtitle", TEXT_SIZE)
        self._write_head_line(Line.PERIOD, self.cover.period_line, "open subtitle", TEXT_SIZE)
        self._write_head_line(Line.MARK, f"({form.mark})" if form.mark else "", "mark", TEXT_SIZE)
        headers = list(zip(Column, form.columns, strict=False))
        for column, text in headers:
            put_text(self.sheet, Line.HEADER, column, text, self.styles["header"])
        for column, text in _SIDE_HEADERS.items():
            put_text(self.sheet, Line.HEADER, column, text, self.styles["side header"])
        pixels = [(text, COLUMN_PIXELS[column]) for column, text in headers]
        self.sheet.set_row(Line.HEADER, row_height(pixels, TEXT_SIZE, bold=True))
        put_text(self.sheet, Line.REPORT, Column.ADDRESS, f"{form.id}/{form.edition}", self.styles["stamp"])
        self._write_count_of_filled()

    def _write_head_line(self, line: Line, text: str, style: str, size: int) -> None:
        put_merged(self.sheet, line, _PRINTED, text, self.styles[style])
        height = row_height([(text, _PRINTED_PIXELS)], size, bold=True) if text else _THIN_LINE
        self.sheet.set_row(line, height)

    def _write_count_of_filled(self) -> None:
        used, rows = self.grid.whole(Column.USED), self.figures.form.rows
        formula = f'=COUNT({used})+COUNTIF({used},"{UNDECIDED_TEXT}")+COUNTIF({used},"{NOT_ARISING_TEXT}")'
        filled = sum(self.figures.used(row.address) is not State.BLANK for row in rows if not row.is_heading)
        self.sheet.write_formula(Line.PERIOD, Column.MESSAGE, formula, self.styles["filled"], filled)

    def write_signatures(self) -> None:
        top = self.grid.last_line + _SIGNATURES_BELOW
        for below, text, style in _LEFT_SIGNATURE:
            # Not in the first column: a code there would make it a row of the form.
            put_text(self.sheet, top + below, Column.LABEL, text, self.styles[style])
        for below, text, style in _RIGHT_SIGNATURE:
            put_merged(self.sheet, top + below, (Column.AGENCY, Column.NOTE), text, self.styles[style])
        self.sheet.set_row(top + len(_RIGHT_SIGNATURE), _ROOM_TO_SIGN)

    def mark_conditions(self) -> None:
        first, value = Line.FIRST + 1, f"${Column.VALUE.letter}{Line.FIRST + 1}"
        used, note = f"${Column.USED.letter}{first}", f"${Column.MESSAGE.letter}{first}"
        self._mark(Column.VALUE, f'={used}="{UNDECIDED_TEXT}"', INVALID_LOOK)
        self._mark(Column.VALUE, f'={note}="{DIFFERS}"', DIFFERENT_LOOK)
        self._mark(Column.REPORTED, f'={note}="{DIFFERS}"', DIFFERENT_LOOK)
        self._mark(Column.VALUE, f'={value}="{NOT_ARISING_TEXT}"', NOT_ARISING_LOOK)
        for opening, look in (
            (SEE, INVALID_LOOK),
            (UNREADABLE, INVALID_LOOK),
            (CONTRADICTS, INVALID_LOOK),
            (DIFFERS, DIFFERENT_LOOK),
            (MISSING, MISSING_LOOK),
        ):
            self._mark(Column.MESSAGE, f'=LEFT({note},{len(opening)})="{opening}"', look)
        for row in self.figures.form.rows:
            if number_format_of(row) == MEASURE_FORMAT:
                cell = self.grid.value(row.address)
                # The format of measures would end a whole number with a comma.
                self._mark_cell(cell, f"=AND(ISNUMBER({cell}),{cell}=INT({cell}))", {"num_format": COUNT_FORMAT})

    def _mark(self, column: Column, test: str, look: dict[str, object]) -> None:
        area = f"{column.letter}{Line.FIRST + 1}:{column.letter}{self.grid.last_line + 1}"
        self._mark_cell(area, test, look)

    def _mark_cell(self, area: str, test: str, look: dict[str, object]) -> None:
        rule = {"type": "formula", "criteria": test, "format": self.styles.condition(look)}
        self.sheet.conditional_format(area, rule)
