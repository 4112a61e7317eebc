"""The cell that holds a target: a phrase, a percentage or a fraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.errors import TargetError
from cchc_calc.functions.cell_values import is_blank, read_amount
from cchc_calc.functions.figures import LONGEST_TEXT
from cchc_calc.readings import says_not_arising
from cchc_calc.states import State
from cchc_calc.targets import RATE, Target, read_target

if TYPE_CHECKING:
    from fractions import Fraction

    from cchc_calc.states import Number


def target_in(cell: object) -> Target | State:
    """Read a target; an empty cell is blank, and what names no single bound is undecided.

    >>> target_in("dưới 1,5%").comparator, target_in(0.95).value, target_in("phấn đấu")
    ('<', Fraction(19, 20), <State.UNDECIDED: 'undecided'>)
    """
    if is_blank(cell):
        return State.BLANK
    if isinstance(cell, str) and len(cell) > LONGEST_TEXT:
        return State.UNDECIDED
    if isinstance(cell, str) and says_not_arising(cell):
        return State.NOT_ARISING
    written: str | Number | State = cell if isinstance(cell, str) else read_amount(cell)
    if isinstance(written, State):
        return written
    try:
        return read_target(written)
    except TargetError:
        return State.UNDECIDED


def share_of(target: Target) -> Fraction | State:
    """Return the share of a whole a target asks for; 95 without a unit is 95 %.

    A target of points or cases, and one above 100 %, is undecided; none at all ("0 hồ sơ") is 0 %.

    >>> share_of(target_in("95")), share_of(target_in("9 hồ sơ"))
    (Fraction(19, 20), <State.UNDECIDED: 'undecided'>)
    """
    if target.value > 100 or (target.value and target.unit not in {"", RATE}):
        return State.UNDECIDED
    return target.value / 100 if target.value > 1 else target.value
