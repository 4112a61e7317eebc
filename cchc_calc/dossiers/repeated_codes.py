"""Codes that several rows bear, and rows that bear none: found apart from the counting, and put right in its counts.

Counting is adding. So all rows are counted as if their codes were unique, the few whose codes are repeated a second
time, and of those the newest a third time: nobody has to look up the code of every row that is counted.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.counts import Counts, difference
from cchc_calc.dossiers.engines import FILLERS, ROWS, is_one_of, rows_of
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.grouping import groups_of
from cchc_calc.dossiers.held_tables import held
from cchc_calc.dossiers.schema import COLUMNS, Kind
from cchc_calc.dossiers.statuses import Outcome, codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.grouping import Group
    from cchc_calc.dossiers.options import Options
    from cchc_calc.periods import Period


def groups_of_unique_codes(
    table: Table, period: Period, options: Options, as_of: date | None, faults: Counter[Fault]
) -> Iterator[Group]:
    """Count the dossiers as ``groups_of`` does, one row of every code; the others are counted among the ``faults``.

    A group of which nothing is left does not come.
    """
    with repeated_rows(table) as repeated:
        newest = {group.key: group.counts for group in groups_of(newest_rows(repeated), period, options, as_of)}
        too_many = {
            group.key: difference(group.counts, newest.get(group.key, Counts()))
            for group in groups_of(repeated, period, options, as_of)
        }
        without_code = _rows_without_code(repeated) if too_many else 0
    left_out = sum(counts.read for counts in too_many.values())
    faults += Counter({Fault.NO_CODE: without_code, Fault.DOUBLE: left_out - without_code})
    for group in groups_of(table, period, options, as_of):
        if group.key not in too_many:
            yield group
        elif group.counts != (others := too_many.pop(group.key)):
            yield replace(group, counts=difference(group.counts, others))


@contextmanager
def repeated_rows(table: Table) -> Iterator[Table]:
    """Find the rows that share their code with another, or have none: an empty text is their code then.

    Two passes over the codes: the repeated ones are few as a rule, and only their rows are held.
    """
    code = nw.col("code")
    coded = table.with_columns(code.fill_null(""))
    codes = coded.group_by("code").agg(nw.len().alias(ROWS)).filter((nw.col(ROWS) > 1) | (code == "")).select("code")
    with held(coded.join(codes, on="code", how="semi")) as repeated:
        yield repeated


def _rows_without_code(repeated: Table) -> int:
    """Count the rows that have no code."""
    [(rows,)] = rows_of(repeated.filter(nw.col("code") == "").select(nw.len()))
    return int(rows)


def newest_rows(repeated: Table) -> Table:
    """Keep one row of every code: the one that knows most of what became of the dossier.

    A result counts more than none and a later one more than an earlier, whatever the order of the rows; of rows that
    are alike it matters not which. Rows without a code are not kept.
    """
    others = (column.name for column in COLUMNS if column.name not in {"code", "finished"})
    # Engines differ in where nothing stands in an order.
    filled = repeated.filter(nw.col("code") != "").with_columns(
        *(nw.col(one.name).fill_null(FILLERS[one.kind]).alias(f"order_{one.name}") for one in COLUMNS)
    )
    open_codes = codes_of(Outcome.PENDING)
    closed = nw.when(is_one_of(nw.col("order_status"), (FILLERS[Kind.NUMBER], *open_codes))).then(nw.lit(0))
    ranked = filled.with_columns(order_closed=closed.otherwise(nw.lit(1)))
    order = ("order_finished", "order_closed", *(f"order_{name}" for name in others))
    return ranked.unique("code", keep="last", order_by=order).select(column.name for column in COLUMNS)
