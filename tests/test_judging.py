"""Requirements judged by what is reported: exactly, on which base, and what follows for groups and objectives."""

from __future__ import annotations

import operator
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.objectives.assigning import assign
from cchc_calc.objectives.attainments import read_result, read_totals
from cchc_calc.objectives.judging import cases_missing, group_status, judge, objective_status
from cchc_calc.objectives.records import Attainment, Base, Basis, Measurement, Requirement, Status
from cchc_calc.objectives.requirements import read_requirements
from cchc_calc.periods import read_period
from cchc_calc.targets import RATE, Target, read_target

COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
RECEIVED = "Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ (tính đến ngày 27/12/2022)."
RESOLVED = "Tổng số hồ sơ đã giải quyết đến ngày 28/12/2022 là 13.506 hồ sơ."
ONLINE = "Đến ngày 27/12/2022 đã tiếp nhận 5.436 hồ sơ trực tuyến"


def judged(objective, reported, *totals, measuring="", **facts):
    """Judge the first requirement of an objective by what a sentence reports of it."""
    asked = read_requirements(objective, measuring)
    known = tuple(total for text in totals for total in read_totals(text, ""))
    return judge(asked[0], assign(asked, read_result(reported).attainments)[0], totals=known, **facts)


@pytest.mark.parametrize(
    ("objective", "reported", "status", "basis", "missing", "reason"),
    [
        (
            "Hồ sơ trễ hạn dưới 1,5%",
            "giải quyết 13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, tỷ lệ 1,73%",
            *("not_met", "computed", 32, "1,73% (234/13.506) không dưới 1,5%; còn phải giảm 32 hồ sơ trễ hạn"),
        ),
        (
            "Hồ sơ trễ hạn dưới 1,5%",
            "trễ hạn 202/13.506 hồ sơ",
            *("met", "computed", 0, "1,496% (202/13.506) dưới 1,5%"),
        ),
        (
            "Hồ sơ trễ hạn không quá 2%",
            "trễ hạn 6,39%",
            *("not_met", "declared", None, "6,39% vượt quá 2%; chỉ theo công bố, không có số đếm"),
        ),
        (
            "Trên 90% hồ sơ được giải quyết đúng hạn",
            "đúng hạn 1540/1587 hồ sơ, tỷ lệ 97%",
            *("met", "computed", 0, "97,04% (1.540/1.587) trên 90%"),
        ),
        (
            "Trên 95% phản ánh được xử lý đúng hạn",
            "xử lý đúng hạn 2/3 nội dung phản ánh, đạt 67%, chưa xử lý 1/3 ý kiến chiếm 33%",
            *("not_met", "computed", 1, "66,67% (2/3) không trên 95%; còn thiếu 1 PAKN đúng hạn"),
        ),
        (
            "Mức độ hài lòng đạt trên 83%",
            "mức độ hài lòng là 94,2%",
            *("met", "declared", 0, "94,2% trên 83%; chỉ theo công bố, không có số đếm"),
        ),
        (
            "100% phản ánh được trả lời",
            "nhận được 27 phản ánh, đã trả lời đúng quy định, tỷ lệ 100%",
            *("met", "declared", 0, "100% đạt mức 100%; chỉ theo công bố, không có số đếm (chỉ nêu 27 PAKN)"),
        ),
        (
            "100% TTHC được niêm yết công khai",
            "niêm yết 100% TTHC",
            *("met", "declared", 0, "100% đạt mức 100%; chỉ theo công bố, không có số đếm"),
        ),
        (
            "18/18 chỉ tiêu đạt và vượt kế hoạch",
            "17/18 chỉ tiêu đạt kế hoạch",
            *("not_met", "computed", 1, "94,44% (17/18) chưa đạt 100%; còn thiếu 1 chỉ tiêu"),
        ),
        (
            "Tổ chức từ 3 hội nghị trở lên",
            "đã tổ chức 01 hội nghị",
            *("not_met", "computed", 2, "1 hội nghị chưa đạt 3 hội nghị; còn thiếu 2 hội nghị"),
        ),
        ("Mức độ hài lòng đạt trên 83%", "", *("undecided", None, None, "chưa có số liệu")),
        (
            "100% phản ánh kiến nghị được trả lời",
            "không nhận được phản ánh kiến nghị nào",
            *("not_arising", None, None, "không phát sinh nên không có tỷ lệ để đánh giá"),
        ),
        (
            "100% phản ánh kiến nghị được trả lời",
            "trả lời 0/0 phản ánh kiến nghị, đạt 100%",
            *("not_arising", None, None, "không phát sinh nên không có tỷ lệ để đánh giá"),
        ),
        (
            "Trên 90% hồ sơ được giải quyết đúng hạn",
            "đúng hạn 1587/1540 hồ sơ",
            *("undecided", None, None, "tử số 1.587 lớn hơn mẫu số 1.540"),
        ),
        (
            "Trên 90% hồ sơ được giải quyết đúng hạn",
            "đúng hạn 120% hồ sơ",
            *("undecided", None, None, "tỷ lệ 120% lớn hơn 100%"),
        ),
        (
            "Mức độ hài lòng đạt trên 83%",
            "hài lòng lần 1 đạt 92%, hài lòng lần 2 đạt 80%",
            *("undecided", None, None, "báo cáo nêu hai kết quả khác nhau: 92% và 80%"),
        ),
        (
            "100% phản ánh kiến nghị được trả lời",
            "không nhận được phản ánh nào; trả lời phản ánh đạt 100%",
            *("undecided", None, None, "báo cáo vừa ghi không phát sinh vừa nêu kết quả"),
        ),
        (
            "Triển khai thực hiện hiệu quả cơ chế một cửa",
            "đã thực hiện 100%",
            *("undecided", None, None, "mục tiêu không nêu con số nên không tính được"),
        ),
    ],
)
def test_a_requirement_is_judged(objective, reported, status, basis, missing, reason):
    found = judged(objective, reported)
    assert (found.status.value, found.basis and found.basis.value, found.shortfall) == (status, basis, missing)
    assert found.reason == reason


