"""The sheet "Biểu mẫu": the official form to the letter, and beside it what an official has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.builds import Build
from cchc_calc.excel.sheets.form_grid import FORM_SHEET, SUM_COLUMNS, Column, FormGrid, Line
from cchc_calc.excel.sheets.form_rows import COLUMN_PIXELS, FormRows, number_format_of
from cchc_calc.excel.sheets.macro_buttons import write_buttons
from cchc_calc.excel.sheets.printed_form import PrintedForm
from cchc_calc.excel.sheets.row_messages import CONTRADICTS, DIFFERS, MISSING, SEE, UNREADABLE
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_text
from cchc_calc.excel.sheets.styles import (
    COUNT_FORMAT,
    DIFFERENT_LOOK,
    INVALID_LOOK,
    MEASURE_FORMAT,
    MISSING_LOOK,
    NOT_ARISING_LOOK,
)
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, State

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.cover import Cover
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.styles import Styles

_SIDE_HEADERS: Final = {
    Column.ADDRESS: "Mã dòng",
    Column.MESSAGE: "Kiểm tra",
    Column.REPORTED: "Số đã báo cáo",
    Column.READ: "Đọc được",
    Column.USED: "Dùng để tính",
}


def write_form_sheet(book: Workbook, styles: Styles, figures: FormFigures, cover: Cover, build: Build) -> None:
    """Add the sheet with the form, filled with the figures as far as there are any."""
    sheet = add_sheet(book, FORM_SHEET)
    grid = FormGrid(figures.form)
    frame = _Frame(sheet, styles, PrintedForm(sheet, styles, figures.form), grid, figures, cover, build)
    frame.set_up()
    frame.write_head()
    rows = FormRows(frame.printed, styles, grid, figures, cover.level, build)
    for row in figures.form.rows:
        rows.write(row)
    frame.printed.write_signatures(grid.last_line)
    frame.mark_conditions()
    if build is Build.MACROS:
        write_buttons(sheet, Line.TITLE, Column.ADDRESS)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What surrounds the rows."""

    sheet: Worksheet
    styles: Styles
    printed: PrintedForm
    grid: FormGrid
    figures: FormFigures
    cover: Cover
    build: Build

    def set_up(self) -> None:
        sheet = self.sheet
        for column, pixels in COLUMN_PIXELS.items():
            options = {"level": 1, "hidden": True} if column in {Column.READ, Column.USED} else {}
            sheet.set_column_pixels(column, column, pixels, None, options)
        sheet.set_column(len(Column), len(Column), None, None, {"collapsed": True})
        if self.build.calls_python:
            sheet.set_column(f"{SUM_COLUMNS[0]}:{SUM_COLUMNS[-1]}", None, None, {"hidden": True})
        self.printed.set_up(self.grid.last_line)
        first_input = next((row for row in self.figures.form.rows if row.is_input), self.figures.form.rows[0])
        sheet.set_selection(self.grid.value(first_input.address))
        protect(sheet)

    def write_head(self) -> None:
        form = self.figures.form
        self.printed.write_head(self.cover, f"({form.mark})" if form.mark else "")
        for column, text in _SIDE_HEADERS.items():
            put_text(self.sheet, Line.HEADER, column, text, self.styles["side header"])
        self.printed.set_header_height()
        self.printed.write_stamp()
        self._write_count_of_filled()

    def _write_count_of_filled(self) -> None:
        used, rows = self.grid.whole(Column.USED), self.figures.form.rows
        formula = f'=COUNT({used})+COUNTIF({used},"{UNDECIDED_TEXT}")+COUNTIF({used},"{NOT_ARISING_TEXT}")'
        filled = sum(self.figures.used(row.address) is not State.BLANK for row in rows if not row.is_heading)
        self.sheet.write_formula(Line.PERIOD, Column.MESSAGE, formula, self.styles["filled"], filled)

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
