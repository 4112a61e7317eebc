"""What to tell about the totals: who is missing, who differs, and which mistake a mean of rates would be."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import make_finding
from cchc_calc.rounding import format_number, format_percent
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.findings import Finding

_NAMED: Final = 20


def total_findings(
    form: Form, level: str, rows: Iterable[RowTotal], expected: int, missing: Sequence[str]
) -> Iterator[Finding]:
    """Yield the findings about the totals of units of a level, those about all units first."""
    if missing:
        message = f"thiếu {len(missing)}/{expected} đơn vị: {shortened_list(missing, _NAMED, 'đơn vị')}."
        yield make_finding("units_missing", message, found=str(expected - len(missing)), expected=str(expected))
    for total in rows:
        row = form.by_address[total.address]
        if row.is_input and level not in row.levels and total.units_reported:
            message = f"chỉ tiêu {row.address} do cấp khác báo cáo, nhưng {total.units_reported} đơn vị đã ghi số."
            yield make_finding("total_row_of_other_level", message, rows=(row.address,))
        if total.differing:
            yield _differing(row, total)
        if total.mean_of_rates is not None and not isinstance(total.content, State):
            rate, mean = format_percent(Fraction(total.content)), format_percent(total.mean_of_rates)
            if rate != mean:
                message = f"chỉ tiêu {row.address}: tỷ lệ chung {rate}, bình quân tỷ lệ của các đơn vị {mean}."
                yield make_finding("mean_of_rates", message, rows=(row.address,), found=mean, expected=rate)


def _differing(row: Row, total: RowTotal) -> Finding:
    told = "; ".join(
        f"{format_number(other.value)} ({', '.join(other.units)}{' …' if other.count > len(other.units) else ''})"
        for other in total.differing
    )
    if isinstance(total.content, State):
        message = f"chỉ tiêu {row.address}: không có số nào quá nửa số đơn vị cùng báo cáo: {told}."
        return make_finding("common_value_differs", message, rows=(row.address,), found=told)
    expected = total.text
    message = f"chỉ tiêu {row.address}: phần lớn đơn vị báo cáo {expected}, có đơn vị báo cáo khác: {told}."
    return make_finding("common_value_differs", message, rows=(row.address,), found=told, expected=expected)
