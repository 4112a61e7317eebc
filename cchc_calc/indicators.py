"""The indicators of administrative reform: exact rates of counts.

Every rate is a ``Fraction`` between 0 and 1. Counts are whole numbers; a float is taken only when it is
whole, because spreadsheets know no other number. ``None`` stands for a cell nobody filled.

In all of them:

- a missing operand (``None``) gives ``None``;
- 0 of 0 gives ``None``: nothing arose, which is neither 0 % nor 100 %;
- a negative, a fraction of a dossier, NaN, a bool, a text, or a part larger than its whole raises
  ``IndicatorError``.
"""

from __future__ import annotations

import math
import operator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, SupportsIndex, TypeAlias

from cchc_calc.errors import IndicatorError

if TYPE_CHECKING:
    from collections.abc import Callable

Count: TypeAlias = SupportsIndex | float | Decimal | Fraction | None
"""A whole, non-negative number of cases, or ``None`` where it was not reported."""

Amount: TypeAlias = SupportsIndex | float | Decimal | Fraction | None
"""A non-negative measure such as money, decimals as ``Decimal``; ``None`` where it was not reported."""


def on_time_rate(on_time: Count, resolved: Count) -> Fraction | None:
    """Divide the dossiers resolved on time or early by all dossiers resolved.

    The base is the dossiers resolved, as the note in the 2023 form asks. Reports also use the dossiers
    received or due; those are other indicators, so always name the base beside the figure.

    Source: rows 3.4.2-3.4.4 of the form; Nghị định 118/2025/NĐ-CP (before 1/7/2025: 61/2018/NĐ-CP).

    The quarterly report of phường Phương Sơn tells of 424 dossiers resolved early and 1 late:

    >>> on_time_rate(424, 425)
    Fraction(424, 425)
    >>> on_time_rate(0, 0) is None
    True
    """
    return _share(on_time, resolved, "on time", "resolved")


def late_rate(late: Count, resolved: Count) -> Fraction | None:
    """Divide the dossiers resolved late by all dossiers resolved; lower is better.

    Source: quality objective 2 of thành phố Nha Trang, 2022 and 2023.

    >>> from cchc_calc.rounding import format_percent
    >>> format_percent(late_rate(234, 13506))
    '1,73%'
    """
    return _share(late, resolved, "late", "resolved")


def online_rate(online: Count, received: Count) -> Fraction | None:
    """Divide the dossiers received online by all dossiers received in the same scope.

    Row 7.7.4 of the 2023 form restricts both to procedures of level 3 and 4 that had dossiers.

    Source: Nghị định 42/2022/NĐ-CP; row 7.7.4 of the form.

    >>> online_rate(115, 214)
    Fraction(115, 214)
    """
    return _share(online, received, "online", "received")


def bcci_rate(via_bcci: Count, received: Count) -> Fraction | None:
    """Divide the dossiers received through the public post (BCCI) by all dossiers received.

    Source: Quyết định 45/2016/QĐ-TTg; row 7.8.2 of the form.

    >>> bcci_rate(0, 447)
    Fraction(0, 1)
    """
    return _share(via_bcci, received, "via BCCI", "received")


def task_completion_rate(completed: Count, assigned: Count) -> Fraction | None:
    """Divide the tasks completed by the tasks assigned.

    Source: row 1.2 of the form (tasks of the year's reform plan).

    >>> task_completion_rate(26, 34)
    Fraction(13, 17)
    """
    return _share(completed, assigned, "completed", "assigned")


def petition_resolution_rate(resolved: Count, received: Count) -> Fraction | None:
    """Divide the petitions on administrative rules (PAKN) resolved by those received.

    Source: row 3.5 of the form.

    >>> petition_resolution_rate(2, 3)
    Fraction(2, 3)
    """
    return _share(resolved, received, "resolved", "received")


def disbursement_rate(disbursed: Amount, planned: Amount) -> Fraction | None:
    """Divide the public investment disbursed by the plan; both in the same unit of money.

    Source: row 6.1 of the form.

    >>> disbursement_rate(Decimal("12.5"), 50)
    Fraction(1, 4)
    """
    return _share(disbursed, planned, "disbursed", "planned", whole_cases=False)


def electronic_document_rate(electronic: Count, issued: Count) -> Fraction | None:
    """Divide the documents sent wholly in electronic form, signed digitally, by all documents issued.

    Source: row 7.5.3 of the form.

    >>> electronic_document_rate(1200, 1200)
    Fraction(1, 1)
    """
    return _share(electronic, issued, "electronic", "issued")


def reduction_rate(reduced: Count, baseline: Count) -> Fraction | None:
    """Divide the posts or units cut since the base year by their number in the base year.

    A reduction of 0 from 21 is a true 0 %, not "không phát sinh".

    Source: rows 4.1.5.b, 4.2.e and 4.3.d of the form (base year 2015).

    >>> reduction_rate(0, 21)
    Fraction(0, 1)
    """
    return _share(reduced, baseline, "reduced", "baseline")


def provision_rate(provided: Count, eligible: Count) -> Fraction | None:
    """Divide the procedures provided online by the procedures eligible for it.

    Source: rows 7.7.1 and 7.7.2 of the form, by the meaning of their labels.

    >>> provision_rate(31, 31)
    Fraction(1, 1)
    """
    return _share(provided, eligible, "provided", "eligible")


