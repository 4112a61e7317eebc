"""Levels of administration as offices write them: "xã", "cấp huyện", "phường", "Thành phố"."""

from __future__ import annotations

from typing import Final

from cchc_calc.catalogue import LEVEL_NAMES
from cchc_calc.consolidation.unit_names import level_of_name, name_key
from cchc_calc.letterhead import LEVEL_OF_KIND
from cchc_calc.spelling import comparison_key

_LEVELS: Final = {
    **{name: level for level, name in LEVEL_NAMES.items()},
    **{name.removeprefix("cấp "): level for level, name in LEVEL_NAMES.items()},
    **{level: level for level in LEVEL_NAMES},
    **LEVEL_OF_KIND,
}


def written_level(written: str, name: str) -> str | None:
    """Read the level of a unit, or take that of its name where none is written; ``None`` where nobody can tell.

    >>> written_level("Cấp xã", "Vĩnh Thái"), written_level("", "Phường 3"), written_level("thôn", "Thôn 3")
    ('commune', 'commune', None)
    """
    of_name = level_of_name(name_key(name))
    if not written:
        return of_name or None
    level = _LEVELS.get(comparison_key(written))
    # "Thành phố" alone may be either level; the name of a central city decides.
    return of_name if level == "district" and of_name == "province" else level
