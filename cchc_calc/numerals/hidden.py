"""Expressions that hold digits and are no figures as a whole: numbers of documents, dates, telephones, addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cchc_calc.periods.finder import period_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.folding import FoldedText


def hidden_spans(folded: FoldedText) -> Iterator[tuple[int, int]]:
    """Give the places, in the folded text, of everything that is no figure however its digits look."""
    yield from period_spans(folded)
    for text, pattern in ((folded.cased, _of_documents()), (folded.lower, _of_other_things())):
        for match in pattern.finditer(text):
            yield match.span()


@cache
def _of_documents() -> re.Pattern[str]:
    """Match 9758 /BC-UBND, 1779//BC-UBND, 61/2018/NĐ-CP, 01/2018/TTVPCP, 141/QĐ –UBND, 293-CV/ThU.

    The letters of a code bear no tone marks, which tells "12/QĐ-UBND" from "12/TỔNG SỐ".
    """
    part = r"[A-ZĐ][A-Za-zĐđ0-9&.]{0,14}(?![^\W\d_])"
    code = rf"(?=[A-ZĐ][A-Za-z]?[A-ZĐ]|Qđ|Bc|Kh|Cv|Tb|Nq){part}(?:\s?[-–/]\s?{part}){{0,4}}"
    kinds = "CV|NQ|CT|QĐ|KH|BC|TB|HD|KL|ĐA|CTr|CTHĐ|QC|QCPH|TTr|BB|GM|ĐK"
    return re.compile(
        rf"(?<![\w/.,])[0-9]{{1,6}}(?:\s?/\s?[0-9]{{4}})?(?:\s?/{{1,2}}\s?{code}|-(?=(?:{kinds})(?!\w)){code})"
    )


@cache
def _of_other_things() -> re.Pattern[str]:
    return re.compile(
        r"""
          (?:https?://|www\.)[^\s]+                                     # an address in the web
        | (?<![\w.,/]) (?:\+84|0[0-9]{1,3}|\(0[0-9]{1,3}\)) (?:[ .-]?[0-9]{3,4}){2,3} (?![0-9])    # a telephone
        | (?:động|trực|vụ|trợ|tục)\s24\s?/\s?(?:24|7)(?!\w)               # active around the clock
        | [0-9]\.[0-9]{6}(?:\.[0-9a-z]{1,4}){0,6} (?![0-9])             # the code of a procedure
        | (?<!\w) (?:iso|tcvn|iec) (?:[\s/-]{1,2}(?:iso|iec)){0,2} [\s:-]{1,2} [0-9]{1,6}(?:[:-][0-9]{1,4}){0,2}
        """,
        re.VERBOSE,
    )