def test_a_rate_printed_beside_its_counts_does_not_decide():
    assert judged("Hồ sơ trễ hạn dưới 1,5%", "trễ hạn 234/13.506 hồ sơ, tỷ lệ 1,4%").status is Status.NOT_MET
    assert judged("Hồ sơ trễ hạn dưới 1,5%", "trễ hạn 202/13.506 hồ sơ, tỷ lệ 1,5%").status is Status.MET


@pytest.mark.parametrize("said", ["đúng hạn 97%; đúng hạn 1540/1587 hồ sơ", "đúng hạn 1540/1587 hồ sơ; đúng hạn 97%"])
def test_of_two_that_agree_the_counts_decide(said):
    found = judged("Trên 97% hồ sơ được giải quyết đúng hạn", said)
    assert (found.status, found.basis) == (Status.MET, Basis.COMPUTED)


def test_a_count_beside_a_rate_does_not_contradict_it():
    found = judged("Hồ sơ trực tuyến đạt từ 25% trở lên", "Có 5.436 hồ sơ trực tuyến. Tỷ lệ trực tuyến là 36,19%.")
    assert (found.status, found.basis) == (Status.MET, Basis.DECLARED)


def test_cases_are_compared_with_cases():
    assert judged("Không quá 05 hồ sơ trễ hạn", "3 hồ sơ trễ hạn; 3/500 hồ sơ trễ hạn").status is Status.MET
    found = judged("Không quá 05 hồ sơ trễ hạn", "3 hồ sơ trễ hạn; 7/500 hồ sơ trễ hạn")
    assert found.reason == "báo cáo nêu hai kết quả khác nhau: 3 và 7/500"


def test_no_number_of_cases_reaches_an_impossible_target():
    found = judged("Trên 100% hồ sơ được giải quyết đúng hạn", "đúng hạn 5/5 hồ sơ")
    assert (found.status, found.shortfall) == (Status.NOT_MET, None)
    assert found.reason == "100,00% (5/5) không trên 100%; không số lượng nào đạt được mức này"


