"""Slips of spelling, repetitions, outdated terms, a place without its marks."""

import string
import tomllib
import unicodedata
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_reports import CLEAN, CLEAN_FACTS, any_prose, report_of, told

from cchc_calc.letterhead import read_letterhead
from cchc_calc.prose.wording import check_wording, find_repetitions, slips, terms
from cchc_calc.spelling import clean

AFTER = date(2023, 9, 13)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Phân đấu giải quyết sớm hạn", "Phân đấu", "Phấn đấu"),
        ("1. Phần đầu 18/18 chỉ tiêu", "Phần đầu", "Phấn đấu"),
        ("tiếp tục phân đầu giải quyết", "phân đầu", "phấn đấu"),
        ("tại phòng giải quyết hồ sơ, THCH theo quy định", "THCH", "TTHC"),
        ("dịch vụ công đối với tục hành chính đủ điều kiện", "tục hành chính", "thủ tục hành chính"),
        ("hành vi những nhiều, gây phiền hà", "những nhiều", "nhũng nhiễu"),
        ("có hành vi những nhiễu", "những nhiễu", "nhũng nhiễu"),
        ("từ chối hồ sơ, dùng tính phải có lý do", "dùng tính", "dừng tính"),
        ("sử dụng Thư điện công vụ", "Thư điện công vụ", "Thư điện tử công vụ"),
        ("trung tâm hành chính công tình không phát sinh", "chính công tình", "chính công tỉnh"),
        ("thực hiện hiện 02 nhóm dịch vụ", "thực hiện hiện", "thực hiện"),
        ("- Như trên (đề b/c);", "đề b/c", "để b/c"),
        ("sửa đổi, bổ xung một số điều", "bổ xung", "bổ sung"),
        ("SÁT NHẬP tổ dân phố", "SÁT NHẬP", "SÁP NHẬP"),
    ],
)
def test_a_slip_is_found(text, found, expected):
    assert told(check_wording, text) == [("misspelling", found, expected, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Phần đầu của báo cáo",
        "vốn phân đầu tư cho các phường",
        "thủ tục hành chính, Thủ tục hành chính",
        "tục hành chính thuộc thẩm quyền",  # a page break has taken "thủ" to the line above
        "không những nhiều mà còn nhanh",
        "sử dụng tính năng mới",
        "thực hiện hiện đại hóa hành chính",
        "về cải cách hành chính công tình hình đã rõ",
        "phần đấu giá tài sản",
    ],
)
def test_what_only_looks_like_a_slip(text):
    assert told(check_wording, text) == []


def test_a_slip_is_told_once_with_its_count():
    report = report_of("phân đấu đạt 90%", "không có gì", "Phân đấu đạt 95%")
    [finding] = check_wording(report)
    assert (finding.where, finding.found) == ("dòng 1", "phân đấu")
    assert "tất cả 2 chỗ" in finding.message


def test_the_words_of_the_data_are_composed_letters():
    text = (resources.files("cchc_calc.prose") / "wording.toml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: slip.wrong)
def test_what_a_slip_is_mended_to_is_no_slip(slip):
    assert slip.wrong == slip.wrong.casefold()
    assert told(check_wording, f"đã {slip.right} xong") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Công văn về Triển khai Triển khai giải pháp", ("Triển khai",)),
        ("Tiếp tục thực hiện thực hiện số hóa", ("thực hiện",)),
        ("(cải cách hành chính Cải cách hành chính)", ("Cải cách hành chính",)),
        ("luôn luôn, thường xuyên", ()),
        ("luôn luôn luôn luôn", ()),
        ("cán bộ, cán bộ", ()),
        ("cơ chế một cửa một cửa liên thông", ()),
        ("từng bước từng bước nâng cao", ()),
        ("10 11 10 11", ()),
        ("hồ sơ", ()),
    ],
)
def test_a_phrase_written_twice(text, found):
    assert find_repetitions(text) == found


def test_a_repetition_names_the_phrase():
    assert told(check_wording, "thực hiện thực hiện số hóa") == [
        ("repeated_words", "thực hiện thực hiện", "thực hiện", "")
    ]


