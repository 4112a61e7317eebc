"""The cells of a sheet as text that says exactly what they hold: days in ISO form, numbers without exponent."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

_HALF_A_SECOND: Final = timedelta(milliseconds=500)
_LAST_YEAR: Final = 9999
_WHOLE: Final = 2**63
_DIGITS: Final = 15
"""A spreadsheet holds no more digits of a number; those after them are noise."""


def cell_text(stored: Any) -> str:
    """Write what a cell holds.

    A day with a time of day is rounded to the second, which undoes the binary fraction it is stored as.

    >>> cell_text(datetime(2023, 6, 13, 8, 29, 59, 999_999)), cell_text(date(2023, 6, 13)), cell_text("00123")
    ('2023-06-13 08:30:00', '2023-06-13', '00123')
    >>> cell_text(4.0), cell_text(1e15), cell_text(0.1), cell_text(True), cell_text(None)
    ('4', '1000000000000000', '0.1', 'TRUE', '')
    """
    match stored:
        case str():
            return stored
        case bool():
            return str(stored).upper()
        case datetime():
            return f"{(stored + _HALF_A_SECOND).replace(microsecond=0)}" if stored.year < _LAST_YEAR else ""
        case date() | time() | timedelta():
            return str(stored)
        case int():
            return str(stored)
        case float():
            return _number(stored)
    return ""


def _number(stored: float) -> str:
    if stored.is_integer() and abs(stored) < _WHOLE:
        return str(int(stored))
    exact = Decimal(repr(stored))
    if not exact.is_finite() or abs(exact.adjusted()) > 2 * _DIGITS:
        return str(stored)
    return f"{exact:f}"
