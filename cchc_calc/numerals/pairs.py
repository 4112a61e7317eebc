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
# Before a day and month these say so; before a ratio they do not stand.
_BEFORE_A_DAY = phrases(
    """
    ngày; từ; đến; hết; trước; sau; tới; lễ; dịp; đường; phố; sáng; chiều; tối; hôm; tháng; nhà; hẻm; ngõ; lúc; tết
    """
)
_BEFORE_A_RATIO = phrases(
    """
    đạt; thành; được; có; là; quyết; lý; hiện; chiếm; bằng; :; hạn; còn; gồm; (; xong; với; nhận; lệ; tổng; quả; vượt
    khoảng; gần; hơn; trên; dưới
    """
)
_AFTER_A_RATIO = frozenset({"đạt", "chiếm", "tỷ", "tỉ"})
_SCALES_OF_MAPS = frozenset({"500", "1000", "2000", "5000", "10000", "1.000", "2.000", "5.000", "10.000", "25.000"})


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
    """Tell whether n/m is rather a day and month, a scale of a map or a month and year than a ratio."""
    part, whole = pair.mentions
    if whole.is_counted or not (part.digits.isdigit() and whole.digits.isdigit()):
        return False
    before = tokens.word(part.first - 1)
    after = tokens.word(whole.last + 1)
    if len(whole.digits) == 4 and 1900 <= int(whole.digits) < 2100:
        return before != "("
    if part.digits == "1" and whole.digits in _SCALES_OF_MAPS:
        return True
    if not (1 <= int(part.digits[:3]) <= 31 and 1 <= int(whole.digits[:3]) <= 12):
        return before in {"đường", "nhà", "hẻm", "ngõ"}
    if before in _BEFORE_A_DAY:
        return True
    if before in _BEFORE_A_RATIO or before in BREAKS or after in _AFTER_A_RATIO:
        return False
    return tokens.word(whole.last + 2) not in _AFTER_A_RATIO


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
