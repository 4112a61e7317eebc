"""Bands of a rating that share a mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_reports import CLEAN, any_prose, report_of, told

from cchc_calc.prose.bands import check_bands, find_bands
from cchc_calc.spelling import clean

EXCELLENT = "Nhóm đạt mức độ xuất sắc (đạt từ 15 điểm trở lên): 12/16 đơn vị"
GOOD = "Nhóm đạt mức độ tốt (đạt từ 12 đến dưới 15 điểm): 04/16 đơn vị"
FAIR = "Nhóm đạt mức độ khá (đạt từ 09 đến dưới 12 điểm): Không."


@pytest.mark.parametrize(
    # text, low, high, is the high mark in it, unit
    ("text", "low", "high", "includes_high", "unit"),
    [
        (EXCELLENT, "15", None, False, "điểm"),
        (GOOD, "12", "15", False, "điểm"),
        ("Loại tốt: từ 12 đến 15 điểm", "12", "15", True, "điểm"),
        ("xếp loại khá (từ 70% đến dưới 80%)", "70", "80", False, "%"),
        ("Tốt: từ 7,5 - 8,5 điểm", "7.5", "8.5", True, "điểm"),
    ],
)
def test_a_band_is_read(text, low, high, includes_high, unit):
    [band] = find_bands(text)
    assert (str(band.low), band.includes_high, band.unit) == (low, includes_high, unit)
    assert (str(band.high) if band.high is not None else None) == high


@pytest.mark.parametrize(
    "text",
    [
        "đạt từ 25% trở lên (hoặc đạt từ 45% trở lên)",
        "thực hiện tốt việc nộp hồ sơ đạt từ 15% trở lên",
        "từ ngày 12 đến ngày 15",
        "10 chỉ tiêu đạt từ 48 -100%",
    ],
)
def test_a_target_is_no_band(text):
    assert find_bands(text) == ()


def test_two_classes_that_share_a_mark():
    slip = GOOD.replace("dưới ", "")
    assert told(check_bands, EXCELLENT, slip, FAIR) == [
        ("bands_overlap", "từ 15 điểm trở lên; từ 12 đến 15 điểm", "từ 12 đến dưới 15 điểm", "")
    ]


@pytest.mark.parametrize(
    "texts",
    [
        (EXCELLENT, GOOD, FAIR),
        (EXCELLENT, "", "", "", "", "Cán bộ loại tốt: từ 12 đến 15 điểm"),
        (EXCELLENT, "loại tốt: từ 12 đến 15%"),
        (EXCELLENT, "Loại tốt: từ 12 điểm trở lên"),
    ],
)
def test_bands_that_do_not_collide(texts):
    assert told(check_bands, *texts) == []


def test_a_clean_report_has_no_fault():
    assert told(check_bands, *CLEAN) == []


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True).map(sorted))
def test_only_the_word_below_keeps_bands_apart(marks):
    low, middle, high = marks
    for below, count in (("dưới ", 0), ("", 1)):
        upper, lower = f"loại tốt: từ {middle} đến {high} điểm", f"loại khá: từ {low} đến {below}{middle} điểm"
        assert len(told(check_bands, upper, lower)) == len(told(check_bands, lower, upper)) == count


@given(any_prose)
def test_no_text_is_too_much(text):
    for band in find_bands(text):
        assert band.text in clean(text)
        assert band.overlaps(band) == (band.high is not None and band.low <= band.high)
    list(check_bands(report_of(clean(text))))
