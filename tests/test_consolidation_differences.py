"""What changed between two versions of a report."""

from __future__ import annotations

import pytest
from filled_forms import FORM, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_calc import check, load_form
from cchc_calc.checking import CheckResult
from cchc_calc.consolidation.differences import difference
from cchc_calc.report import Report

ROWS = ["1.1", "1.2.a", "3.4.3.b", "3.4.3.c", "3.5.a"]
OLD = {"1.1": "3", "3.4.3.b": "425", "3.4.3.c": "424", "3.4.3": "99,76%", "1.2.a": "34"}


def changes(old, new):
    found = difference(check(report_of(old)), check(report_of(new)))
    return {row.address: (row.old_text, row.new_text, row.failing, row.mended) for row in found}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {}),
        ({"1.1": "4"}, {"1.1": ("3", "4", (), ())}),
        ({"1.1": ""}, {"1.1": ("3", "", ("missing_value",), ())}),
        (
            {"3.4.3.c": "420"},
            {"3.4.3": ("99,76%", "98,82%", ("declared_differs",), ()), "3.4.3.c": ("424", "420", (), ())},
        ),
        ({"3.4.3": "98%"}, {"3.4.3": ("99,76%", "99,76%", ("declared_differs",), ())}),
    ],
)
def test_values_and_rules_that_newly_fail(change, expected):
    found = changes(OLD, OLD | change)
    assert {address: found.get(address) for address in expected} == expected
    assert {address for address, row in found.items() if row[0] != row[1]} <= expected.keys()


def test_what_is_mended_is_told_the_other_way_round():
    assert changes(OLD | {"3.4.3": "98%"}, OLD)["3.4.3"][2:] == ((), ("declared_differs",))


def test_a_rule_that_failed_already_does_not_newly_fail():
    wrong = OLD | {"3.4.3": "98%"}
    assert changes(wrong, wrong | {"3.4.3.c": "420"})["3.4.3"] == ("99,76%", "98,82%", (), ())


def test_rows_stand_in_the_order_of_the_form():
    found = list(changes({}, OLD))
    order = [row.address for row in FORM.rows]
    assert found == sorted(found, key=lambda address: order.index(address) if address else len(order))


def test_a_row_that_only_one_edition_has_is_blank_in_the_other():
    old = check(report_of({"3.4.2.b": "5", "1.1": "3"}))
    new = check(report_of({"1.1": "3"}, form=load_form("thong-ke-cchc", "2025")))
    found = {row.address: (row.old_text, row.new_text) for row in difference(old, new)}
    assert found["3.4.2.b"] == ("5", "")
    assert "1.1" not in found


def test_a_report_without_a_form_is_wrong_use():
    prose = CheckResult(Report("lời văn.txt"), None, (), ())
    with pytest.raises(ValueError, match="without a form"):
        difference(prose, check(report_of(OLD)))


@settings(max_examples=30)
@given(st.lists(st.dictionaries(st.sampled_from(ROWS), st.sampled_from(["", "0", "7"])), min_size=2, max_size=2))
def test_the_rows_of_another_value_are_those_that_are_told_as_changed(versions):
    old, new = (check(report_of(values)) for values in versions)
    before, now = old.computation.contents, new.computation.contents
    changed = [row.address for row in difference(old, new) if row.is_changed]
    assert changed == [row.address for row in FORM.rows if before.get(row.address) != now.get(row.address)]
