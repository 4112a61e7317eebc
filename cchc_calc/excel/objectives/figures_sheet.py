"""The sheet "Số liệu": what each objective asks for in numbers, what was reached, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.objectives import line_results as notes
from cchc_calc.excel.objectives.figures_formulas import FiguresFormulas
from cchc_calc.excel.objectives.input_rules import FIGURES_RULES
from cchc_calc.excel.objectives.line_counts import is_count
from cchc_calc.excel.objectives.looks import TEXT_FORMAT, fit
from cchc_calc.excel.objectives.sheet_columns import set_columns, set_rules, write_header, write_title
from cchc_calc.excel.objectives.stored_cells import stored_figures
from cchc_calc.excel.objectives.tables import FiguresColumn
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_text, set_paper
from cchc_calc.excel.sheets.styles import (
    COUNT_FORMAT,
    DIFFERENT_LOOK,
    INVALID_LOOK,
    MEASURE_FORMAT,
    MET_LOOK,
    MISSING_LOOK,
    NOT_ARISING_LOOK,
    RATE_FORMAT,
)
from cchc_calc.objectives.headings import FIGURES_SHEET, RESULTS_SHEET, FiguresHeading
from cchc_calc.rounding import decimals_needed
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, State
from cchc_calc.targets import MET, NOT_MET, RATE, UNREACHABLE

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.cell_reading import Typed
    from cchc_calc.excel.objectives.looks import Looks
    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.typed_lines import RequirementLine
    from cchc_calc.excel.objectives.workbook_results import WorkbookResults
    from cchc_calc.excel.sheets.styles import Styles
    from cchc_calc.states import Content

HEADINGS: Final = {FiguresColumn[heading.name]: heading.value for heading in FiguresHeading}
_C = FiguresColumn
_PIXELS: Final = {
    _C.NUMBER: 44,
    _C.SCOPE: 270,
    _C.GROUP: 54,
    _C.COMPARATOR: 78,
    _C.VALUE: 66,
    _C.UNIT: 66,
    _C.TARGET: 120,
    _C.BASE: 130,
    _C.NUMERATOR: 76,
    _C.DENOMINATOR: 76,
    _C.DECLARED: 78,
    _C.ACTUAL: 92,
    _C.BASIS: 84,
    _C.STATUS: 84,
    _C.SHORTFALL: 76,
    _C.NOTE: 150,
}
_HELPERS: Final = range(_C.KEY, _C.RANK + 1)
_NUMBER_FORMATS: Final = {_C.ACTUAL: RATE_FORMAT, _C.SHORTFALL: COUNT_FORMAT}
_LEFT: Final = frozenset({_C.SCOPE, _C.BASE, _C.NOTE})
_TITLE: Final = ("BÁO CÁO KẾT QUẢ THỰC HIỆN", "SỐ LIỆU ĐÁNH GIÁ")
_HINT: Final = (
    "Mỗi dòng một yêu cầu của mục tiêu: chọn So sánh, ghi Mức và Đơn vị tính, rồi ghi tử số và mẫu số. Ô trắng tự tính."
    " “Còn thiếu” là số trường hợp phải thêm vào (với “dưới”, “không quá”: phải bớt đi ở) tử số khi mẫu số giữ nguyên."
)
_PERCENT_FORMATS: Final = ("0%", "0.0%", "0.00%", "0.000%", "0.0000%")
"""By the number of decimals."""


@dataclass(frozen=True, slots=True)
class FiguresSheet:
    """Writes the sheet of figures in a build of the workbook."""

    book: Workbook
    styles: Styles
    looks: Looks
    tables: Tables
    results: WorkbookResults
    build: Build

    def write(self, titles: tuple[str, str]) -> None:
        """Add the sheet; ``titles`` are the two lines above the report of results."""
        sheet, table = add_sheet(self.book, FIGURES_SHEET), self.tables.figures
        set_columns(sheet, _PIXELS, _HELPERS, _C.KEY - 1)
        set_paper(sheet)
        title = (f'=SUBSTITUTE(\'{RESULTS_SHEET}\'!A1,"{_TITLE[0]}","{_TITLE[1]}")', titles[0].replace(*_TITLE))
        unit = (f"='{RESULTS_SHEET}'!A2", titles[1])
        write_title(sheet, self.styles, (title, unit), _HINT, (_C.NOTE, sum(_PIXELS.values())))
        write_header(sheet, self.styles, table.first - 1, HEADINGS, _PIXELS)
        for column in _HELPERS:
            put_text(sheet, table.first - 1, column, _C(column).name, self.styles["stamp"])
        for place, line in enumerate(self.results.typed.requirements):
            self._write_line(sheet, place, line)
        set_rules(sheet, table, FIGURES_RULES, HEADINGS)
        self._mark_conditions(sheet)
        sheet.repeat_rows(table.first - 1)
        sheet.print_area(0, 0, table.last, _C.NOTE)
        sheet.print_black_and_white()
        sheet.freeze_panes(table.first, _C.GROUP)
        sheet.set_selection(table.cell(_C.NUMBER, 0))
        protect(sheet)

    def _write_line(self, sheet: Worksheet, place: int, line: RequirementLine) -> None:
        at = self.tables.figures.first + place
        texts = {_C.NUMBER: line.number, _C.SCOPE: line.scope, _C.GROUP: line.group, _C.COMPARATOR: line.comparator}
        texts |= {_C.UNIT: line.unit, _C.BASE: line.base}
        stored = stored_figures(self.results, place)
        words = texts | {column: text for column, text in stored.items() if isinstance(text, str) and column in _PIXELS}
        size, height = fit([(text, _PIXELS[column]) for column, text in words.items()])
        for column, text in texts.items():
            put_text(sheet, at, column, text, self.looks.typed(TEXT_FORMAT, centred=column not in _LEFT, size=size))
        rates = (_percent_format(line.value) if line.unit in {"", RATE} else MEASURE_FORMAT, RATE_FORMAT)
        for column, typed, number_format in (
            (_C.VALUE, line.value, rates[0] if line.value is not None else "General"),
            (_C.NUMERATOR, line.numerator, _number_format(self.results.lines[place].actual, line)),
            (_C.DENOMINATOR, line.denominator, COUNT_FORMAT),
            (_C.DECLARED, line.declared, _percent_format(line.declared)),
        ):
            _put(sheet, at, column, typed, self.looks.typed(number_format, centred=True, size=size))
        for column, formula in FiguresFormulas(self.tables, self.build).of_line(place).items():
            look = self.styles["helper"]
            if column in _PIXELS:
                number_format = _NUMBER_FORMATS.get(column, "General")
                if column is _C.ACTUAL and is_count(line.unit):
                    number_format = _number_format(self.results.lines[place].actual, line)
                look = self.looks.shown(number_format, centred=column not in _LEFT, size=size)
            sheet.write_formula(at, column, formula, look, stored[column])
        sheet.set_row(at, height)

    def _mark_conditions(self, sheet: Worksheet) -> None:
        table = self.tables.figures
        status, note, unit, shortfall, actual = (
            f"${table.cell(column, 0)}" for column in (_C.STATUS, _C.NOTE, _C.UNIT, _C.SHORTFALL, _C.ACTUAL)
        )
        numerator, is_count = f"${table.cell(_C.NUMERATOR, 0)}", f'TRIM({unit})<>"",TRIM({unit})<>"{RATE}"'
        faults = (notes.CONTRADICTS, notes.UNREADABLE, notes.NO_CLEAR_TARGET, notes.NOT_PLANNED, notes.WITHOUT_NUMBER)
        has_fault = ",".join(f'{note}="{fault}"' for fault in faults)
        for columns, test, look in (
            ((_C.STATUS, _C.STATUS), f'{status}="{MET}"', MET_LOOK),
            ((_C.STATUS, _C.STATUS), f'OR({status}="{NOT_MET}",{status}="{UNDECIDED_TEXT}")', INVALID_LOOK),
            ((_C.ACTUAL, _C.ACTUAL), f'{actual}="{UNDECIDED_TEXT}"', INVALID_LOOK),
            ((_C.ACTUAL, _C.STATUS), f'{status}="{NOT_ARISING_TEXT}"', NOT_ARISING_LOOK),
            ((_C.SHORTFALL, _C.SHORTFALL), f'{shortfall}="{UNREACHABLE}"', INVALID_LOOK),
            ((_C.NOTE, _C.NOTE), f"OR({has_fault})", INVALID_LOOK),
            ((_C.NOTE, _C.NOTE), f'{note}="{notes.DIFFERS}"', DIFFERENT_LOOK),
            ((_C.NOTE, _C.NOTE), f'{note}<>""', MISSING_LOOK),
            ((_C.ACTUAL, _C.ACTUAL), f"AND({is_count},{_has_decimals(actual)})", {"num_format": MEASURE_FORMAT}),
            ((_C.ACTUAL, _C.ACTUAL), f"AND({is_count})", {"num_format": COUNT_FORMAT}),
            ((_C.NUMERATOR, _C.NUMERATOR), _has_decimals(numerator), {"num_format": MEASURE_FORMAT}),
        ):
            rule: dict[str, Any] = {"type": "formula", "criteria": f"={test}", "format": self.styles.condition(look)}
            sheet.conditional_format(table.first, columns[0], table.last, columns[1], rule)


def _put(sheet: Worksheet, line: int, column: int, typed: Typed, look: Format) -> None:
    if typed is None:
        sheet.write_blank(line, column, None, look)
    elif isinstance(typed, str):
        put_text(sheet, line, column, typed, look)
    elif isinstance(typed, bool):
        sheet.write_boolean(line, column, typed, look)
    else:
        sheet.write_number(line, column, float(typed), look)


def _number_format(number: Content, line: RequirementLine) -> str:
    """Show the decimals of points; a count has none."""
    is_whole = isinstance(number, int | State) or not is_count(line.unit)
    return COUNT_FORMAT if is_whole else MEASURE_FORMAT


def _has_decimals(cell: str) -> str:
    return f"IF(ISNUMBER({cell}),{cell}<>INT({cell}),FALSE)"


def _percent_format(typed: Typed) -> str:
    """Show all decimals of a rate."""
    if typed is None or isinstance(typed, str | bool):
        return RATE_FORMAT
    exact = Fraction(repr(typed)) if isinstance(typed, float) else Fraction(typed)
    needed = decimals_needed(exact * 100, len(_PERCENT_FORMATS) - 1)
    return _PERCENT_FORMATS[-1 if needed is None else needed]
