"""Dossiers counted apart as early, on time and late in one sentence: early ones are on time too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.objectives.records import Attainment

ON_TIME: Final = "on_time"
LATE: Final = "late"

_EARLY: Final = re.compile(r"(?<!\w)(?:trước|sớm)(?: thời)? hạn(?!\w)", re.IGNORECASE)
_PROMPT: Final = re.compile(r"(?<!\w)(?:(?:đúng|trong)(?: thời)? hạn|đúng hẹn|đúng và trước)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A result with the words that lead to its figure, which tell early from on time."""

    attained: Attainment
    words: str

    def is_count_of(self, quantity: str) -> bool:
        """Tell whether it counts what is measured so."""
        return self.attained.quantity == quantity and self.attained.numerator is not None


def joined_in_time(results: Sequence[Spoken]) -> Iterator[Attainment]:
    """Give the results of a sentence, early and on time as one where they and the late make up the whole.

    Where on time already holds the early ones, these are left out. Where neither adds up, all stay as they are.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> [(one.quantity, one.numerator, one.denominator) for one in read_result(
    ...     "Đã giải quyết 500 hồ sơ (trước hạn 300, đúng hạn 190, trễ hạn 10)").attainments]
    [('dossiers', 500, None), ('on_time', 490, 500), ('late', 10, 500)]
    """
    early = [one.attained for one in results if one.is_count_of(ON_TIME) and _is_early(one.words)]
    prompt = [one.attained for one in results if one.is_count_of(ON_TIME) and _PROMPT.search(one.words)]
    late = [one.attained for one in results if one.is_count_of(LATE)]
    given = [one.attained for one in results]
    if len(early) != 1 or len(prompt) != 1 or len(late) > 1:
        yield from given
        return
    yield from _joined(given, early[0], prompt[0], late[0] if late else None)


def _joined(
    given: Sequence[Attainment], early: Attainment, prompt: Attainment, late: Attainment | None
) -> Iterator[Attainment]:
    in_time = (early.numerator or 0) + (prompt.numerator or 0)
    resolved = in_time + ((late.numerator or 0) if late is not None else 0)
    wholes = {one.denominator or one.numerator for one in given if one.denominator or one.quantity not in _IN_PARTS}
    is_held = early.denominator == prompt.numerator
    adds_up = resolved in wholes and not is_held
    whole = resolved if adds_up else early.denominator or prompt.denominator
    for one in given:
        if one is early and (is_held or adds_up):
            continue
        if one is prompt and adds_up:
            text = f"{early.text}; {prompt.text}"
            yield replace(prompt, text=text, numerator=in_time, denominator=whole, declared=None, declared_text="")
        elif (one in (early, prompt) and not is_held) or (one is late and adds_up):
            yield replace(one, denominator=one.denominator or whole)
        else:
            yield one


_IN_PARTS: Final = frozenset({ON_TIME, LATE})


def _is_early(words: str) -> bool:
    return _EARLY.search(words) is not None and _PROMPT.search(words) is None