@pytest.mark.parametrize(
    ("issued", "count"),
    [(date(2020, 8, 26), 0), (date(2022, 8, 14), 0), (date(2022, 8, 15), 1), (AFTER, 1), (None, 0)],
)
def test_a_term_is_outdated_from_the_day_it_was_replaced(issued, count):
    findings = told(check_wording, "DVC trực tuyến mức độ 3, 4", "thủ tục Mức độ 4", issued=issued)
    expected = ("outdated_term", "mức độ 3", "dịch vụ công trực tuyến một phần, toàn trình", "")
    assert findings == [expected] * count


@pytest.mark.parametrize("text", ["mức độ 30%", "mức độ hài lòng", "dịch vụ công trực tuyến toàn trình"])
def test_other_words_are_not_outdated(text):
    assert told(check_wording, text, issued=AFTER) == []


def test_every_term_names_its_source_and_how_sure_its_day_is():
    data = tomllib.loads((resources.files("cchc_calc.prose") / "wording.toml").read_text(encoding="utf-8"))
    assert all(entry["source"] and entry["certainty"] for entry in data["term"])
    assert [term.since for term in terms()] == [date(2022, 8, 15)]


@pytest.mark.parametrize(
    ("place", "texts", "expected"),
    [
        ("Phuong Son", ["UBND phường Phương Sơn báo cáo"], ["Phương Sơn"]),
        ("Da Lat", ["UBND thành phố Đà Lạt báo cáo"], ["Đà Lạt"]),
        ("Nha Trang", ["UBND thành phố Nha Trang báo cáo"], []),
        ("Phương Sơn", ["UBND phường Phương Sơn báo cáo"], []),
        ("Loc An", ["không nhắc lại địa danh"], []),
        ("Vinh", ["huyện Vĩnh Cửu và tỉnh Vĩnh Phúc"], []),
    ],
)
def test_a_place_without_its_marks(place, texts, expected):
    lines = (f"{place}, ngày 13 tháng 9 năm 2023", *texts)
    report = report_of(*lines)
    head = read_letterhead(report.prose)
    findings = told(check_wording, *lines, head=head)
    assert findings == [("misspelling", place, right, "no_marks") for right in expected]


def test_a_place_of_one_syllable_is_compared_with_the_unit():
    head = read_letterhead(report_of("Hue, ngày 13 tháng 9 năm 2023").prose)
    facts = {"head": head, "unit": "UBND thành phố Huế"}
    assert told(check_wording, "Hue, ngày 13 tháng 9 năm 2023", **facts) == [("misspelling", "Hue", "Huế", "no_marks")]


def test_a_clean_report_has_no_fault():
    assert told(check_wording, *CLEAN, head=read_letterhead(report_of(*CLEAN).prose), **CLEAN_FACTS) == []


SYLLABLES = st.text(alphabet="abcdeghiklmnopăâêôơưáàếộ", min_size=1, max_size=6)


@given(st.lists(SYLLABLES, min_size=2, max_size=5, unique=True), st.sampled_from([".", ",", ")", " rồi"]))
def test_every_doubled_phrase_is_found(phrase, after):
    words = " ".join(phrase)
    assert find_repetitions(f"Đã {words} {words}{after}") == (words,)


@given(st.lists(SYLLABLES, unique=True, max_size=20))
def test_words_that_differ_are_no_repetition(words):
    assert find_repetitions(" ".join(words)) == ()


@given(SYLLABLES, st.integers(1, 6))
def test_one_syllable_over_and_over_is_no_repetition(syllable, times):
    assert find_repetitions(" ".join([syllable] * times)) == ()


@given(any_prose)
def test_no_text_is_too_much(text):
    for finding in check_wording(report_of(clean(text), issued=AFTER)):
        assert finding.found
        assert finding.found != finding.expected


@given(st.text(alphabet=string.digits + " /%.,-()"))
def test_figures_alone_have_no_spelling(text):
    assert told(check_wording, clean(text), issued=AFTER) == []
