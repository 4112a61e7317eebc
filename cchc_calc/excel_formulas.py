"""What formulas and checks look like in a cell: native Excel functions, or a call of a CCHC_* function.

The cells a formula reads hold a number, an empty text (blank) or ``KXĐ`` (undecided); a "không phát sinh"
among the operands has been turned into 0 before. Only functions of Excel 2007 are used, so that the same
text computes in LibreOffice and Google Sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.expressions import Comparison, Formula, Quantity, Rate, Reference, Sum, references
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    CellOf = Callable[[str], str]

_UNDECIDED: Final = f'"{UNDECIDED_TEXT}"'
_NOT_ARISING: Final = f'"{NOT_ARISING_TEXT}"'

FUNCTION_NAMES: Final[dict[str, str]] = {
    "on_time_rate": "CCHC_TYLE_DUNGHAN",
    "late_rate": "CCHC_TYLE_TREHAN",
    "online_rate": "CCHC_TYLE_TRUCTUYEN",
    "bcci_rate": "CCHC_TYLE_BCCI",
    "task_completion_rate": "CCHC_TYLE_HOANTHANH",
}
"""The rates that have a cell function of their own; the others are computed by CCHC_TYLE."""


def native(formula: Formula, cell_of: CellOf) -> str:
    """Render a formula with native Excel functions; ``cell_of`` gives the cell of an address.

    >>> from cchc_calc.expressions import parse_formula
    >>> print(native(parse_formula("[2.1.2] + [2.1.3]"), {"2.1.2": "D25", "2.1.3": "D28"}.__getitem__))
    =IF(OR(D25="KXĐ",D28="KXĐ"),"KXĐ",IF(AND(D25="",D28=""),"",SUM(D25,D28)))
    """
    if not isinstance(formula, Rate):
        quantity = _Rendered.of(formula, cell_of)
        value = f'IF({quantity.blank},"",{quantity.value})'
        if isinstance(formula, Reference) or not formula.takes_off:
            return f"=IF({quantity.undecided},{_UNDECIDED},{value})"
        guarded = f'IF({quantity.blank},"",IF({quantity.value}<0,{_UNDECIDED},{quantity.value}))'
        return f"=IF({quantity.undecided},{_UNDECIDED},{guarded})"
    pairs = [(_Rendered.of(part, cell_of), _Rendered.of(whole, cell_of)) for part, whole in formula.pairs]
    undecided = _any(test for pair in pairs for test in (pair[0].undecided, pair[1].undecided))
    if len(pairs) == 1:
        part, whole = pairs[0]
        numerator, denominator = part.value, whole.value
        blank = _any([part.blank, whole.blank])
        contradiction = f"{part.value}>{whole.value}"
    else:
        blank = f"AND({','.join(_any([part.blank, whole.blank]) for part, whole in pairs)})"
        numerator = "+".join(_if_complete(pair, pair[0].value) for pair in pairs)
        denominator = "+".join(_if_complete(pair, pair[1].value) for pair in pairs)
        contradiction = _any(
            f"IF({_any([part.blank, whole.blank])},FALSE,{part.value}>{whole.value})" for part, whole in pairs
        )
        numerator, denominator = f"({numerator})", f"({denominator})"
    rate = f"IF({denominator}=0,{_NOT_ARISING},{numerator}/{denominator})"
    decided = f'IF({blank},"",IF({contradiction},{_UNDECIDED},{rate}))'
    return f"=IF({undecided},{_UNDECIDED},{decided})"


def call(formula: Formula, cell_of: CellOf) -> str:
    """Render a formula as a call of the CCHC_* function that computes the same in Python.

    ``cell_of`` gives the cell of an address, and that of a sum among the operands of a rate by its addresses
    ("3.4.2.a+3.4.3.a"): every argument is a cell, because LibreOffice tells an empty cell from 0 only where
    it gets the cell itself. Where even that is not enough, a cell is written as an area of one.

    >>> from cchc_calc.expressions import parse_formula
    >>> cells = {"3.4.3.c": "D58", "3.4.3.b": "D57"}.__getitem__
    >>> call(parse_formula("on_time_rate([3.4.3.c], [3.4.3.b])"), cells)
    '=CCHC_TYLE_DUNGHAN(D58,D57)'
    """
    if isinstance(formula, Rate):
        name = FUNCTION_NAMES.get(formula.name, "CCHC_TYLE")
        operands = [cell_of(operand_key(side)) for pair in formula.pairs for side in pair]
        return f"={name}({','.join([*operands[:2], *map(_area, operands[2:])])})"
    if isinstance(formula, Sum) and formula.takes_off:
        # CCHC_TONG only adds, and a minus sign between two calls fails on the text "KXĐ".
        return native(formula, cell_of)
    return f"=CCHC_TONG({','.join(_area(cell_of(address)) for address in references(formula))})"


def operand_key(quantity: Quantity) -> str:
    """Name a quantity by its address, a sum by all of them.

    >>> from cchc_calc.expressions import parse_formula
    >>> operand_key(parse_formula("[3.4.2.a] + [3.4.3.a]"))
    '3.4.2.a+3.4.3.a'
    """
    if isinstance(quantity, Reference):
        return quantity.address
    return "".join(f"{'+' if sign > 0 else '-'}{term.address}" for sign, term in quantity.terms).removeprefix("+")


def operand_sums(formula: Formula) -> tuple[Sum, ...]:
    """List the sums among the operands of a rate, each of which needs a cell of its own to be called with."""
    if not isinstance(formula, Rate):
        return ()
    return tuple(side for pair in formula.pairs for side in pair if isinstance(side, Sum))


def violated(check: Comparison, cell_of: CellOf) -> str:
    """Render the test that a check is broken: TRUE only when both sides are numbers and it does not hold.

    >>> from cchc_calc.expressions import parse_check
    >>> violated(parse_check("[c] <= [b]"), str.upper)
    'IF(OR(C="KXĐ",B="KXĐ",C="",B=""),FALSE,NOT(C<=B))'
    """
    left, right = _Rendered.of(check.left, cell_of), _Rendered.of(check.right, cell_of)
    unknown = _any([left.undecided, right.undecided, left.blank, right.blank])
    return f"IF({unknown},FALSE,NOT({left.value}{check.symbol}{right.value}))"


@dataclass(frozen=True, slots=True)
class _Rendered:
    """Three formulas about one quantity: is it undecided, is it blank, and what is it."""

    undecided: str
    blank: str
    value: str

    @classmethod
    def of(cls, quantity: Quantity, cell_of: CellOf) -> _Rendered:
        if isinstance(quantity, Reference):
            cell = cell_of(quantity.address)
            return cls(f"{cell}={_UNDECIDED}", f'{cell}=""', cell)
        cells = [(sign, cell_of(term.address)) for sign, term in quantity.terms]
        blanks = [f'{cell}=""' for _, cell in cells]
        added = f"SUM({','.join(cell for sign, cell in cells if sign > 0)})"
        taken = f"SUM({','.join(cell for sign, cell in cells if sign < 0)})" if quantity.takes_off else ""
        return cls(
            undecided=_any(f"{cell}={_UNDECIDED}" for _, cell in cells),
            blank=_any(blanks) if quantity.takes_off else f"AND({','.join(blanks)})",
            value=f"({added}-{taken})" if taken else added,
        )


def _any(tests: Iterable[str]) -> str:
    """Join tests by OR; a nested OR is opened, to keep the formula short enough to read."""
    flat: list[str] = []
    for test in tests:
        inner = test[3:-1]
        is_plain_or = test.startswith("OR(") and "(" not in inner
        flat.extend(inner.split(",") if is_plain_or else [test])
    return flat[0] if len(flat) == 1 else f"OR({','.join(flat)})"


def _if_complete(pair: tuple[_Rendered, _Rendered], value: str) -> str:
    return f"IF({_any([pair[0].blank, pair[1].blank])},0,{value})"


def _area(cell: str) -> str:
    """Write a cell as an area of one.

    >>> _area("D58"), _area("'Biểu mẫu'!D58")
    ('D58:D58', "'Biểu mẫu'!D58:D58")
    """
    return f"{cell}:{cell.rpartition('!')[2]}"