def test_a_target_that_may_be_a_number_or_a_percentage_is_not_guessed():
    asked = Requirement("đạt 95", target=read_target("95"))
    found = judge(asked, [Attainment("0,97", numerator=97)])
    assert found.status is Status.MET
    found = judge(asked, [Attainment("1", numerator=1)])
    assert found.status is Status.UNDECIDED
    assert "không rõ mục tiêu" in found.reason


# --- bases -----------------------------------------------------------------------------------------------


def bases(found):
    return [
        (measurement.base and measurement.base.value, measurement.numerator, measurement.denominator)
        for measurement in found.measurements
    ]


OF_RESOLVED = "Tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ giải quyết đạt từ {}% trở lên"
OF_NOTHING = "Tỷ lệ hồ sơ trực tuyến đạt từ {}% trở lên"


def test_the_total_that_explains_the_printed_rate_decides():
    found = judged(OF_RESOLVED.format(25), f"{ONLINE}, đạt tỷ lệ 36,19%.", RESOLVED, RECEIVED)
    assert (found.status, found.basis, found.shortfall) == (Status.MET, Basis.COMPUTED, 0)
    assert bases(found) == [("received", 5436, 15019), ("resolved", 5436, 13506)]
    assert found.reason == (
        "36,19% (5.436/15.019) đạt mức từ 25% trở lên; tính trên hồ sơ đã giải quyết chốt ngày 28/12/2022 là "
        "40,25% (5.436/13.506)"
    )


def test_bases_that_give_two_answers_leave_it_undecided():
    found = judged(OF_RESOLVED.format(40), f"{ONLINE}, đạt tỷ lệ 36,19%.", RESOLVED, RECEIVED)
    assert (found.status, found.shortfall) == (Status.UNDECIDED, None)
    assert bases(found)[0] == ("received", 5436, 15019)
    assert found.reason.endswith("hai cách tính cho kết quả khác nhau nên không kết luận được")


def test_the_other_base_does_not_matter_where_the_report_uses_the_one_asked_for():
    found = judged(OF_RESOLVED.format(40), f"{ONLINE}, đạt tỷ lệ 40,25%.", RECEIVED, RESOLVED)
    assert (found.status, bases(found)[0]) == (Status.MET, ("resolved", 5436, 13506))
    found = judged(OF_NOTHING.format(40), f"{ONLINE}, đạt tỷ lệ 36,19%.", RECEIVED, RESOLVED)
    assert (found.status, bases(found)[0]) == (Status.NOT_MET, ("received", 5436, 15019))


def test_a_count_without_a_rate_stands_on_the_base_asked_for():
    found = judged(OF_RESOLVED.format(40), f"{ONLINE}.", RECEIVED, RESOLVED)
    assert (found.status, bases(found)[0]) == (Status.MET, ("resolved", 5436, 13506))
    found = judged(OF_NOTHING.format(40), f"{ONLINE}.", RECEIVED, RESOLVED)
    assert found.status is Status.UNDECIDED
    found = judged(OF_NOTHING.format(30), f"{ONLINE}.", RECEIVED, RESOLVED)
    assert found.status is Status.MET


def test_a_printed_rate_that_no_total_explains_is_declared():
    found = judged(OF_RESOLVED.format(25), f"{ONLINE}, đạt tỷ lệ 50%.", RECEIVED, RESOLVED)
    assert (found.status, found.basis) == (Status.MET, Basis.DECLARED)
    assert [measurement.value for measurement in found.measurements] == [Fraction(1, 2), Fraction(5436, 13506)]
    assert judged(OF_RESOLVED.format(45), f"{ONLINE}, đạt tỷ lệ 50%.", RESOLVED).status is Status.UNDECIDED


