"""Results of earlier runs: the only files in a folder of reports that may be written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.consolidation.headings import TOTALS_SHEET, UNITS_SHEET
from cchc_calc.sources import admit_source, admitted_sheet_names

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.gate import Admitted

_BEGINNINGS: Final = (b'{\n "form": ', "\ufeffform;period;".encode(), b"PAR1")
"""How our JSON and our tables begin."""


def is_own_result(path: Path) -> bool:
    """Tell whether a file is a consolidated workbook of ours, its JSON or its table; one that cannot be read is none.

    >>> from pathlib import Path
    >>> is_own_result(Path("không có.xlsx"))
    False
    """
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            if stream.read(20).startswith(_BEGINNINGS):
                return True
        return is_own_total(admit_source(path))
    except (SourceRefusedError, OSError):
        return False


def is_own_total(admitted: Admitted) -> bool:
    """Tell whether a workbook is a consolidated one of ours. Raises SourceRefusedError as ``sheet_names`` does."""
    return {TOTALS_SHEET, UNITS_SHEET} <= {*admitted_sheet_names(admitted)}
