"""Rates of one name over two totals."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_reports import CLEAN, any_prose, report_of, told

from cchc_calc.prose.rate_bases import check_rate_bases, find_rate_bases
from cchc_calc.spelling import clean

ALL = "tỷ lệ hồ sơ trực tuyến trong tổng số hồ sơ đạt dưới 15% (tại tiêu chí 9)"
SOME = "nâng tỷ lệ hồ sơ trực tuyến trong tổng số hồ sơ của các dịch vụ công mức độ 3, 4 đạt từ 15% trở lên"


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        (ALL, "hồ sơ trực tuyến", "hồ sơ"),
        (SOME, "hồ sơ trực tuyến", "hồ sơ của các dịch vụ công mức độ 3, 4"),
        ("Tỉ lệ hồ sơ trễ hạn trên tổng số hồ sơ đã giải quyết.", "hồ sơ trễ hạn", "hồ sơ đã giải quyết"),
    ],
)
def test_a_base_is_read(text, part, whole):
    [base] = find_rate_bases(text)
    assert (base.part, base.whole) == (part, whole)


def test_one_name_over_two_totals():
    assert told(check_rate_bases, ALL, SOME) == [
        ("ambiguous_base", "hồ sơ; hồ sơ của các dịch vụ công mức độ 3, 4", "một tổng số", "")
    ]


@pytest.mark.parametrize(
    "texts",
    [
        (ALL, ALL.upper().capitalize(), ALL.replace("15%", "20%")),
        (ALL, SOME.replace("trực tuyến", "nộp qua bưu chính")),
        (f"{ALL}; hoặc {SOME.removeprefix('nâng ')}",),
        ("trễ hạn 234 trong tổng số 13.506 hồ sơ, tỷ lệ 1,73%",),
    ],
)
def test_one_total_each(texts):
    assert told(check_rate_bases, *texts) == []


def test_a_clean_report_has_no_fault():
    assert told(check_rate_bases, *CLEAN) == []


@given(any_prose)
def test_no_text_is_too_much(text):
    for base in find_rate_bases(text):
        assert base.part in clean(text)
        assert base.whole in clean(text)
    list(check_rate_bases(report_of(clean(text))))


@given(st.text(alphabet=string.ascii_lowercase + " ,.()"))
def test_words_alone_have_no_base(text):
    assert find_rate_bases(text) == ()