def test_totals_of_dossiers_are_no_base_for_other_things():
    found = judged("100% phản ánh được trả lời", "nhận được 27 phản ánh, đã trả lời, tỷ lệ 100%", RECEIVED)
    assert (found.status, found.basis, bases(found)) == (Status.MET, Basis.DECLARED, [(None, None, None)])
    found = judged("100% phản ánh được trả lời", "nhận được 27 phản ánh, đã trả lời, tỷ lệ 0,18%", RECEIVED)
    assert (found.status, found.basis) == (Status.NOT_MET, Basis.DECLARED)


def test_totals_of_all_are_no_base_for_one_field():
    asked = read_requirements("Đối với lĩnh vực đất đai, tỷ lệ trễ hạn không quá 2%", "")
    given = assign(asked, read_result("lĩnh vực đất đai không có hồ sơ trễ hạn").attainments)
    found = judge(asked[0], given[0], totals=tuple(read_totals(RESOLVED, "")))
    assert (found.status, found.basis, found.reason) == (
        Status.MET,
        Basis.DECLARED,
        "0% không quá 2%; chỉ theo công bố, không có số đếm",
    )


def test_that_nothing_was_late_is_none_of_all():
    found = judged("Hồ sơ trễ hạn dưới 1,5%", "không có hồ sơ trễ hạn", RESOLVED)
    assert (found.status, found.basis, bases(found)) == (Status.MET, Basis.COMPUTED, [("resolved", 0, 13506)])


def test_a_count_on_its_own_base_is_put_on_the_one_asked_for_too():
    found = judged(OF_RESOLVED.format(25), "Trên tổng số hồ sơ tiếp nhận, trực tuyến 5.436/15.019 hồ sơ.", RESOLVED)
    assert bases(found) == [("received", 5436, 15019), ("resolved", 5436, 13506)]


# --- time ------------------------------------------------------------------------------------------------

HALF = read_period("6 tháng đầu năm 2020")
END = date(2020, 12, 31)


@pytest.mark.parametrize(
    ("period", "finish", "awaits", "status", "reason"),
    [
        (HALF, END, "", "not_due", "chưa có số liệu; kỳ báo cáo đến ngày 30/6/2020, trước hạn 31/12/2020"),
        (
            *(HALF, END, "đánh giá vào cuối năm", "not_due"),
            "báo cáo ghi “đánh giá vào cuối năm”; kỳ báo cáo đến ngày 30/6/2020, trước hạn 31/12/2020",
        ),
        (HALF, HALF.end, "", "undecided", "chưa có số liệu"),
        (HALF, HALF.end, "đánh giá vào cuối năm", "undecided", "chưa có số liệu"),
        (HALF, None, "", "undecided", "chưa có số liệu"),
        (HALF, None, "đánh giá vào cuối năm", "not_due", "báo cáo ghi “đánh giá vào cuối năm”"),
        (None, END, "", "undecided", "chưa có số liệu"),
    ],
)
def test_what_a_missing_result_means(period, finish, awaits, status, reason):
    found = judged("Mức độ hài lòng đạt trên 83%", "", period=period, finish=finish, awaits=awaits)
    assert (found.status.value, found.reason) == (status, reason)


def test_a_result_is_judged_before_its_time_is_up():
    found = judged("Mức độ hài lòng đạt trên 83%", "hài lòng 70%", period=HALF, finish=END, awaits="cuối năm")
    assert found.status is Status.NOT_MET


def test_a_task_without_a_number_is_undecided_at_any_time():
    found = judged("Triển khai thực hiện hiệu quả", "", period=HALF, finish=END, awaits="cuối năm")
    assert found.status is Status.UNDECIDED


