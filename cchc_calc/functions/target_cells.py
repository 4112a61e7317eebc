"""The cell that holds a target: a phrase, a percentage or a fraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.errors import TargetError
from cchc_calc.functions.cell_values import is_blank, read_amount
from cchc_calc.states import State
from cchc_calc.targets import Target, read_target

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
    written: str | Number | State = cell if isinstance(cell, str) else read_amount(cell)
    if isinstance(written, State):
        return written
    try:
        return read_target(written)
    except TargetError:
        return State.UNDECIDED


def share_of(target: Target) -> Fraction:
    """Return the share of a whole a target asks for; 95 without a unit is 95 %."""
    return target.value / 100 if target.value > 1 else target.value
