"""The units that a line of prose names: "UBND Phường 3, 6" are two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.unit_names import unit_key

if TYPE_CHECKING:
    from collections.abc import Collection

_SEPARATOR: Final = re.compile(r"\s*(?:[,;]|\bvà\b)\s*", re.IGNORECASE)
_KIND: Final = re.compile(r"^(?:các )?(phường|xã|thị trấn|đặc khu)\b ?:? ?")
_MOST_PARTS: Final = 8
"""A unit's own name has no more commas and "và" than this."""


def named_units(text: str, known: Collection[str]) -> frozenset[str]:
    """Give the keys of the units named in a list; a bare number or name takes the kind of the unit before it.

    A name may have commas of its own, so the longest piece that is a ``known`` key is taken; others stay as they are.

    >>> sorted(named_units("UBND Phường 3, 6 và xã Tà Nung", {"phường 3", "phường 6", "xã tà nung"}))
    ['phường 3', 'phường 6', 'xã tà nung']
    """
    spans = _parts(text)
    found: set[str] = set()
    kind, first = "", 0
    while first < len(spans):
        last = min(len(spans), first + _MOST_PARTS)
        while last > first + 1 and not _matches(text, spans, first, last, kind, known):
            last -= 1
        key = _key(text[spans[first][0] : spans[last - 1][1]], kind, known)
        if key:
            found.add(key)
        named = _KIND.match(key)
        kind = named[1] if named else kind
        first = last
    return frozenset(found)


def _parts(text: str) -> list[tuple[int, int]]:
    starts, ends = [0], []
    for separator in _SEPARATOR.finditer(text):
        ends.append(separator.start())
        starts.append(separator.end())
    return list(zip(starts, [*ends, len(text)], strict=True))


def _matches(text: str, spans: list[tuple[int, int]], first: int, last: int, kind: str, known: Collection[str]) -> bool:
    return _key(text[spans[first][0] : spans[last - 1][1]], kind, known) in known


def _key(printed: str, kind: str, known: Collection[str]) -> str:
    key = _KIND.sub(lambda found: f"{found[1]} ", unit_key(printed)).strip()
    of_kind = unit_key(f"{kind} {key}") if kind else key
    return of_kind if key not in known and of_kind in known else key
