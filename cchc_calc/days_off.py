"""The table of days off: holidays, the days in lieu of those on a weekend, and days swapped, each with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TABLE: Final = "calendars/vietnam.toml"
_SATURDAY: Final = 5
_SEEN_IN_A_SOURCE: Final = frozenset({"V", "V-code"})
_MARKS: Final = _SEEN_IN_A_SOURCE | {"M", "I"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of one year: its ``days``, on a weekend or not, and the days off ``in_lieu`` of a weekend's."""

    name: str
    days: tuple[date, ...]
    mark: str
    source: str
    in_lieu: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """A weekday ``off`` for which a day of a weekend is ``worked``."""

    off: date
    worked: date
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """Days of announced years that may still turn out otherwise, and why (Vietnamese)."""

    days: tuple[date, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The table of whole ``years`` without a gap, and the ``working_days`` it leaves: ordinals of days, ascending."""

    years: range
    announced: frozenset[int]
    holidays: tuple[Holiday, ...]
    swaps: tuple[Swap, ...]
    questions: tuple[Question, ...]
    working_days: tuple[int, ...]


@cache
def load_days_off() -> DaysOff:
    """Load the table, once; one that contradicts itself raises ``CalendarError``.

    >>> load_days_off().years
    range(2018, 2031)
    """
    text = (resources.files("cchc_calc") / _TABLE).read_text(encoding="utf-8")
    try:
        return read_days_off(tomllib.loads(text))
    except (KeyError, TypeError, CalendarError) as error:
        msg = f"{_TABLE}: {error}"
        raise CalendarError(msg) from error


def read_days_off(data: Mapping[str, Any]) -> DaysOff:
    """Read a table as its data file holds it; see there for the keys."""
    holidays: list[Holiday] = []
    swaps: list[Swap] = []
    for year in data["year"]:
        of_year = [Holiday(**_tuples(item)) for item in year["holidays"]]
        swapped = [Swap(**item) for item in year.get("swaps", ())]
        _require_evidence((*of_year, *swapped), data["sources"], is_announced=year["announced"])
        holidays += of_year
        swaps += swapped
    _require_sound(holidays, swaps)
    years = [year["year"] for year in data["year"]]
    if years != list(range(years[0], years[0] + len(years))):
        raise CalendarError("the years do not follow one another")
    return DaysOff(
        years=range(years[0], years[-1] + 1),
        announced=frozenset(year["year"] for year in data["year"] if year["announced"]),
        holidays=tuple(holidays),
        swaps=tuple(swaps),
        questions=tuple(Question(**_tuples(item)) for item in data.get("question", ())),
        working_days=_working_days(date(years[0], 1, 1), date(years[-1], 12, 31), holidays, swaps),
    )


def _tuples(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in item.items()}


def _working_days(first: date, last: date, holidays: Iterable[Holiday], swaps: Iterable[Swap]) -> tuple[int, ...]:
    off = {day.toordinal() for holiday in holidays for day in (*holiday.days, *holiday.in_lieu)}
    off |= {swap.off.toordinal() for swap in swaps}
    worked = {swap.worked.toordinal() for swap in swaps}
    every_day = range(first.toordinal(), last.toordinal() + 1)
    # The day with the ordinal 1 was a Monday.
    return tuple(day for day in every_day if day in worked or ((day - 1) % 7 < _SATURDAY and day not in off))


def _require_evidence(entries: Iterable[Holiday | Swap], sources: Mapping[str, str], *, is_announced: bool) -> None:
    for entry in entries:
        if entry.mark not in _MARKS or entry.source not in sources:
            raise CalendarError(f"{entry}: no such mark or source")
        if is_announced and entry.mark not in _SEEN_IN_A_SOURCE:
            raise CalendarError(f"{entry}: an announced year is not a matter of memory or inference")


def _require_sound(holidays: Iterable[Holiday], swaps: Iterable[Swap]) -> None:
    days = [day for holiday in holidays for day in (*holiday.days, *holiday.in_lieu)]
    days += [day for swap in swaps for day in (swap.off, swap.worked)]
    if twice := [day for day in set(days) if days.count(day) > 1]:
        raise CalendarError(f"days are there twice: {', '.join(map(str, sorted(twice)))}")
    on_weekdays = [day for holiday in holidays for day in holiday.in_lieu] + [swap.off for swap in swaps]
    on_weekends = [swap.worked for swap in swaps]
    mistaken = [day for day in on_weekdays if _is_weekend(day)] + [day for day in on_weekends if not _is_weekend(day)]
    if mistaken:
        raise CalendarError(f"a weekday and a day of a weekend are mistaken: {', '.join(map(str, mistaken))}")


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY
