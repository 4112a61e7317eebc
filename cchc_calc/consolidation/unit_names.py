"""Names of units in a register, made comparable: "UBND P. Phương Sơn" and "Phường Phương Sơn" are one."""

from __future__ import annotations

import re
from typing import Final

from cchc_calc.letterhead import CENTRAL_CITIES, LEVEL_OF_KIND
from cchc_calc.spelling import clean, without_marks
from cchc_calc.unit_names import unit_key

_SHORT_KIND: Final = re.compile(r"^(tp|tx|q|h)(?:\. ?| (?=\S)|(?=\d))")
_SHORT_KINDS: Final = {"tp": "thành phố", "tx": "thị xã", "q": "quận", "h": "huyện"}
_KIND: Final = re.compile(rf"^({'|'.join(sorted(LEVEL_OF_KIND, key=len, reverse=True))}) (?=\S)")
_PARENT: Final = re.compile(r"\s*(?:,|;|\(|\s[-–]\s)\s*|\s+thuộc\s+", re.IGNORECASE)
_NOT_WORD: Final = re.compile(r"[\W_]+")
_CENTRAL: Final = frozenset(unit_key(f"thành phố {name}") for name in CENTRAL_CITIES)


def name_key(name: str) -> str:
    """Reduce the name of a unit of any level to what tells it from others.

    >>> name_key("UBND P. Phương Sơn") == name_key("Phường Phương Sơn")
    True
    >>> name_key("TP. Nha Trang"), name_key("Q.1")
    ('thành phố nha trang', 'quận 1')
    """
    return _SHORT_KIND.sub(lambda short: f"{_SHORT_KINDS[short[1]]} ", unit_key(name))


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Order names so that "phường 2" comes before "phường 10".

    >>> sorted(["Phường 10", "Phường 2"], key=natural_order)
    ['Phường 2', 'Phường 10']
    """
    words = name_key(name).split()
    return tuple((0, int(word), "") if word.isdecimal() else (1, 0, word) for word in words)


def own_and_parent(name: str) -> tuple[str, str]:
    """Part a name from that of the unit above it, which may follow; the keys of both are given.

    >>> own_and_parent("UBND phường 3, thành phố Đà Lạt")
    ('phường 3', 'thành phố đà lạt')
    >>> own_and_parent("Phường Phương Sơn")
    ('phường phương sơn', '')
    """
    own, *above = _PARENT.split(clean(name), maxsplit=1)
    return name_key(own), name_key(above[0].rstrip(")")) if above else ""


def kind_of(key: str) -> str:
    """Name the kind that opens a key ("phường", "thành phố"), or nothing.

    >>> kind_of("thị xã ninh hòa"), kind_of("nha trang")
    ('thị xã', '')
    """
    found = _KIND.match(key)
    return found[1] if found else ""


def level_of_name(key: str) -> str:
    """Name the level of administration a key's kind says, or nothing; a central city stands where a province does.

    >>> level_of_name(name_key("Xã Vĩnh Thạnh")), level_of_name(name_key("TP Đà Nẵng")), level_of_name("nha trang")
    ('commune', 'province', '')
    """
    return "province" if key in _CENTRAL else LEVEL_OF_KIND.get(kind_of(key), "")


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a name or of a file's name, without marks and capitals.

    >>> words_of("Bieu-PHƯƠNG_Sơn (2)")
    ('bieu', 'phuong', 'son', '2')
    """
    return tuple(filter(None, _NOT_WORD.split(without_marks(clean(text)).casefold())))
