"""Who sets or reports objectives, under which number, for which period: read from the text around their table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.letterhead import read_letterhead
from cchc_calc.periods import find_dates, read_period
from cchc_calc.spelling import clean, comparison_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cchc_calc.document import Paragraph
    from cchc_calc.periods import Period

SUBJECT: Final = "mục tiêu chất lượng"

_LONGEST_TITLE: Final = 160
_CITING: Final = ("căn cứ", "thực hiện", "theo")
_PERIOD_LINE: Final = "kỳ báo cáo"
# An annex names the document it belongs to.
_ANNEXED: Final = re.compile(r"kèm theo [^\d]{2,40}số (?P<number>\d{1,6} ?/+ ?[\w-]{2,20}),? ngày ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The head of a plan or report; what is not there is empty or ``None``."""

    unit: str
    number: str
    issued: date | None
    period: Period | None
    title: str


def read_head(around: Sequence[Paragraph]) -> ReportHead:
    """Read the head from the text around a table of objectives.

    A line "Kỳ báo cáo: từ ngày … đến ngày …" says more of the period than the title, and that more than other lines.

    >>> from cchc_calc.document import Paragraph
    >>> head = read_head([Paragraph("Kết quả thực hiện Mục tiêu chất lượng 6 tháng đầu năm 2020", "dòng 1")])
    >>> head.period.code, head.title
    ('2020-H1', 'Kết quả thực hiện Mục tiêu chất lượng 6 tháng đầu năm 2020')
    """
    head, title = read_letterhead(around), _title(around)
    texts = [clean(paragraph.text) for paragraph in around]
    annexed = next((found for text in texts if (found := _ANNEXED.search(text))), None)
    number, issued = head.number, head.issued
    if not number and annexed is not None:
        number = annexed["number"].replace(" ", "")
        issued = next((found.day for found in find_dates(annexed.string[annexed.end() :])), None)
    return ReportHead(head.unit, number, issued, _period(texts, title) or head.period, title or head.title)


def _title(around: Sequence[Paragraph]) -> str:
    for paragraph in around:
        key = comparison_key(paragraph.text)
        if SUBJECT in key and len(key) < _LONGEST_TITLE and not key.startswith(_CITING):
            return clean(paragraph.text)
    return ""


def _period(texts: Sequence[str], title: str) -> Period | None:
    named = read_period(title)
    lines = (read_period(text) for text in texts if comparison_key(text).startswith(_PERIOD_LINE))
    exact = next(filter(None, lines), None)
    if exact is None:
        return named
    return replace(exact, label=named.label) if named is not None else exact
