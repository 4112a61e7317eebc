"""What formulas mean in each of the four states."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.evaluation import evaluate, evaluate_columns, holds
from cchc_calc.expressions import parse_check, parse_formula
from cchc_calc.states import State

BLANK, NONE, UNDECIDED = State.BLANK, State.NOT_ARISING, State.UNDECIDED
CONTENTS = st.one_of(st.integers(0, 20), st.sampled_from([BLANK, NONE, UNDECIDED]))
FORMULAS = [
    "[a]",
    "[a] + [b]",
    "[a] + [b] - [c]",
    "ratio([b], [a])",
    "on_time_rate([a], [b] + [c])",
    "on_time_rate([b], [a], [d], [c])",
]


@pytest.mark.parametrize(
    ("formula", "values", "expected"),
    [
        # a rate of one pair
        ("ratio([b], [a])", {"a": 34, "b": 26}, Fraction(13, 17)),
        ("ratio([b], [a])", {"a": 0, "b": 0}, NONE),
        ("ratio([b], [a])", {"a": 0, "b": 27}, UNDECIDED),
        ("ratio([b], [a])", {"a": 26, "b": 34}, UNDECIDED),
        ("ratio([b], [a])", {"a": 34}, BLANK),
        ("ratio([b], [a])", {"b": 26}, BLANK),
        ("ratio([b], [a])", {}, BLANK),
        ("ratio([b], [a])", {"a": UNDECIDED, "b": 26}, UNDECIDED),
        ("ratio([b], [a])", {"a": UNDECIDED}, UNDECIDED),
        ("ratio([b], [a])", {"a": NONE, "b": NONE}, NONE),
        ("ratio([b], [a])", {"a": 34, "b": NONE}, Fraction(0)),
        ("disbursement_rate([b], [a])", {"a": 50, "b": Decimal("12.5")}, Fraction(1, 4)),
        # a rate over pairs
        ("ratio([b], [a], [d], [c])", {"a": 10, "b": 5, "c": 10, "d": 10}, Fraction(3, 4)),
        ("ratio([b], [a], [d], [c])", {"a": 10, "b": 5, "c": 10}, Fraction(1, 2)),
        ("ratio([b], [a], [d], [c])", {"a": 10, "d": 10}, BLANK),
        ("ratio([b], [a], [d], [c])", {"a": 10, "b": 5, "c": 1, "d": 2}, UNDECIDED),
        ("ratio([b], [a], [d], [c])", {"a": 0, "b": 0, "c": 0, "d": 0}, NONE),
        ("ratio([b], [a], [d], [c])", {"a": 10, "b": 5, "c": UNDECIDED}, UNDECIDED),
        # an ordinary sum as the base
        ("ratio([a], [b] + [c])", {"a": 3, "b": 4}, Fraction(3, 4)),
        ("ratio([a], [b] + [c])", {"a": 3, "b": 4, "c": 2}, Fraction(1, 2)),
        ("ratio([a], [b] + [c])", {"a": 3}, BLANK),
        # a sum of parts
        ("[a] + [b]", {"a": 1, "b": 2}, 3),
        ("[a] + [b]", {"a": 1}, 1),
        ("[a] + [b]", {}, BLANK),
        ("[a] + [b]", {"a": NONE, "b": NONE}, 0),
        ("[a] + [b]", {"a": 1, "b": UNDECIDED}, UNDECIDED),
        ("[a] + [b]", {"b": UNDECIDED}, UNDECIDED),
        ("[a] + [b]", {"a": Decimal("1.5"), "b": 2}, Decimal("3.5")),
        # a union: without the overlap it would count twice
        ("[a] + [b] - [c]", {"a": 66, "b": 50, "c": 50}, 66),
        ("[a] + [b] - [c]", {"a": 66, "b": 50}, BLANK),
        ("[a] + [b] - [c]", {"c": 50}, BLANK),
        ("[a] + [b] - [c]", {"a": 1, "b": 1, "c": 5}, UNDECIDED),
    ],
)
def test_evaluate(formula, values, expected):
    result = evaluate(parse_formula(formula), values)
    assert result == expected
    assert isinstance(result, State) == isinstance(expected, State)


@pytest.mark.parametrize(
    ("check", "values", "expected"),
    [
        ("[b] <= [a]", {"a": 5, "b": 5}, True),
        ("[b] <= [a]", {"a": 5, "b": 6}, False),
        ("[b] <= [a]", {"a": 5}, None),
        ("[b] <= [a]", {"b": 5}, None),
        ("[b] <= [a]", {"a": UNDECIDED, "b": 6}, None),
        ("[b] + [c] <= [a]", {"a": 5, "b": 6}, False),
        ("[b] = [a]", {"a": 5, "b": Decimal("5.0")}, True),
        ("[b] < [a]", {"a": 0, "b": NONE}, False),
    ],
)
def test_holds(check, values, expected):
    assert holds(parse_check(check), values) is expected


@pytest.mark.parametrize("text", FORMULAS)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys("abcd", CONTENTS)), max_size=6))
def test_a_column_is_its_cells(text, units):
    formula = parse_formula(text)
    columns = {name: [unit[name] for unit in units] for name in "abcd"}
    assert evaluate_columns(formula, columns) == [evaluate(formula, unit) for unit in units]


def test_columns_that_are_missing_are_blank():
    assert evaluate_columns(parse_formula("[a] + [b]"), {"c": [1, 2]}) == [BLANK, BLANK]


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        evaluate_columns(parse_formula("[a] + [b]"), {"a": [1, 2], "b": [1]})


@pytest.mark.parametrize("text", FORMULAS)
@given(st.fixed_dictionaries(dict.fromkeys("abcd", CONTENTS)))
def test_a_rate_lies_between_0_and_1_and_a_count_is_never_negative(text, values):
    result = evaluate(parse_formula(text), values)
    if not isinstance(result, State):
        assert result >= 0
        assert "(" not in text or result <= 1
