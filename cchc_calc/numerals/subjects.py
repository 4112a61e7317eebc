"""The unit a number takes from the words before it, when none follows: "Tổng số hồ sơ đã giải quyết 425"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from cchc_calc.numerals.tokens import BREAKS, phrases
from cchc_calc.numerals.units import MONEY, NO_UNIT, POINTS, WHOLE, Kind, Unit, unit_after

if TYPE_CHECKING:
    from cchc_calc.numerals.tokens import Tokens

_FAR = 30
_OF_POINTS = frozenset({"tổng điểm", "số điểm", "điểm số", "điểm trung bình", "điểm bình quân", "đạt điểm", "điểm"})
_OF_MONEY = frozenset({"tiền", "kinh phí", "vốn", "ngân sách", "phí", "lệ phí", "giải ngân", "giá trị", "dự toán"})
# What may follow a number that names no unit of its own; another word is taken for a unit not known here.
_NO_NOUN = phrases(
    """
    đúng; trễ; trước; quá; sớm; đã; đang; chưa; còn; là; được; và; hoặc; trong; qua; do; của; so; tại; ở; đạt; chiếm
    tăng; giảm; trực; nộp; từ; không; có; bị; phải; cần; với; theo; để; cho; thuộc; trên; dưới; gồm; bao; đến; về; vào
    thì; nên; mà; nhưng; như; bằng; kỳ; hoàn; xếp; tỷ; tỉ; chuyển; rút; hủy; trả; bổ; toàn; một; mới; tương; thực; trừ
    """
)
_BETWEEN = frozenset({"là", "đạt", ":", "được", "chung"})


def unit_before(tokens: Tokens, first: int) -> Unit:
    """Find what the clause before token ``first`` counts: the noun after "số", or at the head of a label.

    >>> from cchc_calc.folding import fold
    >>> from cchc_calc.numerals.tokens import Tokens
    >>> unit_before(Tokens(fold("Tổng số hồ sơ đã giải quyết 425")), 6).name
    'hồ sơ'
    """
    begin = _clause(tokens, first)
    counted = NO_UNIT
    for place in range(begin, first):
        if tokens.word(place) == "số" and tokens.word(place - 1) not in {"chữ", "ký", "thư", "chỉ"}:
            noun = place + (2 if tokens.word(place + 1) == "lượng" else 1)
            unit, _ = unit_after(tokens, noun)
            counted = unit if unit.kind in WHOLE else counted
    if counted.name:
        return counted
    if tokens.word(first - 1) == ":":
        unit, _ = unit_after(tokens, begin)
        return unit if unit.kind is Kind.COUNT else NO_UNIT
    return _points(tokens, first)


def names_no_unit(tokens: Tokens, after: int) -> bool:
    """Tell whether the word at ``after`` a number leaves its unit to be understood, rather than naming one."""
    word = tokens.word(after)
    return not word[:1].isalpha() or word in _NO_NOUN


def money_before(tokens: Tokens, first: int) -> Unit:
    """Return đồng when the clause before token ``first`` speaks of money: "tổng vốn 1,2 tỷ"."""
    words = [tokens.phrase(place, place) for place in range(_clause(tokens, first), first)]
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return Unit(MONEY, Kind.MONEY) if _OF_MONEY & {*words, *pairs} else NO_UNIT


def subject_of(tokens: Tokens, first: int) -> Unit:
    """Find the first thing named in the sentence before token ``first``: what "chưa phát sinh" is said of."""
    place = first
    while place > max(first - 2 * _FAR, 0) and tokens.word(place - 1) not in BREAKS:
        place -= 1
    for word in range(place, first):
        unit, _ = unit_after(tokens, word)
        if unit.kind is Kind.COUNT and not tokens.is_number(word - 1):
            return unit
    return NO_UNIT


def _points(tokens: Tokens, first: int) -> Unit:
    place = first - 1
    while tokens.word(place) in _BETWEEN:
        place -= 1
    if {tokens.word(place), tokens.phrase(place - 1, place), tokens.phrase(place - 2, place)} & _OF_POINTS:
        return Unit(POINTS, Kind.POINTS)
    return NO_UNIT


def _clause(tokens: Tokens, first: int) -> int:
    """Return where the clause begins that ends before token ``first``: after a mark or another number."""
    place = first
    while place > max(first - _FAR, 0):
        word = tokens.word(place - 1)
        if word in BREAKS or word in {";", ",", "(", ")"} or tokens.is_number(place - 1) or word in {"-", "+"}:
            break
        place -= 1
    return place
