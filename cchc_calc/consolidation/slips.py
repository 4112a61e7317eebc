"""Slips of the hand between two numbers: digits exchanged, one dropped, one added, one wrong."""

from __future__ import annotations

from typing import Final

_LARGEST: Final = 10**15


def slip_between(written: int, right: int) -> str:
    """Name the one slip that turns the right whole number into the one written; an empty text for none.

    The names are ``digits_exchanged`` (two neighbours), ``digit_added``, ``digit_dropped`` and ``digit_wrong``.

    >>> slip_between(1254, 1524), slip_between(1250, 125), slip_between(12, 125), slip_between(128, 125)
    ('digits_exchanged', 'digit_added', 'digit_dropped', 'digit_wrong')
    >>> slip_between(125, 125), slip_between(5, 8)
    ('', '')
    """
    if not (0 <= written < _LARGEST and 0 <= right < _LARGEST):
        return ""
    one, other = str(written), str(right)
    if one == other or max(len(one), len(other)) < 2:
        return ""
    if len(one) == len(other):
        places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        first, last = places[0], places[-1]
        if len(places) == 2 and last == first + 1 and one[first] == other[last] and one[last] == other[first]:
            return "digits_exchanged"
        return "digit_wrong" if len(places) == 1 else ""
    if _without_one(one, other):
        return "digit_added"
    return "digit_dropped" if _without_one(other, one) else ""


def _without_one(longer: str, shorter: str) -> bool:
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
