"""What objectives ask for: clauses, alternatives, fields, targets, and what the column beside them says otherwise."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.objectives.clause_readings import LONGEST
from cchc_calc.objectives.clauses import split_clauses
from cchc_calc.objectives.field_lists import listed_fields
from cchc_calc.objectives.records import OVERALL, Objective
from cchc_calc.objectives.requirements import check_objective, read_requirements
from cchc_calc.objectives.wording import field_names, field_of_spelling
from cchc_calc.rounding import format_number
from cchc_calc.targets import RATE, read_target

CASES = tomllib.loads((Path(__file__).parent / "cases" / "objectives.toml").read_text(encoding="utf-8"))
OBJECTIVES = [pytest.param(case, id=case["source"]) for case in CASES["objective"]]
UNREADABLE = [(case["text"], case["reason"]) for case in CASES["unreadable"]]


def objective(text, measuring=""):
    asked = read_requirements(text, measuring)
    return Objective("2", text, asked, measuring, where="dòng 14, ô 2", measuring_where="dòng 14, ô 3")


def told(text, measuring=""):
    """What is wrong with an objective: rule, found, expected."""
    findings = check_objective(objective(text, measuring))
    return [(finding.rule, finding.found, finding.expected) for finding in findings]


def written(requirement):
    """A requirement as the cases write it."""
    target = requirement.target
    bound = "–"
    if target is not None:
        value = target.value * 100 if target.unit == RATE else target.value
        figure = format_number(value, 0 if value.denominator == 1 else 1)
        bound = f"{target.comparator} {figure}{RATE if target.unit == RATE else f' {target.unit}'}"
    base = f"/{requirement.base.value}" if requirement.base else ""
    return f"{requirement.group} {bound} {requirement.scope}{base}"


@pytest.mark.parametrize("case", OBJECTIVES)
def test_an_objective_asks_for(case):
    assert [written(one) for one in read_requirements(case["text"], case.get("measuring", ""))] == case["asks"]


@pytest.mark.parametrize("case", OBJECTIVES)
def test_text_and_column_are_held_against_each_other(case):
    findings = [
        f"{rule}: {found} ≠ {expected}" for rule, found, expected in told(case["text"], case.get("measuring", ""))
    ]
    assert [finding.replace("<=2%", "≤ 2%") for finding in findings] == case.get("findings", [])


@pytest.mark.parametrize(("text", "reason"), UNREADABLE)
def test_a_target_that_cannot_be_read_is_left_open_and_said(text, reason):
    [requirement] = read_requirements(text)
    [finding] = check_objective(objective(text))
    assert requirement.target is None
    assert finding.rule == "target_unreadable"
    assert reason in finding.message
    assert finding.where in finding.message
    assert (finding.rows, finding.where) == (("2",), "dòng 14, ô 2")


@pytest.mark.parametrize(
    ("text", "measuring", "rules"),
    [
        ("Hài lòng đạt 90%", "85% hoặc 80%", ["objective_texts_conflict"]),
        ("Hài lòng đạt 90%", "120%", ["target_unreadable"]),
        ("Hài lòng đạt 90%", "85%, 80%", ["target_unreadable"]),
        ("Hài lòng đạt 90%", "Khảo sát 200 phiếu, mỗi quý 50 phiếu", []),
        ("Hài lòng đạt 90%", "Khảo sát 200 phiếu của người dân", []),
        ("Hài lòng đạt 90%", "", []),
        ("Trễ hạn dưới 2%", "≤ 2%", ["objective_texts_conflict"]),
        ("Trễ hạn không quá 2%", "≤ 2%", []),
        ("Trễ hạn không quá 2%", "&lt;= 2%", []),
        ("Đạt từ 25% trở lên", r"$\ge 25\%$", []),
        ("Nâng cao chất lượng", "85%, 80%", ["target_unreadable"]),
    ],
)
def test_what_stands_in_the_column_alone_has_to_be_one_target(text, measuring, rules):
    assert [rule for rule, _, _ in told(text, measuring)] == rules


def test_the_column_gives_no_target_to_a_text_whose_own_cannot_be_read():
    [requirement] = read_requirements("Mức độ hài lòng đạt khoảng 90%", "≥ 85%")
    assert requirement.target is None


def test_a_target_from_elsewhere_needs_no_readable_text():
    unclear = objective("Mức độ hài lòng đạt khoảng 90%")
    decided = replace(unclear, requirements=(replace(unclear.requirements[0], target=read_target("từ 90% trở lên")),))
    assert [*check_objective(unclear)]
    assert not [*check_objective(decided)]


def test_the_column_describes_the_first_of_two_alternatives():
    text = "Hồ sơ trực tuyến đạt 25% (hoặc hồ sơ trực tuyến trên tổng số hồ sơ giải quyết đạt 45%)"
    asked = read_requirements(text, "Số hồ sơ trực tuyến/Tổng số hồ sơ tiếp nhận")
    assert [one.base and one.base.value for one in asked] == ["received", "resolved"]


def test_the_column_describes_only_what_it_measures():
    asked = read_requirements("Hài lòng trên 90%; trễ hạn dưới 2%", "Hồ sơ trễ hạn/tổng số hồ sơ đã giải quyết")
    assert [one.base and one.base.value for one in asked] == [None, "resolved"]


def test_a_text_too_long_for_an_objective_is_not_read():
    text = "Hài lòng đạt 90%. " * 1000
    assert len(text) > LONGEST
    assert [one.target for one in read_requirements(text)] == [None]
    assert told(text)[0][0] == "target_unreadable"


@pytest.mark.parametrize("text", ["", " ", ".", "\n", "- ", "()", ";;"])
def test_a_text_without_words_asks_for_nothing(text):
    assert read_requirements(text) == ()
    assert told(text) == []


WORDS = {"<": "dưới {}", "<=": "không quá {}", ">": "trên {}", ">=": "từ {} trở lên"}
SIGNS = {"<": "< {}", "<=": "<= {}", ">": "> {}", ">=": "≥ {}"}
PERCENTS = st.integers(1, 10_000)


def percent(hundredths):
    return f"{format_number(Fraction(hundredths, 100), 2)}%"


@given(st.sampled_from([WORDS, SIGNS]), st.sampled_from([*WORDS]), PERCENTS)
def test_every_comparator_is_read_as_strictly_as_it_is_written(notation, comparator, hundredths):
    text = f"Tỷ lệ hồ sơ trễ hạn {notation[comparator].format(percent(hundredths))} trên tổng số hồ sơ đã giải quyết."
    [requirement] = read_requirements(text)
    assert (requirement.target.comparator, requirement.target.value) == (comparator, Fraction(hundredths, 10_000))
    assert requirement.scope == "Tỷ lệ hồ sơ trễ hạn trên tổng số hồ sơ đã giải quyết"


# Nobody can tell "văn hóa và thông tin" from "văn hóa" and a field that begins with "thông tin".
BEFORE_AND = [name for name in field_names() if not any(f.startswith(f"{name} và ") for f in field_of_spelling())]


@given(
    st.one_of(
        st.tuples(st.just(", "), st.lists(st.sampled_from(field_names()), min_size=1, max_size=8, unique=True)),
        st.tuples(st.just(" và "), st.lists(st.sampled_from(BEFORE_AND), min_size=1, max_size=8, unique=True)),
    ),
    PERCENTS,
)
def test_a_list_of_fields_gives_a_requirement_each(listed, hundredths):
    mark, names = listed
    limit = percent(hundredths)
    text = f"Hồ sơ trễ hạn dưới 50%. Đối với các lĩnh vực {mark.join(names)}, tỷ lệ trễ hạn không quá {limit}"
    overall, *by_field = read_requirements(text)
    assert overall.scope == OVERALL
    assert [one.scope for one in by_field] == names
    assert {one.target.value for one in by_field} == {Fraction(hundredths, 10_000)}
    assert [one.group for one in by_field] == [*range(2, len(names) + 2)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["hồ sơ đúng hạn", "mức độ hài lòng", "đơn thư giải quyết"]), PERCENTS),
        min_size=1,
        max_size=6,
    )
)
def test_joint_conditions_keep_their_number_and_order(parts):
    text = "; ".join(f"{subject} đạt {percent(hundredths)}" for subject, hundredths in parts)
    asked = read_requirements(text)
    assert [one.group for one in asked] == [*range(1, len(parts) + 1)]
    assert [(one.scope, one.target.value) for one in asked] == [(s, Fraction(h, 10_000)) for s, h in parts]


@given(PERCENTS, PERCENTS)
def test_text_and_column_agree_only_on_the_same_bound(in_text, in_column):
    found = told(f"Mức độ hài lòng trên {percent(in_text)}", f"> {percent(in_column)}")
    assert [rule for rule, _, _ in found] == ([] if in_text == in_column else ["objective_texts_conflict"])


PIECES = st.sampled_from(
    [
        *(
            "100%",
            "dưới 1,5%",
            "từ 25% trở lên",
            "18/18 chỉ tiêu",
            "hoặc",
            "(hoặc ",
            ")",
            "; ",
            ". ",
            ", ",
            " và ",
            "\n- ",
        ),
        *(
            "lĩnh vực ",
            "đất đai",
            "lao động - thương binh và xã hội",
            "hồ sơ trễ hạn",
            "TTHC",
            "Nghị định 61/2018/NĐ-CP",
        ),
        *(
            "mức độ 3, 4",
            "trên tổng số hồ sơ",
            "tiếp nhận",
            "khoảng",
            "$\\geq 25\\%$",
            "120%",
            "-5%",
            "<p>",
            "năm 2023",
        ),
    ]
)


@given(
    st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join)),
    st.lists(PIECES, max_size=5).map(" ".join),
)
def test_any_text_is_read_without_an_error_and_nothing_is_read_twice(text, measuring):
    asked = read_requirements(text, measuring)
    groups = [one.group for one in asked]
    assert groups == sorted(groups)
    assert set(groups) == set(range(1, len(set(groups)) + 1))
    assert len(split_clauses(text)) <= len(asked)
    for finding in check_objective(objective(text, measuring)):
        assert finding.message
    for one in asked:
        assert one.target is None or (one.target.comparator in WORDS and one.target.value >= 0)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Đối với lĩnh vực đất đai không quá 2%", ("đất đai",)),
        ("lĩnh vực: đất đai và môi trường, tỷ lệ trễ hạn", ("đất đai", "môi trường")),
        ("các lĩnh vực tài nguyên và môi trường, hộ tịch", ("tài nguyên và môi trường", "hộ tịch")),
        ("lĩnh vực hộ tịch, thủy sản, tỷ lệ trễ hạn không quá 2%", ("hộ tịch", "thủy sản")),
        ("theo lĩnh vực phụ trách, 100% hồ sơ", ()),
        ("hồ sơ đất đai không quá 2%", ()),
    ],
)
def test_fields_stand_behind_their_word(text, fields):
    assert listed_fields(text) == fields
