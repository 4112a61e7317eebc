"""Many filled forms of one period: the first of its kind is written, the others are made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from cchc_calc.atomic import replacing
from cchc_calc.excel.builds import build_for
from cchc_calc.excel.counted_forms import counted_result
from cchc_calc.excel.prepared.package import PreparedPackage
from cchc_calc.excel.prepared.recorded_book import RecordedBook
from cchc_calc.excel.sheets.cover import Cover
from cchc_calc.excel.sheets.form_figures import figures_of_report
from cchc_calc.excel.template import title_of, write_figures, write_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

    from cchc_calc.catalogue import Form
    from cchc_calc.checking import CheckResult
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.counted_forms import Counted
    from cchc_calc.excel.prepared.recorded_book import Place
    from cchc_calc.periods import Period

_MOST_KEPT: Final = 16


class FormWriter:
    """Writes the forms of many units, each the same to the byte as ``write_template`` would write it.

    Two forms are of one kind when their workbooks differ in nothing but what cells hold, how high lines are and where
    links lead: those of units of one level with as many findings. A few kinds are kept, the last used ones.
    """

    def __init__(self, form: Form, period: Period, *, functions: str | None = None) -> None:
        """Begin without a prepared workbook; ``functions`` as for ``write_template``."""
        self._form, self._period, self._functions = form, period, functions
        self._prepared: dict[Build, list[PreparedPackage]] = {}
        self._places: dict[Place, Place] = {}

    def write(self, path: Path, counted: Counted) -> CheckResult:
        """Write the form of one unit and return what was found in it; the errors are those of ``write_template``."""
        build = build_for(path, self._functions)
        result = counted_result(self._form, counted, self._period)
        figures, cover = figures_of_report(self._form, result.report), Cover.of("", None, result.report)
        book = RecordedBook(self._places)
        write_sheets(cast("Workbook", book), figures, cover, result, build)
        prepared = self._prepared.setdefault(build, [])
        fitting = next((package for package in prepared if package.fits(book)), None)
        if fitting is None:
            write_figures(path, figures, cover, result, build=build)
            fitting = PreparedPackage(path.read_bytes(), book)
        else:
            prepared.remove(fitting)
            with replacing(path) as part:
                part.write_bytes(fitting.filled(book, title_of(self._form, cover)))
        self._prepared[build] = [fitting, *prepared[: _MOST_KEPT - 1]]
        return result
