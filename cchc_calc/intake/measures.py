"""Units of measure: figures in thousands where the form asks for single ones would spoil the total of all units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.outcomes import refusal
from cchc_calc.spelling import comparison_key
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.report import Report

_MULTIPLES: Final = {"chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_OF_ALL: Final = re.compile(
    rf"(?:đơn vị(?: tính)?|đvt)\W{{1,3}}(?=(?:{'|'.join(_MULTIPLES)})\b)([^()]{{1,40}})", re.IGNORECASE
)
_SHARES: Final = re.compile(r"\bt[ỷỉ] (?:lệ|số)\b|\bphần \w+")
_HEAD: Final = 12
"""So many paragraphs make the head of a form; further down other tables have their own units."""
_REMEDY: Final = "Ghi lại số liệu đúng đơn vị tính của biểu mẫu, rồi nộp lại."


def refuse_other_measures(report: Report) -> None:
    """Refuse a report with figures in other powers of ten than its form asks for; a row without a figure harms nobody.

    Raises SourceRefusedError X01.

    >>> from cchc_calc.form_files import load_form
    >>> from cchc_calc.document import Paragraph
    >>> from cchc_calc.report import Report
    >>> refuse_other_measures(Report("a.xlsx", load_form(), prose=(Paragraph("(Đơn vị tính: nghìn đồng)", "A3"),)))
    Traceback (most recent call last):
    cchc_calc.errors.SourceRefusedError: a.xlsx: A3 ghi đơn vị tính của cả biểu là “nghìn đồng”, khác biểu mẫu.
    """
    for found in (*_of_the_form(report), *_of_rows(report)):
        raise refusal(report.source, "X01", found, _REMEDY)


def _of_the_form(report: Report) -> Iterator[str]:
    for paragraph in report.prose[:_HEAD]:
        found = _OF_ALL.search(paragraph.text)
        if found is not None and _powers(found[1]):
            yield f"{paragraph.where} ghi đơn vị tính của cả biểu là “{found[1].strip()}”, khác biểu mẫu."


def _of_rows(report: Report) -> Iterator[str]:
    for finding in report.findings:
        if finding.rule != "unit_differs" or _powers(finding.found) == _powers(finding.expected):
            continue
        content = report.entries[finding.rows[0]].content
        if not isinstance(content, State) and content:
            yield (
                f"chỉ tiêu {finding.rows[0]} ({finding.where}) ghi theo “{finding.found}”, "
                f"biểu mẫu theo “{finding.expected}”."
            )


def _powers(measure: str) -> int:
    """Give the power of ten in the words of a unit.

    >>> _powers("Nghìn tỷ đồng"), _powers("Đồng"), _powers("Tỷ lệ phần trăm")
    (12, 0, 0)
    """
    return sum(_MULTIPLES.get(word, 0) for word in _SHARES.sub("", comparison_key(measure)).split())
