"""Whose submission it is: the unit of the register, or what the file says where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.catalogue import LEVEL_NAMES
from cchc_calc.consolidation.file_names import FileNames
from cchc_calc.consolidation.refusals import Fault
from cchc_calc.consolidation.unit_names import name_key

if TYPE_CHECKING:
    from datetime import date

    from cchc_calc.consolidation.heads import Head
    from cchc_calc.consolidation.register import Register, Unit


_NAME_REMEDY: Final = "Ghi đúng tên đơn vị như trong danh sách đơn vị, hoặc bổ sung đơn vị vào danh sách."
_LEVEL_REMEDY: Final = "Bỏ tệp này ra khỏi thư mục: số liệu của nó đã gồm hoặc nằm trong số liệu của các đơn vị khác."


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose submission it is: ``key`` tells units apart, ``merged`` is the old unit under whose name it was sent."""

    key: str
    name: str
    unit: Unit | None = None
    merged: Unit | None = None
    fault: Fault | None = None


class Identification:
    """Finds out whose submissions they are."""

    def __init__(self, level: str, register: Register | None, parent: str, day: date) -> None:
        """Know the units of a level that report on a day; without a register every name is one."""
        self._level = level
        self._register = register
        self._day = day
        self._parent = parent
        self.expected = () if register is None else register.units_of(level, day, parent)
        self._expected = frozenset(unit.code for unit in self.expected)
        self._by_name: dict[str, list[Unit]] = {}
        for unit in self.expected:
            self._by_name.setdefault(name_key(unit.name), []).append(unit)
        self._file_names = FileNames(unit.name for unit in self.expected)

    def identify(self, head: Head) -> Identity:
        """Tell whose submission it is, or why nobody can; the unit of another level is refused by name."""
        name = head.unit.strip() or head.source
        if head.level != self._level and head.unit:
            return Identity(name_key(name), name, fault=self._of_other_level(name, head.level))
        if self._register is None:
            return Identity(name_key(name) if head.unit else f"tệp {head.source}", name)
        if not head.unit:
            fault = Fault("X03", "tệp không ghi tên đơn vị báo cáo", _NAME_REMEDY)
            return Identity(f"tệp {head.source}", name, fault=fault)
        return self._registered(head, name, self._register)

    def _registered(self, head: Head, name: str, register: Register) -> Identity:
        match = register.find(self._within(name), self._day)
        if match.unit is None:
            return Identity(name_key(name), name, fault=Fault("X03", f"“{name}”: {match.reason}", _NAME_REMEDY))
        unit = match.unit
        if unit.level != self._level:
            return Identity(unit.code, unit.name, unit, fault=self._of_other_level(name, unit.level))
        if unit.code not in self._expected:
            message = f"“{name}” không thuộc {register.name_of(self._parent) or self._parent}"
            return Identity(unit.code, unit.name, unit, fault=Fault("X03", message, _NAME_REMEDY))
        old = "" if match.merged is None else match.merged.name
        if other := self._file_names.other_unit(head.source, name, unit.name, old):
            message = f"tên tệp ghi “{other}”, trong tệp ghi “{name}”"
            remedy = "Mở tệp xem là của đơn vị nào, rồi sửa tên tệp hoặc tên đơn vị trong tệp."
            return Identity(unit.code, unit.name, unit, match.merged, Fault("X01", message, remedy))
        return Identity(unit.code, unit.name, unit, match.merged)

    def _within(self, name: str) -> str:
        """Add the parent to a name that exists more than once, but only once under it."""
        alike = self._by_name.get(name_key(name), [])
        return alike[0].code if self._parent and len(alike) == 1 else name

    def _of_other_level(self, name: str, level: str) -> Fault:
        found = f"là đơn vị {LEVEL_NAMES[level]}" if level in LEVEL_NAMES else "không rõ là đơn vị cấp nào"
        message = f"“{name}” {found}, trong khi tổng hợp báo cáo của các đơn vị {LEVEL_NAMES[self._level]}"
        return Fault("X04", message, _LEVEL_REMEDY)
