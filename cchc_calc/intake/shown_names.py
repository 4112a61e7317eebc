"""The names of files as officials read them: one for each file, whatever stands in its real name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACE: Final = "Zs"


def shown_names(names: Iterable[str]) -> dict[str, str]:
    r"""Give every real name the one that is printed, kept and written into results.

    Vietnamese letters are composed, as most systems store them. What no encoding knows, and signs that would steer a
    terminal, are written as "\x1b". Names that would then be the same are numbered, in the order of the real names.

    >>> shown_names(["a\x1b[2J.xlsx", "hỏng\udcff.xlsx"])
    {'a\x1b[2J.xlsx': 'a\\x1b[2J.xlsx', 'hỏng\udcff.xlsx': 'hỏng\\udcff.xlsx'}
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        plain = shown = _plain(name)
        number = 1
        while shown in taken:
            number += 1
            shown = f"{plain} ({number})"
        taken.add(shown)
        given[name] = shown
    return given


def _plain(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    if composed.isprintable():
        return composed
    return "".join(map(_plain_sign, composed))


def _plain_sign(sign: str) -> str:
    if sign.isprintable() or unicodedata.category(sign) == _SPACE:
        return sign
    return sign.encode("unicode_escape").decode("ascii")
