"""The form as it is printed, whoever fills it: paper, head, the five columns of words, and the signatures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.form_grid import Column, Line
from cchc_calc.excel.sheets.sheet_parts import put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import NOTE_SIZE, TEXT_SIZE, TITLE_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.excel.sheets.cover import Cover
    from cchc_calc.excel.sheets.styles import Styles

PRINTED_PIXELS: Final = {
    Column.CODE: 54,
    Column.LABEL: 310,
    Column.UNIT: 100,
    Column.VALUE: 112,
    Column.AGENCY: 214,
    Column.NOTE: 200,
}
"""The columns of the official form; they fill the width of A4 paper lying on its side."""

_PRINTED: Final = (Column.CODE, Column.NOTE)
_ALL_PIXELS: Final = sum(PRINTED_PIXELS.values())
_LEFT_SIGNATURE: Final = ((0, "NGƯỜI LẬP BIỂU", "signature"), (1, "(Ký, ghi rõ họ tên)", "signature note"))
_RIGHT_SIGNATURE: Final = (
    (0, "TM. ỦY BAN NHÂN DÂN", "signature"),
    (1, "CHỦ TỊCH", "signature"),
    (2, "(Ký tên, đóng dấu)", "signature note"),
)
_SIGNATURES_BELOW: Final = 2
_ROOM_TO_SIGN: Final = 60.0
_THIN_LINE: Final = 6.0
_REMEMBERED: Final = 2048
"""The words of so many rows are remembered, those of a few forms."""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """Writes what is printed of a form on a sheet, apart from the figures."""

    sheet: Worksheet
    styles: Styles
    form: Form

    def set_up(self, last_line: int) -> None:
        """Set the paper, on which the form looks as it always did; ``last_line`` is that of its last row."""
        set_paper(self.sheet)
        self.sheet.repeat_rows(Line.HEADER)
        # The colours are for the screen.
        self.sheet.print_black_and_white()
        self.sheet.print_area(
            Line.TITLE, Column.CODE, last_line + _SIGNATURES_BELOW + len(_RIGHT_SIGNATURE), Column.NOTE
        )
        self.sheet.freeze_panes(Line.FIRST, Column.CODE)

    def write_head(self, cover: Cover, mark: str) -> None:
        """Write the lines above the form, among them a mark where there is one, and the names of its columns."""
        first, second = cover.title_lines(self.form)
        self._write_head_line(Line.TITLE, first, "title", TITLE_SIZE)
        self._write_head_line(Line.UNIT, second, "open title", TITLE_SIZE)
        self._write_head_line(Line.REPORT, cover.report_line, "open subtitle", TEXT_SIZE)
        self._write_head_line(Line.PERIOD, cover.period_line, "open subtitle", TEXT_SIZE)
        self._write_head_line(Line.MARK, mark, "mark", TEXT_SIZE)
        for column, text in zip(Column, self.form.columns, strict=False):
            put_text(self.sheet, Line.HEADER, column, text, self.styles["header"])

    def set_header_height(self, beside: tuple[tuple[str, int], ...] = ()) -> None:
        """Make the line with the names of the columns as high as they need, and those beside the form."""
        names = list(zip(self.form.columns, PRINTED_PIXELS.values(), strict=False))
        heights = [row_height(names, TEXT_SIZE, bold=True)]
        heights += [row_height(list(beside), NOTE_SIZE, bold=True)] if beside else []
        self.sheet.set_row(Line.HEADER, max(heights))

    def write_stamp(self) -> None:
        """Write the mark by which a reader knows the form."""
        stamp = f"{self.form.id}/{self.form.edition}"
        put_text(self.sheet, Line.REPORT, Column.ADDRESS, stamp, self.styles["stamp"])

    def write_row(self, row: Row, line: int, value: str = "") -> None:
        """Write the words of a row; ``value`` is a text in its cell of the figure, which has to find room."""
        words = _words(self.form, row.address)
        for column, text, style in words:
            put_text(self.sheet, line, column, text, self.styles[style])
        pixels = [(text, PRINTED_PIXELS[column]) for column, text, _ in words]
        height = row_height([*pixels, (value, PRINTED_PIXELS[Column.VALUE])], TEXT_SIZE, bold=_is_section(row))
        self.sheet.set_row(line, height)

    def write_signatures(self, last_line: int) -> None:
        """Write who signs, below the last row."""
        top = last_line + _SIGNATURES_BELOW
        for below, text, style in _LEFT_SIGNATURE:
            # Not in the first column: a code there would make it a row of the form.
            put_text(self.sheet, top + below, Column.LABEL, text, self.styles[style])
        for below, text, style in _RIGHT_SIGNATURE:
            put_merged(self.sheet, top + below, (Column.AGENCY, Column.NOTE), text, self.styles[style])
        self.sheet.set_row(top + len(_RIGHT_SIGNATURE), _ROOM_TO_SIGN)

    def _write_head_line(self, line: Line, text: str, style: str, size: int) -> None:
        put_merged(self.sheet, line, _PRINTED, text, self.styles[style])
        height = row_height([(text, _ALL_PIXELS)], size, bold=True) if text else _THIN_LINE
        self.sheet.set_row(line, height)


@lru_cache(maxsize=_REMEMBERED)
def _words(form: Form, address: str) -> tuple[tuple[Column, str, str], ...]:
    """Give the words of a row: of each the column, the text and the style."""
    row = form.row(address)
    is_dash = row.code in {"-", "+"}
    texts = {
        Column.CODE: "" if is_dash else row.code,
        Column.LABEL: f"{row.code} {row.label}" if is_dash else row.label,
        Column.UNIT: row.unit,
        Column.AGENCY: row.agency,
        Column.NOTE: row.note,
    }
    return tuple((column, text, _style(row, column)) for column, text in texts.items())


def _style(row: Row, column: Column) -> str:
    centred = "centred " if column in {Column.CODE, Column.UNIT} else ""
    is_italic = row.italic and column in {Column.LABEL, Column.UNIT}
    slant = "bold " if _is_section(row) else "italic " if is_italic else ""
    return f"{slant}{centred}cell"


def _is_section(row: Row) -> bool:
    return row.is_heading and "." not in row.address
