"""Breakdowns in the prose: "425 (trong đó sớm hạn 424; trễ hạn 01, từ chối 01)" must not add up to more than 425."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.remembering import remembered
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.document import Paragraph
    from cchc_calc.report import Report

_OPENING_WORDS: Final = ("trong đó", "bao gồm", "gồm", "chia ra")
_WORDS: Final = rf"(?i:{'|'.join(_OPENING_WORDS)})(?!\w)"
_OPENING: Final = re.compile(rf"(?P<bracket>[(\[] ?)?(?<!\w){_WORDS}(?: có| là)? ?:?")
_MARK: Final = re.compile(rf"[()\[\]]|(?P<end>[.!?](?= |$)|(?<!\w){_WORDS})")
_NUMBER: Final = re.compile(r"\d+")
_REACH: Final = 60
"""A total stands so close before the words that open its parts."""
_LONGEST: Final = 600
"""No listing of parts is longer."""
_FULL_STOP: Final = re.compile(r"[.!?](?= |$)")
_COMPARED: Final = re.compile(
    r"(?:tăng|giảm|vượt|thêm|hơn|so với|cùng kỳ|tổng số|kỳ trước)[^,;]{0,40}\Z", re.IGNORECASE
)
_PEOPLE: Final = frozenset({"người", "cán bộ", "công chức", "viên chức"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a breakdown: its count, and its words as printed."""

    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and the parts listed for it, in the order printed."""

    total: int
    parts: tuple[Part, ...]

    @property
    def sum(self) -> int:
        """Add the parts up."""
        return sum(part.count for part in self.parts)


def check_breakdowns(report: Report) -> Iterator[Finding]:
    """Yield a finding for every breakdown whose parts are more than their total.

    A listing that leaves something out, and a single "of which", are no fault. The prose is taken to be clean.
    """
    for paragraph in report.prose:
        for breakdown in _known_breakdowns(paragraph.text):
            if breakdown.sum > breakdown.total and not _is_broken_down_twice(breakdown):
                yield _exceeding(paragraph, breakdown)


def find_breakdowns(text: str) -> Iterator[Breakdown]:
    """Find the totals of a text that are followed by two or more parts, in the order written.

    Parts are counted in the unit of the total; what stands in a bracket of its own is part of a part.

    >>> [found] = find_breakdowns("21/21 người, trong đó: 11 cán bộ (có 02 kiêm nhiệm) và 10 công chức.")
    >>> found.total, [part.count for part in found.parts]
    (21, [11, 10])
    """
    yield from _known_breakdowns(clean(text))


def part_outside(breakdown: Breakdown) -> Part | None:
    """Return the part without which the others make the total, the last one if there are several.

    >>> part_outside(Breakdown(425, (Part(424, "sớm hạn"), Part(1, "trễ hạn"), Part(1, "từ chối")))).text
    'từ chối'
    """
    excess = breakdown.sum - breakdown.total
    return next((part for part in reversed(breakdown.parts) if part.count == excess), None)


def _exceeding(paragraph: Paragraph, breakdown: Breakdown) -> Finding:
    outside = part_outside(breakdown)
    total, added = breakdown.total, breakdown.sum
    hint = f" Chỉ khớp khi “{outside.text}” nằm ngoài tổng {total}." if outside else ""
    terms = " + ".join(str(part.count) for part in breakdown.parts)
    message = f"{paragraph.where}: các phần cộng lại {terms} = {added}, nhiều hơn tổng số {total}.{hint}"
    return make_finding(
        "breakdown_differs",
        message,
        where=paragraph.where,
        found=f"{terms} = {added}",
        expected=str(total),
        cause="part_outside" if outside else "",
    )


def _is_broken_down_twice(breakdown: Breakdown) -> bool:
    """Tell whether the parts make the total once and, by another feature, once more."""
    sums = list(accumulate(part.count for part in breakdown.parts))
    return breakdown.sum == 2 * breakdown.total and breakdown.total in sums


def _is_count(figure: Figure) -> bool:
    whole = figure.value is not None and figure.value >= 0 and figure.value == figure.value.to_integral_value()
    return whole and figure.unit != "%" and figure.comparator == "=" and figure.role != "denominator"


def _count(figure: Figure) -> int:
    return int(figure.value or 0)


def _breakdowns_in(text: str) -> Iterator[Breakdown]:
    lower = text.casefold()
    if not any(word in lower for word in _OPENING_WORDS):
        return
    figures: list[Figure] | None = None
    for opening in _OPENING.finditer(text):
        stretches = list(_open_stretches(text, opening))
        begin, end = max(0, opening.start() - _REACH), stretches[-1][1]
        # Reading figures is dear, and most listings have none; a total with two parts has three.
        if len(_NUMBER.findall(text, begin, end)) < 3:
            continue
        if figures is None:
            figures = [figure for figure in parse_figures(text) if _is_count(figure)]
        near = figures[bisect_left(figures, begin, key=_end) : bisect_left(figures, end, key=_start)]
        total = _total(text, near, opening)
        if total is not None:
            parts = _parts(text, near, stretches, total, bracketed=bool(opening["bracket"]))
            if len(parts) > 1:
                yield Breakdown(_count(total), parts)


def _all_breakdowns(text: str) -> tuple[Breakdown, ...]:
    return tuple(_breakdowns_in(text))


_known_breakdowns = remembered(_all_breakdowns)


def _start(figure: Figure) -> int:
    return figure.start


def _end(figure: Figure) -> int:
    return figure.end


def _total(text: str, figures: list[Figure], opening: re.Match[str]) -> Figure | None:
    before = [figure for figure in figures if figure.end <= opening.start()]
    # A sentence of its own may open with "Trong đó", but no other sentence lies between.
    if not before or _FULL_STOP.search(text, before[-1].end, opening.start() - len(". ")):
        return None
    return before[-1]


def _parts(
    text: str, figures: list[Figure], stretches: list[tuple[int, int]], total: Figure, *, bracketed: bool
) -> tuple[Part, ...]:
    parts: list[Part] = []
    for start, end in stretches:
        begin = start
        for figure in figures:
            if not start <= figure.start < end or not _is_same_unit(figure, total):
                continue
            if _COMPARED.search(text, begin, figure.end):
                continue
            # Without a bracket nothing says where the list ends, but a part is never more than the whole.
            if _count(figure) > _count(total) and not bracketed:
                return tuple(parts)
            parts.append(Part(_count(figure), text[begin : figure.end].strip(" ,;:.)-+")))
            begin = figure.end
    return tuple(parts)


def _open_stretches(text: str, opening: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Give the stretches of a list that lie in no bracket of their own, up to where the list ends."""
    start, depth = opening.end(), 0
    limit = min(len(text), start + _LONGEST)
    for mark in _MARK.finditer(text, start, limit):
        if mark[0] in "([":
            if depth == 0:
                yield start, mark.start()
            depth += 1
        elif mark[0] in ")]":
            depth -= 1
            start = mark.end() if depth == 0 else start
        if depth < 0 or (depth == 0 and mark["end"]):
            yield start, mark.start()
            return
    if depth == 0:
        yield start, limit


def _is_same_unit(part: Figure, total: Figure) -> bool:
    if not part.unit or not total.unit or part.unit == total.unit:
        return True
    return {part.unit, total.unit} <= _PEOPLE
