"""Figures against the unit's own past and against its peers: warnings, of which only a fallen total blocks its row."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from filled_forms import FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import NHA_TRANG, read_values, submitted, wards

from cchc_calc import consolidate, load_form
from cchc_calc.consolidation.comparisons import PeerSpread, comparisons_of
from cchc_calc.consolidation.peers import Spread
from cchc_calc.findings import Severity
from cchc_calc.periods import Period, reporting_period
from cchc_calc.states import State

CASES = tomllib.loads((Path(__file__).parent / "cases" / "outliers.toml").read_text(encoding="utf-8"))["case"]
OWN_PAST = ("cumulative_fell", "figure_out_of_scale", "opening_differs", "plan_changed")
SECOND, THIRD = reporting_period("quarter", 2023, 2), reporting_period("quarter", 2023, 3)


def period_of(name):
    if name[0] in "QH":
        return reporting_period({"Q": "quarter", "H": "half"}[name[0]], 2023, int(name[1]))
    return Period(*map(date.fromisoformat, name.split("/")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    assert case.keys() <= {"name", "periods", "before", "now", "told"}
    periods = [period_of(name) for name in case.get("periods", ["Q2", "Q3"])]
    before, now = (
        submitted("UBND phường 1", read_values(case[when]), period=period)
        for when, period in zip(("before", "now"), periods, strict=True)
    )
    done = consolidate([now], previous=[before])
    told = {rule: list(finding.rows) for rule in OWN_PAST for finding in done.of_rule(rule)}
    assert told == case["told"]


def one(values, period=THIRD, unit="UBND phường 1"):
    return submitted(unit, read_values(values), period=period)


def test_the_official_reads_both_figures_and_how_much_that_is():
    done = consolidate([one({"3.4.3.a": 5364})], previous=[one({"3.4.3.a": 447}, SECOND)])
    (finding,) = done.of_rule("figure_out_of_scale")
    assert finding.message == (
        "“UBND phường 1”: số gấp nhiều lần, hoặc chỉ bằng một phần nhỏ, so với kỳ trước: "
        "chỉ tiêu 3.4.3.a (kỳ trước 447, kỳ này 5.364, gấp 12 lần)."
    )
    assert (finding.code, finding.severity, finding.where) == ("V12", Severity.WARNING, "UBND phường 1.xlsx")
    # a warning never takes a figure out
    assert done.row("3.4.3.a").content == 5364


def test_of_many_rows_the_first_are_written_out():
    rows = [
        row.address for row in FORM.rows if row.kind == "count" and row.over_time == "sum" and row.address[0] == "3"
    ]
    done = consolidate([one(dict.fromkeys(rows, 5000))], previous=[one(dict.fromkeys(rows, 50), SECOND)])
    (finding,) = done.of_rule("figure_out_of_scale")
    assert finding.rows == tuple(rows)
    assert finding.message.count("gấp 100 lần") == 5
    assert finding.message.endswith(f"; và {', '.join(rows[5:])}.")


class TestFallenTotals:
    """The outcome of V07 is BLOCK: the row of that unit drops out, counted, and nothing else does."""

    BEFORE = (one({"6.1.a": "500", "6.1.b": "200"}, SECOND), one({"6.1.a": 100, "6.1.b": 50}, SECOND, "UBND phường 2"))
    NOW = (one({"6.1.a": "500", "6.1.b": "20", "1.1": 3}), one({"6.1.a": 100, "6.1.b": 80}, unit="UBND phường 2"))

    def test_the_row_is_undecided_for_that_unit_and_for_what_is_computed_from_it(self):
        done = consolidate(self.NOW, previous=self.BEFORE)
        assert (done.row("6.1.b").content, done.row("6.1.b").units_undecided) == (80, 1)
        assert (done.row("6.1").content, done.row("6.1").units_reported) == (Fraction(80, 100), 1)
        assert (done.row("6.1.a").content, done.row("1.1").content) == (600, 3)
        assert done.contents[0]["6.1.b"] is done.contents[0]["6.1"] is State.UNDECIDED
        assert done.contents[1:][0]["6.1.b"] == 80

    def test_it_goes_back_to_the_unit(self):
        done = consolidate(self.NOW, previous=self.BEFORE)
        (fault,) = done.returned
        assert (fault.unit, fault.code, fault.rows, fault.is_counted) == ("UBND phường 1", "V07", ("6.1.b",), True)
        assert "(kỳ trước 200, kỳ này 20, chỉ bằng 1/10)" in fault.message

    def test_it_has_no_rank_for_it_and_no_other_unit_is_touched(self):
        done = consolidate(self.NOW, previous=self.BEFORE)
        alone = consolidate(self.NOW[1:], previous=self.BEFORE[1:])
        assert done.row("6.1").content == alone.row("6.1").content
        assert [unit.unit for unit in done.units] == ["UBND phường 1", "UBND phường 2"]
        # the seal is that of what was sent
        assert done.units[0].seal == self.NOW[0].computed_seal()


def test_a_unit_that_took_the_place_of_two_is_held_against_their_sum():
    second, third = reporting_period("quarter", 2025, 2), reporting_period("quarter", 2025, 3)
    before = [
        submitted(f"UBND phường {name}", {"1.2.b": done}, period=second)
        for name, done in (("Phương Sài", 20), ("Ngọc Hiệp", 15))
    ]
    form = load_form("thong-ke-cchc", "2025")
    for done, told in ((34, 1), (35, 0)):
        now = submitted("UBND phường Tây Nha Trang", {"1.2.b": done}, period=third, form=form)
        found = consolidate([now], register=NHA_TRANG, previous=before)
        assert len(found.of_rule("cumulative_fell")) == told


class TestPeers:
    LIMITS = PeerSpread(units=8, power=5, factor=10, least=100)

    @pytest.mark.parametrize(
        ("figures", "outside"),
        [
            ([100, 110, 120, 130, 140, 150, 160, 170], []),
            # one in thousands, one in units
            ([100, 110, 120, 130, 140, 150, 160, 120_000], [120_000]),
            ([1000, 1100, 1200, 1300, 1400, 1500, 1600, 2], [2]),
            # seven are no crowd
            ([100, 110, 120, 130, 140, 150, 120_000], []),
            # they differ widely anyway: 10 is 20 times less than the median, and nothing special
            ([10, 40, 90, 200, 450, 900, 2000, 4000], []),
            # few of anything
            ([1, 1, 1, 1, 1, 1, 1, 90], []),
            ([1, 1, 1, 1, 1, 1, 1, 100], [100]),
            # who had nothing at all is no outlier, and does not count among the eight
            ([0, 0, 100, 110, 120, 130, 140, 150, 160_000], []),
        ],
    )
    def test_outside(self, figures, outside):
        spread = Spread()
        for place, figure in enumerate(figures):
            spread.take(figure, f"Phường {place}")
        assert [figure for figure, _ in spread.outside(self.LIMITS)] == outside

    def test_the_official_reads_who_and_against_what(self):
        reports = [submitted(f"UBND phường {place}", {"3.4.3.a": 300 + place}) for place in range(9)]
        reports.append(submitted("UBND phường 9", {"3.4.3.a": 309_000}))
        done = consolidate(reports)
        (finding,) = done.of_rule("figure_unlike_peers")
        assert finding.message == (
            "chỉ tiêu 3.4.3.a: “UBND phường 9” ghi 309.000, trong khi mức giữa của 10 đơn vị có phát sinh là "
            "khoảng 300."
        )
        assert (finding.code, finding.severity, finding.rows) == ("V17", Severity.WARNING, ("3.4.3.a",))
        assert done.row("3.4.3.a").content == sum(range(300, 309)) + 309_000

    @given(st.lists(st.integers(0, 10**9), max_size=60), st.randoms(use_true_random=False))
    def test_the_order_changes_nothing_and_the_median_is_that_of_the_leading_digits(self, figures, shuffled):
        named = [(figure, f"Phường {place}") for place, figure in enumerate(figures)]
        other = named.copy()
        shuffled.shuffle(other)
        spreads = [Spread(), Spread()]
        for spread, listed in zip(spreads, (named, other), strict=True):
            for figure, unit in listed:
                spread.take(figure, unit)
        assert spreads[0] == spreads[1]
        if spread.counts:
            rounded = sorted(int(str(figure)[:2].ljust(len(str(figure)), "0")) for figure in figures if figure)
            assert spread.median() == rounded[(len(rounded) - 1) // 2]
            median = spread.median()
            for figure, _ in spread.outside(self.LIMITS):
                assert figure >= 10 * median or median >= 10 * figure

    def test_memory_does_not_grow_with_the_number_of_units(self):
        spread = Spread()
        for place in range(20_000):
            spread.take(1 + place * 7919 % 999_983, f"Phường {place}")
        assert len(spread.counts) <= 9 + 90 * 5
        assert all(len(extremes) == 20 for extremes in spread.extremes)


@settings(max_examples=20)
@given(wards(), wards(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(before, now, shuffled):
    before = [replace(report, period=SECOND) for report in before]
    now = [replace(report, period=THIRD) for report in now]
    other_before, other_now = before.copy(), now.copy()
    shuffled.shuffle(other_before)
    shuffled.shuffle(other_now)
    one, other = consolidate(now, previous=before), consolidate(other_now, previous=other_before)
    assert one.findings == other.findings
    assert (one.rows, one.changes, one.standings) == (other.rows, other.changes, other.standings)
    assert list(one.returned) == list(other.returned)


@settings(max_examples=20)
@given(wards(2), wards(2))
def test_what_is_found_in_one_unit_changes_no_other(before, now):
    before = [replace(report, period=SECOND) for report in before]
    now = [replace(report, period=THIRD) for report in now]
    whole = consolidate(now, previous=before)
    for place, unit in enumerate(whole.units):
        report = next(report for report in now if report.source == unit.source)
        alone = consolidate([report], previous=before, period=THIRD)
        assert dict(whole.contents[place]) == dict(alone.contents[0])


@pytest.mark.parametrize("edition", ["2023", "2025"])
def test_the_rows_compared_are_rows_of_the_form_that_units_fill(edition):
    form = load_form("thong-ke-cchc", edition)
    known = comparisons_of(form)
    for address in (*known.cumulative_in_year, *known.cumulative, *known.plans):
        assert form.row(address).is_input
        assert form.row(address).over_time == "last"
    assert [(form.row(one.stock).over_time, form.row(one.flow).over_time) for one in known.carried] == [
        ("last", "sum")
    ] * len(known.carried)
    assert len(known.carried) == {"2023": 2, "2025": 1}[edition]
