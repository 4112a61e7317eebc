"""A folded text as a row of words, numbers and signs, in which what is not a figure can be hidden."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.folding import FoldedText

HIDDEN = "\0"
BREAKS = frozenset({"\n", "\t", ".", "!", "?", ""})
"""Where a sentence, a line or a cell ends; the empty word stands before the first and after the last token."""


class Tokens:
    """The tokens of a text: lower-case words, numbers with their separators, signs. Blanks are no tokens.

    A token outside the text is the empty word, so that a rule may look beyond both ends.
    """

    __slots__ = ("_folded", "_starts", "_words")

    def __init__(self, folded: FoldedText) -> None:
        """Take a folded text apart."""
        self._folded = folded
        self._words: list[str] = []
        self._starts: list[int] = []
        for match in _pattern().finditer(folded.lower):
            self._words.append(match[0])
            self._starts.append(match.start())

    def __len__(self) -> int:
        return len(self._words)

    def word(self, place: int) -> str:
        """Return the token at a place."""
        return self._words[place] if 0 <= place < len(self._words) else ""

    def start(self, place: int) -> int:
        """Return where the token begins in the folded text."""
        return self._starts[place]

    def end(self, place: int) -> int:
        """Return where the token ends in the folded text."""
        return self._starts[place] + len(self._words[place])

    def gap(self, place: int) -> int | None:
        """Count the blanks between this token and the one before it; ``None`` at either end of the text."""
        return self._starts[place] - self.end(place - 1) if 0 < place < len(self._words) else None

    def glued(self, place: int) -> bool:
        """Tell whether no blank stands between this token and the one before it."""
        return self.gap(place) == 0

    def is_number(self, place: int) -> bool:
        """Tell whether the token is a number in ASCII digits."""
        return "0" <= self.word(place)[:1] <= "9"

    def is_capital(self, place: int) -> bool:
        """Tell whether the token begins with a capital letter in the text."""
        return 0 <= place < len(self._words) and self._folded.cased[self._starts[place]].isupper()

    def phrase(self, first: int, last: int) -> str:
        """Return the tokens from ``first`` to ``last`` joined by single blanks; outside the text, nothing."""
        return " ".join(self._words[first : last + 1]) if first >= 0 and last < len(self._words) else ""

    def hide(self, spans: Iterable[tuple[int, int]]) -> None:
        """Hide every token that lies in one of the spans of the folded text."""
        place = 0
        for start, end in sorted(spans):
            while place < len(self) and self.end(place) <= start:
                place += 1
            hidden = place
            while hidden < len(self) and self._starts[hidden] < end:
                self._words[hidden] = HIDDEN * len(self._words[hidden])
                hidden += 1


def phrases(table: str) -> frozenset[str]:
    """Return the phrases of a table written with semicolons and line breaks.

    >>> sorted(phrases("mức độ; điều"))
    ['mức độ', 'điều']
    """
    return frozenset(phrase.strip() for phrase in table.replace("\n", ";").split(";") if phrase.strip())


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"""
          [0-9]+ (?: [.,:][0-9]+ )*     # a number, its parts not yet judged
        | [^\W\d_]+                     # a word
        | \\[a-z]+ | \\?%               # \geq and \% of LaTeX
        | &[gl]t;=? | [<>]=? | =[<>]?
        | [\n\t] | [^\s]
        """,
        re.VERBOSE,
    )
