"""The sheet "Số liệu đơn vị": what each unit reports, to which the formulas of the totals point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_range

from cchc_calc.excel.consolidation.headings import UNITS_SHEET
from cchc_calc.excel.consolidation.unit_layout import FIRST_COLUMN, FIRST_LINE, UnitLayout
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_rows import number_format_of
from cchc_calc.excel.sheets.sheet_parts import (
    add_sheet,
    add_streamed_sheet,
    protect,
    put_merged,
    put_text,
    set_paper,
)
from cchc_calc.excel.sheets.styles import COUNT_FORMAT, MEASURE_FORMAT, NOTE_SIZE, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.spelling import cut
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.catalogue import Row
    from cchc_calc.consolidation.result import UnitReport
    from cchc_calc.excel.consolidation.book_parts import BookParts
    from cchc_calc.states import Content

_TITLE: Final = "SỐ LIỆU CỦA TỪNG ĐƠN VỊ"
_HINT: Final = (
    "Số liệu lấy nguyên từ tệp của đơn vị; trang “Tổng hợp” cộng các ô này. Ô trống: đơn vị chưa báo cáo. Sai số nào "
    "thì xin đơn vị tệp mới rồi tổng hợp lại, không sửa ở đây."
)
_CODES_LINE: Final = FIRST_LINE - 2
_NAMES_LINE: Final = FIRST_LINE - 1
_COLUMNS_OF_ROWS: Final = (("Mã dòng", 66), ("Chỉ tiêu", 300), ("Đơn vị tính", 92))
_COLUMNS_OF_UNITS: Final = (("STT", 46), ("Mã đơn vị", 84), ("Đơn vị", 260))
_UNIT_PIXELS: Final = 122
_FIGURE_PIXELS: Final = 122
_LONGEST_LABEL: Final = 90
_ON_PAPER_ONLY: Final = 1
_PRINT_SCALE: Final = 70


def write_units_sheet(parts: BookParts) -> None:
    """Add the sheet in the layout for so many units; their contents are gone through once."""
    add = add_streamed_sheet if parts.layout.has_lines else add_sheet
    sheet = add(parts.book, UNITS_SHEET)
    formats = {number_format_of(row) for row in parts.layout.form.rows} | {COUNT_FORMAT}
    looks = {number_format: parts.styles.value(number_format) for number_format in sorted(formats)}
    units = _UnitsSheet(sheet, parts, parts.layout, looks)
    if parts.layout.has_lines:
        units.write_lines()
    else:
        units.write_columns()


@dataclass(frozen=True, slots=True)
class _UnitsSheet:
    sheet: Worksheet
    parts: BookParts
    layout: UnitLayout
    looks: Mapping[str, Format]

    def write_columns(self) -> None:
        """Write a column for each unit and a line for each row of the form."""
        form, styles = self.layout.form, self.parts.styles
        self._set_up(_COLUMNS_OF_ROWS, _UNIT_PIXELS)
        self._write_head(_COLUMNS_OF_ROWS)
        for line, row in enumerate(form.rows, start=FIRST_LINE):
            slant = "bold " if row.is_heading else ""
            for column, text in enumerate((row.address, row.label, row.unit)):
                centred = "" if column == 1 else "centred "
                put_text(self.sheet, line, column, text, styles[f"{slant}{centred}cell"])
            texts = list(zip((row.address, row.label, row.unit), _pixels(_COLUMNS_OF_ROWS), strict=True))
            self.sheet.set_row(line, row_height(texts, TEXT_SIZE, bold=row.is_heading))
        for place, text in enumerate(("", "Mã đơn vị", "")):
            put_text(self.sheet, _CODES_LINE, place, text, styles["side header"])
        units = self.parts.consolidation.units
        for place, (unit, contents) in enumerate(zip(units, self.parts.consolidation.contents, strict=True)):
            column = FIRST_COLUMN + place
            put_text(self.sheet, _CODES_LINE, column, unit.code, styles["side header"])
            put_text(self.sheet, _NAMES_LINE, column, unit.unit, styles["header"])
            for address in self.layout.addresses:
                self._put(*self.layout.cell(address, place), form.by_address[address], contents)
        self._set_names_height([(unit.unit, _UNIT_PIXELS) for unit in units])
        self._finish()

    def write_lines(self) -> None:
        """Write a line for each unit and a column for each row of the form."""
        form, styles = self.layout.form, self.parts.styles
        self._set_up(_COLUMNS_OF_UNITS, _FIGURE_PIXELS)
        rows = [form.by_address[address] for address in self.layout.addresses]
        labels = [_label(row) for row in rows]
        self.sheet.hide_gridlines(_ON_PAPER_ONLY)
        put_merged(self.sheet, _CODES_LINE, (0, FIRST_COLUMN - 1), "Chỉ tiêu", styles["side header"])
        for column, label in enumerate(labels, start=FIRST_COLUMN):
            put_text(self.sheet, _CODES_LINE, column, label, styles["side header"])
        height = row_height([(label, _FIGURE_PIXELS) for label in labels], NOTE_SIZE, bold=True)
        self.sheet.set_row(_CODES_LINE, height)
        self._write_head(_COLUMNS_OF_UNITS)
        for column, row in enumerate(rows, start=FIRST_COLUMN):
            put_text(self.sheet, _NAMES_LINE, column, row.address, styles["header"])
        units = self.parts.consolidation.units
        for place, (unit, contents) in enumerate(zip(units, self.parts.consolidation.contents, strict=True)):
            self._write_line(place, unit, rows, contents)
        last_line, last_column = self.layout.last
        self.sheet.autofilter(_NAMES_LINE, 0, last_line, last_column)
        self._finish()

    def _write_line(self, place: int, unit: UnitReport, rows: list[Row], contents: Mapping[str, Content]) -> None:
        line, styles = FIRST_LINE + place, self.parts.styles
        self.sheet.write_number(line, 0, place + 1, styles["centred cell"])
        put_text(self.sheet, line, 1, unit.code, styles["centred cell"])
        put_text(self.sheet, line, 2, unit.unit, styles["cell"])
        for column, row in enumerate(rows, start=FIRST_COLUMN):
            # An empty cell takes as long to write as a full one, and there are hundreds of thousands.
            if contents.get(row.address, State.BLANK) is not State.BLANK:
                self._put(line, column, row, contents)

    def _put(self, line: int, column: int, row: Row, contents: Mapping[str, Content]) -> None:
        content = contents.get(row.address, State.BLANK)
        value, look = stored_value(content), self._look(row, content)
        if isinstance(value, str):
            put_text(self.sheet, line, column, value, look)
        else:
            self.sheet.write_number(line, column, value, look)

    def _look(self, row: Row, content: Content) -> Format:
        number_format = number_format_of(row)
        # The format of measures would end a whole number with a comma.
        if number_format == MEASURE_FORMAT and not isinstance(content, State) and content == int(content):
            number_format = COUNT_FORMAT
        return self.looks[number_format]

    def _set_up(self, columns: tuple[tuple[str, int], ...], pixels: int) -> None:
        set_paper(self.sheet)
        # So many columns on one page could not be read.
        self.sheet.set_print_scale(_PRINT_SCALE)
        for column, width in enumerate(_pixels(columns)):
            self.sheet.set_column_pixels(column, column, width)
        self.sheet.set_column_pixels(FIRST_COLUMN, self.layout.last[1], pixels)
        width = sum(_pixels(columns))
        put_merged(self.sheet, 0, (0, FIRST_COLUMN - 1), _TITLE, self.parts.styles["title"])
        for line, (text, style) in enumerate(self._lines(), start=1):
            put_merged(self.sheet, line, (0, FIRST_COLUMN - 1), text, self.parts.styles[style])
            self.sheet.set_row(line, row_height([(text, width)], TEXT_SIZE))

    def _lines(self) -> tuple[tuple[str, str], ...]:
        about, marks = ("; ".join(filter(None, lines)) for lines in (self.parts.head_lines, self.parts.marks))
        return (about, "subtitle"), (marks, "mark"), (_HINT, "note")

    def _write_head(self, columns: tuple[tuple[str, int], ...]) -> None:
        for column, (text, _) in enumerate(columns):
            put_text(self.sheet, _NAMES_LINE, column, text, self.parts.styles["header"])

    def _set_names_height(self, names: list[tuple[str, int]]) -> None:
        self.sheet.set_row(_NAMES_LINE, row_height([*names, ("", _UNIT_PIXELS)], TEXT_SIZE, bold=True))

    def _finish(self) -> None:
        self.sheet.freeze_panes(FIRST_LINE, FIRST_COLUMN)
        self.sheet.repeat_rows(_NAMES_LINE)
        self.sheet.repeat_columns(0, FIRST_COLUMN - 1)
        protect(self.sheet)
        # Codes of rows and of units are meant to be text.
        self.sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, *self.layout.last)})


def _pixels(columns: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    return tuple(pixels for _, pixels in columns)


def _label(row: Row) -> str:
    label = cut(row.label, _LONGEST_LABEL)
    return f"{label} ({row.unit})" if row.unit else label
