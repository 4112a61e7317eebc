"""An office's own years and hours: what they change, and what is said of a faulty one."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from importlib import resources

import pytest
from changed_data import changed
from own_calendars import own_calendar

from cchc_calc.calendar_vn import (
    doubts,
    due_date,
    due_dates,
    due_moment,
    is_covered,
    load_desk,
    read_desk,
    receipt_day,
)
from cchc_calc.calendar_vn.data_files import OWN_FILE
from cchc_calc.calendar_vn.days_off import load_days_off, read_days_off
from cchc_calc.errors import CalendarError
from cchc_calc.excel import udf

CALENDARS = resources.files("cchc_calc") / "calendars"
TABLE = tomllib.loads((CALENDARS / "vietnam.toml").read_text(encoding="utf-8"))
DESK = tomllib.loads((CALENDARS / "desk.toml").read_text(encoding="utf-8"))

YEAR_2028 = """
[sources]
cv-2027 = "Công văn 1234/VPCP-KGVX ngày 01/10/2027"

[[year]]
year = 2028
announced = true
holidays = [
    { name = "Tết Dương lịch", days = [2028-01-01], in_lieu = [2028-01-03], mark = "V", source = "labour-code" },
    { name = "Tết Mậu Thân", days = [2028-01-25, 2028-01-26, 2028-01-27, 2028-01-28, 2028-01-29], \
in_lieu = [2028-01-31], mark = "V", source = "cv-2027" },
    { name = "Giỗ Tổ Hùng Vương", days = [2028-04-04], mark = "V", source = "cv-2027" },
    { name = "Ngày Chiến thắng", days = [2028-04-30], in_lieu = [2028-05-02], mark = "V", source = "labour-code" },
    { name = "Quốc tế lao động", days = [2028-05-01], mark = "V", source = "labour-code" },
    { name = "Quốc khánh", days = [2028-09-01, 2028-09-02], in_lieu = [2028-09-04], mark = "V", source = "cv-2027" },
    { name = "Ngày Văn hóa Việt Nam", days = [2028-11-24], mark = "V", source = "28-2026" },
]
swaps = [
    { off = 2028-01-24, worked = 2028-02-12, mark = "V", source = "cv-2027" },
]
"""
YEAR_2031 = """
[[year]]
year = 2031
announced = false
holidays = [
    { name = "Tết Dương lịch", days = [2031-01-01], mark = "V", source = "labour-code" },
    { name = "Ngày Chiến thắng", days = [2031-04-30], mark = "V", source = "labour-code" },
    { name = "Quốc tế lao động", days = [2031-05-01], mark = "V", source = "labour-code" },
    { name = "Quốc khánh", days = [2031-09-02, 2031-09-03], mark = "I", source = "precedent" },
]
"""
HOURS = """
[hours]
sessions = [[07:30:00, 11:30:00], [13:00:00, 16:30:00]]
mark = "V"
source = "Quyết định của UBND tỉnh"

[receipt]
last_receipt = 16:00:00
late_counts_next_day = true
saturday_last_receipt = 11:00:00
mark = "V"
source = "Quyết định của UBND tỉnh"
"""
QUESTION = """
[[question]]
days = [2027-11-22, 2027-11-27]
text = "đã có đề xuất hoán đổi 22/11/2027"
"""


@pytest.fixture
def write(tmp_path):
    """Write an office's own file."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "lịch của phường.toml"
        path.write_text(text, encoding=encoding)
        return path

    return write


def test_an_own_year_takes_the_place_of_the_packaged_one(write):
    assert due_date(date(2028, 1, 21), 1) == date(2028, 1, 31)
    assert udf.CCHC_HANTRA("21/1/2028", 1) == "KXĐ"
    with own_calendar(write(YEAR_2028)):
        assert is_covered(2028)
        assert not is_covered(2029)
        assert due_date(date(2028, 1, 21), 1) == date(2028, 2, 1)
        assert due_dates([date(2028, 2, 11)], 1) == [date(2028, 2, 12)]
        assert doubts(date(2028, 1, 1), date(2028, 12, 31)) == ()
        assert udf.CCHC_HANTRA("21/1/2028", 1) == 46784
    assert due_date(date(2028, 1, 21), 1) == date(2028, 1, 31)


def test_an_own_year_may_follow_on_the_last(write):
    with own_calendar(write(YEAR_2031)):
        assert load_days_off().years == range(2018, 2032)
        assert due_dates([date(2030, 12, 31), date(2031, 9, 1)], 1) == [date(2031, 1, 2), date(2031, 9, 4)]


