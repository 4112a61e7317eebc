"""Parts listed for a total in the prose."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_reports import CLEAN, any_prose, report_of, told

from cchc_calc.prose.breakdowns import check_breakdowns, find_breakdowns
from cchc_calc.spelling import clean


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("đã giải quyết 425 (trong đó sớm hạn: 424 hồ sơ; trễ hạn: 01 hồ sơ)", 425, [424, 1]),
        ("thực hiện 21/21 cán bộ, công chức trong đó: 11 cán bộ (có 02 kiêm nhiệm) và 10 công chức.", 21, [11, 10]),
        ("tiếp nhận 447 hồ sơ, gồm 332 hồ sơ trực tiếp, 115 hồ sơ trực tuyến. Năm trước 500 hồ sơ", 447, [332, 115]),
        ("giải quyết 425/447 hồ sơ, trong đó sớm hạn 424 hồ sơ, trễ hạn 1 hồ sơ", 425, [424, 1]),
        ("3 phản ánh; trong đó: xử lý đúng hạn 2/3 phản ánh, đạt 67%, chưa xử lý 1/3 phản ánh", 3, [2, 1]),
        ("Phường có 34 hồ sơ. Trong đó: 20 hồ sơ đúng hạn và 10 hồ sơ trễ hạn.", 34, [20, 10]),
        ("400 hồ sơ, trong đó: đúng hạn 300 hồ sơ, trễ hạn 20 hồ sơ, tăng 10 hồ sơ so với cùng kỳ", 400, [300, 20]),
        ("400 hồ sơ, trong đó: đúng hạn 300 hồ sơ, trễ hạn 20 hồ sơ, tiếp nhận mới 900 hồ sơ", 400, [300, 20]),
    ],
)
def test_a_breakdown_is_read(text, total, parts):
    found = [(breakdown.total, [part.count for part in breakdown.parts]) for breakdown in find_breakdowns(text)]
    assert found == [(total, parts)]


@pytest.mark.parametrize(
    "text",
    [
        "13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, tỷ lệ 1,73%",
        "Phường có 34 nhiệm vụ. Trong đó: 06 lĩnh vực và 01 lĩnh vực",
        "số người đã bố trí là 10 (trong đó Văn phòng Đảng ủy kiêm nhiệm)",
        "mở 5 lớp tập huấn (gồm 120 cán bộ, 80 công chức)",
        "Năm trước có 34 hồ sơ. Năm nay nhiều hơn, trong đó 20 hồ sơ giấy, 30 hồ sơ điện tử",
        "bao gồm cả thủ tục của cơ quan ngành dọc",
        "425 hồ sơ",
    ],
)
def test_one_part_or_none_is_no_breakdown(text):
    assert list(find_breakdowns(text)) == []


@pytest.mark.parametrize(
    # text, the sum found, the total, cause, the part named
    ("text", "found", "total", "cause", "outside"),
    [
        (
            "đã giải quyết 425 (trong đó sớm hạn: 424 hồ sơ; trễ hạn: 01 hồ sơ, từ chối giải quyết 01 hồ sơ)",
            "424 + 1 + 1 = 426",
            "425",
            "part_outside",
            "từ chối giải quyết 01 hồ sơ",
        ),
        ("21 người, gồm 11 cán bộ và 12 công chức", "11 + 12 = 23", "21", "", ""),
        ("30 hồ sơ (gồm 25 hồ sơ giấy, 9 hồ sơ điện tử)", "25 + 9 = 34", "30", "", ""),
    ],
)
def test_parts_that_are_more_than_the_whole(text, found, total, cause, outside):
    [finding] = check_breakdowns(report_of(text))
    assert (finding.rule, finding.found, finding.expected, finding.cause) == ("breakdown_differs", found, total, cause)
    assert outside in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "đã giải quyết 425 (trong đó sớm hạn: 424 hồ sơ; trễ hạn: 01 hồ sơ)",
        "447 hồ sơ (trong đó trực tiếp 332 hồ sơ, trực tuyến 115 hồ sơ; đúng hạn 440 hồ sơ, trễ hạn 7 hồ sơ)",
        "447 hồ sơ, trong đó đúng hạn 300 hồ sơ, trong đó trực tuyến 250 hồ sơ, qua bưu chính 10 hồ sơ",
        "900 hồ sơ, gồm 300 hồ sơ giấy và 20 hồ sơ điện tử",
    ],
)
def test_parts_that_fit(text):
    assert told(check_breakdowns, text) == []


def test_a_clean_report_has_no_fault():
    assert told(check_breakdowns, *CLEAN) == []


COUNTS = st.lists(st.integers(1, 9999), min_size=2, max_size=6)


@given(COUNTS, st.integers(-5000, 5000))
def test_a_breakdown_is_at_fault_exactly_when_its_parts_are_more(counts, difference):
    total = sum(counts) + difference
    if total < 0 or sum(counts) == 2 * total:
        return
    listed = "; ".join(f"loại {letter} {count} hồ sơ" for letter, count in zip("abcdef", counts, strict=False))
    [breakdown] = find_breakdowns(f"giải quyết {total} hồ sơ (trong đó {listed})")
    assert [part.count for part in breakdown.parts] == counts
    findings = told(check_breakdowns, f"giải quyết {total} hồ sơ (trong đó {listed})")
    assert len(findings) == (difference < 0)


@given(any_prose)
def test_no_text_is_too_much(text):
    for breakdown in find_breakdowns(text):
        assert len(breakdown.parts) > 1
        assert all(part.text in clean(text) for part in breakdown.parts)
    list(check_breakdowns(report_of(clean(text))))


@given(st.text(alphabet=string.ascii_letters + " (),;:trongđógồm"))
def test_without_a_figure_there_is_no_breakdown(text):
    assert list(find_breakdowns(text)) == []
