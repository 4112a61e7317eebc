"""Read a file as quality objectives: a plan, a report of results, or our own workbook with both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.objectives.recognition import recognise_objectives
from cchc_calc.sources import admit_source, read_admitted

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.objectives.records import ObjectiveReport


def read_objectives(path: str | Path) -> ObjectiveReport:
    """Read quality objectives from .txt, .docx, .xlsx, .xlsm, .xls or .ods.

    A file that gives none (missing, locked, broken, of another kind, without a table of objectives) raises
    ``SourceRefusedError``, whose Vietnamese message says what to do.
    """
    return recognise_objectives(read_admitted(admit_source(path)))
