"""Points, the class they belong to, and ranks with ties."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from importlib import resources

import pytest
from changed_data import changed
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.errors import ScaleError
from cchc_calc.scoring.scales import class_of, load_scale, ranks, read_scale, scale_ids

NINE_CRITERIA = load_scale("tt01-2018")
HUNDREDTHS = [Decimal(points).scaleb(-2) for points in range(1801)]
POINTS = st.one_of(st.integers(0, 18), st.decimals(0, 18, places=2), st.fractions(0, 18, max_denominator=50))


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("18", "xuất sắc"),
        ("16.00", "xuất sắc"),  # Phường 3 and Phường 6, Đà Lạt 2021
        ("15.30", "xuất sắc"),  # the mean of the 16 units
        ("15", "xuất sắc"),
        ("14.99", "tốt"),
        ("13.00", "tốt"),  # Phường 8
        ("12", "tốt"),
        ("11.99", "khá"),
        ("9", "khá"),
        ("8.99", "trung bình"),
        ("6", "trung bình"),
        ("5.99", "yếu"),
        ("0", "yếu"),
    ],
)
def test_the_class_of_points(points, expected):
    assert class_of(Decimal(points), NINE_CRITERIA) == expected
    assert class_of(Fraction(points), NINE_CRITERIA) == expected


def test_a_hair_below_a_bound_is_below_it():
    assert class_of(15 - Fraction(1, 10**30), NINE_CRITERIA) == "tốt"
    assert class_of(Decimal("14." + "9" * 40), NINE_CRITERIA) == "tốt"


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (Decimal("18.01"), r"điểm \(18,01\) nằm ngoài thang 0 đến 18"),
        (19, r"điểm \(19\) nằm ngoài thang"),
        (Decimal("-0.01"), r"điểm \(-0,01\) nằm ngoài thang"),
        (True, "không phải là một con số"),
        (15.0, "không phải là một con số"),
        (Decimal("NaN"), "không phải là một con số"),
        (Decimal("Infinity"), "không phải là một con số"),
        ("15", "không phải là một con số"),
    ],
)
def test_points_outside_the_scale_have_no_class(points, reason):
    with pytest.raises(ScaleError, match=reason):
        class_of(points, NINE_CRITERIA)


def test_every_hundredth_is_in_exactly_one_class():
    top = NINE_CRITERIA.highest
    for points in HUNDREDTHS:
        holders = [
            point_class.name
            for point_class in NINE_CRITERIA.classes
            if point_class.low <= points < point_class.high or points == point_class.high == top
        ]
        assert holders == [class_of(points, NINE_CRITERIA)]
    counts = [
        sum(class_of(points, NINE_CRITERIA) == point_class.name for points in HUNDREDTHS)
        for point_class in NINE_CRITERIA.classes
    ]
    assert counts == [301, 300, 300, 300, 600]


@given(POINTS, POINTS)
def test_more_points_are_never_a_worse_class(one, other):
    names = [point_class.name for point_class in NINE_CRITERIA.classes]
    fewer, more = sorted((Fraction(one), Fraction(other)))
    assert names.index(class_of(more, NINE_CRITERIA)) <= names.index(class_of(fewer, NINE_CRITERIA))


# --- scales ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale_id", scale_ids())
def test_every_scale_is_sound_and_named_as_its_file(scale_id):
    scale = load_scale(scale_id)
    assert scale.id == scale_id
    assert scale.source
    assert all(point_class.source for point_class in scale.classes)


def test_the_bounds_say_how_certain_they_are():
    assert [(point_class.name, point_class.mark) for point_class in NINE_CRITERIA.classes] == [
        ("xuất sắc", "V"),
        ("tốt", "V"),
        ("khá", "V"),
        ("trung bình", "V-code"),
        ("yếu", "V-code"),
    ]


def test_an_unknown_scale_is_refused():
    for name in ("thang-10", "", "../forms/thong-ke-cchc-2023"):
        with pytest.raises(ScaleError, match=r"không có thang điểm .* tt01-2018"):
            load_scale(name)


DATA = tomllib.loads((resources.files("cchc_calc") / "scales/tt01-2018.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("place", "key", "value", "message"),
    [
        ((), "highest", 20, "do not reach from 0 to 20"),
        ((), "lowest", -1, "do not reach from -1 to 18"),
        ((), "class", [], "do not reach"),
        (("class", 1), "to", 14, "overlap or leave a gap: xuất sắc and tốt"),
        (("class", 1), "to", 16, "overlap or leave a gap: xuất sắc and tốt"),
        (("class", 2), "from", 12, "classes without points: khá"),
        (("class", 2), "from", Decimal("8.5"), "overlap or leave a gap: khá and trung bình"),
        (("class", 4), "mark", "sure", "no such mark of certainty: 'sure'"),
        (("class", 4), "name", "khá", "two classes have the same name"),
    ],
)
def test_classes_that_do_not_make_up_the_scale_are_refused(place, key, value, message):
    with pytest.raises(ScaleError, match=message):
        read_scale(changed(DATA, place, key, value))


# --- ranks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([16, 13, 16, Decimal("15.6")], [1, 4, 1, 3]),
        ([1, 1, 1], [1, 1, 1]),
        ([3, 2, 2, 2, 1], [1, 2, 2, 2, 5]),
        ([16, None, 15], [1, None, 2]),
        ([None, None], [None, None]),
        ([], []),
        ([0], [1]),
        ([Decimal("15.30"), Fraction(153, 10), Decimal("15.3")], [1, 1, 1]),
        ([Decimal("15.30"), Decimal("15.31"), 15], [2, 1, 3]),
    ],
)
def test_ranks(points, expected):
    assert ranks(points) == expected


def test_ranks_of_sixteen_units():
    # A table that has the published bests, worst and mean of Đà Lạt 2021.
    units = [*[Decimal("16.00")] * 2, *[Decimal("15.60")] * 10, *[Decimal("14.60")] * 3, Decimal("13.00")]
    assert ranks(units) == [1] * 2 + [3] * 10 + [13] * 3 + [16]


@pytest.mark.parametrize("points", [True, 15.0, "15", Decimal("NaN")])
def test_ranks_are_given_to_numbers_only(points):
    with pytest.raises(ScaleError, match="không phải là một con số"):
        ranks([16, points])


TABLES = st.lists(st.none() | POINTS, max_size=30)


@given(TABLES)
def test_a_rank_is_one_more_than_the_units_with_more_points(points):
    exact = [None if number is None else Fraction(number) for number in points]
    scored = [number for number in exact if number is not None]
    expected = [None if number is None else 1 + sum(other > number for other in scored) for number in exact]
    assert ranks(points) == expected


@given(TABLES.flatmap(lambda points: st.tuples(st.just(points), st.permutations(range(len(points))))))
def test_ranks_do_not_depend_on_the_order(table):
    points, order = table
    given_ranks = ranks(points)
    assert ranks([points[place] for place in order]) == [given_ranks[place] for place in order]
