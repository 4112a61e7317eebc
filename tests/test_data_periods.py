"""The days of the figures in the prose against the title and against each other."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from prose_reports import CLEAN, CLEAN_FACTS, QUARTER, any_prose, report_of, told

from cchc_calc.periods import Period, preset, read_period
from cchc_calc.prose.data_periods import check_periods, find_day_spans
from cchc_calc.spelling import clean

OWN = Period(date(2023, 6, 13), date(2023, 9, 12))
YEAR = read_period("năm 2022")
HALF = read_period("6 tháng đầu năm 2020")
TITLE = "(Từ ngày 13/6/2023 đến ngày 12/9/2023)"


def shown(day):
    return f"{day.day}/{day.month}/{day.year}"


def span(start, end):
    return f"từ ngày {shown(start)} đến ngày {shown(end)}"


def faults(*texts, **facts):
    return [finding for finding in told(check_periods, *texts, **facts) if finding[0] != "period_not_preset"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Kết quả giải quyết hồ sơ (thời gian từ ngày 13/6/2022 đến ngày 12/9/2023)", "year"),
        ("Kết quả giải quyết hồ sơ từ ngày 13/6/2024 đến ngày 12/9/2023", "year"),
        ("Tổng số hồ sơ tính từ ngày 13/6/2023 đến ngày 20/9/2023", ""),
        ("Tổng số hồ sơ từ ngày 01/6/2023 đến ngày 30/9/2023", ""),
    ],
)
def test_figures_of_other_days_than_the_title(text, cause):
    [(rule, found, expected, why)] = faults(TITLE, text, period=OWN)
    assert (rule, expected, why) == ("period_contradicts", span(OWN.start, OWN.end), cause)
    assert found in text


def test_days_that_run_backwards():
    [(rule, found, _, _)] = faults("(Từ ngày 15/12/2023 đến ngày 14/3/2023)", period=read_period("quý I năm 2024"))
    assert (rule, found) == ("period_contradicts", "Từ ngày 15/12/2023 đến ngày 14/3/2023")


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả giải quyết hồ sơ từ ngày 13/6/2023 đến ngày 12/9/2023",
        "Lũy kế hồ sơ từ ngày 01/01/2023 đến ngày 12/9/2023",
        "Tổng số hồ sơ từ ngày 15/12/2022 đến ngày 12/9/2023",
        "Cùng kỳ (từ ngày 13/6/2022 đến ngày 12/9/2022) tiếp nhận 300 hồ sơ",
        "Giai đoạn từ ngày 01/7/2021 đến ngày 12/9/2023 giải quyết 900 hồ sơ",
        "Kế hoạch treo cờ từ ngày 13/6/2023 đến ngày 20/9/2023",
        "Hệ thống hóa văn bản kỳ 2019-2023, hồ sơ nhiệm kỳ 2021-2026, giai đoạn 2022 – 2025",
        "Quý IV giải quyết hồ sơ từ ngày 13/9/2023 đến ngày 12/12/2023",
    ],
)
def test_other_days_that_contradict_nothing(text):
    assert faults(TITLE, text, period=OWN) == []


def test_a_title_that_names_its_period_leaves_room_for_the_cut_off():
    assert faults("hồ sơ tính từ 01/01/2022 đến 27/12/2022", period=YEAR) == []


def test_figures_cut_off_on_two_days():
    texts = ("tiếp nhận hồ sơ (tính từ 01/01/2022 đến 27/12/2022)", "đã giải quyết tính từ 01/01/2022 đến 28/12/2022")
    assert faults(*texts, period=YEAR) == [("periods_differ", "27/12/2022; 28/12/2022", "một ngày chốt", "")]
    [finding] = check_periods(report_of(*texts, period=YEAR))
    assert finding.where == "dòng 2"
    assert faults(texts[0], texts[0], period=YEAR) == []


def test_figures_counted_from_new_year_and_cut_off_on_two_days():
    texts = ("Từ đầu năm đến ngày 20/8/2020 có 5 hồ sơ", "Từ đầu năm đến ngày 25/8/2020 có 6 hồ sơ")
    assert faults(*texts) == [("periods_differ", "20/8/2020; 25/8/2020", "một ngày chốt", "")]


def test_a_cut_off_before_that_of_the_title():
    assert faults(TITLE, "tiếp nhận hồ sơ từ ngày 13/6/2023 đến ngày 30/8/2023", period=OWN) == [
        ("periods_differ", "12/9/2023; 30/8/2023", "một ngày chốt", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Từ đầu năm đến ngày 20/8/2020, đã giải quyết đúng hạn 1540/1587 hồ sơ",
        "Số liệu tính đến ngày 20/8/2020",
        "Tổng số hồ sơ từ ngày 01/01/2020 đến ngày 20/8/2020",
    ],
)
def test_figures_that_run_on_after_the_period(text):
    [(rule, found, expected, _)] = faults(text, period=HALF, issued=date(2020, 8, 26))
    assert (rule, expected) == ("periods_differ", "đến 30/6/2020")
    assert "20/8/2020" in found


@pytest.mark.parametrize(
    "text",
    [
        "Tính đến 31/12/2015 có 21 hồ sơ",
        "Phấn đấu đến ngày 20/8/2020 giải quyết hết hồ sơ",
        "Tính đến ngày 31/12/2020 sẽ giải quyết hết hồ sơ",
        "Tính đến nay đã giải quyết 15 hồ sơ",
    ],
)
def test_a_base_line_and_a_plan_are_no_cut_off(text):
    assert faults(text, period=HALF, issued=date(2020, 8, 26)) == []


def test_a_period_of_its_own_is_told_with_the_usual_one():
    assert told(check_periods, TITLE, period=OWN) == [
        ("period_not_preset", TITLE.strip("()"), "15/6/2023 - 14/9/2023", "")
    ]


def test_a_known_period_is_not_told():
    assert told(check_periods, "(từ ngày 15/6/2023 đến ngày 14/9/2023)", period=QUARTER) == []
    assert told(check_periods, "năm 2022", period=YEAR) == []


def test_a_clean_report_has_no_fault():
    assert told(check_periods, *CLEAN, **CLEAN_FACTS) == []


DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@given(DAYS, st.integers(20, 400))
def test_the_days_of_the_title_contradict_nothing_and_another_year_does(start, length):
    period = Period(start, start + timedelta(length))
    assume(start.month > 1 or start.day > 1)
    assume((start.month, start.day) not in {(2, 29), (12, 15)})
    text = f"Kết quả: tiếp nhận 5 hồ sơ {span(period.start, period.end)}"
    assert faults(text, period=period) == []
    slipped = text.replace(f"từ ngày {shown(start)}", f"từ ngày {shown(start.replace(year=start.year - 1))}")
    assert [(finding[0], finding[3]) for finding in faults(slipped, period=period)] == [("period_contradicts", "year")]


@given(DAYS, st.integers(0, 400))
def test_a_period_is_told_exactly_when_it_is_not_known(start, length):
    period = Period(start, start + timedelta(length))
    findings = told(check_periods, span(period.start, period.end), period=period)
    assert [finding[0] for finding in findings] == ["period_not_preset"] * (not preset(period))


@given(any_prose)
def test_no_text_is_too_much(text):
    report = report_of(clean(text), period=OWN, issued=date(2023, 9, 13))
    for found in find_day_spans(report):
        assert found.text in clean(text)
    list(check_periods(report))


@given(st.text(alphabet=string.ascii_letters + " /-.,đếntừngày"))
def test_without_a_figure_there_are_no_days(text):
    assert list(find_day_spans(report_of(text))) == []
