"""The formulas of one line of the figures: native, or with calls of the functions where one computes the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.objectives import line_results as notes
from cchc_calc.excel.objectives.line_readings import (
    native_count,
    native_is_target,
    native_numerator,
    native_rate,
    native_value,
)
from cchc_calc.excel.objectives.tables import FiguresColumn
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.objectives.records import BASIS_TEXTS, STATUS_TEXTS, Basis, Status
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT
from cchc_calc.targets import MET, NOT_MET, RATE, UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

_C = FiguresColumn
_BELOW, _AT_MOST, _AT_LEAST, _ABOVE = (COMPARATOR_WORDS[sign] for sign in ("<", "<=", ">=", ">"))
_NOT_DUE: Final = STATUS_TEXTS[Status.NOT_DUE]
_PATTERNS: Final = ("~", "*", "?")


def native_key(cell: str) -> str:
    """Render what numbers of objectives are compared by, as ``key_of`` makes it.

    >>> native_key("A5")[:40]
    'IF(TRIM(A5)="","","#"&LEFT(SUBSTITUTE(SU'
    """
    return f'IF(TRIM({cell})="","","#"&{_name_in_key(cell)})'


def native_group(cell: str) -> str:
    """Render the letter of a group as ``group_of`` makes it; a line without one is a group of its own."""
    return f'IF(TRIM({cell})="","."&ROW(),LOWER({_name_in_key(cell)}))'


def native_figure(number: str) -> str:
    """Render a number as text with a decimal comma, whatever the language of the program."""
    return f'SUBSTITUTE({number}&"",".",",")'


@dataclass(frozen=True, slots=True)
class LineFormulas:
    """Renders the formulas of a line from its ``cells``; none of them looks at another line."""

    cells: Mapping[FiguresColumn, str]
    calls_python: bool

    def readings(self) -> dict[FiguresColumn, str]:
        """Return what is read of the figures."""
        numerator, part = self.cells[_C.NUMERATOR], self.cells[_C.READ_NUMERATOR]
        empty = f'IF(IF(ISTEXT({numerator}),{part}=0,FALSE),0,"")'
        return {
            _C.READ_NUMERATOR: native_numerator(numerator, is_count=self._is_count),
            _C.READ_DENOMINATOR: native_count(self.cells[_C.DENOMINATOR], when_empty=empty),
            _C.READ_DECLARED: native_rate(self.cells[_C.DECLARED]),
        }

    def judged(self) -> dict[FiguresColumn, str]:
        """Return what follows, for a line that has a number."""
        return {
            _C.TARGET: self._target(),
            _C.ACTUAL: self._actual(),
            _C.BASIS: self._basis(),
            _C.STATUS: self._status(),
            _C.SHORTFALL: self._shortfall(),
            _C.NAME: self._name(),
        }

    def note(self) -> str:
        """Return what an official has to look at in a line of a planned objective."""
        target, actual = self.cells[_C.TARGET], self.cells[_C.ACTUAL]
        part, whole, declared = self._read
        unreadable = ",".join(f'{cell}="{UNDECIDED_TEXT}"' for cell in (part, whole, declared))
        unusable = f'IF({part}="","{notes.NO_NUMERATOR}",IF({whole}="","{notes.NO_DENOMINATOR}","{notes.CONTRADICTS}"))'
        source = f'IF({self.cells[_C.BASIS]}="{BASIS_TEXTS[Basis.DECLARED]}","{notes.ONLY_DECLARED}",{self._differs()})'
        return (
            f'IF({target}="","{notes.NO_TARGET}",IF({target}="{UNDECIDED_TEXT}","{notes.NO_CLEAR_TARGET}",'
            f'IF(OR({unreadable}),"{notes.UNREADABLE}",IF({actual}="","{notes.NO_FIGURES}",'
            f'IF({actual}="{UNDECIDED_TEXT}",{unusable},{source})))))'
        )

    @property
    def _read(self) -> tuple[str, str, str]:
        cells = self.cells
        return cells[_C.READ_NUMERATOR], cells[_C.READ_DENOMINATOR], cells[_C.READ_DECLARED]

    @property
    def _word(self) -> str:
        return f"TRIM({self.cells[_C.COMPARATOR]})"

    @property
    def _unit(self) -> str:
        return f"TRIM({self.cells[_C.UNIT]})"

    @property
    def _is_count(self) -> str:
        return f'AND({self._unit}<>"",{self._unit}<>"{RATE}")'

    @property
    def _incomplete(self) -> str:
        part, whole, _ = self._read
        return f'OR({part}="",{whole}="")'

    def _target(self) -> str:
        word, value, unit = (self.cells[column] for column in (_C.COMPARATOR, _C.VALUE, _C.UNIT))
        share = f'{native_figure(f"ROUND({native_value(value)}*100,4)")}&"{RATE}"'
        count = f'{native_figure(native_value(value))}&" "&{self._unit}'
        after = f'IF({self._word}="{_AT_LEAST}"," trở lên","")'
        phrase = f'LOWER({self._word})&" "&IF({self._unit}="{RATE}",{share},{count})&{after}'
        known = native_is_target(word, value, unit)
        return f'IF(AND({self._word}="",TRIM({value})=""),"",IF({known},{phrase},"{UNDECIDED_TEXT}"))'

    def _actual(self) -> str:
        part, whole, declared = self._read
        exceeds = f'IF({part}>{whole},"{UNDECIDED_TEXT}",IF({whole}=0,"{NOT_ARISING_TEXT}",{{}}))'
        divided = f"CCHC_TYLE({part},{whole})" if self.calls_python else exceeds.format(f"{part}/{whole}")
        count = f'IF({part}="","{UNDECIDED_TEXT}",IF({whole}="",{part},{exceeds.format(part)}))'
        without_counts = f'IF(AND({self._is_count},ISNUMBER({declared})),"{UNDECIDED_TEXT}",{declared})'
        one_sided = f'IF(ISNUMBER({declared}),{declared},"{UNDECIDED_TEXT}")'
        rate = f"IF({self._incomplete},{one_sided},{divided})"
        known = f'IF(AND({part}="",{whole}=""),{without_counts},IF({self._is_count},{count},{rate}))'
        return f'IF(OR({part}="{UNDECIDED_TEXT}",{whole}="{UNDECIDED_TEXT}"),"{UNDECIDED_TEXT}",{known})'

    def _basis(self) -> str:
        part = self._read[0]
        computed = f"IF({self._is_count},{part}=INT({part}),NOT({self._incomplete}))"
        words = f'IF({computed},"{BASIS_TEXTS[Basis.COMPUTED]}","{BASIS_TEXTS[Basis.DECLARED]}")'
        return f'IF(ISNUMBER({self.cells[_C.ACTUAL]}),{words},"")'

    def _status(self) -> str:
        target, actual, value = self.cells[_C.TARGET], self.cells[_C.ACTUAL], native_value(self.cells[_C.VALUE])
        holds = (
            f'IF({self._word}="{_BELOW}",{actual}<{value},IF({self._word}="{_AT_MOST}",{actual}<={value},'
            f'IF({self._word}="{_ABOVE}",{actual}>{value},{actual}>={value})))'
        )
        judged = f'IF({holds},"{MET}","{NOT_MET}")'
        if self.calls_python:
            # Counts go by their own unit, of which the function would have to know the name.
            judged = f"IF({self._is_count},{judged},CCHC_DATMUCTIEU({target},{actual}))"
        waiting = f'IF({self.cells[_C.IS_DUE]}=1,"{UNDECIDED_TEXT}","{_NOT_DUE}")'
        state = f'OR({actual}="{UNDECIDED_TEXT}",{actual}="{NOT_ARISING_TEXT}")'
        known = f'IF({state},{actual},IF({actual}="",{waiting},{judged}))'
        return f'IF(OR({target}="",{target}="{UNDECIDED_TEXT}"),"{UNDECIDED_TEXT}",{known})'

    def _shortfall(self) -> str:
        part, whole, _ = self._read
        target, value = self.cells[_C.TARGET], native_value(self.cells[_C.VALUE])
        counted = f'IF({part}=INT({part}),{self._distance(value, "")},"")'
        distance = self._distance(f"{value}*{whole}", whole)
        if self.calls_python:
            distance = f"CCHC_CONTHIEU({part},{whole},{target})"
        known = f'AND(ISNUMBER({self.cells[_C.ACTUAL]}),{target}<>"",{target}<>"{UNDECIDED_TEXT}")'
        return f'IF({known},IF({self._is_count},{counted},IF({self._incomplete},"",{distance})),"")'

    def _distance(self, edge: str, whole: str) -> str:
        """Count the cases to add or to take away; the edge is rounded, because 0,07 times 100 is more than 7."""
        part, edge = self._read[0], f"ROUND({edge},6)"
        least = f'IF({self._word}="{_ABOVE}",INT({edge})+1,-INT(-{edge}))'
        most = f'IF({self._word}="{_AT_MOST}",INT({edge}),-INT(-{edge})-1)'
        to_add = f"MAX(0,{least}-{part})"
        if whole:
            to_add = f'IF({least}>{whole},"{UNREACHABLE}",{to_add})'
        to_take = f'IF({most}<0,"{UNREACHABLE}",MAX(0,{part}-{most}))'
        return f'IF(OR({self._word}="{_BELOW}",{self._word}="{_AT_MOST}"),{to_take},{to_add})'

    def _name(self) -> str:
        scope, longest = f"TRIM({self.cells[_C.SCOPE]})", notes.LONGEST_NAME
        short = f'IF(LEN({scope})>{longest},LEFT({scope},{longest - 1})&"…",{scope})'
        return f'IF({scope}="",{self.cells[_C.TARGET]},{short})'

    def _differs(self) -> str:
        """Compare at the precision of the declared rate; at a tie both ways of rounding are right."""
        actual, declared = self.cells[_C.ACTUAL], self.cells[_C.READ_DECLARED]
        places = str(notes.DECLARED_DECIMALS[-1] + 1)
        for shown in reversed(notes.DECLARED_DECIMALS):
            places = f"IF({declared}=ROUND({declared},{shown}),{shown},{places})"
        apart = f'IF(ROUND(ABS({actual}-{declared}),14)>0.5/10^{places},"{notes.DIFFERS}","")'
        return f'IF(AND(NOT({self._is_count}),ISNUMBER({actual}),ISNUMBER({declared})),{apart},"")'


def _name_in_key(cell: str) -> str:
    """Render a name without the letters that a spreadsheet takes for patterns, cut where it could not look it up."""
    text = f"TRIM({cell})"
    for letter in _PATTERNS:
        text = f'SUBSTITUTE({text},"{letter}","-")'
    return f"LEFT({text},{notes.LONGEST_KEY})"
