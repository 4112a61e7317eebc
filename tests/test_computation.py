"""A whole form computed: four states, contradictions that block, and rows that are all accounted for."""

from decimal import Decimal
from fractions import Fraction

import pytest
from filled_forms import CONTENTS, FORM
from hypothesis import given, settings

from cchc_calc import Report, compute
from cchc_calc.computation import compute_contents, exact_text, show
from cchc_calc.evaluation import holds
from cchc_calc.expressions import references
from cchc_calc.states import State

BLANK, NONE, UNDECIDED = State.BLANK, State.NOT_ARISING, State.UNDECIDED


@pytest.mark.parametrize(
    ("read", "address", "expected"),
    [
        ({"1.2.a": 34, "1.2.b": 26}, "1.2", Fraction(13, 17)),
        ({"3.4.3.b": 425, "3.4.3.c": 425}, "3.4.3", Fraction(1)),
        ({"3.4.3.b": 425, "3.4.3.c": 426}, "3.4.3", UNDECIDED),
        ({"3.4.3.b": 425, "3.4.3.c": 426}, "3.4.3.b", UNDECIDED),
        ({"3.4.3.a": 447, "3.4.3.b": 425, "3.4.3.c": 426}, "3.4.3.a", 447),
        # dossiers are carried over: more resolved than received is no contradiction
        ({"3.4.3.a": 400, "3.4.3.b": 425, "3.4.3.c": 425}, "3.4.3", Fraction(1)),
        ({"7.7.5.a": 0, "7.7.5.b": 27, "7.7.5.c": 7}, "7.7.5", UNDECIDED),
        ({"7.7.5.a": 0, "7.7.5.b": 27, "7.7.5.c": 7}, "7.7.5.c", 7),
        # a contradiction beside the pair blocks the rate that shares a cell with it
        ({"7.7.1.a": 31, "7.7.1.b": 31, "7.7.1.c": 40}, "7.7.1", UNDECIDED),
        ({"3.4.4.a1": 0, "3.4.4.a2": 0}, "3.4.4.a", NONE),
        ({"3.4.4.a1": 0, "3.4.4.a2": 0}, "3.4.4", NONE),
        ({"3.4.4.a1": 4, "3.4.4.a2": 3, "3.4.4.b1": 4}, "3.4.4", Fraction(3, 4)),
        ({"3.4.4.a1": 4, "3.4.4.a2": 3, "3.4.4.b1": 1, "3.4.4.b2": 2}, "3.4.4", UNDECIDED),
        ({"7.8.1.a": 66, "7.8.1.b": 50, "7.8.1.c": 50}, "7.8.1", 66),
        ({"7.8.1.a": 66, "7.8.1.b": 50, "7.8.1.c": 51}, "7.8.1", UNDECIDED),
        ({"7.8.2.a": 0, "3.4.3.a": 447}, "7.8.2", Fraction(0)),
        ({"7.8.2.a": 0}, "7.8.2", BLANK),
        ({"2.1.3.a": 0, "2.1.3.b": 2}, "2.1", 2),
        ({"6.1.a": Decimal("12.5"), "6.1.b": Decimal("2.5")}, "6.1", Fraction(1, 5)),
        ({"1.5.a": 12, "1.5.b": 12, "1.5.c": 1}, "1.5.a", UNDECIDED),
        ({"1.5.a": 12, "1.5.b": 11, "1.5.c": 1}, "1.5.a", 12),
        ({"4.2.e1": 21, "4.2.e2": 0}, "4.2.e", Fraction(0)),
        ({}, "3.4.3", BLANK),
    ],
)
def test_contents(read, address, expected):
    assert compute_contents(FORM, read).contents.get(address, BLANK) == expected


@pytest.mark.parametrize(
    ("address", "content", "shown", "exact"),
    [
        ("3.4.3", Fraction(1540, 1587), "97,04%", "1540/1587"),
        ("3.4.3", NONE, "Không phát sinh", None),
        ("3.4.3", UNDECIDED, "KXĐ", None),
        ("3.4.3", BLANK, "", None),
        ("7.7.5.e", Decimal(786000), "786.000", "786000"),
        ("6.1.a", Decimal("1234.50"), "1.234,50", "1234.50"),
        ("1.1", 3, "3", "3"),
    ],
)
def test_texts(address, content, shown, exact):
    assert show(FORM.row(address), content) == shown
    assert exact_text(content) == exact


def test_a_report_without_a_form_cannot_be_computed():
    with pytest.raises(ValueError, match="no form"):
        compute(Report("lời văn.txt"))


@settings(max_examples=60)
@given(CONTENTS)
def test_every_row_is_accounted_for(read):
    counts = compute_contents(FORM, read).counts()
    assert counts["accepted"] + counts["blank"] + counts["refused"] == counts["rows"] == 168


@settings(max_examples=60)
@given(CONTENTS)
def test_nothing_is_computed_from_a_contradiction_and_every_rate_is_a_rate(read):
    computation = compute_contents(FORM, read)
    blocked = {address for check in computation.broken for address in check.addresses}
    for row in FORM.computed:
        content = computation.contents[row.address]
        operands = [computation.contents.get(address, BLANK) for address in references(row.formula)]
        if blocked & set(references(row.formula)) and content is not BLANK:
            assert content is UNDECIDED
        if UNDECIDED in operands:
            assert content is UNDECIDED
        if row.kind == "rate" and not isinstance(content, State):
            assert 0 <= content <= 1
    for check in FORM.checks:
        assert holds(check.comparison, computation.contents) is not False
