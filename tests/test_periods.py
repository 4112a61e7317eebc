"""Reporting periods and dates."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_calc.periods import (
    Period,
    calendar_period,
    find_dates,
    find_periods,
    preset,
    read_period,
    reporting_period,
)

PHRASES = [
    phrase
    for phrase in tomllib.loads((Path(__file__).parent / "cases" / "phrases.toml").read_text(encoding="utf-8"))[
        "phrase"
    ]
    if phrase["reader"] == "periods"
]
KINDS = {"month": 12, "quarter": 4, "half": 2, "year": 1}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["text"])
def test_reads_the_periods_of_real_documents(phrase: dict[str, Any]) -> None:
    (found,) = find_periods(phrase["text"])
    assert found.period is not None
    assert found.period.code == phrase["period"]


# text, code, label
NAMED = [
    ("tính từ 01/01/2022 đến 27/12/2022", "2022-01-01/2022-12-27", ""),
    ("từ ngày 13/6/2023 đến hết ngày 12/9/2023", "2023-06-13/2023-09-12", ""),
    ("từ 13.6.2023 đến 12.9.2023", "2023-06-13/2023-09-12", ""),
    ("13/6/2023-12/9/2023", "2023-06-13/2023-09-12", ""),
    ("từ ngày 01 tháng 01 năm 2022 đến ngày 27 tháng 12 năm 2022", "2022-01-01/2022-12-27", ""),
    ("từ 13/6 đến 12/9/2023", "2023-06-13/2023-09-12", ""),
    ("từ ngày 15/12 đến ngày 14/3/2023", "2022-12-15/2023-03-14", ""),
    ("từ 01/01/2023 đến 31/3/2023", "2023-Q1", ""),
    ("QUÝ III/2023", "2023-Q3", "QUÝ III/2023"),
    ("quý 3/2023", "2023-Q3", "quý 3/2023"),
    ("quý III năm 2023", "2023-Q3", "quý III năm 2023"),
    ("QUÝ IV/NĂM 2023", "2023-Q4", "QUÝ IV/NĂM 2023"),
    ("quí I-2024", "2024-Q1", "quí I-2024"),
    ("quý\nII/2023", "2023-Q2", "quý II/2023"),
    ("6 tháng đầu năm 2020", "2020-H1", "6 tháng đầu năm 2020"),
    ("sáu tháng cuối năm 2020", "2020-H2", "sáu tháng cuối năm 2020"),
    ("9 tháng đầu năm 2023", "2023-01-01/2023-09-30", "9 tháng đầu năm 2023"),
    ("3 tháng cuối năm 2023", "2023-Q4", "3 tháng cuối năm 2023"),
    ("9 tháng năm 2023", "2023-01-01/2023-09-30", "9 tháng năm 2023"),
    ("12 tháng năm 2023", "2023", "12 tháng năm 2023"),
    ("Tháng 01/2023", "2023-01", "Tháng 01/2023"),
    ("tháng 9 năm 2023", "2023-09", "tháng 9 năm 2023"),
    ("Tháng 01/2023 - Tháng 12/2023", "2023", "Tháng 01/2023 - Tháng 12/2023"),
    ("từ tháng 01 đến tháng 9 năm 2023", "2023-01-01/2023-09-30", "từ tháng 01 đến tháng 9 năm 2023"),
    ("giai đoạn 2022 – 2025", "2022-01-01/2025-12-31", "giai đoạn 2022 – 2025"),
    ("nhiệm kỳ 2021-2026", "2021-01-01/2026-12-31", "nhiệm kỳ 2021-2026"),
    ("năm 2022", "2022", "năm 2022"),
]


@pytest.mark.parametrize(("text", "code", "label"), NAMED)
def test_finds_a_period(text: str, code: str, label: str) -> None:
    (found,) = find_periods(f"Kết quả {text}.")
    assert found.period is not None
    assert (found.text, found.period.code, found.period.label, found.fault) == (text, code, label, "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("6 tháng cuối năm", "không ghi năm"),
        ("quý III", "không ghi năm"),
        ("từ ngày 13/6 đến ngày 12/9", "không ghi năm"),
        ("từ 12/9/2023 đến 13/6/2023", "ngày cuối đứng trước ngày đầu"),
        ("từ tháng 9/2023 đến tháng 1/2023", "ngày cuối đứng trước ngày đầu"),
        ("giai đoạn 2025-2022", "ngày cuối đứng trước ngày đầu"),
        ("từ ngày 31/02/2026 đến 14/6/2026", "tháng 2 năm 2026 không có ngày 31"),
        ("tháng 13/2023", "không có tháng 13"),
        ("13 tháng đầu năm 2023", "một năm không có 13 tháng"),
    ],
)
def test_says_why_a_period_cannot_be_told(text: str, fault: str) -> None:
    (found,) = find_periods(text)
    assert (found.period, found.text, found.fault) == (None, text, fault)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định 61/2018/NĐ-CP",
        "tháng 01/2018/TT-VPCP",
        "12/2023/QĐ-UBND",
        "Quyết định số 09/2021/QĐ-UBND",
        "61/2018",
        "quý công dân, quý vị",
        "23 ngày làm việc, 9 tháng",
        "12 tháng 8",
        "hằng năm, trong năm",
        "ngày 13/6/2023",
        "",
    ],
)
def test_finds_no_period(text: str) -> None:
    assert find_periods(text) == ()


def test_the_longest_name_is_one_period() -> None:
    text = "Kết quả quý III năm 2023 và 6 tháng đầu năm 2023, ngày 28 tháng 12 năm 2022, so với năm 2021"
    assert [found.period and found.period.code for found in find_periods(text)] == ["2023-Q3", "2023-H1", "2021"]


TITLES = [
    ("QUÝ III/2023 (Từ ngày 13/6/2023 đến ngày 12/9/2023)", "2023-06-13/2023-09-12", "QUÝ III/2023"),
    ("Kết quả thực hiện mục tiêu chất lượng năm 2022", "2022", "năm 2022"),
    ("Mục tiêu chất lượng 6 tháng đầu năm 2020", "2020-H1", "6 tháng đầu năm 2020"),
    ("(Kèm theo Báo cáo số 1202/BC-UBND, số liệu từ 13/6/2023 đến 12/9/2023)", "2023-06-13/2023-09-12", ""),
    ("Phương hướng quý IV, kết quả quý III/2023", "2023-Q3", "quý III/2023"),
]


@pytest.mark.parametrize(("title", "code", "label"), TITLES)
def test_reads_the_period_of_a_title(title: str, code: str, label: str) -> None:
    period = read_period(title)
    assert period is not None
    assert (period.code, period.label) == (code, label)


@pytest.mark.parametrize("title", ["BÁO CÁO", "Báo cáo quý III", "Số: 12/BC-UBND ngày 13/9/2023", ""])
def test_a_title_without_a_period(title: str) -> None:
    assert read_period(title) is None


DATES = [
    ("13/6/2023", date(2023, 6, 13)),
    ("09/08/2023", date(2023, 8, 9)),
    ("07-10-2013", date(2013, 10, 7)),
    ("12.10.2023", date(2023, 10, 12)),
    ("13 / 6 / 2023", date(2023, 6, 13)),
    ("ngày 24 tháng 8 năm 2021", date(2021, 8, 24)),
    ("28 tháng 12 năm 2022", date(2022, 12, 28)),
    ("29/02/2024", date(2024, 2, 29)),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_finds_a_date(text: str, day: date) -> None:
    sentence = f"Ký ({text}), gửi"
    (found,) = find_dates(sentence)
    assert (found.day, found.text, found.fault) == (day, text, "")
    assert sentence[found.start : found.end] == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("07/19/2013", "không có tháng 19"),
        ("31/02/2026", "tháng 2 năm 2026 không có ngày 31"),
        ("29/02/2023", "tháng 2 năm 2023 không có ngày 29"),
        ("00/01/2023", "tháng 1 năm 2023 không có ngày 0"),
        ("3/4/26", "năm chỉ ghi hai chữ số (26)"),
        ("ngày 31 tháng 4 năm 2023", "tháng 4 năm 2023 không có ngày 31"),
    ],
)
def test_says_why_a_date_cannot_be(text: str, fault: str) -> None:
    (found,) = find_dates(text)
    assert (found.day, found.fault) == (None, fault)


@pytest.mark.parametrize(
    "text",
    [
        "61/2018/NĐ-CP",
        "12/2023/QĐ",
        "15/6",
        "1/2/2023/QĐ-UBND",
        "3.4.26",
        "1.12.10.2023",
        "446/447",
        "10/2023",
        "1/2/3/2023",
        "13 - 6 - 2023",
        "1-2-2023-5",
        "12.34.5678",
    ],
)
def test_finds_no_date(text: str) -> None:
    assert find_dates(text) == ()


def test_knows_the_parts_of_the_calendar() -> None:
    assert [calendar_period("quarter", 2023, number).code for number in (1, 2, 3, 4)] == [
        "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"
    ]  # fmt: skip
    assert calendar_period("month", 2024, 2).end == date(2024, 2, 29)
    assert calendar_period("half", 2020, 2) == Period(date(2020, 7, 1), date(2020, 12, 31))
    assert calendar_period("year", 9999).end == date.max
    assert Period(date(2023, 2, 1), date(2023, 4, 30)).kind == "range"


def test_knows_the_periods_of_the_decree_on_reports() -> None:
    """The cut-offs of Nghị định 09/2019/NĐ-CP, Điều 12."""
    expected = {
        ("month", 1): ("2022-12-15", "2023-01-14"),
        ("month", 9): ("2023-08-15", "2023-09-14"),
        ("quarter", 1): ("2022-12-15", "2023-03-14"),
        ("quarter", 3): ("2023-06-15", "2023-09-14"),
        ("half", 1): ("2022-12-15", "2023-06-14"),
        ("half", 2): ("2023-06-15", "2023-12-14"),
        ("year", 1): ("2022-12-15", "2023-12-14"),
    }
    for (kind, number), (start, end) in expected.items():
        period = reporting_period(kind, 2023, number)
        assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
        assert preset(period) == f"reporting-{kind}"


def test_a_period_of_its_own_is_no_preset() -> None:
    ward = Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023")
    assert (preset(ward), ward.days) == ("", 92)


def test_periods_are_equal_by_their_days() -> None:
    assert Period(date(2023, 1, 1), date(2023, 3, 31), "Quý I/2023") == calendar_period("quarter", 2023, 1)


def test_wrong_use_raises() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2023, 2, 1), date(2023, 1, 31))
    with pytest.raises(ValueError, match="no such period"):
        calendar_period("week", 2023)
    with pytest.raises(ValueError, match="no quarter number 5"):
        reporting_period("quarter", 2023, 5)


# --- laws -------------------------------------------------------------------------------------------------

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(
    DAYS,
    st.sampled_from(
        ["{0.day}/{0.month}/{0.year}", "{0.day:02}-{0.month:02}-{0.year}", "ngày {0:%d} tháng {0:%m} năm {0.year}"]
    ),
)
def test_a_printed_date_reads_back(day: date, style: str) -> None:
    assert [found.day for found in find_dates(f"Ký {style.format(day)}, gửi")] == [day]


@given(DAYS, DAYS, st.sampled_from(["từ {} đến {}", "Từ ngày {} đến hết ngày {}", "({} - {})"]))
def test_a_printed_range_reads_back(one: date, other: date, style: str) -> None:
    start, end = sorted((one, other))
    text = style.format(*(f"{day.day}/{day.month}/{day.year}" for day in (start, end)))
    assert read_period(text) == Period(start, end)


@given(st.sampled_from(sorted(KINDS)), st.integers(1950, 2090), st.data())
def test_known_periods_know_their_names(kind: str, year: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, KINDS[kind]))
    calendar, reporting = calendar_period(kind, year, number), reporting_period(kind, year, number)
    assert (calendar.kind, preset(calendar)) == (kind, f"calendar-{kind}")
    assert (reporting.kind, preset(reporting)) == ("range", f"reporting-{kind}")
    assert reporting.end + timedelta(days=1) == date(reporting.end.year, reporting.end.month, 15)


@given(DAYS, DAYS, DAYS)
def test_a_period_contains_its_days(start: date, end: date, day: date) -> None:
    assume(start <= end)
    period = Period(start, end)
    assert (day in period) == (start <= day <= end) == period.contains(day)
    assert period.days == (end - start).days + 1


PIECES = [
    "từ ", "ngày ", "đến ", "tháng ", "năm ", "quý ", "III", "13/6", "/2023", "12/9/2023", "31/02/2026", "6 ", "-",
    "0", "99", "2023", "1900", "9999", "đầu ", "\u00a0", "\n", "giai đoạn ", "/QĐ", " ", "\u0301",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_found_stands_where_it_says(text: str) -> None:
    for found in (*find_periods(text), *find_dates(text)):
        assert text[found.start : found.end] == found.text
        known = found.period if hasattr(found, "period") else found.day
        assert (known is None) == bool(found.fault)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    find_periods(text)
    find_dates(text)
    read_period(text)


@pytest.mark.parametrize("text", [text for text, _, _ in NAMED])
def test_decomposed_letters_and_hard_blanks_read_the_same(text: str) -> None:
    for spelled in (unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0")):
        assert read_period(spelled) == read_period(text)
