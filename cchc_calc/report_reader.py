"""Reading many reports one after the other: what one file taught serves the next of the same make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.file_types import OPEN_XML
from cchc_calc.reading import FORM_SHEET, find_report
from cchc_calc.stamp import OWN_COLUMNS

if TYPE_CHECKING:
    from cchc_calc.excel.readers.known_workbook import KnownWorkbook
    from cchc_calc.gate import Admitted
    from cchc_calc.package import Package
    from cchc_calc.report import Report

_MOST_KNOWN: Final = 16
"""So many makes of workbooks are known; a folder of more is read one file as slowly as the next."""

_MOST_LESSONS: Final = 64
"""So many files are tried; where they teach little, such as files full of notes, trying them all doubles the work."""


class ReportReader:
    """Reads reports as ``find_report`` does, and faster those whose make it has met.

    The answer is always the same: what a known workbook cannot vouch for to the last character is read anew.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: list[KnownWorkbook] = []
        self._lessons = 0

    def read(self, admitted: Admitted) -> Report:
        """Recognise the report in a file. Raises SourceRefusedError as ``find_report`` does."""
        if admitted.kind not in OPEN_XML:
            return find_report(admitted)
        for known in self._candidates(admitted.parts):
            report = known.read(admitted)
            if report is not None:
                return report
        report = find_report(admitted)
        if report.form is not None and len(self._known) < _MOST_KNOWN and self._lessons < _MOST_LESSONS:
            self._lessons += 1
            self._learn(admitted, report)
        return report

    def _candidates(self, package: Package) -> list[KnownWorkbook]:
        """List the known workbooks of the make of a package; its lists are read only where they are written anew."""
        from cchc_calc.excel.readers.workbook_parts import read_workbook_parts

        listed = [known for known in self._known if known.is_listed_alike(package)]
        if listed or not self._known:
            return listed
        parts = read_workbook_parts(package)
        return [known for known in self._known if known.is_made_alike(package, parts)]

    def _learn(self, admitted: Admitted, report: Report) -> None:
        from cchc_calc.excel.readers.grid import LAST_COLUMN
        from cchc_calc.excel.readers.known_workbook import KnownWorkbook

        for sheet, columns in ((FORM_SHEET, OWN_COLUMNS), (None, LAST_COLUMN)):
            known = KnownWorkbook.of(admitted, sheet, columns)
            if known is not None and known.read(admitted) == report:
                self._known.append(known)
                return
