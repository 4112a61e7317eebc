"""The period a report covers, and the periods that rules and calendars know by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` to ``end``, both included, and the name it was printed under, if any.

    Two periods are equal when they cover the same days. Raises ``ValueError`` when ``end`` comes before
    ``start``.

    >>> period = Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023")
    >>> period.kind, period.code, period.days, date(2023, 9, 13) in period
    ('range', '2023-06-13/2023-09-12', 92, False)
    """

    start: date
    end: date
    label: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end on {self.end} when it begins on {self.start}")

    @property
    def kind(self) -> str:
        """Say which part of the calendar it is: month, quarter, half or year; else ``range``."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        for kind, length in _MONTHS.items():
            if months == length and (self.start.month - 1) % length == 0 and self._has_whole_months():
                return kind
        return "range"

    @property
    def code(self) -> str:
        """Return the stable code: 2023, 2020-H1, 2023-Q3, 2023-01, or both days joined by a slash.

        >>> calendar_period("half", 2020, 1).code
        '2020-H1'
        """
        match self.kind:
            case "year":
                return f"{self.start:%Y}"
            case "half":
                return f"{self.start:%Y}-H{self.start.month // 6 + 1}"
            case "quarter":
                return f"{self.start:%Y}-Q{self.start.month // 3 + 1}"
            case "month":
                return f"{self.start:%Y-%m}"
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def span(self) -> str:
        """Write the first and the last day.

        >>> calendar_period("half", 2020, 1).span
        '01/01/2020 – 30/06/2020'
        """
        return f"{self.start:%d/%m/%Y} – {self.end:%d/%m/%Y}"

    def to_json(self) -> dict[str, str]:
        """Return the first and the last day for the project's JSON.

        >>> calendar_period("half", 2020, 1).to_json()
        {'from': '2020-01-01', 'to': '2020-06-30'}
        """
        return {"from": self.start.isoformat(), "to": self.end.isoformat()}

    @property
    def days(self) -> int:
        """Count the days, both ends included."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.start <= day <= self.end

    __contains__ = contains

    def _has_whole_months(self) -> bool:
        return self.start.day == 1 and self.end == last_day(self.end.year, self.end.month)


def calendar_period(kind: str, year: int, number: int = 1, label: str = "") -> Period:
    """Return a month, quarter, half or year of the calendar; ``number`` counts them within the year.

    >>> calendar_period("quarter", 2023, 3).end
    datetime.date(2023, 9, 30)
    """
    last_month = _last_month(kind, number)
    return Period(date(year, last_month - _MONTHS[kind] + 1, 1), last_day(year, last_month), label)


def reporting_period(kind: str, year: int, number: int = 1, label: str = "") -> Period:
    """Return the period reports cover under Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th to the 14th.

    It ends on the 14th of its last month and begins on the 15th of the month before its first.

    >>> reporting_period("quarter", 2023, 3).code
    '2023-06-15/2023-09-14'
    >>> reporting_period("year", 2022).start
    datetime.date(2021, 12, 15)
    """
    last_month = _last_month(kind, number)
    before = last_month - _MONTHS[kind]
    start = date(year, before, 15) if before else date(year - 1, 12, 15)
    return Period(start, date(year, last_month, 14), label)


def preset(period: Period) -> str:
    """Name the known period it is, or return an empty text; a period of its own is no error.

    The names are ``calendar-`` or ``reporting-`` and month, quarter, half or year.

    >>> preset(reporting_period("quarter", 2023, 3)), preset(calendar_period("half", 2020, 1))
    ('reporting-quarter', 'calendar-half')
    >>> preset(Period(date(2023, 6, 13), date(2023, 9, 12)))
    ''
    """
    if period.kind != "range":
        return f"calendar-{period.kind}"
    for kind, length in _MONTHS.items():
        number, rest = divmod(period.end.month, length)
        if rest == 0 and period == reporting_period(kind, period.end.year, number):
            return f"reporting-{kind}"
    return ""


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    if (year, month) == (date.max.year, 12):
        return date.max
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _last_month(kind: str, number: int) -> int:
    if kind not in _MONTHS:
        raise ValueError(f"no such period: {kind!r}; known are {', '.join(_MONTHS)}")
    if not 1 <= number <= 12 // _MONTHS[kind]:
        raise ValueError(f"a year has no {kind} number {number}")
    return number * _MONTHS[kind]
