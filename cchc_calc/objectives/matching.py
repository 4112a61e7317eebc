"""The objectives of one year found again in another by what they say, never by their numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
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
_MOST_PAIRS: Final = 250_000
"""No two offices have so many objectives; beyond, nothing is compared."""

_CITATION: Final = re.compile(
    r"(?:tại |theo |của )?(?:nghị định|thông tư|quyết định|công văn|kế hoạch|nghị quyết|chỉ thị) số [\w/.&–-]+"
    r"(?: ngày [\d/.-]+)?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def match_objectives(objectives: Sequence[Objective], reported: Sequence[Objective]) -> Pairs:
    """Find for each objective the reported one that asks for the same; each is used once.

    What is measured has to be the same, and of the words, without figures and citations, enough have to be common. Of
    two that are equally alike none is taken. Lists longer than any plan are not compared.

    >>> from cchc_calc.objectives.records import Objective
    >>> this = [Objective("3", "Hồ sơ trực tuyến đạt 30%"), Objective("4", "Hài lòng trên 84%")]
    >>> last = [Objective("3", "Hài lòng trên 83%"), Objective("4", "Hồ sơ trực tuyến đạt 25%")]
    >>> [(one.number, other.number) for one, other in match_objectives(this, last)]
    [('3', '4'), ('4', '3')]
    """
    if len(objectives) * len(reported) > _MOST_PAIRS:
        return tuple((objective, None) for objective in objectives)
    asked, told = [_content(one.text) for one in objectives], [_content(one.text) for one in reported]
    likeness = {
        (place, other): alike
        for place, one in enumerate(asked)
        for other, rival in enumerate(told)
        if (alike := _likeness(one, rival)) >= _LEAST_ALIKE
    }
    found: dict[int, int] = {}
    used: set[int] = set()
    answered: set[int] = set()
    for _, pairs in groupby(sorted(likeness, key=likeness.__getitem__, reverse=True), key=likeness.__getitem__):
        equal = [(place, other) for place, other in pairs if place not in answered and other not in used]
        places, others = Counter(place for place, _ in equal), Counter(other for _, other in equal)
        found |= {place: other for place, other in equal if places[place] == others[other] == 1}
        # Alike to two, it belongs to neither, and neither is left for anything less alike.
        answered |= places.keys()
        used |= others.keys()
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


@dataclass(frozen=True, slots=True)
class _Content:
    """What an objective measures, and the words it does so with."""

    quantity: str
    words: frozenset[str]


def _content(text: str) -> _Content:
    return _Content(quantity_of(text), frozenset(_WORD.findall(_CITATION.sub(" ", plain_wording(text)))))


def _likeness(one: _Content, other: _Content) -> Fraction:
    """Return the share of common words; 0 for two that measure different things."""
    if one.quantity != other.quantity:
        return Fraction(0)
    return Fraction(len(one.words & other.words), len(one.words | other.words) or 1)
