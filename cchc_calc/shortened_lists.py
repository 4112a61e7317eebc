"""Lists in a sentence: the first few by name, and how many others there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable


def shortened_list(texts: Iterable[str], most: int, what: str, *, parted_by: str = ", ") -> str:
    """Name the first ``most`` of some texts, and count the others as ``what`` they are.

    >>> shortened_list(["1.1", "1.2", "3.4.3"], 3, "chỉ tiêu"), shortened_list("ABCDEFG", 5, "đơn vị")
    ('1.1, 1.2, 3.4.3', 'A, B, C, D, E và 2 đơn vị khác')
    """
    listed = list(texts)
    named, left = parted_by.join(listed[:most]), len(listed) - most
    return f"{named} và {format_number(left)} {what} khác" if left > 0 else named