def test_an_office_may_have_its_own_hours(write):
    friday, saturday = datetime.fromisoformat("2023-06-16 16:10"), datetime.fromisoformat("2023-06-17 10:00")
    assert (receipt_day(friday), receipt_day(saturday)) == (date(2023, 6, 16), date(2023, 6, 19))
    with own_calendar(write(HOURS)):
        assert load_desk().saturday_last_receipt == time(11)
        assert (receipt_day(friday), receipt_day(saturday)) == (date(2023, 6, 17), date(2023, 6, 17))
        assert udf.CCHC_HANTRA("16/6/2023 16:10", 1) == udf.CCHC_HANTRA("17/6/2023 10:00", 1) == 45096
        assert udf.CCHC_HANTRA("17/6/2023 11:01", 1) == 45097


def test_what_is_proposed_for_an_announced_year_is_uncertain(write):
    with own_calendar(write(QUESTION)):
        assert doubts(date(2027, 11, 19), date(2027, 11, 22)) == ("đã có đề xuất hoán đổi 22/11/2027",)
        assert doubts(date(2027, 11, 23), date(2027, 11, 26)) == ()
        assert udf.CCHC_HANTRA("19/11/2027", 1) == "KXĐ"


def test_an_own_year_answers_the_questions_about_it():
    asked = {**TABLE, "question": [{"days": [date(2028, 1, 24)], "text": "đã có đề xuất"}]}
    assert len(read_days_off(asked).questions) == 1
    assert read_days_off(asked, tomllib.loads(YEAR_2028)).questions == ()


def test_editors_of_windows_put_a_mark_before_the_text(write):
    with own_calendar(write(YEAR_2028, encoding="utf-8-sig")):
        assert is_covered(2028)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("announced = true", "announced = true,", "lịch của phường.toml, dòng 7: viết sai quy cách TOML"),
        ("2028-04-04", "2028-04-31", "lịch của phường.toml, dòng 11: viết sai quy cách TOML"),
        (
            "[2028-04-04]",
            '["2028-04-04"]',
            "năm 2028, “Giỗ Tổ Hùng Vương”: “days” phải là một ngày viết như 2027-02-04",
        ),
        ("[2028-04-04]", "[2028-04-04T00:00:00]", "“days” phải là một ngày viết như 2027-02-04"),
        ("[2028-04-04]", "2028-04-04", "“days” phải là một danh sách trong ngoặc vuông"),
        ("[2028-04-04]", "[]", "“Giỗ Tổ Hùng Vương”: thiếu “days”"),
        ("[2028-04-04]", "[2027-04-04]", "năm 2028: có ngày của năm khác: 04/04/2027"),
        ("[2028-04-04]", "[2028-04-30]", "ngày ghi hai lần: 30/04/2028"),
        ("in_lieu = [2028-09-04]", "in_lieu = [2028-09-03]", "phải là ngày thường: 03/09/2028"),
        ("in_lieu = [2028-09-04]", "in_lieu = [2028-10-04]", "cách ngày của nó quá xa: 04/10/2028"),
        ("in_lieu = [2028-09-04]", "in_lie = [2028-09-04]", "“Quốc khánh”: không có khóa “in_lie”"),
        ("worked = 2028-02-12", "worked = 2028-02-11", "phải là thứ Bảy, Chủ nhật: 11/02/2028"),
        ("worked = 2028-02-12", "worked = 2027-02-13", "cách ngày của nó quá xa: 13/02/2027"),
        ("worked = 2028-02-12, ", "", "năm 2028, mục swaps: thiếu “worked”"),
        (
            'mark = "V", source = "28-2026"',
            'mark = "v", source = "28-2026"',
            "“mark” là “v”, phải là một trong I, M, V",
        ),
        ('mark = "V", source = "28-2026"', 'mark = "M", source = "28-2026"', "chỉ nhận mức V, V-code, không nhận M"),
        (
            'source = "28-2026"',
            'source = "29-2026"',
            "“Ngày Văn hóa Việt Nam”: nguồn “29-2026” chưa ghi ở mục [sources]",
        ),
        ("days = [2028-09-01, 2028-09-02]", "days = [2028-09-01]", "năm 2028: thiếu ngày lễ: 02/09/2028"),
        ("announced = true", 'announced = "true"', "năm 2028: “announced” phải là true hoặc false"),
        ("announced = true\n", "", "năm 2028: thiếu “announced”"),
        ("year = 2028", "year = 2032", "các năm phải liền nhau"),
        ("[[year]]", "[[years]]", "không có khóa “years”"),
        ("[[year]]", "[year]", "“year” phải là một danh sách"),
    ],
)
def test_a_faulty_edit_is_told_with_its_place(write, before, after, message):
    assert before in YEAR_2028
    with own_calendar(write(YEAR_2028.replace(before, after, 1))):
        with pytest.raises(CalendarError) as caught:
            load_days_off()
        assert str(caught.value).startswith("lịch của phường.toml")
        assert message in str(caught.value)
        # The cells say it too, instead of a day that may be wrong.
        assert udf.CCHC_HANTRA("13/6/2023", 10) == udf.CCHC_SONGAYLAMVIEC("13/6/2023", "14/6/2023")
        assert udf.CCHC_HANTRA("13/6/2023", 10) == f"Lỗi: {caught.value}"


