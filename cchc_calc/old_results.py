"""Results in our own template that are older than the figures they stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.cell_checks import OLD_RESULT
from cchc_calc.outcomes import refusal
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.states import STATE_TEXTS, UNDECIDED_TEXT, Content, State

if TYPE_CHECKING:
    from cchc_calc.computation import Computation
    from cchc_calc.document import Cell
    from cchc_calc.report import Report

_RECOMPUTE: Final = "Mở tệp bằng Excel, nhấn Ctrl+Alt+F9 để tính lại tất cả, lưu lại rồi nộp lại."
_UNSEEN: Final = 0.5e-4
"""Half of the last place of a rate as it is shown."""
_MOST_NAMED: Final = 5


def refuse_old_results(report: Report, computation: Computation) -> None:
    """Refuse a file whose formulas left older results: compare them with what the form computes to now.

    Where they differ, the file shows other figures than it holds: somebody changed it without a spreadsheet,
    or a spreadsheet did not compute. Formulas of others are not computed, but for plain numbers. A result that
    is ``KXĐ`` is none that could be old: the cell takes less than what is read here.

    Raises SourceRefusedError C20, which names the first cells that differ.
    """
    told = next((finding for finding in report.findings if finding.code == OLD_RESULT), None)
    if told is not None:
        raise refusal(report.source, OLD_RESULT, told.message, _RECOMPUTE)
    results = {address: entry.result for address, entry in report.entries.items() if entry.result is not None}
    old = [
        f"{address} ({cell.where}) hiện {cell.text or 'ô trống'}, tính lại là {computation.text(address) or 'ô trống'}"
        for address, cell in results.items()
        if _is_old(cell, computation.contents[address])
    ]
    if old:
        listed = shortened_list(old, _MOST_NAMED, "ô", parted_by="; ")
        message = f"kết quả công thức lưu trong tệp đã cũ: {listed}."
        raise refusal(report.source, OLD_RESULT, message, _RECOMPUTE)


def _is_old(cell: Cell, content: Content) -> bool:
    if cell.fault or cell.text == UNDECIDED_TEXT or content is State.UNDECIDED:
        return False
    if isinstance(content, State):
        return cell.text != STATE_TEXTS[content]
    return cell.number is None or abs(float(cell.number) - float(content)) > max(_UNSEEN, 1e-9 * float(content))
