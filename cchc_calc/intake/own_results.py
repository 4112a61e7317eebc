"""Results of earlier runs: the only files in a folder of reports that may be written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.consolidation.headings import TOTALS_SHEET, UNITS_SHEET
from cchc_calc.sources import sheet_names

if TYPE_CHECKING:
    from pathlib import Path


def is_own_result(path: Path) -> bool:
    """Tell whether a file is a consolidated workbook of ours; one that cannot be read is none.

    >>> from pathlib import Path
    >>> is_own_result(Path("không có.xlsx"))
    False
    """
    try:
        return {TOTALS_SHEET, UNITS_SHEET} <= {*sheet_names(path)}
    except SourceRefusedError:
        return False
