"""The scales as data: classes that part every scale, criteria that add up, points from bands and rates."""

from __future__ import annotations

import tomllib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from importlib import resources

import pytest
from changed_data import changed
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.errors import ScaleError
from cchc_calc.scoring.criteria import DOSSIER, MARKS, UNIT
from cchc_calc.scoring.points import criterion_points, rate_points
from cchc_calc.scoring.scales import class_of, load_scale, read_scale, scale_ids

SCALES = [load_scale(name) for name in scale_ids()]
CRITERIA = [(scale.id, criterion) for scale in SCALES for criterion in scale.criteria]
NINE = load_scale("tt01-2018")
PORTAL = load_scale("qd766-2022")
GRID = Fraction(1, 100)


def test_the_scales_there_are():
    assert scale_ids() == ("qd766-2022", "thang-100", "tt01-2018")
    assert [str(scale.highest) for scale in SCALES] == ["100", "100", "18"]


@pytest.mark.parametrize("scale", SCALES, ids=scale_ids())
def test_every_hundredth_is_in_exactly_one_class(scale):
    steps = int((scale.highest - scale.lowest) / GRID)
    for points in (scale.lowest + step * GRID for step in range(steps + 1)):
        holders = [
            point_class.name
            for point_class in scale.classes
            if point_class.low <= points < point_class.high or points == point_class.high == scale.highest
        ]
        assert holders == [class_of(points, scale)]


@pytest.mark.parametrize("scale", SCALES, ids=scale_ids())
def test_a_bound_is_in_the_higher_class_and_a_hair_below_in_the_lower(scale):
    names = [point_class.name for point_class in scale.classes]
    for place, point_class in enumerate(scale.classes):
        assert class_of(point_class.low, scale) == names[place]
        if point_class.low > scale.lowest:
            assert class_of(point_class.low - Fraction(1, 10**30), scale) == names[place + 1]
            assert class_of(Decimal(str(point_class.low)) - Decimal("0.01"), scale) == names[place + 1]


@pytest.mark.parametrize(
    ("scale_id", "points", "expected"),
    [
        ("qd766-2022", "90", "xuất sắc"),
        ("qd766-2022", "89.99", "tốt"),
        ("qd766-2022", "70", "khá"),
        ("qd766-2022", "50", "trung bình"),
        ("qd766-2022", "49.99", "yếu"),
        ("thang-100", "100", "hoàn thành xuất sắc nhiệm vụ"),
        ("thang-100", "89.99", "hoàn thành tốt nhiệm vụ"),
        ("thang-100", "69.99", "hoàn thành nhiệm vụ"),
        ("thang-100", "49.99", "không hoàn thành nhiệm vụ"),
    ],
)
def test_classes_of_the_scales_of_a_hundred(scale_id, points, expected):
    assert class_of(Decimal(points), load_scale(scale_id)) == expected


# --- criteria --------------------------------------------------------------------------------------------


def test_the_nine_criteria():
    assert [criterion.number for criterion in NINE.criteria] == [str(number) for number in range(1, 10)]
    assert {criterion.maximum for criterion in NINE.criteria} == {2}
    by_level = {
        level: [criterion.number for criterion in NINE.criteria if level in criterion.levels]
        for level in (DOSSIER, UNIT)
    }
    # The source has 6 in both lists.
    assert by_level == {DOSSIER: ["1", "2", "3", "4", "6", "7"], UNIT: ["5", "6", "8", "9"]}


def test_the_six_groups_of_the_portal():
    groups = Counter()
    for criterion in PORTAL.criteria:
        groups[criterion.group] += criterion.maximum
    assert [int(points) for points in groups.values()] == [18, 20, 12, 10, 18, 22]
    thresholds = {criterion.number: criterion.threshold for criterion in PORTAL.criteria if criterion.threshold < 1}
    assert thresholds == {
        number: Fraction(rate)
        for number, rate in {
            "3.1": "0.8",
            "3.3": "0.5",
            "4.1": "0.8",
            "4.2": "0.8",
            "5.3": "0.9",
            "6.2": "0.8",
            "6.4": "0.8",
        }.items()
    }


@pytest.mark.parametrize(("scale_id", "criterion"), CRITERIA, ids=lambda value: getattr(value, "number", value))
def test_every_datum_says_how_certain_it_is(scale_id, criterion):
    assert criterion.name
    assert criterion.group
    for datum in (criterion, *criterion.bands):
        assert datum.mark in MARKS
        assert datum.source
    assert load_scale(scale_id).criterion(criterion.number) is criterion


def test_what_is_done_with_a_criterion_that_does_not_apply_is_inferred():
    assert [(scale.not_applicable.rule, scale.not_applicable.mark) for scale in SCALES] == [("rescale", "I")] * 3


def test_a_criterion_that_is_not_there():
    assert NINE.criterion("10") is None


