"""Names of units, made comparable: "UBND Phường 03" and "phường 3" are one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from cchc_calc.spelling import comparison_key

_OFFICE: Final = re.compile(r"^(?:ubnd|[uủ][yỷ] ban nhân dân) (?=\S)")
_LEADING_ZEROS: Final = re.compile(r"\b0+(?=\d)")
_SHORT_KIND: Final = re.compile(r"^(p|x|tt)(?:\. ?| (?=\S)|(?=\d))")
_KINDS: Final = {"p": "phường", "x": "xã", "tt": "thị trấn"}
# The tone of "hoà" may stand on either letter; both spellings are in use.
_TONE_PLACES: Final = re.compile("([ou])([àáảãạèéẻẽẹỳýỷỹỵ])(?!\\w)")


def unit_key(name: str) -> str:
    """Reduce a unit's name to what tells it from others; the marks of its letters do tell it.

    >>> unit_key("UBND  Phường 03") == unit_key("phường 3"), unit_key("xã Tân Hoà") == unit_key("Xã Tân Hòa")
    (True, True)
    >>> unit_key("P.3"), unit_key("TT. Lạc Dương")
    ('phường 3', 'thị trấn lạc dương')
    >>> unit_key("xã Tân Lập") == unit_key("xã Tấn Lập")
    False
    """
    key = _OFFICE.sub("", comparison_key(name))
    key = _SHORT_KIND.sub(lambda short: f"{_KINDS[short[1]]} ", key)
    return _LEADING_ZEROS.sub("", _TONE_PLACES.sub(_tone_first, key))


def _tone_first(letters: re.Match[str]) -> str:
    vowel_and_tone = unicodedata.normalize("NFD", letters[2])
    return unicodedata.normalize("NFC", letters[1] + vowel_and_tone[1:]) + vowel_and_tone[0]
