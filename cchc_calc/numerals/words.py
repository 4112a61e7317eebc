"""Numbers written out in words: sáu, mười hai, hai mươi mốt, một trăm linh năm, ba nghìn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cchc_calc.numerals.tokens import Tokens

_DIGITS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_FIRST = _DIGITS.keys() | {"mười"}
_AFTER_TENS = _DIGITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_SCALES = {"tỷ": 9, "tỉ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3}

POWERS = _SCALES | {"vạn": 4, "trăm": 2, "chục": 1, "tr": 6}
"""The powers of ten by which a number in digits is multiplied: 1,2 triệu, 20 nghìn, 3 chục."""


def words_number(tokens: Tokens, first: int) -> tuple[int, int] | None:
    """Read the number whose first word is token ``first``: its value and the number of its last token.

    ``None`` where no number begins. Whether the words count anything is for the caller to judge: "một" begins
    "một cửa" too.
    """
    if tokens.word(first) not in _FIRST:
        return None
    total, place, smallest = 0, first, 12
    while True:
        group = _below_thousand(tokens, place, inside=place > first)
        if group is None:
            break
        value, last = group
        power = _SCALES.get(tokens.word(last + 1), 0)
        if power >= smallest:
            break
        total, smallest = total + value * 10**power, power
        place = last + (2 if power else 1)
        if not power:
            break
    return (total, place - 1) if place > first else None


def _below_thousand(tokens: Tokens, first: int, *, inside: bool) -> tuple[int, int] | None:
    """Read hundreds, tens and ones; ``inside`` a longer number "không trăm" may begin it."""
    leading = _DIGITS.get(tokens.word(first), 0 if inside and tokens.word(first) == "không" else None)
    if leading is not None and tokens.word(first + 1) == "trăm":
        rest = _ones(tokens, first + 3) if tokens.word(first + 2) in {"linh", "lẻ"} else None
        rest = rest or _below_hundred(tokens, first + 2)
        return (leading * 100 + rest[0], rest[1]) if rest else (leading * 100, first + 1)
    return _below_hundred(tokens, first)


def _below_hundred(tokens: Tokens, first: int) -> tuple[int, int] | None:
    word, following = tokens.word(first), tokens.word(first + 1)
    if word == "mười":
        ones = _AFTER_TENS.get(following, 0) if following not in {"mốt", "tư", "năm"} else 0
        return 10 + ones, first + (1 if ones else 0)
    if word not in _DIGITS:
        return None
    if following != "mươi":
        return _DIGITS[word], first
    # "hai mươi năm" is twenty years: after tens, five is "lăm".
    ones = _AFTER_TENS.get(tokens.word(first + 2), 0) if tokens.word(first + 2) != "năm" else 0
    return _DIGITS[word] * 10 + ones, first + (2 if ones else 1)


def _ones(tokens: Tokens, place: int) -> tuple[int, int] | None:
    return (_AFTER_TENS[tokens.word(place)], place) if tokens.word(place) in _AFTER_TENS else None
