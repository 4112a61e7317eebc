"""The official workbook: the form that computes itself, what was found in it, and how it is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.errors import FormError
from cchc_calc.excel.builds import Build, build_for
from cchc_calc.excel.new_workbook import new_workbook
from cchc_calc.excel.sheets.cover import Cover, edition_line
from cchc_calc.excel.sheets.form_figures import FormFigures, figures_of_cells, figures_of_report

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

    from cchc_calc.catalogue import Form
    from cchc_calc.checking import CheckResult
    from cchc_calc.periods import Period


def write_template(
    path: Path,
    form: Form,
    *,
    unit: str = "",
    period: Period | None = None,
    result: CheckResult | None = None,
    functions: str | None = None,
) -> None:
    """Write the workbook of a form: empty, or filled with the report of a result.

    ``unit`` and ``period`` go before what the report says. The file is written aside and renamed; the same
    arguments give the same bytes on every machine. ``functions`` names who computes the cells: "excel" for
    native formulas, "python" for calls of the CCHC_* functions; without a name a file .xlsm calls and brings
    the macros for it, any other has native formulas. Another name and .xlsm with "excel" raise ``FormError``,
    and so does a result of another form. A folder that cannot be written raises ``OSError``.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from cchc_calc.form_files import load_form
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "bieu-mau.xlsx"
    ...     write_template(path, load_form("thong-ke-cchc", "2023"), unit="UBND phường Phương Sơn")
    ...     path.read_bytes()[:2]
    b'PK'
    """
    build = build_for(path, functions)
    if result is None:
        write_figures(path, figures_of_cells(form, {}), Cover.of(unit, period, None), build=build)
        return
    if result.report.form is not form:
        msg = f"báo cáo {result.report.source} không theo biểu mẫu {form.id}, năm {form.edition}"
        raise FormError(msg)
    cover = Cover.of(unit, period, result.report)
    write_figures(path, figures_of_report(form, result.report), cover, result, build=build)


def write_figures(
    path: Path, figures: FormFigures, cover: Cover, result: CheckResult | None = None, *, build: Build = Build.NATIVE
) -> None:
    """Write the workbook of figures that need not come from a report."""
    form = figures.form
    with new_workbook(
        path, title=title_of(form, cover), subject=f"{form.id}/{form.edition}", day=form.valid_from
    ) as book:
        write_sheets(book, figures, cover, result, build)


def title_of(form: Form, cover: Cover) -> str:
    """Give the title that stands in the properties of the workbook."""
    return " ".join(cover.title_lines(form))


def write_sheets(book: Workbook, figures: FormFigures, cover: Cover, result: CheckResult | None, build: Build) -> None:
    """Write the sheets of the workbook into one that is open."""
    from cchc_calc.excel.sheets.findings_sheet import write_findings_sheet
    from cchc_calc.excel.sheets.form_sheet import write_form_sheet
    from cchc_calc.excel.sheets.guide_sheet import guide_sections, write_guide_sheet
    from cchc_calc.excel.sheets.method_sheet import write_method_sheet
    from cchc_calc.excel.sheets.overview_sheet import write_overview_sheet
    from cchc_calc.excel.sheets.styles import Styles

    styles = Styles(book)
    write_form_sheet(book, styles, figures, cover, build)
    write_findings_sheet(book, styles, figures, cover, result)
    write_overview_sheet(book, styles, figures, cover)
    write_method_sheet(book, styles, figures, build)
    name = edition_line(figures.form)
    write_guide_sheet(book, styles, "HƯỚNG DẪN SỬ DỤNG BIỂU MẪU", name, guide_sections(build))
    if build.calls_python:
        from cchc_calc.excel.sheets.self_test_sheet import write_self_test_sheet

        write_self_test_sheet(book, styles, name, build)
    if build is Build.MACROS:
        from cchc_calc.excel.sheets.macro_parts import write_macro_parts

        write_macro_parts(book, styles)
