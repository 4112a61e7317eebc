"""The objectives of one year found again in another by what they say, never by their numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.wording import plain_wording, quantity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.objectives.records import Objective

Pairs: TypeAlias = "tuple[tuple[Objective, Objective | None], ...]"
"""Each objective, in order, with the one of the other year that asks for the same."""

_LEAST_ALIKE: Final = Fraction(1, 3)
"""Of the words of two objectives at least so many are common; offices word them anew, but not from scratch."""

_CITATION: Final = re.compile(
    r"(?:tại |theo |của )?(?:nghị định|thông tư|quyết định|công văn|kế hoạch|nghị quyết|chỉ thị) số [\w/.&–-]+"
    r"(?: ngày [\d/.-]+)?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def match_objectives(objectives: Sequence[Objective], reported: Sequence[Objective]) -> Pairs:
    """Find for each objective the reported one that asks for the same; each is used once.

    What is measured has to be the same, and of the words, without figures and citations, enough have to be common. Of
    two that are equally alike none is taken.

    >>> from cchc_calc.objectives.records import Objective
    >>> this = [Objective("3", "Hồ sơ trực tuyến đạt 30%"), Objective("4", "Hài lòng trên 84%")]
    >>> last = [Objective("3", "Hài lòng trên 83%"), Objective("4", "Hồ sơ trực tuyến đạt 25%")]
    >>> [(one.number, other.number) for one, other in match_objectives(this, last)]
    [('3', '4'), ('4', '3')]
    """
    likeness = {
        (place, other): alike
        for place, one in enumerate(objectives)
        for other, rival in enumerate(reported)
        if (alike := _likeness(one.text, rival.text)) >= _LEAST_ALIKE
    }
    found: dict[int, int] = {}
    while likeness:
        best = max(likeness.values())
        pairs = [pair for pair, alike in likeness.items() if alike == best]
        # Alike to two, it belongs to neither, and neither is left for anything less alike.
        found |= {place: other for place, other in pairs if _is_alone((place, other), pairs)}
        taken, given = {place for place, _ in pairs}, {other for _, other in pairs}
        likeness = {
            (place, other): alike
            for (place, other), alike in likeness.items()
            if place not in taken and other not in given
        }
    return tuple((one, reported[found[place]] if place in found else None) for place, one in enumerate(objectives))


def check_matches(pairs: Pairs) -> Iterator[Finding]:
    """Yield the objectives for which nothing was found in the other year."""
    for objective, other in pairs:
        if other is None:
            message = (
                f"Mục tiêu {objective.number} ({objective.where}): không có mục tiêu nào, hoặc có nhiều mục tiêu giống "
                "nhau, ở báo cáo được đối chiếu; chưa so được kết quả."
            )
            yield make_finding("objectives_unmatched", message, rows=(objective.number,), where=objective.where)


def _likeness(text: str, other: str) -> Fraction:
    """Return the share of common words; 0 for two that measure different things."""
    if quantity_of(text) != quantity_of(other):
        return Fraction(0)
    words, others = _words(text), _words(other)
    return Fraction(len(words & others), len(words | others) or 1)


def _is_alone(pair: tuple[int, int], pairs: list[tuple[int, int]]) -> bool:
    return sum(pair[0] == place or pair[1] == other for place, other in pairs) == 1


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_CITATION.sub(" ", plain_wording(text))))
