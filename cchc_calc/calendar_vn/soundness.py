"""What a table of days off must hold to: faults of an edit that would otherwise move due dates without a word."""

from __future__ import annotations

from calendar import SATURDAY
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cchc_calc.calendar_vn.entries import written
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cchc_calc.calendar_vn.days_off import Holiday, Swap, YearOff

_SEEN_IN_A_SOURCE: Final = frozenset({"V", "V-code"})
_FIXED: Final = ((1, 1), (4, 30), (5, 1), (9, 2))
"""Months and days of the holidays that the law sets by the solar calendar for every year."""

_FARTHEST: Final = timedelta(days=31)
"""No day was ever made up farther from the day it stands for: a wrong month or year."""


def require_evidence(year: YearOff, sources: Collection[str]) -> None:
    """Hold every entry of a year to a source that is named, and an announced year to sources that were seen."""
    entries: tuple[Holiday | Swap, ...] = (*year.holidays, *year.swaps)
    for entry in entries:
        place = f"năm {year.year}, “{entry.name}”"
        if entry.source not in sources:
            raise CalendarError(f"{place}: nguồn “{entry.source}” chưa ghi ở mục [sources]")
        if year.announced and entry.mark not in _SEEN_IN_A_SOURCE:
            raise CalendarError(f"{place}: năm đã công bố chỉ nhận mức V, V-code, không nhận {entry.mark}")


def require_whole_years(years: Sequence[YearOff]) -> None:
    """Hold years to follow one another, and each to hold its own days, those that the law fixes among them."""
    numbers = [year.year for year in years]
    if not years or numbers != list(range(numbers[0], numbers[0] + len(years))):
        raise CalendarError(f"các năm phải liền nhau, không bỏ năm nào: {', '.join(map(str, numbers))}")
    for year in years:
        holidays = {day for holiday in year.holidays for day in holiday.days}
        others = {day for holiday in year.holidays for day in holiday.in_lieu} | {swap.off for swap in year.swaps}
        strange = (day for day in holidays | others if day.year != year.year)
        _require_none(strange, f"năm {year.year}: có ngày của năm khác")
        fixed = {date(year.year, month, day) for month, day in _FIXED}
        _require_none(fixed - holidays, f"năm {year.year}: thiếu ngày lễ")


def require_sound(holidays: Sequence[Holiday], swaps: Sequence[Swap]) -> None:
    """Hold the days of a table against each other."""
    lieu = [(day, holiday.days[0]) for holiday in holidays for day in holiday.in_lieu]
    made_up = [(swap.worked, swap.off) for swap in swaps]
    off_instead = [day for day, _ in lieu] + [swap.off for swap in swaps]
    every_day = Counter(off_instead)
    every_day.update(day for holiday in holidays for day in holiday.days)
    every_day.update(swap.worked for swap in swaps)
    _require_none((day for day, times in every_day.items() if times > 1), "ngày ghi hai lần")
    _require_none(filter(_is_weekend, off_instead), "ngày nghỉ bù, nghỉ hoán đổi phải là ngày thường")
    _require_none((day for day, _ in made_up if not _is_weekend(day)), "ngày làm bù phải là thứ Bảy, Chủ nhật")
    far = (day for day, other in (*lieu, *made_up) if abs(day - other) > _FARTHEST)
    _require_none(far, "ngày nghỉ bù, làm bù cách ngày của nó quá xa")


def _require_none(days: Iterable[date], fault: str) -> None:
    if found := sorted(days):
        raise CalendarError(f"{fault}: {_list(found)}")


def _list(days: Iterable[date]) -> str:
    return ", ".join(map(written, days))


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