# --- exactness -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("comparator", COMPARE)
@pytest.mark.parametrize("bound", [Fraction(15, 1000), Fraction(1, 3), Fraction(83, 100), Fraction(1, 2)])
def test_every_comparator_at_just_below_and_just_above_its_value(comparator, bound):
    whole = bound.denominator * 10**12
    edge = bound.numerator * 10**12
    asked = Requirement("", target=Target(comparator, bound, RATE, ""))
    for step in (-1, 0, 1):
        found = judge(asked, [Attainment("", numerator=edge + step, denominator=whole)])
        assert found.status is (Status.MET if COMPARE[comparator](step, 0) else Status.NOT_MET)
        declared = judge(asked, [Attainment("", declared=Fraction(edge + step, whole))])
        assert (declared.status, declared.basis) == (found.status, Basis.DECLARED)


COMPARATORS = st.sampled_from(sorted(COMPARE))
SHARES = st.fractions(0, 1, max_denominator=10_000)
COUNTS = st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(COMPARATORS, SHARES, COUNTS)
def test_counts_are_compared_exactly_and_the_fewest_cases_are_missing(comparator, bound, counts):
    part, whole = counts
    target = Target(comparator, bound, RATE, "")
    found = judge(Requirement("", target=target), [Attainment("", numerator=part, denominator=whole)])
    met = COMPARE[comparator](Fraction(part, whole), bound)
    assert found.status is (Status.MET if met else Status.NOT_MET)
    assert (found.shortfall == 0) is met
    sign = 1 if comparator in {">", ">="} else -1
    if found.shortfall is None:
        edge = whole if sign > 0 else 0
        assert not COMPARE[comparator](Fraction(edge, whole), bound)
    elif found.shortfall:
        assert COMPARE[comparator](Fraction(part + sign * found.shortfall, whole), bound)
        assert not COMPARE[comparator](Fraction(part + sign * (found.shortfall - 1), whole), bound)


@given(COMPARATORS, st.fractions(0, 50, max_denominator=4), st.integers(0, 60))
def test_a_target_in_cases_compares_the_number_itself(comparator, bound, count):
    target = Target(comparator, bound, "hội nghị", "")
    found = judge(Requirement("", target=target), [Attainment(f"{count} hội nghị", numerator=count, denominator=99)])
    met = COMPARE[comparator](count, bound)
    assert found.status is (Status.MET if met else Status.NOT_MET)
    missing = cases_missing(target, Measurement(Fraction(count), count))
    sign = 1 if comparator in {">", ">="} else -1
    if missing is None:
        assert not COMPARE[comparator](0, bound)
    else:
        assert COMPARE[comparator](count + sign * missing, bound)
        assert not missing or not COMPARE[comparator](count + sign * (missing - 1), bound)


@given(COMPARATORS, SHARES, COUNTS)
def test_a_reason_never_shows_a_result_on_the_wrong_side(comparator, bound, counts):
    part, whole = counts
    found = judge(
        Requirement("", target=Target(comparator, bound, RATE, "")), [Attainment("", numerator=part, denominator=whole)]
    )
    shown = Fraction(found.reason.partition("%")[0].replace(".", "").replace(",", ".")) / 100
    exact = Fraction(part, whole)
    if abs(exact - bound) > Fraction(1, 10**10):
        assert (shown > bound, shown < bound) == (exact > bound, exact < bound)


def test_a_result_at_a_target_that_does_not_end_shows_as_the_target_does():
    asked = Requirement("", target=read_target("trên 1/3"))
    found = judge(asked, [Attainment("", numerator=2, denominator=6)])
    assert found.reason.startswith("33,33% (2/6) không trên 33,33%;")


# --- groups and objectives ---------------------------------------------------------------------------------

MET, NOT_MET, NOT_DUE, NONE, UNDECIDED = (
    *(Status.MET, Status.NOT_MET, Status.NOT_DUE, Status.NOT_ARISING, Status.UNDECIDED),
)
JUDGED = (MET, NOT_MET, NOT_DUE, NONE, UNDECIDED)


