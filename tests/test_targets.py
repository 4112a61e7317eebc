"""Targets as officials write them, and results judged against them at, below and above the bound."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_calc import IndicatorError, shortfall
from cchc_calc.errors import TargetError
from cchc_calc.rounding import format_number
from cchc_calc.targets import RATE, Target, is_met, read_target

COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
PHRASES = {"<": "dưới {}", "<=": "không quá {}", ">": "trên {}", ">=": "từ {} trở lên"}
SHARES = st.integers(0, 10_000).map(lambda hundredths: Fraction(hundredths, 10_000))


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        # the phrases of the plans and reports of Nha Trang, Lộc An and phường Phương Sơn
        ("dưới 1,5%", "<", Fraction(15, 1000), RATE),
        ("< 1,5%", "<", Fraction(15, 1000), RATE),
        ("không quá 2%", "<=", Fraction(2, 100), RATE),
        ("<=2%", "<=", Fraction(2, 100), RATE),
        ("đạt từ 25% trở lên", ">=", Fraction(1, 4), RATE),
        (r"$\geq 25\%$", ">=", Fraction(1, 4), RATE),
        ("≥ 25%", ">=", Fraction(1, 4), RATE),
        ("trên 83%", ">", Fraction(83, 100), RATE),
        ("Mức độ hài lòng của tổ chức, cá nhân đạt trên 84%.", ">", Fraction(84, 100), RATE),
        ("trên 80% đơn thư khiếu nại, tố cáo", ">", Fraction(4, 5), RATE),
        ("đạt trên 15% hồ sơ thực hiện qua dịch vụ bưu chính công ích", ">", Fraction(15, 100), RATE),
        ("100% thủ tục hành chính thực hiện đúng quy trình", ">=", Fraction(1), RATE),
        ("18/18 chỉ tiêu chủ yếu đạt và vượt kế hoạch", ">=", Fraction(1), RATE),
        # other ways to say it
        ("100%", ">=", Fraction(1), RATE),
        ("đạt 95%", ">=", Fraction(95, 100), RATE),
        ("đạt 95 %", ">=", Fraction(95, 100), RATE),
        ("tối thiểu 90%", ">=", Fraction(9, 10), RATE),
        ("không dưới 90%", ">=", Fraction(9, 10), RATE),
        ("tối đa 2%", "<=", Fraction(2, 100), RATE),
        ("dưới hoặc bằng 2%", "<=", Fraction(2, 100), RATE),
        ("ko quá 2%", "<=", Fraction(2, 100), RATE),
        ("trên hoặc bằng 90%", ">=", Fraction(9, 10), RATE),
        ("100% thủ tục hành chính còn hiệu lực", ">=", Fraction(1), RATE),
        ("&lt; 2%", "<", Fraction(2, 100), RATE),
        ("12/15", ">=", Fraction(4, 5), RATE),
        ("trên 12/15 nhiệm vụ", ">", Fraction(4, 5), RATE),
        ("từ 15 điểm trở lên", ">=", Fraction(15), "điểm"),
        ("không quá 05 hồ sơ", "<=", Fraction(5), "hồ sơ"),
        ("trên 5 hồ sơ", ">", Fraction(5), "hồ sơ"),
        ("0 hồ sơ trễ hạn", "<=", Fraction(0), "hồ sơ"),
        ("không có hồ sơ trễ hạn", "<=", Fraction(0), "hồ sơ"),
        ("0%", "<=", Fraction(0), RATE),
        ("100% hồ sơ không trễ hạn", ">=", Fraction(1), RATE),
        # bare numbers
        ("0,95", ">=", Fraction(95, 100), RATE),
        ("0.95", ">=", Fraction(95, 100), RATE),
        ("95", ">=", Fraction(95), ""),
        ("> 83", ">", Fraction(83), ""),
        ("1", ">=", Fraction(1), ""),
        (Decimal("0.95"), ">=", Fraction(95, 100), RATE),
        (Fraction(1, 3), ">=", Fraction(1, 3), RATE),
        (95, ">=", Fraction(95), ""),
        (0, "<=", Fraction(0), ""),
    ],
)
def test_a_target_is_read(text, comparator, value, unit):
    assert read_target(text) == Target(comparator, value, unit, str(text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "chưa ghi mục tiêu"),
        ("   ", "chưa ghi mục tiêu"),
        ("phấn đấu", "không có con số"),
        ("cao hơn năm trước", "không có con số"),
        ("không quá 5 ngày làm việc", "không có con số"),
        ("duoi 1,5%", "không nêu một mức rõ ràng"),
        ("khong qua 1,5%", "không nêu một mức rõ ràng"),
        ("cao nhất 1,5%", "không nêu một mức rõ ràng"),
        ("giảm còn 1,5%", "không nêu một mức rõ ràng"),
        ("950‰", "phần nghìn"),
        ("đạt từ 25% trở lên (hoặc đạt từ 45% trở lên)", "nêu 2 con số"),
        ("từ 70% đến dưới 80%", "nêu 2 con số"),
        ("9/9 đạt 100%", "nêu 3 con số"),
        ("97%/95%", "nêu 2 con số"),
        ("1.234%", "đọc được hai cách: 1.234 hoặc 1,234"),
        ("khoảng 95%", "không nêu một mức rõ ràng"),
        ("gần 95%", "không nêu một mức rõ ràng"),
        ("~95%", "không nêu một mức rõ ràng"),
        ("≠ 95%", "không nêu một mức rõ ràng"),
        ("-5%", "không nêu một mức rõ ràng"),
        ("giảm 3% so với năm 2021", "mức tăng, giảm"),
        ("tăng 5 hồ sơ so với năm trước", "mức tăng, giảm"),
        ("hồ sơ trễ hạn 2%", "nhiều nhất hay ít nhất"),
        ("trên 150%", "tỷ lệ trên 100%"),
        ("19/18", "tỷ lệ trên 100%"),
        ("5/0", "nêu 2 con số"),
        (-1, "số âm"),
        (True, "không phải là một con số"),
        (0.95, "không phải là một con số"),
        (Decimal("NaN"), "không phải là một con số"),
        (Decimal("Infinity"), "không phải là một con số"),
    ],
)
def test_an_unclear_target_is_refused_with_the_reason(text, reason):
    with pytest.raises(TargetError, match=reason):
        read_target(text)


def test_the_comparator_of_the_words_goes_before_the_one_given():
    assert read_target("hồ sơ trễ hạn 2%", "<=").comparator == "<="
    assert read_target("dưới 2%", ">=").comparator == "<"
    assert read_target("0%", ">=").comparator == ">="
    with pytest.raises(TargetError, match="không có phép so sánh “=”"):
        read_target("2%", "=")


@pytest.mark.parametrize(
    ("text", "actual", "expected"),
    [
        # what the documents reached: objectives 2, 4 and 5 of Nha Trang, 3, 5 and 6 of Lộc An
        ("dưới 1,5%", Fraction(234, 13506), False),
        ("<=2%", Fraction(234, 13506), True),
        ("từ 25% trở lên", Fraction(5436, 15019), True),
        ("trên 83%", Decimal("0.942"), True),
        ("trên 95%", Fraction(2, 3), False),
        ("trên 95%", Decimal("95.7"), True),
        ("trên 80%", Fraction(9, 9), True),
        # strict and not, at the bound
        ("trên 83%", Fraction(83, 100), False),
        ("≥ 83%", Fraction(83, 100), True),
        ("dưới 1,5%", Decimal("0.015"), False),
        ("không quá 1,5%", Decimal("0.015"), True),
        ("18/18", Fraction(17, 18), False),
        ("18/18", 1, True),
        # a result above 1 beside a share is a percentage
        ("trên 83%", 83, False),
        ("trên 83%", Decimal("83.01"), True),
        ("100%", 100, True),
        # units
        ("từ 15 điểm trở lên", Decimal("14.99"), False),
        ("từ 15 điểm trở lên", 15, True),
        ("0 hồ sơ trễ hạn", 0, True),
        ("0 hồ sơ trễ hạn", 1, False),
        # bare numbers, where both readings agree
        ("95", 96, True),
        ("95", 94, False),
        ("95", Fraction(90, 100), False),
        ("1", 1, True),
        ("1", Fraction(98, 100), False),
        ("0", 0, True),
        ("0", Fraction(1, 100), False),
        ("150", 200, True),
        ("150", 100, False),
    ],
)
def test_a_result_is_judged(text, actual, expected):
    assert is_met(read_target(text), actual) is expected


@pytest.mark.parametrize(
    ("text", "actual", "reason"),
    [
        ("95", Fraction(96, 100), "là số lượng hay tỷ lệ"),
        ("1", 3, "là số lượng hay tỷ lệ"),
        ("trên 83%", Fraction(-1, 100), "không phải là một tỷ lệ"),
        ("trên 83%", 101, "không phải là một tỷ lệ"),
        ("trên 83%", 0.942, "không phải là một con số"),
        ("trên 83%", True, "không phải là một con số"),
        ("trên 83%", Decimal("NaN"), "không phải là một con số"),
        ("trên 83%", None, "không phải là một con số"),
    ],
)
def test_a_result_that_cannot_be_judged_is_refused_with_the_reason(text, actual, reason):
    with pytest.raises(TargetError, match=reason):
        is_met(read_target(text), actual)


def test_the_reason_is_an_indicator_error_too():
    assert issubclass(TargetError, IndicatorError)


@given(st.sampled_from(sorted(PHRASES)), st.integers(1, 9_999), SHARES)
def test_words_mean_their_comparator_exactly(comparator, hundredths, actual):
    text = PHRASES[comparator].format(format_number(Decimal(hundredths).scaleb(-2)) + "%")
    target = read_target(text)
    assert (target.comparator, target.value) == (comparator, Fraction(hundredths, 10_000))
    assert is_met(target, actual) is COMPARE[comparator](actual, target.value)


@given(st.sampled_from(sorted(PHRASES)), SHARES, st.integers(1, 10**30))
def test_a_hair_beside_the_bound_is_seen(comparator, bound, hair):
    assume(0 < bound < 1)
    target = Target(comparator, bound, RATE, "")
    below, above = bound - bound / (hair + 1), bound + (1 - bound) / (hair + 1)
    verdicts = [is_met(target, actual) for actual in (below, bound, above)]
    assert verdicts == [COMPARE[comparator](side, 0) for side in (-1, 0, 1)]


@given(st.integers(0, 10**6), st.integers(1, 10**6), SHARES, st.sampled_from(sorted(PHRASES)))
def test_a_target_is_met_where_nothing_is_short_of_it(one, other, bound, comparator):
    part, whole = sorted((one, other))
    text = PHRASES[comparator].format(format_number(Decimal(bound.numerator * 100) / bound.denominator) + "%")
    assert is_met(read_target(text), Fraction(part, whole)) is (shortfall(part, whole, text) == 0)


@given(st.text(max_size=40) | st.from_regex(r"[<>=≥≤~]{0,2} ?\d{1,5}([.,/]\d{1,3})?%?", fullmatch=True))
def test_any_text_is_read_or_refused(text):
    try:
        target = read_target(text)
    except TargetError:
        return
    assert target.comparator in COMPARE
    assert target.value >= 0
    assert target.unit != RATE or target.value <= 1
