"""The table of days off: holidays, the days in lieu of those on a weekend, and days swapped, each with its source."""

from __future__ import annotations

from calendar import SATURDAY
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.calendar_vn.data_files import faults_of, own_data, packaged, place_of_faults
from cchc_calc.calendar_vn.entries import Entry, written
from cchc_calc.calendar_vn.soundness import require_evidence, require_sound, require_whole_years
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TABLE: Final = "vietnam.toml"


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

    @property
    def name(self) -> str:
        """Name the swap as a holiday is named."""
        return f"hoán đổi {written(self.off)}"


@dataclass(frozen=True, slots=True)
class YearOff:
    """The days off of one year; ``announced``: the Government has decided them."""

    year: int
    announced: bool
    holidays: tuple[Holiday, ...]
    swaps: tuple[Swap, ...]


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
    all_holidays: frozenset[date]
    """The holidays themselves and the days in lieu, on weekends too, on which nothing is open."""


@cache
def load_days_off() -> DaysOff:
    """Load the packaged table and the office's own years over it, once.

    An office names its own file in the environment variable ``CCHC_CALENDAR``; a year in it takes the place of the
    packaged one or follows on the last. Raises ``CalendarError``, in Vietnamese, with the file, the year and the
    entry, for a table that contradicts itself.

    >>> load_days_off().years
    range(2018, 2031)
    """
    tables = packaged(_TABLE), own_data()
    with faults_of(place_of_faults(_TABLE)):
        return read_days_off(*tables)


def read_days_off(*tables: Mapping[str, Any]) -> DaysOff:
    """Read tables as data files hold them; see ``calendars/vietnam.toml`` for the keys.

    A year of a later table takes the place of the same year of an earlier one, with the questions about it.
    """
    years: dict[int, YearOff] = {}
    questions: list[Question] = []
    sources: set[str] = set()
    for table in tables:
        entry = Entry("", table)
        entry.require_known("sources", "year", "question", "hours", "receipt")
        sources |= entry.value("sources", dict).keys() if "sources" in table else set()
        read = [_year(data, sources) for data in entry.values("year", dict)]
        if twice := {year.year for year in read if [one.year for one in read].count(year.year) > 1}:
            raise CalendarError(f"năm ghi hai lần: {', '.join(map(str, sorted(twice)))}")
        years |= {year.year: year for year in read}
        replaced = {year.year for year in read}
        questions = [one for one in questions if not replaced >= {day.year for day in one.days}]
        questions += [_question(data) for data in entry.values("question", dict)]
    return _table([years[year] for year in sorted(years)], questions)


def _year(data: Mapping[str, Any], sources: set[str]) -> YearOff:
    number = Entry("mục [[year]]", data).value("year", int)
    entry = Entry(f"năm {number}", data)
    entry.require_known("year", "announced", "holidays", "swaps")
    holidays = [_holiday(f"{entry.place}, “{one.get('name', '')}”", one) for one in entry.values("holidays", dict)]
    swaps = [_swap(f"{entry.place}, mục swaps", one) for one in entry.values("swaps", dict)]
    year = YearOff(number, entry.value("announced", bool), tuple(holidays), tuple(swaps))
    require_evidence(year, sources)
    return year


def _holiday(place: str, data: Mapping[str, Any]) -> Holiday:
    entry = Entry(place, data)
    entry.require_known("name", "days", "in_lieu", "mark", "source")
    if not entry.values("days", date):
        raise entry.fault("thiếu “days”")
    return Holiday(
        name=entry.value("name", str),
        days=entry.values("days", date),
        mark=entry.mark(),
        source=entry.value("source", str),
        in_lieu=entry.values("in_lieu", date),
    )


def _swap(place: str, data: Mapping[str, Any]) -> Swap:
    entry = Entry(place, data)
    entry.require_known("off", "worked", "mark", "source")
    return Swap(entry.value("off", date), entry.value("worked", date), entry.mark(), entry.value("source", str))


def _question(data: Mapping[str, Any]) -> Question:
    entry = Entry("mục [[question]]", data)
    entry.require_known("days", "text")
    return Question(entry.values("days", date), entry.value("text", str))


def _table(years: list[YearOff], questions: Iterable[Question]) -> DaysOff:
    require_whole_years(years)
    holidays = tuple(holiday for year in years for holiday in year.holidays)
    swaps = tuple(swap for year in years for swap in year.swaps)
    require_sound(holidays, swaps)
    return DaysOff(
        years=range(years[0].year, years[-1].year + 1),
        announced=frozenset(year.year for year in years if year.announced),
        holidays=holidays,
        swaps=swaps,
        questions=tuple(questions),
        working_days=tuple(_working_days(date(years[0].year, 1, 1), date(years[-1].year, 12, 31), holidays, swaps)),
        all_holidays=frozenset(day for holiday in holidays for day in (*holiday.days, *holiday.in_lieu)),
    )


def _working_days(first: date, last: date, holidays: Iterable[Holiday], swaps: Iterable[Swap]) -> Iterator[int]:
    off = {day.toordinal() for holiday in holidays for day in (*holiday.days, *holiday.in_lieu)}
    off |= {swap.off.toordinal() for swap in swaps}
    worked = {swap.worked.toordinal() for swap in swaps}
    for day in range(first.toordinal(), last.toordinal() + 1):
        # The day with the ordinal 1 was a Monday.
        if day in worked or ((day - 1) % 7 < SATURDAY and day not in off):
            yield day
