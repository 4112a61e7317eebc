"""Objectives of two years, matched by what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.objective_reading import read_objectives
from cchc_calc.objectives.matching import check_matches, match_objectives
from cchc_calc.objectives.records import Objective

OF_2022 = (
    "100% hồ sơ được tiếp nhận và giải quyết theo đúng quy định tại Nghị định số 61/2018/NĐ-CP ngày 23/4/2018",
    "Số hồ sơ trễ hạn dưới 1,5% trên tổng số hồ sơ đã giải quyết",
    "100% các phản ánh, kiến nghị về quy định hành chính được trả lời đúng thời hạn quy định",
    "Tỷ lệ giải quyết hồ sơ trực tuyến trên tổng số hồ sơ giải quyết đạt từ 25% trở lên",
    "Mức độ hài lòng của tổ chức, cá nhân đối với sự phục vụ của UBND thành phố đạt trên 83%",
)
OF_2023 = (
    "100% hồ sơ được tiếp nhận, giải quyết theo đúng quy định tại Nghị định số 107/2021/NĐ-CP ngày 06/12/2021",
    "Giảm tỷ lệ hồ sơ trễ hạn dưới 1,2% trên tổng số hồ sơ đã giải quyết",
    "Tỷ lệ hồ sơ giải quyết trực tuyến trên tổng số hồ sơ giải quyết đạt từ 40% trở lên",
    "100% phản ánh, kiến nghị về quy định hành chính được trả lời đúng thời hạn",
    "Mức độ hài lòng của tổ chức, cá nhân đối với sự phục vụ của UBND thành phố đạt trên 84%",
)
SAME = (0, 1, 3, 2, 4)
"""Where each objective of 2023 stands among those of 2022."""


def objectives(texts, numbers=None):
    return [
        Objective(str(number), text) for number, text in zip(numbers or range(1, len(texts) + 1), texts, strict=True)
    ]


def numbers(pairs):
    return [(one.number, other.number if other else None) for one, other in pairs]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Hồ sơ trễ hạn dưới 1,5%", "Hồ sơ đúng hạn trên 98,5%"),
        ("Mức độ hài lòng trên 83%", "100% văn bản được ký số"),
        ("Triển khai Đề án 06", "Nâng cao đạo đức công vụ"),
        ("Hồ sơ trực tuyến đạt 25%", "Thủ tục thanh toán trực tuyến đạt 25%"),
    ],
)
def test_what_measures_something_else_is_no_match(text, other):
    assert numbers(match_objectives(objectives([text]), objectives([other]))) == [("1", None)]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Hài lòng trên 84%", "Hài lòng trên 83%"),
        ("Hồ sơ trễ hạn theo Kế hoạch số 12/KH-UBND ngày 03/01/2022 và Nghị định số 61/2018/NĐ-CP", "Hồ sơ trễ hạn"),
        ("100% TTHC được niêm yết", "Phấn đấu niêm yết 100% thủ tục hành chính"),
    ],
)
def test_figures_citations_and_abbreviations_are_no_difference(text, other):
    assert numbers(match_objectives(objectives([text]), objectives([other]))) == [("1", "1")]


def test_of_two_that_are_equally_alike_none_is_taken():
    pairs = match_objectives(objectives(["Hài lòng trên 84%"]), objectives(["Hài lòng trên 83%", "Hài lòng trên 80%"]))
    assert numbers(pairs) == [("1", None)]
    [finding] = check_matches(pairs)
    assert (finding.rule, finding.rows) == ("objectives_unmatched", ("1",))


def test_two_that_are_alike_do_not_share_one():
    pairs = match_objectives(objectives(["Hài lòng trên 84%", "Hài lòng trên 90%"]), objectives(["Hài lòng trên 83%"]))
    assert numbers(pairs) == [("1", None), ("2", None)]


def test_a_list_of_the_same_objective_written_many_times_is_no_match_and_no_burden():
    alike = objectives(["Hồ sơ trực tuyến đạt 25%"] * 400)
    assert {other for _, other in match_objectives(alike, alike)} == {None}


def test_lists_longer_than_any_plan_are_not_compared():
    long = objectives([OF_2022[0], *["Triển khai Đề án 06"] * 1999])
    assert {other for _, other in match_objectives(long, long)} == {None}


def test_the_more_alike_takes_its_match_first():
    texts = ["Mức độ hài lòng của tổ chức tại bộ phận một cửa", "Mức độ hài lòng của tổ chức"]
    pairs = match_objectives(objectives(texts), objectives([texts[1], texts[0]]))
    assert numbers(pairs) == [("1", "2"), ("2", "1")]


@given(st.permutations(range(5)), st.permutations(range(5)), st.permutations(range(1, 6)), st.permutations(range(1, 6)))
def test_neither_numbers_nor_order_matter(order, other_order, new_numbers, old_numbers):
    this = objectives([OF_2023[place] for place in order], new_numbers)
    last = objectives([OF_2022[place] for place in other_order], old_numbers)
    for (one, other), place in zip(match_objectives(this, last), order, strict=True):
        assert one.text == OF_2023[place]
        assert other.text == OF_2022[SAME[place]]


@given(st.lists(st.sampled_from(OF_2022), max_size=8), st.lists(st.sampled_from(OF_2023), max_size=8))
def test_every_objective_is_answered_and_none_is_used_twice(texts, others):
    pairs = match_objectives(objectives(texts), objectives(others))
    used = [other.number for _, other in pairs if other is not None]
    assert [one.text for one, _ in pairs] == texts
    assert len(used) == len(set(used))
    assert len([*check_matches(pairs)]) == len(texts) - len(used)


@given(st.permutations(range(1, 6)))
def test_the_real_years_of_nha_trang(real_reports, renumbered):
    last = read_objectives(real_reports / "000_ket-qua-muc-tieu-chat-luong-2022_nha-trang.txt").objectives
    this = read_objectives(real_reports / "001_ke-hoach-muc-tieu-chat-luong-2023_nha-trang.txt").objectives
    shuffled = [replace(one, number=str(number)) for one, number in zip(last, renumbered, strict=True)]
    found = [last[shuffled.index(other)].number for _, other in match_objectives(this, shuffled)]
    assert found == ["1", "2", "4", "3", "5"]
    assert not [*check_matches(match_objectives(this, shuffled))]
