"""One line of the sheet of figures: its cells, and the faults in them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell
from cchc_calc.errors import TargetError
from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.headings import COMPARATOR_WORDS, FiguresHeading
from cchc_calc.readings import LARGEST_COUNT, says_not_arising
from cchc_calc.rounding import format_number, round_half_up
from cchc_calc.spelling import clean
from cchc_calc.states import NOT_ARISING_TEXT, State
from cchc_calc.targets import RATE, Target, read_target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

_H: Final = FiguresHeading
_SIGN_OF_WORD: Final = {word: sign for sign, word in COMPARATOR_WORDS.items()}
_COMPARATORS: Final = _SIGN_OF_WORD | {sign: sign for sign in COMPARATOR_WORDS} | {"≤": "<=", "≥": ">="}
_NOTHING: Final = Cell("", "")
_WITHOUT_RESULT: Final = "C19"

DECIMALS: Final = 6
"""So many of a number of points are read, as the cells of the workbook do."""
RECOMPUTE: Final = "Mở tệp bằng Excel, nhấn F9 để tính lại, lưu lại rồi nộp; hoặc ghi thẳng nội dung vào ô."
"""How a formula without a usable result is mended."""


@dataclass(frozen=True, slots=True)
class FiguresLine:
    """One line of the sheet, by the headings of its columns."""

    cells: Mapping[FiguresHeading, Cell]

    @property
    def number(self) -> str:
        """Return the number of the objective."""
        return self.text(_H.NUMBER)

    @property
    def group(self) -> str:
        """Return the letter that lines have in common of which one is enough; empty for a line that stands alone."""
        return self.text(_H.GROUP).casefold()

    def text(self, heading: FiguresHeading) -> str:
        """Return what stands in a column."""
        return clean(self._cell(heading).text)

    def where(self, heading: FiguresHeading) -> str:
        """Return the place of a cell, or of the line where the cell does not exist."""
        return self._cell(heading).where or next((cell.where for cell in self.cells.values() if cell.where), "")

    def target(self) -> tuple[Target | None, Finding | None]:
        """Read what has to be reached: ``None`` without a fault for a task without a number."""
        word, value, unit = self.text(_H.COMPARATOR), self._cell(_H.VALUE), self.text(_H.UNIT)
        if not word and not clean(value.text) and not value.fault:
            return None, None
        comparator = _COMPARATORS.get(word.casefold())
        if comparator is None:
            known = ", ".join(f"“{known}”" for known in _SIGN_OF_WORD)
            found = f"ghi “{word}”, không phải là một phép so sánh" if word else "chưa chọn phép so sánh"
            return None, self._fault("objective_line_unclear", _H.COMPARATOR, f"{found}; chọn một trong: {known}")
        if value.number is None or value.fault:
            return None, self._fault("target_unreadable", _H.VALUE, _why_no_value(value))
        if not unit:
            return None, self._fault("objective_line_unclear", _H.UNIT, "chưa ghi đơn vị tính; với tỷ lệ thì chọn %")
        if not 0 <= value.number <= (1 if unit == RATE else LARGEST_COUNT):
            found = f"ghi “{clean(value.text)}”: mức không thể là số âm hoặc tỷ lệ trên 100%"
            return None, self._fault("target_unreadable", _H.VALUE, found)
        return Target(comparator, Fraction(value.number), unit, _in_words(comparator, value.number, unit)), None

    def count(self, heading: FiguresHeading) -> tuple[int | State, Finding | None]:
        """Read a whole number of cases; a cell that holds anything else is undecided."""
        cell = self._cell(heading)
        content = _state(cell)
        if isinstance(content, State) and content is not State.UNDECIDED:
            return content, None
        if isinstance(content, State) or content != int(content) or not 0 <= content <= LARGEST_COUNT:
            found = f"{_shown(cell)}, không phải là số nguyên từ 0 trở lên hoặc “{NOT_ARISING_TEXT}”"
            return State.UNDECIDED, self._fault("unreadable_value", heading, found)
        return int(content), None

    def numerator(self) -> tuple[int | Fraction | State, Finding | None]:
        """Read a whole number of cases; of another unit than % also a number of points with decimals."""
        cell = self._cell(_H.NUMERATOR)
        content = _state(cell)
        is_rate = self.text(_H.UNIT) in {"", RATE}
        if is_rate or isinstance(content, State) or not 0 <= content <= LARGEST_COUNT:
            return self.count(_H.NUMERATOR)
        points = Fraction(round_half_up(content, DECIMALS))
        return points.numerator if points.denominator == 1 else points, None

    def rate(self, heading: FiguresHeading) -> tuple[Fraction | State, Finding | None]:
        """Read a rate as a fraction of one; a cell that holds anything else is undecided."""
        cell = self._cell(heading)
        content = _state(cell)
        if isinstance(content, State) and content is not State.UNDECIDED:
            return content, None
        if isinstance(content, State) or not 0 <= content <= 1:
            return State.UNDECIDED, self._fault(
                "unreadable_value", heading, f"{_shown(cell)}, không phải là tỷ lệ từ 0% đến 100%"
            )
        return Fraction(content), None

    def _cell(self, heading: FiguresHeading) -> Cell:
        return self.cells.get(heading, _NOTHING)

    def _fault(self, rule: str, heading: FiguresHeading, found: str) -> Finding:
        where = self.where(heading)
        message = f"{where} (mục tiêu {self.number}): cột “{heading.value}” {found}. Yêu cầu này chưa được đánh giá."
        code = self._cell(heading).code if rule == "unreadable_value" else ""
        remedy = RECOMPUTE if code == _WITHOUT_RESULT else ""
        return make_finding(
            rule, message, rows=(self.number,), where=where, found=self.text(heading), remedy=remedy, code=code
        )


def _state(cell: Cell) -> Decimal | State:
    if cell.fault:
        return State.UNDECIDED
    if cell.number is not None:
        return cell.number
    text = clean(cell.text)
    return State.BLANK if not text else State.NOT_ARISING if says_not_arising(text) else State.UNDECIDED


def _shown(cell: Cell) -> str:
    return f"là {cell.fault}" if cell.fault else f"ghi “{clean(cell.text)}”"


def _why_no_value(cell: Cell) -> str:
    if cell.fault or not clean(cell.text):
        return f"là {cell.fault}" if cell.fault else "chưa ghi mức phải đạt"
    try:
        read_target(cell.text)
    except TargetError as error:
        return f"không đọc được: {error}"
    return f"ghi “{clean(cell.text)}” bằng chữ; gõ lại bằng số, ví dụ 1,5%"


def _in_words(comparator: str, value: Decimal, unit: str) -> str:
    figure = format_number((value * 100 if unit == RATE else value).normalize())
    after = " trở lên" if comparator == ">=" else ""
    return f"{COMPARATOR_WORDS[comparator]} {figure}{unit if unit == RATE else f' {unit}'}{after}"