def test_a_year_twice_is_refused(write):
    text = YEAR_2028 + YEAR_2028.partition("[[year]]")[1] + YEAR_2028.partition("[[year]]")[2]
    with own_calendar(write(text)), pytest.raises(CalendarError, match="năm ghi hai lần: 2028"):
        load_days_off()


def test_a_file_that_cannot_be_read_is_told(write, tmp_path):
    with own_calendar(write(YEAR_2028, encoding="utf-16")), pytest.raises(CalendarError, match="UTF-8"):
        load_days_off()
    with own_calendar(tmp_path / "không có.toml"):
        with pytest.raises(CalendarError, match="không mở được lịch riêng"):
            load_days_off()
        with pytest.raises(CalendarError, match=OWN_FILE):
            load_desk()


@pytest.mark.parametrize(
    ("place", "key", "value", "message"),
    [
        (("year", 0, "holidays", 0), "mark", "sure", "năm 2018, “Tết Dương lịch”: “mark” là “sure”"),
        (("year", 0, "swaps", 0), "mark", "M", "“hoán đổi 31/12/2018”: năm đã công bố"),
        (("year", 3), "year", 2018, "năm ghi hai lần: 2018"),
        (("year", 3), "year", 2040, "năm 2040: |các năm phải liền nhau"),
        (("year", 4, "holidays", 0), "in_lieu", [date(2022, 1, 2)], "02/01/2022"),
        (("year", 0, "swaps", 0), "off", date(2018, 12, 30), "phải là ngày thường: 30/12/2018"),
    ],
)
def test_the_packaged_table_is_held_to_the_same(place, key, value, message):
    with pytest.raises(CalendarError, match=message):
        read_days_off(changed(TABLE, place, key, value))


@pytest.mark.parametrize(
    ("place", "key", "value", "message"),
    [
        (("hours",), "mark", "sure", "mục \\[hours\\]: “mark” là “sure”"),
        (("receipt",), "source", "", "mục \\[receipt\\]: thiếu nguồn"),
        (("hours",), "sessions", [], "phải nối tiếp nhau"),
        (("hours",), "sessions", [[time(7), time(12)], [time(11), time(17)]], "phải nối tiếp nhau"),
        (("hours",), "sessions", [[time(11), time(7)]], "phải nối tiếp nhau"),
        (("hours",), "sessions", [[time(7)]], "phải là hai giờ, mở và đóng"),
        (("hours",), "sessions", [["7:00", "11:30"]], "phải là hai giờ, mở và đóng"),
        (("receipt",), "last_receipt", time(17, 1), "17:01 nằm ngoài giờ làm việc"),
        (("receipt",), "last_receipt", time(7), "07:00 nằm ngoài giờ làm việc"),
        (("receipt",), "last_receipt", "17:00", "giờ viết như 17:00:00, không có ngoặc kép"),
        (("receipt",), "saturday", time(11), "không có khóa “saturday”"),
    ],
)
def test_hours_that_cannot_be_are_refused(place, key, value, message):
    with pytest.raises(CalendarError, match=message):
        read_desk(changed(DESK, place, key, value))


def test_half_a_day_is_half_of_the_own_hours(write):
    with own_calendar(write(HOURS)):
        half = due_moment(datetime.fromisoformat("2023-06-13 07:30"), timedelta(hours=3, minutes=45))
    assert half == datetime.fromisoformat("2023-06-13 11:15")
