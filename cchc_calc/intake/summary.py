"""What came of a consolidation, in lines that an official reads on a screen."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.comparisons import comparisons_of
from cchc_calc.consolidation.standings import Timeliness
from cchc_calc.findings import SEVERITY_NAMES, Severity, tally
from cchc_calc.outcomes import OUTCOMES
from cchc_calc.rounding import format_number, format_percent
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import capitalised, cut
from cchc_calc.states import exact_fraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.intake.collecting import Collected
    from cchc_calc.states import Number

_MOST_REFUSED: Final = 20
_MOST_FINDINGS: Final = 10
_MOST_NAMES: Final = 5
_LONGEST_LABEL: Final = 100
_LONGEST_MESSAGE: Final = 240


def summary_lines(collected: Collected, where: str) -> Iterator[str]:
    """Say which units count, which are missing, the main rates, what was refused and what else was found.

    ``where`` is the file in which the rest of a list that is cut stands.
    """
    consolidation = collected.consolidation
    if consolidation is not None:
        yield from _units(consolidation)
        yield from _rates(consolidation)
    yield from _refused(collected.refused, "Không tính", where)
    yield from _refused(collected.refused_before, "Kỳ trước: không dùng được", "")
    if consolidation is not None:
        yield from _findings(consolidation, where)
    if collected.skipped:
        visible = [name for name in collected.skipped if not name.rpartition("/")[2].startswith(".")]
        named = f": {shortened_list(visible, _MOST_NAMES, 'tệp')}" if visible else ""
        count = format_number(len(collected.skipped))
        yield f"  Bỏ qua {count} tệp khóa, tệp ẩn, tệp hệ thống hoặc tệp của chính lệnh này{named}."


def short_lines(collected: Collected, most: int) -> Iterator[str]:
    """Say the same in a few lines, for a small window; at most so many files are named."""
    consolidation = collected.consolidation
    if consolidation is not None:
        yield from (line.strip() for line in _units(consolidation))
    if collected.refused:
        yield f"Không tính {format_number(len(collected.refused))} tệp:"
    for refusal in _gravest_first(collected.refused)[:most]:
        yield f"• {refusal.source} ({refusal.code}): {cut(refusal.message, _LONGEST_LABEL)}"
    if (left := len(collected.refused) - most) > 0:
        yield f"… và {format_number(left)} tệp nữa; xem trang Trả lại của tệp tổng hợp."


def reading_line(collected: Collected, seconds: float) -> str:
    """Say how many files were read now, and how long the whole took.

    >>> from cchc_calc.intake.collecting import Collected
    >>> reading_line(Collected(None, (), (), (), files=40, read=30), 1.5)
    '  Đã đọc 30 tệp và tổng hợp trong 1,5 giây (20 tệp/giây); 10 tệp không đổi, dùng kết quả đã giữ.'
    """
    read, kept = collected.read, collected.files - collected.read
    speed = f" ({format_number(round(read / seconds))} tệp/giây)" if read and seconds > 0 else ""
    shown = format_number(Decimal(f"{seconds:.1f}"), 1)
    unchanged = f"; {format_number(kept)} tệp không đổi, dùng kết quả đã giữ" if kept else ""
    return f"  Đã đọc {format_number(read)} tệp và tổng hợp trong {shown} giây{speed}{unchanged}."


def _units(consolidation: Consolidation) -> Iterator[str]:
    form, period, missing = consolidation.form, consolidation.period, consolidation.missing
    counted = len(consolidation.units)
    expected = format_number(counted + len(missing))
    yield f"Tổng hợp {format_number(counted)}/{expected} đơn vị"
    yield f"  Biểu mẫu: {form.name}"
    if period is not None:
        yield f"  Kỳ báo cáo: {period.span}"
    if missing:
        returned = sum(one.status is Timeliness.RETURNED for one in consolidation.standings)
        again = f" ({format_number(returned)} đơn vị đã nộp nhưng phải nộp lại)" if returned else ""
        listed = shortened_list(missing, _MOST_NAMES, "đơn vị")
        yield f"  Còn thiếu {format_number(len(missing))} đơn vị{again}: {listed}."
    if faulty := sum(unit.findings.get(Severity.ERROR, 0) > 0 for unit in consolidation.units):
        yield f"  {format_number(faulty)} đơn vị được tính nhưng còn lỗi phải sửa; chỗ sai không được tính."


def _rates(consolidation: Consolidation) -> Iterator[str]:
    rows = {row.address: row for row in consolidation.rows}
    reported = [rows[address] for address in comparisons_of(consolidation.form).headline if rows[address].text]
    if reported:
        yield "  Tỷ lệ chính, tính lại từ tổng số của các đơn vị:"
    for row in reported:
        label = cut(consolidation.form.by_address[row.address].short_label, _LONGEST_LABEL)
        yield f"     {row.address}. {label}: {row.text} ({_reported(row)}){_bounds(row)}"
        if row.mean_of_rates is not None:
            mean = format_percent(row.mean_of_rates)
            yield f"        Bình quân cộng các tỷ lệ là {mean}: không phải tỷ lệ chung, không dùng số này."


def _reported(row: RowTotal) -> str:
    undecided = f", {row.units_undecided} đơn vị có số liệu không dùng được" if row.units_undecided else ""
    return f"{format_number(row.units_reported)}/{format_number(row.units_expected)} đơn vị có số liệu{undecided}"


def _bounds(row: RowTotal) -> str:
    if row.low is None or row.high is None or row.low == row.high:
        return ""
    return f"; khi đủ đơn vị sẽ từ {_percent(row.low)} đến {_percent(row.high)}"


def _percent(number: Number) -> str:
    return format_percent(exact_fraction(number))


def _refused(refused: Sequence[Refusal], title: str, where: str) -> Iterator[str]:
    if not refused:
        return
    yield f"  {title} {format_number(len(refused))} tệp:"
    for remedy, alike in groupby(_gravest_first(refused)[:_MOST_REFUSED], lambda refusal: refusal.remedy):
        for refusal in alike:
            yield f"     {refusal.source} ({refusal.code}): {refusal.message}"
        yield f"        Cách xử lý: {remedy}"
    if len(refused) > _MOST_REFUSED:
        yield f"     … và {format_number(len(refused) - _MOST_REFUSED)} tệp nữa{_in(where)}."


def _gravest_first(refused: Iterable[Refusal]) -> list[Refusal]:
    return sorted(refused, key=lambda refusal: (_GRAVITY[refusal.code], refusal.remedy, refusal.source))


def _findings(consolidation: Consolidation, where: str) -> Iterator[str]:
    findings = consolidation.findings
    yield f"  Điều cần xem lại ở số tổng hợp: {tally(findings)}."
    shown = [finding for finding in findings if finding.severity is not Severity.INFO][:_MOST_FINDINGS]
    for finding in shown:
        # The name of a file keeps its letters.
        is_named = finding.where and finding.message.startswith(finding.where)
        message = finding.message if is_named else capitalised(finding.message)
        yield f"     {SEVERITY_NAMES[finding.severity]}: {cut(message, _LONGEST_MESSAGE)}"
    if left := len(findings) - len(shown):
        yield f"     … và {format_number(left)} điều nữa{_in(where)}."


def _in(where: str) -> str:
    return f"; danh sách đầy đủ ở {where}" if where else ""


_GRAVITY: Final = {code: place for place, code in enumerate(OUTCOMES)}
