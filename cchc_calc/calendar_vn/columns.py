"""Working days over columns of dossiers: the answers of the functions for one, millions at a time.

Nothing raises for a faulty row: a blank, and a day outside the table, give ``None``, and ``are_certain`` tells of
each row whether its days off are all announced. Another engine looks the same answers up in ``day_numbers``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.calendar_vn.day_numbers import day_numbers
from cchc_calc.calendar_vn.desk import load_desk
from cchc_calc.calendar_vn.working_hours import local_moment
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from cchc_calc.calendar_vn.desk import Desk


def due_dates(received: Iterable[date | None], working_days: int | Iterable[int | None]) -> list[date | None]:
    """Find the due date of every dossier, as ``due_date`` does; ``working_days`` is one number, or one a dossier.

    Columns of two lengths raise ``ValueError``, a negative number of days ``CalendarError``.

    >>> from datetime import date
    >>> due_dates([date(2023, 6, 13), None, date(1990, 1, 1)], 10)
    [datetime.date(2023, 6, 27), None, None]
    """
    if isinstance(working_days, int):
        return list(_looked_up(received, _due_by_place(working_days)))
    tables: dict[int, Sequence[date | None]] = {}
    first, size = _extent()
    answers: list[date | None] = []
    for day, length in zip(received, working_days, strict=True):
        if day is None or length is None:
            answers.append(None)
            continue
        if length not in tables:
            tables[length] = _due_by_place(length)
        place = day.toordinal() - first
        answers.append(tables[length][place] if 0 <= place < size else None)
    return answers


def working_days_column(starts: Iterable[date | None], ends: Iterable[date | None]) -> list[int | None]:
    """Count the working days of every row, as ``working_days_between`` does; an end before its start gives ``None``.

    Columns of two lengths raise ``ValueError``.

    >>> from datetime import date
    >>> working_days_column([date(2023, 6, 13), date(2023, 6, 13)], [date(2023, 6, 27), date(2023, 6, 12)])
    [10, None]
    """
    numbers = day_numbers().numbers
    first, size = _extent()
    answers: list[int | None] = []
    for start, end in zip(starts, ends, strict=True):
        if start is None or end is None:
            answers.append(None)
            continue
        begin, last = start.toordinal() - first, end.toordinal() - first
        answers.append(numbers[last] - numbers[begin] if 0 <= begin <= last < size else None)
    return answers


def are_certain(starts: Iterable[date | None], ends: Iterable[date | None]) -> list[bool]:
    """Tell of every row whether nothing is uncertain about its days, as an empty answer of ``doubts`` does.

    A blank, a day outside the table and an end before its start are not certain. Columns of two lengths raise
    ``ValueError``.

    >>> from datetime import date
    >>> are_certain([date(2023, 6, 13), date(2026, 12, 28)], [date(2023, 6, 27), date(2027, 1, 11)])
    [True, False]
    """
    doubtful = day_numbers().doubtful
    before = (0, *doubtful)
    first, size = _extent()
    answers: list[bool] = []
    for start, end in zip(starts, ends, strict=True):
        if start is None or end is None:
            answers.append(False)
            continue
        begin, last = start.toordinal() - first, end.toordinal() - first
        answers.append(0 <= begin <= last < size and doubtful[last] == before[begin])
    return answers


def receipt_days(received: Iterable[datetime | None], desk: Desk | None = None) -> list[date | None]:
    """Find the day on which every dossier counts as received, as ``receipt_day`` does.

    >>> from datetime import datetime
    >>> receipt_days([datetime.fromisoformat("2023-06-16 17:30"), None])
    [datetime.date(2023, 6, 19), None]
    """
    desk = desk or load_desk()
    if not desk.late_counts_next_day:
        return [None if moment is None else local_moment(moment).date() for moment in received]
    in_time, late = _due_by_place(0), _due_by_place(1)
    first, size = _extent()
    answers: list[date | None] = []
    for moment in received:
        if moment is None:
            answers.append(None)
            continue
        place = local_moment(moment).toordinal() - first
        by_place = late if moment.time() > desk.last_receipt else in_time
        answers.append(by_place[place] if 0 <= place < size else None)
    return answers


def _looked_up(days: Iterable[date | None], by_place: Sequence[date | None]) -> Iterator[date | None]:
    first, size = _extent()
    for day in days:
        place = -1 if day is None else day.toordinal() - first
        yield by_place[place] if 0 <= place < size else None


def _due_by_place(working_days: int) -> Sequence[date | None]:
    """Find the due date of every day of the table."""
    if working_days < 0:
        msg = f"số ngày làm việc không được âm: {working_days}"
        raise CalendarError(msg)
    table = day_numbers()
    # No working day at all: the first one that is not over, which is the next after those before the day.
    numbers = table.numbers if working_days else (0, *table.numbers[:-1])
    steps = working_days or 1
    size = len(table.days)
    return [table.days[number + steps - 1] if number + steps <= size else None for number in numbers]


def _extent() -> tuple[int, int]:
    table = day_numbers()
    return table.first, len(table.numbers)
