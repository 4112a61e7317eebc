"""Rates of one name over two totals in the prose: "trong tổng số hồ sơ" and "trong tổng số hồ sơ mức độ 3, 4"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.spelling import clean, comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.report import Report

_INSIDE: Final = r"(?:[^.;:,()%/]|,(?= ?\d))"
_RATE: Final = re.compile(
    rf"(?P<or>hoặc )?[Tt][ỷỉ] lệ (?P<part>{_INSIDE}{{3,80}}?) (?:trong|trên) tổng số "
    rf"(?P<whole>{_INSIDE}{{2,120}}?)"
    r"(?= đạt| chiếm| là | từ |[.;:,()%/](?! ?\d)|$)"
)


@dataclass(frozen=True, slots=True)
class RateBase:
    """A rate named in the prose: what is counted, out of which total; ``alternative`` after "hoặc"."""

    part: str
    whole: str
    alternative: bool = False


def check_rate_bases(report: Report) -> Iterator[Finding]:
    """Yield a finding where the prose gives a rate of one name over two totals; the prose is taken to be clean.

    A target that offers the second total as an alternative ("hoặc") says itself that there are two.
    """
    first: dict[str, RateBase] = {}
    for paragraph in report.prose:
        for base in _bases_in(paragraph.text):
            known = first.setdefault(comparison_key(base.part), base)
            if base.alternative or comparison_key(known.whole) == comparison_key(base.whole):
                continue
            message = (
                f"{paragraph.where}: tỷ lệ “{base.part}” ở đây tính trên tổng số “{base.whole}”, chỗ khác trong bài "
                f"tính trên tổng số “{known.whole}”; hai tỷ lệ này không so sánh với nhau được."
            )
            yield make_finding(
                "ambiguous_base",
                message,
                where=paragraph.where,
                found=f"{known.whole}; {base.whole}",
                expected="một tổng số",
            )


def find_rate_bases(text: str) -> tuple[RateBase, ...]:
    """Find the rates that a text names with their total, in the order written.

    >>> find_rate_bases("nâng tỷ lệ hồ sơ trực tuyến trong tổng số hồ sơ tiếp nhận đạt từ 15% trở lên")
    (RateBase(part='hồ sơ trực tuyến', whole='hồ sơ tiếp nhận', alternative=False),)
    """
    return tuple(_bases_in(clean(text)))


def _bases_in(text: str) -> Iterator[RateBase]:
    if "tổng số" not in text:
        return
    for match in _RATE.finditer(text):
        yield RateBase(match["part"], match["whole"], alternative=match["or"] is not None)
