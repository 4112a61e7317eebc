"""What formulas and checks mean on numbers and on columns of a table.

The four states, the same here as in a cell of the spreadsheet:

- an undecided operand makes the result undecided;
- a sum is blank when all its parts are blank, else the sum of what was reported; a sum that takes
  something off needs every part, because without the overlap it would count cases twice;
- a rate uses the pairs of which both sides are reported, and is blank when there is none; a part larger
  than its whole is undecided; 0 of 0 is "không phát sinh";
- "không phát sinh" among the operands counts as 0.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import IndicatorError
from cchc_calc.expressions import Rate, Reference, references
from cchc_calc.indicators import RATES
from cchc_calc.states import Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cchc_calc.expressions import Comparison, Formula, Quantity

_COMPARE: Final[dict[str, Callable[[Number, Number], bool]]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


def evaluate(formula: Formula, values: Mapping[str, Content]) -> Content:
    """Compute a formula from the contents of the rows it reads; an address not in ``values`` is blank.

    >>> from cchc_calc.expressions import parse_formula
    >>> rate = parse_formula("task_completion_rate([1.2.b], [1.2.a])")
    >>> evaluate(rate, {"1.2.a": 34, "1.2.b": 26})
    Fraction(13, 17)
    >>> evaluate(rate, {"1.2.a": 0, "1.2.b": 0}), evaluate(rate, {"1.2.a": 34})
    (<State.NOT_ARISING: 'not_arising'>, <State.BLANK: 'blank'>)
    """
    return _rate(formula, values) if isinstance(formula, Rate) else _quantity(formula, values)


def evaluate_columns(formula: Formula, columns: Mapping[str, Sequence[Content]]) -> list[Content]:
    """Compute a formula for many units at once: one column a row of the form, one item a unit.

    The columns the formula reads must be equally long; one that is missing is blank for every unit.

    >>> from cchc_calc.expressions import parse_formula
    >>> evaluate_columns(parse_formula("[2.1.2] + [2.1.3]"), {"2.1.2": [1, State.BLANK], "2.1.3": [2, 5]})
    [3, 5]
    """
    addresses = [address for address in references(formula) if address in columns]
    if not addresses:
        return [State.BLANK] * len(next(iter(columns.values()), ()))
    units = zip(*(columns[address] for address in addresses), strict=True)
    return [evaluate(formula, dict(zip(addresses, unit, strict=True))) for unit in units]


def holds(check: Comparison, values: Mapping[str, Content]) -> bool | None:
    """Decide a check: true, false, or ``None`` when a side is blank or undecided.

    >>> from cchc_calc.expressions import parse_check
    >>> check = parse_check("[7.7.5.b] <= [7.7.5.a]")
    >>> holds(check, {"7.7.5.a": 0, "7.7.5.b": 27}), holds(check, {"7.7.5.b": 27})
    (False, None)
    """
    left, right = _quantity(check.left, values), _quantity(check.right, values)
    if isinstance(left, State) or isinstance(right, State):
        return None
    return _COMPARE[check.symbol](left, right)


def _quantity(node: Quantity, values: Mapping[str, Content]) -> Content:
    if isinstance(node, Reference):
        content = values.get(node.address, State.BLANK)
        return 0 if content is State.NOT_ARISING else content
    total: Number = 0
    reported = 0
    for sign, term in node.terms:
        content = values.get(term.address, State.BLANK)
        if content is State.UNDECIDED:
            return content
        if content is not State.BLANK:
            reported += 1
        if not isinstance(content, State):
            total = _add(total, sign, content)
    if reported == 0 or (node.takes_off and reported < len(node.terms)):
        return State.BLANK
    return State.UNDECIDED if total < 0 else total


def _add(total: Number, sign: int, content: Number) -> Number:
    if isinstance(total, Fraction) or isinstance(content, Fraction):
        return Fraction(total) + sign * Fraction(content)
    return total + sign * content


def _rate(node: Rate, values: Mapping[str, Content]) -> Content:
    parts: Number = 0
    wholes: Number = 0
    complete = False
    undecided = False
    for part_node, whole_node in node.pairs:
        part, whole = _quantity(part_node, values), _quantity(whole_node, values)
        if part is State.UNDECIDED or whole is State.UNDECIDED:
            return State.UNDECIDED
        if isinstance(part, State) or isinstance(whole, State):
            continue
        undecided = undecided or part > whole
        complete = True
        parts, wholes = _add(parts, 1, part), _add(wholes, 1, whole)
    if not complete:
        return State.BLANK
    if undecided:
        return State.UNDECIDED
    try:
        rate = RATES[node.name](parts, wholes)
    except IndicatorError:
        return State.UNDECIDED
    return State.NOT_ARISING if rate is None else rate
