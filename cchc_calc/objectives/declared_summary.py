"""The sentence in which a report sums up: "6/10 mục tiêu đạt và vượt (mục tiêu số 2, 5, 6, 8, 9, 10)"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from cchc_calc.numerals import parse_figures
from cchc_calc.objectives.records import DeclaredSummary
from cchc_calc.objectives.result_figures import count_of
from cchc_calc.objectives.result_wording import is_missed, is_negated, listed_numbers, sums_up
from cchc_calc.spelling import clean

_RATIO: Final = re.compile(r"\d+ ?/ ?\d+")
_FULL_STOP: Final = re.compile(r"[.;!?] ")
_REACH: Final = 300
"""No sentence that sums up reaches further."""


def read_summary(text: str, where: str) -> DeclaredSummary | None:
    """Read how many objectives a paragraph says are met, and which; ``None`` where it says nothing of it.

    Without a list of numbers ``numbers`` is empty. What is said not to be met is no summary.

    >>> summary = read_summary("đã có 6/10 mục tiêu đạt và vượt (mục tiêu số 2, 5,6,8,9,10); còn lại phấn đấu", "")
    >>> summary.met, summary.total, summary.numbers
    (6, 10, ('2', '5', '6', '8', '9', '10'))
    """
    paragraph = clean(text)
    for part, whole in pairwise(parse_figures(paragraph)):
        met, total = count_of(part), count_of(whole)
        if part.role != "numerator" or whole.role != "denominator" or met is None or total is None:
            continue
        before = _FULL_STOP.split(paragraph[max(0, part.start - _REACH) : part.start])[-1]
        after = _RATIO.sub("", _FULL_STOP.split(paragraph[part.start : part.start + _REACH])[0], count=1)
        said = f"{before}{after}"
        if sums_up(before, after) and not (is_negated(said) or is_missed(said)):
            listed = listed_numbers(paragraph[part.end :])
            return DeclaredSummary(met, total, listed, clean(f"{before}{met}/{total}{after}"), where)
    return None
