"""One row of a table read as a planned objective: what, by which measures, by whom, from when to when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.document import DATE_FAULT
from cchc_calc.objectives import table_columns as column
from cchc_calc.objectives.planned_time import read_time
from cchc_calc.objectives.records import Objective
from cchc_calc.objectives.requirements import read_requirements
from cchc_calc.periods.period import last_day
from cchc_calc.spelling import with_plain_signs

if TYPE_CHECKING:
    from datetime import date

    from cchc_calc.document import Cell
    from cchc_calc.objectives.table_rows import ObjectiveRow

_TIMES: Final = frozenset({column.START, column.FINISH, column.TIME})
# "a) ", "2. " or a dash before a point of a list.
_POINT: Final = r"(?:(?<!\w)(?:[a-zđ]|\d)[).]|[-–+•])?\s*"
_RESPONSIBLE: Final = re.compile(
    rf"{_POINT}(?<!\w)(?:Trách nhiệm|Đơn vị|Bộ phận|Cơ quan) (?:thực hiện|chủ trì)\s*:\s*", re.IGNORECASE
)
_MEASURES: Final = re.compile(rf"\A{_POINT}Biện pháp(?: thực hiện)?\s*(?::|(?=[-–+•\n]))\s*", re.IGNORECASE)


def read_objective(row: ObjectiveRow, year: tuple[date | None, date | None]) -> Objective:
    """Read a row; ``year`` are the first and last day of an objective without columns for its time."""
    measures, responsible = _parted(row.text(column.MEASURES))
    start, finish = _time(row) if row.cells.keys() & _TIMES else year
    text, measuring = row.text(column.TEXT), with_plain_signs(row.text(column.MEASURING))
    return Objective(
        number=row.number,
        text=text,
        requirements=read_requirements(text, measuring),
        measuring=measuring,
        measures=measures,
        responsible=row.text(column.RESPONSIBLE) or responsible,
        start=start,
        finish=finish,
        where=row.where(),
        measuring_where=row.where(column.MEASURING) if measuring else "",
    )


def _parted(text: str) -> tuple[str, str]:
    """Part the measures from the words that say who takes them."""
    measures, responsible = text, ""
    named = _RESPONSIBLE.search(text)
    if named is not None:
        measures, responsible = text[: named.start()], text[named.end() :]
    return _MEASURES.sub("", measures).strip(), responsible.strip()


def _time(row: ObjectiveRow) -> tuple[date | None, date | None]:
    both = read_time(row.text(column.TIME))
    start, finish = read_time(row.text(column.START)), read_time(row.text(column.FINISH))
    first, last = start or both, finish or both
    return (first.start if first else None, _last_day(row.cells.get(column.FINISH), last.end) if last else None)


def _last_day(cell: Cell | None, day: date) -> date:
    """Take the 1st in a date cell for its whole month: a spreadsheet keeps "12/2023" so."""
    if cell is not None and cell.fault == DATE_FAULT and day.day == 1:
        return last_day(day.year, day.month)
    return day
