"""The table of rates against targets: how far each is reached, and how many cases are missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_grid import Column
from cchc_calc.excel.sheets.overview import SIGNS, counts, native_counts
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.excel.sheets.styles import INVALID_LOOK, MET_LOOK, NOT_ARISING_LOOK, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.expressions import Rate
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, State
from cchc_calc.targets import MET, NOT_MET, UNREACHABLE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.form_grid import FormGrid
    from cchc_calc.excel.sheets.overview import RateLine
    from cchc_calc.excel.sheets.styles import Styles


class Field(IntEnum):
    """The columns of the table."""

    NUMBER = 0
    NAME = 1
    ADDRESS = 2
    RATE = 3
    PART = 4
    WHOLE = 5
    SIGN = 6
    TARGET = 7
    NEEDED = 8
    MISSING = 9
    VERDICT = 10
    SOURCE = 11

    def cell(self, line: int) -> str:
        """Return the cell of a line, counted from 0."""
        return f"{'ABCDEFGHIJKL'[self]}{line + 1}"


HEADERS: Final = {
    Field.NUMBER: ("STT", 40),
    Field.NAME: ("Chỉ tiêu", 250),
    Field.ADDRESS: ("Mã dòng", 62),
    Field.RATE: ("Tỷ lệ hiện nay", 116),
    Field.PART: ("Tử số", 64),
    Field.WHOLE: ("Mẫu số", 64),
    Field.SIGN: ("Dấu so sánh", 64),
    Field.TARGET: ("Mục tiêu", 72),
    Field.NEEDED: ("Tử số cần đạt", 72),
    Field.MISSING: ("Còn thiếu", 92),
    Field.VERDICT: ("Đánh giá", 84),
    Field.SOURCE: ("Nguồn của mục tiêu", 206),
}
"""The heading of each column, and its width in pixels."""

_TARGET_RULE: Final = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": 1,
    "input_title": "Mục tiêu",
    "input_message": "Ghi mục tiêu được giao, ví dụ 95%. Không có mục tiêu: để trống.",
    "error_title": "Mục tiêu chưa đúng",
    "error_message": "Chỉ nhận tỷ lệ từ 0% đến 100%, ví dụ 95%.",
}
_SIGN_RULE: Final = {"validate": "list", "source": list(SIGNS)}


def native_least(target: str, sign: str, whole: str) -> str:
    """Render the fewest cases of the whole that reach a target; the three are cells.

    The product is rounded first: 0,07 times 100 is a little more than 7 in a spreadsheet.
    """
    edge = f"ROUND({target}*{whole},6)"
    return f'IF({sign}=">",INT({edge})+1,-INT(-{edge}))'


def least(target: Fraction, sign: str, whole: int) -> int:
    """Count in Python what ``native_least`` counts.

    >>> least(Fraction(15, 100), ">", 447), least(Fraction(1, 2), ">=", 10), least(Fraction(1, 2), ">", 10)
    (68, 5, 6)
    """
    return math.floor(target * whole) + 1 if sign == ">" else math.ceil(target * whole)


@dataclass(frozen=True, slots=True)
class RateTable:
    """Writes the table with its header in line ``top``; every number follows the form by native formulas."""

    sheet: Worksheet
    styles: Styles
    grid: FormGrid
    figures: FormFigures
    top: int

    def write_header(self) -> None:
        """Set the widths and write the header."""
        for field, (text, pixels) in HEADERS.items():
            self.sheet.set_column_pixels(field, field, pixels)
            put_text(self.sheet, self.top, field, text, self.styles["header"])
        self.sheet.set_row(self.top, row_height(list(HEADERS.values()), TEXT_SIZE, bold=True))

    def write_line(self, place: int, line: RateLine) -> None:
        """Write one rate; the first has the place 0."""
        formula, at = line.row.formula, self.top + 1 + place
        if not isinstance(formula, Rate):
            return
        content = self.figures.used(line.row.address)
        has_value = not isinstance(content, State)
        part, whole = counts(formula, self.figures.computation.contents) if has_value else (None, None)
        self._write_row_of_form(at, place, line)
        self._write(at, Field.RATE, f"={self.grid.abroad(line.row.address)}", "rate", stored_value(content))
        natives = native_counts(formula, self._used)
        for field, native, count in zip((Field.PART, Field.WHOLE), natives, (part, whole), strict=True):
            self._write(at, field, f'=IF(ISNUMBER({Field.RATE.cell(at)}),{native},"")', "count", count)
        self._write_target(at, line)
        self._write_distance(at, line, part, whole)

    def mark_conditions(self, lines: int) -> None:
        """Colour what is met, what is not, and what has no value."""
        if not lines:
            return
        first = self.top + 1
        for field, text, look in (
            (Field.VERDICT, MET, MET_LOOK),
            (Field.VERDICT, NOT_MET, INVALID_LOOK),
            (Field.RATE, UNDECIDED_TEXT, INVALID_LOOK),
            (Field.RATE, NOT_ARISING_TEXT, NOT_ARISING_LOOK),
        ):
            rule = {
                "type": "formula",
                "criteria": f'={field.cell(first)}="{text}"',
                "format": self.styles.condition(look),
            }
            self.sheet.conditional_format(first, field, first + lines - 1, field, rule)

    def _write_row_of_form(self, at: int, place: int, line: RateLine) -> None:
        put_text(self.sheet, at, Field.NUMBER, str(place + 1), self.styles["centred cell"])
        put_text(self.sheet, at, Field.NAME, line.name, self.styles["cell"])
        place_in_form = f"internal:{self.grid.abroad(line.row.address)}"
        self.sheet.write_url(at, Field.ADDRESS, place_in_form, self.styles["link"], line.row.address)
        put_text(self.sheet, at, Field.SOURCE, line.source, self.styles["cell"])
        texts = [(line.name, HEADERS[Field.NAME][1]), (line.source, HEADERS[Field.SOURCE][1])]
        self.sheet.set_row(at, row_height(texts, TEXT_SIZE))

    def _write_target(self, at: int, line: RateLine) -> None:
        put_text(self.sheet, at, Field.SIGN, line.sign, self.styles["choice"])
        self.sheet.data_validation(at, Field.SIGN, at, Field.SIGN, _SIGN_RULE)
        if line.target is None:
            self.sheet.write_blank(at, Field.TARGET, None, self.styles["target"])
        else:
            self.sheet.write_number(at, Field.TARGET, float(line.target), self.styles["target"])
        self.sheet.data_validation(at, Field.TARGET, at, Field.TARGET, _TARGET_RULE)

    def _write_distance(self, at: int, line: RateLine, part: int | None, whole: int | None) -> None:
        needed = missing = verdict = None
        if part is not None and whole is not None and line.target is not None:
            needed = least(Fraction(line.target), line.sign, whole)
            missing = UNREACHABLE if needed > whole else max(0, needed - part)
            verdict = MET if missing == 0 else NOT_MET
        cells = {field: field.cell(at) for field in Field}
        steps = native_least(cells[Field.TARGET], cells[Field.SIGN], cells[Field.WHOLE])
        known = f"AND(ISNUMBER({cells[Field.RATE]}),ISNUMBER({cells[Field.TARGET]}))"
        self._write(at, Field.NEEDED, f'=IF({known},{steps},"")', "count", needed)
        wanted, short = cells[Field.NEEDED], cells[Field.MISSING]
        distance = f'IF({wanted}>{cells[Field.WHOLE]},"{UNREACHABLE}",MAX(0,{wanted}-{cells[Field.PART]}))'
        self._write(at, Field.MISSING, f'=IF({wanted}="","",{distance})', "count", missing)
        self._write(at, Field.VERDICT, f'=IF({short}="","",IF({short}=0,"{MET}","{NOT_MET}"))', "centred cell", verdict)

    def _write(self, at: int, field: Field, formula: str, style: str, value: float | str | None) -> None:
        self.sheet.write_formula(at, field, formula, self.styles[style], "" if value is None else value)

    def _used(self, address: str) -> str:
        return self.grid.abroad(address, Column.USED)
