"""The total form against that of the period before: values, differences, and the rules that units newly break."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from filled_forms import FORM, report_of
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import read_values, submitted, wards

from cchc_calc import check, consolidate, load_form
from cchc_calc.consolidation.rule_changes import RuleChanges
from cchc_calc.consolidation.submissions import submission_of
from cchc_calc.consolidation.total_changes import difference_text
from cchc_calc.findings import rules
from cchc_calc.periods import reporting_period
from cchc_calc.states import State

SECOND, THIRD = reporting_period("quarter", 2023, 2), reporting_period("quarter", 2023, 3)


def ward(number, values, period=THIRD, **more):
    return submitted(f"UBND phường {number}", read_values(values), period=period, **more)


def changes(before, now):
    done = consolidate([ward(*one) for one in now], previous=[ward(*one, SECOND) for one in before])
    return {row.address: (row.old_text, row.new_text, row.difference) for row in done.changes}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([(1, {"1.1": 3})], [(1, {"1.1": 3})], {}),
        # over all units, whoever reported what
        ([(1, {"1.1": 3}), (2, {"1.1": 1200})], [(1, {"1.1": 5}), (3, {"1.1": 4})], {"1.1": ("1.203", "9", "-1.194")}),
        ([(1, {"1.1": 3})], [(1, {})], {"1.1": ("3", "", "")}),
        # a rate by its points of percentage, beside its parts
        (
            [(1, {"3.4.3.b": 80, "3.4.3.c": 80})],
            [(1, {"3.4.3.b": 80, "3.4.3.c": 79})],
            {"3.4.3": ("100,00%", "98,75%", "-1,25 điểm %"), "3.4.3.c": ("80", "79", "-1")},
        ),
        (
            [(1, {"3.4.3.b": 80, "3.4.3.c": 80})],
            [(1, {"3.4.3.b": 0, "3.4.3.c": 0})],
            {
                "3.4.3": ("100,00%", "Không phát sinh", ""),
                "3.4.3.b": ("80", "0", "-80"),
                "3.4.3.c": ("80", "0", "-80"),
            },
        ),
        ([(1, {"7.7.5.e": "786000,5"})], [(1, {"7.7.5.e": 786001})], {"7.7.5.e": ("786.000,5", "786.001", "+0,50")}),
        # what units chose
        (
            [(1, {"1.6.b": 1})],
            [(1, {"1.6.b": 1}), (2, {"1.6.b": 1})],
            {"1.6.b": ("Phát phiếu: 1", "Phát phiếu: 2", "")},
        ),
    ],
)
def test_values(before, now, expected):
    assert changes(before, now) == expected


def test_how_many_units_reported_stands_beside_it():
    done = consolidate([ward(1, {"1.1": 3})], previous=[ward(n, {"1.1": 3}, SECOND) for n in (1, 2)])
    (change,) = done.changes
    assert (change.label, change.old_units, change.new_units) == (FORM.row("1.1").label, 2, 1)


def test_without_a_period_before_nothing_changed():
    assert consolidate([ward(1, {"1.1": 3})]).changes == ()


def test_a_row_that_only_one_edition_has_is_blank_in_the_other():
    form = load_form("thong-ke-cchc", "2025")
    period = reporting_period("quarter", 2025, 3)
    now = ward(1, {"1.1": 3}, period, form=form)
    before = ward(1, {"1.1": 2, "3.4.2.b": 5}, reporting_period("quarter", 2025, 2))
    found = {row.address: (row.old_text, row.new_text) for row in consolidate([now], previous=[before]).changes}
    assert found == {"1.1": ("2", "3"), "3.4.2.b": ("5", "")}


def test_the_report_of_another_level_is_no_report_of_the_period_before():
    city = submitted("UBND thành phố A", {"1.1": 900}, level="district", period=SECOND)
    done = consolidate([ward(1, {"1.1": 3})], previous=[city, ward(1, {"1.1": 2}, SECOND)])
    assert [(row.old, row.new) for row in done.changes] == [(2, 3)]
    assert done.missing == ()


class TestRules:
    def failing(self, before, now):
        reports = [ward(number, {"1.1": 1}, failing=failing) for number, failing in now.items()]
        earlier = [ward(number, {"1.1": 1}, SECOND, failing=failing) for number, failing in before.items()]
        done = consolidate(reports, previous=earlier)
        return {
            row.address: [[(one.rule, one.count, one.units) for one in found] for found in (row.failing, row.mended)]
            for row in done.changes
        }

    def test_units_are_counted_and_named(self):
        wrong = {"3.4.3": ("declared_differs",)}
        found = self.failing({1: wrong, 2: {}, 3: {}, 4: wrong}, {1: wrong, 2: wrong, 3: wrong, 4: {}})
        assert found == {
            "3.4.3": [
                [("declared_differs", 2, ("UBND phường 2", "UBND phường 3"))],
                [("declared_differs", 1, ("UBND phường 4",))],
            ]
        }

    def test_who_did_not_report_before_breaks_nothing_newly(self):
        assert self.failing({1: {}}, {1: {}, 2: {"3.4.3": ("declared_differs",)}}) == {"1.1": [[], []]}

    def test_what_is_of_no_row_comes_last(self):
        found = self.failing({1: {}}, {1: {"": ("claim_wrong",), "7.8": ("row_missing",)}})
        assert list(found) == ["7.8", ""]

    def test_a_title_in_words_stands_beside_the_rule(self):
        taken = RuleChanges()
        taken.take("Phường 1", [{}], {"3.4.3": ("declared_differs",)})
        (change,), mended = taken.of_row("3.4.3")
        assert (change.title, mended) == (rules()["declared_differs"].title, ())

    def test_a_submission_names_its_errors_and_warnings_by_row(self):
        result = check(report_of({"3.4.3.b": "425", "3.4.3.c": "424", "3.4.3": "98%"}))
        made = submission_of(result.report, result.computation, findings=iter(result.findings))
        assert "declared_differs" in made.failing["3.4.3"]
        assert sum(made.findings.values()) == len(result.findings)
        infos = {finding.rule for finding in result.findings if finding.severity.value == "info"}
        assert infos.isdisjoint(rule for failing in made.failing.values() for rule in failing)


def test_the_json_is_exact():
    done = consolidate(
        [ward(1, {"3.4.3.b": 8, "3.4.3.c": 7}, failing={"3.4.3": ("declared_differs",)})],
        previous=[ward(1, {"3.4.3.b": 8, "3.4.3.c": 8}, SECOND)],
    )
    rate = json.loads(json.dumps(done.to_json()))["changes"][0]
    assert rate == {
        "address": "3.4.3",
        "old": "1",
        "new": "7/8",
        "old_text": "100,00%",
        "new_text": "87,50%",
        "difference": "-12,50 điểm %",
        "old_units": 1,
        "new_units": 1,
        "failing": [{"rule": "declared_differs", "count": 1, "units": ["UBND phường 1"]}],
        "mended": [],
    }


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_difference_is_that_of_the_numbers(old, new):
    text = difference_text(FORM.row("1.1"), old, new)
    assert (int(text.replace(".", "")) if text else 0) == new - old
    assert text == "" or text[0] in "+-"
    assert difference_text(FORM.row("1.1"), old, State.BLANK) == ""


@settings(max_examples=20)
@given(wards(), wards())
def test_what_is_not_listed_is_as_it_was(before, now):
    before = [replace(report, period=SECOND) for report in before]
    now = [replace(report, period=THIRD) for report in now]
    done, was = consolidate(now, previous=before), consolidate(before)
    listed = {row.address for row in done.changes}
    for row in done.rows:
        same = (row.content, row.text) == (was.row(row.address).content, was.row(row.address).text)
        assert (row.address in listed) != same
