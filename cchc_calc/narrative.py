"""The prose against the form: a figure told in words must be the figure in the cell.

Which words tell of which row is data of the form (``[[narrative]]``), because the words are the form's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import references
from cchc_calc.findings import Finding, make_finding
from cchc_calc.numerals import parse_figures
from cchc_calc.rounding import format_number
from cchc_calc.spelling import clean
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.catalogue import Balance, Fact, Listing
    from cchc_calc.computation import Computation
    from cchc_calc.document import Paragraph
    from cchc_calc.numerals import Figure
    from cchc_calc.report import Report

_STOP: Final = re.compile(r"[;()\n]|(?<=[^\d\s])\.(?=\s)|\.$")
_SOFT_STOP: Final = re.compile(r",(?=\s)")
_BEFORE, _AFTER = 160, 60
"""How many letters around a figure may speak of it."""
_LISTED: Final = re.compile(r"^\W*[^\W\d_]+(?: [^\W\d_]+)? (?:số )?\d+/[\w-]+", re.IGNORECASE)
_BULLETS: Final = ("-", "+", "–", "•")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as the prose tells it."""

    fact: Fact
    value: Decimal
    where: str
    quote: str


def check_narrative(report: Report, computation: Computation) -> Iterator[Finding]:
    """Yield a finding where the prose tells another figure than the form, or does not add up."""
    told: dict[str, Told] = {}
    differing: set[str] = set()
    for one in _told(report, computation.form.narrative):
        told.setdefault(one.fact.name, one)
        if one.fact.name not in differing and (finding := _compare(one, computation)) is not None:
            differing.add(one.fact.name)
            yield finding
    for balance in computation.form.balances:
        yield from _check_balance(balance, told)
    for listing in computation.form.listings:
        yield from _check_listing(listing, report, computation)


def _told(report: Report, facts: tuple[Fact, ...]) -> Iterator[Told]:
    for paragraph in report.prose:
        text = clean(paragraph.text)
        lower = text.casefold()
        # Reading figures is dear, and most paragraphs speak of no fact.
        figures = parse_figures(text) if any(_is_named(fact, lower) for fact in facts) else ()
        for index, figure in enumerate(figures):
            if figure.value is None or figure.comparator != "=":
                continue
            words = _words_about(text, figures, index)
            for fact in facts:
                if _speaks_of(fact, figure, words):
                    yield Told(fact, figure.value, paragraph.where, words)


def _words_about(text: str, figures: tuple[Figure, ...], index: int) -> str:
    """Return a figure with the words before and after it that speak of it alone, in lower case.

    The two sides of n/m share the words around them.
    """
    first = index - 1 if figures[index].role == "denominator" else index
    last = index + 1 if figures[index].role == "numerator" else index
    opening, closing = figures[max(0, first)].start, figures[min(last, len(figures) - 1)].end
    start = figures[first - 1].end if first > 0 else 0
    end = figures[last + 1].start if last + 1 < len(figures) else len(text)
    before = text[max(start, opening - _BEFORE) : opening]
    after = text[closing : min(end, closing + _AFTER)]
    stops = list(_STOP.finditer(before))
    if stops:
        before = before[stops[-1].end() :]
    found = (_STOP.search(after), _SOFT_STOP.search(after))
    cut = min((stop.start() for stop in found if stop is not None), default=len(after))
    return f"{before.strip(' :,-+')} {text[opening:closing]} {after[:cut].strip()}".casefold().strip()


def _speaks_of(fact: Fact, figure: Figure, words: str) -> bool:
    if figure.role != fact.role or (fact.unit and figure.unit not in fact.unit):
        return False
    return _is_named(fact, words) and not any(word in words for word in fact.without)


def _is_named(fact: Fact, words: str) -> bool:
    return all(any(word in words for word in group.split("|")) for group in fact.words)


def _compare(told: Told, computation: Computation) -> Finding | None:
    formula = told.fact.formula
    content = State.BLANK if formula is None else evaluate(formula, computation.contents)
    if formula is None or isinstance(content, State) or told.value == content:
        return None
    found, expected = format_number(told.value), format_number(content, 0)
    message = (
        f"{told.where}: thuyết minh ghi {told.fact.name} là {found} (“{told.quote}”), biểu cho {expected} "
        f"(chỉ tiêu {', '.join(references(formula))})."
    )
    rows = told.fact.rows or references(formula)
    return make_finding("prose_differs", message, rows=rows, where=told.where, found=found, expected=expected)


def _check_balance(balance: Balance, told: Mapping[str, Told]) -> Iterator[Finding]:
    whole = told.get(balance.whole)
    parts = [told[name] for name in balance.parts if name in told]
    if whole is None or not all(name in told for name in balance.parts[: balance.needed]):
        return
    total = sum((part.value for part in parts), Decimal(0))
    if total == whole.value:
        return
    added = " + ".join(format_number(part.value) for part in parts)
    message = (
        f"{whole.where}: {balance.whole} là {format_number(whole.value)}, các phần {added} = {format_number(total)}, "
        f"lệch {format_number(abs(total - whole.value))}. Nếu có hồ sơ kỳ trước chuyển sang thì cần ghi rõ số đó."
    )
    yield make_finding(
        "breakdown_differs",
        message,
        where=whole.where,
        found=format_number(total),
        expected=format_number(whole.value),
        cause="balance",
    )


def _check_listing(listing: Listing, report: Report, computation: Computation) -> Iterator[Finding]:
    """Compare how many documents a list in the prose names with the row that counts them."""
    content = computation.contents.get(listing.row, State.BLANK)
    if isinstance(content, State):
        return
    for index, paragraph in enumerate(report.prose):
        text = clean(paragraph.text).casefold()
        if listing.words in text and text.endswith((":", "cụ thể")):
            count = _items(report.prose[index + 1 :])
            if count and count != content:
                expected = format_number(content, 0)
                message = f"{paragraph.where}: thuyết minh kể {count} văn bản, chỉ tiêu {listing.row} ghi {expected}."
                yield make_finding(
                    "prose_differs",
                    message,
                    rows=(listing.row,),
                    where=paragraph.where,
                    found=str(count),
                    expected=expected,
                )
            return


def _items(paragraphs: tuple[Paragraph, ...]) -> int:
    count = 0
    for paragraph in paragraphs:
        if not paragraph.text.lstrip().startswith(_BULLETS) or not _LISTED.match(clean(paragraph.text)):
            break
        count += 1
    return count
