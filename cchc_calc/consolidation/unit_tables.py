"""Tables of units at several levels: each with its figures, and the units that make it up under it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cchc_calc.catalogue import LEVELS
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class TableUnit:
    """A unit of a table: its figures by row as printed, and its parts; a row that is missing is blank."""

    name: str
    level: str
    figures: Mapping[str, int | State]
    parts: tuple[TableUnit, ...] = ()

    def figure(self, row: str) -> int | None:
        """Return the figure of a row; ``None`` where there is none that can be used. What did not arise is 0."""
        content = self.figures.get(row, State.BLANK)
        if content is State.NOT_ARISING:
            return 0
        return None if isinstance(content, State) else content

    def summed(self, row: str) -> int | None:
        """Add up the parts; ``None`` when no part has a figure, or one of them cannot be used."""
        if any(part.figures.get(row, State.BLANK) is State.UNDECIDED for part in self.parts):
            return None
        figures = [figure for part in self.parts if (figure := part.figure(row)) is not None]
        return sum(figures) if figures else None

    def gap(self, row: str) -> int:
        """Return what is printed less what the parts add up to; 0 where either is not known."""
        printed, summed = self.figure(row), self.summed(row)
        return 0 if printed is None or summed is None else printed - summed

    def everyone(self) -> Iterator[TableUnit]:
        """Yield the unit and all that stands under it, from the top down."""
        yield self
        for part in self.parts:
            yield from part.everyone()


@dataclass(slots=True)
class _Open:
    name: str
    level: str
    figures: Mapping[str, int | State]
    parts: list[_Open] = field(default_factory=list)

    def closed(self) -> TableUnit:
        return TableUnit(self.name, self.level, self.figures, tuple(part.closed() for part in self.parts))


def nest(lines: Iterable[tuple[str, str, Mapping[str, int | State]]]) -> tuple[TableUnit, ...]:
    """Nest the lines of a printed table (level, name, figures): each stands under the last line of a higher level.

    Raises ValueError for a level that is none of "commune", "district", "province".

    >>> (province,) = nest([
    ...     ("province", "Tỉnh A", {"3.4.3.b": 30}), ("district", "Huyện B", {"3.4.3.b": 30}),
    ...     ("commune", "Xã C", {"3.4.3.b": 10}), ("commune", "Xã D", {"3.4.3.b": 20}),
    ... ])
    >>> [part.name for part in province.parts[0].parts], province.parts[0].gap("3.4.3.b")
    (['Xã C', 'Xã D'], 0)
    """
    roots: list[_Open] = []
    above: list[_Open] = []
    for level, name, figures in lines:
        if level not in LEVELS:
            msg = f"{name}: there is no level {level!r}; there are {', '.join(LEVELS)}"
            raise ValueError(msg)
        unit = _Open(name, level, figures)
        while above and LEVELS.index(above[-1].level) <= LEVELS.index(level):
            above.pop()
        (above[-1].parts if above else roots).append(unit)
        above.append(unit)
    return tuple(root.closed() for root in roots)