def ratio(numerator: Amount, denominator: Amount) -> Fraction | None:
    """Divide a part by its whole where no indicator has a name of its own.

    >>> ratio(12, 16)
    Fraction(3, 4)
    >>> ratio(27, 0)
    Traceback (most recent call last):
    cchc_calc.errors.IndicatorError: numerator (27) is larger than denominator (0)
    """
    return _share(numerator, denominator, "numerator", "denominator", whole_cases=False)


def shortfall(
    numerator: Count, denominator: Count, target: Decimal | Fraction | int | str, comparator: str = ">="
) -> int | None:
    """Count the fewest cases still missing to reach a target, the denominator staying as it is.

    For ``>=`` and ``>`` these are cases to add to the numerator, for ``<=`` and ``<`` cases to take away.
    ``target`` is a fraction of one, or a Vietnamese phrase such as "dưới 1,5%" that brings its own
    comparator. 0 means reached; ``None`` that an operand is missing, that the whole is 0, or that no
    number of cases can reach it.

    Of 13.506 dossiers 234 were late; below 1,5 % are at most 202:

    >>> shortfall(234, 13506, "dưới 1,5%")
    32
    >>> shortfall(425, 447, Fraction(95, 100)), shortfall(0, 447, Decimal("0.15"), ">")
    (0, 68)
    """
    wanted, comparator = _target(target, comparator)
    part, whole = _operand(numerator, "numerator"), _operand(denominator, "denominator")
    if part is None or whole is None:
        return None
    _require_part(part, whole, "numerator", "denominator")
    if whole == 0:
        return None
    edge = wanted * whole
    if comparator in {">=", ">"}:
        least = math.ceil(edge) if comparator == ">=" else math.floor(edge) + 1
        return max(0, least - int(part)) if least <= whole else None
    most = math.floor(edge) if comparator == "<=" else math.ceil(edge) - 1
    return max(0, int(part) - most) if most >= 0 else None


RATES: Final[dict[str, Callable[[Count, Count], Fraction | None]]] = {
    function.__name__: function
    for function in (
        on_time_rate,
        late_rate,
        online_rate,
        bcci_rate,
        task_completion_rate,
        petition_resolution_rate,
        disbursement_rate,
        electronic_document_rate,
        reduction_rate,
        provision_rate,
        ratio,
    )
}
"""The rates a form's formulas may name."""


def _share(
    numerator: Amount, denominator: Amount, part_name: str, whole_name: str, *, whole_cases: bool = True
) -> Fraction | None:
    part = _operand(numerator, part_name, whole_cases=whole_cases)
    whole = _operand(denominator, whole_name, whole_cases=whole_cases)
    if part is None or whole is None:
        return None
    _require_part(part, whole, part_name, whole_name)
    return Fraction(part) / whole if whole else None


def _operand(value: Amount, name: str, *, whole_cases: bool = True) -> int | Fraction | None:
    if value is None:
        return None
    number = value if type(value) is int else _exact(value, name)
    if number < 0:
        msg = f"{name} ({value}) is negative"
        raise IndicatorError(msg)
    if whole_cases and number.denominator != 1:
        msg = f"{name} ({value}) is not a whole number of cases"
        raise IndicatorError(msg)
    return number


def _exact(value: object, name: str) -> int | Fraction:
    if isinstance(value, bool):
        msg = f"{name} ({value}) is a truth value, not a count"
        raise IndicatorError(msg)
    if isinstance(value, float):
        # A spreadsheet knows no integers, so 425.0 is a count; 0.1 is not exactly what anybody typed.
        if not value.is_integer():
            msg = f"{name} ({value}) is a float with decimals: give a Decimal or a Fraction"
            raise IndicatorError(msg)
        return int(value)
    try:
        if isinstance(value, (Decimal, Fraction)):
            return Fraction(value)
        return operator.index(value)  # type: ignore[arg-type]  # the TypeError is the test
    except (TypeError, ValueError, OverflowError) as error:
        msg = f"{name} ({value!r}) is not a number of cases"
        raise IndicatorError(msg) from error


def _require_part(part: int | Fraction, whole: int | Fraction, part_name: str, whole_name: str) -> None:
    if part > whole:
        msg = f"{part_name} ({part}) is larger than {whole_name} ({whole})"
        raise IndicatorError(msg)


_COMPARATORS = frozenset({">=", ">", "<=", "<"})


def _target(target: object, comparator: str) -> tuple[Fraction, str]:
    if isinstance(target, str):
        from cchc_calc.targets import RATE, read_target

        read = read_target(target, comparator)
        if read.unit != RATE:
            msg = f"target ({target!r}) is not a share of the whole"
            raise IndicatorError(msg)
        wanted, comparator = read.value, read.comparator
    else:
        wanted = Fraction(_exact(target, "target"))
    if not 0 <= wanted <= 1 or comparator not in _COMPARATORS:
        msg = f"target {comparator} {target!r} is not a comparison with a fraction between 0 and 1"
        raise IndicatorError(msg)
    return wanted, comparator
