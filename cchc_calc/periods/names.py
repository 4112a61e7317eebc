"""Periods called by name: quý III/2023, 6 tháng đầu năm 2020, tháng 01/2023, giai đoạn 2022 - 2025, năm 2022."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from cchc_calc.periods.period import Period, calendar_period, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cchc_calc.folding import FoldedText

NO_YEAR = "không ghi năm"
BACKWARDS = "ngày cuối đứng trước ngày đầu"

Reading: TypeAlias = tuple[Period | None, str]
"""The period, or ``None`` and the fault in words."""

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNTS = {"ba": 3, "sáu": 6, "chín": 9, "mười hai": 12}
_YEAR = "((?:19|20)[0-9][0-9])(?![0-9])"


def names_in(folded: FoldedText) -> Iterator[tuple[int, int, Reading]]:
    """Find every name of a period in a folded text: where it begins, where it ends, and what it means."""
    for pattern, read in _names():
        for match in pattern.finditer(folded.lower):
            if not _code_follows().match(folded.cased, match.end()):
                yield match.start(), match.end(), read(match)


def spaced(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a blank stands for white space and ``~`` for white space that may be missing."""
    return re.compile(pattern.replace(" ", r"\s{1,3}").replace("~", r"\s{0,3}"))


def _quarter(match: re.Match[str]) -> Reading:
    number, year = match.groups()
    if year is None:
        return None, NO_YEAR
    return calendar_period("quarter", int(year), _QUARTERS.get(number) or int(number)), ""


def _part_of_year(match: re.Match[str]) -> Reading:
    count_text, part, year = match.groups()
    count = _COUNTS.get(" ".join(count_text.split())) or int(count_text)
    if not 1 <= count <= 12:
        return None, f"một năm không có {count} tháng"
    if year is None:
        return None, NO_YEAR
    first = 13 - count if part == "cuối" else 1
    return Period(date(int(year), first, 1), last_day(int(year), first + count - 1)), ""


def _months(match: re.Match[str]) -> Reading:
    first, first_year, last, last_year = match.groups()
    begin, fault = _month_begin(first, first_year or last_year)
    end, fault_of_end = _month_begin(last, last_year)
    if begin is None or end is None:
        return None, fault or fault_of_end
    return (None, BACKWARDS) if end < begin else (Period(begin, last_day(end.year, end.month)), "")


def _month(match: re.Match[str]) -> Reading:
    month, year = match.groups()
    begin, fault = _month_begin(month, year)
    return (None, fault) if begin is None else (calendar_period("month", begin.year, begin.month), "")


def _years(match: re.Match[str]) -> Reading:
    first, last = int(match[1]), int(match[2])
    return (None, BACKWARDS) if last < first else (Period(date(first, 1, 1), date(last, 12, 31)), "")


def _year(match: re.Match[str]) -> Reading:
    return calendar_period("year", int(match[1])), ""


def _month_begin(month: str, year: str) -> tuple[date | None, str]:
    if not 1 <= int(month) <= 12:
        return None, f"không có tháng {int(month)}"
    return date(int(year), int(month), 1), ""


@cache
def _names() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]], ...]:
    number, to, of_year = "[0-9][0-9]?", "~(?:đến|tới|-|–|—)~", f"(?:~/~| (?:của )?năm ){_YEAR}"
    count = f"({number}|ba|sáu|chín|mười hai) tháng"
    names = (
        (rf"qu[ýí] (iv|iii|ii|i|[1-4])(?!\w)(?:~[/,-]?~(?:của )?(?:năm )?{_YEAR})?", _quarter),
        (rf"{count} (đầu|cuối) (?:của )?năm(?: {_YEAR})?", _part_of_year),
        (rf"{count}(){of_year}", _part_of_year),
        (rf"(?:từ )?tháng ({number})(?:{of_year})?{to}(?:hết )?(?:tháng )?({number}){of_year}", _months),
        (rf"tháng ({number})(?:~[/.-]~| (?:năm )?){_YEAR}", _month),
        (rf"(?:giai đoạn|nhiệm kỳ|kỳ|năm) (?:từ )?(?:năm )?{_YEAR}{to}(?:năm )?{_YEAR}", _years),
        (rf"năm {_YEAR}", _year),
    )
    return tuple((spaced(rf"(?<!\w){pattern}"), read) for pattern, read in names)


@cache
def _code_follows() -> re.Pattern[str]:
    return re.compile(r" ?/ ?[A-ZĐ0-9]")
