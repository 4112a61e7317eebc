"""The figures of a sentence that are results, each with its rate, its counts and the words that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.objectives.records import Base
from cchc_calc.objectives.result_wording import is_of_a_part, is_planned
from cchc_calc.objectives.wording import base_of
from cchc_calc.rate_pairs import rate_pairs
from cchc_calc.ratio_rates import is_explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.rate_pairs import RatePair

DOSSIER: Final = "hồ sơ"
"""The unit of the totals that rates of dossiers stand on."""

_RATE: Final = "%"
_POINTS_OF_RATE: Final = "điểm %"
_REACH: Final = 120
"""So many letters back, words still speak of a figure."""
_SEPARATOR: Final = re.compile(r"[,;]|\.\s|\s(?:và|còn)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """One result in a sentence, from ``start`` to ``end``: a rate, a part, a whole, as far as they are there.

    ``is_none`` tells that it is a statement that there was none of something.
    """

    start: int
    end: int
    rate: Figure | None = None
    part: Figure | None = None
    whole: Figure | None = None
    is_none: bool = False

    @property
    def is_bare_count(self) -> bool:
        """Tell whether it is a number of things alone."""
        return self.rate is None and self.whole is None and not self.is_none


def result_figures(sentence: str, counts_before: Sequence[Figure] = ()) -> tuple[list[ResultFigure], list[Figure]]:
    """Find the results of a sentence in the order written, and the counts of which later rates may be.

    A plan's figure, a change and a total of dossiers are no results. ``counts_before`` are the counts of the sentences
    before, one of which may be the whole of a rate.

    >>> [(found.part.value, found.rate.text) for found in result_figures("đúng hạn 12/16 hồ sơ (75%)")[0]]
    [(Decimal('12'), '75%')]
    """
    figures = [figure for figure in parse_figures(sentence) if figure.value is not None]
    pairs, counted = rate_pairs(sentence, counts_before)
    results = [_of_pair(pair, figures) for pair in pairs]
    taken = {figure.start for found in results for figure in _between(figures, found.start, found.end)}
    taken |= {figure.start for figure, _ in total_figures(sentence, figures)}
    singles = (_single(sentence, figure) for figure in figures if figure.start not in taken)
    return _apart(sorted([*results, *filter(None, singles)], key=_own_start)), counted


def stretches(sentence: str, results: Sequence[ResultFigure]) -> Iterator[tuple[int, int]]:
    """Give the words that belong to each result: what stands between two, up to the last comma, is of the former.

    A bare count parts no others: "15 ý kiến được theo dõi, trong đó đúng hạn 5/15" is about 15 all through.
    """
    rated = [found for found in results if not found.is_bare_count]
    among_all = dict(zip(map(_start, results), _parted(sentence, results), strict=True))
    among_rated = dict(zip(map(_start, rated), _parted(sentence, rated), strict=True))
    for found in results:
        yield among_all[found.start] if found.is_bare_count else among_rated[found.start]


def total_figures(sentence: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Base]]:
    """Find the counts of dossiers that the words before them call the total received or resolved."""
    reached = 0
    for figure in figures:
        words = sentence[reached : figure.start]
        reached = figure.end
        is_count = figure.unit == DOSSIER and figure.comparator == "=" and not figure.role and count_of(figure)
        base = base_of(words) if is_count else None
        if base in {Base.RECEIVED, Base.RESOLVED} and not is_of_a_part(sentence[: figure.start]):
            yield figure, base


def count_of(figure: Figure) -> int | None:
    """Return a figure as a whole number, ``None`` where it is none."""
    if figure.value is None or figure.value != figure.value.to_integral_value():
        return None
    return int(figure.value)


def _apart(results: list[ResultFigure]) -> list[ResultFigure]:
    """Let a result begin at its own figure where another stands between that and the whole they share."""
    ends = (0, *(found.end for found in results))
    return [
        replace(found, start=_own_start(found)) if found.start < end else found
        for found, end in zip(results, ends, strict=False)
    ]


def _of_pair(pair: RatePair, figures: Sequence[Figure]) -> ResultFigure:
    rate, part, whole = pair.rate, _counted(pair.part), _counted(pair.whole)
    if rate is not None and part is not None and whole is not None and not is_explained(rate, part, whole):
        between = [figure for figure in _between(figures, part.end, rate.start) if not figure.role]
        if between and whole.role:
            # In "7/10 hồ sơ, còn 3 hồ sơ chưa xong (30%)" the rate is of what stands between.
            return ResultFigure(part.start, whole.end, None, part, whole)
    return ResultFigure(pair.start, pair.end, rate, part, whole)


def _single(sentence: str, figure: Figure) -> ResultFigure | None:
    if figure.comparator != "=" or figure.role:
        return None
    if figure.unit == _RATE:
        planned = is_planned(sentence[max(0, figure.start - _REACH) : figure.start])
        return None if planned else ResultFigure(figure.start, figure.end, rate=figure)
    if count_of(figure) is None or figure.unit == _POINTS_OF_RATE or "so với" in figure.note:
        return None
    # A statement that there was none stands in no digits.
    is_none = figure.value == 0 and not re.search(r"\d", figure.text)
    return ResultFigure(figure.start, figure.end, part=figure, is_none=is_none) if figure.unit or is_none else None


def _parted(sentence: str, results: Sequence[ResultFigure]) -> Iterator[tuple[int, int]]:
    if not results:
        return
    ends = [_parting(sentence, former.end, latter.start) for former, latter in pairwise(results)]
    for found, start, end in zip(results, (0, *ends), (*ends, len(sentence)), strict=True):
        yield min(start, found.start), max(end, found.end)


def _parting(sentence: str, end: int, start: int) -> int:
    marks = list(_SEPARATOR.finditer(sentence, end, start)) if start > end else []
    return marks[-1].start() if marks else end


def _between(figures: Sequence[Figure], start: int, end: int) -> Sequence[Figure]:
    return figures[bisect_left(figures, start, key=_start) : bisect_left(figures, end, key=_start)]


def _start(found: Figure | ResultFigure) -> int:
    return found.start


def _own_start(found: ResultFigure) -> int:
    own = found.part or found.rate
    return found.start if own is None else max(found.start, own.start)


def _counted(figure: Figure | None) -> Figure | None:
    return figure if figure is not None and count_of(figure) is not None else None
