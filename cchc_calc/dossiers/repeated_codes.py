"""Codes that several rows bear, and rows that bear none: found apart from the counting, and put right in its counts.

Counting is adding. So all rows are counted as if their codes were unique, the few whose codes are repeated a second
time, and of those the newest a third time: nobody has to look up the code of every row that is counted.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.code_keys import KEY, can_be_parted, rows_of_keys, with_code_keys
from cchc_calc.dossiers.counts import Counts, difference
from cchc_calc.dossiers.engines import ROWS, is_one_of, rows_of
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.grouping import groups_of
from cchc_calc.dossiers.held_tables import held
from cchc_calc.dossiers.schema import COLUMNS
from cchc_calc.dossiers.statuses import Outcome, codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.grouping import Group
    from cchc_calc.dossiers.options import Options
    from cchc_calc.periods import Period

_CODES_AT_ONCE: Final = 6_000_000
"""Half a gigabyte holds the keys of so many."""

_CLOSED: Final = "is_closed"


def groups_of_unique_codes(
    table: Table, period: Period, options: Options, as_of: date | None, faults: Counter[Fault]
) -> Iterator[Group]:
    """Count the dossiers as ``groups_of`` does, one row of every code; the others are counted among the ``faults``.

    A group of which nothing is left does not come.
    """
    with repeated_rows(table) as rows:
        newest = {group.key: group.counts for group in groups_of(newest_rows(rows), period, options, as_of)}
        too_many = {
            group.key: difference(group.counts, newest.get(group.key, Counts()))
            for group in groups_of(rows, period, options, as_of)
        }
        without_code = _rows_without_code(rows)
    left_out = sum(counts.read for counts in too_many.values())
    faults += Counter({Fault.NO_CODE: without_code, Fault.DOUBLE: left_out - without_code})
    for group in groups_of(table, period, options, as_of):
        if group.key not in too_many:
            yield group
        elif group.counts != (others := too_many.pop(group.key)):
            yield replace(group, counts=difference(group.counts, others))


@contextmanager
def repeated_rows(table: Table) -> Iterator[Table]:
    """Find the rows whose codes seem to be repeated, and those without a code: an empty text is their code then.

    The codes are read once for every ``_CODES_AT_ONCE`` of them, so that the memory for their keys has a bound. A row
    that is found for nothing does no harm: it is the newest of its code.
    """
    coded = with_code_keys(table.with_columns(nw.col("code").fill_null("")))
    with ExitStack() as holding:
        keys = [holding.enter_context(held(part)) for part in _repeated_keys(coded)]
        yield holding.enter_context(held(rows_of_keys(coded, keys).drop(KEY)))


def _repeated_keys(coded: Table) -> Iterator[Table]:
    keys = coded.select(KEY, is_missing=nw.col("code") == "")
    parts = 1
    if can_be_parted(coded):
        [(rows,)] = rows_of(coded.select(nw.len()))
        parts += rows // _CODES_AT_ONCE
    for number in range(parts):
        part = keys if parts == 1 else keys.filter(nw.col(KEY) % parts == number)
        groups = part.group_by(KEY).agg(nw.len().alias(ROWS), nw.col("is_missing").any())
        yield groups.filter((nw.col(ROWS) > 1) | nw.col("is_missing")).select(KEY)


def _rows_without_code(rows: Table) -> int:
    [(number,)] = rows_of(rows.filter(nw.col("code") == "").select(nw.len()))
    return int(number)


def newest_rows(rows: Table) -> Table:
    """Keep one row of every code: the one that knows most of what became of the dossier.

    A result counts more than none and a later one more than an earlier, whatever the order of the rows; of rows that
    are alike it matters not which. Rows without a code are not kept.
    """
    is_open = nw.col("status").is_null() | is_one_of(nw.col("status"), codes_of(Outcome.PENDING))
    ranked = rows.filter(nw.col("code") != "").with_columns(
        nw.when(is_open).then(nw.lit(0)).otherwise(nw.lit(1)).alias(_CLOSED)
    )
    others = (column.name for column in COLUMNS if column.name not in {"code", "finished"})
    # In an order nothing comes first.
    newest = ranked.unique("code", keep="last", order_by=("finished", _CLOSED, *others))
    return newest.select(column.name for column in COLUMNS)
