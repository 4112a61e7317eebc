"""Claims: every n/m, and every rate printed with its counts, recomputed and judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.rounding import format_percent, truncate
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cchc_calc.report import Report


class Verdict(StrEnum):
    """What a recomputation says of a printed rate."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    WRONG = "wrong"
    NOT_COMPUTABLE = "not_computable"


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed rate with the counts printed beside it.

    ``declared`` is the rate as printed, empty for a bare n/m; ``computed`` the recomputed rate, empty
    where the counts do not give one. A bare n/m is exact unless its part is larger than its whole.
    """

    text: str
    where: str
    declared: str
    numerator: int | None
    denominator: int | None
    computed: str
    verdict: Verdict


_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])\s+(?=\D)|\s\.\s|\n+")
_OF_WHICH: Final = re.compile(r"trong đó|tổng số|trên tổng|trong tổng", re.IGNORECASE)
_DECLARES: Final = re.compile(r"(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương ứng)\s*(?:tỷ lệ|tỉ lệ)?\s*:?\s*$", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s*[(\[]\s*$")


def find_claims(report: Report) -> Iterator[Claim]:
    """Find and judge the claims of a report, in its prose and in its value cells."""
    totals = _totals(report)
    for paragraph in report.prose:
        for claim in claims_in(paragraph.text, paragraph.where):
            yield _with_total(claim, totals)
    for entry in report.entries.values():
        if "/" in entry.reported:
            yield from claims_in(entry.reported, entry.where)


def claims_in(text: str, where: str = "") -> Iterator[Claim]:
    """Find and judge the claims of one paragraph or cell.

    >>> [(c.declared, c.computed, c.verdict.value) for c in claims_in("115 hồ sơ đạt 54% (115/214)")]
    [('54%', '53,74%', 'rounded')]
    """
    # Most paragraphs hold neither a percentage nor a ratio.
    if "%" not in text and "/" not in text:
        return
    for sentence in _SENTENCE_END.split(clean(text)):
        if "%" in sentence or "/" in sentence:
            yield from _claims_of_sentence(sentence, where)


def judge(declared: Figure, numerator: int, denominator: int) -> Verdict:
    """Judge a printed percentage against its counts, at the precision it is printed with."""
    if denominator == 0 or declared.value is None:
        return Verdict.NOT_COMPUTABLE
    exact = Fraction(numerator, denominator) * 100
    decimals = max(0, -int(declared.value.as_tuple().exponent))
    printed = Fraction(declared.value)
    if printed == exact:
        return Verdict.EXACT
    if 2 * abs(printed - exact) <= Fraction(1, 10**decimals):
        return Verdict.ROUNDED
    return Verdict.TRUNCATED if truncate(exact, decimals) == declared.value else Verdict.WRONG


def check_claims(claims: Iterable[Claim]) -> Iterator[Finding]:
    """Yield a finding for every claim that is wrong, cut off, or has no base."""
    for claim in claims:
        counts = f"{claim.numerator}/{claim.denominator}"
        if claim.verdict is Verdict.WRONG:
            stated = f"in {claim.declared}" if claim.declared else f"phần lớn hơn tổng ({counts})"
            rule, message = (
                "claim_wrong",
                f"{claim.where}: “{claim.text}” {stated}, tính lại {counts} = {claim.computed}.",
            )
        elif claim.verdict is Verdict.TRUNCATED:
            rule = "claim_truncated"
            message = f"{claim.where}: “{claim.text}” in {claim.declared}, làm tròn đúng là {_rounded(claim)}."
        elif claim.verdict is Verdict.NOT_COMPUTABLE:
            rule, message = (
                "claim_without_base",
                f"{claim.where}: “{claim.text}” không cho đủ tử số và mẫu số để tính lại.",
            )
        else:
            continue
        cause = "truncated" if claim.verdict is Verdict.TRUNCATED else ""
        yield make_finding(
            rule, message, where=claim.where, found=claim.declared or counts, expected=claim.computed, cause=cause
        )


def _claims_of_sentence(sentence: str, where: str) -> Iterator[Claim]:
    figures = [figure for figure in parse_figures(sentence) if figure.value is not None]
    rates = [figure for figure in figures if figure.unit == "%" and figure.comparator == "="]
    ratios = [
        (part, whole) for part, whole in pairwise(figures) if part.role == "numerator" and whole.role == "denominator"
    ]
    used: set[int] = set()
    for index, (part, whole) in enumerate(ratios):
        until = ratios[index + 1][0].start if index + 1 < len(ratios) else len(sentence)
        rate = _rate_of_ratio(sentence, part, whole, rates, until, used)
        if rate is not None:
            used.add(rate.start)
        yield _claim(sentence, where, rate, part, whole, _count_before(figures, part, rate))
    for rate in rates:
        if rate.start not in used:
            yield from _claim_of_counts(sentence, where, rate, figures)


def _rate_of_ratio(
    sentence: str, part: Figure, whole: Figure, rates: list[Figure], until: int, used: set[int]
) -> Figure | None:
    """Find the rate that belongs to n/m: right before it in front of a bracket, else the next one after it."""
    for rate in rates:
        if rate.start not in used and rate.end <= part.start and _BRACKET.fullmatch(sentence[rate.end : part.start]):
            return rate
    return next((rate for rate in rates if whole.end <= rate.start < until and rate.start not in used), None)


def _count_before(figures: list[Figure], part: Figure, rate: Figure | None) -> Figure | None:
    """Find the count that the sentence names before it repeats it in the ratio."""
    first = part.start if rate is None else min(part.start, rate.start)
    before = [figure for figure in figures if figure.end <= first and figure.role == "" and figure.unit != "%"]
    return before[-1] if before and before[-1].value == part.value else None


def _claim_of_counts(sentence: str, where: str, rate: Figure, figures: list[Figure]) -> Iterator[Claim]:
    """Judge a rate by the counts before it: "13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, tỷ lệ 1,73%"."""
    if not _DECLARES.search(sentence, 0, rate.start):
        return
    earlier = [figure for figure in figures if figure.end <= rate.start]
    if earlier and (earlier[-1].unit == "%" or earlier[-1].role):
        return
    counts = [figure for figure in earlier if figure.role == "" and figure.unit != "%" and figure.comparator == "="]
    if not counts:
        return
    part = counts[-1]
    for whole in reversed(counts[:-1]):
        if whole.unit == part.unit and _is_whole_of(sentence, whole, part):
            yield _claim(sentence, where, rate, part, whole, None)
            return
    # With several counts of one kind before it, which of them the rate speaks of cannot be told.
    alike = [figure for figure in counts if figure.unit == part.unit]
    numerator = _int(part) if len(alike) == 1 else None
    text = _quote(sentence, alike[0].start, rate.end)
    yield Claim(text, where, _printed_rate(rate), numerator, None, "", Verdict.NOT_COMPUTABLE)


def _is_whole_of(sentence: str, whole: Figure, part: Figure) -> bool:
    if whole.value is None or part.value is None or whole.value < part.value:
        return False
    between = sentence[whole.end : part.start]
    before = sentence[max(0, whole.start - 120) : whole.start]
    return bool(_OF_WHICH.search(between) or _OF_WHICH.search(before))


def _claim(sentence: str, where: str, rate: Figure | None, part: Figure, whole: Figure, named: Figure | None) -> Claim:
    spans = [figure for figure in (rate, part, whole, named) if figure is not None]
    numerator, denominator = _int(part), _int(whole)
    text = _quote(sentence, min(figure.start for figure in spans), max(figure.end for figure in spans))
    if numerator is None or denominator is None or denominator == 0:
        verdict, computed = Verdict.NOT_COMPUTABLE, ""
    else:
        computed = format_percent(Fraction(numerator, denominator))
        bare = Verdict.WRONG if numerator > denominator else Verdict.EXACT
        verdict = bare if rate is None else judge(rate, numerator, denominator)
    declared = _printed_rate(rate) if rate is not None else ""
    return Claim(text, where, declared, numerator, denominator, computed, verdict)


def _totals(report: Report) -> dict[int, None]:
    """List the totals the document names, as bases that a rate without one may have used."""
    totals: dict[int, None] = {}
    for paragraph in report.prose:
        if "tổng số" in paragraph.text.casefold():
            for figure in parse_figures(paragraph.text):
                count = _int(figure)
                if count and figure.role == "" and figure.comparator == "=" and figure.unit != "%":
                    totals[count] = None
    return totals


def _with_total(claim: Claim, totals: dict[int, None]) -> Claim:
    """Give a rate without a base the one total of the document that explains it, if there is just one."""
    if claim.verdict is not Verdict.NOT_COMPUTABLE or claim.numerator is None or claim.denominator is not None:
        return claim
    rate = next((figure for figure in parse_figures(claim.declared) if figure.value is not None), None)
    if rate is None:
        return claim
    fitting = [
        total
        for total in totals
        if total > claim.numerator and judge(rate, claim.numerator, total) in {Verdict.EXACT, Verdict.ROUNDED}
    ]
    if len(fitting) != 1:
        return claim
    computed = format_percent(Fraction(claim.numerator, fitting[0]))
    return replace(claim, denominator=fitting[0], computed=computed, verdict=judge(rate, claim.numerator, fitting[0]))


def _rounded(claim: Claim) -> str:
    if claim.numerator is None or not claim.denominator:
        return ""
    decimals = len(claim.declared.rstrip("%").partition(",")[2])
    return format_percent(Fraction(claim.numerator, claim.denominator), decimals)


def _printed_rate(rate: Figure) -> str:
    return rate.text.strip()


def _int(figure: Figure) -> int | None:
    if figure.value is None or figure.value != figure.value.to_integral_value():
        return None
    return int(figure.value)


def _quote(sentence: str, start: int, end: int) -> str:
    if end < len(sentence) and sentence[end] in ")]":
        end += 1
    return clean(sentence[start:end])
