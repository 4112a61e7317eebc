"""Rates, sums and distances to a target, cell by cell over arguments of one shape."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import FunctionUseError
from cchc_calc.evaluation import evaluate, evaluate_columns
from cchc_calc.expressions import Rate, Reference, Sum
from cchc_calc.functions.cell_values import as_shown, cell_of, read_amount, read_columns, read_count
from cchc_calc.functions.grids import all_cells, all_given, cell_by_cell, over_columns
from cchc_calc.functions.target_cells import share_of, target_in
from cchc_calc.indicators import shortfall
from cchc_calc.states import Content, Number, State
from cchc_calc.targets import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.functions.grids import Cells

MOST_PAIRS: Final = 6
"""Pairs of numerator and denominator that one call may pool."""


def rate(name: str, operands: Sequence[Cells | None]) -> Cells:
    """Compute an indicator from numerator and denominator, or pool it over more pairs.

    ``None`` is an argument that was left out. A pair of which one side is blank is left out of the pool; a
    part larger than its whole is undecided; 0 of 0 is "không phát sinh". Raises ``FunctionUseError`` for a
    numerator without its denominator.

    >>> rate("on_time_rate", [[[424]], [[425]]])
    0.9976470588235294
    >>> rate("on_time_rate", [[[1], [0]], [[2], [0]]])
    [[0.5], ['Không phát sinh']]
    """
    given = _pairs_given(operands)
    formula = _rate_formula(name, len(given) // 2)
    # Money is divided by the general rate alone; every other one counts cases.
    read = read_amount if name == "ratio" else read_count
    return over_columns(lambda columns: _evaluated(formula, read_columns(columns, read)), given)


def total(arguments: Sequence[Cells]) -> Cells:
    """Add up every cell of every argument.

    Blank cells are left out; blank when all are; undecided when one cannot be read.

    >>> total([[[1], [None]], 2]), total([None, ""])
    (3.0, '')
    """
    if not arguments:
        raise FunctionUseError("thiếu các ô cần cộng")
    (contents,) = read_columns([all_cells(arguments)], read_amount)
    names = [str(number) for number in range(len(contents))]
    formula = Sum(tuple((1, Reference(name)) for name in names))
    return cell_of(evaluate(formula, dict(zip(names, contents, strict=True))))


def missing_cases(numerator: Cells | None, denominator: Cells | None, target: Cells | None) -> Cells:
    """Count the fewest cases to add, or to take away, until the target is reached; 0 when it is.

    The target is a fraction, a percentage or a phrase such as "dưới 1,5%".

    >>> missing_cases(234, 13506, "dưới 1,5%"), missing_cases(8, 10, 0.95), missing_cases(0, 0, 0.95)
    (32.0, 2.0, 'Không phát sinh')
    """
    given = all_given((numerator, "tử số"), (denominator, "mẫu số"), (target, "mục tiêu"))
    return over_columns(cell_by_cell(_distance), given)


def _pairs_given(operands: Sequence[Cells | None]) -> list[Cells]:
    given = [*operands, None, None]
    while len(given) > 2 and given[-1] is None:
        given.pop()
    if len(given) % 2:
        given.append(None)
    names = [(cells, "tử số" if place % 2 == 0 else "mẫu số") for place, cells in enumerate(given)]
    return all_given(*names)


@cache
def _rate_formula(name: str, pairs: int) -> Rate:
    return Rate(name, tuple((Reference(str(2 * pair)), Reference(str(2 * pair + 1))) for pair in range(pairs)))


def _evaluated(formula: Rate, columns: list[list[Content]]) -> list[object]:
    if len(columns) > 2:
        named = {str(place): column for place, column in enumerate(columns)}
        return [cell_of(content) for content in evaluate_columns(formula, named)]
    # Nearly every row of a long column is two plain counts, which need no fraction to be divided exactly.
    return [
        part / whole
        if type(part) is int and type(whole) is int and part <= whole and whole
        else cell_of(evaluate(formula, {"0": part, "1": whole}))
        for part, whole in zip(*columns, strict=True)
    ]


def _distance(numerator: object, denominator: object, target: object) -> float | str:
    part, whole = read_count(numerator), read_count(denominator)
    reached = evaluate(_rate_formula("ratio", 1), {"0": part, "1": whole})
    if isinstance(reached, State):
        return cell_of(reached)
    wanted = target_in(target)
    if isinstance(wanted, State):
        return cell_of(wanted)
    share = share_of(wanted)
    if isinstance(share, State):
        return cell_of(share)
    if as_shown(float(reached)) == as_shown(float(share)):
        # No double is 2/3: a target cell that shows what was reached asks for just that.
        share = Fraction(reached)
    cases = shortfall(_operand(part), _operand(whole), share, wanted.comparator)
    return UNREACHABLE if cases is None else float(cases)


def _operand(content: Content) -> Number:
    """Return what a content counts among operands: "không phát sinh" is 0."""
    return 0 if isinstance(content, State) else content
