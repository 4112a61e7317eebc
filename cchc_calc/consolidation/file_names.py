"""The unit and the period that the name of a file says, held against those its form says."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.unit_names import kind_of, name_key, words_of
from cchc_calc.periods import calendar_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.periods import Period

_LONGEST: Final = 6
_ABOVE: Final = frozenset({"tp", "pho", "tx", "quan", "huyen", "tinh"})
"""After one of these words a name is that of a unit further up."""
_QUARTER: Final = re.compile(r"\bquy ?(iv|i{1,3}|[1-4]) (?:nam )?((?:19|20)\d\d)\b")
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def quarter_in_name(source: str) -> Period | None:
    """Give the quarter that a file's name says with its year, with or without marks; in doubt ``None``.

    >>> [quarter_in_name(name).code for name in ("Biểu quý II năm 2023.xlsx", "x/bieu_quyIV.2022 (1).xlsx")]
    ['2023-Q2', '2022-Q4']
    >>> quarter_in_name("P5 Q3 2023.xlsx"), quarter_in_name("quý I 2023/Biểu.xlsx")
    (None, None)
    """
    found = _QUARTER.search(" ".join(words_of(PurePath(source).stem)))
    if found is None:
        return None
    return calendar_period("quarter", int(found[2]), _QUARTERS.get(found[1]) or int(found[1]))


class FileNames:
    """Finds units in the names of files, which are mostly written without marks and kinds."""

    def __init__(self, units: Iterable[str]) -> None:
        """Know the units that a file may be of, by their names."""
        self._units: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for name in units:
            for words in _spellings(name):
                self._units[words].add(name)

    def other_unit(self, source: str, *names: str) -> str:
        """Name the unit that a file's name says when none of ``names`` is in it; else, or in doubt, an empty text.

        >>> names = FileNames(["Phường Vĩnh Hải", "Phường Phương Sơn", "Phường 3"])
        >>> names.other_unit("Bieu_Phuong Vinh Hai.xlsx", "Phường Phương Sơn")
        'Phường Vĩnh Hải'
        >>> names.other_unit("Biểu Phương Sơn (gửi Vĩnh Hải).xlsx", "UBND phường Phương Sơn")
        ''
        """
        words = words_of(PurePath(source).stem)
        pieces = {words[i:j] for i in range(len(words)) for j in range(i + 1, min(len(words), i + _LONGEST) + 1)}
        if any(spelling in pieces for name in names for spelling in _spellings(name)):
            return ""
        plain = {piece for i in range(len(words)) if i == 0 or words[i - 1] not in _ABOVE for piece in _from(words, i)}
        found = {unit for piece in plain & self._units.keys() for unit in self._units[piece]}
        return found.pop() if len(found) == 1 else ""


def _from(words: tuple[str, ...], start: int) -> Iterable[tuple[str, ...]]:
    return (words[start:end] for end in range(start + 1, min(len(words), start + _LONGEST) + 1))


def _spellings(name: str) -> list[tuple[str, ...]]:
    """Give the words of a name with its kind, and without it where it is no mere number or single word."""
    key = name_key(name)
    bare = words_of(key.removeprefix(kind_of(key)))
    return [words_of(key), *([bare] if len(bare) > 1 else [])]
