"""The formulas of the report of results: the words of the plan, and what follows from the lines of the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.excel.objectives import workbook_results as words
from cchc_calc.excel.objectives.line_formulas import native_key
from cchc_calc.excel.objectives.tables import FiguresColumn, PlanColumn, ResultsColumn
from cchc_calc.objectives.records import BASIS_TEXTS, STATUS_TEXTS, Basis, Status
from cchc_calc.states import UNDECIDED_TEXT
from cchc_calc.targets import MET, NOT_MET

if TYPE_CHECKING:
    from cchc_calc.excel.objectives.tables import Tables

_R = ResultsColumn
_PLANNED = {_R.NUMBER: PlanColumn.NUMBER, _R.TEXT: PlanColumn.TEXT, _R.MEASURING: PlanColumn.MEASURING}


@dataclass(frozen=True, slots=True)
class ResultsFormulas:
    """Renders the formulas of the report of results; they are the same in every build."""

    tables: Tables

    def of_line(self, place: int) -> dict[ResultsColumn, str]:
        """Return every formula of a line, the first of which has the place 0."""
        cells = {column: self.tables.results.cell(column, place) for column in _R}
        key = cells[_R.KEY]
        formulas = {}
        for column, planned in _PLANNED.items():
            cell = self.tables.plan.abroad(planned, place)
            formulas[column] = f'=IF({cell}="","",{cell})'
        formulas[_R.STATUS] = f'=IF({key}="","",{self._status(key)})'
        formulas[_R.REASON] = f'=IF({key}="","",{self._reason(key, cells[_R.STATUS])})'
        formulas[_R.MESSAGE] = f"={_message(cells)}"
        formulas[_R.KEY] = f"={native_key(cells[_R.NUMBER])}"
        formulas[_R.MET] = f"={self._met(cells, place)}"
        return formulas

    def summary(self) -> str:
        """Return the formula of the sentence that counts the objectives met, and names them."""
        results = self.tables.results
        met, total = f'COUNTIF({results.whole(_R.STATUS)},"{MET}")', f'COUNTIF({results.whole(_R.KEY)},"#*")'
        names = results.cell(_R.MET, results.lines - 1)
        sentence = f'{met}&"/"&{total}&" mục tiêu đạt"&IF({names}="",""," ("&{names}&")")'
        return f'=IF({total}=0,"",{sentence})'

    def _groups(self, key: str, status: Status | None = None) -> str:
        """Render how many groups an objective has, or has of a status; every group counts in its first line alone."""
        figures = self.tables.figures
        first = f"{figures.whole_abroad(FiguresColumn.KEY)},{key},{figures.whole_abroad(FiguresColumn.IS_FIRST)},1"
        if status is None:
            return f"COUNTIFS({first})"
        return f'COUNTIFS({first},{figures.whole_abroad(FiguresColumn.GROUP_STATUS)},"{STATUS_TEXTS[status]}")'

    def _status(self, key: str) -> str:
        total, met, nothing = (self._groups(key, status) for status in (None, Status.MET, Status.NOT_ARISING))
        waiting = (
            f'IF(OR({total}=0,{self._groups(key, Status.UNDECIDED)}>0),"{UNDECIDED_TEXT}",'
            f'"{STATUS_TEXTS[Status.NOT_DUE]}")'
        )
        some = f'IF({met}+{nothing}={total},"{MET}","{STATUS_TEXTS[Status.PARTLY]}")'
        decided = (
            f'IF(AND({total}>0,{nothing}={total}),"{STATUS_TEXTS[Status.NOT_ARISING]}",IF({met}>0,{some},{waiting}))'
        )
        return f'IF({self._groups(key, Status.NOT_MET)}>0,"{NOT_MET}",{decided})'

    def _reason(self, key: str, status: str) -> str:
        figures = self.tables.figures
        keys, names, bases = (
            figures.whole_abroad(column) for column in (FiguresColumn.KEY, FiguresColumn.NOT_MET, FiguresColumn.BASIS)
        )
        total, met = self._groups(key), f'{self._groups(key, Status.MET)}&"/"&{self._groups(key)}'
        missed = f'{self._groups(key, Status.NOT_MET)}&"/"&{total}&" yêu cầu chưa đạt: "'
        missed += f"&INDEX({names},MATCH({key},{keys},0))"
        declared = f'COUNTIFS({keys},{key},{bases},"{BASIS_TEXTS[Basis.DECLARED]}")'
        declared = f'IF({declared}>0," ("&{declared}&" theo công bố)","")'
        reasons = {
            Status.NOT_MET: missed,
            Status.MET: f'{met}&" yêu cầu đạt"&{declared}',
            Status.PARTLY: f'{met}&" yêu cầu đạt, còn lại chưa đánh giá được"',
            Status.NOT_ARISING: f'"{words.NOTHING_AROSE}"',
            Status.NOT_DUE: f'"{words.NOT_DUE_YET}"',
        }
        formula = f'"{words.NOT_DECIDED}"'
        for known, reason in reversed(reasons.items()):
            formula = f'IF({status}="{STATUS_TEXTS[known]}",{reason},{formula})'
        return f'IF({total}=0,"{words.NO_REQUIREMENTS}",{formula})'

    def _met(self, cells: dict[ResultsColumn, str], place: int) -> str:
        """Gather the numbers of the objectives met, from the first line down."""
        number, is_met = f"TRIM({cells[_R.NUMBER]})", f'{cells[_R.STATUS]}="{MET}"'
        if place == 0:
            return f'IF({is_met},{number},"")'
        above = self.tables.results.cell(_R.MET, place - 1)
        return f'IF({is_met},IF({above}="","",{above}&", ")&{number},{above})'


def _message(cells: dict[ResultsColumn, str]) -> str:
    cause, remedy = (f'TRIM({cells[column]})=""' for column in (_R.CAUSE, _R.REMEDY))
    asked = (
        f'IF({cause},"{words.ASK_FOR_CAUSE}"&IF({remedy},"; {words.ASK_FOR_REMEDY}",""),'
        f'IF({remedy},"{words.ASK_FOR_REMEDY}",""))'
    )
    return f'IF({cells[_R.STATUS]}="{NOT_MET}",{asked},"")'
