"""The one figure of a text, as a number for a cell."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cchc_calc.document import ERROR_VALUES
from cchc_calc.functions.cell_values import cell_of, is_blank, is_number
from cchc_calc.functions.grids import all_given, over_columns
from cchc_calc.numerals import parse_figures, read_number
from cchc_calc.readings import says_not_arising
from cchc_calc.spelling import clean
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from cchc_calc.functions.grids import Cells

LONGEST_TEXT: Final = 2_000
"""Letters; a longer text is a passage, and no cell that holds one figure."""

_MOST_DIGITS: Final = 300
"""A double has room for no more than 308."""

# In a passage a dash before a figure is a bullet; at the head of a cell it may as well be a sign.
_SIGNED: Final = re.compile(r"^[-−–]\d")
_PERCENTS: Final = frozenset({"%", "điểm %"})


def number_in(texts: Cells | None) -> Cells:
    """Read the number of a text: "786.000" is 786000, "99,7%" is 0,997, "425 hồ sơ" is 425.

    Texts are read the Vietnamese way. A number stays what it is. A text with no figure, with several, or with
    one that has two honest readings is undecided; an empty one stays empty.

    >>> number_in("đạt 99,7%"), number_in([["1.234 hồ sơ"], [""], ["1,234"]])
    (0.997, [[1234.0], [''], ['KXĐ']])
    """
    given = all_given((texts, "ô chữ"))
    return over_columns(lambda columns: [cell_of(figure_of(cell)) for cell in columns[0]], given)


def figure_of(cell: object) -> Content:
    """Read the one number of a cell, as ``number_in`` does.

    >>> figure_of("1,73%")
    Decimal('0.0173')
    """
    if is_blank(cell):
        return State.BLANK
    if is_number(cell):
        return Decimal(repr(cell)) if isinstance(cell, float) else cell
    return _figure(cell) if isinstance(cell, str) and len(cell) <= LONGEST_TEXT else State.UNDECIDED


def _figure(text: str) -> Content:
    if text in ERROR_VALUES:
        return State.UNDECIDED
    if says_not_arising(text):
        return State.NOT_ARISING
    if _SIGNED.match(clean(text)):
        signed = read_number(text)
        return State.UNDECIDED if signed.unit else _known(signed.value)
    figures = parse_figures(text)
    if "‰" in text or len(figures) != 1:
        return State.UNDECIDED
    value = _known(figures[0].value)
    return value / 100 if figures[0].unit in _PERCENTS and isinstance(value, Decimal) else value


def _known(value: Decimal | None) -> Decimal | State:
    return State.UNDECIDED if value is None or value.adjusted() > _MOST_DIGITS else value
