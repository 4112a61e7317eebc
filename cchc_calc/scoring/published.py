"""The published results of a scoring, each figure held against the one computed from the points of the units."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.findings import make_finding
from cchc_calc.rounding import agrees, format_number, places
from cchc_calc.scoring.named_units import named_units
from cchc_calc.scoring.paragraph import bounds_text, share_text
from cchc_calc.scoring.published_lines import ExtremeLine, GroupLine, MeanLine, UnreadLine, result_lines
from cchc_calc.scoring.scales import class_of
from cchc_calc.unit_names import unit_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from cchc_calc.findings import Finding
    from cchc_calc.prose.bands import Band
    from cchc_calc.scoring.published_lines import ResultLine
    from cchc_calc.scoring.records import Scoring
    from cchc_calc.scoring.scales import PointClass


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure or name of a published result: ``what`` it is, as printed and as computed, and whether they agree."""

    what: str
    where: str
    published: str
    computed: str
    agrees: bool


def published_figures(text: str, scoring: Scoring) -> tuple[PublishedFigure, ...]:
    """Read the figures of a paragraph of results and compute each again from the points of the units.

    Read are the groups (bounds, counts, shares, "Không"), the best and the worst with their points, and the mean with
    its class. A printed number agrees when it is the exact one rounded to its decimals.

    >>> from cchc_calc.scoring.records import UnitPoints
    >>> from cchc_calc.scoring.scored_units import score_units
    >>> scoring = score_units([UnitPoints("UBND Phường 3", total=Fraction(16))])
    >>> [figure.agrees for figure in published_figures("Điểm cao nhất: UBND Phường 3, 6 (16,00 điểm)", scoring)]
    [False, True]
    """
    lines = result_lines(text, [point_class.name for point_class in scoring.scale.classes])
    return (*(figure for line in lines for figure in _figures(line, scoring)), *_left_out(lines, scoring))


def check_published(text: str, scoring: Scoring) -> tuple[Finding, ...]:
    """Compare a paragraph of results with what is computed: every figure that differs, every class that overlaps.

    A line that should hold a result but cannot be read is a finding as well, and so is a text without any result.

    >>> from cchc_calc.scoring.records import UnitPoints
    >>> from cchc_calc.scoring.scored_units import score_units
    >>> scoring = score_units([UnitPoints("Phường 3", total=Fraction(16)), UnitPoints("Phường 8", total=Fraction(13))])
    >>> [finding.message for finding in check_published("Điểm số bình quân: 14,60 điểm, xếp loại tốt.", scoring)]
    ['dòng 1: điểm bình quân ghi “14,60”, tính từ bảng điểm là “14,50”.']
    """
    lines = result_lines(text, [point_class.name for point_class in scoring.scale.classes])
    if not lines:
        return (make_finding("published_unread", "không tìm thấy phần kết quả chấm điểm trong bài."),)
    differing = (_differs(figure) for figure in published_figures(text, scoring) if not figure.agrees)
    unread = (finding for line in lines for finding in _unread(line))
    overlaps = (finding for line in lines if isinstance(line, GroupLine) for finding in _overlaps(line, scoring))
    return (*differing, *unread, *overlaps)


def _figures(line: ResultLine, scoring: Scoring) -> Iterator[PublishedFigure]:
    match line:
        case GroupLine():
            yield from _group_figures(line, scoring)
        case ExtremeLine():
            yield from _extreme_figures(line, scoring)
        case MeanLine():
            yield from _mean_figures(line, scoring)


def _group_figures(line: GroupLine, scoring: Scoring) -> Iterator[PublishedFigure]:
    what = f"nhóm {', '.join(line.classes)}"
    if len(line.classes) == 1:
        yield from _bounds(line, what, scoring)
    count, total = _count(line.classes, scoring), sum(group.count for group in scoring.groups)
    if line.count is not None:
        yield PublishedFigure(
            f"{what}, số đơn vị", line.where, f"{line.count:02}", f"{count:02}", agrees=line.count == count
        )
    if line.total is not None:
        yield PublishedFigure(
            f"{what}, tổng số đơn vị", line.where, f"{line.total:02}", f"{total:02}", agrees=line.total == total
        )
    if line.share is not None:
        share = Fraction(count, total) if total else Fraction(0)
        shown = share_text(share) if total else ""
        equal = bool(total) and _is(line.share, share * 100)
        yield PublishedFigure(f"{what}, tỷ lệ", line.where, f"{_shown(line.share)}%", shown, agrees=equal)


