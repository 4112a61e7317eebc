"""What the computed cells of the figures store, so that a program that does not compute shows it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.excel.objectives.line_counts import LineCounts
from cchc_calc.excel.objectives.tables import FiguresColumn
from cchc_calc.excel.objectives.workbook_results import status_text
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.objectives.records import BASIS_TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.excel.objectives.workbook_results import WorkbookResults

_C = FiguresColumn


def stored_figures(results: WorkbookResults, place: int) -> Mapping[FiguresColumn, int | float | str]:
    """Return what every computed cell of a line stores; the first line has the place 0."""
    typed, line = results.typed.requirements[place], results.lines[place]
    counts = LineCounts.of(typed)
    stored: dict[FiguresColumn, int | float | str] = {
        _C.TARGET: line.target,
        _C.ACTUAL: stored_value(line.actual),
        _C.BASIS: "" if line.basis is None else BASIS_TEXTS[line.basis],
        _C.STATUS: status_text(line.status),
        _C.SHORTFALL: line.shortfall,
        _C.NOTE: line.note,
        _C.KEY: line.key,
        _C.GROUP_KEY: line.group_key,
        _C.READ_NUMERATOR: stored_value(counts.numerator),
        _C.READ_DENOMINATOR: stored_value(counts.denominator),
        _C.READ_DECLARED: stored_value(counts.declared),
        _C.NAME: line.name,
        _C.IS_DUE: int(results.is_due(line.key)) if line.key else "",
        _C.GROUP_STATUS: status_text(results.groups[place]),
        _C.IS_FIRST: int(results.firsts[place]) if line.key else "",
        _C.NOT_MET: results.missed[place],
        _C.RANK: results.ranks[place] or "",
    }
    return stored
