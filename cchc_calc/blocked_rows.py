"""Rows that cannot be computed, each with the cells that are the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.expressions import references
from cchc_calc.findings import Finding, make_finding
from cchc_calc.states import UNDECIDED_TEXT, State
from cchc_calc.unreadable_cells import place_of, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.computation import Computation
    from cchc_calc.report import Report


def check_blocked(report: Report, computation: Computation) -> Iterator[Finding]:
    """Yield for every computed row that is undecided the cells for which it is."""
    for row in computation.form.computed:
        if computation.state(row.address) is not State.UNDECIDED:
            continue
        causes = list(dict.fromkeys(_undecided_inputs(computation, row.address)))
        if causes:
            named = "; ".join(_named(report, address) for address in causes)
            where = report.where(row.address)
            message = f"{place_of(row, where)} là {UNDECIDED_TEXT} vì chưa dùng được {named}."
            yield make_finding("blocked_by", message, rows=(row.address,), where=where, found=UNDECIDED_TEXT)


def _undecided_inputs(computation: Computation, address: str) -> Iterator[str]:
    row = computation.form.by_address[address]
    if row.is_input:
        yield address
    elif row.formula is not None:
        for operand in references(row.formula):
            if computation.state(operand) is State.UNDECIDED:
                yield from _undecided_inputs(computation, operand)


def _named(report: Report, address: str) -> str:
    entry = report.entries.get(address)
    if entry is None:
        return f"chỉ tiêu {address} (thiếu dòng)"
    shown = f", ghi “{shorten(entry.reported)}”" if entry.reported else ""
    return f"chỉ tiêu {address} ({entry.where}{shown})"