def _bounds(line: GroupLine, what: str, scoring: Scoring) -> Iterator[PublishedFigure]:
    scale = scoring.scale
    point_class = next(each for each in scale.classes if each.name == line.classes[0])
    expected = bounds_text(point_class, scale)
    for band in line.bands:
        equal = band.low == point_class.low and _is_upper_bound(band, point_class, scale.highest)
        yield PublishedFigure(f"{what}, mốc điểm", line.where, band.text, expected, agrees=equal)
    if line.below is not None and not line.bands:
        equal = point_class.low == scale.lowest and line.below == point_class.high
        yield PublishedFigure(
            f"{what}, mốc điểm", line.where, f"dưới {_shown(line.below)} điểm", expected, agrees=equal
        )


def _is_upper_bound(band: Band, point_class: PointClass, highest: Fraction) -> bool:
    return point_class.high == highest if band.high is None else band.high == point_class.high


def _extreme_figures(line: ExtremeLine, scoring: Scoring) -> Iterator[PublishedFigure]:
    what = "điểm cao nhất" if line.is_best else "điểm thấp nhất"
    names = scoring.best if line.is_best else scoring.worst
    known = {unit_key(unit.given.unit) for unit in scoring.units}
    equal = named_units(line.names, known) == frozenset(map(unit_key, names))
    yield PublishedFigure(f"đơn vị có {what}", line.where, line.names, ", ".join(names), agrees=equal)
    points = [unit.standing.points for unit in scoring.units if unit.standing.points is not None]
    yield _points_figure(what, line, (max if line.is_best else min)(points, default=None))


def _mean_figures(line: MeanLine, scoring: Scoring) -> Iterator[PublishedFigure]:
    yield _points_figure("điểm bình quân", line, scoring.mean)
    if line.class_name:
        expected = "" if scoring.mean is None else class_of(scoring.mean, scoring.scale)
        yield PublishedFigure(
            "xếp loại của điểm bình quân", line.where, line.class_name, expected, agrees=line.class_name == expected
        )


def _points_figure(what: str, line: ExtremeLine | MeanLine, points: Fraction | None) -> PublishedFigure:
    shown = "" if points is None else format_number(points, 2)
    equal = points is not None and _is(line.points, points)
    return PublishedFigure(what, line.where, _shown(line.points), shown, agrees=equal)


def _left_out(lines: Sequence[ResultLine], scoring: Scoring) -> Iterator[PublishedFigure]:
    """Give the classes with units that no line of groups names, where there are such lines."""
    groups = [line for line in lines if isinstance(line, GroupLine)]
    named = {name for line in groups for name in line.classes}
    for group in scoring.groups if groups else ():
        if group.count and group.class_name not in named:
            yield PublishedFigure(
                f"nhóm {group.class_name}, số đơn vị", groups[-1].where, "", f"{group.count:02}", agrees=False
            )


def _count(classes: Sequence[str], scoring: Scoring) -> int:
    return sum(group.count for group in scoring.groups if group.class_name in classes)


def _is(printed: Decimal, exact: Fraction) -> bool:
    return agrees(printed, places(printed), exact)


def _differs(figure: PublishedFigure) -> Finding:
    printed = f"ghi “{figure.published}”" if figure.published else "không có trong bài"
    computed = f"là “{figure.computed}”" if figure.computed else "thì không có"
    message = f"{figure.where}: {figure.what} {printed}, tính từ bảng điểm {computed}."
    return make_finding(
        "published_differs", message, where=figure.where, found=figure.published, expected=figure.computed
    )


def _unread(line: ResultLine) -> Iterator[Finding]:
    if isinstance(line, UnreadLine) or (isinstance(line, GroupLine) and line.count is None):
        yield make_finding("published_unread", f"{line.where}: “{line.text}”.", where=line.where, found=line.text)


def _overlaps(line: GroupLine, scoring: Scoring) -> Iterator[Finding]:
    """Name a class whose upper bound is printed as in it, while it is the lower bound of the next class."""
    for band in line.bands:
        better = next((each.name for each in scoring.scale.classes if each.low == band.high), "")
        if band.includes_high and better and band.high is not None:
            shared = f"{_shown(band.high)} {band.unit}"
            expected = f"từ {_shown(band.low)} đến dưới {shared}"
            message = f"{line.where}: “{band.text}” chồng lên nhóm {better}: {shared} thuộc cả hai nhóm."
            yield make_finding("bands_overlap", message, where=line.where, found=band.text, expected=expected)


def _shown(printed: Decimal) -> str:
    return str(printed).replace(".", ",")
