"""All checks of a report's prose, told in the order an official reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Paragraph
from cchc_calc.findings import Finding, make_finding
from cchc_calc.prose.bands import check_bands
from cchc_calc.prose.breakdowns import check_breakdowns
from cchc_calc.prose.citation_checks import check_citations
from cchc_calc.prose.data_periods import check_periods
from cchc_calc.prose.rate_bases import check_rate_bases
from cchc_calc.prose.wording import check_wording
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.report import Report

_LETTER_LENGTH: Final = 1000
"""A text with so many letters is a document of its own, which has a number and a date."""
_HEADER_CELLS: Final = 3
_FIRST_COLUMN: Final = frozenset({"stt", "tt", "số tt", "số thứ tự"})
_LONGEST_NAME: Final = max(map(len, _FIRST_COLUMN))
_FIRST_NUMBER: Final = frozenset({"1", "01", "i", "a"})
_SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xls", ".ods")


def check_prose(report: Report) -> Iterator[Finding]:
    """Yield what is wrong with the prose of a report: the head, citations, periods, ratings, breakdowns, wording.

    Findings come in reading order, those of the whole document first. Prose without a fault yields nothing.
    """
    prose = tuple(Paragraph(clean(paragraph.text), paragraph.where) for paragraph in report.prose)
    report = replace(report, prose=prose)
    findings = [
        *_missing_header(report),
        *_split_tables(report),
        *check_citations(report),
        *check_periods(report),
        *check_bands(report),
        *check_breakdowns(report),
        *check_rate_bases(report),
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


def _split_tables(report: Report) -> Iterator[Finding]:
    """Yield a finding where a table goes on under its repeated header after a page break.

    Of a table that is not the form the prose holds the cells that are filled, one after the other.
    """
    texts = [paragraph.text for paragraph in report.prose]
    headers: dict[tuple[str, ...], int] = {}
    for place, text in enumerate(texts):
        if len(text) > _LONGEST_NAME or text.casefold() not in _FIRST_COLUMN:
            continue
        header = tuple(texts[place : place + _HEADER_CELLS])
        if headers.setdefault(header, place) == place or _begins_anew(texts, headers[header], place):
            continue
        where = report.prose[place].where
        message = f"{where}: dòng tiêu đề của bảng lặp lại sau khi sang trang; dòng bị ngắt được đọc tiếp ở dưới."
        yield make_finding("row_split", message, where=where, found=report.prose[place].text)


def _begins_anew(texts: list[str], first: int, second: int) -> bool:
    """Tell whether the second of two like headers begins another table: the cell under it is a first number."""
    length = next((n for n in range(len(texts) - second) if texts[first + n] != texts[second + n]), 0)
    return texts[second + length].casefold().strip(".)") in _FIRST_NUMBER
