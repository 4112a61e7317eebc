"""The workbook of quality objectives: empty to be filled in, or with what a document says and what follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.builds import Build, build_for
from cchc_calc.excel.new_workbook import new_workbook
from cchc_calc.excel.objectives.typed_lines import empty_workbook
from cchc_calc.objectives.headings import FIGURES_SHEET, PLAN_SHEET, RESULTS_SHEET

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.objectives.typed_lines import TypedWorkbook
    from cchc_calc.objectives.evaluation import ObjectiveEvaluation

_DAY: Final = date(2015, 9, 15)
"""Stands in the properties of every workbook in place of the clock: the day of ISO 9001:2015."""
_TITLE: Final = "BÁO CÁO KẾT QUẢ THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG"
_LONGEST_TITLE: Final = 250
_TO_FILL_IN: Final = "…………"
_CODE_NAMES: Final = {PLAN_SHEET: "KeHoach", FIGURES_SHEET: "SoLieu", RESULTS_SHEET: "BieuMau"}
"""The macros print BieuMau, whatever the sheet is called."""


def write_objectives(
    path: Path, evaluation: ObjectiveEvaluation | None = None, *, functions: str | None = None
) -> None:
    """Write the workbook of quality objectives: empty, or filled with an evaluation.

    The file is written aside and renamed; the same arguments give the same bytes on every machine. ``functions``
    names who computes the cells: "excel" for native formulas, "python" for calls of the CCHC_* functions; without
    a name a file .xlsm calls and brings the macros for it, any other has native formulas. Another name and .xlsm
    with "excel" raise ``FormError``. A folder that cannot be written raises ``OSError``.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "muc-tieu-chat-luong.xlsx"
    ...     write_objectives(path)
    ...     path.read_bytes()[:2]
    b'PK'
    """
    build = build_for(path, functions)
    if evaluation is None:
        write_typed(path, empty_workbook(), build=build)
        return
    from cchc_calc.excel.objectives.filling import typed_workbook

    write_typed(path, typed_workbook(evaluation).with_spare_lines(), build=build)


def write_typed(path: Path, typed: TypedWorkbook, *, build: Build = Build.NATIVE) -> None:
    """Write the workbook that holds what is typed, whoever typed it."""
    titles = titles_of(typed)
    with new_workbook(path, title=" ".join(titles)[:_LONGEST_TITLE], subject="muc-tieu-chat-luong", day=_DAY) as book:
        _write_sheets(book, typed, titles, build)


def titles_of(typed: TypedWorkbook) -> tuple[str, str]:
    """Return the two lines of the title, with dots where something has to be filled in.

    >>> titles_of(empty_workbook())[1]
    'CỦA UBND …………'
    """
    subject = typed.subject.upper() or f"NĂM {_TO_FILL_IN}"
    return f"{_TITLE} {subject}", f"CỦA {typed.cover.unit.upper() or f'UBND {_TO_FILL_IN}'}"


def _write_sheets(book: Workbook, typed: TypedWorkbook, titles: tuple[str, str], build: Build) -> None:
    from cchc_calc.excel.objectives.check_sheet import write_check_sheet
    from cchc_calc.excel.objectives.figures_sheet import FiguresSheet
    from cchc_calc.excel.objectives.looks import Looks
    from cchc_calc.excel.objectives.overview_sheet import OverviewSheet
    from cchc_calc.excel.objectives.plan_sheet import write_plan_sheet
    from cchc_calc.excel.objectives.results_sheet import ResultsSheet
    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.workbook_results import WorkbookResults
    from cchc_calc.excel.sheets.guide_sheet import guide_sections, write_guide_sheet
    from cchc_calc.excel.sheets.styles import Styles

    styles, looks, results = Styles(book), Looks(book), WorkbookResults(typed)
    tables = Tables.with_room(len(typed.objectives), len(typed.requirements))
    name = "Mục tiêu chất lượng theo TCVN ISO 9001:2015"
    ResultsSheet(book, styles, looks, tables, results, build).write(titles)
    write_plan_sheet(book, styles, looks, tables, typed, titles)
    FiguresSheet(book, styles, looks, tables, results, build).write(titles)
    OverviewSheet(book, styles, looks, tables, results).write(titles)
    write_check_sheet(book, styles, tables, results)
    sections = guide_sections(build, "cchc_calc.excel.objectives")
    write_guide_sheet(book, styles, "HƯỚNG DẪN SỬ DỤNG", name, sections)
    if build.calls_python:
        from cchc_calc.excel.sheets.self_test_sheet import write_self_test_sheet

        write_self_test_sheet(book, styles, name, build)
    if build is Build.MACROS:
        from cchc_calc.excel.sheets.macro_parts import CODE_NAMES, write_macro_parts

        write_macro_parts(book, styles, CODE_NAMES | _CODE_NAMES)
