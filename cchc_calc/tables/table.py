"""A tidy table: columns whose types never depend on the rows, and rows that are made when they are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Kind(Enum):
    """What a column holds.

    LABEL: a text that stands in many rows. TEXT: a text, or ``None``. NUMBER: a float, or ``None``. COUNT: an int.
    """

    LABEL = "label"
    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``labels`` are those that are known beforehand, in their order."""

    name: str
    kind: Kind
    labels: tuple[str, ...] = ()


Block: TypeAlias = "Sequence[Sequence[Any]]"
"""Some rows of a table, column by column."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, and a function that goes through the rows anew each time, so that they need not be kept."""

    columns: tuple[Column, ...]
    blocks: Callable[[], Iterator[Block]]
