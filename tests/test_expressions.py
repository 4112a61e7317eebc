"""The syntax of formulas and checks."""

import pytest

from cchc_calc.errors import ExpressionError
from cchc_calc.expressions import (
    Comparison,
    Rate,
    Reference,
    Sum,
    check_without,
    formula_without,
    pair_checks,
    parse,
    parse_check,
    parse_formula,
    references,
)

A, B, C, D = map(Reference, "abcd")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a]", A),
        ("[a] + [b]", Sum(((1, A), (1, B)))),
        ("[a]+[b]-[c]", Sum(((1, A), (1, B), (-1, C)))),
        ("ratio([a], [b])", Rate("ratio", ((A, B),))),
        ("ratio([a], [b] + [c])", Rate("ratio", ((A, Sum(((1, B), (1, C)))),))),
        ("on_time_rate([a], [b], [c], [d])", Rate("on_time_rate", ((A, B), (C, D)))),
        ("[a] + [b] <= [c]", Comparison("<=", Sum(((1, A), (1, B))), C)),
        ("  [3.4.4.a1]  =  [7.8.2] ", Comparison("=", Reference("3.4.4.a1"), Reference("7.8.2"))),
    ],
)
def test_parse(text, expected):
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected an address in brackets at the end"),
        ("[a", "an unknown sign at column 1"),
        ("[a] * [b]", "an unknown sign at column 4"),
        ("[a] +", "expected an address in brackets at the end"),
        ("[a] [b]", "something is left over at column 5"),
        ("ratio [a]", r"expected '\(' at column 7"),
        ("ratio([a], [b]", r"expected '\)' at the end"),
        ("ratio([a])", "odd operand at the end"),
        ("nonsense([a], [b])", "'nonsense' is no indicator"),
        ("ratio([a], [b]) <= [c]", "a rate cannot be compared"),
        ("[a] <= ratio([a], [b])", "expected an address in brackets at column 8"),
        ("[a] <= [b] <= [c]", "something is left over at column 12"),
        ("[Á]", "an unknown sign at column 1"),
    ],
)
def test_what_is_no_expression_says_where_it_goes_wrong(text, message):
    with pytest.raises(ExpressionError, match=message):
        parse(text)


def test_a_formula_is_no_check_and_a_check_no_formula():
    with pytest.raises(ExpressionError, match="a check stands where a formula is needed"):
        parse_formula("[a] <= [b]")
    with pytest.raises(ExpressionError, match="a formula stands where a check is needed"):
        parse_check("[a]")


def test_references_come_in_order_and_once():
    assert references(parse("ratio([b], [a] + [b], [c], [a])")) == ("b", "a", "c")


@pytest.mark.parametrize(
    ("text", "dropped", "expected"),
    [
        ("[a] + [b]", "a", "[b]"),
        ("[a] + [b]", "ab", None),
        ("[a] + [b] - [c]", "ab", None),
        ("ratio([a], [b], [c], [d])", "b", "ratio([c], [d])"),
        ("ratio([a], [b] + [c])", "b", "ratio([a], [c])"),
        ("ratio([a], [b])", "a", None),
        ("[a]", "a", None),
        ("[a]", "b", "[a]"),
    ],
)
def test_dropped_rows_leave_a_formula(text, dropped, expected):
    left = formula_without(parse_formula(text), set(dropped))
    assert (None if left is None else references(left)) == (None if expected is None else references(parse(expected)))


def test_dropped_rows_leave_a_check():
    assert check_without(parse_check("[a] + [b] <= [c]"), {"a"}) == Comparison("<=", B, C)
    assert check_without(parse_check("[a] <= [c]"), {"a"}) is None


def test_a_rate_implies_that_no_part_is_larger_than_its_whole():
    assert pair_checks(parse_formula("ratio([a], [b], [c], [d])")) == (Comparison("<=", A, B), Comparison("<=", C, D))
    assert pair_checks(parse_formula("[a] + [b]")) == ()
