"""All checks of the prose together."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from prose_reports import CLEAN, CLEAN_FACTS, any_prose, report_of, told

from cchc_calc.findings import Severity
from cchc_calc.letterhead import read_letterhead
from cchc_calc.periods import Period
from cchc_calc.prose.checks import check_prose

PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12))
FAULTY = (
    "Số: 1202 /BC-UBND",
    "Kết quả tiếp nhận hồ sơ từ ngày 13/6/2022 đến ngày 12/9/2023",
    "đã giải quyết 425 hồ sơ (trong đó sớm hạn 424 hồ sơ; trễ hạn 01 hồ sơ, từ chối 01 hồ sơ)",
    "thực hiện thực hiện phân đấu dịch vụ công mức độ 3, 4",
    "Nghị định số 61/2018/NĐ-CP ngày 23/4/2019",
)
FACTS = {"number": "1202/BC-UBND", "issued": date(2023, 9, 13), "period": PERIOD}


def test_a_clean_report_has_no_fault():
    assert told(check_prose, *CLEAN, head=read_letterhead(report_of(*CLEAN).prose), **CLEAN_FACTS) == []


def test_findings_come_in_reading_order():
    findings = list(check_prose(report_of(*FAULTY, **FACTS)))
    places = [finding.where for finding in findings]
    assert places == sorted(places)
    assert {finding.rule for finding in findings} == {
        "citation_malformed",
        "period_contradicts",
        "breakdown_differs",
        "repeated_words",
        "misspelling",
        "outdated_term",
        "citation_year_differs",
    }


def test_decomposed_letters_and_markup_blanks_hide_nothing():
    spread = [unicodedata.normalize("NFD", text).replace(" ", "\u00a0 ") for text in FAULTY]
    assert told(check_prose, *spread, **FACTS) == told(check_prose, *FAULTY, **FACTS)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, ["số, ký hiệu và ngày"]),
        ({"number": "1/BC-UBND"}, ["ngày"]),
        ({"issued": date(2023, 9, 13)}, ["số, ký hiệu"]),
        ({"number": "1/BC-UBND", "issued": date(2023, 9, 13)}, []),
        ({"source": "biểu.XLSX"}, []),
    ],
)
def test_a_document_has_a_number_and_a_date(facts, missing):
    findings = told(check_prose, "Báo cáo kết quả. " * 80, **facts)
    assert findings == [("document_header_missing", "không có", names, "") for names in missing]


def test_a_note_needs_no_head():
    assert told(check_prose, "Ghi chú ngắn.") == []


HEADER = ("Stt", "Mục tiêu", "Kết quả")


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ((*HEADER, "1", "một", "đạt", *HEADER, "phần còn lại của dòng trên"), ["dòng 7"]),
        ((*HEADER, "1", "một", "đạt", *HEADER, "2", "hai", "đạt", *HEADER, "3"), ["dòng 7", "dòng 13"]),
        ((*HEADER, "1", "một", "đạt", *HEADER, "1.", "một", "đạt"), []),
        ((*HEADER, "1", "một", "đạt", "Stt", "Đơn vị", "Điểm", "2"), []),
        (HEADER, []),
    ],
)
def test_a_table_that_goes_on_after_a_page_break(cells, places):
    findings = list(check_prose(report_of(*cells)))
    assert [(finding.rule, finding.where) for finding in findings] == [("row_split", place) for place in places]


def test_nothing_is_found_in_nothing():
    assert told(check_prose) == told(check_prose, "", " ", "\t") == []


@given(any_prose)
def test_no_text_is_too_much_and_no_finding_is_empty(text):
    for finding in check_prose(report_of(*text.split("\n"), **FACTS)):
        assert finding.where.startswith("dòng ")
        assert finding.message
        assert finding.remedy
        assert finding.severity is not Severity.ERROR
