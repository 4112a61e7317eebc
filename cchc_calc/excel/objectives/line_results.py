"""What follows for one line of the figures: the same in Python as the formulas of its cells compute."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cchc_calc.excel.objectives.line_counts import LineCounts
from cchc_calc.excel.objectives.line_readings import target_reading, trimmed
from cchc_calc.excel.objectives.typed_lines import RequirementLine
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.objectives.records import Basis, Status
from cchc_calc.rounding import agrees, round_half_up
from cchc_calc.spelling import cut
from cchc_calc.states import UNDECIDED_TEXT, Content, State
from cchc_calc.targets import RATE, UNREACHABLE, Target, is_met

WITHOUT_NUMBER: Final = "Ghi số thứ tự (STT) của mục tiêu"
NOT_PLANNED: Final = "Trang Kế hoạch không có mục tiêu này"
NO_TARGET: Final = "Mục tiêu không nêu con số"
NO_CLEAR_TARGET: Final = "Chọn So sánh, ghi Mức và Đơn vị tính"
UNREADABLE: Final = "Số không đọc được"
CONTRADICTS: Final = "Tử số lớn hơn mẫu số"
NO_DENOMINATOR: Final = "Thiếu mẫu số"
NO_NUMERATOR: Final = "Thiếu tử số"
NO_FIGURES: Final = "Chưa có số liệu"
ONLY_DECLARED: Final = "Chỉ theo công bố"
DIFFERS: Final = "Khác tỷ lệ công bố"

LONGEST_NAME: Final = 60
"""Letters; by its name a line is called on other sheets."""
LONGEST_KEY: Final = 50
"""Letters; a spreadsheet looks up none of more than 255."""
DECLARED_DECIMALS: Final = (2, 3, 4)
"""How precisely a rate may be declared: 97%, 1,7%, 1,73%."""

_WILDCARDS: Final = str.maketrans("*?~", "---")


@dataclass(frozen=True, slots=True)
class LineResult:
    """What the cells of one line show; ``shortfall`` is a count, a word or an empty text."""

    key: str
    group_key: str
    name: str
    target: str
    actual: Content
    basis: Basis | None
    status: Status | None
    shortfall: int | str
    note: str


def key_of(number: str) -> str:
    """Return what numbers of objectives are compared by: text, never a number or a pattern.

    >>> key_of(" 2 "), key_of("1.*"), key_of("")
    ('#2', '#1.-', '')
    """
    plain = _name_in_key(number)
    return f"#{plain}" if plain else ""


def group_of(line: RequirementLine, at: int) -> str:
    """Return the letter of the group of a line in the row ``at``; one without a letter is a group of its own."""
    return _name_in_key(line.group).lower() or f".{at}"


def line_result(line: RequirementLine, at: int, *, is_due: bool, is_planned: bool) -> LineResult:
    """Work out a line in the row ``at`` of its sheet; an empty one gives nothing.

    >>> from cchc_calc.excel.objectives.typed_lines import RequirementLine
    >>> late = RequirementLine("2", "chung", "a", "dưới", Decimal("0.015"), "%", "", 234, 13506)
    >>> result = line_result(late, 5, is_due=True, is_planned=True)
    >>> result.target, result.actual, result.status.value, result.shortfall
    ('dưới 1,5%', Fraction(39, 2251), 'not_met', 32)
    """
    key, counts = key_of(line.number), LineCounts.of(line)
    if not key:
        note = "" if line == RequirementLine(line.number) else WITHOUT_NUMBER
        return LineResult("", "", "", "", State.BLANK, None, None, "", note)
    target = _target(line)
    actual, basis = counts.result()
    text = _target_text(line, target)
    result = LineResult(
        key,
        f"{key}|{group_of(line, at)}",
        cut(trimmed(line.scope), LONGEST_NAME) or text,
        text,
        actual,
        basis,
        _status(target, actual, is_due=is_due),
        _shortfall(target, counts, actual),
        NOT_PLANNED,
    )
    return replace(result, note=_note(line, target, counts, result)) if is_planned else result


def figure_in_words(number: Decimal) -> str:
    """Write a number with a decimal comma and without zeros at its end.

    >>> figure_in_words(Decimal("1.5000")), figure_in_words(Decimal("100.00"))
    ('1,5', '100')
    """
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def _name_in_key(text: str) -> str:
    return trimmed(text).translate(_WILDCARDS)[:LONGEST_KEY]


def _target(line: RequirementLine) -> Target | None:
    read = target_reading(line.comparator, line.value, line.unit)
    return None if read is None else Target(read[0], Fraction(read[1]), trimmed(line.unit), "")


def _target_text(line: RequirementLine, target: Target | None) -> str:
    if target is None:
        return "" if _names_nothing(line) else UNDECIDED_TEXT
    shown = target.value * 100 if target.unit == RATE else target.value
    figure = figure_in_words(round_half_up(shown, 6))
    unit = RATE if target.unit == RATE else f" {target.unit}"
    after = " trở lên" if target.comparator == ">=" else ""
    return f"{COMPARATOR_WORDS[target.comparator]} {figure}{unit}{after}"


def _names_nothing(line: RequirementLine) -> bool:
    return not trimmed(line.comparator) and not trimmed("" if line.value is None else str(line.value))


def _status(target: Target | None, actual: Content, *, is_due: bool) -> Status:
    if target is None or actual is State.UNDECIDED:
        return Status.UNDECIDED
    if actual is State.NOT_ARISING:
        return Status.NOT_ARISING
    if isinstance(actual, State):
        return Status.UNDECIDED if is_due else Status.NOT_DUE
    return Status.MET if is_met(target, actual) else Status.NOT_MET


def _shortfall(target: Target | None, counts: LineCounts, actual: Content) -> int | str:
    part, whole = counts.numerator, counts.denominator
    if target is None or isinstance(actual, State) or not isinstance(part, int):
        return ""
    most = None
    if not counts.is_count:
        if isinstance(whole, State):
            return ""
        most = Fraction(whole)
    edge = target.value * (1 if most is None else most)
    if target.comparator in {">=", ">"}:
        least = math.ceil(edge) if target.comparator == ">=" else math.floor(edge) + 1
        return UNREACHABLE if most is not None and least > most else max(0, least - part)
    highest = math.floor(edge) if target.comparator == "<=" else math.ceil(edge) - 1
    return UNREACHABLE if highest < 0 else max(0, part - highest)


def _note(line: RequirementLine, target: Target | None, counts: LineCounts, result: LineResult) -> str:
    part, whole = counts.numerator, counts.denominator
    if target is None:
        return NO_TARGET if _names_nothing(line) else NO_CLEAR_TARGET
    if State.UNDECIDED in (part, whole, counts.declared):
        return UNREADABLE
    if result.actual is State.BLANK:
        return NO_FIGURES
    if result.actual is State.UNDECIDED:
        missing = NO_NUMERATOR if part is State.BLANK else NO_DENOMINATOR if whole is State.BLANK else ""
        return missing or CONTRADICTS
    if result.basis is Basis.DECLARED:
        return ONLY_DECLARED
    return DIFFERS if not counts.is_count and _differs(result.actual, counts.declared) else ""


def _differs(actual: Content, declared: Content) -> bool:
    if isinstance(actual, State) or isinstance(declared, State):
        return False
    printed = Decimal(declared) if not isinstance(declared, Fraction) else round_half_up(declared, 6)
    fitting = (places for places in DECLARED_DECIMALS if round_half_up(printed, places) == printed)
    return not agrees(printed, next(fitting, DECLARED_DECIMALS[-1] + 1), Fraction(actual))