@pytest.mark.parametrize(
    ("statuses", "group", "objective"),
    [
        ([MET], MET, MET),
        ([NOT_MET], NOT_MET, NOT_MET),
        ([NOT_DUE], NOT_DUE, NOT_DUE),
        ([NONE], NONE, NONE),
        ([UNDECIDED], UNDECIDED, UNDECIDED),
        ([MET, NOT_MET], MET, NOT_MET),
        ([MET, UNDECIDED], MET, Status.PARTLY),
        ([MET, NOT_DUE], MET, Status.PARTLY),
        ([MET, NONE], MET, MET),
        ([MET, NONE, NOT_DUE], MET, Status.PARTLY),
        ([NONE, NONE], NONE, NONE),
        ([NONE, UNDECIDED], UNDECIDED, UNDECIDED),
        ([NONE, NOT_DUE], NOT_DUE, NOT_DUE),
        ([NONE, NOT_MET], NOT_MET, NOT_MET),
        ([UNDECIDED, NOT_DUE], UNDECIDED, UNDECIDED),
        ([UNDECIDED, NOT_MET], UNDECIDED, NOT_MET),
        ([NOT_DUE, NOT_MET], NOT_DUE, NOT_MET),
        ([MET, UNDECIDED, NOT_MET], MET, NOT_MET),
    ],
)
def test_what_follows_from_several(statuses, group, objective):
    assert {group_status(order) for order in permutations(statuses)} == {group}
    assert {objective_status(order) for order in permutations(statuses)} == {objective}


def test_an_objective_that_asks_for_nothing_is_undecided():
    assert objective_status([]) is Status.UNDECIDED


SEVERAL = st.lists(st.sampled_from(JUDGED), min_size=1, max_size=5)
RANK = {NOT_MET: 0, NOT_DUE: 1, NONE: 1, UNDECIDED: 1, Status.PARTLY: 1, MET: 2}


@given(SEVERAL, st.data())
def test_a_better_part_never_makes_the_whole_worse(statuses, data):
    place = data.draw(st.integers(0, len(statuses) - 1))
    for whole in (group_status, objective_status):
        better = [MET if at == place else status for at, status in enumerate(statuses)]
        worse = [NOT_MET if at == place else status for at, status in enumerate(statuses)]
        assert RANK[whole(worse)] <= RANK[whole(statuses)] <= RANK[whole(better)]


@given(SEVERAL, st.randoms())
def test_the_order_does_not_matter_and_repeating_changes_nothing(statuses, random):
    shuffled = list(statuses)
    random.shuffle(shuffled)
    for whole in (group_status, objective_status):
        assert whole(shuffled) is whole(statuses) is whole(statuses + statuses)


# --- which result belongs to which requirement -----------------------------------------------------------

LATE = "Hồ sơ trễ hạn dưới 1,5%. Đối với các lĩnh vực đất đai, môi trường, tỷ lệ trễ hạn không quá 2%"


