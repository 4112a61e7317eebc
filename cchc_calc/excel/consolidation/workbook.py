"""The consolidated workbook: the form of the level above, made of the units' reports, and what to tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.excel.builds import Build, build_for
from cchc_calc.excel.new_workbook import new_large_workbook
from cchc_calc.excel.sheets.cover import Cover

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.excel.consolidation.book_parts import BookParts


def write_consolidation(
    path: Path,
    consolidation: Consolidation,
    *,
    unit: str = "",
    note: str = "",
    functions: str | None = None,
    command: Sequence[str] = (),
) -> None:
    """Write the workbook of a consolidation.

    ``unit`` is the office that consolidates. ``note`` is said on every sheet, such as that the figures are constructed.
    ``command`` goes into the manifest. The file is written aside and renamed; the same arguments give the same bytes on
    every machine. ``functions`` names who computes the cells: "excel" for native formulas, "python" for calls of the
    CCHC_* functions; without a name a file .xlsm calls and brings the macros for it, any other has native formulas.
    Another name and .xlsm with "excel" raise ``FormError``; a folder that cannot be written raises ``OSError``.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from cchc_calc.consolidation.consolidating import consolidate
    >>> from cchc_calc.form_files import load_form
    >>> from cchc_calc.report import Entry, Report
    >>> entries = {"3.4.3.b": Entry("", "", 425), "3.4.3.c": Entry("", "", 424)}
    >>> total = consolidate([Report("a.xlsx", load_form(), "UBND phường Phương Sơn", entries=entries)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "tong-hop.xlsx"
    ...     write_consolidation(path, total, unit="UBND thành phố Nha Trang")
    ...     path.read_bytes()[:2]
    b'PK'
    """
    from cchc_calc.excel.consolidation.book_parts import BookParts
    from cchc_calc.excel.sheets.styles import Styles

    build = build_for(path, functions)
    form, cover = consolidation.form, Cover.of(unit, consolidation.period, None)
    title = " ".join(cover.title_lines(form))
    with new_large_workbook(path, title=title, subject=f"{form.id}/{form.edition}", day=form.valid_from) as book:
        _write_sheets(BookParts(book, Styles(book), consolidation, cover, note, build), command)


def _write_sheets(parts: BookParts, command: Sequence[str]) -> None:
    from cchc_calc.excel.consolidation.changes_sheet import write_changes_sheet
    from cchc_calc.excel.consolidation.manifest_sheet import write_manifest_sheet
    from cchc_calc.excel.consolidation.outliers_sheet import write_outliers_sheet
    from cchc_calc.excel.consolidation.overview_sheet import write_overview_sheet
    from cchc_calc.excel.consolidation.ranking_sheet import write_ranking_sheet
    from cchc_calc.excel.consolidation.returned_sheet import write_returned_sheet
    from cchc_calc.excel.consolidation.sending_sheet import write_sending_sheet
    from cchc_calc.excel.consolidation.totals_sheet import write_totals_sheet
    from cchc_calc.excel.consolidation.units_sheet import write_units_sheet
    from cchc_calc.excel.sheets.cover import edition_line
    from cchc_calc.excel.sheets.guide_sheet import guide_sections, write_guide_sheet

    write_totals_sheet(parts)
    write_units_sheet(parts)
    write_ranking_sheet(parts)
    write_sending_sheet(parts)
    write_changes_sheet(parts)
    write_outliers_sheet(parts)
    write_returned_sheet(parts)
    write_overview_sheet(parts)
    write_manifest_sheet(parts, command)
    name = edition_line(parts.consolidation.form)
    sections = guide_sections(parts.build, "cchc_calc.excel.consolidation")
    write_guide_sheet(parts.book, parts.styles, "HƯỚNG DẪN TỆP TỔNG HỢP", name, sections)
    if parts.build.calls_python:
        from cchc_calc.excel.sheets.self_test_sheet import write_self_test_sheet

        write_self_test_sheet(parts.book, parts.styles, name, parts.build)
    if parts.build is Build.MACROS:
        from cchc_calc.excel.consolidation.headings import CODE_NAMES as OWN_NAMES
        from cchc_calc.excel.sheets.macro_parts import CODE_NAMES, write_macro_parts

        write_macro_parts(parts.book, parts.styles, CODE_NAMES | OWN_NAMES)
