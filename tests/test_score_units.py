"""Units scored: points, classes, ranks and their bounds, and every bad score named."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from score_documents import score, unit

from cchc_calc.findings import Severity
from cchc_calc.rounding import exact_notation
from cchc_calc.scoring.notation import points_text
from cchc_calc.scoring.records import TOTAL, NoPoints, UnitPoints
from cchc_calc.scoring.scales import class_of, load_scale
from cchc_calc.scoring.scored_units import score_units
from cchc_calc.unit_names import unit_key

SCALE = load_scale()
CASES = tomllib.loads((Path(__file__).parent / "cases" / "scoring.toml").read_text(encoding="utf-8"))


def case_units(case):
    return [
        unit(name, total=text.removeprefix("total = ")) if text.startswith("total") else unit(name, text)
        for name, text in case["units"].items()
    ]


def shown(standing):
    if standing.points is None:
        assert standing == type(standing)(None, None, None)
        return "-"
    return f"{exact_notation(standing.points)}, {standing.class_name}, {standing.rank}"


@pytest.mark.parametrize("name", CASES)
def test_a_case(name):
    case = CASES[name]
    scoring = score_units(case_units(case))
    scores = {scored.given.unit: scored for scored in scoring.units}
    assert {name: shown(scored.standing) for name, scored in scores.items()} == case["is"]
    for name, bounds in case.get("bounds", {}).items():
        assert f"{shown(scores[name].lowest)} .. {shown(scores[name].highest)}" == bounds
    assert [finding.rule for finding in scoring.findings] == case.get("rules", [])
    assert (", ".join(scoring.best), ", ".join(scoring.worst)) == (case.get("best", ""), case.get("worst", ""))
    assert scoring.mean == (Fraction(case["mean"]) if "mean" in case else None)


@pytest.mark.parametrize(
    ("units", "message"),
    [
        (
            [unit("Phường 8", "2 2 2.5 2 2 2 2 2 0")],
            "A!Phường 8/3: “Phường 8”, tiêu chí 3: 2,50 điểm, trong khi chỉ được từ 0 đến 2.",
        ),
        (
            [unit("Phường 8", "2 - 2 2 - 2 2 2 0")],
            "A!Phường 8/2: “Phường 8”: chưa có điểm tiêu chí 2, 5, nên chưa xếp loại, xếp hạng được.",
        ),
        (
            [unit("Phường 8"), unit("UBND phường 8", where={"": "A!B9"})],
            "“Phường 8” có 2 dòng (A!Phường 8; A!B9): không dòng nào được tính điểm.",
        ),
        (
            [unit("Phường 8", "KAD 2 2 2 2 2 2 2 0")],
            "A!Phường 8/1: “Phường 8”: không áp dụng tiêu chí 1; điểm được quy đổi từ tối đa 16 sang tối đa 18.",
        ),
        (
            [unit("Phường 8", "2 2 2 2 2 2 2 2 0", "15.5", where={TOTAL: "A!L4"})],
            "A!L4: “Phường 8”: tổng điểm ghi 15,50, các tiêu chí cộng lại 16.",
        ),
        (
            [unit("Phường 8", "2 2 2 2 2 2 2 - -", "19", where={TOTAL: "A!L4"})],
            "A!L4: “Phường 8”: tổng điểm ghi 19, các tiêu chí cộng lại từ 14 đến 18.",
        ),
        ([unit("P8", "2 2 2 2 2 2 2 2 0 2")], "A!P8/10: “P8”: thang điểm tt01-2018 không có tiêu chí 10."),
        (
            [unit("P8", "- -", "16")],
            "A!P8: “P8”: có tổng điểm nhưng chưa có điểm từng tiêu chí; tổng điểm được dùng như đã ghi.",
        ),
        ([unit("", "2", where={"": "A!B9"})], "A!B9: dòng có điểm nhưng không có tên đơn vị."),
        ([unit("P8", total="20", where={})], "“P8”: tổng điểm 20, trong khi thang điểm chỉ từ 0 đến 18."),
    ],
)
def test_a_message_names_unit_place_and_remedy(units, message):
    findings = score_units(units).findings
    assert message in [finding.message for finding in findings]
    assert all(finding.remedy and finding.message.endswith(".") for finding in findings)


@pytest.mark.parametrize(
    ("scores", "total", "agrees"),
    [
        ("5/3 2 2 2 2 2 2 2 0", "15.67", True),
        ("5/3 2 2 2 2 2 2 2 0", "47/3", True),
        ("5/3 2 2 2 2 2 2 2 0", "15.66", False),
        ("1.625 2 2 2 2 2 2 2 0", "15.63", True),
        ("1.625 2 2 2 2 2 2 2 0", "15.62", True),  # a tie: half up and half down are both honest
        ("1.625 2 2 2 2 2 2 2 0", "15.6", False),
        ("2 2 2 2 2 KAD 2 0 0", "12", True),  # the sum
        ("2 2 2 2 2 KAD 2 0 0", "13.5", True),  # the sum on the whole scale
        ("2 2 2 2 2 KAD 2 0 0", "13", False),
        ("2 2 2 2 2 2 2 - 0", "15", True),  # one point would be left for the missing one
        ("2 2 2 2 2 2 2 - 0", "16.01", False),
    ],
)
def test_a_total_beside_its_criteria(scores, total, agrees):
    rules = [finding.rule for finding in score_units([unit("A", scores, total)]).findings]
    assert ("score_total_differs" not in rules) is agrees


@pytest.mark.parametrize(
    ("evidence", "lacking"),
    [
        ({}, None),  # the source has no column for it
        ({"1": "Báo cáo 12", "2": ""}, ("2",)),
        ({"1": " ", "2": ""}, ("1", "2")),
        ({"1": "a", "2": "b"}, None),
        ({"3": ""}, None),  # criterion 3 has no points
        ({"": "Phụ lục"}, None),
        ({"": " "}, ()),
    ],
)
def test_points_without_evidence(evidence, lacking):
    findings = score_units([unit("A", "2 2 - - - - - - -", evidence=evidence)]).findings
    found = [finding.rows for finding in findings if finding.rule == "score_without_evidence"]
    assert found == ([] if lacking is None else [lacking])


def test_what_the_reader_told_is_not_told_again():
    given_units = [unit("A", "? 2 2 2 2 2 2 2 0")]
    [told] = score_units(given_units).findings
    assert score_units(given_units, findings=[replace(told, found="hai")]).findings == (replace(told, found="hai"),)


def test_findings_come_gravest_first():
    units = [unit("A", "KAD 2 2 2 2 2 2 2 0"), unit("B", "- 2 2 2 2 2 2 2 0"), unit("C", "9 2 2 2 2 2 2 2 0")]
    severities = [finding.severity for finding in score_units(units).findings]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.INFO]


def test_a_scale_without_criteria_takes_totals_alone():
    units = [unit("A", "40 45", "85"), unit("B", "40 45"), unit("C", total="90")]
    scoring = score_units(units, load_scale("thang-100"))
    assert [shown(scored.standing) for scored in scoring.units] == [
        "85, hoàn thành tốt nhiệm vụ, 2",
        "-",
        "90, hoàn thành xuất sắc nhiệm vụ, 1",
    ]


def test_what_one_more_point_would_change():
    units = [unit("A", total="16"), unit("B", "2 2 2 2 2 2 2 0.5 0"), unit("C", total="18"), unit("D", total="17.5")]
    assert [scored.one_more and shown(scored.one_more) for scored in score_units(units).units] == [
        "17, xuất sắc, 3",
        "15.5, xuất sắc, 4",
        None,
        "18, xuất sắc, 1",
    ]


def test_office_and_year_are_kept():
    scoring = score_units([], office="UBND thành phố Đà Lạt", year="2021")
    assert (scoring.office, scoring.year, scoring.units, scoring.mean, scoring.best) == (
        "UBND thành phố Đà Lạt",
        "2021",
        (),
        None,
        (),
    )
    assert [(group.count, group.share) for group in scoring.groups] == [(0, None)] * 5


# --- JSON and names --------------------------------------------------------------------------------------


def test_the_json_has_the_fixed_keys():
    data = score_units([unit("A", "5/3 2 2 2 2 2 2 2 0"), unit("B", "- 2 2 2 2 2 2 2 0")]).to_json()
    assert data["scale"] == "tt01-2018"
    assert data["units"] == [
        {
            "unit": "A",
            "points": "47/3",
            "class": "xuất sắc",
            "rank": 1,
            "maximum": "18",
            "lowest": {"points": "47/3", "class": "xuất sắc", "rank": 2},
            "highest": {"points": "47/3", "class": "xuất sắc", "rank": 1},
        },
        {
            "unit": "B",
            "points": None,
            "class": None,
            "rank": None,
            "maximum": "18",
            "lowest": {"points": "14", "class": "tốt", "rank": 2},
            "highest": {"points": "16", "class": "xuất sắc", "rank": 1},
        },
    ]
    assert data["groups"][0] == {"class": "xuất sắc", "count": 1, "share": "100,00%"}
    assert (data["mean"], data["best"], data["worst"]) == ("15.67", ["A"], ["A"])
    assert [finding["rule"] for finding in data["findings"]] == ["score_missing"]
    assert json.loads(json.dumps(data)) == data


def test_the_json_of_nothing():
    data = score_units([]).to_json()
    assert (data["units"], data["mean"], data["groups"][0]["share"]) == ([], None, None)


@pytest.mark.parametrize(
    ("points", "text"), [("16", "16"), ("15.6", "15,60"), ("46/3", "15,33"), ("14.995", "15,00"), ("-1", "-1")]
)
def test_points_in_a_message(points, text):
    assert points_text(Fraction(points)) == text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UBND Phường 3", "phường 03", True),
        ("Ủy ban nhân dân phường 3", "Uỷ ban nhân dân Phường  3", True),
        ("P.3", "Phường 3", True),
        ("P3", "Phường 3", True),
        ("xã Tân Hoà", "Xã Tân Hòa", True),
        ("xã Thuỷ Xuân", "xã Thủy Xuân", True),
        ("Phường 3", "Phường 30", False),
        ("Phường 3", "xã 3", False),
        ("xã Tân Lập", "xã Tấn Lập", False),
        ("Phòng Nội vụ", "Phòng Nội Vụ", True),
        ("TT Lạc Dương", "thị trấn Lạc Dương", True),
    ],
)
def test_names_of_one_unit(one, other, same):
    assert (unit_key(one) == unit_key(other)) is same


# --- laws ------------------------------------------------------------------------------------------------

SCORED = st.sampled_from([Fraction(quarters, 4) for quarters in range(9)] + [Fraction(5, 3)])
ANY_SCORE = st.one_of(SCORED, SCORED, SCORED, st.sampled_from([NoPoints.BLANK, NoPoints.NOT_APPLICABLE]))
NUMBERS = tuple(criterion.number for criterion in SCALE.criteria)


def tables(scores):
    return st.lists(st.fixed_dictionaries(dict.fromkeys(NUMBERS, scores)), max_size=8).map(
        lambda rows: [UnitPoints(f"Phường {place}", points) for place, points in enumerate(rows, start=1)]
    )


TABLES = tables(ANY_SCORE)


@given(TABLES)
def test_points_are_the_sum_of_what_applies_on_the_whole_scale(units):
    for scored in score_units(units).units:
        applying = [points for points in scored.given.points.values() if points is not NoPoints.NOT_APPLICABLE]
        assert scored.maximum == 2 * len(applying)
        if NoPoints.BLANK in applying or not applying:
            assert scored.standing.points is None
        else:
            assert scored.raw == sum(applying)
            assert scored.standing.points == Fraction(18, 2 * len(applying)) * sum(applying)
            assert scored.standing.class_name == class_of(scored.standing.points, SCALE)


@given(TABLES)
def test_a_rank_is_one_more_than_the_units_with_more_points(units):
    scores = score_units(units).units
    points = [scored.standing.points for scored in scores if scored.standing.points is not None]
    for scored in scores:
        own = scored.standing.points
        assert scored.standing.rank == (None if own is None else 1 + sum(other > own for other in points))


@given(TABLES.flatmap(lambda units: st.tuples(st.just(units), st.permutations(units))))
def test_the_order_given_does_not_matter(case):
    units, shuffled = case
    one, other = score_units(units), score_units(shuffled)
    by_name = {scored.given.unit: scored for scored in other.units}
    assert all(by_name[scored.given.unit] == scored for scored in one.units)
    assert (one.groups, one.mean, {*one.best}, {*one.worst}) == (
        other.groups,
        other.mean,
        {*other.best},
        {*other.worst},
    )


@given(TABLES)
def test_groups_mean_best_and_worst(units):
    scoring = score_units(units)
    points = {
        scored.given.unit: scored.standing.points for scored in scoring.units if scored.standing.points is not None
    }
    assert [group.count for group in scoring.groups] == [
        sum(class_of(given_points, SCALE) == point_class.name for given_points in points.values())
        for point_class in SCALE.classes
    ]
    assert sum(group.share or 0 for group in scoring.groups) == (1 if points else 0)
    assert scoring.mean == (sum(points.values()) / len(points) if points else None)
    assert {*scoring.best} == {name for name in points if points[name] == max(points.values())}
    assert {*scoring.worst} == {name for name in points if points[name] == min(points.values())}


def completed(units, choose):
    """Fill every blank criterion; ``choose`` gives the points for a unit and a criterion."""
    return [
        replace(
            given_unit,
            points={
                number: choose(given_unit.unit, number) if points is NoPoints.BLANK else points
                for number, points in given_unit.points.items()
            },
        )
        for given_unit in units
    ]


CLASS_NAMES = [point_class.name for point_class in reversed(SCALE.classes)]


@given(TABLES, st.data())
def test_every_completion_lies_within_the_bounds(units, data):
    whole = completed(units, lambda name, number: data.draw(SCORED, f"{name}/{number}"))
    for before, after in zip(score_units(units).units, score_units(whole).units, strict=True):
        if after.standing.points is None:
            assert before.lowest == before.highest == before.standing == after.standing
            continue
        assert before.lowest.points <= after.standing.points <= before.highest.points
        low, reached, high = (
            CLASS_NAMES.index(standing.class_name) for standing in (before.lowest, after.standing, before.highest)
        )
        assert low <= reached <= high
        assert before.highest.rank <= after.standing.rank <= before.lowest.rank


@given(TABLES)
def test_the_bounds_are_reached(units):
    bounds = score_units(units).units
    for place, given_unit in enumerate(units):
        for own, others, bound in ((0, 2, bounds[place].lowest), (2, 0, bounds[place].highest)):
            whole = completed(
                units,
                lambda name, _, mine=given_unit.unit, own=own, others=others: Fraction(own if name == mine else others),
            )
            assert score_units(whole).units[place].standing == bound


@given(tables(SCORED))
def test_without_a_gap_the_bounds_are_the_standing(units):
    assert all(scored.lowest == scored.standing == scored.highest for scored in score_units(units).units)


@given(tables(st.one_of(SCORED, st.just(NoPoints.NOT_APPLICABLE))))
def test_one_more_point_is_what_scoring_again_gives(units):
    scoring = score_units(units)
    for place, scored in enumerate(scoring.units):
        if scored.raw is None or scored.raw == scored.maximum:
            assert scored.one_more is None
            continue
        points, left = dict(scored.given.points), Fraction(1)
        for number, known in points.items():
            if isinstance(known, Fraction):
                added = min(left, 2 - known)
                points[number], left = known + added, left - added
        again = score_units([*units[:place], replace(scored.given, points=points), *units[place + 1 :]])
        assert again.units[place].standing == scored.one_more


def test_the_words_of_the_cases_are_known():
    assert [score(word) for word in ("-", "KAD", "?")] == [
        NoPoints.BLANK,
        NoPoints.NOT_APPLICABLE,
        NoPoints.UNDECIDED,
    ]
