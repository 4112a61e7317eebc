"""Read a file as quality objectives: a plan, a report of results, or our own workbook with both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.objectives.recognition import recognise_objectives
from cchc_calc.sources import admit_source, read_admitted

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.objectives.records import ObjectiveReport


def read_objectives(path: str | Path) -> ObjectiveReport:
    r"""Read quality objectives from .txt, .docx, .xlsx, .xlsm, .xls or .ods.

    Cells that are blank or cannot be read leave what they would say open; ``findings`` of the report name the latter.
    A file that gives no objective (missing, locked, broken, of another kind, without a table of objectives) raises
    ``SourceRefusedError``, whose Vietnamese message says what to do.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     plan = Path(folder, "ke-hoach.txt")
    ...     rows = ("STT\tMục tiêu chất lượng\tCách đo lường", "1\tHài lòng trên 84%\tPhiếu khảo sát")
    ...     _ = plan.write_text("\n".join(rows), encoding="utf-8")
    ...     [objective] = read_objectives(plan).objectives
    >>> objective.number, objective.requirements[0].target.text
    ('1', 'trên 84%')
    """
    return recognise_objectives(read_admitted(admit_source(path)))
