"""The rate printed for n/m: the one beside it, and not that of something else in the sentence."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.rounding import agrees, is_truncated, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.numerals import Figure

NEAR: Final = 12
"""So many figures back, a count still speaks to a rate."""

# Behind n/m words of declaring, a bracket or a mark lead to its rate; other words lead to the rate of something else.
_LEADS_TO_RATE: Final = re.compile(
    r"(?:^|[,;–-]|\svà)\s*(?:và\s+)?(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng|tương đương)(?!\w)|[(\[:=]"
    r"|^(?:(?!\svà\s)[^,;])*\s(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng|tương đương)(?!\w)",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\s*[(\[]\s*")
_EXPLAINS: Final = re.compile(
    r"\s*(?:[:=–-]|,?\s*[(\[]?\s*(?:tương ứng|tương đương|tức là|tức|cụ thể là|cụ thể|bằng)(?:\s+với)?\s*:?)\s*",
    re.IGNORECASE,
)
_PLANNED: Final = re.compile(r"(?:chỉ tiêu|kế hoạch|mục tiêu|giao)[^,;.]{0,20}$", re.IGNORECASE)
_TIMES: Final = re.compile(r"[x×*]\s*$", re.IGNORECASE)
_SEPARATES: Final = re.compile(r"[,(:;=–]|chiếm|tương ứng|bằng", re.IGNORECASE)
_OF_THE_PLAN: Final = re.compile(r"\s+(?:kế hoạch|chỉ tiêu|dự toán|so|tổng|trong|trên|và)(?!\w)", re.IGNORECASE)
_NOUN: Final = re.compile(r"\s+[^\W\d_]")
_WITH_RATES_OF_THEIR_OWN: Final = frozenset(
    {
        *("đơn vị", "địa phương", "phường", "xã", "thị trấn", "thôn", "quận", "huyện", "cơ quan"),
        *("chỉ tiêu", "nhiệm vụ", "mục tiêu", "lĩnh vực"),
    }
)


def is_explained(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Tell whether part and whole give the printed rate, exactly, rounded or cut off."""
    if rate.value is None or part.value is None or not whole.value:
        return False
    exact = Fraction(part.value) / Fraction(whole.value) * 100
    decimals = places(rate.value)
    return agrees(rate.value, decimals, exact) or is_truncated(rate.value, decimals, exact)


def is_rate(sentence: str, figure: Figure) -> bool:
    """Tell a printed rate from a bound, a count, and the factor of "120/125 x 100%"."""
    times = _TIMES.search(sentence[max(0, figure.start - 3) : figure.start])
    return figure.unit == "%" and figure.comparator == "=" and times is None


def is_count(figure: Figure) -> bool:
    """Tell a number of things from a rate, a bound and the sides of n/m."""
    return figure.role == "" and figure.unit != "%" and figure.comparator == "="


def may_be_of_units(sentence: str, units: Figure, rate: Figure) -> bool:
    """Tell whether a rate may be what each of the units counted before it reached."""
    names_its_own = bool(_NOUN.match(sentence, rate.end)) and not _OF_THE_PLAN.match(sentence, rate.end)
    return units.unit in _WITH_RATES_OF_THEIR_OWN and (rate.value == 100 or names_its_own)


def rate_of_ratio(sentence: str, figures: list[Figure], place: int, used: set[int]) -> Figure | None:
    """Find the rate that belongs to n/m: the one right before it that it explains, else the next one after it."""
    part, whole = figures[place], figures[place + 1]
    if place > 0 and figures[place - 1].unit == "%" and figures[place - 1].start not in used:
        rate = figures[place - 1]
        between = sentence[rate.end : part.start]
        explains = _EXPLAINS.fullmatch(between) and not _PLANNED.search(sentence[max(0, rate.start - 40) : rate.start])
        if _BRACKET.fullmatch(between) or explains:
            return rate if is_rate(sentence, rate) else None
    for following, rate in enumerate(figures[place + 2 : place + 2 + NEAR], start=place + 2):
        if rate.role:
            return None
        if is_rate(sentence, rate):
            if is_explained(rate, part, whole):
                return rate
            others = figures[place + 2 : following]
            elsewhere = _is_of_something_else(sentence, whole, others, rate)
            taken = elsewhere or _explained_by_next(sentence, figures, following)
            return None if taken or _is_rate_of_units(sentence, whole, rate) else rate
    return None


def _is_of_something_else(sentence: str, whole: Figure, between: Sequence[Figure], rate: Figure) -> bool:
    """Tell whether a rate behind n/m is of a count between them, or of what the words between them name."""
    if any(is_count(figure) for figure in between):
        return True
    return _LEADS_TO_RATE.search(sentence[whole.end : rate.start]) is None


def _explained_by_next(sentence: str, figures: list[Figure], place: int) -> bool:
    rate, *ratio = figures[place : place + 3]
    if [figure.role for figure in ratio] != ["numerator", "denominator"]:
        return False
    return bool(_BRACKET.fullmatch(sentence[rate.end : ratio[0].start])) and is_explained(rate, *ratio)


def _is_rate_of_units(sentence: str, whole: Figure, rate: Figure) -> bool:
    """Tell whether the rate is what each of the units reached: "12/16 phường đạt 100% hồ sơ đúng hạn"."""
    if _SEPARATES.search(sentence, whole.end, rate.start):
        return False
    return may_be_of_units(sentence, whole, rate)
