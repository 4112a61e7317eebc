"""What came of a tally, in lines that an official reads on a screen."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.count_table import NO_FIELD
from cchc_calc.dossiers.options import BASE_NAMES, LATENESS_NAMES
from cchc_calc.rounding import format_number, format_percent
from cchc_calc.spelling import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.dossiers.counts import Counts
    from cchc_calc.dossiers.options import Options
    from cchc_calc.dossiers.tally import Tally

_MOST_LINES: Final = 20
_LONGEST_NAME: Final = 60
_WORTH_A_SPEED: Final = 100_000
"""Of fewer rows nearly all the time is that of the start."""


def summary_lines(tallied: Tally, *, by_field: bool = False) -> Iterator[str]:
    """Say how many rows were used, the balance and the on-time rate with its base, and those of each unit or field."""
    counts, options, units = tallied.counts, tallied.options, tallied.units
    yield f"  {format_number(tallied.read)} dòng = {_used(tallied)}"
    yield f"  Kỳ báo cáo: {tallied.period.span}"
    yield f"  Đơn vị: {units[0].unit.name}" if len(units) == 1 else f"  {format_number(len(units))} đơn vị"
    yield f"  {_balance(counts)}"
    base, lateness = BASE_NAMES[options.base], LATENESS_NAMES[options.lateness]
    yield f"  Đúng hạn: {_rate(counts, options)} (mẫu số: {base}; xét {lateness})"
    if len(units) > 1:
        yield from _parts("Từng đơn vị", {one.unit.name: one.counts for one in units}, options)
    if by_field:
        yield from _parts("Từng lĩnh vực", {name or NO_FIELD: of for name, of in tallied.by_field().items()}, options)


def speed_line(rows: int, seconds: float) -> str:
    """Say how long the reading and counting took.

    >>> speed_line(3_000_000, 1.5)
    '  Đã đọc và đếm 3.000.000 dòng trong 1,5 giây (2.000.000 dòng/giây).'
    """
    speed = f" ({format_number(round(rows / seconds))} dòng/giây)" if rows >= _WORTH_A_SPEED else ""
    shown = f"{seconds:.1f}".replace(".", ",")
    return f"  Đã đọc và đếm {format_number(rows)} dòng trong {shown} giây{speed}."


def _used(tallied: Tally) -> str:
    return f"{format_number(tallied.used)} dùng được + {format_number(tallied.refused)} không dùng được"


def _balance(counts: Counts) -> str:
    """Write what came in and what became of it; both sides are equal for every table.

    >>> from cchc_calc.dossiers.counts import Counts
    >>> _balance(Counts(received=447, resolved=425, pending=16, withdrawn=5, refused=1))
    'Tiếp nhận 447 + kỳ trước chuyển qua 0 = đã giải quyết 425 + đang giải quyết 16 + rút, dừng 5 + không tiếp nhận 1'
    """
    sides = (
        {"Tiếp nhận": counts.received, "kỳ trước chuyển qua": counts.carried_over},
        {
            "đã giải quyết": counts.resolved,
            "đang giải quyết": counts.pending,
            "rút, dừng": counts.withdrawn,
            "không tiếp nhận": counts.refused,
        },
    )
    return " = ".join(" + ".join(f"{name} {format_number(count)}" for name, count in side.items()) for side in sides)


def _rate(counts: Counts, options: Options) -> str:
    on_time, whole = counts.on_time_pair(options.base)
    if not whole:
        return "không phát sinh"
    return f"{format_percent(Fraction(on_time, whole))} ({format_number(on_time)}/{format_number(whole)})"


def _parts(title: str, parts: Mapping[str, Counts], options: Options) -> Iterator[str]:
    yield f"  {title} (tiếp nhận; đã giải quyết; đúng hạn):"
    for name, counts in list(parts.items())[:_MOST_LINES]:
        received, resolved = format_number(counts.received), format_number(counts.resolved)
        yield f"     {cut(name, _LONGEST_NAME)}: {received}; {resolved}; {_rate(counts, options)}"
    if (left := len(parts) - _MOST_LINES) > 0:
        yield f"     … và {format_number(left)} dòng nữa; ghi --table để có đủ."
