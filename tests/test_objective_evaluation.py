"""Whole reports of quality objectives evaluated: what is met, why, and what is wrong in the report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc import evaluate_objectives, read_objectives
from cchc_calc.objectives.attainments import read_result, read_totals
from cchc_calc.objectives.planned_time import TimePassed
from cchc_calc.objectives.records import DeclaredSummary, Objective, ObjectiveReport, Status
from cchc_calc.objectives.requirements import read_requirements
from cchc_calc.periods import read_period

YEAR = read_period("năm 2022")
HALF = read_period("6 tháng đầu năm 2020")
SATISFIED = "Mức độ hài lòng đạt trên 83%"
POSTED = "100% TTHC được niêm yết công khai"
LATE = "Hồ sơ trễ hạn dưới 1,5%. Đối với các lĩnh vực đất đai, hộ tịch, tỷ lệ trễ hạn không quá 2%"
ONLINE = "Tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ giải quyết đạt từ 25% trở lên"


def objective(number, text, start=None, finish=date(2022, 12, 31)):
    return Objective(number, text, read_requirements(text, ""), start=start, finish=finish, where=f"dòng {number}")


def report(*pairs, period=YEAR, totals=(), source="báo cáo.txt", **facts):
    """A report of objectives and what is said of each, numbered from 1; ``None`` is an empty cell."""
    objectives = tuple(objective(str(number), text) for number, (text, _) in enumerate(pairs, 1))
    results = {
        str(number): read_result(said, where=f"dòng {number}, ô 4") if isinstance(said, str) else said
        for number, (_, said) in enumerate(pairs, 1)
        if said is not None
    }
    named = tuple(total for text in totals for total in read_totals(text, ""))
    return ObjectiveReport(source, objectives, results, period=period, totals=named, **facts)


def statuses(evaluation):
    return {outcome.objective.number: outcome.status.value for outcome in evaluation.outcomes}


def found(evaluation, rule):
    return [finding for finding in evaluation.findings if finding.rule == rule]


# --- the whole ---------------------------------------------------------------------------------------------


def test_objectives_are_judged_and_counted():
    evaluation = evaluate_objectives(report((SATISFIED, "hài lòng 94,2%"), (POSTED, "niêm yết 98% TTHC"), (LATE, None)))
    assert statuses(evaluation) == {"1": "met", "2": "not_met", "3": "undecided"}
    assert (evaluation.met, evaluation.total, evaluation.results_source) == (("1",), 3, "")
    assert [outcome.reason for outcome in evaluation.outcomes] == [
        "94,2% trên 83%; chỉ theo công bố, không có số đếm.",
        "98% chưa đạt 100%; chỉ theo công bố, không có số đếm.",
        "Chưa có số liệu.",
    ]


def test_the_reason_names_what_it_is_about_where_parts_differ():
    said = "trễ hạn 234/13.506 hồ sơ. Trong đó lĩnh vực đất đai trễ hạn 1%."
    [outcome] = evaluate_objectives(report((LATE, said))).outcomes
    assert outcome.status is Status.NOT_MET
    assert outcome.reason == (
        "Chung: 1,73% (234/13.506) không dưới 1,5%; còn phải giảm 32 hồ sơ trễ hạn. "
        "Đất đai: 1% không quá 2%; chỉ theo công bố, không có số đếm. Hộ tịch: chưa có số liệu."
    )


def test_of_alternatives_the_one_that_is_met_is_told():
    either = "Hồ sơ trực tuyến từ 25% trở lên (hoặc số hóa từ 45% hồ sơ trở lên)"
    [outcome] = evaluate_objectives(report((either, "hồ sơ trực tuyến đạt 30%, số hóa đạt 10%"))).outcomes
    assert [judgement.status.value for judgement in outcome.judgements] == ["met", "not_met"]
    assert outcome.status is Status.MET
    assert outcome.reason == "30% đạt mức từ 25% trở lên; chỉ theo công bố, không có số đếm."


def test_a_plan_alone_is_not_due():
    evaluation = evaluate_objectives(report((SATISFIED, None), (LATE, None)))
    assert statuses(evaluation) == {"1": "not_due", "2": "not_due"}
    assert {outcome.reason for outcome in evaluation.outcomes} == {"Kế hoạch, chưa có kết quả."}
    assert evaluation.findings == ()
    assert (evaluation.met, evaluation.time_passed) == ((), None)


def test_an_objective_without_a_number_stays_undecided_in_a_plan():
    evaluation = evaluate_objectives(report(("Triển khai thực hiện hiệu quả cơ chế một cửa", None)))
    assert statuses(evaluation) == {"1": "undecided"}


def test_no_objectives_at_all():
    evaluation = evaluate_objectives(report())
    assert (evaluation.outcomes, evaluation.met, evaluation.total, evaluation.time_passed) == ((), (), 0, None)


# --- another year's results --------------------------------------------------------------------------------


def test_another_years_results_are_found_by_content():
    plan = report((POSTED, None), (SATISFIED.replace("83", "84"), None), (LATE, None), source="kế hoạch.txt")
    results = report((SATISFIED, "hài lòng 83,5%"), (POSTED, "niêm yết 100% TTHC"), source="kết quả.txt", number="9/BC")
    evaluation = evaluate_objectives(plan, results)
    assert [outcome.source_number for outcome in evaluation.outcomes] == ["2", "1", ""]
    assert statuses(evaluation) == {"1": "met", "2": "not_met", "3": "undecided"}
    reasons = [outcome.reason for outcome in evaluation.outcomes]
    assert reasons[1] == (
        "Theo kết quả của mục tiêu 1 trong báo cáo 9/BC: 83,5% không trên 84%; chỉ theo công bố, không có số đếm."
    )
    assert reasons[2] == "Báo cáo 9/BC không có mục tiêu cùng nội dung: Chưa có số liệu."
    assert evaluation.results_source == "kết quả.txt"
    assert [finding.rows for finding in found(evaluation, "objectives_unmatched")] == [("3",)]
    assert evaluation.outcomes[0].judgements[0].where == "kết quả.txt, dòng 2, ô 4"


def test_of_another_years_report_neither_causes_nor_its_summary_are_asked():
    summed_up = DeclaredSummary(1, 1, (), "", "")
    results = report((SATISFIED, "hài lòng 80%"), source="kết quả.txt", asks_causes=True, declared=summed_up)
    rules = {finding.rule for finding in evaluate_objectives(results).findings}
    assert rules == {"cause_missing", "remedy_missing", "declared_summary_differs"}
    plan = report((SATISFIED, None), asks_causes=True, declared=summed_up)
    assert evaluate_objectives(plan, results).findings == ()


# --- time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "finish", "period", "time"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), "6 tháng đầu năm 2020", TimePassed(12, 6)),
        (None, date(2020, 12, 31), "6 tháng đầu năm 2020", TimePassed(12, 6)),
        (None, date(2020, 12, 31), "năm 2020", TimePassed(12, 12)),
        (None, date(2020, 12, 31), "năm 2021", TimePassed(12, 12)),
        (None, date(2020, 12, 31), "năm 2019", TimePassed(12, 0)),
        (date(2020, 4, 1), date(2020, 9, 30), "6 tháng đầu năm 2020", TimePassed(6, 3)),
        # from the 15th to the 14th is a month too
        (None, date(2020, 12, 31), "từ ngày 15/12/2019 đến ngày 14/6/2020", TimePassed(12, 6)),
        (None, None, "năm 2020", None),
        (None, date(2020, 12, 31), "", None),
    ],
)
def test_how_much_of_the_time_is_gone(start, finish, period, time):
    one = objective("1", SATISFIED, start, finish)
    told = ObjectiveReport("", (one,), {"1": read_result("hài lòng 90%")}, period=read_period(period))
    assert evaluate_objectives(told).time_passed == time


# --- findings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "printed", "expected", "cause"),
    [
        ("trễ hạn 234/13.506 hồ sơ, tỷ lệ 1,93%", "1,93%", "1,73%", ""),
        ("trễ hạn 234/13.506 hồ sơ, tỷ lệ 98,27%", "98,27%", "1,73%", "complement"),
        ("trễ hạn 234/13.506 hồ sơ, tỷ lệ 1,56%", "1,56%", "1,73%", "other_base"),
    ],
)
def test_a_printed_rate_that_is_not_that_of_its_counts(said, printed, expected, cause):
    totals = ["Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ"]
    [finding] = found(evaluate_objectives(report((LATE, said), totals=totals)), "attainment_differs")
    assert (finding.found, finding.expected, finding.cause, finding.rows) == (printed, expected, cause, ("1",))
    assert "234/13.506" in finding.message


@pytest.mark.parametrize("printed", ["1,73%", "1,7%", "2%", "1,732%", "1%"])
def test_a_rounded_or_cut_off_rate_is_fine(printed):
    evaluation = evaluate_objectives(report((LATE, f"trễ hạn 234/13.506 hồ sơ, tỷ lệ {printed}")))
    assert found(evaluation, "attainment_differs") == []


def test_a_rate_on_another_base_than_the_objective_names_shows_both():
    totals = ["Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ", "Tổng số hồ sơ đã giải quyết: 13.506 hồ sơ"]
    said = "đã tiếp nhận 5.436 hồ sơ trực tuyến, đạt tỷ lệ {}"
    [finding] = found(
        evaluate_objectives(report((ONLINE, said.format("36,19%")), totals=totals)), "attainment_base_differs"
    )
    assert finding.found == "36,19% (5.436/15.019) trên hồ sơ đã tiếp nhận"
    assert finding.expected == "40,25% (5.436/13.506) trên hồ sơ đã giải quyết"
    evaluation = evaluate_objectives(report((ONLINE, said.format("40,25%")), totals=totals))
    assert found(evaluation, "attainment_base_differs") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SATISFIED, "hài lòng lần 1 đạt 92%, hài lòng lần 2 đạt 80%"),
        (SATISFIED, "hài lòng đạt 120%"),
        (POSTED, "niêm yết 12/10 TTHC"),
    ],
)
def test_contradictions_are_found_and_left_undecided(text, said):
    evaluation = evaluate_objectives(report((text, said)))
    assert statuses(evaluation) == {"1": "undecided"}
    [finding] = found(evaluation, "attainments_contradict")
    assert finding.where == "dòng 1, ô 4"


def test_fields_without_a_figure_are_told_in_one_finding():
    said = "trễ hạn 10/1.000 hồ sơ"
    [finding] = found(evaluate_objectives(report((LATE, said))), "field_missing")
    assert (finding.expected, finding.where) == ("đất đai, hộ tịch", "dòng 1, ô 4")
    [finding] = found(evaluate_objectives(report((SATISFIED, None), (POSTED, "niêm yết 100%"))), "field_missing")
    assert (finding.rows, finding.where) == (("1",), "dòng 1")


def test_a_finding_has_a_place_where_a_result_has_figures_alone():
    figures = replace(read_result("trễ hạn 10/1.000 hồ sơ"), text="", where="")
    [finding] = found(evaluate_objectives(report((LATE, figures))), "field_missing")
    assert (finding.where, finding.message) == ("dòng 1", "Mục tiêu 1 (dòng 1): chưa có số liệu về đất đai, hộ tịch.")


def test_what_is_not_due_and_an_answered_alternative_are_not_missing():
    either = "Hồ sơ trực tuyến từ 25% trở lên (hoặc số hóa từ 45% hồ sơ trở lên)"
    pairs = [(SATISFIED, "sẽ đánh giá vào cuối năm"), (either, "hồ sơ trực tuyến đạt 30%")]
    evaluation = evaluate_objectives(report(*pairs, period=read_period("6 tháng đầu năm 2022")))
    assert statuses(evaluation) == {"1": "not_due", "2": "met"}
    assert found(evaluation, "field_missing") == []


@pytest.mark.parametrize(
    ("said", "is_cut"),
    [
        ("Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ, giải quyết (tính từ 01/01/2022 đến 27/12/2022).", True),
        ("Đã tiếp nhận 15.019 hồ sơ, đã giải quyết.", True),
        ("Đã tiếp nhận 15.019 hồ sơ, giải quyết theo đúng quy định.", False),
        ("Đã tiếp nhận 15.019 hồ sơ, giải quyết 13.506 hồ sơ (đạt 89,9%).", False),
        ("Năm 2022 thường xuyên đôn đốc, theo dõi việc tiếp nhận, giải quyết.", False),
        ("Hồ sơ được tiếp nhận và giải quyết.", False),
    ],
)
def test_a_sentence_that_breaks_off_before_its_figure(said, is_cut):
    evaluation = evaluate_objectives(report((SATISFIED, said)))
    assert bool(found(evaluation, "result_cut_short")) is is_cut


def test_results_counted_up_to_different_days():
    pairs = [
        (LATE, "Tính từ 01/01/2022 đến 28/12/2022 trễ hạn 2/1.000 hồ sơ"),
        (SATISFIED, "Kết quả từ ngày 01/01/2022 đến ngày 27/12/2022 hài lòng 90%"),
    ]
    [finding] = found(evaluate_objectives(report(*pairs)), "periods_differ")
    assert (finding.found, finding.where) == ("28/12/2022; 27/12/2022", "dòng 2, ô 4")
    assert found(evaluate_objectives(report(*pairs[:1])), "periods_differ") == []


@pytest.mark.parametrize(
    ("cause", "remedy", "rules"),
    [
        ("", "", {"cause_missing", "remedy_missing"}),
        ("thiếu người", " ", {"remedy_missing"}),
        ("", "bổ sung người", {"cause_missing"}),
        ("thiếu người", "bổ sung người", set()),
    ],
)
def test_causes_and_remedies_are_asked_where_an_objective_is_not_met(cause, remedy, rules):
    missed = read_result("hài lòng 80%", cause=cause, remedy=remedy)
    pairs = [(SATISFIED, missed), (POSTED, "niêm yết 100%")]
    evaluation = evaluate_objectives(report(*pairs, asks_causes=True))
    assert {finding.rule for finding in evaluation.findings} == rules
    assert {finding.rows for finding in evaluation.findings} <= {("1",)}


def test_causes_are_not_asked_in_a_report_without_such_columns():
    assert evaluate_objectives(report((SATISFIED, "hài lòng 80%"))).findings == ()


@pytest.mark.parametrize(
    ("met", "total", "numbers", "differing"),
    [
        (1, 2, ("1",), None),
        (1, 2, (), None),
        (2, 2, ("1", "2"), ("2",)),
        (2, 2, (), ()),
        (1, 3, ("1",), ()),
        (1, 2, ("2",), ("1", "2")),
        (2, 2, ("1",), ()),
    ],
)
def test_the_own_count_of_a_report_is_held_against_the_computed_one(met, total, numbers, differing):
    declared = DeclaredSummary(met, total, numbers, "", "dòng 30")
    pairs = [(SATISFIED, "hài lòng 94%"), (POSTED, "niêm yết 98%")]
    findings = found(evaluate_objectives(report(*pairs, declared=declared)), "declared_summary_differs")
    assert [finding.rows for finding in findings] == ([] if differing is None else [differing])
    if findings:
        assert findings[0].expected == "1/2 mục tiêu đạt (số 1)"


# --- JSON --------------------------------------------------------------------------------------------------


def test_the_keys_of_the_json_are_fixed():
    evaluation = evaluate_objectives(report((LATE, "trễ hạn 234/13.506 hồ sơ; đất đai trễ hạn 6,39%"), unit="UBND xã"))
    told = json.loads(json.dumps(evaluation.to_json()))
    assert set(told) == {"unit", "period", "objectives", "met", "total", "findings"}
    assert (told["unit"], told["period"]) == ("UBND xã", {"from": "2022-01-01", "to": "2022-12-31"})
    assert (told["met"], told["total"]) == ([], 1)
    [one] = told["objectives"]
    assert (one["number"], one["text"], one["status"]) == ("1", LATE, "not_met")
    overall, land, registry = one["targets"]
    assert overall == {
        "comparator": "<",
        "value": "0.015",
        "scope": "chung",
        "status": "not_met",
        "basis": "computed",
        "actual": "234/13506",
        "shortfall": 32,
        "group": 1,
        "bases": [{"base": None, "actual": "234/13506", "text": "1,73% (234/13.506)"}],
        "reason": "1,73% (234/13.506) không dưới 1,5%; còn phải giảm 32 hồ sơ trễ hạn",
    }
    assert (land["actual"], land["basis"], land["shortfall"]) == ("0.0639", "declared", None)
    assert (registry["actual"], registry["basis"], registry["status"]) == (None, None, "undecided")


def test_what_is_not_known_is_null_in_the_json():
    evaluation = evaluate_objectives(report(("Triển khai thực hiện hiệu quả", None), period=None))
    told = evaluation.to_json()
    assert told["period"] is None
    [target] = told["objectives"][0]["targets"]
    assert (target["comparator"], target["value"], target["actual"], target["bases"]) == (None, None, None, [])


TEXTS = st.sampled_from(
    [SATISFIED, POSTED, LATE, ONLINE, "Triển khai thực hiện hiệu quả", "100% đơn thư được giải quyết"]
)
SAID = st.none() | st.sampled_from(
    [
        *("", "hài lòng 94,2%", "niêm yết 98% TTHC", "trễ hạn 234/13.506 hồ sơ, tỷ lệ 1,73%", "giải quyết 9/9 đơn thư"),
        *("không phát sinh đơn thư", "tiếp nhận 5.436 hồ sơ trực tuyến, đạt 36,19%", "12/10 hồ sơ trễ hạn", "Đạt 100%"),
    ]
)
PAIRS = st.lists(st.tuples(TEXTS, SAID), max_size=6)


@given(PAIRS, st.sampled_from([None, HALF, YEAR]))
def test_any_report_is_evaluated_and_written(pairs, period):
    evaluation = evaluate_objectives(report(*pairs, period=period))
    assert list(evaluation.met) == [number for number, status in statuses(evaluation).items() if status == "met"]
    for outcome in evaluation.outcomes:
        assert outcome.reason.endswith(".")
        for judgement in outcome.judgements:
            assert (judgement.shortfall == 0) is (judgement.status is Status.MET)
            assert (judgement.basis is not None) is bool(judgement.measurements)
    json.dumps(evaluation.to_json())


@given(PAIRS, st.randoms())
def test_the_order_of_the_objectives_changes_no_status(pairs, random):
    told = report(*pairs)
    shuffled = list(told.objectives)
    random.shuffle(shuffled)
    other = ObjectiveReport(told.source, tuple(shuffled), told.results, period=told.period)
    assert statuses(evaluate_objectives(other)) == statuses(evaluate_objectives(told))


# --- the real documents ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nha_trang(real_reports):
    [path] = real_reports.glob("*ket-qua-muc-tieu-chat-luong-2022_nha-trang.txt")
    return read_objectives(path)


@pytest.fixture(scope="module")
def plan(real_reports):
    [path] = real_reports.glob("*ke-hoach-muc-tieu-chat-luong-2023_nha-trang.txt")
    return read_objectives(path)


@pytest.fixture(scope="module")
def loc_an(real_reports):
    [path] = real_reports.glob("*ket-qua-muc-tieu-chat-luong-6-thang-2020_loc-an.txt")
    return read_objectives(path)


def judged(evaluation, number):
    [outcome] = [one for one in evaluation.outcomes if one.objective.number == number]
    return [
        (one.status.value, one.basis and one.basis.value, one.measurements and one.measurements[0].value, one.shortfall)
        for one in outcome.judgements
    ]


def test_the_results_of_nha_trang_2022(nha_trang):
    evaluation = evaluate_objectives(nha_trang)
    assert statuses(evaluation) == {"1": "met", "2": "not_met", "3": "met", "4": "met", "5": "met"}
    assert (evaluation.met, evaluation.total) == (("1", "3", "4", "5"), 5)
    assert evaluation.time_passed == TimePassed(12, 12)
    assert judged(evaluation, "1") == [("met", "declared", 1, 0)]
    assert judged(evaluation, "2") == [
        ("not_met", "computed", Fraction(234, 13506), 32),
        ("not_met", "declared", Fraction(639, 10_000), None),
        *[("undecided", None, (), None)] * 5,
    ]
    assert judged(evaluation, "3") == [("met", "declared", 1, 0)]
    assert judged(evaluation, "4") == [
        ("met", "computed", Fraction(5436, 15019), 0),
        ("undecided", None, (), None),
    ]
    assert judged(evaluation, "5") == [("met", "declared", Fraction(942, 1000), 0)]


def test_both_bases_of_the_online_dossiers_of_nha_trang_are_shown(nha_trang):
    outcome = evaluate_objectives(nha_trang).outcomes[3]
    assert [(one.base.value, one.numerator, one.denominator) for one in outcome.judgements[0].measurements] == [
        ("received", 5436, 15019),
        ("resolved", 5436, 13506),
    ]
    assert "36,19%" in outcome.reason
    assert "tính trên hồ sơ đã giải quyết chốt ngày 28/12/2022 là 40,25%" in outcome.reason


def test_what_is_wrong_in_the_results_of_nha_trang(nha_trang):
    evaluation = evaluate_objectives(nha_trang)
    told = {(finding.rule, finding.rows) for finding in evaluation.findings}
    assert told >= {
        ("objective_texts_conflict", ("2",)),
        ("objective_texts_conflict", ("5",)),
        ("result_cut_short", ("1",)),
        ("field_missing", ("2",)),
        ("attainment_base_differs", ("4",)),
    }
    [finding] = found(evaluation, "field_missing")
    assert finding.expected == "môi trường, đăng ký kinh doanh, xây dựng, hộ tịch, lao động - thương binh và xã hội"
    [finding] = found(evaluation, "periods_differ")
    assert finding.found == "27/12/2022; 28/12/2022"
    wrong = {"attainment_differs", "attainments_contradict", "cause_missing", "remedy_missing"}
    assert not any(finding.rule in wrong for finding in evaluation.findings)


def test_the_half_year_of_loc_an_is_six_of_ten_and_never_seven(loc_an):
    evaluation = evaluate_objectives(loc_an)
    assert evaluation.met == ("2", "5", "6", "8", "9", "10")
    assert evaluation.total == 10
    rest = {number: status for number, status in statuses(evaluation).items() if status != "met"}
    assert rest == {"1": "not_due", "3": "not_met", "4": "partly", "7": "not_met"}
    assert judged(evaluation, "3") == [("not_met", "computed", Fraction(2, 3), 1)]
    assert judged(evaluation, "4") == [
        ("undecided", None, (), None),
        ("met", "declared", 1, 0),
        ("undecided", None, (), None),
    ]
    assert judged(evaluation, "7") == [("met", "declared", 1, 0), ("not_met", "computed", Fraction(1, 3), 8)]
    assert "đánh giá cụ thể vào cuối năm 2020" in evaluation.outcomes[0].reason
    assert evaluation.time_passed == TimePassed(12, 6)


def test_the_own_count_of_loc_an_is_right_and_its_columns_are_not_asked_for(loc_an):
    evaluation = evaluate_objectives(loc_an)
    assert loc_an.declared is not None
    assert (loc_an.declared.met, loc_an.declared.numbers) == (6, evaluation.met)
    assert {finding.rule for finding in evaluation.findings} == {"periods_differ"}


def test_the_plan_of_2023_alone_is_not_due(plan):
    evaluation = evaluate_objectives(plan)
    assert set(statuses(evaluation).values()) == {"not_due"}
    assert (evaluation.total, evaluation.met) == (5, ())


def test_the_plan_of_2023_against_the_results_of_2022(plan, nha_trang):
    evaluation = evaluate_objectives(plan, nha_trang)
    assert [outcome.source_number for outcome in evaluation.outcomes] == ["1", "2", "4", "3", "5"]
    assert statuses(evaluation) == {"1": "met", "2": "not_met", "3": "met", "4": "met", "5": "met"}
    assert judged(evaluation, "2")[0] == ("not_met", "computed", Fraction(234, 13506), 32)
    assert judged(evaluation, "3")[0] == ("met", "computed", Fraction(5436, 15019), 0)
    assert judged(evaluation, "4") == [("met", "declared", 1, 0)]
    assert judged(evaluation, "5") == [("met", "declared", Fraction(942, 1000), 0)]
    assert evaluation.outcomes[4].reason.startswith(
        "Theo kết quả của mục tiêu 5 trong báo cáo 9758/BC-UBND: 94,2% trên 84%"
    )
    assert evaluation.time_passed == TimePassed(12, 0)
