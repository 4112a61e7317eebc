"""The figures of a sentence that are results, each with its rate, its counts and the words that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.objectives.records import Base
from cchc_calc.objectives.result_wording import all_of, is_earlier, is_of_a_part, is_planned, is_whole
from cchc_calc.objectives.wording import base_of, quantity_of
from cchc_calc.rate_pairs import is_among, is_out_of, rate_pairs
from cchc_calc.ratio_rates import is_count, is_explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.rate_pairs import RatePair

DOSSIER: Final = "hồ sơ"
"""The unit of the totals that rates of dossiers stand on."""

POINTS: Final = "điểm"
"""The unit in which a result may have decimals."""
_DOSSIERS: Final = "dossiers"
_RATE: Final = "%"
_HUNDRED: Final = 100
_POINTS_OF_RATE: Final = "điểm %"
_REACH: Final = 120
"""So many letters back, words still speak of a figure."""
_SEPARATOR: Final = re.compile(r"[,;]|\.\s|\s(?:và|còn)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """One result in a sentence, from ``start`` to ``end``: a rate, a part, a whole, as far as they are there.

    ``is_none`` tells that it is a statement that there was none of something, ``is_all`` that all were so.
    """

    start: int
    end: int
    rate: Figure | None = None
    part: Figure | None = None
    whole: Figure | None = None
    is_none: bool = False
    is_all: bool = False

    @property
    def is_bare_count(self) -> bool:
        """Tell whether it is a number of things alone."""
        return self.rate is None and self.whole is None and not (self.is_none or self.is_all)


def result_figures(sentence: str, counts_before: Sequence[Figure] = ()) -> tuple[list[ResultFigure], list[Figure]]:
    """Find the results of a sentence in the order written, and the counts of which later rates may be.

    A plan's figure, a change and a total of dossiers are no results. ``counts_before`` are the counts of the sentences
    before, one of which may be the whole of a rate.

    >>> [(found.part.value, found.rate.text) for found in result_figures("đúng hạn 12/16 hồ sơ (75%)")[0]]
    [(Decimal('12'), '75%')]
    """
    figures = [figure for figure in parse_figures(sentence) if figure.value is not None]
    pairs, counted = rate_pairs(sentence, counts_before)
    results = [_of_pair(sentence, pair) for pair in pairs]
    taken = {figure.start for found in results for figure in _between(figures, found.start, found.end)}
    found_together = _counts_together(sentence, figures)
    together = [found for found in found_together if found.part is not None and found.part.start not in taken]
    results += together
    taken |= {figure.start for found in together for figure in _between(figures, found.start, found.end)}
    taken |= {figure.start for figure, _ in total_figures(sentence, figures)}
    singles = (_single(sentence, figure) for figure in figures if figure.start not in taken)
    results += filter(None, singles)
    every = all_of(sentence)
    if every is not None and all(found.is_bare_count for found in results):
        results = [ResultFigure(*every, is_all=True)]
    results = [found for found in results if not is_earlier(_before(sentence, found))]
    return _apart(sorted(results, key=own_start)), counted


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


def own_start(found: ResultFigure) -> int:
    """Return where the first figure of a result itself stands, though its whole may stand before."""
    own = found.part or found.rate
    return found.start if own is None else max(found.start, own.start)


def _before(sentence: str, found: ResultFigure) -> str:
    start = own_start(found)
    return sentence[max(0, start - _REACH) : start]


def _apart(results: list[ResultFigure]) -> list[ResultFigure]:
    """Let a result begin at its own figure where another stands between that and the whole they share."""
    ends = (0, *(found.end for found in results))
    return [
        replace(found, start=own_start(found)) if found.start < end else found
        for found, end in zip(results, ends, strict=False)
    ]


def _of_pair(sentence: str, pair: RatePair) -> ResultFigure:
    rate, part, whole = pair.rate, _counted(pair.part), _counted(pair.whole)
    if rate is not None and part is not None and whole is not None and not is_explained(rate, part, whole):
        own = _SEPARATOR.split(sentence[whole.end : rate.start])
        named, meant = quantity_of(own[-1]) if len(own) > 1 else "", quantity_of(sentence[: whole.end] + own[0])
        if whole.role and named not in {"", _DOSSIERS, meant}:
            # In "đúng hạn 490/500 hồ sơ, tỷ lệ hài lòng đạt 89%" the rate is of something else.
            return ResultFigure(part.start, whole.end, None, part, whole)
    if rate is None and part is None and pair.part is not None and whole is not None and _is_of_hundred(whole):
        # "82,5/100 điểm" is a share with decimals.
        return ResultFigure(pair.start, pair.end, replace(pair.part, unit=_RATE, role="", text=pair.part.text + "%"))
    return ResultFigure(pair.start, pair.end, rate, part, whole)


def _is_of_hundred(whole: Figure) -> bool:
    return whole.value == _HUNDRED and whole.unit == POINTS


def _counts_together(sentence: str, figures: Sequence[Figure]) -> Iterator[ResultFigure]:
    """Find a part and its whole without a rate: "02 hồ sơ trễ hạn trên tổng số 350 hồ sơ"."""
    counts = [figure for figure in figures if is_count(figure) and count_of(figure) is not None and figure.unit]
    for first, second in pairwise(counts):
        if is_out_of(sentence, first, second):
            yield ResultFigure(first.start, second.end, None, first, second)
        elif is_among(sentence, second, first):
            # The whole stays a result of its own: of "4 hồ sơ trễ hạn, trong đó đất đai 3 hồ sơ" both are.
            yield ResultFigure(second.start, second.end, None, second, first)


def _single(sentence: str, figure: Figure) -> ResultFigure | None:
    if figure.comparator != "=" or figure.role:
        return None
    if figure.unit == _RATE:
        planned = is_planned(sentence[max(0, figure.start - _REACH) : figure.start])
        return None if planned else ResultFigure(figure.start, figure.end, rate=figure)
    is_countable = count_of(figure) is not None or figure.unit == POINTS
    if not is_countable or figure.unit == _POINTS_OF_RATE or "so với" in figure.note:
        return None
    if is_whole(sentence[max(0, figure.start - _REACH) : figure.start]):
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


def _counted(figure: Figure | None) -> Figure | None:
    return figure if figure is not None and count_of(figure) is not None else None
