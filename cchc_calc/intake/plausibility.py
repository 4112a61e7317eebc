"""Whether what a store holds could have come from the reader: it may have lain where others can write."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import rules
from cchc_calc.outcomes import OUTCOMES
from cchc_calc.readings import LARGEST_AMOUNT
from cchc_calc.states import State

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.states import Content

_LARGEST: Final = 100 * LARGEST_AMOUNT
"""No sum of a form's rows is larger than this."""
_MOST_PLACES: Final = 400
"""A spreadsheet's smallest number has 324 decimal places before its 17 digits."""


def is_plausible(submission: Submission) -> bool:
    """Tell whether a submission holds nothing but rows of its form, with numbers such as can stand in them.

    Raises FormError where there is no such edition.

    >>> from cchc_calc.consolidation.submissions import Submission
    >>> is_plausible(Submission("a.xlsx", "Phường 1", "thong-ke-cchc", "2023", {"1.1": 3}))
    True
    >>> is_plausible(Submission("a.xlsx", "Phường 1", "thong-ke-cchc", "2023", {"1.1": Decimal("1E+999999999")}))
    False
    """
    form, failing = submission.form, submission.failing
    return all(_fits(form, *entry) for entry in submission.contents.items()) and all(
        (not address or address in form.by_address) and rules().keys() >= {*names} for address, names in failing.items()
    )


def is_known(refusal: Refusal) -> bool:
    """Tell whether a refusal has one of the numbered outcomes."""
    return refusal.code in OUTCOMES


def is_writable(text: str) -> bool:
    r"""Tell whether a file can hold the texts in a JSON text; half a letter in \\u can stand in none.

    >>> is_writable(json.dumps("phường 😀")), is_writable(json.dumps("phường \ud83d"))
    (True, False)
    """
    if "\\ud" not in text:
        return True
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _fits(form: Form, address: str, content: Content) -> bool:
    row = form.by_address.get(address)
    if row is None or row.is_heading:
        return False
    return isinstance(content, State) or _may_stand_in(row, content)


def _may_stand_in(row: Row, number: int | Decimal | Fraction) -> bool:
    # The places come first: a short text can mean a number that fills the memory.
    if isinstance(number, Decimal) and not -_MOST_PLACES <= number.adjusted() <= _MOST_PLACES:
        return False
    if row.kind != "rate":
        is_kind = isinstance(number, int) or (isinstance(number, Decimal) and row.kind in {"measure", "sum"})
        return is_kind and 0 <= number <= _LARGEST
    parts = (number.numerator, number.denominator) if isinstance(number, Fraction) else (number,)
    return all(abs(part) < 10 ** (3 * _MOST_PLACES) for part in parts)
