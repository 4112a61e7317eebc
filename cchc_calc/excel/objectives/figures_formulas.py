"""The formulas of the figures: native, or with calls of the functions where a function computes the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from cchc_calc.excel.objectives import line_results as notes
from cchc_calc.excel.objectives.line_readings import native_count, native_is_target, native_rate, native_value
from cchc_calc.excel.objectives.tables import PERIOD_END, FiguresColumn, PlanColumn, ResultsColumn
from cchc_calc.objectives.headings import COMPARATOR_WORDS, RESULTS_SHEET
from cchc_calc.objectives.records import BASIS_TEXTS, STATUS_TEXTS, Basis, Status
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT
from cchc_calc.targets import MET, NOT_MET, RATE, UNREACHABLE

if TYPE_CHECKING:
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.objectives.tables import Tables

_C = FiguresColumn
_NOT_DUE: Final = STATUS_TEXTS[Status.NOT_DUE]
_TYPED: Final = (_C.NUMERATOR, _C.DENOMINATOR, _C.DECLARED)


def native_key(cell: str) -> str:
    """Render what numbers of objectives are compared by, as ``key_of`` makes it.

    >>> native_key("A5")[:40]
    'IF(TRIM(A5)="","","#"&SUBSTITUTE(SUBSTIT'
    """
    return f'IF(TRIM({cell})="","","#"&{_without_wildcards(cell)})'


def native_figure(number: str) -> str:
    """Render a number as text with a decimal comma, whatever the language of the program."""
    return f'SUBSTITUTE({number}&"",".",",")'


@dataclass(frozen=True, slots=True)
class FiguresFormulas:
    """Renders the formulas of the lines of the figures, in a build of the workbook."""

    tables: Tables
    build: Build

    def of_line(self, place: int) -> dict[FiguresColumn, str]:
        """Return every formula of a line, the first of which has the place 0."""
        cells = {column: self.tables.figures.cell(column, place) for column in _C}
        key = cells[_C.KEY]
        inner = {
            _C.TARGET: self._target(cells),
            _C.ACTUAL: self._actual(cells),
            _C.BASIS: self._basis(cells),
            _C.STATUS: self._status(cells),
            _C.SHORTFALL: self._shortfall(cells),
            _C.GROUP_KEY: self._group_key(cells),
            _C.NAME: _name(cells),
            _C.IS_DUE: self._is_due(key),
            _C.GROUP_STATUS: self._group_status(cells[_C.GROUP_KEY]),
            _C.IS_FIRST: self._is_first(cells[_C.GROUP_KEY], place),
            _C.NOT_MET: self._not_met(cells, place),
            _C.RANK: self._rank(cells, place),
        }
        formulas = {column: f'=IF({key}="","",{formula})' for column, formula in inner.items()}
        formulas[_C.KEY] = f"={native_key(cells[_C.NUMBER])}"
        formulas[_C.NOTE] = f"={self._note(cells)}"
        empty = f'IF(IF(ISTEXT({cells[_C.NUMERATOR]}),{cells[_C.READ_NUMERATOR]}=0,FALSE),0,"")'
        formulas[_C.READ_NUMERATOR] = f"={native_count(cells[_C.NUMERATOR])}"
        formulas[_C.READ_DENOMINATOR] = f"={native_count(cells[_C.DENOMINATOR], when_empty=empty)}"
        formulas[_C.READ_DECLARED] = f"={native_rate(cells[_C.DECLARED])}"
        return formulas

    def _target(self, cells: dict[FiguresColumn, str]) -> str:
        word, value, unit = (cells[column] for column in (_C.COMPARATOR, _C.VALUE, _C.UNIT))
        share = f'{native_figure(f"ROUND({native_value(value)}*100,4)")}&"{RATE}"'
        count = f'{native_figure(native_value(value))}&" "&TRIM({unit})'
        after = f'IF(TRIM({word})="{COMPARATOR_WORDS[">="]}"," trở lên","")'
        phrase = f'LOWER(TRIM({word}))&" "&IF(TRIM({unit})="{RATE}",{share},{count})&{after}'
        known = native_is_target(word, value, unit)
        return f'IF({_names_nothing(cells)},"",IF({known},{phrase},"{UNDECIDED_TEXT}"))'

    def _actual(self, cells: dict[FiguresColumn, str]) -> str:
        part, whole, declared = _read(cells)
        count = (
            f'IF({part}="{UNDECIDED_TEXT}",{part},IF(ISTEXT({cells[_C.NUMERATOR]}),{_text_or_nothing(part)},{part}))'
        )
        divided = f'IF({part}>{whole},"{UNDECIDED_TEXT}",IF({whole}=0,"{NOT_ARISING_TEXT}",{part}/{whole}))'
        if self.build.calls_python:
            divided = f"CCHC_TYLE({part},{whole})"
        unreadable = f'OR({part}="{UNDECIDED_TEXT}",{whole}="{UNDECIDED_TEXT}")'
        rate = f'IF({unreadable},"{UNDECIDED_TEXT}",IF({_incomplete(cells)},{declared},{divided}))'
        return f"IF({_is_count(cells)},{count},{rate})"

    def _basis(self, cells: dict[FiguresColumn, str]) -> str:
        computed = f"OR({_is_count(cells)},NOT({_incomplete(cells)}))"
        words = f'IF({computed},"{BASIS_TEXTS[Basis.COMPUTED]}","{BASIS_TEXTS[Basis.DECLARED]}")'
        return f'IF(ISNUMBER({cells[_C.ACTUAL]}),{words},"")'

    def _status(self, cells: dict[FiguresColumn, str]) -> str:
        target, actual = cells[_C.TARGET], cells[_C.ACTUAL]
        judged = _compared(cells)
        if self.build.calls_python:
            # Counts go by their own unit, of which the function would have to know the name.
            judged = f"IF({_is_count(cells)},{judged},CCHC_DATMUCTIEU({target},{actual}))"
        waiting = f'IF({cells[_C.IS_DUE]}=1,"{UNDECIDED_TEXT}","{_NOT_DUE}")'
        state = f'OR({actual}="{UNDECIDED_TEXT}",{actual}="{NOT_ARISING_TEXT}")'
        known = f'IF({state},{actual},IF({actual}="",{waiting},{judged}))'
        return f'IF(OR({target}="",{target}="{UNDECIDED_TEXT}"),"{UNDECIDED_TEXT}",{known})'

    def _shortfall(self, cells: dict[FiguresColumn, str]) -> str:
        part, whole, _ = _read(cells)
        target, actual = cells[_C.TARGET], cells[_C.ACTUAL]
        distance = _distance(cells, part, f"{native_value(cells[_C.VALUE])}*{whole}", f"{whole}")
        if self.build.calls_python:
            distance = f"CCHC_CONTHIEU({part},{whole},{target})"
        counted = _distance(cells, part, native_value(cells[_C.VALUE]), "")
        known = f'AND(ISNUMBER({actual}),{target}<>"",{target}<>"{UNDECIDED_TEXT}")'
        return f'IF({known},IF({_is_count(cells)},{counted},IF({_incomplete(cells)},"",{distance})),"")'

    def _note(self, cells: dict[FiguresColumn, str]) -> str:
        part, whole, declared = _read(cells)
        target, actual, key = cells[_C.TARGET], cells[_C.ACTUAL], cells[_C.KEY]
        typed = ",".join(
            f"{cells[first]}:{cells[last]}" for first, last in ((_C.SCOPE, _C.UNIT), (_C.BASE, _C.DECLARED))
        )
        no_number = f'IF(COUNTA({typed})>0,"{notes.WITHOUT_NUMBER}","")'
        unreadable = ",".join(f'{cell}="{UNDECIDED_TEXT}"' for cell in (part, whole, declared))
        missing = (
            f'IF(AND(NOT({_is_count(cells)}),{part}<>""),"{notes.NO_DENOMINATOR}",'
            f'IF({whole}="","{notes.NO_FIGURES}","{notes.NO_NUMERATOR}"))'
        )
        source = f'IF({cells[_C.BASIS]}="{BASIS_TEXTS[Basis.DECLARED]}","{notes.ONLY_DECLARED}",{_differs(cells)})'
        named = (
            f'IF({target}="","{notes.NO_TARGET}",IF({target}="{UNDECIDED_TEXT}","{notes.NO_CLEAR_TARGET}",'
            f'IF(OR({unreadable}),"{notes.UNREADABLE}",IF({actual}="{UNDECIDED_TEXT}","{notes.CONTRADICTS}",'
            f'IF({actual}="",{missing},{source})))))'
        )
        planned = f"COUNTIF({self.tables.plan.whole_abroad(PlanColumn.KEY)},{key})>0"
        return f'IF({key}="",{no_number},IF({planned},{named},"{notes.NOT_PLANNED}"))'

    def _group_key(self, cells: dict[FiguresColumn, str]) -> str:
        group = cells[_C.GROUP]
        return f'{cells[_C.KEY]}&"|"&IF(TRIM({group})="","."&ROW(),LOWER({_without_wildcards(group)}))'

    def _is_due(self, key: str) -> str:
        plan, figures, results = self.tables.plan, self.tables.figures, self.tables.results
        typed = f"{figures.cell(_TYPED[0], 0)}:{figures.cell(_TYPED[-1], figures.lines - 1)}"
        reported = f"COUNTA({_fixed(typed)})+COUNTA({results.whole_abroad(ResultsColumn.ATTAINED)})"
        line = f"MATCH({key},{plan.whole_abroad(PlanColumn.KEY)},0)"
        finish = f"N(INDEX({plan.whole_abroad(PlanColumn.LAST_DAY)},{line}))"
        end = f"'{RESULTS_SHEET}'!{_fixed(PERIOD_END)}"
        return f"IF({reported}=0,0,IF(IFERROR(AND(ISNUMBER({end}),{end}<{finish}),FALSE),0,1))"

    def _group_status(self, group: str) -> str:
        groups, statuses = (self.tables.figures.whole(column) for column in (_C.GROUP_KEY, _C.STATUS))

        def count(status: Status) -> str:
            return f'COUNTIFS({groups},{group},{statuses},"{STATUS_TEXTS[status]}")'

        rest = (
            f'IF({count(Status.UNDECIDED)}>0,"{UNDECIDED_TEXT}",IF({count(Status.NOT_DUE)}>0,"{_NOT_DUE}","{NOT_MET}"))'
        )
        nothing = f'IF({count(Status.NOT_ARISING)}=COUNTIF({groups},{group}),"{NOT_ARISING_TEXT}",{rest})'
        return f'IF({count(Status.MET)}>0,"{MET}",{nothing})'

    def _is_first(self, group: str, place: int) -> str:
        first = _fixed(self.tables.figures.cell(_C.GROUP_KEY, 0))
        return f"IF(COUNTIF({first}:{self.tables.figures.cell(_C.GROUP_KEY, place)},{group})=1,1,0)"

    def _not_met(self, cells: dict[FiguresColumn, str], place: int) -> str:
        """Gather the names from the last line up, so that the lines of an objective may stand anywhere."""
        figures = self.tables.figures
        name = cells[_C.NAME]
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


def _names_nothing(cells: dict[FiguresColumn, str]) -> str:
    return f'AND(TRIM({cells[_C.COMPARATOR]})="",TRIM({cells[_C.VALUE]})="")'


def _name(cells: dict[FiguresColumn, str]) -> str:
    scope, longest = f"TRIM({cells[_C.SCOPE]})", notes.LONGEST_NAME
    short = f'IF(LEN({scope})>{longest},LEFT({scope},{longest - 1})&"…",{scope})'
    return f'IF({scope}="",{cells[_C.TARGET]},{short})'


def _is_count(cells: dict[FiguresColumn, str]) -> str:
    unit = f"TRIM({cells[_C.UNIT]})"
    return f'AND({unit}<>"",{unit}<>"{RATE}")'


def _read(cells: dict[FiguresColumn, str]) -> tuple[str, str, str]:
    return cells[_C.READ_NUMERATOR], cells[_C.READ_DENOMINATOR], cells[_C.READ_DECLARED]


def _incomplete(cells: dict[FiguresColumn, str]) -> str:
    part, whole, _ = _read(cells)
    return f'OR({part}="",{whole}="")'


def _text_or_nothing(part: str) -> str:
    return f'IF({part}="","","{NOT_ARISING_TEXT}")'


def _compared(cells: dict[FiguresColumn, str]) -> str:
    actual, word, value = cells[_C.ACTUAL], f"TRIM({cells[_C.COMPARATOR]})", native_value(cells[_C.VALUE])
    below, at_most, above = (COMPARATOR_WORDS[sign] for sign in ("<", "<=", ">"))
    holds = (
        f'IF({word}="{below}",{actual}<{value},IF({word}="{at_most}",{actual}<={value},'
        f'IF({word}="{above}",{actual}>{value},{actual}>={value})))'
    )
    return f'IF({holds},"{MET}","{NOT_MET}")'


def _distance(cells: dict[FiguresColumn, str], part: str, edge: str, whole: str) -> str:
    """Count the cases to add or to take away; the edge is rounded, because 0,07 times 100 is a little more than 7."""
    word, edge = f"TRIM({cells[_C.COMPARATOR]})", f"ROUND({edge},6)"
    below, at_most, above = (COMPARATOR_WORDS[sign] for sign in ("<", "<=", ">"))
    least = f'IF({word}="{above}",INT({edge})+1,-INT(-{edge}))'
    most = f'IF({word}="{at_most}",INT({edge}),-INT(-{edge})-1)'
    to_add = f"MAX(0,{least}-{part})"
    if whole:
        to_add = f'IF({least}>{whole},"{UNREACHABLE}",{to_add})'
    to_take = f'IF({most}<0,"{UNREACHABLE}",MAX(0,{part}-{most}))'
    return f'IF(OR({word}="{below}",{word}="{at_most}"),{to_take},{to_add})'


def _differs(cells: dict[FiguresColumn, str]) -> str:
    """Compare at the precision of the declared rate; at a tie both ways of rounding are right."""
    actual, declared = cells[_C.ACTUAL], cells[_C.READ_DECLARED]
    places = str(notes.DECLARED_DECIMALS[-1] + 1)
    for shown in reversed(notes.DECLARED_DECIMALS):
        places = f"IF({declared}=ROUND({declared},{shown}),{shown},{places})"
    apart = f'IF(ROUND(ABS({actual}-{declared}),14)>0.5/10^{places},"{notes.DIFFERS}","")'
    return f'IF(AND(ISNUMBER({actual}),ISNUMBER({declared})),{apart},"")'


def _without_wildcards(cell: str) -> str:
    """Render a text without the letters that a spreadsheet takes for patterns where it counts or looks up."""
    text = f"TRIM({cell})"
    for letter in ("~", "*", "?"):
        text = f'SUBSTITUTE({text},"{letter}","-")'
    return text


def _fixed(area: str) -> str:
    return ":".join(xl_rowcol_to_cell(*xl_cell_to_rowcol(cell), row_abs=True, col_abs=True) for cell in area.split(":"))
