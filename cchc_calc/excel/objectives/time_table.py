"""The table of time: from when to when each objective runs, how much of that has passed, and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc_calc.excel.objectives.days import FIRST_DAY, LAST_DAY, last_day_of, serial
from cchc_calc.excel.objectives.line_results import key_of
from cchc_calc.excel.objectives.looks import DAY_FORMAT, MONTH_FORMAT, fit
from cchc_calc.excel.objectives.sheet_columns import write_header
from cchc_calc.excel.objectives.tables import PERIOD_END, PlanColumn, ResultsColumn
from cchc_calc.excel.objectives.workbook_results import status_text
from cchc_calc.excel.sheets.styles import DIFFERENT_LOOK, INVALID_LOOK, MET_LOOK
from cchc_calc.objectives.headings import RESULTS_SHEET
from cchc_calc.objectives.planned_time import time_passed
from cchc_calc.objectives.records import STATUS_TEXTS, Status
from cchc_calc.spelling import cut
from cchc_calc.states import UNDECIDED_TEXT
from cchc_calc.targets import MET, NOT_MET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.objectives.looks import Looks
    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.typed_lines import ObjectiveLine
    from cchc_calc.excel.objectives.workbook_results import WorkbookResults
    from cchc_calc.excel.sheets.styles import Styles
    from cchc_calc.objectives.planned_time import TimePassed


class Field(IntEnum):
    """The columns of the table."""

    NUMBER = 0
    TEXT = 1
    START = 2
    FINISH = 3
    TOTAL = 4
    PASSED = 5
    SHARE = 6
    STATUS = 7
    HINT = 8


HEADERS: Final = {
    Field.NUMBER: "STT",
    # Not as the plan names it: a reader looks for the plan by that name.
    Field.TEXT: "Tóm tắt mục tiêu",
    Field.START: "Bắt đầu",
    Field.FINISH: "Hoàn thành",
    Field.TOTAL: "Số tháng",
    Field.PASSED: "Tháng đã qua",
    Field.SHARE: "Thời gian đã qua",
    Field.STATUS: "Đánh giá",
    Field.HINT: "Nhắc việc",
}
PIXELS: Final = {
    Field.NUMBER: 44,
    Field.TEXT: 380,
    Field.START: 84,
    Field.FINISH: 94,
    Field.TOTAL: 70,
    Field.PASSED: 80,
    Field.SHARE: 84,
    Field.STATUS: 110,
    Field.HINT: 210,
}
NO_TIME: Final = "Chưa rõ thời gian hoặc kỳ báo cáo"
_STATE_WORDS: Final = {Status.NOT_MET: "chưa đạt", Status.PARTLY: "mới đạt một phần"}
_OTHER_STATE: Final = "chưa đánh giá được"
_LONGEST_TEXT: Final = 100
_LEFT: Final = frozenset({Field.TEXT, Field.HINT})
_FORMATS: Final = {Field.START: MONTH_FORMAT, Field.FINISH: MONTH_FORMAT, Field.SHARE: "0%"}


@dataclass(frozen=True, slots=True)
class TimeTable:
    """Writes the table with its header in line ``top``."""

    sheet: Worksheet
    styles: Styles
    looks: Looks
    tables: Tables
    results: WorkbookResults
    top: int

    def write(self) -> int:
        """Write header and lines; return the line that follows."""
        write_header(self.sheet, self.styles, self.top, HEADERS, PIXELS)
        for place, objective in enumerate(self.results.typed.objectives):
            self._write_line(place, objective)
        last = self.top + len(self.results.typed.objectives)
        for text, look in ((MET, MET_LOOK), (NOT_MET, INVALID_LOOK), (UNDECIDED_TEXT, INVALID_LOOK),
                           (STATUS_TEXTS[Status.PARTLY], DIFFERENT_LOOK)):  # fmt: skip
            rule: dict[str, Any] = {"type": "cell", "criteria": "==", "value": f'"{text}"'}
            rule["format"] = self.styles.condition(look)
            self.sheet.conditional_format(self.top + 1, Field.STATUS, last, Field.STATUS, rule)
        return last + 1

    def _write_line(self, place: int, objective: ObjectiveLine) -> None:
        at = self.top + 1 + place
        stored, formulas = self._stored(objective), self._formulas(place, at)
        size, height = fit([(str(stored[field]), PIXELS[field]) for field in _LEFT])
        for field, formula in formulas.items():
            number_format = _FORMATS.get(field, "General")
            day = objective.finish if field is Field.FINISH else objective.start
            if (
                number_format == MONTH_FORMAT
                and day is not None
                and day.day > 1
                and day != last_day_of(day.replace(day=1))
            ):
                number_format = DAY_FORMAT
            look = self.looks.shown(number_format, centred=field not in _LEFT, size=size)
            self.sheet.write_formula(at, field, formula, look, stored[field])
        self.sheet.set_row(at, height)

    def _formulas(self, place: int, at: int) -> dict[Field, str]:
        cells = {field: xl_rowcol_to_cell(at, field) for field in Field}
        plan, report = self.tables.plan, self.tables.results
        text, start = plan.abroad(PlanColumn.TEXT, place), plan.abroad(PlanColumn.START, place)
        finish, status = plan.abroad(PlanColumn.LAST_DAY, place), report.abroad(ResultsColumn.STATUS, place)
        end = f"'{RESULTS_SHEET}'!{PERIOD_END}"
        total, passed = cells[Field.TOTAL], cells[Field.PASSED]
        known = f"AND(ISNUMBER({cells[Field.START]}),ISNUMBER({cells[Field.FINISH]}))"
        months = _native_months(cells[Field.START], cells[Field.FINISH])
        begun = f"MAX(0,MIN({total},{_native_months(cells[Field.START], end)}))"
        return {
            Field.NUMBER: f"={report.abroad(ResultsColumn.NUMBER, place)}",
            Field.TEXT: f'=IF(LEN({text})>{_LONGEST_TEXT},LEFT({text},{_LONGEST_TEXT - 1})&"…",{text}&"")',
            Field.START: f"={_native_day(start)}",
            Field.FINISH: f"={finish}",
            Field.TOTAL: f'=IF({known},IF({cells[Field.FINISH]}>={cells[Field.START]},{months},""),"")',
            Field.PASSED: f'=IF(ISNUMBER({total}),IF(ISNUMBER({_native_day(end)}),{begun},""),"")',
            Field.SHARE: f'=IF(ISNUMBER({passed}),{passed}/{total},"")',
            Field.STATUS: f"={status}",
            Field.HINT: f"={_native_hint(cells)}",
        }

    def _stored(self, objective: ObjectiveLine) -> dict[Field, int | float | str]:
        status, time = self.results.status(objective), self._time(objective)
        text = objective.text
        total, passed = (time.total, time.passed) if time is not None else (None, None)
        if objective.start is not None and objective.finish is not None and total is None:
            # Without a period the months of the objective are known all the same.
            start, finish = objective.start, last_day_of(objective.finish)
            total = time_passed(start, finish, finish).total if finish >= start else None
        return {
            Field.NUMBER: objective.number,
            Field.TEXT: cut(text, _LONGEST_TEXT),
            Field.START: "" if objective.start is None else serial(objective.start),
            Field.FINISH: "" if objective.finish is None else serial(last_day_of(objective.finish)),
            Field.TOTAL: "" if total is None else total,
            Field.PASSED: "" if passed is None else passed,
            Field.SHARE: "" if total is None or passed is None else passed / total,
            Field.STATUS: status_text(status),
            Field.HINT: _hint(status, time) if key_of(objective.number) else "",
        }

    def _time(self, objective: ObjectiveLine) -> TimePassed | None:
        period, start = self.results.typed.cover.period, objective.start
        if period is None or start is None or objective.finish is None:
            return None
        finish = last_day_of(objective.finish)
        return time_passed(start, finish, period.end) if finish >= start else None


def _native_day(cell: str) -> str:
    return f'IF(ISNUMBER({cell}),IF(AND({cell}>={serial(FIRST_DAY)},{cell}<={serial(LAST_DAY)}),INT({cell}),""),"")'


def _native_months(start: str, end: str) -> str:
    return f"(YEAR({end})-YEAR({start}))*12+MONTH({end})-MONTH({start})+1"


def _native_hint(cells: dict[Field, str]) -> str:
    status, total, passed = cells[Field.STATUS], cells[Field.TOTAL], cells[Field.PASSED]
    word = f'"{_OTHER_STATE}"'
    for known, words in _STATE_WORDS.items():
        word = f'IF({status}="{STATUS_TEXTS[known]}","{words}",{word})'
    settled = f'OR({status}="",{status}="{MET}",{status}="{STATUS_TEXTS[Status.NOT_ARISING]}")'
    left = f'"Còn "&({total}-{passed})&" tháng"'
    waiting = f'IF({status}="{STATUS_TEXTS[Status.NOT_DUE]}",{left},{left}&", "&{word})'
    behind = f'IF({passed}>={total},"Hết thời gian, "&{word},{waiting})'
    return f'IF({settled},"",IF(ISNUMBER({passed}),{behind},"{NO_TIME}"))'


def _hint(status: Status | None, time: TimePassed | None) -> str:
    if status in {None, Status.MET, Status.NOT_ARISING}:
        return ""
    if time is None:
        return NO_TIME
    word = _OTHER_STATE if status is None else _STATE_WORDS.get(status, _OTHER_STATE)
    if time.passed >= time.total:
        return f"Hết thời gian, {word}"
    left = f"Còn {time.total - time.passed} tháng"
    return left if status is Status.NOT_DUE else f"{left}, {word}"
