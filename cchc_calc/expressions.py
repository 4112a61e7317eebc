"""The one small language of a form's formulas and checks: its syntax, parsed once.

A formula is written with addresses in brackets::

    on_time_rate([3.4.3.c], [3.4.3.b])          a rate of one pair: numerator, denominator
    on_time_rate([x2], [x1], [y2], [y1])        a rate pooled over pairs
    [2.1.2] + [2.1.3]                           a sum of parts
    [7.8.1.a] + [7.8.1.b] - [7.8.1.c]           a union: what is counted twice is taken off
    [1.5.b] + [1.5.c] <= [1.5.a]                a check

What it means on numbers and on columns is in ``cchc_calc.evaluation``; what it looks like in a cell is in
``cchc_calc.excel_formulas``. The three agree, and a property test holds them to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from cchc_calc.errors import ExpressionError
from cchc_calc.indicators import RATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Set


@dataclass(frozen=True, slots=True)
class Reference:
    """The content of one row of the form, named by its address."""

    address: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added up, or taken off where the sign is -1."""

    terms: tuple[tuple[int, Reference], ...]

    @property
    def takes_off(self) -> bool:
        """Tell whether a part is subtracted."""
        return any(sign < 0 for sign, _ in self.terms)


Quantity: TypeAlias = Reference | Sum
"""Something that counts cases."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of ``indicators.RATES``, pooled over pairs of numerator and denominator."""

    name: str
    pairs: tuple[tuple[Quantity, Quantity], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A check: the left side compared with the right one."""

    symbol: str
    left: Quantity
    right: Quantity


Formula: TypeAlias = Quantity | Rate
Node: TypeAlias = Formula | Comparison

SYMBOLS: Final = ("<=", ">=", "<", ">", "=")
"""The comparisons a check may use."""


def parse(text: str) -> Node:
    """Parse a formula or a check; raise ``ExpressionError`` with the place where it goes wrong.

    >>> parse("on_time_rate([3.4.3.c], [3.4.3.b])")
    Rate(name='on_time_rate', pairs=((Reference(address='3.4.3.c'), Reference(address='3.4.3.b')),))
    >>> parse("[1.5.b] <=")
    Traceback (most recent call last):
    cchc_calc.errors.ExpressionError: '[1.5.b] <=': expected an address in brackets at the end
    """
    return _Parser(text).node()


def parse_formula(text: str) -> Formula:
    """Parse text that must be a formula, not a check."""
    node = parse(text)
    if isinstance(node, Comparison):
        msg = f"{text!r}: a check stands where a formula is needed"
        raise ExpressionError(msg)
    return node


def parse_check(text: str) -> Comparison:
    """Parse text that must be a check, not a formula."""
    node = parse(text)
    if not isinstance(node, Comparison):
        msg = f"{text!r}: a formula stands where a check is needed"
        raise ExpressionError(msg)
    return node


def references(node: Node) -> tuple[str, ...]:
    """List the addresses a node reads, in the order written, each once.

    >>> references(parse("[7.8.1.c] <= [7.8.1.a]"))
    ('7.8.1.c', '7.8.1.a')
    """
    return tuple(dict.fromkeys(_references(node)))


def pair_checks(formula: Formula) -> tuple[Comparison, ...]:
    """List the checks a formula implies: in every pair of a rate the part is at most the whole."""
    if not isinstance(formula, Rate):
        return ()
    return tuple(Comparison("<=", part, whole) for part, whole in formula.pairs)


def formula_without(formula: Formula, dropped: Set[str]) -> Formula | None:
    """Take addresses out of a formula; return what is left, or ``None`` when nothing can be computed.

    A sum loses the part, a rate the pair of which one side is gone.

    >>> formula_without(parse_formula("[2.1.2] + [2.1.3]"), {"2.1.2"})
    Reference(address='2.1.3')
    """
    if not isinstance(formula, Rate):
        return _quantity_without(formula, dropped)
    pairs = tuple(
        (part, whole)
        for old_part, old_whole in formula.pairs
        if (part := _quantity_without(old_part, dropped)) is not None
        and (whole := _quantity_without(old_whole, dropped)) is not None
    )
    return Rate(formula.name, pairs) if pairs else None


def check_without(check: Comparison, dropped: Set[str]) -> Comparison | None:
    """Take addresses out of a check; ``None`` when one side of it is gone."""
    left, right = _quantity_without(check.left, dropped), _quantity_without(check.right, dropped)
    return None if left is None or right is None else Comparison(check.symbol, left, right)


def _quantity_without(quantity: Quantity, dropped: Set[str]) -> Quantity | None:
    if isinstance(quantity, Reference):
        return None if quantity.address in dropped else quantity
    terms = tuple(term for term in quantity.terms if term[1].address not in dropped)
    if not any(sign > 0 for sign, _ in terms):
        return None
    return terms[0][1] if len(terms) == 1 else Sum(terms)


def _references(node: Node) -> Iterator[str]:
    match node:
        case Reference():
            yield node.address
        case Sum():
            for _, term in node.terms:
                yield term.address
        case Rate():
            for part, whole in node.pairs:
                yield from _references(part)
                yield from _references(whole)
        case Comparison():
            yield from _references(node.left)
            yield from _references(node.right)


_TOKEN = re.compile(
    r"(?P<space>\s*)(?:\[(?P<address>[0-9a-z.]+)\]|(?P<name>[a-z_]+)|(?P<symbol><=|>=|[<>=+(),-]))", re.ASCII
)


class _Parser:
    """A recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._scan())
        self.at = 0

    def _scan(self) -> Iterator[tuple[str, str, int]]:
        position = 0
        while self.text[position:].strip():
            found = _TOKEN.match(self.text, position)
            if found is None:
                self._fail("an unknown sign", position)
            kind = str(found.lastgroup)
            yield kind, found[kind], found.end("space")
            position = found.end()

    def _fail(self, what: str, position: int | None = None) -> NoReturn:
        if position is None:
            position = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        place = "at the end" if position >= len(self.text) else f"at column {position + 1}"
        msg = f"{self.text!r}: {what} {place}"
        raise ExpressionError(msg)

    def _take(self, kind: str, *wanted: str) -> str | None:
        if self.at < len(self.tokens):
            found, word, _ = self.tokens[self.at]
            if found == kind and (not wanted or word in wanted):
                self.at += 1
                return word
        return None

    def node(self) -> Node:
        node: Node = self._formula()
        symbol = self._take("symbol", *SYMBOLS)
        if symbol is not None:
            if isinstance(node, (Rate, Comparison)):
                self._fail("a rate cannot be compared")
            node = Comparison(symbol, node, self._quantity())
        if self.at < len(self.tokens):
            self._fail("something is left over")
        return node

    def _formula(self) -> Formula:
        name = self._take("name")
        if name is None:
            return self._quantity()
        if name not in RATES:
            self._fail(f"{name!r} is no indicator; there are {', '.join(RATES)};")
        if self._take("symbol", "(") is None:
            self._fail("expected '('")
        operands = [self._quantity()]
        while self._take("symbol", ","):
            operands.append(self._quantity())
        if self._take("symbol", ")") is None:
            self._fail("expected ')'")
        if len(operands) % 2:
            self._fail("a rate needs pairs of numerator and denominator, found an odd operand")
        return Rate(name, tuple(zip(operands[::2], operands[1::2], strict=True)))

    def _quantity(self) -> Quantity:
        terms = [(1, self._reference())]
        while sign := self._take("symbol", "+", "-"):
            terms.append((1 if sign == "+" else -1, self._reference()))
        return terms[0][1] if len(terms) == 1 else Sum(tuple(terms))

    def _reference(self) -> Reference:
        address = self._take("address")
        if address is None:
            self._fail("expected an address in brackets")
        return Reference(address)
