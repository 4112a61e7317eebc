"""The sheet of figures in our workbook: what each objective asks for in numbers, and what was reached."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell
from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.figures_line import FiguresLine
from cchc_calc.objectives.figures_reading import read_attainment, read_requirement
from cchc_calc.objectives.headings import FIGURES_SHEET, FiguresHeading
from cchc_calc.spelling import clean, comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cchc_calc.document import Document, Table
    from cchc_calc.objectives.records import Attainment, Objective, Requirement

_H: Final = FiguresHeading
_LINE: Final = re.compile(r"\d+\Z")
_TYPED: Final = (
    *(_H.NUMBER, _H.SCOPE, _H.GROUP, _H.COMPARATOR, _H.VALUE, _H.UNIT),
    *(_H.BASE, _H.NUMERATOR, _H.DENOMINATOR, _H.DECLARED),
)
"""What an official fills in; the other columns compute themselves."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the sheet says, by the numbers of the objectives; nothing where there is no such sheet."""

    requirements: Mapping[str, tuple[Requirement, ...]] = field(default_factory=dict)
    attainments: Mapping[str, tuple[Attainment, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def find_figures(document: Document) -> Table | None:
    """Find the sheet of figures of our own workbook by its name and headings; ``None`` in any other document."""
    sheets = (table for table in document.tables if table.name == FIGURES_SHEET)
    return next((sheet for sheet in sheets if _header(sheet) is not None), None)


def read_figures(sheet: Table | None, objectives: Mapping[str, Objective]) -> Figures:
    """Read the lines of the sheet; ``objectives`` are those a line may belong to, by their numbers.

    Each line gives a requirement and, where something is filled in, what was reached. A cell that cannot be read is a
    finding with its place, and leaves its requirement undecided; an empty line is a spare one.
    """
    requirements: defaultdict[str, list[tuple[str, Requirement]]] = defaultdict(list)
    attainments: defaultdict[str, list[Attainment]] = defaultdict(list)
    findings: list[Finding] = []
    for line in () if sheet is None else _lines(sheet):
        objective = objectives.get(line.number)
        if objective is None:
            findings.append(_belongs_nowhere(line))
            continue
        asked = requirements[line.number]
        requirement, faults = read_requirement(line, objective)
        attainment, more_faults = read_attainment(line, requirement, len(asked))
        asked.append((line.group, requirement))
        if attainment is not None:
            attainments[line.number].append(attainment)
        findings += [*faults, *more_faults]
    return Figures(
        {number: _with_groups(asked) for number, asked in requirements.items()},
        {number: tuple(reached) for number, reached in attainments.items()},
        tuple(findings),
    )


def _with_groups(asked: Sequence[tuple[str, Requirement]]) -> tuple[Requirement, ...]:
    """Give lines with the same letter, which are alternatives, one group, and any other line its own."""
    numbers: dict[str, int] = {}
    keys = [letter or f"line {place}" for place, (letter, _) in enumerate(asked)]
    return tuple(
        replace(requirement, group=numbers.setdefault(key, len(numbers) + 1))
        for key, (_, requirement) in zip(keys, asked, strict=True)
    )


def _belongs_nowhere(line: FiguresLine) -> Finding:
    where = line.where(_H.NUMBER)
    if line.number:
        message = f"{where}: trang Kế hoạch không có mục tiêu số {line.number}, hoặc có nhiều mục tiêu cùng số ấy."
        return make_finding("objective_unknown", message, rows=(line.number,), where=where, found=line.number)
    message = f"{where}: dòng có số liệu nhưng không ghi số thứ tự (STT) của mục tiêu; dòng này chưa được dùng."
    return make_finding("objective_unknown", message, where=where)


def _lines(sheet: Table) -> Iterator[FiguresLine]:
    header = _header(sheet)
    if header is None:
        return
    first, columns = header
    for row in sheet.rows[first:]:
        cells = {name: _cell(row, place, sheet.rows[first - 1]) for name, place in columns.items()}
        if any(clean(cell.text) or cell.fault for cell in cells.values()):
            yield FiguresLine(cells)


def _cell(row: Sequence[Cell], place: int, header: Sequence[Cell]) -> Cell:
    """Return a cell of a row; one that is not in the file is empty, and lies under its heading."""
    if place < len(row):
        return row[place]
    line = _LINE.search(row[0].where) if row else None
    return Cell("", _LINE.sub(line[0], header[place].where) if line else "")


def _header(sheet: Table) -> tuple[int, dict[FiguresHeading, int]] | None:
    """Return the place of the first line under the header, and the columns that are filled in."""
    for place, row in enumerate(sheet.rows):
        headings = {comparison_key(cell.text): column for column, cell in enumerate(row)}
        columns = {name: headings[key] for name in _TYPED if (key := comparison_key(name.value)) in headings}
        if len(columns) == len(_TYPED):
            return place + 1, columns
    return None
