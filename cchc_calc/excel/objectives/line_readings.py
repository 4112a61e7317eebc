"""What a cell of the figures makes of what is typed into it: in a native formula, and the same in Python.

A cell takes numbers, an empty cell and "Không phát sinh"; everything else is ``KXĐ``. Among the counts "không phát
sinh" is 0, as in the form.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.cell_reading import NOT_ARISING_TEXTS
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.readings import LARGEST_COUNT
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, Content, State
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from cchc_calc.excel.cell_reading import Typed

_COMPARATOR_OF_WORD: Final = {word: comparator for comparator, word in COMPARATOR_WORDS.items()}
_DECIMALS: Final = 6
"""So many decimals of a target count: four of a percentage. A spreadsheet multiplies them with any count exactly."""
_LAST_PLACE: Final = Decimal(1).scaleb(-_DECIMALS)


def native_count(cell: str, *, when_empty: str = '""') -> str:
    """Render what is read of a cell with a count.

    >>> native_count("I5")[:60]
    'IF(ISERROR(I5),"KXĐ",IF(ISNUMBER(I5),IF(AND(I5>=0,I5=INT(I5)'
    """
    known = f"AND({cell}>=0,{cell}=INT({cell}),{cell}<={LARGEST_COUNT})"
    return _native(cell, known, when_empty, not_arising="0")


def native_numerator(cell: str, *, is_count: str) -> str:
    """Render what is read of a numerator: a count; where ``is_count`` holds, points with decimals too."""
    known = f"AND({cell}>=0,OR({is_count},{cell}=INT({cell})),{cell}<={LARGEST_COUNT})"
    return _native(cell, known, '""', not_arising="0", value=native_value(cell))


def native_rate(cell: str) -> str:
    """Render what is read of a cell with a rate, a fraction of one."""
    return _native(cell, f"AND({cell}>=0,{cell}<=1)", '""', not_arising=f'"{NOT_ARISING_TEXT}"')


def native_value(cell: str) -> str:
    """Render the value of a target as it is used."""
    return f"ROUND({cell},{_DECIMALS})"


def native_is_target(comparator: str, value: str, unit: str) -> str:
    """Render the test that three cells name a target: a known word, a number that can be, and its unit."""
    words = ",".join(f'TRIM({comparator})="{word}"' for word in _COMPARATOR_OF_WORD)
    largest = f'IF(TRIM({unit})="{RATE}",1,{LARGEST_COUNT})'
    number = f"IF(ISNUMBER({value}),AND({value}>=0,{value}<={largest}),FALSE)"
    return f'AND(OR({words}),{number},TRIM({unit})<>"")'


def count_reading(typed: Typed) -> Content:
    """Read a count as ``native_count`` does, but tell "không phát sinh" from 0.

    >>> count_reading(234), count_reading(" "), count_reading("Không phát sinh"), count_reading(2.5)
    (234, <State.BLANK: 'blank'>, <State.NOT_ARISING: 'not_arising'>, <State.UNDECIDED: 'undecided'>)
    """
    number = _number(typed)
    if isinstance(number, State):
        return number
    is_count = 0 <= number <= LARGEST_COUNT and number == number.to_integral_value()
    return int(number) if is_count else State.UNDECIDED


def numerator_reading(typed: Typed, *, is_count: bool) -> Content:
    """Read a numerator as ``native_numerator`` does.

    >>> numerator_reading(92.15, is_count=True), numerator_reading(92.0, is_count=True)
    (Decimal('92.150000'), 92)
    >>> numerator_reading(92.15, is_count=False)
    <State.UNDECIDED: 'undecided'>
    """
    number = _number(typed)
    if not is_count or isinstance(number, State) or not 0 <= number <= LARGEST_COUNT:
        return count_reading(typed)
    points = number.quantize(_LAST_PLACE, ROUND_HALF_UP)
    return int(points) if points == points.to_integral_value() else points


def rate_reading(typed: Typed) -> Content:
    """Read a declared rate as ``native_rate`` does.

    >>> rate_reading(Decimal("0.942")), rate_reading(94.2)
    (Decimal('0.942'), <State.UNDECIDED: 'undecided'>)
    """
    number = _number(typed)
    return number if isinstance(number, State) or 0 <= number <= 1 else State.UNDECIDED


def target_reading(comparator: str, value: Typed, unit: str) -> tuple[str, Decimal] | None:
    """Return the comparator and the value that three cells name; ``None`` where they name no target.

    >>> target_reading("dưới", Decimal("0.015"), "%"), target_reading("khoảng", 1, "%")
    (('<', Decimal('0.015000')), None)
    """
    number, known, unit = _number(value), _COMPARATOR_OF_WORD.get(trimmed(comparator).lower()), trimmed(unit)
    if known is None or isinstance(number, State) or not unit:
        return None
    if not 0 <= number <= (1 if unit == RATE else LARGEST_COUNT):
        return None
    return known, number.quantize(_LAST_PLACE, ROUND_HALF_UP)


def trimmed(text: str) -> str:
    """Leave out blanks as a spreadsheet's TRIM does."""
    return " ".join(word for word in text.split(" ") if word)


def _native(cell: str, known: str, when_empty: str, *, not_arising: str, value: str = "") -> str:
    arising = ",".join(f'UPPER(TRIM({cell}))="{words}"' for words in NOT_ARISING_TEXTS)
    words = f'IF(TRIM({cell})="",{when_empty},IF(OR({arising}),{not_arising},"{UNDECIDED_TEXT}"))'
    number = f'IF({known},{value or cell},"{UNDECIDED_TEXT}")'
    return f'IF(ISERROR({cell}),"{UNDECIDED_TEXT}",IF(ISNUMBER({cell}),{number},{words}))'


def _number(typed: Typed) -> Decimal | State:
    if typed is None:
        return State.BLANK
    if isinstance(typed, bool):
        return State.UNDECIDED
    if isinstance(typed, str):
        text = trimmed(typed).upper()
        return State.NOT_ARISING if text in NOT_ARISING_TEXTS else State.UNDECIDED if text else State.BLANK
    return Decimal(repr(typed)) if isinstance(typed, float) else Decimal(typed)
