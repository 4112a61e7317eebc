"""Running the rules over a table: the counts of every unit and field, and the rows that were refused."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.counts import COUNTED, Counts
from cchc_calc.dossiers.engines import FILLERS, is_one_of, rows_of
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.faults import FAULT, fault_of_row
from cchc_calc.dossiers.rules import with_flags
from cchc_calc.dossiers.schema import COLUMNS, Kind
from cchc_calc.dossiers.statuses import Outcome, codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.options import Options
    from cchc_calc.periods import Period


def counts_by_group(
    table: Table, period: Period, options: Options, as_of: date | None
) -> Iterator[tuple[str, str, Counts]]:
    """Count the dossiers of every unit and field; what has no name is an empty text."""
    flagged = with_flags(table, period, options, as_of)
    rows = rows_of(flagged.group_by("unit", "field").agg(_counted(name) for name in COUNTED))
    for unit, of_field, *values in rows:
        yield unit, of_field, Counts(*map(_whole, values))


def _counted(name: str) -> nw.Expr:
    match name:
        case "read":
            return nw.len().alias(name)
        case "amount_paid_online":
            return nw.col(name).sum()
    return nw.col(name).count()


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
    code, rows = nw.col("code"), nw.col("rows")
    repeated = table.group_by("code").agg(nw.len().alias("rows")).filter((rows > 1) | (code == ""))
    without = nw.when(code == "").then(rows)
    doubles = nw.when(code != "").then(rows - 1)
    sums = repeated.select(without=without, doubles=doubles).select(nw.col("without").sum(), nw.col("doubles").sum())
    faults = Counter(dict(zip((Fault.NO_CODE, Fault.DOUBLE), map(_whole, next(iter(rows_of(sums)))), strict=True)))
    if faults.total():
        codes = repeated.select("code")
        several = table.filter(code != "").join(codes, on="code", how="semi")
        table = nw.concat([table.join(codes, on="code", how="anti"), _newest(several)])
    return table, +faults


def _newest(table: Table) -> Table:
    others = (column.name for column in COLUMNS if column.name not in {"code", "finished"})
    # Engines differ in where nothing stands in an order.
    filled = table.with_columns(
        *(nw.col(one.name).fill_null(FILLERS[one.kind]).alias(f"order_{one.name}") for one in COLUMNS)
    )
    open_codes = codes_of(Outcome.PENDING)
    closed = nw.when(is_one_of(nw.col("order_status"), (FILLERS[Kind.NUMBER], *open_codes))).then(nw.lit(0))
    ranked = filled.with_columns(order_closed=closed.otherwise(nw.lit(1)))
    order = ("order_finished", "order_closed", *(f"order_{name}" for name in others))
    return ranked.unique("code", keep="last", order_by=order).select(column.name for column in COLUMNS)


def _whole(number: Any) -> int:
    # Engines add numbers up to decimals, floats and, where there are none, to nothing.
    return 0 if number is None else int(number)
