"""The units that dossiers name: which of them are one, and at which level each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.catalogue import LEVEL_NAMES
from cchc_calc.consolidation.unit_names import level_of_name, name_key, own_and_parent
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from datetime import date

    from cchc_calc.consolidation.register import Register


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """The unit a name means; ``level`` is empty where neither the register nor the name tells.

    ``key`` is the same for all names of one unit. ``reason`` says (Vietnamese) why the register knows no such unit.
    """

    key: str
    name: str
    level: str
    reason: str = ""

    @property
    def level_said(self) -> str:
        """Say of which level the unit is, for a sentence that begins with its name.

        >>> NamedUnit("so-noi-vu", "Sở Nội vụ", "").level_said
        'không rõ là đơn vị cấp xã hay cấp huyện'
        """
        known = LEVEL_NAMES.get(self.level)
        return f"là đơn vị {known}" if known else "không rõ là đơn vị cấp xã hay cấp huyện"


def unit_of(name: str, day: date, register: Register | None = None) -> NamedUnit:
    """Find the unit of a name on a day, by the register where there is one, else by the name itself.

    >>> from datetime import date
    >>> unit_of("UBND P. Phương Sơn", date(2023, 9, 12)).level, unit_of("Sở Nội vụ", date(2023, 9, 12)).level
    ('commune', '')
    """
    match = register.find(name, day) if register is not None else None
    if match is not None and match.unit is not None:
        return NamedUnit(match.unit.code, match.unit.name, match.unit.level)
    own, _ = own_and_parent(name)
    reason = "" if match is None else match.reason
    return NamedUnit(name_key(name), clean(name), level_of_name(own), reason)
