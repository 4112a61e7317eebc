"""All checks of a report's prose, told in the order an official reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.bands import check_bands
from cchc_calc.breakdowns import check_breakdowns
from cchc_calc.citation_checks import check_citations
from cchc_calc.document import Paragraph
from cchc_calc.findings import Finding, make_finding
from cchc_calc.prose_periods import check_periods
from cchc_calc.spelling import clean
from cchc_calc.wording import check_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.report import Report

_LETTER_LENGTH: Final = 1000
"""A text with so many letters is a document of its own, which has a number and a date."""
_SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xls", ".ods")


def check_prose(report: Report) -> Iterator[Finding]:
    """Yield what is wrong with the prose of a report: head, citations, dates, periods, bands, breakdowns, wording.

    Findings come in reading order, those of the whole document first. Prose without a fault yields nothing.
    """
    prose = tuple(Paragraph(clean(paragraph.text), paragraph.where) for paragraph in report.prose)
    report = replace(report, prose=prose)
    findings = [
        *_missing_header(report),
        *check_citations(report),
        *check_periods(report),
        *check_bands(report),
        *check_breakdowns(report),
        *check_wording(report),
    ]
    order = {paragraph.where: place for place, paragraph in enumerate(prose)}
    yield from sorted(findings, key=lambda finding: order.get(finding.where, -1))


def _missing_header(report: Report) -> Iterator[Finding]:
    if report.source.casefold().endswith(_SPREADSHEETS):
        return
    missing = [name for name, part in (("số, ký hiệu", report.number), ("ngày", report.issued)) if not part]
    if missing and sum(len(paragraph.text) for paragraph in report.prose) >= _LETTER_LENGTH:
        names = " và ".join(missing)
        message = f"Đầu văn bản không có {names}."
        yield make_finding("document_header_missing", message, found="không có", expected=names)
