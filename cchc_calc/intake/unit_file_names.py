"""Names of files made of the names of units: every system takes them, and no two are the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST: Final = 80
"""So many letters of Vietnamese fit on every disk, though each may take three bytes there."""

_NAMELESS: Final = "Đơn vị không tên"
_MEANT_OTHERWISE: Final = re.compile(r'[\\/:*?"<>|]')
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_DEVICE: Final = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
"""A file of such a name is a device on Windows, whatever its ending."""
# Programs take a file that begins with a dot or "~$" for a hidden or a temporary one; Windows drops dots at the end.
_EDGES: Final = " .~"


def unit_file_names(units: Sequence[Sequence[str]], longest: int = LONGEST) -> tuple[str, ...]:
    """Name a file, without its ending, for each unit, by names that say more and more about it.

    The first name on which no other unit has a claim is taken, and else the last with a number behind it; units of
    the same names are numbered in their order, and else the order changes nothing. Names that differ in capitals or
    normal form alone are one. No name is longer than ``longest``, which leaves room for a number.

    >>> unit_file_names([("Phường 3", "Phường 3 (Quận 1)"), ("Phường 3", "Phường 3 (Quận 10)"), ("Phường 1/2",)])
    ('Phường 3 (Quận 1)', 'Phường 3 (Quận 10)', 'Phường 1-2')
    >>> unit_file_names([("CON",), ("../../etc",), ("",), ("  ",)])
    ('Đơn vị CON', '-..-etc', 'Đơn vị không tên', 'Đơn vị không tên (2)')
    """
    claims = [[safe_name(name, longest) for name in names] or [_NAMELESS] for names in units]
    given = ["" for _ in units]
    waiting = sorted(range(len(units)), key=lambda place: (claims[place], *units[place]))
    taken: set[str] = set()
    for depth in range(max(map(len, claims), default=0)):
        names = {place: claims[place][min(depth, len(claims[place]) - 1)] for place in waiting}
        claimants = Counter(map(_key, names.values()))
        for place, name in names.items():
            if claimants[_key(name)] == 1 and _key(name) not in taken:
                given[place] = name
        taken.update(_key(given[place]) for place in waiting if given[place])
        waiting = [place for place in waiting if not given[place]]
    for place in waiting:
        given[place] = _numbered(claims[place][-1], taken, longest)
        taken.add(_key(given[place]))
    return tuple(given)


def safe_name(name: str, longest: int = LONGEST) -> str:
    r"""Make a name that every system takes for a file of its own; it keeps the letters of Vietnamese.

    >>> safe_name("Xã Tân Hòa"), safe_name('phường "3"\u202e *?.'), safe_name("Nul.x")
    ('Xã Tân Hòa', 'phường -3- --', 'Đơn vị Nul.x')
    """
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(" " if unicodedata.category(sign) in _INVISIBLE else sign for sign in composed)
    plain = _cut(_MEANT_OTHERWISE.sub("-", clean(visible)), longest)
    if not any(map(str.isalnum, plain)):
        return _cut(_NAMELESS, longest)
    return _cut(f"Đơn vị {plain}", longest) if _DEVICE.match(plain) else plain


def _numbered(name: str, taken: Iterable[str], longest: int) -> str:
    number, numbered = 1, name
    while _key(numbered) in taken:
        number += 1
        ending = f" ({number})"
        numbered = f"{_cut(name, longest - len(ending))}{ending}"
    return numbered


def _cut(text: str, longest: int) -> str:
    """Cut a text to what Windows counts as so many letters, and what it would drop at its edges."""
    units = text.strip(_EDGES).encode("utf-16-le")[: 2 * longest]
    return units.decode("utf-16-le", errors="ignore").strip(_EDGES)


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
