"""The workbook that scores units: empty to be filled in, or with the points that were read and what they amount to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.builds import Build, build_for
from cchc_calc.excel.new_workbook import new_workbook
from cchc_calc.scoring.headings import DOSSIERS_SHEET, EVIDENCE_SHEET, POINTS_SHEET, SCALE_SHEET, SUMMARY_SHEET

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.scoring.records import Scoring
    from cchc_calc.scoring.scales import Scale

LEAST_SHOWN: Final = 30
"""Lines to be seen in an empty workbook; the others are hidden, and so are not printed."""

_CODE_NAMES: Final = {
    POINTS_SHEET: "BieuMau",
    DOSSIERS_SHEET: "HoSo",
    EVIDENCE_SHEET: "MinhChung",
    SUMMARY_SHEET: "TongHop",
    SCALE_SHEET: "ThangDiem",
}
"""The macros print BieuMau, whatever the sheet is called."""


def write_scores(
    path: Path,
    scoring: Scoring | None = None,
    *,
    scale: Scale | None = None,
    note: str = "",
    functions: str | None = None,
) -> None:
    """Write the workbook of points: empty for a scale (without one the default scale), or filled with a scoring.

    ``note`` is said on every sheet with figures, such as that they are constructed, in place of the scoring's own.
    The file is written aside and renamed; the same arguments give the same bytes on every machine. ``functions``
    names who computes the cells: "excel" for native formulas, "python" for calls of the CCHC_* functions; without a
    name a file .xlsm calls and brings the macros for it, any other has native formulas. Another name and .xlsm with
    "excel" raise ``FormError``; more units than there are lines raise ``ScaleError``; a folder that cannot be written
    raises ``OSError``.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "cham-diem-tthc.xlsx"
    ...     write_scores(path)
    ...     path.read_bytes()[:2]
    b'PK'
    """
    from cchc_calc.excel.scoring.written_scores import WrittenScores

    build = build_for(path, functions)
    scores = WrittenScores.of(scoring, scale, note or (scoring.note if scoring else ""))
    chosen = scores.scale
    with new_workbook(path, title=chosen.title, subject=chosen.id, day=chosen.valid_from) as book:
        _write_sheets(book, scores, build)


def _write_sheets(book: Workbook, scores: WrittenScores, build: Build) -> None:
    from cchc_calc.excel.scoring.check_sheet import write_check_sheet
    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.excel.scoring.dossiers_sheet import DossiersSheet
    from cchc_calc.excel.scoring.evidence_sheet import write_evidence_sheet
    from cchc_calc.excel.scoring.looks import Looks
    from cchc_calc.excel.scoring.points_sheet import PointsSheet
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
    from cchc_calc.excel.scoring.scale_sheet import write_scale_sheet
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.summary_sheet import SummarySheet
    from cchc_calc.excel.sheets.guide_sheet import guide_sections, write_guide_sheet
    from cchc_calc.excel.sheets.styles import Styles

    styles, looks, scale = Styles(book), Looks(book), ScaleCells(scores.scale)
    grid, dossiers = ScoreGrid(scores.scale), DossierGrid(scores.scale)
    shown = len(scores.units) or LEAST_SHOWN
    PointsSheet(book, styles, looks, grid, dossiers, scale, scores, build, shown).write()
    if dossiers.criteria:
        DossiersSheet(book, styles, looks, dossiers, grid, scale, scores).write()
    write_evidence_sheet(book, styles, looks, grid, scores, shown)
    SummarySheet(book, styles, grid, scale, scores, build).write()
    write_scale_sheet(book, styles, scores.scale, scores.note)
    write_check_sheet(book, styles, grid, dossiers, scores)
    name = scores.scale.title
    sections = guide_sections(build, "cchc_calc.excel.scoring")
    write_guide_sheet(book, styles, "HƯỚNG DẪN CHẤM ĐIỂM", name, sections)
    if build.calls_python:
        from cchc_calc.excel.sheets.self_test_sheet import write_self_test_sheet

        write_self_test_sheet(book, styles, name, build)
    if build is Build.MACROS:
        from cchc_calc.excel.sheets.macro_parts import CODE_NAMES, write_macro_parts

        write_macro_parts(book, styles, CODE_NAMES | _CODE_NAMES)
