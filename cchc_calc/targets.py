"""Targets as officials write them: "dưới 1,5%", "từ 25% trở lên", "18/18", and whether a result meets one.

A word that is strict is taken strictly: "trên 83%" is not met by 83 %, "từ 83% trở lên" is. A target without such a
word ("100%", "đạt 95%") is the least to be reached; 0 is the most there may be.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import TargetError
from cchc_calc.rounding import format_number
from cchc_calc.spelling import clean
from cchc_calc.states import exact_fraction

if TYPE_CHECKING:
    from collections.abc import Callable

    from cchc_calc.numerals import Figure
    from cchc_calc.states import Number

MET: Final = "Đạt"
NOT_MET: Final = "Chưa đạt"
UNREACHABLE: Final = "Không thể đạt"
"""The words for a target in a cell; the last where no number of cases can reach it."""

RATE: Final = "%"

_COMPARE: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
# Of a count, "trên 5 hồ sơ" is a rounded figure in prose; as a target it is a bound.
_AS_A_BOUND: Final = {"~>": ">"}
_VAGUE: Final = re.compile(r"(?:[~≈≠±]|\b(?:khoảng|xấp xỉ|gần|ước|cỡ|chừng|tầm)) ?\d", re.IGNORECASE)
# Beside a figure these may set a most as well as a least, and so may a word without its marks ("duoi 2%").
_EITHER_WAY: Final = re.compile(
    r"\b(?:cao nhất|còn|chỉ|kém|xuống|giới hạn|trong|trong vòng)(?: mức| là)? ?\d"
    r"|\b(?:duoi|khong|tren|hon|vuot|toi da|toi thieu|nhieu nhat|it nhat|tro xuong|tro len|tre han|qua han)\b",
    re.IGNORECASE,
)
_NEGATIVE: Final = re.compile(r"^[-−]\d")
_LOWER_IS_BETTER: Final = re.compile(r"\b(?:trễ|quá hạn|quá thời hạn|chậm|tồn đọng)\b", re.IGNORECASE)
_OTHER_RATES: Final = frozenset({"điểm %"})
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Target:
    """A value and how a result has to compare with it: ``<``, ``<=``, ``>`` or ``>=``.

    ``unit`` is ``RATE`` for a share of a whole, whose ``value`` is a fraction of one; else the unit named ("điểm",
    "hồ sơ"), or empty where the text names none and the number may be either. ``text`` is the target as written.
    """

    comparator: str
    value: Fraction
    unit: str
    text: str


def read_target(text: str | Number, comparator: str | None = None) -> Target:
    """Read a target from a phrase or from a bare number.

    ``comparator`` is for a text whose words name none; left out it is ``>=``, and ``<=`` for 0. "n/m" is a share. A
    bare number between 0 and 1 is a share, any other may be a count or a percentage and keeps an empty unit.
    ``TargetError`` with a Vietnamese reason is raised by a text without a number, with more than one, or with one
    that reads two ways; by a vague word ("khoảng", "gần"), a change ("tăng 5% so với"), a share above 1; and by a
    share of what should be low ("trễ hạn 2%") that names no bound.

    >>> from decimal import Decimal
    >>> read_target("dưới 1,5%")
    Target(comparator='<', value=Fraction(3, 200), unit='%', text='dưới 1,5%')
    >>> read_target("18/18 chỉ tiêu").value, read_target("từ 15 điểm trở lên").unit, read_target(Decimal("0.95")).unit
    (Fraction(1, 1), 'điểm', '%')
    """
    if isinstance(text, str):
        return _read_phrase(text, comparator)
    value = _exact(text, "mục tiêu")
    return _target(value, "", comparator, str(text))


def is_met(target: Target, actual: Number) -> bool:
    """Tell whether a result meets a target, exactly.

    Beside a share, ``actual`` is a fraction of one, and above 1 a percentage: 94.2 is 94,2 %. ``TargetError`` is
    raised by a share below 0 or above 100 %, and where neither target nor result says whether it is a percentage
    and the answer depends on it.

    >>> from decimal import Decimal
    >>> is_met(read_target("trên 83%"), Fraction(83, 100)), is_met(read_target("≥ 83%"), Decimal("0.83"))
    (False, True)
    """
    compare = _COMPARE[target.comparator]
    result = _exact(actual, "kết quả")
    if target.unit == RATE:
        return compare(_share(result), target.value)
    met = compare(result, target.value)
    if not target.unit and 0 <= result <= _HUNDRED and target.value <= _HUNDRED:
        as_shares = compare(_share(result), _share(target.value))
        if met is not as_shares:
            msg = f"không rõ mục tiêu “{target.text}” là số lượng hay tỷ lệ: ghi rõ đơn vị, ví dụ “từ 95% trở lên”"
            raise TargetError(msg)
    return met


def several_figures(text: str, count: int) -> TargetError:
    """Make the error for a target with more than one figure."""
    return TargetError(f"mục tiêu “{text}” nêu {count} con số: ghi mỗi mức thành một mục tiêu")


def bound_missing(text: str) -> TargetError:
    """Make the error for a share of what should be low that does not say whether it is the most or the least."""
    return TargetError(f"mục tiêu “{text}” không nói là nhiều nhất hay ít nhất: ghi “dưới” hoặc “không quá”")


@lru_cache(maxsize=512)
def _read_phrase(text: str, comparator: str | None) -> Target:
    from cchc_calc.numerals import parse_figures

    phrase = clean(text)
    value, unit, named = _figure(phrase, parse_figures(phrase))
    if named not in {"=", *_COMPARE} or _VAGUE.search(phrase) or _NEGATIVE.match(phrase) or _is_unclear(phrase, named):
        msg = f"mục tiêu “{phrase}” không nêu một mức rõ ràng: ghi “dưới”, “không quá”, “trên” hoặc “từ … trở lên”"
        raise TargetError(msg)
    if named != "=":
        return _target(value, unit, named, text)
    if comparator is None and 0 < value < 1 and _LOWER_IS_BETTER.search(phrase):
        raise bound_missing(phrase)
    return _target(value, unit, comparator, text)


def _is_unclear(phrase: str, named: str) -> bool:
    return named == "=" and _EITHER_WAY.search(phrase) is not None


def _figure(phrase: str, figures: tuple[Figure, ...]) -> tuple[Fraction, str, str]:
    """Return value, unit and comparator of the one figure, or the one "n/m", that a phrase has to hold."""
    if not figures:
        raise TargetError(f"mục tiêu “{phrase}” không có con số" if phrase else "chưa ghi mục tiêu")
    first = figures[0]
    if first.value is None:
        readings = " hoặc ".join(format_number(reading) for reading in first.readings)
        raise TargetError(f"số trong mục tiêu “{phrase}” đọc được hai cách: {readings}")
    named = _AS_A_BOUND.get(first.comparator, first.comparator)
    is_pair = [figure.role for figure in figures] == ["numerator", "denominator"]
    if is_pair and (whole := figures[1].value):
        return Fraction(first.value) / Fraction(whole), RATE, named
    if len(figures) > 1:
        raise several_figures(phrase, len(figures))
    if "so với" in first.note or first.unit in _OTHER_RATES or "‰" in phrase:
        raise TargetError(f"mục tiêu “{phrase}” là mức tăng, giảm hoặc phần nghìn: ghi mức phải đạt theo %")
    return (
        (Fraction(first.value) / _HUNDRED, RATE, named)
        if first.unit == RATE
        else (Fraction(first.value), first.unit, named)
    )


def _target(value: Fraction, unit: str, comparator: str | None, text: str) -> Target:
    if not unit and 0 < value < 1:
        unit = RATE
    if value < 0 or (unit == RATE and value > 1):
        raise TargetError(f"mục tiêu “{text}” không thể là số âm hoặc tỷ lệ trên 100%")
    if comparator is None:
        comparator = ">=" if value else "<="
    if comparator not in _COMPARE:
        raise TargetError(f"không có phép so sánh “{comparator}”: chọn một trong {', '.join(_COMPARE)}")
    return Target(comparator, value, unit, text)


def _exact(number: Number, name: str) -> Fraction:
    fraction = exact_fraction(number)
    if fraction is None:
        raise TargetError(f"{name} ({number!r}) không phải là một con số")
    return fraction


def _share(number: Fraction) -> Fraction:
    share = number / _HUNDRED if number > 1 else number
    if not 0 <= share <= 1:
        raise TargetError(f"kết quả ({number}) không phải là một tỷ lệ từ 0% đến 100%")
    return share
