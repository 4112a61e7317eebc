"""Read a file as a table of points: the right reader for its kind, then recognition by headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.gate import admit
from cchc_calc.scoring.recognition import recognise_scores
from cchc_calc.sources import read_admitted

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.scoring.recognition import ScoreTable
    from cchc_calc.scoring.scales import Scale


def read_scores(path: str | Path, scale: Scale | None = None) -> ScoreTable:
    r"""Read the points of units from .xlsx, .xlsm, .xls, .ods, .csv, .docx or .txt, by the criteria of a scale.

    Without a scale the one that our own workbook states is taken, else the default one. A blank cell is not scored
    yet, 0 is a score, and a cell that holds no score is undecided, with a finding. A file that gives nothing (missing,
    locked, broken, of another kind, without a table of points) raises ``SourceRefusedError``, whose Vietnamese
    message says what to do.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source = Path(folder, "diem.csv")
    ...     _ = source.write_text("Đơn vị;Tổng điểm\nPhường 3;16\nPhường 8;13", encoding="utf-8")
    ...     table = read_scores(source)
    >>> [(unit.unit, str(unit.total)) for unit in table.units]
    [('Phường 3', '16'), ('Phường 8', '13')]
    """
    admitted = admit(path)
    if admitted.kind == "text" and admitted.name.lower().endswith(".csv"):
        from cchc_calc.csv_tables import read_csv

        return recognise_scores(read_csv(admitted), scale)
    return recognise_scores(read_admitted(admitted), scale)
