"""Legends such as "Có = 1 Không = 0": what the unit column of a flag or a choice allows in its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from cchc_calc.spelling import clean, comparison_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENTRY = re.compile(r"(?P<word>[^\W\d_]+(?: [^\W\d_]+){0,5}) ?= ?(?P<code>\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of a legend and their codes, in the order printed."""

    text: str
    codes: Mapping[str, int]

    def code_of(self, word: str) -> int | None:
        """Return the code of a word as officials write it, or ``None``.

        >>> parse_legend("Có = 1 Không = 0").code_of("không")
        0
        """
        key = comparison_key(word)
        return next((code for known, code in self.codes.items() if comparison_key(known) == key), None)


def parse_legend(text: str) -> Legend:
    """Read a legend out of text; text that holds none gives a legend without entries.

    >>> dict(parse_legend("Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2").codes)
    {'Trực tuyến': 0, 'Phát phiếu': 1, 'Kết hợp': 2}
    """
    text = clean(text)
    return Legend(text, MappingProxyType({m["word"]: int(m["code"]) for m in _ENTRY.finditer(text)}))
