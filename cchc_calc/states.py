"""The four states of a cell and the exact values it may hold."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias


class State(Enum):
    """What is known about one cell; the four are never mixed.

    VALUE: an exact number. BLANK: not reported. NOT_ARISING: "không phát sinh", nothing of the kind
    happened, so there is no rate. UNDECIDED: "KXĐ", the inputs contradict each other or cannot be read.
    """

    VALUE = "value"
    BLANK = "blank"
    NOT_ARISING = "not_arising"
    UNDECIDED = "undecided"


Number: TypeAlias = int | Decimal | Fraction
"""An exact number: a count, a measure, or a rate as a fraction of one. Never a float."""

Content: TypeAlias = Number | State
"""What a cell holds: a number, or the state that says why there is none (never ``State.VALUE``)."""

NOT_ARISING_TEXT = "Không phát sinh"
UNDECIDED_TEXT = "KXĐ"

STATE_TEXTS: Final = {
    State.BLANK: "",
    State.NOT_ARISING: NOT_ARISING_TEXT,
    State.UNDECIDED: UNDECIDED_TEXT,
}
"""What a cell shows where there is no value."""


def exact_fraction(number: object) -> Fraction | None:
    """Return a number as a fraction; ``None`` for what is no exact number, such as a float or a truth value.

    >>> exact_fraction(Decimal("0.95")), exact_fraction(0.95)
    (Fraction(19, 20), None)
    """
    if isinstance(number, bool) or not isinstance(number, int | Decimal | Fraction):
        return None
    if isinstance(number, Decimal) and not number.is_finite():
        return None
    return Fraction(number)


def state_of(content: Content) -> State:
    """Name the state of a cell's content.

    >>> state_of(0), state_of(State.BLANK)
    (<State.VALUE: 'value'>, <State.BLANK: 'blank'>)
    """
    return content if isinstance(content, State) else State.VALUE
