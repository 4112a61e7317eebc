"""The register of units: who there is, under whom, from when to when, and what became of those that were merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.unit_names import name_key, own_and_parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.findings import Finding

_MOST_MERGERS: Final = 8
"""So many mergers are followed one after the other; a longer chain is a circle."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in one span of its life; a code may be given again to the unit that takes its place.

    ``level`` is "commune", "district" or "province"; ``parent`` and ``successor`` are codes, empty where there is
    none. The unit exists from ``valid_from`` to ``valid_to``, both included; ``None`` is no limit.
    """

    code: str
    name: str
    level: str
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""

    def exists_on(self, day: date) -> bool:
        """Tell whether the unit exists on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means in the register on a day.

    ``merged`` is the unit of that name where it no longer exists and ``unit`` is its successor. Without a ``unit``
    the Vietnamese ``reason`` says why.
    """

    unit: Unit | None
    merged: Unit | None = None
    reason: str = ""


@dataclass(frozen=True)
class Register:
    """Units as an office lists them, in its order, and the findings of reading the list."""

    units: tuple[Unit, ...]
    findings: tuple[Finding, ...] = ()

    def find(self, name: str, day: date) -> Match:
        """Find the unit of a name on a day; a name that exists twice needs its parent behind a comma, or the code.

        >>> from datetime import date
        >>> register = Register((
        ...     Unit("22351", "Phường Phương Sài", "commune", valid_from=date(2024, 11, 1)),
        ...     Unit("22354", "Phường Phương Sơn", "commune", valid_to=date(2024, 10, 31), successor="22351"),
        ... ))
        >>> register.find("UBND P. Phương Sơn", date(2023, 9, 12)).unit.code
        '22354'
        >>> match = register.find("Phường Phương Sơn", date(2025, 3, 14))
        >>> match.unit.name, match.merged.name
        ('Phường Phương Sài', 'Phường Phương Sơn')
        >>> register.find("Phường 3", date(2023, 9, 12)).reason
        'không có trong danh sách đơn vị'
        """
        named = self._named(name)
        if not named:
            return Match(None, reason="không có trong danh sách đơn vị")
        existing = tuple(unit for unit in named if unit.exists_on(day))
        if len(existing) > 1:
            above = ", ".join(sorted({self.name_of(unit.parent) for unit in existing} - {""}))
            return Match(None, reason=f"có {len(existing)} đơn vị cùng tên{f' ({above})' if above else ''}")
        if existing:
            return Match(existing[0])
        return self._merged(named, day)

    def units_of(self, level: str, day: date, parent: str = "") -> tuple[Unit, ...]:
        """List the units of a level that exist on a day, in the register's order, all or those under a parent.

        ``parent`` is a code or a name; the units under it may be so by way of others.
        """
        key = name_key(parent)
        return tuple(
            unit
            for unit in self.units
            if unit.level == level and unit.exists_on(day) and (not parent or self._is_below(unit, parent, key))
        )

    def first(self, written: str) -> Unit | None:
        """Give the first unit of a code or a name, whenever it exists."""
        return next(iter(self._named(written)), None)

    def ancestors(self, unit: Unit) -> Iterator[Unit]:
        """Yield the units above a unit, the next one first."""
        seen = {unit.code}
        code = unit.parent
        while code in self._of_code and code not in seen:
            seen.add(code)
            above = self._of_code[code][0]
            yield above
            code = above.parent

    def name_of(self, code: str) -> str:
        """Give the name of the unit of a code, or an empty text."""
        return self._of_code[code][0].name if code in self._of_code else ""

    @cached_property
    def _of_code(self) -> dict[str, tuple[Unit, ...]]:
        return _grouped((unit.code, unit) for unit in self.units)

    @cached_property
    def _of_name(self) -> dict[str, tuple[Unit, ...]]:
        return _grouped((name_key(unit.name), unit) for unit in self.units)

    def _named(self, name: str) -> tuple[Unit, ...]:
        """List the units of a code or a name; what stands behind a dash may belong to the name or be the parent."""
        whole = self._of_code.get(name.strip(), ()) or self._of_name.get(name_key(name), ())
        if whole:
            return whole
        own, parent = own_and_parent(name)
        return tuple(unit for unit in self._of_name.get(own, ()) if self._stands_under(unit, parent))

    def _stands_under(self, unit: Unit, parent: str) -> bool:
        return any(name_key(above.name) == parent for above in self.ancestors(unit))

    def _is_below(self, unit: Unit, parent: str, key: str) -> bool:
        return any(parent.strip() == above.code or name_key(above.name) == key for above in self.ancestors(unit))

    def _merged(self, named: tuple[Unit, ...], day: date) -> Match:
        ended = [unit for unit in named if _end(unit) < day]
        if not ended:
            begin = min(unit.valid_from or day for unit in named)
            return Match(None, reason=f"chỉ có từ ngày {begin:%d/%m/%Y}")
        end = max(map(_end, ended))
        last = [unit for unit in ended if _end(unit) == end]
        if len(last) > 1:
            return Match(None, reason=f"từng có {len(last)} đơn vị cùng tên trong danh sách")
        successor: Unit | None = last[0]
        for _ in range(_MOST_MERGERS):
            if successor is None or successor.exists_on(day):
                break
            successor = self._successor(successor)
        if successor is None or not successor.exists_on(day):
            return Match(None, reason=f"không còn từ sau ngày {end:%d/%m/%Y}, danh sách không ghi đơn vị kế thừa")
        return Match(successor, merged=last[0])

    def _successor(self, unit: Unit) -> Unit | None:
        """Give the unit that took the place of one that ended; it may bear the same code."""
        following = [later for later in self._of_code.get(unit.successor, ()) if _end(later) > _end(unit)]
        return min(following, key=_end, default=None)


def _end(unit: Unit) -> date:
    return unit.valid_to or date.max


def _grouped(pairs: Iterator[tuple[str, Unit]]) -> dict[str, tuple[Unit, ...]]:
    groups: dict[str, list[Unit]] = {}
    for key, unit in pairs:
        groups.setdefault(key, []).append(unit)
    return {key: tuple(units) for key, units in groups.items()}
