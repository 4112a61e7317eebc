"""The period that a whole table of dossiers covers, for those who name none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cchc_calc.dossiers.engine_values import is_nothing
from cchc_calc.findings import Finding, make_finding
from cchc_calc.periods import Period

if TYPE_CHECKING:
    from datetime import date


def span_of(frame: Any, as_of: date | None = None) -> Period | None:
    """Give the days from the first on which a dossier was received to the last of a receipt or a result.

    ``frame`` is a standard table as ``tally`` takes it, which is read once for this. Rows that ``tally`` would refuse
    do not count; of none that could be used there is no period.

    >>> from datetime import datetime
    >>> import pandas as pd
    >>> received, finished = datetime(2023, 6, 13), datetime(2023, 9, 12, 8)
    >>> rows = {"code": ["1", "2"], "unit": ["A", "A"], "received": [received] * 2, "finished": [finished, None]}
    >>> span_of(pd.DataFrame(rows)).span
    '13/06/2023 – 12/09/2023'
    """
    import narwhals.stable.v2 as nw

    from cchc_calc.dossiers.engines import rows_of, standard_table
    from cchc_calc.dossiers.faults import FAULT, fault_of_row

    received, finished = nw.col("received"), nw.col("finished")
    usable = standard_table(frame).with_columns(fault_of_row(as_of)).filter(nw.col(FAULT) == 0)
    days = usable.select(first=received.min(), last=received.max(), last_finished=finished.max())
    first, *last = next(iter(rows_of(days)))
    return None if is_nothing(first) else Period(first.date(), max(one.date() for one in last if not is_nothing(one)))


def whole_table(period: Period) -> Finding:
    """Say that the period was taken from the table."""
    return make_finding(
        "dossiers_whole_table",
        f"Không ghi kỳ báo cáo, nên tính cho cả bảng: {period.span}, từ ngày tiếp nhận đầu tiên đến ngày tiếp nhận "
        "hoặc có kết quả cuối cùng.",
        found=period.span,
    )
