"""A number alone in a cell: whose count it is, told by the one thing asked for, or that its unit is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.numerals import parse_figures
from cchc_calc.objectives.records import Attainment
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.objectives.records import Requirement, Result
    from cchc_calc.targets import Target

_BARE: Final = re.compile(r"\s*\d{1,9}(?:[.,]\d{1,6})?\s*")
_WHOLE: Final = re.compile(r"\s*\d{1,9}\s*")
_HUNDRED: Final = 100


def attainments_of(result: Result | None, requirements: Sequence[Requirement]) -> tuple[Attainment, ...]:
    """Give what was read from a result; a whole number alone is the count of the one thing asked for in cases.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> from cchc_calc.objectives.requirements import read_requirements
    >>> asked = read_requirements("Số hồ sơ trễ hạn không quá 03 hồ sơ")
    >>> [(one.numerator, one.text) for one in attainments_of(read_result("4"), asked)]
    [(4, '4 hồ sơ')]
    """
    if result is None:
        return ()
    target = requirements[0].target if len(requirements) == 1 else None
    if target is None or target.unit in {"", RATE} or not _WHOLE.fullmatch(result.text):
        return result.attainments
    text = result.text.strip()
    count = Attainment(f"{text} {target.unit}", numerator=int(text), where=result.where, requirement=0)
    return result.attainments or (count,)


def lacks_a_unit(result: Result | None) -> bool:
    """Tell whether a result is a number alone, which may be a percentage, a share or a count.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> lacks_a_unit(read_result("0,98")), lacks_a_unit(read_result("98%"))
    (True, False)
    """
    return result is not None and not result.attainments and _BARE.fullmatch(result.text) is not None


def names_no_bound(target: Target) -> bool:
    """Tell whether a target is a number without a word that says whether it is the most or the least.

    >>> from cchc_calc.targets import read_target
    >>> names_no_bound(read_target("95%")), names_no_bound(read_target("≥ 95%"))
    (True, False)
    """
    figures = parse_figures(target.text)
    return all(figure.comparator == "=" for figure in figures)


def is_same_number(printed: Target, target: Target) -> bool:
    """Tell whether a number alone is that of a target: "3" beside "không quá 3 hồ sơ", "50" beside "từ 50%".

    >>> from cchc_calc.targets import read_target
    >>> is_same_number(read_target("3"), read_target("không quá 03 hồ sơ"))
    True
    >>> is_same_number(read_target("≥ 3"), read_target("trên 3 hồ sơ"))
    False
    """
    if not names_no_bound(printed):
        return False
    in_percent = target.value * _HUNDRED if target.unit == RATE and not printed.unit else target.value
    return printed.value in {target.value, in_percent}
