"""Seals: a hash that is the same for the same values, whatever the file, the machine or the order of the rows."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from cchc_calc.consolidation.unit_names import name_key
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.catalogue import Form
    from cchc_calc.periods import Period


def seal_of(contents: Mapping[str, Content], form: Form, unit: str, period: Period | None) -> str:
    """Return the seal of what a unit reports for a period: the SHA-256 of its canonical text, as hex digits.

    Only the rows that officials fill count, so a seal outlives a version of the formulas. A blank row and one that is
    missing are the same, and so are 12, 12.0 and 24/2.

    >>> from cchc_calc.form_files import load_form
    >>> form = load_form("thong-ke-cchc", "2023")
    >>> one = seal_of({"3.4.3.b": 425, "3.4.3.c": 425}, form, "UBND P. Phương Sơn", None)
    >>> one == seal_of({"3.4.3.c": 425, "3.4.3.b": 425, "1.1": State.BLANK}, form, "Phường Phương Sơn", None)
    True
    """
    return seal_from(fingerprint_of(contents, form), form, unit, period)


def seal_from(fingerprint: str, form: Form, unit: str, period: Period | None) -> str:
    """Return the seal of values of which the fingerprint is known already."""
    days = "" if period is None else f"{period.start.isoformat()}/{period.end.isoformat()}"
    lines = (f"form {form.id} {form.edition}", f"unit {name_key(unit)}", f"period {days}", f"values {fingerprint}")
    return _hash("\n".join(lines))


def fingerprint_of(contents: Mapping[str, Content], form: Form) -> str:
    """Return the hash of the values alone; two submissions with the same values have the same one."""
    return _hash(values_text(contents, form))


def values_text(contents: Mapping[str, Content], form: Form) -> str:
    """Write the rows that officials fill, one a line, in the order of the form; blank rows are left out.

    >>> from decimal import Decimal
    >>> from cchc_calc.form_files import load_form
    >>> print(values_text({"6.1.a": Decimal("12.50"), "1.1": 3}, load_form("thong-ke-cchc", "2023")))
    1.1 3
    6.1.a 25/2
    """
    return "\n".join(
        f"{address} {_canonical(contents[address])}"
        for address in input_addresses(form)
        if address in contents and contents[address] is not State.BLANK
    )


@cache
def input_addresses(form: Form) -> tuple[str, ...]:
    """List the rows that officials fill, in the order of the form."""
    return tuple(row.address for row in form.rows if row.is_input)


def _canonical(content: Content) -> str:
    if isinstance(content, int):
        return str(content)
    return content.value if isinstance(content, State) else str(Fraction(content))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