@pytest.mark.parametrize(
    ("objective", "reported", "given_to"),
    [
        (
            LATE,
            "trễ hạn 234/13.506 hồ sơ. Trong đó lĩnh vực đất đai trễ hạn 6,39%",
            [["234/13.506 hồ sơ"], ["6,39%"], []],
        ),
        (LATE, "Trễ hạn: môi trường 1,2%, đất đai 6,39%", [[], ["6,39%"], ["1,2%"]]),
        (LATE, "lĩnh vực y tế trễ hạn 3%", [[], [], []]),
        (LATE, "Trễ hạn: chung 1%, hộ tịch 0,5%", [["1%"], [], []]),
        (LATE, "đúng hạn 98,27%", [[], [], []]),
        (
            "100% cán bộ sử dụng Hệ thống thông tin điều hành. 100% cán bộ sử dụng Thư điện tử công vụ.",
            "98% cán bộ sử dụng thư điện tử công vụ. 100% cán bộ sử dụng Hệ thống thông tin điều hành",
            [["100%"], ["98%"]],
        ),
        # a rate of something else is not taken
        ("100% thủ tục hành chính được niêm yết công khai", "Đã cung cấp danh mục, đạt 88% TTHC cấp xã", [[]]),
        ("18/18 chỉ tiêu đạt và vượt kế hoạch", "riêng chỉ tiêu du lịch đạt 32%, 10 chỉ tiêu đạt từ 48-100%", [[]]),
        ("Mức độ hài lòng đạt trên 83%", "Tỷ lệ số hóa hồ sơ đạt 90%", [[]]),
        (
            "Trên 90% hồ sơ theo cơ chế một cửa liên thông được giải quyết đúng hạn",
            "100% hồ sơ tiếp nhận theo cơ chế một cửa liên thông",
            [[]],
        ),
        # a figure without words of its own
        ("Mức độ hài lòng đạt trên 83%", "Năm 2022 đạt 95%, tăng 3% so với năm 2021 (92%)", [["95%"]]),
        ("Mức độ hài lòng đạt trên 83%", "Mới đạt 80%", [["80%"]]),
        ("Mức độ hài lòng đạt trên 83%", "Đạt 98,5%", [["98,5%"]]),
        ("Mức độ hài lòng đạt trên 83%. 100% TTHC được niêm yết", "Đạt 98,5%; đạt 100%", [["98,5%"], ["100%"]]),
        ("Mức độ hài lòng đạt trên 83%. 100% TTHC được niêm yết", "Đạt 98,5%", [[], []]),
        # the whole before its parts
        ("Mức độ hài lòng đạt trên 83%", "hài lòng chung 94,2%, hài lòng về tiếp cận 80%", [["94,2%"]]),
        # what was not done
        ("Trên 95% phản ánh được xử lý", "xử lý 2/3 phản ánh, chưa xử lý 1/3 phản ánh", [["2/3 phản ánh"]]),
    ],
)
def test_results_are_given_to_what_they_speak_of(objective, reported, given_to):
    found = assign(read_requirements(objective, ""), read_result(reported).attainments)
    assert [[attained.text for attained in one] for one in found] == given_to


def test_rates_of_published_procedures_are_not_mixed_with_those_of_all():
    asked = read_requirements(
        "Hồ sơ trực tuyến trên tổng số hồ sơ giải quyết từ 25% trở lên (hoặc hồ sơ trực tuyến trên tổng số hồ sơ của "
        "TTHC trực tuyến được công bố từ 45% trở lên)",
        "",
    )
    assert [one.base for one in asked] == [Base.RESOLVED, Base.ONLINE_PROCEDURES]
    reported = read_result("đã tiếp nhận 5.436 hồ sơ trực tuyến, đạt 36,19%").attainments
    assert [len(one) for one in assign(asked, reported)] == [1, 0]
    reported = read_result("hồ sơ trực tuyến trên tổng số hồ sơ của TTHC trực tuyến được công bố đạt 50%").attainments
    assert [len(one) for one in assign(asked, reported)] == [0, 1]
    assert assign(asked[:1], reported) == ((),)


def test_a_result_that_names_its_requirement_is_taken_at_its_word():
    asked = read_requirements("100% TTHC được niêm yết. Mức độ hài lòng đạt trên 83%", "")
    named = Attainment("1/2", numerator=1, denominator=2, requirement=1)
    worded = read_result("hài lòng 94%; niêm yết 100%").attainments
    [posted, satisfied] = assign(asked, (*worded, named))
    assert [attained.text for attained in posted] == ["100%"]
    assert satisfied == (named,)


TEXTS = st.lists(
    st.sampled_from(
        ["trễ hạn 2%", "đất đai 3%", "hài lòng 90%", "Đạt 80%", "chưa xử lý 1/3 phản ánh", "lĩnh vực y tế 1%"]
    )
).map("; ".join)


@given(st.sampled_from([LATE, "Mức độ hài lòng đạt trên 83%. 100% TTHC được niêm yết"]), TEXTS)
def test_no_result_is_made_up_and_none_is_given_twice(objective, reported):
    attainments = read_result(reported).attainments
    found = [attained for one in assign(read_requirements(objective, ""), attainments) for attained in one]
    assert len({id(attained) for attained in found}) == len(found)
    assert all(any(attained is one for one in attainments) and not attained.negated for attained in found)
