"""The fields for which a clause sets one target each: "đối với các lĩnh vực đất đai, hộ tịch, …"."""

from __future__ import annotations

import re
from typing import Final

from cchc_calc.objectives.wording import field_of_spelling, field_pattern, fields_in, plain_wording, quantity_of

_LIST: Final = re.compile(r"(?<!\w)lĩnh vực(?: sau)?[\s:]*")
_EXCEPT: Final = re.compile(r"(?<!\w)(?:trừ|không bao gồm|không tính|không kể)(?!\w)")
_BETWEEN: Final = re.compile(r"\s*(?:,\s*và\s|[,;]|\svà\s|\s\+\s)\s*(?:lĩnh vực\s+)?")
_UNKNOWN: Final = re.compile(r"(?:[^\W\d_]+[ \t-]*){1,5}(?=,|\svà\s)")


def listed_fields(text: str, *, follows: bool = False) -> tuple[str, ...]:
    """Name the fields a clause is for, in the order written and by their first spelling; none where it names none.

    A field nobody knows counts where it stands in a list. ``follows`` tells that the clause goes on with what the one
    before measures ("… dưới 1,5%, riêng đất đai không quá 2%"); then a field needs no "lĩnh vực" before it.

    >>> listed_fields("Đối với lĩnh vực hộ tịch, thủy sản, lao động - thương binh và xã hội, trễ hạn không quá 2%")
    ('hộ tịch', 'thủy sản', 'lao động - thương binh và xã hội')
    """
    plain = _EXCEPT.split(plain_wording(text), maxsplit=1)[0]
    lead = _LIST.search(plain)
    if lead is None:
        return fields_in(plain) if follows else ()
    found: list[str] = []
    place = lead.end()
    while place < len(plain):
        known = field_pattern().match(plain, place)
        item = known or _UNKNOWN.match(plain, place)
        if item is None or (known is None and quantity_of(item[0])):
            break
        found.append(field_of_spelling().get(item[0], item[0].strip()))
        between = _BETWEEN.match(plain, item.end())
        if between is None:
            break
        place = between.end()
    return tuple(dict.fromkeys(found)) if _is_list(found) else ()


def _is_list(found: list[str]) -> bool:
    return any(name in field_of_spelling() for name in found)
