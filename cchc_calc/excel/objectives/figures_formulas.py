"""The formulas of the sheet of figures: those of each line, and those that look at the lines together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from cchc_calc.excel.objectives import line_results as notes
from cchc_calc.excel.objectives.line_formulas import LineFormulas, native_group, native_key
from cchc_calc.excel.objectives.tables import PERIOD_END, FiguresColumn, PlanColumn, ResultsColumn
from cchc_calc.objectives.headings import RESULTS_SHEET
from cchc_calc.objectives.records import STATUS_TEXTS, Status
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT
from cchc_calc.targets import MET, NOT_MET, RATE

if TYPE_CHECKING:
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.objectives.tables import Tables

_C = FiguresColumn


@dataclass(frozen=True, slots=True)
class FiguresFormulas:
    """Renders the formulas of the sheet, in a build of the workbook."""

    tables: Tables
    build: Build

    def of_line(self, place: int) -> dict[FiguresColumn, str]:
        """Return every formula of a line, the first of which has the place 0."""
        cells = {column: self.tables.figures.cell(column, place) for column in _C}
        line, key = LineFormulas(cells, self.build.calls_python), cells[_C.KEY]
        numbered = line.judged() | {
            _C.GROUP_KEY: f'{key}&"|"&{native_group(cells[_C.GROUP])}',
            _C.IS_DUE: self._is_due(key),
            _C.GROUP_STATUS: self._group_status(cells[_C.GROUP_KEY]),
            _C.IS_FIRST: self._is_first(cells[_C.GROUP_KEY], place),
            _C.NOT_MET: self._not_met(cells, place),
            _C.RANK: self._rank(cells, place),
        }
        return {
            _C.KEY: f"={native_key(cells[_C.NUMBER])}",
            _C.NOTE: f"={self._note(cells, line)}",
            **{column: f"={formula}" for column, formula in line.readings().items()},
            **{column: f'=IF({key}="","",{formula})' for column, formula in numbered.items()},
        }

    def _note(self, cells: dict[FiguresColumn, str], line: LineFormulas) -> str:
        key, plan = cells[_C.KEY], self.tables.plan.whole_abroad(PlanColumn.KEY)
        areas = ((_C.SCOPE, _C.UNIT), (_C.BASE, _C.DECLARED))
        typed = ",".join(f"{cells[first]}:{cells[last]}" for first, last in areas)
        no_number = f'IF(COUNTA({typed})>0,"{notes.WITHOUT_NUMBER}","")'
        return f'IF({key}="",{no_number},IF(COUNTIF({plan},{key})>0,{line.note()},"{notes.NOT_PLANNED}"))'

    def _is_due(self, key: str) -> str:
        plan, figures, results = self.tables.plan, self.tables.figures, self.tables.results
        typed = f"{figures.cell(_C.NUMERATOR, 0)}:{figures.cell(_C.DECLARED, figures.lines - 1)}"
        reported = f"COUNTA({_fixed(typed)})+COUNTA({results.whole_abroad(ResultsColumn.ATTAINED)})"
        line = f"MATCH({key},{plan.whole_abroad(PlanColumn.KEY)},0)"
        finish = f"N(INDEX({plan.whole_abroad(PlanColumn.LAST_DAY)},{line}))"
        end = f"'{RESULTS_SHEET}'!{_fixed(PERIOD_END)}"
        return f"IF({reported}=0,0,IF(IFERROR(AND(ISNUMBER({end}),{end}<{finish}),FALSE),0,1))"

    def _group_status(self, group: str) -> str:
        groups, statuses = (self.tables.figures.whole(column) for column in (_C.GROUP_KEY, _C.STATUS))

        def count(status: Status) -> str:
            return f'COUNTIFS({groups},{group},{statuses},"{STATUS_TEXTS[status]}")'

        rest = f'IF({count(Status.NOT_DUE)}>0,"{STATUS_TEXTS[Status.NOT_DUE]}","{NOT_MET}")'
        rest = f'IF({count(Status.UNDECIDED)}>0,"{UNDECIDED_TEXT}",{rest})'
        nothing = f'IF({count(Status.NOT_ARISING)}=COUNTIF({groups},{group}),"{NOT_ARISING_TEXT}",{rest})'
        return f'IF({count(Status.MET)}>0,"{MET}",{nothing})'

    def _is_first(self, group: str, place: int) -> str:
        first = _fixed(self.tables.figures.cell(_C.GROUP_KEY, 0))
        return f"IF(COUNTIF({first}:{self.tables.figures.cell(_C.GROUP_KEY, place)},{group})=1,1,0)"

    def _not_met(self, cells: dict[FiguresColumn, str], place: int) -> str:
        """Gather the names from the last line up, so that the lines of an objective may stand anywhere."""
        figures, name = self.tables.figures, cells[_C.NAME]
        is_missed = f'AND({cells[_C.IS_FIRST]}=1,{cells[_C.GROUP_STATUS]}="{NOT_MET}")'
        if place == figures.lines - 1:
            return f'IF({is_missed},{name},"")'
        keys, lists = (
            f"{figures.cell(column, place + 1)}:{_fixed(figures.cell(column, figures.lines - 1))}"
            for column in (_C.KEY, _C.NOT_MET)
        )
        below = f'IFERROR(INDEX({lists},MATCH({cells[_C.KEY]},{keys},0)),"")'
        return f'IF({is_missed},{name}&IF({below}="","","; "&{below}),{below})'

    def _rank(self, cells: dict[FiguresColumn, str], place: int) -> str:
        """Render the number of a line among those that the chart of rates shows: lines with a target in per cent."""
        header = _fixed(self.tables.figures.cell(_C.RANK, -1))
        above = f"MAX({header}:{self.tables.figures.cell(_C.RANK, place - 1)})"
        return f'IF(AND(TRIM({cells[_C.UNIT]})="{RATE}",LEN({cells[_C.TARGET]})>LEN("{UNDECIDED_TEXT}")),{above}+1,"")'


def _fixed(area: str) -> str:
    return ":".join(xl_rowcol_to_cell(*xl_cell_to_rowcol(cell), row_abs=True, col_abs=True) for cell in area.split(":"))
