"""The names that units of a tally get on their forms and for their files."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.unit_names import kind_of, name_key, own_and_parent
from cchc_calc.intake.unit_file_names import LONGEST, unit_file_names
from cchc_calc.letterhead import find_unit
from cchc_calc.spelling import capitalised, clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cchc_calc.consolidation.register import Register, Unit
    from cchc_calc.dossiers.units import NamedUnit

_OFFICE: Final = "UBND "
_WRITTEN_OFFICE: Final = re.compile(r"(?:UBND|[uủ][yỷ] ban nhân dân) ", re.IGNORECASE)


def titles_of(units: Sequence[NamedUnit], day: date, register: Register | None = None) -> tuple[str, ...]:
    """Name units as the heads of their forms do; two of one name are told apart by the unit above them.

    >>> from datetime import date
    >>> from cchc_calc.dossiers.units import NamedUnit
    >>> units = [NamedUnit("22354", "P. Phương Sơn", "commune"), NamedUnit("sở nội vụ", "Sở Nội vụ", "")]
    >>> titles_of(units, date(2023, 9, 12))
    ('UBND phường Phương Sơn', 'Sở Nội vụ')
    """
    titles = [official_name(unit.name) for unit in units]
    times = Counter(titles)
    above = [_name_above(unit, day, register) for unit in units]
    return tuple(
        f"{title}, {parent[:1].lower()}{parent[1:]}" if times[title] > 1 and parent else title
        for title, parent in zip(titles, above, strict=True)
    )


def file_names_of(
    units: Sequence[NamedUnit], day: date, register: Register | None = None, longest: int = LONGEST
) -> tuple[str, ...]:
    """Name the files of units, without their endings; where needed with the unit above and the code.

    >>> from datetime import date
    >>> from cchc_calc.dossiers.units import NamedUnit
    >>> file_names_of([NamedUnit("phường phương sơn", "UBND P. Phương Sơn", "commune")], date(2023, 9, 12))
    ('Phường Phương Sơn',)
    """
    return unit_file_names([_claims(unit, day, register) for unit in units], longest)


def official_name(name: str) -> str:
    """Name a unit as its office does; what is no unit of the administration keeps its name.

    >>> official_name("P.3"), official_name("ỦY BAN NHÂN DÂN XÃ TÂN HÒA"), official_name("Trung tâm Hành chính công")
    ('UBND phường 3', 'UBND xã Tân Hòa', 'Trung tâm Hành chính công')
    >>> official_name("Phường 3, TP Nha Trang")
    'UBND phường 3, TP Nha Trang'
    """
    written = "".join(sign for sign in clean(name) if sign.isprintable())
    own, above = own_and_parent(written)
    if not kind_of(own):
        return written
    bare = _WRITTEN_OFFICE.sub("", written)
    found = find_unit(f"{_OFFICE}{bare}", (), ())
    return f"{_OFFICE}{bare[:1].lower()}{bare[1:]}" if above or name_key(found) != own else found


def _claims(unit: NamedUnit, day: date, register: Register | None) -> tuple[str, ...]:
    name = capitalised(official_name(unit.name).removeprefix(_OFFICE))
    parent = _name_above(unit, day, register)
    known = _registered(unit, day, register)
    told = [parent, known.code if known is not None else ""]
    more = [told[:1], told] if parent else [told]
    return (name, *(f"{name} ({', '.join(filter(None, words))})" for words in more if any(words)))


def _name_above(unit: NamedUnit, day: date, register: Register | None) -> str:
    known = _registered(unit, day, register)
    return "" if known is None or register is None else register.name_of(known.parent)


def _registered(unit: NamedUnit, day: date, register: Register | None) -> Unit | None:
    found = None if register is None else register.find(unit.key, day).unit
    return found if found is not None and found.code == unit.key else None
