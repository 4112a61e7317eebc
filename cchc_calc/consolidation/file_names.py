"""The unit that the name of a file says, held against the one its form says."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.unit_names import kind_of, name_key, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 6
_ABOVE: Final = frozenset({"tp", "pho", "tx", "quan", "huyen", "tinh"})
"""After one of these words a name is that of a unit further up."""


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
