"""The words and signs around a number that say how it is meant: không quá, dưới, gần, ≥, trở lên, tăng … so với."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.numerals.tokens import BREAKS
from cchc_calc.numerals.units import LEVELS, Kind

if TYPE_CHECKING:
    from cchc_calc.numerals.tokens import Tokens

_BEFORE: dict[str, str] = {
    **dict.fromkeys(("<=", "=<", "≤", "\\leq", "\\le", "\\leqslant", "&lt;="), "<="),
    **dict.fromkeys(
        (
            "không quá",
            "không để quá",
            "không để vượt quá",
            "không vượt quá",
            "không vượt",
            "chưa quá",
            "tối đa",
            "nhiều nhất",
        ),
        "<=",
    ),
    **dict.fromkeys(("không hơn", "không cao hơn", "không lớn hơn", "không nhiều hơn", "không trên"), "<="),
    **dict.fromkeys(("nhỏ hơn hoặc bằng", "thấp hơn hoặc bằng", "bằng hoặc thấp hơn", "bằng hoặc nhỏ hơn"), "<="),
    **dict.fromkeys(("dưới hoặc bằng", "bằng hoặc dưới", "ko quá"), "<="),
    **dict.fromkeys((">=", "=>", "≥", "\\geq", "\\ge", "\\geqslant", "&gt;="), ">="),
    **dict.fromkeys(("ít nhất", "tối thiểu", "không dưới", "không thấp hơn", "không ít hơn", "không nhỏ hơn"), ">="),
    **dict.fromkeys(("lớn hơn hoặc bằng", "cao hơn hoặc bằng", "bằng hoặc cao hơn", "bằng hoặc lớn hơn"), ">="),
    **dict.fromkeys(("trên hoặc bằng", "bằng hoặc trên"), ">="),
    **dict.fromkeys(("đạt từ", "tối thiểu từ", "ít nhất từ"), ">="),
    **dict.fromkeys(("<", "\\lt", "&lt;", "dưới", "chưa đầy", "chưa đến", "chưa tới", "không đầy"), "<"),
    **dict.fromkeys(("thấp hơn", "nhỏ hơn", "ít hơn", "không đến", "không tới", "kém hơn"), "<"),
    **dict.fromkeys((">", "\\gt", "&gt;", "vượt quá", "vượt trên", "cao hơn", "lớn hơn", "nhiều hơn"), ">"),
    **dict.fromkeys(("gần", "ngót", "xấp xỉ gần"), "~<"),
}
# These compare a level; with a count they only blur it, or say nothing.
_BEFORE_A_LEVEL = {"trên": ">", "hơn": ">", "vượt": ">", "quá": ">", "chưa đạt": "<", "không đạt": "<"}
_BEFORE_A_COUNT = {"trên": "~>", "hơn": "~>"}
_FILLERS = frozenset({"mức", "là", "đạt", "tỷ lệ", "khoảng", "$", "con số", "được", ":", "tỉ lệ"})
_AFTER = {"trở lên": ">=", "trở đi": ">=", "trở xuống": "<=", "trở lại": "<="}
_OPPOSITE = {"<": ">", "<=": ">=", "~<": "~>", ">": "<", ">=": "<=", "~>": "~<", "=": "="}
_CHANGES = {
    **dict.fromkeys(("tăng", "tăng thêm", "cao hơn", "nhiều hơn", "vượt", "lớn hơn"), 1),
    **dict.fromkeys(("giảm", "giảm được", "giảm thêm", "thấp hơn", "ít hơn", "tụt", "kém", "hạ", "sụt"), -1),
}
# "tăng từ 80% lên 85%" sets no bound.
_TURNED = frozenset({"tăng", "giảm", "nâng", "đưa", "chuyển", "rút"})
_TURNS = frozenset({"lên", "xuống", "thành", "còn", "sang"})
_FAR = 14


def comparator_before(tokens: Tokens, first: int, kind: Kind, *, across: bool = False) -> tuple[str, int]:
    """Read the comparator in front of token ``first``, and return it with the number of its first token.

    Nothing compares: ``("=", first)``. ``across`` says that "trên" stands between two counts, where it means
    over and not more than.
    """
    special = _BEFORE_A_LEVEL if kind in LEVELS else _BEFORE_A_COUNT
    place = first
    for _ in range(3):
        for length in (4, 3, 2, 1):
            begin = place - length
            phrase = tokens.phrase(begin, place - 1) if begin >= 0 else ""
            if phrase in _BEFORE:
                return _BEFORE[phrase], begin
            if phrase in special:
                over = phrase == "trên" and (across or kind is Kind.PLACE)
                return ("=", first) if over else (special[phrase], begin)
        filler = next((n for n in (2, 1) if tokens.phrase(place - n, place - 1) in _FILLERS), 0)
        if not filler:
            break
        place -= filler
    return "=", first


def bound(tokens: Tokens, comparator: str, first: int, last: int, kind: Kind) -> tuple[str, int, int]:
    """Add the bound that "từ" before a figure or "trở lên" after it sets to a figure that has none.

    Returns the comparator and the first and last token of the figure with it.
    """
    led_in = tokens.word(first - 1) == "từ"
    # Led in by "từ", "trở lên" may stand some words further on: "từ 25% hồ sơ trở lên".
    reach = 8 if led_in or comparator == ">=" else 2
    for place in range(last + 1, last + reach):
        after = _AFTER.get(tokens.phrase(place, place + 1))
        if after:
            return (after, first - led_in, place + 1) if comparator == "=" else (comparator, first, place + 1)
        if not tokens.word(place)[:1].isalpha():
            break
    turned = tokens.word(first - 2) in _TURNED or tokens.word(last + 1) in _TURNS
    if comparator == "=" and led_in and kind in LEVELS and not turned:
        return ">=", first - 1, last
    return comparator, first, last


def change_before(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Read "tăng … so với" or "giảm … so với" around a figure: +1, -1 or 0, and the first token with it."""
    for length in (2, 1):
        phrase = tokens.phrase(first - length, first - 1)
        if phrase in _CHANGES and _is_compared(tokens, first - length, last):
            return _CHANGES[phrase], first - length
    return 0, first


def _is_compared(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether "so với" stands in the clause: after the figure, or before it with no other number between.

    In "giảm 1,2% và giảm 5 bậc so với năm 2021" both numbers are compared.
    """
    for place in range(last + 1, last + _FAR):
        if tokens.phrase(place, place + 1) == "so với":
            return True
        if tokens.word(place) in BREAKS or (tokens.is_number(place) and tokens.word(place - 1) not in _CHANGES):
            break
    for place in range(first - 1, first - _FAR, -1):
        if tokens.word(place) in BREAKS or tokens.is_number(place):
            break
        if tokens.phrase(place - 1, place) == "so với":
            return True
    return False


def is_average(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether the figure is an average, which may have a fraction: "bình quân 2,5 hồ sơ", "2,5 hồ sơ/ngày"."""
    if tokens.word(last + 1) == "/" and tokens.word(last + 2)[:1].isalpha():
        return True
    for place in range(first - 1, first - _FAR, -1):
        if tokens.word(place) in BREAKS or tokens.is_number(place):
            break
        if tokens.phrase(place, place + 1) in {"bình quân", "trung bình"}:
            return True
    return False


def opposite(comparator: str) -> str:
    """Return the comparator of the negated number: a fall of more than 3 is a change below -3."""
    return _OPPOSITE[comparator]
