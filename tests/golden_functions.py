"""The golden table of the CCHC_* functions (cases/functions.toml), which every host has to answer alike.

A host is run by a function ``call_all(cases)`` that hands every case to the real component and returns its
answers: a number, a text, or rows of them, in the order of the cases.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "cases" / "functions.toml"
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error value in a cell, by the name the spreadsheet shows."""

    name: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An argument that was left out."""


MISSING = Missing()

Cell = float | int | str | bool | date | ErrorValue | None
Argument = Missing | tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One call: rows of cells for every argument (``None`` is a blank cell), and the answer."""

    id: str
    function: str
    arguments: tuple[Argument, ...]
    expected: object
    starts: str = ""

    def is_right(self, answer: object) -> bool:
        """Tell whether an answer is the expected one: numbers to fifteen digits, texts to the letter."""
        if self.starts:
            return isinstance(answer, str) and answer.startswith(self.starts)
        return _same(_plain(answer), _plain(self.expected))


@cache
def golden_cases() -> tuple[Case, ...]:
    """Read the table."""
    sections = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    cases = []
    for function, section in sections.items():
        for name, case in section.items():
            arguments = tuple(_argument(argument) for argument in case["of"])
            expected, starts = case.get("is"), case.get("starts", "")
            cases.append(Case(f"{function}: {name}", function, arguments, expected, starts))
    return tuple(cases)


def serial(day: date) -> int:
    """Return the number a spreadsheet gives a day."""
    return (day - _DAY_ZERO).days


def _argument(written: object) -> Argument:
    if written == {"missing": True}:
        return MISSING
    if not isinstance(written, list):
        return ((_cell(written),),)
    return tuple(tuple(map(_cell, row if isinstance(row, list) else [row])) for row in written)


def _cell(written: object) -> Cell:
    if written == {}:
        return None
    if isinstance(written, dict):
        return ErrorValue(written["error"])
    return written


def _plain(answer: object) -> object:
    """Unwrap rows of one cell, which some hosts give for a single value."""
    if isinstance(answer, (list, tuple)):
        rows = [list(row) if isinstance(row, (list, tuple)) else [row] for row in answer]
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows
    return answer


def _same(answer: object, expected: object) -> bool:
    if isinstance(expected, list):
        return (
            isinstance(answer, list)
            and len(answer) == len(expected)
            and all(
                len(row) == len(wanted) and all(map(_same, row, wanted))
                for row, wanted in zip(answer, expected, strict=True)
            )
        )
    if answer is None:
        answer = ""
    if isinstance(answer, int | float) and isinstance(expected, int | float):
        return math.isclose(answer, expected, rel_tol=6e-15)
    return answer == expected
