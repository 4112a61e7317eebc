"""Running the rules over a table: the counts of every unit and field, and the rows that were refused."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.counts import COUNTED, Counts
from cchc_calc.dossiers.engines import FILLERS, rows_of
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.faults import FAULT, fault_of_row
from cchc_calc.dossiers.rules import with_flags
from cchc_calc.dossiers.schema import COLUMNS
from cchc_calc.dossiers.statuses import Outcome, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.options import Options
    from cchc_calc.periods import Period

_FLAGS: Final = tuple(name for name in COUNTED if name not in {"read", "amount_paid_online"})


def counts_by_group(
    table: Table, period: Period, options: Options, as_of: date | None
) -> Iterator[tuple[str, str, Counts]]:
    """Count the dossiers of every unit and field; what has no name is an empty text."""
    flagged = with_flags(table, period, options, as_of)
    grouped = flagged.group_by("unit", "field").agg(
        nw.len().alias("rows"), nw.col("amount_paid_online").sum(), *(nw.col(name).count() for name in _FLAGS)
    )
    for unit, of_field, rows, amount, *flags in rows_of(grouped):
        values = dict(zip(_FLAGS, map(int, flags), strict=True))
        yield unit, of_field, Counts(read=int(rows), amount_paid_online=_whole(amount), **values)


def faults_of_rows(table: Table, as_of: date | None) -> Counter[Fault]:
    """Count the refused rows by what is wrong with them."""
    faulty = table.select(fault_of_row(as_of)).filter(nw.col(FAULT) > 0)
    found = rows_of(faulty.group_by(FAULT).agg(nw.len().alias("rows")))
    return Counter({Fault(int(fault)): int(rows) for fault, rows in found})


def each_code_once(table: Table) -> tuple[Table, Counter[Fault]]:
    """Keep one row of every code and count the others: the row that knows most of what became of the dossier is kept.

    A result counts more than none and a later one more than an earlier, whatever the order of the rows; of rows that
    are alike it matters not which. Rows without a code are not kept.
    """
    code = nw.col("code")
    coded = nw.when(code != "").then(nw.lit(1))
    counted = table.select(nw.len().alias("rows"), coded.count().alias("coded"), code.n_unique().alias("kinds"))
    rows, with_code, kinds = map(int, next(iter(rows_of(counted))))
    without = rows - with_code
    doubled = with_code - (kinds - (without > 0))
    if without:
        table = table.filter(code != "")
    return _newest(table) if doubled else table, Counter({Fault.NO_CODE: without, Fault.DOUBLE: doubled})


def _newest(table: Table) -> Table:
    others = (column.name for column in COLUMNS if column.name not in {"code", "finished"})
    closed = [code for code, status in statuses().items() if status.outcome is not Outcome.PENDING]
    # Engines differ in where nothing stands in an order.
    filled = table.with_columns(
        *(nw.col(one.name).fill_null(FILLERS[one.kind]).alias(f"order_{one.name}") for one in COLUMNS)
    ).with_columns(order_closed=nw.when(nw.col("order_status").is_in(closed)).then(nw.lit(1)).otherwise(nw.lit(0)))
    order = ("order_finished", "order_closed", *(f"order_{name}" for name in others))
    return filled.unique("code", keep="last", order_by=order)


def _whole(amount: Any) -> int:
    return 0 if amount is None else int(amount)
