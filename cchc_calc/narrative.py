"""The prose against the form: a figure told in words must be the figure in the cell.

Which words tell of which row is data of the form (``[[narrative]]``), because the words are the form's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import references
from cchc_calc.findings import Finding, make_finding
from cchc_calc.numerals import parse_figures
from cchc_calc.rounding import format_number
from cchc_calc.spelling import clean
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.catalogue import Fact
    from cchc_calc.computation import Computation
    from cchc_calc.document import Paragraph
    from cchc_calc.numerals import Figure
    from cchc_calc.report import Report

_STOP: Final = re.compile(r"[;()\n]|(?<=[^\d\s])\.(?=\s)|\.$")
_SOFT_STOP: Final = re.compile(r",(?=\s)")
_LISTED: Final = re.compile(r"^\W*(?P<type>[^\W\d_]+(?: [^\W\d_]+)?) (?:số )?\d+/[\w-]+", re.IGNORECASE)


def check_narrative(report: Report, computation: Computation) -> Iterator[Finding]:
    """Yield a finding where the prose tells another figure than the form holds."""
    told: set[str] = set()
    for paragraph in report.prose:
        text = clean(paragraph.text)
        figures = parse_figures(text)
        for index, figure in enumerate(figures):
            if figure.value is None or figure.comparator != "=":
                continue
            before, after = _context(text, figures, index)
            for fact in computation.form.narrative:
                if fact.name in told or not _tells(fact, figure, before, after):
                    continue
                finding = _compare(fact, figure, paragraph, f"{before} {figure.text} {after}", computation)
                if finding is not None:
                    told.add(fact.name)
                    yield finding
    yield from _listings(report, computation)


def _context(text: str, figures: tuple[Figure, ...], index: int) -> tuple[str, str]:
    """Return the words before and after a figure that speak of it alone, in lower case."""
    figure = figures[index]
    start = figures[index - 1].end if index else 0
    end = figures[index + 1].start if index + 1 < len(figures) else len(text)
    before = text[max(start, figure.start - 160) : figure.start]
    after = text[figure.end : min(end, figure.end + 60)]
    stops = list(_STOP.finditer(before))
    if stops:
        before = before[stops[-1].end() :]
    hard, soft = _STOP.search(after), _SOFT_STOP.search(after)
    cut = min((stop.start() for stop in (hard, soft) if stop is not None), default=len(after))
    return before.casefold().strip(" :,-+"), after[:cut].casefold().strip()


def _tells(fact: Fact, figure: Figure, before: str, after: str) -> bool:
    if figure.role != fact.role or (fact.unit and figure.unit not in fact.unit):
        return False
    words = f"{before} {figure.text.casefold()} {after}"
    return all(any(word in words for word in group.split("|")) for group in fact.words) and not any(
        word in words for word in fact.without
    )


def _compare(fact: Fact, figure: Figure, paragraph: Paragraph, quote: str, computation: Computation) -> Finding | None:
    content = evaluate(fact.formula, computation.contents)
    if isinstance(content, State) or figure.value is None or figure.value == content:
        return None
    rows = fact.rows or references(fact.formula)
    message = (
        f"{paragraph.where}: thuyết minh ghi {fact.name} là {format_number(figure.value)} (“{quote.strip()}”), "
        f"biểu cho {format_number(content, 0)} (dòng {', '.join(references(fact.formula))})."
    )
    return make_finding(
        "prose_differs",
        message,
        rows=rows,
        where=paragraph.where,
        found=format_number(figure.value),
        expected=format_number(content, 0),
    )


def _listings(report: Report, computation: Computation) -> Iterator[Finding]:
    """Compare how many documents a list in the prose names with the row that counts them."""
    for listing in computation.form.listings:
        content = computation.contents.get(listing.row, State.BLANK)
        if isinstance(content, State):
            continue
        for index, paragraph in enumerate(report.prose):
            text = clean(paragraph.text).casefold()
            if listing.words in text and text.endswith((":", "cụ thể")):
                count = _items(report.prose[index + 1 : index + 40])
                if count and count != content:
                    message = (
                        f"{paragraph.where}: thuyết minh kể {count} văn bản, dòng {listing.row} ghi "
                        f"{format_number(content, 0)}."
                    )
                    yield make_finding(
                        "prose_differs",
                        message,
                        rows=(listing.row,),
                        where=paragraph.where,
                        found=str(count),
                        expected=format_number(content, 0),
                    )
                break


def _items(paragraphs: tuple[Paragraph, ...]) -> int:
    count = 0
    for paragraph in paragraphs:
        if not paragraph.text.lstrip().startswith(("-", "+", "–", "•")) or not _LISTED.match(clean(paragraph.text)):
            break
        count += 1
    return count
