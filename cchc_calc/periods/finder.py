"""Finding the periods a text gives, from day to day or by name, and reading the one of a title."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cchc_calc.folding import FoldedText, fold
from cchc_calc.periods.dates import dates_in, make_date
from cchc_calc.periods.names import BACKWARDS, NO_YEAR, names_in, spaced
from cchc_calc.periods.period import Period
from cchc_calc.remembering import remembered
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import date

    from cchc_calc.periods.dates import FoundDate
    from cchc_calc.periods.names import Reading


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """One period as written: the days, or why they cannot be told. ``start:end`` is its place in the text given."""

    period: Period | None
    text: str
    start: int
    end: int
    fault: str = ""


def find_periods(text: str) -> tuple[FoundPeriod, ...]:
    """Find every period a text names, in the order written.

    A name without its year, a range that runs backwards or holds a day that cannot be has no ``period`` and
    says why in ``fault``.

    >>> [found.period.code for found in find_periods("QUÝ III/2023 (Từ ngày 13/6/2023 đến ngày 12/9/2023)")]
    ['2023-Q3', '2023-06-13/2023-09-12']
    >>> find_periods("6 tháng cuối năm")[0].fault
    'không ghi năm'
    """
    return _known_periods(text)


def _find(text: str) -> tuple[FoundPeriod, ...]:
    folded = fold(text)
    found = []
    for start, end, (period, fault), by_name in _periods(folded, list(dates_in(folded))):
        first, last = folded.original_span(start, end)
        printed = text[first:last]
        if period and by_name:
            period = replace(period, label=clean(printed))
        found.append(FoundPeriod(period, printed, first, last, fault))
    return tuple(found)


_known_periods = remembered(_find)


def read_period(text: str) -> Period | None:
    """Read the period a title gives; days win over the name, which is kept as the label.

    Nothing is read where no period is named with its year: ``None``.

    >>> period = read_period("CÔNG TÁC CẢI CÁCH HÀNH CHÍNH QUÝ III/2023 (Từ ngày 13/6/2023 đến ngày 12/9/2023)")
    >>> period.code, period.label
    ('2023-06-13/2023-09-12', 'QUÝ III/2023')
    """
    periods = [found.period for found in find_periods(text) if found.period]
    named = next((period for period in periods if period.label), None)
    dated = next((period for period in periods if not period.label), None)
    if dated and named:
        return replace(dated, label=named.label)
    return dated or named


def period_spans(folded: FoldedText) -> Iterator[tuple[int, int]]:
    """Give the places of all periods and dates of a folded text, in that text."""
    dates = list(dates_in(folded))
    for start, end, _, _ in _periods(folded, dates):
        yield start, end
    for day in dates:
        yield day.start, day.end


def _periods(folded: FoldedText, dates: list[FoundDate]) -> Iterator[tuple[int, int, Reading, bool]]:
    """Choose, where names and days lie over each other, the longest: "năm 2020" is part of "6 tháng đầu năm 2020"."""
    candidates = [(start, end, reading, True) for start, end, reading in names_in(folded)]
    candidates += [(start, end, reading, False) for start, end, reading in _day_ranges(folded.lower, dates)]
    candidates += [(day.start, day.end, (None, ""), False) for day in dates]
    candidates.sort(key=lambda candidate: (candidate[0], -candidate[1]))
    reached = 0
    for start, end, reading, by_name in candidates:
        if start < reached:
            continue
        reached = end
        if reading != (None, ""):
            yield start, end, reading, by_name


def _day_ranges(text: str, dates: list[FoundDate]) -> Iterator[tuple[int, int, Reading]]:
    for first, last in pairwise(dates):
        if _patterns()["between"].fullmatch(text, first.end, last.start):
            days = _days((first.day, first.fault), (last.day, last.fault))
            yield _begin(text, first.start), last.end, days
    for match in _patterns()["partly dated"].finditer(text):
        day, month, last_day, last_month, year = match.groups()
        if year is None:
            yield match.start(), match.end(), (None, NO_YEAR)
            continue
        # "từ 15/12 đến 14/3/2023" begins in the year before.
        first_year = int(year) - (int(month) > int(last_month))
        days = _days(make_date(day, month, f"{first_year:04}"), make_date(last_day, last_month, year))
        yield match.start(), match.end(), days


def _days(first: tuple[date | None, str], last: tuple[date | None, str]) -> Reading:
    if first[0] is None or last[0] is None:
        return None, first[1] or last[1]
    return (None, BACKWARDS) if last[0] < first[0] else (Period(first[0], last[0]), "")


def _begin(text: str, start: int) -> int:
    """Return where the words begin that lead in the first day, such as "tính từ ngày"."""
    words = _patterns()["leading"].search(text, max(0, start - 24), start)
    return words.start() if words else start


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    to, day = "~(?:đến|tới|-|–|—)~(?:hết )?(?:ngày )?", "([0-9][0-9]?)~/~(0?[1-9]|1[0-2])"
    return {
        "between": spaced(to),
        "leading": spaced(r"(?<!\w)(?:tính )?(?:từ )?(?:ngày )?\Z"),
        "partly dated": spaced(rf"(?<!\w)(?:tính )?từ (?:ngày )?{day}{to}{day}(?:~/~([0-9]{{4}}))?(?![0-9/])"),
    }
