"""The numbers mentioned in a text, each with what directly follows it: a power of ten and a unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_calc.numerals.labels import is_label
from cchc_calc.numerals.tokens import phrases
from cchc_calc.numerals.units import NO_UNIT, WHOLE, Kind, Unit, unit_after
from cchc_calc.numerals.words import POWERS, words_number
from cchc_calc.numerals.written import NumberReading, read_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.numerals.tokens import Tokens

_MOST_GROUPS = 5
_MOST_POWERS = 2
_NO_POWER_BEFORE = frozenset({"lệ", "trọng", "suất"})
# What "một" counts; before anything else it is an article, as in "một cửa", "một số", "một phần".
_COUNTED_BY_ONE = phrases(
    """
    hồ sơ; PAKN; TTHC; đơn; phiếu; trường hợp; cuộc; lớp; cán bộ; công chức; viên chức; chỉ tiêu; đơn vị; địa phương
    xã; phường; thị trấn; huyện
    """
)
_NO_ONE_AFTER = phrases("là; như; của; trong; từng; mỗi; thành; theo; với; cho; bất kỳ; cùng; mọi")
_FIVE_AFTER = phrases("có; gồm; còn; thêm; khoảng; gần; hơn; dưới; chỉ; cử; và; :; (; tại; với; được; đạt; cả")


@dataclass(frozen=True, slots=True)
class Mention:
    """One number where it stands.

    Tokens ``first`` to ``number_end`` are the number, those up to ``last`` its power and unit. ``digits`` are
    as written; a number written out in words has none, and its value in ``spelled``. ``added`` is the smaller
    part of "1 tỷ 200 triệu".
    """

    first: int
    number_end: int
    last: int
    digits: str = ""
    spelled: int = 0
    power: int = 0
    unit: Unit = NO_UNIT
    added: Decimal = Decimal(0)

    @property
    def is_counted(self) -> bool:
        """Tell whether a unit follows."""
        return self.unit is not NO_UNIT

    def read(self, unit: Unit, *, fraction: bool = False) -> NumberReading:
        """Read the number as one of the unit given."""
        if not self.digits:
            return NumberReading(Decimal(self.spelled), note="số viết bằng chữ")
        reading = read_written(self.digits, unit, self.power, fraction=fraction)
        if self.added and reading.value is not None:
            # Both parts are whole and short, so the sum is exact.
            return NumberReading(reading.value + self.added, note=reading.note)
        return reading


def mentions_in(tokens: Tokens) -> Iterator[Mention]:
    """Give every number of the text that is not hidden, in the order written."""
    place = 0
    while place < len(tokens):
        mention = _in_digits(tokens, place) if tokens.is_number(place) else _in_words(tokens, place)
        if mention:
            yield mention
            place = mention.last
        place += 1


def _in_digits(tokens: Tokens, place: int) -> Mention:
    grouped_end = _end_of_groups(tokens, place)
    if grouped_end > place:
        grouped = _with_tail(tokens, Mention(place, grouped_end, grouped_end, tokens.phrase(place, grouped_end)))
        alone = place == 0 and grouped_end == len(tokens) - 1
        if grouped.is_counted or alone or _is_over_groups(tokens, grouped_end + 1):
            return grouped
    mention = _with_tail(tokens, Mention(place, place, place, tokens.word(place)))
    return _with_smaller_part(tokens, mention)


def _is_over_groups(tokens: Tokens, slash: int) -> bool:
    """Tell whether "/ 1 587 hồ sơ" follows, a whole that is written in groups and counted."""
    if tokens.word(slash) != "/" or not tokens.is_number(slash + 1):
        return False
    last = _end_of_groups(tokens, slash + 1)
    return last > slash + 1 and unit_after(tokens, last + 1)[0] is not NO_UNIT


def _end_of_groups(tokens: Tokens, place: int) -> int:
    """Return the last token of "1 234 567", or ``place`` where the number is not written in groups."""
    head = tokens.word(place)
    if not (head.isdigit() and len(head) <= 3 and head[0] != "0") or is_label(tokens, place, counted=False):
        return place
    last = place
    while last - place < _MOST_GROUPS and tokens.gap(last + 1) == 1:
        group, _, decimals = tokens.word(last + 1).partition(",")
        if not (group.isdigit() and group.isascii() and len(group) == 3 and (decimals.isdigit() or not decimals)):
            break
        last += 1
        if decimals:
            break
    return last


def _with_tail(tokens: Tokens, mention: Mention) -> Mention:
    """Add the power and the unit that follow."""
    power, last = _power(tokens, _after_repetition(tokens, mention.number_end))
    unit, last = unit_after(tokens, last + 1)
    return Mention(mention.first, mention.number_end, last, mention.digits, mention.spelled, power, unit)


def _after_repetition(tokens: Tokens, last: int) -> int:
    """Skip the same number in brackets: "05 (năm) hồ sơ", "năm (05) hồ sơ"."""
    if tokens.word(last + 1) != "(":
        return last
    in_words = words_number(tokens, last + 2)
    end = in_words[1] if in_words else last + 2
    repeats = bool(in_words) or (tokens.is_number(end) and not tokens.is_number(last))
    return end + 1 if repeats and tokens.word(end + 1) == ")" else last


def _power(tokens: Tokens, last: int) -> tuple[int, int]:
    power = 0
    for _ in range(_MOST_POWERS):
        if tokens.word(last + 1) in POWERS and tokens.word(last + 2) not in _NO_POWER_BEFORE:
            power += POWERS[tokens.word(last + 1)]
            last += 1
    if tokens.word(last) == "tr" and tokens.word(last + 1) == "." and tokens.word(last + 2) in {"đ", "đồng"}:
        last += 1
    return power, last


def _with_smaller_part(tokens: Tokens, mention: Mention) -> Mention:
    """Read "1 tỷ 200 triệu đồng" as one number."""
    place = mention.last + 1
    if not mention.power or mention.is_counted or not tokens.is_number(place):
        return mention
    smaller = _with_tail(tokens, Mention(place, place, place, tokens.word(place)))
    value = smaller.read(Unit("", Kind.MONEY)).value
    if not smaller.power or value is None or value >= 10**mention.power:
        return mention
    return Mention(
        mention.first, mention.number_end, smaller.last, mention.digits, 0, mention.power, smaller.unit, value
    )


def _in_words(tokens: Tokens, place: int) -> Mention | None:
    found = words_number(tokens, place)
    if found is None or words_number(tokens, place - 1) or tokens.is_number(place - 1):
        return None
    value, last = found
    if is_label(tokens, place, counted=False):
        return None
    mention = _with_tail(tokens, Mention(place, last, last, spelled=value))
    if not mention.is_counted:
        alone = place == 0 and last == len(tokens) - 1 and last > place
        return mention if alone else None
    before, word = tokens.word(place - 1), tokens.word(place)
    if last == place and word == "một" and (mention.unit.name not in _COUNTED_BY_ONE or before in _NO_ONE_AFTER):
        return None
    if last == place and word == "năm" and (mention.unit.kind not in WHOLE or before not in _FIVE_AFTER):
        return None
    return mention
