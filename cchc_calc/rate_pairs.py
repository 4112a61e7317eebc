"""Which counts a printed rate belongs to: the n/m beside it, or the part and the whole named before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.ratio_rates import NEAR, is_count, is_explained, is_rate, may_be_of_units, rate_of_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REACH: Final = 120
"""So many letters back, words still speak of a figure."""

_OF_WHICH: Final = re.compile(r"trong đó|gồm|tổng số|trên tổng|trong tổng", re.IGNORECASE)
_TOTAL: Final = re.compile(r"tổng số|trên tổng|trong tổng", re.IGNORECASE)
_OUT_OF: Final = re.compile(
    r"(?:(?<!\w)(?:trong|trên)(?!\s+đó)(?:\s+tổng)?(?:\s+số)?(?:\s+[^\W\d]+){0,4}|/)\s*", re.IGNORECASE
)
_AMONG: Final = re.compile(r"(?<!\w)(?:trong đó|trong số đó|gồm)(?!\w)", re.IGNORECASE)
_OF_A_TOTAL: Final = re.compile(r"(?:trong|trên) tổng(?: số)?\s*$", re.IGNORECASE)
_OUT_OF_AFTER: Final = re.compile(r"[\s)\],]*(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?", re.IGNORECASE)
_DECLARES: Final = re.compile(
    r"(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng|tương đương)\s*(?:tỷ lệ|tỉ lệ)?\s*(?:là)?\s*:?\s*$", re.IGNORECASE
)
_IN_BRACKET: Final = re.compile(r"[^,;:()\[\]]{0,40}[(\[]\s*")
_CHANGED: Final = re.compile(r"(?:tăng|giảm|vượt|thêm)(?:\s+[^\W\d]+)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RatePair:
    """A rate with its part and whole, each ``None`` where the sentence does not tell; from ``start`` to ``end``."""

    rate: Figure | None
    part: Figure | None
    whole: Figure | None
    start: int
    end: int


def rate_pairs(sentence: str, counts_before: Sequence[Figure] = ()) -> tuple[list[RatePair], list[Figure]]:
    """Pair the rates of a sentence with their counts; also give the counts that later rates may be of.

    ``counts_before`` are the counts of the sentences before, one of which may be the whole.
    """
    figures = [figure for figure in parse_figures(sentence) if figure.value is not None]
    pairs: list[RatePair] = []
    used: set[int] = set()
    for place in _ratios(figures):
        rate = rate_of_ratio(sentence, figures, place, used)
        if rate is not None:
            used.add(rate.start)
        pairs.append(_with_ratio(figures, place, rate))
    for place, rate in enumerate(figures):
        if is_rate(sentence, rate) and rate.start not in used:
            pairs.extend(_rate_of_counts(sentence, figures, place, counts_before))
    parts = {pair.part.start for pair in pairs if pair.part is not None}
    counts = [figure for figure in figures if is_count(figure) or figure.role == "denominator"]
    return pairs, [count for count in counts if count.start not in parts]


def is_out_of(sentence: str, part: Figure, whole: Figure) -> bool:
    """Tell whether the words between two counts make the first a part of the second: "12 trong tổng số 16 đơn vị"."""
    link = re.split(r"[,;]", sentence[part.end : whole.start])[-1] if whole.start > part.end else ""
    found = _OUT_OF.search(link)
    return _is_alike(part, whole) and _is_less(part, whole) and found is not None and found.end() == len(link)


def is_among(sentence: str, part: Figure, whole: Figure) -> bool:
    """Tell whether the words at two counts make the first the whole: "16 đơn vị, trong đó 12 đơn vị"."""
    if not (_is_alike(part, whole) and _is_less(part, whole)):
        return False
    named_total = _OF_A_TOTAL.search(sentence[max(0, whole.start - _REACH) : whole.start])
    return bool(named_total or _AMONG.search(sentence, whole.end, part.start))


def _ratios(figures: list[Figure]) -> Iterator[int]:
    for place, (part, whole) in enumerate(pairwise(figures)):
        if part.role == "numerator" and whole.role == "denominator":
            yield place


def _with_ratio(figures: list[Figure], place: int, rate: Figure | None) -> RatePair:
    part, whole = figures[place], figures[place + 1]
    named = _count_before(figures, place, rate)
    spans = [figure for figure in (rate, part, whole, named) if figure is not None]
    return RatePair(rate, part, whole, min(one.start for one in spans), max(one.end for one in spans))


def _count_before(figures: list[Figure], place: int, rate: Figure | None) -> Figure | None:
    """Find the count that the sentence names before it repeats it in the ratio."""
    part = figures[place]
    first = part.start if rate is None else min(part.start, rate.start)
    before = [
        figure
        for figure in figures[max(0, place - NEAR) : place]
        if figure.end <= first and figure.role == "" and figure.unit != "%"
    ]
    return before[-1] if before and before[-1].value == part.value else None


def _rate_of_counts(
    sentence: str, figures: list[Figure], place: int, counts_before: Sequence[Figure]
) -> Iterator[RatePair]:
    """Pair a rate with the counts before it: "13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, tỷ lệ 1,73%"."""
    rate, earlier = figures[place], figures[max(0, place - NEAR) : place]
    counts = [figure for figure in earlier if is_count(figure)]
    if not counts or earlier[-1] is not counts[-1]:
        return
    declares = _DECLARES.search(sentence[max(0, rate.start - _REACH) : rate.start])
    in_bracket = (
        _IN_BRACKET.fullmatch(sentence[counts[-1].end : rate.start]) and sentence[rate.end : rate.end + 1] in ")]"
    )
    # "tăng 120 hồ sơ (15,38%)" is a share of the year before.
    changed = _CHANGED.search(sentence[max(0, counts[-1].start - 20) : counts[-1].start])
    if changed or not (declares or in_bracket):
        return
    part, whole = _part_and_whole(sentence, counts, rate)
    after = figures[place + 1 : place + 2]
    if after and is_count(after[0]) and _OUT_OF_AFTER.fullmatch(sentence[rate.end : after[0].start]):
        part, whole = counts[-1], after[0]
    if whole is None or not is_explained(rate, part, whole):
        elsewhere = _only_explanation([*counts_before[-NEAR:], *counts[:-1]], part, rate)
        if elsewhere is not None:
            yield RatePair(rate, part, elsewhere, part.start, rate.end)
            return
    if whole is not None:
        yield RatePair(rate, part, whole, min(part.start, whole.start), max(rate.end, whole.end))
    elif declares and not may_be_of_units(sentence, part, rate):
        # With several counts of one kind before it, which of them the rate speaks of cannot be told.
        alike = [figure for figure in counts if figure.unit == part.unit]
        yield RatePair(rate, part if len(alike) == 1 else None, None, alike[0].start, rate.end)


def _part_and_whole(sentence: str, counts: list[Figure], rate: Figure) -> tuple[Figure, Figure | None]:
    """Choose part and whole among the counts before a rate: the nearest that explain it, else the nearest."""
    part = counts[-1]
    if len(counts) > 1 and is_out_of(sentence, counts[-2], part):
        return counts[-2], part
    wholes = [one for one in reversed(counts[:-1]) if _is_alike(part, one) and _is_whole_of(sentence, one, part)]
    explaining = (whole for whole in wholes if is_explained(rate, part, whole))
    return part, next(explaining, wholes[0] if wholes else None)


def _is_alike(part: Figure, whole: Figure) -> bool:
    # "văn bản điện tử" are some of the "văn bản".
    return part.unit == "" or part.unit == whole.unit or part.unit.startswith(f"{whole.unit} ")


def _is_less(part: Figure, whole: Figure) -> bool:
    return part.value is not None and whole.value is not None and part.value <= whole.value


def _is_whole_of(sentence: str, whole: Figure, part: Figure) -> bool:
    if not _is_less(part, whole):
        return False
    between = sentence[whole.end : part.start]
    before = sentence[max(0, whole.start - _REACH) : whole.start]
    return bool(_OF_WHICH.search(between) or _TOTAL.search(before))


def _only_explanation(counts: list[Figure], part: Figure, rate: Figure) -> Figure | None:
    fitting = {
        count.value: count
        for count in counts
        if count.unit == part.unit and _is_less(part, count) and part.value != count.value
        if is_explained(rate, part, count)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None
