"""The period that a report names beside a result: another year's figure is no result of this one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.periods import find_periods

if TYPE_CHECKING:
    from cchc_calc.periods import FoundPeriod, Period

# Beside these a period is one compared with, or of a document.
_OF_ANOTHER: Final = re.compile(
    r"(?<!\w)(?:so với|kế hoạch|mục tiêu|chỉ tiêu|báo cáo|quyết định|văn bản|công văn|chuyển sang|từ|trước)"
    r"(?:\s+[^\W\d]+){0,4}\s*\Z",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"[(\[]\s*\Z")
_RIGHT_BEHIND: Final = re.compile(r"[\s(\[]*(?:(?:trong|của|vào)\s+)?")
_LEAD: Final = 60
"""So many letters before a period tell what it is for."""


def period_before(words: str) -> tuple[Period | None, bool]:
    """Name the last period that the words before a figure give for it, and whether it holds for later figures too.

    One in brackets is of the figure beside it alone.

    >>> period, holds = period_before("Năm 2021, đã giải quyết đúng hạn ")
    >>> period.code, holds
    ('2021', True)
    >>> period_before("tăng so với năm 2021, đạt ")
    (None, False)
    """
    named = [found for found in find_periods(words) if found.period and not _is_of_another(words, found)]
    if not named:
        return None, False
    return named[-1].period, _BRACKET.search(words[: named[-1].start]) is None


def period_behind(words: str) -> Period | None:
    """Name the period right behind a figure.

    >>> period_behind(" (năm 2021)").code, period_behind(", tăng 2% so với năm 2021")
    ('2021', None)
    """
    first = next((found for found in find_periods(words) if found.period), None)
    return first.period if first is not None and _RIGHT_BEHIND.fullmatch(words[: first.start]) else None


def is_of(period: Period | None, reported: Period | None) -> bool:
    """Tell whether a result may be one of the period reported on: nothing says otherwise, or the two overlap.

    >>> from cchc_calc.periods import read_period
    >>> year = read_period("năm 2022")
    >>> is_of(read_period("quý II/2022"), year), is_of(read_period("năm 2021"), year)
    (True, False)
    """
    if period is None or reported is None:
        return True
    return period.start <= reported.end and reported.start <= period.end


def _is_of_another(words: str, found: FoundPeriod) -> bool:
    return _OF_ANOTHER.search(words[max(0, found.start - _LEAD) : found.start]) is not None
