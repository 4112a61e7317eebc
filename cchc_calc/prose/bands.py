"""Bands of a rating in the prose: "tốt: từ 12 đến 15 điểm" and "xuất sắc: từ 15 điểm trở lên" share a mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.remembering import remembered
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.report import Report

_NUMBER: Final = r"(\d{1,3}(?:,\d{1,2})?)"
_UNIT: Final = r"(?: ?(điểm|%))"
_BAND: Final = re.compile(
    rf"[Tt]ừ (?:trên )?{_NUMBER}{_UNIT}? (?:đến|tới|[-–]) (?P<below>dưới )?{_NUMBER}{_UNIT}"
    rf"|[Tt]ừ {_NUMBER}{_UNIT} trở lên"
)
_NAMES = "(?:xuất sắc|tốt|khá|trung bình|yếu|kém)"
_CLASS: Final = re.compile(rf"(?:mức(?: độ)?|loại|hạng|nhóm) {_NAMES}|(?<!\w){_NAMES} ?[:(–-]", re.IGNORECASE)
_NEAR: Final = 60
_LINES_APART: Final = 3


@dataclass(frozen=True, slots=True)
class Band:
    """The marks of one class, from ``low`` (included) to ``high``; ``high`` is ``None`` where there is no end."""

    low: Decimal
    high: Decimal | None
    includes_high: bool
    unit: str
    text: str

    def overlaps(self, other: Band) -> bool:
        """Tell whether a mark lies in both bands; of two thresholds the higher one is meant first."""
        lower, upper = sorted((self, other), key=lambda band: band.low)
        if lower.high is None:
            return upper.high is not None
        return upper.low < lower.high or (upper.low == lower.high and lower.includes_high)


def find_bands(text: str) -> tuple[Band, ...]:
    """Find the bands of a rating in a text: a range of marks or per cent beside the name of a class.

    >>> [band.text for band in find_bands("Nhóm đạt mức độ khá (đạt từ 09 đến dưới 12 điểm): Không.")]
    ['từ 09 đến dưới 12 điểm']
    >>> find_bands("Tỷ lệ hồ sơ trực tuyến đạt từ 25% trở lên")
    ()
    """
    return _known_bands(clean(text))


def check_bands(report: Report) -> Iterator[Finding]:
    """Yield a finding for two neighbouring classes of a rating that share a mark; the prose is taken to be clean."""
    bands = [
        (line, paragraph.where, band)
        for line, paragraph in enumerate(report.prose)
        for band in _known_bands(paragraph.text)
    ]
    for (first_line, _, first), (line, where, second) in pairwise(bands):
        if line - first_line > _LINES_APART or first.unit != second.unit or not first.overlaps(second):
            continue
        shared = max(first.low, second.low)
        mended = _mended(*sorted((first, second), key=lambda band: band.low))
        message = (
            f"{where}: hai mức “{first.text}” và “{second.text}” chồng lên nhau: {_shown(shared)} {first.unit} "
            "thuộc cả hai mức."
        )
        yield make_finding("bands_overlap", message, where=where, found=f"{first.text}; {second.text}", expected=mended)


def _bands_in(text: str) -> tuple[Band, ...]:
    return tuple(
        _band(match)
        for match in _BAND.finditer(text)
        if _CLASS.search(text, max(0, match.start() - _NEAR), match.start())
    )


_known_bands = remembered(_bands_in)


def _band(match: re.Match[str]) -> Band:
    low, low_unit, below, high, high_unit, open_low, open_unit = match.groups()
    unit = (high_unit or low_unit or open_unit).casefold()
    if open_low is not None:
        return Band(_decimal(open_low), None, includes_high=False, unit=unit, text=match[0])
    return Band(_decimal(low), _decimal(high), includes_high=below is None, unit=unit, text=match[0])


def _mended(lower: Band, upper: Band) -> str:
    return f"từ {_shown(lower.low)} đến dưới {_shown(upper.low)} {lower.unit}"


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "."))


def _shown(number: Decimal) -> str:
    return str(number).replace(".", ",")
