"""The clauses of an objective as read from its text alone: what each asks for, and of which fields."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.objectives.clause_targets import read_clause_target
from cchc_calc.objectives.clauses import split_clauses
from cchc_calc.objectives.field_lists import listed_fields
from cchc_calc.objectives.records import OVERALL, Requirement
from cchc_calc.objectives.time_parts import LATE, ON_TIME
from cchc_calc.objectives.wording import base_of, quantity_of
from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from cchc_calc.objectives.clauses import Clause

LONGEST: Final = 4000
"""So many letters an objective, or the column beside it, has at most."""

_QUOTED: Final = 100


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """One clause: a requirement for each of its ``fields``, or one where it names none.

    ``fault`` says in Vietnamese why a figure in it is no target; the requirements have none then.
    """

    requirements: tuple[Requirement, ...]
    fields: tuple[str, ...]
    fault: str

    @property
    def main(self) -> Requirement:
        """Return the first requirement; all of a clause have its target and group."""
        return self.requirements[0]


def read_clauses(text: str) -> tuple[ClauseReading, ...]:
    """Read the clauses of an objective, in the order written; a text without words has none.

    A text of more than ``LONGEST`` letters is no objective, and one clause with a fault.

    >>> [(one.main.quantity, one.fault) for one in read_clauses("Đúng hạn trên 98%; hài lòng 120%.")]
    [('on_time', ''), ('satisfaction', 'mục tiêu “hài lòng 120%” không thể là số âm hoặc tỷ lệ trên 100%')]
    """
    if len(text) > LONGEST:
        fault = f"câu mục tiêu dài hơn {format_number(LONGEST)} chữ cái: tách thành nhiều mục tiêu"
        return (ClauseReading((Requirement(text[:_QUOTED]),), (), fault),)
    readings: list[ClauseReading] = []
    clauses = split_clauses(text)
    alternatives = Counter(clause.group for clause in clauses)
    quantity = ""
    for clause in clauses:
        reading = _reading(clause, quantity, has_alternatives=alternatives[clause.group] > 1)
        readings.append(reading)
        quantity = reading.main.quantity
    return _with_groups(_with_overall(readings))


def _reading(clause: Clause, quantity: str, *, has_alternatives: bool) -> ClauseReading:
    """Read one clause; ``quantity`` is what the clause before measures, with which a bare figure goes on."""
    own = quantity_of(clause.text)
    found = read_clause_target(clause.text, own or quantity)
    if own == ON_TIME and found.target is not None and found.target.comparator in {"<", "<="}:
        # "Không có hồ sơ trễ hạn" bounds the late ones.
        own = LATE
    goes_on = not own and found.target is not None
    fields = () if has_alternatives else listed_fields(clause.text, follows=goes_on and bool(quantity))
    requirement = Requirement(
        clause.text,
        found.subject,
        found.target,
        own or (quantity if goes_on else ""),
        base_of(clause.text),
        clause.group,
    )
    return ClauseReading(
        tuple(replace(requirement, scope=name) for name in fields) or (requirement,), fields, found.fault
    )


def _with_overall(readings: list[ClauseReading]) -> list[ClauseReading]:
    """Name what is for all fields where the same is asked for of single fields too."""
    of_fields = {reading.main.quantity for reading in readings if reading.fields}
    return [
        replace(reading, requirements=(replace(reading.main, scope=OVERALL),))
        if not reading.fields and reading.main.target and reading.main.quantity in of_fields
        else reading
        for reading in readings
    ]


def _with_groups(readings: list[ClauseReading]) -> tuple[ClauseReading, ...]:
    """Give alternatives one group, and everything else a group of its own."""
    numbers: dict[tuple[int, str], int] = {}
    return tuple(
        replace(
            reading,
            requirements=tuple(
                replace(one, group=numbers.setdefault((one.group, name), len(numbers) + 1))
                for one, name in zip(reading.requirements, reading.fields or ("",), strict=True)
            ),
        )
        for reading in readings
    )
