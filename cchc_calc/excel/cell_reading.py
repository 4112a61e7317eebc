"""What the cell of a form makes of what somebody types into it: in a native formula, and the same in Python.

A cell reads less than ``cchc_calc.readings``, which understands "786.000" or "Có": it takes numbers, an
empty cell and "Không phát sinh"; everything else is ``KXĐ``. What both take, they take alike.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.readings import LARGEST_AMOUNT, LARGEST_COUNT
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, Content, State

if TYPE_CHECKING:
    from cchc_calc.catalogue import Row

Typed: TypeAlias = int | float | Decimal | str | bool | None
"""What an input cell holds; ``None`` is an empty cell."""

NOT_ARISING_TEXTS: Final = tuple(text.upper() for text in (NOT_ARISING_TEXT, "Chưa phát sinh", "Không có phát sinh"))


def native_reading(row: Row, cell: str) -> str:
    r"""Render the formula that reads an input cell: a number, an empty text or ``KXĐ``.

    >>> from cchc_calc.form_files import load_form
    >>> row = load_form("thong-ke-cchc", "2023").row("1.6")
    >>> print(native_reading(row, "D23").replace(",IF(", ",\nIF("))
    =IF(ISERROR(D23),"KXĐ",
    IF(ISNUMBER(D23),
    IF(OR(D23=1,D23=0),D23,"KXĐ"),
    IF(OR(TRIM(D23)="",UPPER(TRIM(D23))="CÓ = 1 KHÔNG = 0"),"","KXĐ")))
    """
    if row.kind == "text":
        return '=""'
    text = f"UPPER(TRIM({cell}))"
    if row.legend is not None:
        known = f"OR({','.join(f'{cell}={code}' for code in row.legend.codes.values())})"
        legend = row.legend.text.upper().replace('"', '""')
        words = f'IF(OR(TRIM({cell})="",{text}="{legend}"),"","{UNDECIDED_TEXT}")'
    else:
        whole = f"{cell}=INT({cell})," if takes_whole_numbers(row) else ""
        known = f"AND({cell}>=0,{whole}{cell}<={largest_number(row)})"
        arising = ",".join(f'{text}="{words}"' for words in NOT_ARISING_TEXTS)
        words = f'IF(TRIM({cell})="","",IF(OR({arising}),0,"{UNDECIDED_TEXT}"))'
    number = f'IF({known},{cell},"{UNDECIDED_TEXT}")'
    return f'=IF(ISERROR({cell}),"{UNDECIDED_TEXT}",IF(ISNUMBER({cell}),{number},{words}))'


def cell_reading(row: Row, typed: Typed) -> Content:
    """Read what an input cell holds exactly as ``native_reading`` does; a float is taken as it is shown.

    >>> from cchc_calc.form_files import load_form
    >>> row = load_form("thong-ke-cchc", "2023").row("1.1")
    >>> [cell_reading(row, typed) for typed in (3, " ", "ba")]
    [3, <State.BLANK: 'blank'>, <State.UNDECIDED: 'undecided'>]
    """
    if typed is None or row.kind == "text":
        return State.BLANK
    if isinstance(typed, bool):
        return State.UNDECIDED
    if isinstance(typed, str):
        return _text_reading(row, " ".join(word for word in typed.split(" ") if word).upper())
    number = Decimal(repr(typed)) if isinstance(typed, float) else Decimal(typed)
    if row.legend is not None:
        return int(number) if number in row.legend.codes.values() else State.UNDECIDED
    if not 0 <= number <= largest_number(row):
        return State.UNDECIDED
    if takes_whole_numbers(row) and number != number.to_integral_value():
        return State.UNDECIDED
    return int(number) if row.kind == "count" else number


def takes_whole_numbers(row: Row) -> bool:
    """Tell whether an input row takes no decimals: cases, and money in đồng."""
    return row.kind == "count" or row.whole


def _text_reading(row: Row, text: str) -> Content:
    if not text or (row.legend is not None and text == row.legend.text.upper()):
        return State.BLANK
    return State.NOT_ARISING if row.legend is None and text in NOT_ARISING_TEXTS else State.UNDECIDED


def largest_number(row: Row) -> int:
    """Return the largest number an input row takes."""
    return LARGEST_COUNT if row.kind == "count" else LARGEST_AMOUNT
