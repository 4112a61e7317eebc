"""Claims: every n/m, and every rate printed with its counts, recomputed and judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.numerals import Figure, parse_figures
from cchc_calc.rate_pairs import RatePair, rate_pairs
from cchc_calc.rounding import agrees, format_percent, is_truncated, places
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

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
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    computed: str
    verdict: Verdict


_REMEMBERED: Final = 12
"""So many counts of the sentences before may be the whole of a rate."""
_RATIO: Final = re.compile(r"[^\s….]\s*/\s*[^\s….]")
_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])\s+(?=\D)|\s\.\s|\n+")


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
    # Most paragraphs hold neither a percentage nor a ratio; dots on both sides of a stroke are to be filled in.
    if "%" not in text and not ("/" in text and _RATIO.search(text)):
        return
    counts: list[Figure] = []
    for sentence in _SENTENCE_END.split(clean(text)):
        pairs, counted = rate_pairs(sentence, counts)
        yield from (_claim(sentence, where, pair) for pair in pairs)
        counts = [*counts, *counted][-_REMEMBERED:]


def judge(declared: Figure, numerator: int | Decimal, denominator: int | Decimal) -> Verdict:
    """Judge a printed percentage against its counts, at the precision it is printed with."""
    if denominator == 0 or declared.value is None:
        return Verdict.NOT_COMPUTABLE
    exact = Fraction(numerator) / Fraction(denominator) * 100
    decimals = places(declared.value)
    if Fraction(declared.value) == exact:
        return Verdict.EXACT
    if agrees(declared.value, decimals, exact):
        return Verdict.ROUNDED
    return Verdict.TRUNCATED if is_truncated(declared.value, decimals, exact) else Verdict.WRONG


def check_claims(claims: Iterable[Claim]) -> Iterator[Finding]:
    """Yield a finding for every claim that is wrong, cut off, or has no base."""
    for claim in claims:
        counts = f"{_printed(claim.numerator)}/{_printed(claim.denominator)}"
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


def _claim(sentence: str, where: str, pair: RatePair) -> Claim:
    text = _quote(sentence, pair.start, pair.end)
    declared = pair.rate.text.strip() if pair.rate is not None else ""
    numerator = _number(pair.part) if pair.part else None
    denominator = _number(pair.whole) if pair.whole else None
    if numerator is None or not denominator:
        return Claim(text, where, declared, numerator, denominator, "", Verdict.NOT_COMPUTABLE)
    computed = format_percent(Fraction(numerator) / Fraction(denominator))
    bare = Verdict.WRONG if numerator > denominator else Verdict.EXACT
    verdict = bare if pair.rate is None else judge(pair.rate, numerator, denominator)
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
    computed = format_percent(Fraction(claim.numerator) / fitting[0])
    return replace(claim, denominator=fitting[0], computed=computed, verdict=judge(rate, claim.numerator, fitting[0]))


def _rounded(claim: Claim) -> str:
    if claim.numerator is None or not claim.denominator:
        return ""
    decimals = len(claim.declared.rstrip("%").partition(",")[2])
    return format_percent(Fraction(claim.numerator) / Fraction(claim.denominator), decimals)


def _int(figure: Figure) -> int | None:
    if figure.value is None or figure.value != figure.value.to_integral_value():
        return None
    return int(figure.value)


def _printed(number: int | Decimal | None) -> str:
    return f"{number}".replace(".", ",")


def _number(figure: Figure) -> int | Decimal | None:
    whole = _int(figure)
    return figure.value if whole is None else whole


def _quote(sentence: str, start: int, end: int) -> str:
    opened = any(sentence.count(mark, start, end) > sentence.count(close, start, end) for mark, close in ("()", "[]"))
    if opened and end < len(sentence) and sentence[end] in ")]":
        end += 1
    return clean(sentence[start:end])
