"""Statements that nothing happened, which are a reported 0: "chưa phát sinh", "không nhận được … nào", ": Không."."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.numerals.subjects import subject_of, unit_before
from cchc_calc.numerals.tokens import BREAKS, phrases
from cchc_calc.numerals.units import NO_UNIT, WHOLE, Kind, Unit, unit_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.numerals.tokens import Tokens

_NEGATIONS = frozenset({"không", "chưa"})
_ARISE = frozenset({"phát sinh", "có phát sinh", "phát sinh thêm", "phát sinh mới"})
_VERBS = phrases(
    """
    có; còn; nhận; nhận được; tiếp nhận; tiếp nhận được; ban hành; phát hiện; phát hiện có; ghi nhận; xảy ra
    để xảy ra; xử lý; giải quyết; phải xử lý
    """
)
# Things whose absence is worth a 0 even without "nào".
_TELLING = frozenset({"hồ sơ", "PAKN", "đơn", "TTHC", "trường hợp", "vụ", "vụ việc", "sai phạm", "đơn vị"})
_ENDS = BREAKS | {";", ",", ")", "/"}
_GOES_ON = _ENDS | {"do", "vì", "trong", "tại", "ở", "nên", "so", "trên", "từ", "(", "và", "theo", "qua", "đối"}
_FAR = 14


@dataclass(frozen=True, slots=True)
class Zero:
    """A stated 0: its first and last token and what there was none of."""

    first: int
    last: int
    unit: Unit


def zero_statements(tokens: Tokens) -> Iterator[Zero]:
    """Find every statement of a 0, in the order written."""
    for place in range(len(tokens)):
        if tokens.word(place) in _NEGATIONS:
            zero = _after_label(tokens, place) or _nothing_of(tokens, place)
            if zero:
                yield zero


def _after_label(tokens: Tokens, place: int) -> Zero | None:
    """Read "Nhóm đạt mức độ khá: Không." and "Hồ sơ trễ hạn: không có"."""
    last = place + 1 if tokens.word(place + 1) in {"có", "phát"} else place
    last += tokens.phrase(last, last + 1) == "phát sinh"
    if tokens.word(place - 1) != ":" or tokens.word(last + 1) not in _ENDS:
        return None
    label = range(_begin_of_label(tokens, place - 1), place - 1)
    if any(tokens.word(word) in {"nhóm", "điểm"} for word in label):
        return Zero(place, last, Unit("đơn vị", Kind.PLACE))
    return Zero(place, last, unit_before(tokens, place))


def _nothing_of(tokens: Tokens, place: int) -> Zero | None:
    """Read "không phát sinh hồ sơ", "chưa nhận được phản ánh nào", "không ban hành văn bản … nào"."""
    for length in (3, 2, 1):
        verb = tokens.phrase(place + 1, place + length)
        if verb in _ARISE or verb in _VERBS:
            break
    else:
        return None
    object_ = place + length + 1
    unit, last = unit_after(tokens, object_)
    if unit.kind in WHOLE:
        any_ = next((word for word in range(last + 1, last + _FAR) if tokens.word(word) in _ENDS | {"nào"}), last)
        if tokens.word(any_) == "nào":
            return Zero(place, any_, unit)
        telling = verb in _ARISE or unit.name in _TELLING or tokens.word(last + 1) == "bị"
        return Zero(place, last, unit) if telling else None
    if verb in _ARISE and unit is NO_UNIT and tokens.word(object_) in _GOES_ON:
        return Zero(place, object_ - 1, subject_of(tokens, place))
    return None


def _begin_of_label(tokens: Tokens, colon: int) -> int:
    place = colon
    while place > max(colon - 2 * _FAR, 0) and tokens.word(place - 1) not in BREAKS | {";"}:
        place -= 1
    return place
