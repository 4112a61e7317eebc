"""Two numbers that belong together: 446/447, 12 trên 16 đơn vị, từ 12 đến 15 điểm, từ 80 lên 85%."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from cchc_calc.numerals.tokens import BREAKS, phrases
from cchc_calc.numerals.units import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.numerals.mentions import Mention
    from cchc_calc.numerals.tokens import Tokens


class Tie(Enum):
    """What ties a number to the next."""

    NONE = "none"
    RATIO = "ratio"
    RANGE = "range"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Group:
    """One number alone, or two with their tie; ``upper`` is the comparator of the second number of a range."""

    mentions: tuple[Mention, ...]
    tie: Tie = Tie.NONE
    upper: str = ""

    @property
    def first(self) -> int:
        """Return the token of the first number."""
        return self.mentions[0].first


_SLASHES = frozenset({"/", "/ tổng số"})
_OUT_OF = frozenset({"trên", "trên tổng số", "trong tổng số", "trong số"})
_RANGES = {
    **dict.fromkeys(("đến", "tới", "-", "–", "—", "~", "đến hết", "đến không quá", "đến tối đa"), ""),
    **dict.fromkeys(("đến dưới", "tới dưới", "- dưới", "– dưới", "— dưới", "đến cận"), "<"),
    **dict.fromkeys(("đến bằng", "đến hết mức"), "<="),
}
_TURNS = frozenset({"lên", "lên thành", "xuống", "xuống còn", "còn"})
_LONGEST_LINK = 4
# Before n/m, these say that it is a day and month, or part of an address.
_BEFORE_A_DAY = phrases("ngày; từ; đến; hết; trước; sau; tới; lễ; dịp; sáng; chiều; tối; hôm; tháng; lúc; tết")
_IN_AN_ADDRESS = phrases("đường; phố; nhà; hẻm; ngõ; kiệt")
# Before n/m, these say that it is a ratio: the last words of hoàn thành, giải quyết, đúng hạn, tỷ lệ and the like.
_BEFORE_A_RATIO = phrases(
    """
    đạt; thành; được; có; là; quyết; lý; hiện; chiếm; bằng; :; hạn; còn; gồm; (; xong; với; nhận; lệ; tổng; quả; vượt
    khoảng; gần; hơn; trên; dưới
    """
)
_AFTER_A_RATIO = frozenset({"đạt", "chiếm", "tỷ", "tỉ"})
# tỷ lệ, quy hoạch, bản đồ, chi tiết
_BEFORE_A_SCALE = frozenset({"lệ", "hoạch", "đồ", "tiết"})
_SCALES_OF_MAPS = frozenset({"500", "1000", "2000", "5000", "10000", "25000"})


def group(tokens: Tokens, mentions: list[Mention]) -> Iterator[Group]:
    """Tie the numbers that belong together; the first number of a pair takes the unit of the second."""
    place = 0
    while place < len(mentions):
        chain = _slashed(tokens, mentions, place)
        if chain > 2:
            # 1/2/3 and 12/2022/5 are neither counts nor ratios.
            place += chain
            continue
        pair = _tied(tokens, *mentions[place : place + 2]) if place + 1 < len(mentions) else None
        yield pair or Group((mentions[place],))
        place += 2 if pair else 1


def is_day(tokens: Tokens, pair: Group) -> bool:
    """Tell whether n/m is rather a date, a document of a year, a scale of a map or an address than a ratio."""
    part, whole = pair.mentions
    before = tokens.word(part.first - 1)
    explains_a_rate = before == "(" and tokens.word(part.first - 2).endswith("%")
    if whole.is_counted or explains_a_rate:
        return False
    if before in _IN_AN_ADDRESS:
        return True
    after = {tokens.word(whole.last + 1), tokens.word(whole.last + 2)}
    stated = before in _BEFORE_A_RATIO or bool(after & _AFTER_A_RATIO)
    if part.digits == "1" and whole.digits.replace(".", "") in _SCALES_OF_MAPS and before in _BEFORE_A_SCALE:
        return not after & _AFTER_A_RATIO
    if len(whole.digits) == 4 and whole.digits.startswith(("19", "20")):
        return not stated or _is_up_to(12, part.digits)
    if not (_is_up_to(31, part.digits) and _is_up_to(12, whole.digits)):
        return False
    return before in _BEFORE_A_DAY or not (stated or before in BREAKS)


def _is_up_to(most: int, digits: str) -> bool:
    return len(digits) <= 2 and digits.isdigit() and 1 <= int(digits) <= most


def _slashed(tokens: Tokens, mentions: list[Mention], place: int) -> int:
    """Count the numbers from ``place`` on that are joined by bare slashes."""
    count = 1
    while place + count < len(mentions):
        before, after = mentions[place + count - 1], mentions[place + count]
        if before.is_counted or tokens.phrase(before.last + 1, after.first - 1) != "/":
            break
        count += 1
    return count


def _tied(tokens: Tokens, first: Mention, second: Mention) -> Group | None:
    if second.first - first.last - 1 > _LONGEST_LINK:
        return None
    link = tokens.phrase(first.last + 1, second.first - 1)
    if first.is_counted and second.is_counted and first.unit.name != second.unit.name:
        return None
    shared = replace(first, unit=second.unit) if second.is_counted else first
    if not first.is_counted and not first.power:
        shared = replace(shared, power=second.power)
    whole = second if second.is_counted else replace(second, unit=first.unit)
    if link in _SLASHES:
        return Group((shared, whole), Tie.RATIO)
    if link in _OUT_OF and second.unit.kind in WHOLE:
        return Group((shared, second), Tie.RATIO)
    if link in _TURNS and tokens.word(first.first - 1) == "từ":
        return Group((shared, whole), Tie.CHANGE)
    if link in _RANGES and (second.is_counted or first.is_counted) and _ascends(tokens, first, second):
        return Group((shared, whole), Tie.RANGE, _RANGES[link])
    return None


def _ascends(tokens: Tokens, first: Mention, second: Mention) -> bool:
    if tokens.word(first.first - 1) == "từ":
        return True
    low, high = first.read(second.unit).value, second.read(second.unit).value
    return low is not None and high is not None and low < high