@pytest.mark.parametrize(
    # criterion, what was measured, points
    ("number", "observed", "points"),
    [
        ("1", Fraction(99, 100), 2),
        ("1", 1, 1),
        ("1", Fraction(101, 100), 0),
        ("2", Decimal("0.5"), 2),
        ("2", Decimal("1.00"), 1),
        ("3", 0, 2),
        ("3", 1, 1),
        ("3", 2, 0),
        ("4", 1, 2),
        ("4", 2, 1),
        ("4", 3, 0),
    ],
)
def test_points_of_a_band(number, observed, points):
    assert criterion_points(NINE.criterion(number), observed) == points


@pytest.mark.parametrize(
    ("number", "rate", "points"),
    [
        ("3.3", Fraction(1, 2), "6"),
        ("3.3", Fraction(1, 4), "3"),
        ("3.3", 1, "6"),
        ("5.3", Fraction(1, 3), "20/9"),
        ("2.1", Decimal("0.9976"), "19.952"),
        ("1.1", 0, "0"),
    ],
)
def test_points_of_a_rate(number, rate, points):
    assert criterion_points(PORTAL.criterion(number), rate) == Fraction(points)


@pytest.mark.parametrize(
    ("criterion", "observed", "reason"),
    [
        (NINE.criterion("5"), 1, "tiêu chí 5 không có mức điểm theo số đo"),
        (NINE.criterion("4"), 0, "tiêu chí 4: không có mức điểm nào cho số cơ quan"),
        (NINE.criterion("3"), Fraction(1, 2), "không có mức điểm nào"),
        (NINE.criterion("1"), 0.5, "không phải là một con số chính xác"),
        (PORTAL.criterion("1.1"), Fraction(101, 100), "phải từ 0 đến 1"),
        (PORTAL.criterion("1.1"), -1, "phải từ 0 đến 1"),
        (PORTAL.criterion("1.1"), True, "không phải là một con số chính xác"),
    ],
)
def test_what_gives_no_points(criterion, observed, reason):
    with pytest.raises(ScaleError, match=reason):
        criterion_points(criterion, observed)


@pytest.mark.parametrize("threshold", [0, -1, Fraction(11, 10)])
def test_a_threshold_is_a_rate_above_nought(threshold):
    with pytest.raises(ScaleError, match="ngưỡng đủ điểm"):
        rate_points(1, 6, threshold)


RATES = st.fractions(0, 1, max_denominator=1000)
THRESHOLDS = st.fractions(Fraction(1, 100), 1, max_denominator=100)


@given(RATES, RATES, st.integers(1, 20), THRESHOLDS)
def test_more_never_earns_less_and_the_maximum_is_earned_from_the_threshold_on(one, other, maximum, threshold):
    lower, higher = (rate_points(rate, maximum, threshold) for rate in sorted((one, other)))
    assert 0 <= lower <= higher <= maximum
    assert (rate_points(one, maximum, threshold) == maximum) is (one >= threshold)
    if one < threshold:
        assert rate_points(one, maximum, threshold) * threshold == one * maximum


# --- data that contradicts itself ------------------------------------------------------------------------

DATA = tomllib.loads((resources.files("cchc_calc") / "scales/tt01-2018.toml").read_text(encoding="utf-8"))
FIRST = ("criterion", 0)


@pytest.mark.parametrize(
    ("place", "key", "value", "message"),
    [
        (("criterion", 8), "maximum", 3, "the criteria do not add up to 18"),
        (("criterion", 8), "number", "1", "two criteria have the same number"),
        (FIRST, "maximum", 0, "criterion 1: it gives no points"),
        (FIRST, "levels", [], "criterion 1: its levels are not among dossier, unit"),
        (FIRST, "levels", ["town"], "its levels are not among"),
        (FIRST, "threshold", 0, "the threshold 0 is no rate above 0"),
        (FIRST, "threshold", 2, "the threshold 2 is no rate above 0"),
        (FIRST, "mark", "sure", "criterion 1: no such mark of certainty: 'sure'"),
        ((*FIRST, "band", 0), "points", 3, "a band gives more than 2 points"),
        ((*FIRST, "band", 0), "points", -1, "a band gives more than 2 points, or fewer than 0"),
        ((*FIRST, "band", 0), "mark", "?", "no such mark of certainty"),
        ((*FIRST, "band", 0), "below", Decimal("1.01"), "two bands overlap"),
        ((*FIRST, "band", 0), "to", 1, "a band has both 'to' and 'below'"),
        ((*FIRST, "band", 1), "from", 2, "nothing lies in the band"),
        ((*FIRST, "band", 2), "from", 1, "a band has both 'from' and 'above'"),
        (
            (*FIRST, "band"),
            0,
            {"points": 2, "condition": "đến hết thời gian quy định", "to": 1, "mark": "M", "source": "x"},
            "two bands overlap",
        ),
        (("not_applicable",), "rule", "guess", "no such rule: 'guess'"),
        (("not_applicable",), "mark", "guess", "no such mark of certainty"),
    ],
)
def test_criteria_that_contradict_themselves_are_refused(place, key, value, message):
    with pytest.raises(ScaleError, match=message):
        read_scale(changed(DATA, place, key, value))
