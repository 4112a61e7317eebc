"""The workbooks beside that of the official form, by the names of their files and by their sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.objectives.headings import FIGURES_SHEET, PLAN_SHEET, RESULTS_SHEET
from cchc_calc.scoring.headings import POINTS_SHEET

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

OBJECTIVES: Final = "muc-tieu-chat-luong"
SCORES: Final = "cham-diem-tthc"
NAMES: Final = (OBJECTIVES, SCORES)
CONSOLIDATION: Final = "tong-hop"
"""The workbook that nobody fills in: it is written from the reports of units, and shown on an example."""

_SHEETS: Final = {
    OBJECTIVES: frozenset({PLAN_SHEET, FIGURES_SHEET, RESULTS_SHEET}),
    SCORES: frozenset({POINTS_SHEET}),
}


def write_empty(path: Path, name: str, *, functions: str | None = None) -> None:
    """Write the workbook of one of ``NAMES``, to be filled in; ``functions`` as for the template of a form."""
    if name == OBJECTIVES:
        from cchc_calc.excel.objectives.workbook import write_objectives

        write_objectives(path, functions=functions)
    else:
        from cchc_calc.excel.scoring.workbook import write_scores

        write_scores(path, functions=functions)


def name_by_sheets(sheets: Collection[str]) -> str:
    """Tell which of these workbooks has such sheets; an empty text for none of them.

    >>> name_by_sheets(["Chấm điểm", "Hồ sơ"]), name_by_sheets(["Biểu mẫu"])
    ('cham-diem-tthc', '')
    """
    return next((name for name, needed in _SHEETS.items() if needed <= set(sheets)), "")
