"""Text made easy to search without losing its place: composed letters, plain blanks, no markup, lower case."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_NOT_FOLDED = re.compile(f"[{_INVISIBLE}\u0300-\u036f]")
_MOST_MARKS = 8
_SAME_LENGTH = str.maketrans(
    dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " ")
    | {"\u2010": "-", "\u2011": "-", "\u2028": "\n", "\u2029": "\n", "\r": "\n", "\v": "\n", "\f": "\n"}
)
_MARKUP = re.compile(
    r"\*{1,3}|</?(?P<inline>i|b|u|em|strong|sub|sup|span)\s{0,3}/?>|</?(?:p|br|li|ul|ol|td|tr|th|div)\s{0,3}/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """One text in two spellings of equal length, with the way back to the text it was made from.

    ``cased`` keeps the capitals, ``lower`` does not. Blanks of every kind are plain, every break of a line or
    a paragraph is a line feed, tabs between cells stay, and inline markup has become blanks.
    """

    cased: str
    lower: str
    _places: tuple[tuple[int, int], ...] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        r"""Return where ``start:end`` of the folded text stands in the original.

        >>> folded = fold("Hô\u0300 sơ: 05")
        >>> folded.original_span(folded.lower.index("05"), len(folded.lower))
        (8, 10)
        """
        if self._places is None or start >= end:
            return start, end
        return self._places[start][0], self._places[end - 1][1]


def fold(text: str) -> FoldedText:
    r"""Fold a text for searching.

    >>> fold("Đạt\u00a0<b>15</b> ĐIỂM").lower
    'đạt    15     điểm'
    """
    cased, places = text, None
    if not text.isascii():
        if _NOT_FOLDED.search(text):
            clusters = list(_clusters(text))
            cased = "".join(letter for letter, _ in clusters)
            places = tuple(place for _, place in clusters)
        cased = cased.translate(_SAME_LENGTH)
    elif "\r" in text or "\f" in text or "\v" in text:
        cased = cased.translate(_SAME_LENGTH)
    cased = _MARKUP.sub(_blank, cased)
    return FoldedText(cased, _lower(cased), places)


def _clusters(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give each letter with its marks, composed where it can be, and the span it was written in."""
    start = 0
    while start < len(text):
        end = start + 1
        # Putting thousands of marks on one letter into order would take quadratic time.
        while end < len(text) and end - start <= _MOST_MARKS and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", text[start:end]):
            if letter not in _INVISIBLE:
                yield letter, (start, end)
        start = end


def _blank(markup: re.Match[str]) -> str:
    inline = markup["inline"] or markup[0].startswith("*")
    return (" " if inline else "\n").ljust(len(markup[0]))


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
