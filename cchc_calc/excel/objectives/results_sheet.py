"""The sheet "Kết quả": the report that is printed, with each objective judged by the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.builds import Build
from cchc_calc.excel.objectives.days import serial
from cchc_calc.excel.objectives.input_rules import PERIOD_RULE, RESULTS_RULES
from cchc_calc.excel.objectives.line_readings import trimmed
from cchc_calc.excel.objectives.line_results import key_of
from cchc_calc.excel.objectives.looks import DAY_FORMAT, TEXT_FORMAT, fit
from cchc_calc.excel.objectives.results_formulas import ResultsFormulas
from cchc_calc.excel.objectives.sheet_columns import set_columns, set_rules, write_header
from cchc_calc.excel.objectives.tables import PERIOD_END, PERIOD_START, ResultsColumn
from cchc_calc.excel.objectives.workbook_results import ASK_FOR_CAUSE, ASK_FOR_REMEDY, status_text
from cchc_calc.excel.sheets.macro_buttons import BUTTONS_OF_ONE_OFFICE, write_buttons
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import (
    DIFFERENT_LOOK,
    INVALID_LOOK,
    MET_LOOK,
    NOT_ARISING_LOOK,
    TEXT_SIZE,
    TITLE_SIZE,
)
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.objectives.headings import RESULTS_SHEET, ResultsHeading
from cchc_calc.objectives.records import STATUS_TEXTS, Status
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT
from cchc_calc.targets import MET, NOT_MET

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.objectives.looks import Looks
    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.typed_lines import ObjectiveLine, TypedWorkbook
    from cchc_calc.excel.objectives.workbook_results import WorkbookResults
    from cchc_calc.excel.sheets.styles import Styles

HEADINGS: Final = {ResultsColumn[heading.name]: heading.value for heading in ResultsHeading}
_R = ResultsColumn
_PIXELS: Final = {
    _R.NUMBER: 44,
    _R.TEXT: 240,
    _R.MEASURING: 130,
    _R.ATTAINED: 270,
    _R.STATUS: 116,
    _R.REASON: 160,
    _R.CAUSE: 220,
    _R.REMEDY: 170,
}
_PRINTED: Final = (_R.NUMBER, _R.REMEDY)
_PRINTED_PIXELS: Final = sum(_PIXELS.values())
_MESSAGE_PIXELS: Final = 360
_COMPUTED: Final = (_R.NUMBER, _R.TEXT, _R.MEASURING, _R.STATUS, _R.REASON)
_CENTRED: Final = frozenset({_R.NUMBER, _R.STATUS})
_LEFT_SIGNATURE: Final = ((0, "NGƯỜI LẬP BÁO CÁO", "signature"), (1, "(Ký, ghi rõ họ tên)", "signature note"))
_RIGHT_SIGNATURE: Final = (
    (0, "TM. ỦY BAN NHÂN DÂN", "signature"),
    (1, "CHỦ TỊCH", "signature"),
    (2, "(Ký tên, đóng dấu)", "signature note"),
)
_ROOM_TO_SIGN: Final = 60.0
_PERIOD_LINE: Final = 3


@dataclass(frozen=True, slots=True)
class ResultsSheet:
    """Writes the report of results in a build of the workbook."""

    book: Workbook
    styles: Styles
    looks: Looks
    tables: Tables
    results: WorkbookResults
    build: Build

    def write(self, titles: tuple[str, str]) -> None:
        """Add the sheet below its two lines of title."""
        sheet, table = add_sheet(self.book, RESULTS_SHEET), self.tables.results
        pixels = _PIXELS | {_R.MESSAGE: _MESSAGE_PIXELS}
        set_columns(sheet, pixels, range(_R.KEY, _R.MET + 1), _R.MESSAGE - 1)
        set_paper(sheet)
        self._write_head(sheet, titles)
        write_header(sheet, self.styles, table.first - 1, HEADINGS, _PIXELS)
        put_text(sheet, table.first - 1, _R.MESSAGE, "Kiểm tra", self.styles["side header"])
        for place, objective in enumerate(self.results.typed.objectives):
            self._write_line(sheet, place, objective)
        self._write_summary(sheet, table.last + 1)
        self._write_signatures(sheet, table.last + 3)
        set_rules(sheet, table, RESULTS_RULES, HEADINGS)
        self._mark_conditions(sheet)
        sheet.repeat_rows(table.first - 1)
        sheet.print_area(0, 0, table.last + 3 + len(_RIGHT_SIGNATURE), _R.REMEDY)
        sheet.print_black_and_white()
        sheet.freeze_panes(table.first, _R.MEASURING)
        sheet.set_selection(table.cell(_R.ATTAINED, 0))
        if self.build is Build.MACROS:
            write_buttons(sheet, 0, _R.MESSAGE, BUTTONS_OF_ONE_OFFICE)
        protect(sheet)

    def _write_head(self, sheet: Worksheet, titles: tuple[str, str]) -> None:
        cover = self.results.typed.cover
        for line, (text, style, size) in enumerate(
            ((titles[0], "open title", TITLE_SIZE), (titles[1], "open title", TITLE_SIZE),
             (_source_line(self.results.typed), "open subtitle", TEXT_SIZE))
        ):  # fmt: skip
            put_merged(sheet, line, _PRINTED, text, self.styles[style])
            sheet.set_row(line, row_height([(text, _PRINTED_PIXELS)], size, bold=True))
        put_text(sheet, _PERIOD_LINE, _R.TEXT, "Kỳ báo cáo: từ ngày", self.looks.head(right=True))
        put_text(sheet, _PERIOD_LINE, _R.ATTAINED, "đến ngày", self.looks.head(right=True))
        look = self.looks.head(DAY_FORMAT, typed=True)
        days = (None, None) if cover.period is None else (cover.period.start, cover.period.end)
        for cell, day in zip((PERIOD_START, PERIOD_END), days, strict=True):
            if day is None:
                sheet.write_blank(cell, None, look)
            else:
                sheet.write_number(cell, serial(day), look)
            sheet.data_validation(cell, PERIOD_RULE)

    def _write_line(self, sheet: Worksheet, place: int, objective: ObjectiveLine) -> None:
        at, results = self.tables.results.first + place, self.results
        typed = {_R.ATTAINED: objective.attained, _R.CAUSE: objective.cause, _R.REMEDY: objective.remedy}
        above = [
            trimmed(line.number) for line in results.typed.objectives[: place + 1] if results.status(line) is Status.MET
        ]
        stored = {
            _R.NUMBER: objective.number,
            _R.TEXT: objective.text,
            _R.MEASURING: objective.measuring,
            _R.STATUS: status_text(results.status(objective)),
            _R.REASON: results.reason(objective),
            _R.MESSAGE: results.message(objective),
            _R.KEY: key_of(objective.number),
            _R.MET: ", ".join(above),
        }
        shown = typed | {column: stored[column] for column in _COMPUTED}
        size, height = fit([(text, _PIXELS[column]) for column, text in shown.items()])
        for column, text in typed.items():
            put_text(sheet, at, column, text, self.looks.typed(TEXT_FORMAT, size=size))
        for column, formula in ResultsFormulas(self.tables).of_line(place).items():
            look = self.styles["side" if column is _R.MESSAGE else "helper"]
            if column in _PIXELS:
                look = self.looks.shown(centred=column in _CENTRED, size=size)
            sheet.write_formula(at, column, formula, look, stored[column])
        sheet.set_row(at, height)

    def _write_summary(self, sheet: Worksheet, at: int) -> None:
        put_merged(sheet, at, _PRINTED, "", self.styles["bold"])
        formula = ResultsFormulas(self.tables).summary()
        sheet.write_formula(at, 0, formula, self.styles["bold"], self.results.summary)
        sheet.set_row(at, row_height([(self.results.summary, _PRINTED_PIXELS)], TEXT_SIZE, bold=True))

    def _write_signatures(self, sheet: Worksheet, top: int) -> None:
        for below, text, style in _LEFT_SIGNATURE:
            put_text(sheet, top + below, _R.TEXT, text, self.styles[style])
        for below, text, style in _RIGHT_SIGNATURE:
            put_merged(sheet, top + below, (_R.CAUSE, _R.REMEDY), text, self.styles[style])
        sheet.set_row(top + len(_RIGHT_SIGNATURE), _ROOM_TO_SIGN)

    def _mark_conditions(self, sheet: Worksheet) -> None:
        table = self.tables.results
        status, message, cause, remedy = (
            f"${table.cell(column, 0)}" for column in (_R.STATUS, _R.MESSAGE, _R.CAUSE, _R.REMEDY)
        )
        for column, test, look in (
            (_R.STATUS, f'{status}="{MET}"', MET_LOOK),
            (_R.STATUS, f'OR({status}="{NOT_MET}",{status}="{UNDECIDED_TEXT}")', INVALID_LOOK),
            (_R.STATUS, f'{status}="{STATUS_TEXTS[Status.PARTLY]}"', DIFFERENT_LOOK),
            (_R.STATUS, f'{status}="{NOT_ARISING_TEXT}"', NOT_ARISING_LOOK),
            (_R.CAUSE, f'AND({status}="{NOT_MET}",TRIM({cause})="")', DIFFERENT_LOOK),
            (_R.REMEDY, f'AND({status}="{NOT_MET}",TRIM({remedy})="")', DIFFERENT_LOOK),
            (_R.MESSAGE, f'OR(LEFT({message},{len(ASK_FOR_CAUSE)})="{ASK_FOR_CAUSE}",{message}="{ASK_FOR_REMEDY}")',
             DIFFERENT_LOOK),
        ):  # fmt: skip
            rule: dict[str, Any] = {"type": "formula", "criteria": f"={test}", "format": self.styles.condition(look)}
            sheet.conditional_format(table.first, column, table.last, column, rule)


def _source_line(typed: TypedWorkbook) -> str:
    """Return the line that names the report, or tells that the results are those of another one."""
    if not typed.results_of:
        return typed.cover.report_line
    return f"(Mục tiêu {typed.subject.lower() or 'kỳ này'} so với kết quả của {typed.results_of})"
