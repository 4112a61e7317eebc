"""Units ranked by headline rates: exact, ties told as ties, those without a rate apart with the reason."""

from __future__ import annotations

from fractions import Fraction

import pytest
from filled_forms import FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import NHA_TRANG, submitted, wards

from cchc_calc import consolidate, load_form
from cchc_calc.consolidation.comparisons import comparisons_of
from cchc_calc.states import State


def dossiers(unit, resolved, on_time):
    return submitted(f"UBND {unit}", {"3.4.3.b": resolved, "3.4.3.c": on_time})


def ranking(reports, address="3.4.3", **options):
    done = consolidate(reports, **options)
    return next(one for one in done.rankings if one.address == address)


@pytest.mark.parametrize(
    ("units", "expected", "unranked"),
    [
        # the best first, equal rates share a place and the next one is left out
        (
            {"phường 1": (50, 50), "phường 2": (4, 3), "phường 3": (7, 7), "phường 4": (100, 75), "phường 5": (2, 1)},
            [("phường 1", 1), ("phường 3", 1), ("phường 2", 3), ("phường 4", 3), ("phường 5", 5)],
            [],
        ),
        # both are shown as 100,00%, and are not equal
        (
            {"phường 1": (100_000, 99_999), "phường 2": (100_001, 100_000)},
            [("phường 2", 1), ("phường 1", 2)],
            [],
        ),
        # nothing arose, the figures contradict, nothing was filled: no rank, and none taken from the others
        (
            {"phường 1": (0, 0), "phường 2": (3, 4), "phường 3": (State.BLANK, State.BLANK), "phường 4": (2, 1)},
            [("phường 4", 1)],
            [("phường 1", "Không phát sinh"), ("phường 2", "KXĐ"), ("phường 3", "Chưa có số liệu")],
        ),
    ],
)
def test_places(units, expected, unranked):
    found = ranking([dossiers(unit, *counts) for unit, counts in units.items()])
    assert [(one.unit.removeprefix("UBND "), one.rank) for one in found.units] == expected
    assert [(one.unit.removeprefix("UBND "), one.reason) for one in found.unranked] == unranked


def test_the_parts_stand_beside_the_rate():
    (one,) = ranking([dossiers("phường 1", 425, 424)]).units
    assert (one.numerator, one.denominator, one.content, one.text) == (424, 425, Fraction(424, 425), "99,76%")


def test_units_that_have_not_sent_are_without_a_rank():
    found = ranking([dossiers("phường Phương Sơn", 4, 3)], register=NHA_TRANG)
    assert [(one.unit, one.code, one.rank) for one in found.units] == [("Phường Phương Sơn", "22354", 1)]
    assert len(found.unranked) == 26
    assert {one.reason for one in found.unranked} == {"Chưa nộp"}


@pytest.mark.parametrize("edition", ["2023", "2025"])
def test_the_headline_rates_are_rates_of_the_form_and_have_labels(edition):
    form = load_form("thong-ke-cchc", edition)
    headline = comparisons_of(form).headline
    assert headline == ("1.2", "3.4.3", "7.5.3", "7.7.4", "7.7.5", "7.8.2")
    assert {form.row(address).kind for address in headline} == {"rate"}
    done = consolidate([submitted("UBND phường 1", {"7.5.3.b1": 3, "7.5.3.b2": 4}, form=form)])
    assert [(one.address, one.label) for one in done.rankings] == [(a, form.row(a).label) for a in headline]
    # of the two pairs of 7.5.3 a ward fills one
    assert [one.text for one in next(one for one in done.rankings if one.address == "7.5.3").units] == ["75,00%"]


@settings(max_examples=25)
@given(wards(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(submissions, shuffled):
    other = submissions.copy()
    shuffled.shuffle(other)
    assert consolidate(submissions).rankings == consolidate(other).rankings


@settings(max_examples=25)
@given(wards())
def test_every_unit_stands_once_and_a_place_counts_those_before_it(submissions):
    for found in consolidate(submissions).rankings:
        assert len(found.units) + len(found.unranked) == len(submissions)
        own = {one.unit: one.content(found.address) for one in submissions}
        for one in found.units:
            assert one.content == own[one.unit]
            assert one.rank == 1 + sum(other.content > one.content for other in found.units)
        assert all(isinstance(own[one.unit], State) for one in found.unranked)
        assert [one.rank for one in found.units] == sorted(one.rank for one in found.units)


def test_the_json_is_exact():
    found = ranking([dossiers("phường 1", 425, 424), dossiers("phường 2", 0, 0)]).to_json()
    assert found["units"] == [
        {
            "unit": "UBND phường 1",
            "code": None,
            "value": "424/425",
            "text": "99,76%",
            "numerator": "424",
            "denominator": "425",
            "rank": 1,
        }
    ]
    assert found["unranked"] == [{"unit": "UBND phường 2", "code": None, "reason": "Không phát sinh"}]
    assert FORM.row(found["address"]).kind == "rate"
