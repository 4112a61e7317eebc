"""Rows that stand in groups: the headings of groups are no objectives, and numbers that begin anew get a group's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.objectives.requirements import read_requirements
from cchc_calc.objectives.table_columns import ATTAINED, MEASURING, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.objectives.table_rows import ObjectiveRow

_GROUP_NUMBER: Final = re.compile(r"[IVXLC]{1,5}|[A-ZĐ]")


def is_group_number(number: str) -> bool:
    """Tell a roman number or a capital letter, as groups have.

    >>> [is_group_number(number) for number in ("II", "B", "1", "b", "MT")]
    [True, True, False, False, False]
    """
    return _GROUP_NUMBER.fullmatch(number) is not None


def without_groups(rows: Sequence[ObjectiveRow]) -> list[ObjectiveRow]:
    """Leave out the headings of groups, and number what stands under them by its group ("II.1").

    This is done where numbers come again and each of them stands under a heading of its own, a row that is numbered
    "I" or "A" and names no target. The heading "1" right above "1.1" is left out where it names no target. Other rows
    stay as they are.
    """
    grouped = _numbered_by_group(rows)
    return [row for row, below in zip(grouped, [*grouped[1:], None], strict=False) if not _heads(row, below)]


def _numbered_by_group(rows: Sequence[ObjectiveRow]) -> list[ObjectiveRow]:
    placed = list(_with_headings(rows))
    numbers = Counter(row.number for row, heading in placed if row is not heading)
    repeated = {number for number, count in numbers.items() if count > 1 and number}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for row, heading in placed:
        if row.number in repeated and row is not heading:
            groups[row.number].append("" if heading is None else heading.number)
    headings = Counter({id(heading): heading.number for _, heading in placed if heading is not None}.values())
    is_clear = all(all(names) and len(set(names)) == len(names) for names in groups.values())
    if not repeated or not is_clear or max(headings.values(), default=0) > 1:
        return list(rows)
    return [
        row if heading is None else replace(row, number=f"{heading.number}.{row.number}")
        for row, heading in placed
        if row is not heading
    ]


def _with_headings(rows: Sequence[ObjectiveRow]) -> Iterator[tuple[ObjectiveRow, ObjectiveRow | None]]:
    """Give each row with the heading that it stands under; a heading stands under itself."""
    heading = lettered = None
    for row in rows:
        if row.under is not lettered:
            lettered = row.under
            heading = lettered if lettered is None or _names_no_target(lettered) else None
        if is_group_number(row.number):
            heading = row if _names_no_target(row) else None
        yield row, heading


def _heads(row: ObjectiveRow, below: ObjectiveRow | None) -> bool:
    return below is not None and bool(row.number) and below.number == f"{row.number}.1" and _names_no_target(row)


def _names_no_target(row: ObjectiveRow) -> bool:
    text, attained = row.text(TEXT), row.text(ATTAINED)
    # A cell that is merged over the whole row may be read in each column.
    measuring = "" if row.text(MEASURING) == text else row.text(MEASURING)
    asked = read_requirements(text, measuring)
    return bool(text) and attained in {"", text} and all(one.target is None for one in asked)
