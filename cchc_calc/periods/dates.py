"""Dates as written in Vietnamese documents: 13/6/2023, 07-10-2013, ngày 24 tháng 8 năm 2021."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from cchc_calc.folding import FoldedText, fold
from cchc_calc.remembering import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One date as written: the day, or why it is none. ``start:end`` is its place in the text given."""

    day: date | None
    text: str
    start: int
    end: int
    fault: str = ""


def written_day(day: date) -> str:
    """Write a day as the prose of reports does, without zeros before its numbers.

    >>> written_day(date(2020, 6, 30))
    '30/6/2020'
    """
    return f"{day.day}/{day.month}/{day.year}"


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Find every full date, in the order written, the day before the month as in Vietnam.

    A date that cannot be has no ``day`` and says why in ``fault``. The number of a document
    (``61/2018/NĐ-CP``) is no date, nor is a day without its year.

    >>> [found.day.isoformat() for found in find_dates("từ ngày 13/6/2023 đến ngày 12/9/2023")]
    ['2023-06-13', '2023-09-12']
    >>> find_dates("117/2013/NĐ-CP ngày 07/19/2013")[0].fault
    'không có tháng 19'
    """
    return _known_dates(text)


def _find(text: str) -> tuple[FoundDate, ...]:
    folded = fold(text)
    found = []
    for dated in dates_in(folded):
        start, end = folded.original_span(dated.start, dated.end)
        found.append(FoundDate(dated.day, text[start:end], start, end, dated.fault))
    return tuple(found)


_known_dates = remembered(_find)


def dates_in(folded: FoldedText) -> Iterator[FoundDate]:
    """Find the dates of a folded text; their places are those of the folded text."""
    for match in _pattern().finditer(folded.lower):
        if match["month"] is None:
            yield _found(match, match["d"], match["m"], match["y"])
        elif not _is_number_of_document(folded, match) and not _is_row_code(match):
            yield _found(match, match["day"], match["month"], match["year"])


def make_date(day: str, month: str, year: str) -> tuple[date | None, str]:
    """Return the date, or nothing and the fault in words.

    >>> make_date("31", "02", "2026")
    (None, 'tháng 2 năm 2026 không có ngày 31')
    """
    if len(year) == 2:
        return None, f"năm chỉ ghi hai chữ số ({year})"
    if not 1 <= int(month) <= 12:
        return None, f"không có tháng {int(month)}"
    try:
        return date(int(year), int(month), int(day)), ""
    except ValueError:
        return None, f"tháng {int(month)} năm {int(year)} không có ngày {int(day)}"


def _found(match: re.Match[str], day: str, month: str, year: str) -> FoundDate:
    made, fault = make_date(day, month, year)
    return FoundDate(made, match[0], match.start(), match.end(), fault)


def _is_number_of_document(folded: FoldedText, match: re.Match[str]) -> bool:
    return bool(_code_follows().match(folded.cased, match.end()))


def _is_row_code(match: re.Match[str]) -> bool:
    """Tell 3.4.26 and 1-2-2023-5, which are codes, from dates written with the same marks."""
    mark = match["mark"]
    if mark == "/":
        return False
    if not match["year"].startswith(("19", "20")) or len(match["year"]) == 2 or " " in match[0]:
        return True
    text = match.string
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 2]
    return before == mark or (after[:1] == mark and after[1:].isdigit())


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"""
        (?<![\w/]) (?P<day>[0-9]{1,2}) [ ]? (?P<mark>[/.-]) [ ]? (?P<month>[0-9]{1,2}) [ ]? (?P=mark) [ ]?
            (?P<year>[0-9]{4}|[0-9]{2}) (?![0-9]) (?![ ]?/[ ]?[0-9])
        | (?<!\w) (?:ngày\s{1,3})? (?P<d>[0-9]{1,2}) \s{1,3} tháng \s{1,3} (?P<m>[0-9]{1,2}) ,? \s{1,3}
            năm \s{1,3} (?P<y>[0-9]{4}) (?![0-9])
        """,
        re.VERBOSE,
    )


@cache
def _code_follows() -> re.Pattern[str]:
    return re.compile(r" ?/ ?[A-ZĐ]")
