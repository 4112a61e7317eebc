"""One cell read as a count or an amount, and one result written into a cell."""

from __future__ import annotations

import sys
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final, TypeGuard

from cchc_calc.numerals import read_number
from cchc_calc.readings import LARGEST_AMOUNT, LARGEST_COUNT, says_not_arising, whole_reading
from cchc_calc.spelling import clean
from cchc_calc.states import STATE_TEXTS, Content, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# A spreadsheet shows and keeps fifteen digits; a double's last ones are the noise of its formulas.
_SHOWN: Final = Context(prec=15)
_LARGEST_DOUBLE: Final = sys.float_info.max


def read_count(cell: object) -> Content:
    """Read a cell that counts cases.

    An empty cell is blank and "Không phát sinh" its own state. A negative, a fraction of a case, a date, an
    error value, TRUE/FALSE and a text that is no plain number are undecided.

    >>> read_count(425.0), read_count("1.234"), read_count(None), read_count("425 hồ sơ")
    (425, 1234, <State.BLANK: 'blank'>, <State.UNDECIDED: 'undecided'>)
    """
    # Most cells of a column hold a plain count; the ways round it are long.
    if type(cell) is float and cell.is_integer() and 0.0 <= cell <= LARGEST_COUNT:
        return int(cell)
    content = _read(cell, whole=True)
    if isinstance(content, State):
        return content
    is_count = content == content.to_integral_value() and content <= LARGEST_COUNT
    return int(content) if is_count else State.UNDECIDED


def read_amount(cell: object) -> Content:
    """Read a cell that may hold decimals, such as money; all else as in ``read_count``.

    A float is taken as a spreadsheet shows it, by its first fifteen digits.

    >>> read_amount(12.5), read_amount("12,5"), read_amount("#N/A")
    (Decimal('12.5'), Decimal('12.5'), <State.UNDECIDED: 'undecided'>)
    """
    content = _read(cell, whole=False)
    if isinstance(content, State):
        return content
    if content > LARGEST_AMOUNT:
        return State.UNDECIDED
    return int(content) if content == content.to_integral_value() else content


def read_columns(columns: Iterable[Sequence[object]], read: Callable[[object], Content]) -> list[list[Content]]:
    """Read every cell of every column."""
    return [[read(cell) for cell in column] for column in columns]


def cell_of(content: Content) -> float | str:
    """Write a content into a cell: a number, "", "Không phát sinh" or "KXĐ".

    A spreadsheet knows no other number than a double, so every number becomes the nearest one.

    >>> from fractions import Fraction
    >>> cell_of(Fraction(1, 4)), cell_of(State.BLANK), cell_of(State.NOT_ARISING)
    (0.25, '', 'Không phát sinh')
    """
    return STATE_TEXTS[content] if isinstance(content, State) else float(content)


def as_shown(number: float) -> Decimal:
    """Return the number a spreadsheet shows for a double, which is finite.

    >>> as_shown(14.999999999999998), as_shown(0.1 + 0.2)
    (Decimal('15.0000000000000'), Decimal('0.300000000000000'))
    """
    return _SHOWN.create_decimal(repr(number))


def is_number(cell: object) -> TypeGuard[int | float | Decimal]:
    """Tell whether a cell holds a number that a cell can show; TRUE is 1 to Python, but no official counts that way."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return False
    if isinstance(cell, Decimal) and not cell.is_finite():
        return False
    return -_LARGEST_DOUBLE <= cell <= _LARGEST_DOUBLE


def is_blank(cell: object) -> bool:
    """Tell whether nothing is written in a cell.

    >>> is_blank(None), is_blank("  "), is_blank(0)
    (True, True, False)
    """
    return cell is None or (isinstance(cell, str) and not clean(cell))


def _read(cell: object, *, whole: bool) -> Decimal | State:
    if is_blank(cell):
        return State.BLANK
    if isinstance(cell, str):
        return _read_text(cell, whole=whole)
    # What is no number are dates and errors.
    if not is_number(cell) or cell < 0:
        return State.UNDECIDED
    return as_shown(cell) if isinstance(cell, float) else Decimal(cell)


def _read_text(text: str, *, whole: bool) -> Decimal | State:
    if says_not_arising(text):
        return State.NOT_ARISING
    number = read_number(text)
    value = whole_reading(number, text) if whole else number.value
    return State.UNDECIDED if value is None or number.unit or value < 0 else value
