"""What the check column says beside a row: as a native formula, and the same sentence in Python."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from cchc_calc.evaluation import holds
from cchc_calc.excel.cell_reading import takes_whole_numbers
from cchc_calc.excel_formulas import violated
from cchc_calc.expressions import references
from cchc_calc.states import UNDECIDED_TEXT, State

if TYPE_CHECKING:
    from decimal import Decimal

    from cchc_calc.catalogue import Check, Form, Row
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.form_grid import FormGrid

CONTRADICTS: Final = "Mâu thuẫn với dòng "
MISSING: Final = "Chưa nhập"
DIFFERS: Final = "Khác số đã báo cáo"
SEE: Final = f"{UNDECIDED_TEXT}: xem dòng "
UNREADABLE: Final = "Không đọc được: cần "

COUNT_OF_FILLED: Final = "$I$4"
"""The cell above the column that counts the filled cells; while it is 0 nothing is called missing."""

# A spreadsheet keeps fifteen digits of a rate; what differs beyond them is noise.
_DIGITS: Final = 14


@dataclass(frozen=True, slots=True)
class RowChecks:
    """The checks that read a row."""

    row: Row
    checks: tuple[Check, ...]

    @classmethod
    def of(cls, form: Form, row: Row) -> RowChecks:
        """Gather the checks of the form that read the row."""
        return cls(row, _checks_by_row(form).get(row.address, ()))

    def others(self, check: Check) -> str:
        """Name the rows that a check compares this row with."""
        return ", ".join(address for address in check.addresses if address != self.row.address)


def native_used(grid: FormGrid, row: Row) -> str:
    """Render the formula of what is used of an input row: what was read, unless it contradicts another row."""
    read = grid.read(row.address)
    broken = [violated(check.comparison, grid.read) for check in RowChecks.of(grid.form, row).checks]
    if not broken:
        return f"={read}"
    test = broken[0] if len(broken) == 1 else f"OR({','.join(broken)})"
    return f'=IF({read}="","",IF({test},"{UNDECIDED_TEXT}",{read}))'


def native_reported(row: Row, cell: str, reported: Decimal | None) -> str:
    """Render the formula that reads the reported cell of a computed row: a rate as a fraction of one.

    A text that was read when the file was written brings its figure along.
    """
    number = f"{cell}/IF({cell}>1,100,1)" if row.kind == "rate" else cell
    text = '""' if reported is None else f'IF(ISTEXT({cell}),{reported:f},"")'
    return f"=IF(ISNUMBER({cell}),{number},{text})"


def native_message(grid: FormGrid, row: Row, level: str, decimals: int) -> str:
    """Render the message of a row that an official fills or that is computed."""
    if row.is_computed:
        return _native_computed(grid, row, decimals)
    read, used = grid.read(row.address), grid.used(row.address)
    missing = f'IF(AND({read}="",{COUNT_OF_FILLED}>0),"{MISSING}","")' if level in row.levels else '""'
    of_row = RowChecks.of(grid.form, row)
    if of_row.checks:
        others = f'"{of_row.others(of_row.checks[-1])}"'
        for check in reversed(of_row.checks[:-1]):
            others = f'IF({violated(check.comparison, grid.read)},"{of_row.others(check)}",{others})'
        missing = f'IF({used}="{UNDECIDED_TEXT}","{CONTRADICTS}"&{others},{missing})'
    return f'=IF({read}="{UNDECIDED_TEXT}","{UNREADABLE}{_wanted(row)}",{missing})'


def message(figures: FormFigures, row: Row, level: str) -> str:
    """Say in Python what ``native_message`` says."""
    if row.is_computed:
        return _computed_message(figures, row)
    read = figures.computation.read[row.address]
    if read is State.UNDECIDED:
        return f"{UNREADABLE}{_wanted(row)}"
    if figures.used(row.address) is State.UNDECIDED:
        of_row = RowChecks.of(figures.form, row)
        broken = (check for check in of_row.checks if holds(check.comparison, figures.computation.read) is False)
        return f"{CONTRADICTS}{of_row.others(next(broken))}"
    is_missing = read is State.BLANK and level in row.levels and not figures.is_empty
    return MISSING if is_missing else ""


@cache
def _checks_by_row(form: Form) -> dict[str, tuple[Check, ...]]:
    checks: dict[str, tuple[Check, ...]] = {}
    for check in form.checks:
        for address in check.addresses:
            checks[address] = (*checks.get(address, ()), check)
    return checks


def _native_computed(grid: FormGrid, row: Row, decimals: int) -> str:
    value, read = grid.value(row.address), grid.read(row.address)
    operands = _operands(row)
    see = f'"{operands[-1]}"'
    for address in reversed(operands[:-1]):
        see = f'IF({grid.operand(address)}="{UNDECIDED_TEXT}","{address}",{see})'
    least, most = (2, 4) if row.kind == "rate" else (0, 2)
    places = str(most)
    for shown in range(most - 1, max(least, decimals) - 1, -1):
        places = f"IF({read}=ROUND({read},{shown}),{shown},{places})"
    if decimals > most:
        places = str(decimals)
    differs = f"ROUND(ABS({value}-{read}),{_DIGITS})>0.5/10^{places}" if row.kind == "rate" else f"{value}<>{read}"
    compared = f'IF(AND(ISNUMBER({value}),ISNUMBER({read})),IF({differs},"{DIFFERS}",""),"")'
    return f'=IF({value}="{UNDECIDED_TEXT}","{SEE}"&{see},{compared})'


def _computed_message(figures: FormFigures, row: Row) -> str:
    content = figures.used(row.address)
    if content is State.UNDECIDED:
        undecided = (address for address in _operands(row) if figures.used(address) is State.UNDECIDED)
        return f"{SEE}{next(undecided, _operands(row)[-1])}"
    reported = figures.reported.get(row.address)
    if isinstance(content, State) or reported is None or reported.value is None:
        return ""
    if row.kind != "rate":
        return "" if reported.value == content else DIFFERS
    apart = abs(Fraction(content) - Fraction(reported.value))
    return DIFFERS if 2 * apart > Fraction(1, 10**reported.decimals) else ""


def _operands(row: Row) -> tuple[str, ...]:
    return references(row.formula) if row.formula is not None else ()


def _wanted(row: Row) -> str:
    if row.legend is not None:
        return f"một trong các mã {', '.join(str(code) for code in row.legend.codes.values())}"
    return "số nguyên không âm" if takes_whole_numbers(row) else "số không âm"
