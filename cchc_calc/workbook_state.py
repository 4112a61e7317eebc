"""How a workbook is shown and kept, which its cells do not tell: what is hidden in it and what guards it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Span: TypeAlias = tuple[int, int]
"""The first and the last of rows or columns that lie side by side, counted from 1."""


@dataclass(frozen=True, slots=True)
class SheetState:
    """How one sheet is shown and kept.

    ``hidden_rows`` are hidden by hand or by a filter, which ``is_filtered`` tells. ``validated_cells`` counts
    the cells that accept only some values. What a kind of file does not tell is ``None``.
    """

    name: str
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    is_filtered: bool = False
    is_protected: bool | None = None
    validated_cells: int | None = None


@dataclass(frozen=True, slots=True)
class WorkbookState:
    """How a workbook is shown and kept; a document of another kind has an empty one.

    ``sheets`` names the sheets an official sees and ``hidden_sheets`` those he does not, in the order of their
    tabs. ``lost_names`` are names of cells that are gone. ``states`` tells of the sheets that were read, for
    the kinds of file that say so.
    """

    sheets: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    has_macros: bool = False
    lost_names: tuple[str, ...] = ()
    states: tuple[SheetState, ...] = ()

    def state_of(self, sheet: str) -> SheetState:
        """Return how a sheet is shown and kept; of one that was not read nothing is known."""
        return next((state for state in self.states if state.name == sheet), SheetState(sheet))


def spans(numbers: Iterable[int]) -> tuple[Span, ...]:
    """Put numbers that follow each other together; they come in their order.

    >>> spans([3, 5, 6, 7])
    ((3, 3), (5, 7))
    """
    found: list[Span] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
