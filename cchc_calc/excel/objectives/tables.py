"""Where everything of the workbook lies: the columns of its tables, and the cells of their lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from cchc_calc.objectives.headings import FIGURES_SHEET, PLAN_SHEET, RESULTS_SHEET


class PlanColumn(IntEnum):
    """The columns of the plan: those of ``PlanHeading``, a gap, and helpers that are not printed."""

    NUMBER = 0
    TEXT = 1
    MEASURING = 2
    MEASURES = 3
    RESPONSIBLE = 4
    START = 5
    FINISH = 6
    KEY = 8
    LAST_DAY = 9


class FiguresColumn(IntEnum):
    """The columns of the figures: those of ``FiguresHeading``, a gap, and helpers that are not printed."""

    NUMBER = 0
    SCOPE = 1
    GROUP = 2
    COMPARATOR = 3
    VALUE = 4
    UNIT = 5
    TARGET = 6
    BASE = 7
    NUMERATOR = 8
    DENOMINATOR = 9
    DECLARED = 10
    ACTUAL = 11
    BASIS = 12
    STATUS = 13
    SHORTFALL = 14
    NOTE = 15
    KEY = 17
    GROUP_KEY = 18
    READ_NUMERATOR = 19
    READ_DENOMINATOR = 20
    READ_DECLARED = 21
    NAME = 22
    IS_DUE = 23
    GROUP_STATUS = 24
    IS_FIRST = 25
    NOT_MET = 26
    RANK = 27


class ResultsColumn(IntEnum):
    """The columns of the results: those of ``ResultsHeading``, a gap, and what is beside the printed form."""

    NUMBER = 0
    TEXT = 1
    MEASURING = 2
    ATTAINED = 3
    STATUS = 4
    REASON = 5
    CAUSE = 6
    REMEDY = 7
    MESSAGE = 9
    KEY = 10
    MET = 11


PLAN_FIRST: Final = 4
FIGURES_FIRST: Final = 4
RESULTS_FIRST: Final = 5
"""The first line of each table, counted from 0; the one above holds the names of the columns."""

PERIOD_START: Final = "C4"
PERIOD_END: Final = "E4"
"""The cells on the sheet of results that hold the first and the last day of the period."""


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one table: so many of them from the line ``first``, counted from 0.

    >>> plan = Table("Kế hoạch", 4, 20)
    >>> plan.cell(PlanColumn.START, 0), plan.abroad(PlanColumn.START, 1), plan.whole(PlanColumn.START)
    ('F5', "'Kế hoạch'!F6", '$F$5:$F$24')
    """

    sheet: str
    first: int
    lines: int

    @property
    def last(self) -> int:
        """Return the last line."""
        return self.first + self.lines - 1

    def cell(self, column: IntEnum, place: int) -> str:
        """Return the cell of a line, the first of which has the place 0."""
        return f"{xl_col_to_name(column)}{self.first + place + 1}"

    def abroad(self, column: IntEnum, place: int) -> str:
        """Return the cell as other sheets name it."""
        return f"'{self.sheet}'!{self.cell(column, place)}"

    def whole(self, column: IntEnum) -> str:
        """Return all lines of a column."""
        letter = xl_col_to_name(column)
        return f"${letter}${self.first + 1}:${letter}${self.last + 1}"

    def whole_abroad(self, column: IntEnum) -> str:
        """Return all lines of a column as other sheets name them."""
        return f"'{self.sheet}'!{self.whole(column)}"


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables of a workbook with room for so many objectives and requirements."""

    plan: Table
    figures: Table
    results: Table

    @classmethod
    def with_room(cls, objectives: int, requirements: int) -> Tables:
        """Lay the tables out."""
        return cls(
            Table(PLAN_SHEET, PLAN_FIRST, objectives),
            Table(FIGURES_SHEET, FIGURES_FIRST, requirements),
            Table(RESULTS_SHEET, RESULTS_FIRST, objectives),
        )
