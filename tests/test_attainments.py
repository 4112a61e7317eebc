"""What is read from reports of results: attainments, totals, and the report's own count of objectives."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.objectives.attainments import read_result, read_totals, sentences_of
from cchc_calc.objectives.declared_summary import read_summary
from cchc_calc.objectives.records import Base, Total

CASES = tomllib.loads((Path(__file__).parent / "cases" / "attainments.toml").read_text(encoding="utf-8"))
OWN = [
    pytest.param(text, expected, id=f"{subject}: {text[:60]}")
    for subject, cases in CASES.items()
    for text, expected in cases.items()
]


def written(attained):
    """Write an attainment as the case file does."""
    part = attained.numerator
    counts = "?" if part is None else f"{part}/{'?' if attained.denominator is None else attained.denominator}"
    base = attained.base.value if attained.base else ""
    first = " ".join(filter(None, [attained.quantity or "?", counts, attained.declared_text, base]))
    marks = (
        attained.as_of.isoformat() if attained.as_of else "",
        "nothing arose" if attained.not_arising else "",
        "not done" if attained.negated else "",
    )
    return ", ".join(filter(None, [first, *marks]))


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_reads_a_sentence(text, expected):
    assert [written(attained) for attained in read_result(text).attainments] == expected


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        (
            "trễ hạn: đất đai 6,39%, môi trường 1,2% và hộ tịch 0%",
            ["trễ hạn: đất đai 6,39%", "môi trường 1,2%", "và hộ tịch 0%"],
        ),
        (
            "đạt 6,39% ở lĩnh vực đất đai, 1,2% ở lĩnh vực hộ tịch",
            ["đạt 6,39% ở lĩnh vực đất đai", "1,2% ở lĩnh vực hộ tịch"],
        ),
        ("đất đai, xây dựng 6,39%, tăng, hộ tịch 1,2%", ["đất đai, xây dựng 6,39%, tăng", "hộ tịch 1,2%"]),
        ("- Niêm yết 100% TTHC - Cung cấp 88% TTHC", ["Niêm yết 100% TTHC", "Cung cấp 88% TTHC"]),
        ("Lao động - Thương binh và Xã hội đạt 98%", ["Lao động - Thương binh và Xã hội đạt 98%"]),
    ],
)
def test_the_words_beside_a_figure_are_its_own(text, scopes):
    assert [attained.scope for attained in read_result(text).attainments] == scopes


def test_a_result_keeps_its_text_cause_and_place():
    result = read_result("Đạt 67%", cause="thiếu người", remedy="bổ sung", where="dòng 3, ô 4")
    assert (result.text, result.cause, result.remedy, result.where) == (
        "Đạt 67%",
        "thiếu người",
        "bổ sung",
        "dòng 3, ô 4",
    )
    [attained] = result.attainments
    assert (attained.where, attained.declared, attained.text) == ("dòng 3, ô 4", Fraction(67, 100), "67%")


def test_the_day_of_the_figures_before_holds_for_those_after():
    result = read_result("Tính đến ngày 28/12/2022 giải quyết 100 hồ sơ, trễ hạn 2/100 hồ sơ. Đất đai trễ hạn 6%.")
    assert {attained.as_of for attained in result.attainments} == {date(2022, 12, 28)}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("5 chỉ tiêu đánh giá vào cuối năm, 10 chỉ tiêu đạt", "đánh giá vào cuối năm"),
        (
            "Các chỉ tiêu sẽ tiếp tục được đánh giá cụ thể vào cuối năm 2020.",
            "sẽ tiếp tục được đánh giá cụ thể vào cuối năm 2020",
        ),
        ("Chưa đến kỳ đánh giá", "Chưa đến kỳ đánh giá"),
        ("sẽ khảo sát vào quý IV", "sẽ khảo sát"),
        ("Trong những tháng cuối năm tiếp tục phấn đấu để đạt mục tiêu", ""),
        ("Đã đánh giá nội bộ cuối tháng 5", ""),
        ("", ""),
    ],
)
def test_words_that_put_the_judgement_off(text, quoted):
    assert read_result(text).awaits == quoted


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        (
            "Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ, giải quyết (tính từ 01/01/2022 đến 27/12/2022).",
            [Total(Base.RECEIVED, 15019, date(2022, 12, 27), "dòng 1")],
        ),
        (
            "Tổng số hồ sơ đã giải quyết tính từ 01/01/2022 đến 28/12/2022 là 13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ",
            [Total(Base.RESOLVED, 13506, date(2022, 12, 28), "dòng 1")],
        ),
        (
            "Tổng số hồ sơ tiếp nhận 447 hồ sơ; tổng số hồ sơ đã giải quyết 425 hồ sơ.",
            [Total(Base.RECEIVED, 447, None, "dòng 1"), Total(Base.RESOLVED, 425, None, "dòng 1")],
        ),
        ("đã tiếp nhận 5.436 hồ sơ trực tuyến", []),
        ("Lĩnh vực đất đai: tổng số hồ sơ đã giải quyết 500 hồ sơ", []),
        ("Tổng số hồ sơ đã tiếp nhận trên 15.000 hồ sơ", []),
        ("Tổng số cán bộ: 21 người", []),
        ("", []),
    ],
)
def test_totals(text, totals):
    assert list(read_totals(text, "dòng 1")) == totals


@pytest.mark.parametrize(
    ("text", "met", "total", "numbers"),
    [
        (
            "đã có 6/10 mục tiêu có tỷ lệ đạt và vượt (mục tiêu số 2, 5,6,8,9,10); trong thời gian đến",
            6,
            10,
            "2 5 6 8 9 10",
        ),
        ("Kết quả: 8/10 mục tiêu chất lượng đạt (1, 2, 3)", 8, 10, "1 2 3"),
        ("Có 06/10 mục tiêu hoàn thành: mục tiêu 1; mục tiêu 2 và mục tiêu số 3", 6, 10, "1 2 3"),
        ("Đơn vị hoàn thành 4/5 mục tiêu; còn mục tiêu 2 chưa đạt 100%", 4, 5, ""),
        ("4/5 mục tiêu đạt 100% (trừ mục tiêu số 3)", 4, 5, ""),
    ],
)
def test_the_own_count_of_a_report(text, met, total, numbers):
    summary = read_summary(text, "dòng 9")
    assert summary is not None
    assert (summary.met, summary.total, summary.numbers, summary.where) == (
        met,
        total,
        tuple(numbers.split()),
        "dòng 9",
    )


@pytest.mark.parametrize(
    "text",
    [
        "còn 4/10 mục tiêu chưa đạt (mục tiêu 1, 3)",
        "18/18 chỉ tiêu đạt và vượt kế hoạch",
        "UBND xã có 10 mục tiêu chất lượng",
        "đúng hạn 6/10 hồ sơ đạt 60%",
        "",
    ],
)
def test_what_is_no_summary(text):
    assert read_summary(text, "") is None


WORDS = st.sampled_from(
    [
        *(
            "hồ sơ ",
            "trễ hạn ",
            "đúng hạn ",
            "chưa xử lý ",
            "lĩnh vực đất đai ",
            "tổng số ",
            "đã giải quyết ",
            "mục tiêu ",
        ),
        *(
            "12/16",
            "3/0",
            "97%",
            "1,73%",
            "-5%",
            "120%",
            "13.506 ",
            "đến ngày 27/12/2022 ",
            "không phát sinh ",
            "(",
            ")",
        ),
        *(
            ", ",
            "; ",
            ". ",
            "\n",
            "- ",
            " và ",
            "tỷ lệ ",
            "đạt ",
            "6/10 mục tiêu đạt (số 1, 2)",
            "<p>",
            "Ngày 31/02/2022 ",
        ),
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=25).map("".join))


@given(ANY_TEXT)
def test_no_text_is_too_much(text):
    result = read_result(text)
    assert result.text == text
    for attained in result.attainments:
        assert attained.text
        assert not (attained.not_arising and attained.numerator is not None)
        assert not attained.declared_text or attained.declared is not None
    assert all(total.count >= 0 for total in read_totals(text, ""))
    read_summary(text, "")


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(["đúng hạn", "trễ hạn", "trực tuyến"]))
def test_counts_are_read_exactly(part, whole, kind):
    [attained] = read_result(f"Trong năm có {part}/{whole} hồ sơ {kind}.").attainments
    assert (attained.numerator, attained.denominator, attained.declared) == (part, whole, None)


@given(st.integers(0, 10_000))
def test_a_printed_rate_is_read_exactly(hundredths):
    shown = f"{hundredths // 100},{hundredths % 100:02}%"
    [attained] = read_result(f"mức độ hài lòng đạt {shown} trong năm").attainments
    assert (attained.declared, attained.declared_text) == (Fraction(hundredths, 10_000), shown)


@given(ANY_TEXT)
def test_sentences_leave_out_no_digit(text):
    digits = [letter for letter in text if letter in "0123456789"]
    assert [letter for letter in "".join(sentences_of(text)) if letter in "0123456789"] == digits
