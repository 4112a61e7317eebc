"""The lines of a published result as printed: groups, the best and the worst, the mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.prose.bands import find_bands
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.prose.bands import Band

_LONGEST_LINE: Final = 5000
"""A longer line is no line of results."""
_NUMBER: Final = r"\d{1,5}(?:[.,]\d{1,6})?"
_GROUP: Final = re.compile(r"^\W*(?:\d{1,2}[.)] ?|[a-zđ]\) ?)?(?:nhóm|(?:xếp |đạt )?loại)\b", re.IGNORECASE)
_RESULT: Final = re.compile(
    rf"(?P<count>\d{{1,5}}) ?/ ?(?P<total>\d{{1,5}})\b(?:[^%\d]{{0,60}}(?P<share>{_NUMBER}) ?%)?"
    rf"|(?<![\d,.])(?P<alone>\d{{1,5}}) đơn vị\b(?:[^%\d]{{0,60}}(?P<alone_share>{_NUMBER}) ?%)?"
    r"|[:–-] ?(?P<none>không)\b",
    re.IGNORECASE,
)
_BELOW: Final = re.compile(rf"\( ?(?:đạt )?dưới ({_NUMBER}) điểm", re.IGNORECASE)
_EXTREME: Final = re.compile(r"\b(cao nhất|thấp nhất)\b", re.IGNORECASE)
_POINTS_OF: Final = re.compile(
    rf"(?P<names>.*?)[\s,(:–-]{{0,6}}(?:đạt|với|được|là)?[\s:]{{0,3}}(?<![\d.,])(?P<points>{_NUMBER}) ?điểm",
    re.IGNORECASE,
)
_NAMES_AFTER: Final = re.compile(r"^[\s:,–-]{0,6}\(?")
_MEAN: Final = re.compile(
    rf"\b(?:bình quân|điểm(?: số)? trung bình)\b.{{0,100}}?(?<![\d.,])(?P<points>{_NUMBER}) ?điểm", re.IGNORECASE
)
_PROMISE: Final = re.compile(r"\bđiểm(?: số)? (?:cao nhất|thấp nhất|bình quân|trung bình)\b", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\d ?(?:/ ?\d{1,5} ?)?(?:đơn vị|xã|phường)\b", re.IGNORECASE)
_RANKED: Final = re.compile(r"\b(?:dẫn đầu|đứng đầu|đứng cuối|xếp cuối)\b.*\d ?điểm", re.IGNORECASE)
_INTRODUCTION: Final = re.compile(r"^\W*(?:là\b)?[\s:]*(?:(?:của|thuộc về)\b)?[\s:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A line on one class or several; ``count`` is 0 for "Không." and ``None`` where it cannot be read.

    ``share`` is the percentage as printed, ``below`` the bound of "dưới 6 điểm".
    """

    where: str
    text: str
    classes: tuple[str, ...]
    bands: tuple[Band, ...]
    below: Decimal | None
    count: int | None
    total: int | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class ExtremeLine:
    """The units with most or fewest points, as one text, and these points."""

    where: str
    text: str
    is_best: bool
    names: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class MeanLine:
    """The mean and the class printed for it, if any."""

    where: str
    text: str
    points: Decimal
    class_name: str


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that promises a result and holds none that can be read."""

    where: str
    text: str


ResultLine: TypeAlias = GroupLine | ExtremeLine | MeanLine | UnreadLine


def result_lines(text: str, class_names: Sequence[str]) -> tuple[ResultLine, ...]:
    """Find the lines of results in a text, by their words; other lines are left alone.

    >>> line = result_lines("Nhóm đạt mức độ trung bình và yếu: Không.", ["tốt", "trung bình", "yếu"])[0]
    >>> line.classes, line.count
    (('trung bình', 'yếu'), 0)
    """
    longest_first = "|".join(sorted(map(re.escape, class_names), key=len, reverse=True))
    classes = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE)
    lines = ((f"dòng {number}", clean(line)) for number, line in enumerate(text.splitlines(), start=1))
    return tuple(found for where, line in lines if len(line) <= _LONGEST_LINE for found in _read(where, line, classes))


def _read(where: str, line: str, classes: re.Pattern[str]) -> Iterator[ResultLine]:
    if _GROUP.match(line) and classes.search(line):
        yield _group(where, line, classes)
        return
    found: list[ResultLine] = [*_extremes(where, line), *_means(where, line, classes)]
    yield from found
    is_of_classes = classes.search(line) is not None and _COUNTED.search(line) is not None
    if not found and (is_of_classes or _PROMISE.search(line) or _RANKED.search(line)):
        yield UnreadLine(where, line)


def _group(where: str, line: str, classes: re.Pattern[str]) -> GroupLine:
    first = classes.search(line)
    result = _RESULT.search(line, first.end() if first else 0)
    named = classes.findall(line, 0, result.start() if result else len(line))
    below = _BELOW.search(line)
    count = total = share = None
    if result is not None:
        printed = result["count"] or result["alone"]
        count = int(printed) if printed else 0
        total = int(result["total"]) if result["total"] else None
        percentage = result["share"] or result["alone_share"]
        share = decimal(percentage) if percentage else None
    return GroupLine(
        where,
        line,
        tuple(dict.fromkeys(name.casefold() for name in named)),
        find_bands(line),
        decimal(below[1]) if below else None,
        count,
        total,
        share,
    )


def _extremes(where: str, line: str) -> Iterator[ExtremeLine]:
    _, *parts = _EXTREME.split(line)
    for which, rest in zip(parts[::2], parts[1::2], strict=True):
        if found := _POINTS_OF.match(rest):
            names = _INTRODUCTION.sub("", found["names"]).strip(" ,(:")
            # "Điểm cao nhất: 16,00 điểm (UBND Phường 3, 6)"
            names = names or _NAMES_AFTER.sub("", rest[found.end() :]).partition(")")[0].partition(";")[0].strip(" .")
            yield ExtremeLine(where, line, which.casefold() == "cao nhất", names, decimal(found["points"]))


def _means(where: str, line: str, classes: re.Pattern[str]) -> Iterator[MeanLine]:
    if found := _MEAN.search(line):
        named = classes.search(line, found.end())
        yield MeanLine(where, line, decimal(found["points"]), named[0].casefold() if named else "")


def decimal(printed: str) -> Decimal:
    """Read a number as printed in such a line, with its decimals."""
    return Decimal(printed.replace(",", "."))
