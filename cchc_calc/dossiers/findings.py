"""What is said to an official about a table of dossiers: what was refused, not known, or outside the period."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.fault_names import FAULT_NAMES, Fault
from cchc_calc.dossiers.form_rows import ROW_OF_LEVEL
from cchc_calc.dossiers.units import unit_of
from cchc_calc.findings import make_finding
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from cchc_calc.consolidation.register import Register
    from cchc_calc.dossiers.counts import Counts
    from cchc_calc.dossiers.units import NamedUnit
    from cchc_calc.findings import Finding

_MOST_NAMED: Final = 10
_LONGEST_NAME: Final = 60
_MOST_ODD: Final = 50
_UNREADABLE: Final = (
    "Ghi ngày dạng 13/06/2023 (ngày trước, tháng sau). Nếu tệp ghi tháng trước (06/13/2023) thì các ngày khác của cột "
    "cũng đã đọc sai: xuất lại cả tệp rồi tính lại."
)
_REMEDIES: Final = dict.fromkeys(
    (Fault.UNREADABLE_RECEIVED, Fault.UNREADABLE_DUE, Fault.UNREADABLE_FINISHED), _UNREADABLE
)
_UNKNOWN: Final = {
    "unknown_level": ("mức độ dịch vụ công", ("7.7.4.a", "7.7.4.b")),
    "unknown_channel": ("hình thức nộp", ("7.7.4.b",)),
    "unknown_payment": ("có thanh toán trực tuyến hay không", ("7.7.5.d", "7.7.5.e")),
    "unknown_amount": ("số tiền thanh toán trực tuyến", ("7.7.5.e",)),
    "unknown_sending": ("có nộp qua BCCI hay không", ("7.8.2.a", "7.8.2.c")),
    "unknown_returning": ("có trả kết quả qua BCCI hay không", ("7.8.2.b", "7.8.2.c")),
}


def refused_rows(faults: Mapping[Fault, int]) -> Iterator[Finding]:
    """Say how many rows were refused, one finding a reason."""
    for fault, rows in sorted(faults.items()):
        yield make_finding(
            "dossiers_refused",
            f"{format_number(rows)} dòng không dùng được: {FAULT_NAMES[fault]}.",
            found=str(rows),
            cause=fault.name.lower(),
            remedy=_REMEDIES.get(fault, ""),
        )


def about_unused(names: Sequence[str]) -> Iterator[Finding]:
    """Say of which units no row could be used."""
    if names:
        named = shortened_list((f"“{cut(name, _LONGEST_NAME)}”" for name in names), _MOST_NAMED, "tên")
        yield make_finding(
            "dossiers_refused",
            f"{format_number(len(names))} tên ở cột đơn vị không có dòng nào dùng được, không có biểu mẫu: {named}.",
            found=str(len(names)),
            cause="unused_unit",
        )


def nothing_in_period(used: int, counts: Counts) -> Iterator[Finding]:
    """Say that no dossier of the table belongs to the period."""
    if used and counts.received + counts.carried_over == 0:
        yield make_finding(
            "dossiers_outside_period",
            f"Không có hồ sơ nào trong {format_number(used)} hồ sơ của bảng thuộc kỳ báo cáo.",
            found=str(used),
        )


def about_given_unit(given: str, units: Iterable[NamedUnit], register: Register | None, day: date) -> Iterator[Finding]:
    """Say that the unit given for dossiers without one is that of none."""
    if given and unit_of(given, day, register).key not in {unit.key for unit in units}:
        yield make_finding(
            "dossiers_unit_not_needed",
            f"--unit “{cut(given, _LONGEST_NAME)}” không dùng đến: dòng nào của bảng cũng đã ghi đơn vị.",
            where=cut(given, _LONGEST_NAME),
        )


def about_names(units: Iterable[NamedUnit]) -> Iterator[Finding]:
    """Say which names the register does not know, and which units have no row for what they received.

    The first are named, in a table of invented units they may be thousands.
    """
    for unit in islice(filter(_is_odd, units), _MOST_ODD):
        if unit.reason:
            yield make_finding(
                "dossiers_unit_unknown",
                f"“{cut(unit.name, _LONGEST_NAME)}”: {unit.reason}.",
                where=cut(unit.name, _LONGEST_NAME),
            )
        if unit.level not in ROW_OF_LEVEL:
            yield make_finding(
                "dossiers_unit_level",
                f"“{cut(unit.name, _LONGEST_NAME)}”: {unit.level_said}; hồ sơ của đơn vị không có dòng 3.4.2, 3.4.3 "
                "để ghi.",
                rows=tuple(ROW_OF_LEVEL.values()),
                where=cut(unit.name, _LONGEST_NAME),
            )


def _is_odd(unit: NamedUnit) -> bool:
    return bool(unit.reason) or unit.level not in ROW_OF_LEVEL


def about_counts(counts: Counts) -> Iterator[Finding]:
    """Say how many dossiers of all units are doubtful, and of how many the export does not say all."""
    if counts.due_before_received:
        yield make_finding(
            "dossiers_due_before_received",
            f"{format_number(counts.due_before_received)} hồ sơ có ngày hẹn trả trước ngày tiếp nhận; vẫn được tính, "
            "và là trễ hạn khi có kết quả.",
            found=str(counts.due_before_received),
        )
    for name, (what, rows) in _UNKNOWN.items():
        if unknown := getattr(counts, name):
            yield make_finding(
                "dossiers_not_saying",
                f"{format_number(unknown)} hồ sơ không ghi, hoặc ghi không rõ, {what}; các hồ sơ ấy không được tính "
                f"vào dòng {', '.join(rows)}.",
                rows=rows,
                found=str(unknown),
            )
