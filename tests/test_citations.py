"""Cited documents, and what is wrong with them."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_reports import CLEAN, CLEAN_FACTS, any_prose, report_of, told

from cchc_calc.prose.citation_checks import check_citations, is_same_title
from cchc_calc.prose.citations import document_types, find_citations, known_codes
from cchc_calc.spelling import clean

ISSUED = date(2023, 9, 13)


@pytest.mark.parametrize(
    # text, word, name, day, title
    ("text", "word", "name", "day", "title"),
    [
        ("Số: 422/BC-UBND", "", "422/BC-UBND", None, ""),
        ("Số: 9758 /BC-UBND", "", "9758/BC-UBND", None, ""),
        ("Báo cáo số 1779//BC-UBND ngày 31/12/2023", "Báo cáo", "1779/BC-UBND", date(2023, 12, 31), ""),
        ("(Quyết định số 141/QĐ –UBND ngày 07/6/2023)", "Quyết định", "141/QĐ-UBND", date(2023, 6, 7), ""),
        ("Nghị định 61/2018/NĐ-CP ngày 23/4/2018", "Nghị định", "61/2018/NĐ-CP", date(2018, 4, 23), ""),
        ("Nghị định số 117/2013/NĐ-CP ngày 07/19/2013", "Nghị định", "117/2013/NĐ-CP", None, ""),
        ("theo công văn số 1125/VP-UBND ngày 28/02/2022", "công văn", "1125/VP-UBND", date(2022, 2, 28), ""),
        ("Công văn số 293-CV/ThU ngày 04/6/2021", "Công văn", "293-CV/ThU", date(2021, 6, 4), ""),
        ("Công văn số 858/UBND ngày 20/6/2023", "Công văn", "858/UBND", date(2023, 6, 20), ""),
        ("Quyết định số 376/QĐ-UBND ngày 24 tháng 8 năm 2021", "Quyết định", "376/QĐ-UBND", date(2021, 8, 24), ""),
        ("Luật số 80/2015/QH13 ngày 22/6/2015", "", "80/2015/QH13", date(2015, 6, 22), ""),
        ("(QĐ số 45/QĐ-UBND ngày 03/3/2023)", "QĐ", "45/QĐ-UBND", date(2023, 3, 3), ""),
        ("Kế hoạch số 759/KH-UBND về việc Tự kiểm tra; các phòng", "Kế hoạch", "759/KH-UBND", None, "Tự kiểm tra"),
        (
            "Kế hoạch số 979/KH-UBND ngày 18/7/2023 của UBND phường về Nâng cao mức độ hài lòng.",
            "Kế hoạch",
            "979/KH-UBND",
            date(2023, 7, 18),
            "Nâng cao mức độ hài lòng",
        ),
        ("báo cáo số 12/BC-UBND ngày 03/3/2023 về UBND thành phố", "báo cáo", "12/BC-UBND", date(2023, 3, 3), ""),
    ],
)
def test_a_citation_is_taken_apart(text, word, name, day, title):
    [found] = find_citations(text)
    assert (found.word, found.name, found.day, found.title) == (word, name, day, title)


@pytest.mark.parametrize(
    "text",
    [
        "12/16 đơn vị, chiếm tỷ lệ 75%",
        "xử lý đúng hạn 2/3 nội dung",
        "từ ngày 13/6/2023 đến ngày 12/9/2023",
        "Quý III/2023",
        "3 cuộc/01/Quý",
        "TCVN ISO 9001:2015",
        "danh mục TTHC theo QĐ 1150 do UBND tỉnh ban hành",
        "họp giao ban 01/Tuần, mỗi đoàn 3/Ban",
    ],
)
def test_other_strokes_are_no_documents(text):
    assert find_citations(text) == ()


def test_a_title_ends_where_the_next_document_begins():
    text = "Kế hoạch số 1/KH-UBND ngày 01/02/2023 về tuyên truyền, Kế hoạch số 2/KH-UBND ngày 02/02/2023 về kiểm tra"
    assert [found.title for found in find_citations(text)] == ["tuyên truyền", "kiểm tra"]


def test_a_hyphen_between_two_things_is_no_part_of_a_number():
    [found] = find_citations("Kế hoạch số 12/KH-UBND - UBND phường thực hiện")
    assert found.printed == "12/KH-UBND"


@pytest.mark.parametrize(
    ("text", "found", "expected", "cause"),
    [
        ("Số: 9758 /BC-UBND", "9758 /BC-UBND", "9758/BC-UBND", "blank"),
        ("Quyết định số 118 /QĐ-UBND ngày 10/5/2023", "118 /QĐ-UBND", "118/QĐ-UBND", "blank"),
        ("Quyết định số 141/QĐ –UBND ngày 07/6/2023", "141/QĐ –UBND", "141/QĐ-UBND", "blank"),
        ("Quyết định số 141/QĐ–UBND ngày 07/6/2023", "141/QĐ–UBND", "141/QĐ-UBND", "dash"),
        ("Báo cáo số 1779//BC-UBND ngày 31/12/2022", "1779//BC-UBND", "1779/BC-UBND", "double_slash"),
        ("Thông tư số 01/2018/TTVPCP ngày 23/11/2018", "01/2018/TTVPCP", "01/2018/TT-VPCP", "missing_hyphen"),
        ("Nghị định số 63/2010/NĐCP ngày 08/6/2010", "63/2010/NĐCP", "63/2010/NĐ-CP", "missing_hyphen"),
    ],
)
def test_a_miswritten_number(text, found, expected, cause):
    assert told(check_citations, text, issued=ISSUED) == [("citation_malformed", found, expected, cause)]


def test_a_hyphen_is_known_from_the_rest_of_the_document():
    alone = "Công văn số 7/STTTTCNTT ngày 01/02/2023"
    assert told(check_citations, alone) == []
    assert told(check_citations, alone, "Công văn số 769/STTTT-CNTT ngày 14/4/2020") == [
        ("citation_malformed", "7/STTTTCNTT", "7/STTTT-CNTT", "missing_hyphen")
    ]


def test_a_fault_is_told_once():
    assert len(told(check_citations, "Số: 1202 /BC-UBND", "(Kèm theo Báo cáo số 1202 /BC-UBND)")) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("theo công văn số 747/BC-UBND ngày 31/5/2023", "công văn số 747/BC-UBND"),
        ("Báo cáo số 12/KH-UBND", "Báo cáo số 12/KH-UBND"),
        ("Thông tư số 61/2018/NĐ-CP", "Thông tư số 61/2018/NĐ-CP"),
    ],
)
def test_another_type_than_the_code(text, found):
    assert [finding[:2] for finding in told(check_citations, text)] == [("citation_type_differs", found)]


@pytest.mark.parametrize(
    "text",
    [
        "Công văn số 727/UBND-VP",
        "Công văn số 1125/VP-UBND",
        "công văn số 7099/UBND-KSTT",
        "Công văn số 1234/CT-TTHT của Cục Thuế",
        "Công văn số 55/KH-TC của Phòng Kế hoạch",
        "thủ tục hành chính nội bộ số 1060/BC-UBND",
        "Quy chế tổ chức và hoạt động số 112/QĐ-UBND",
        "Tờ trình số 9/TTr-UBND",
    ],
)
def test_an_office_is_no_type(text):
    assert told(check_citations, text) == []


def test_the_year_in_the_number_is_the_year_of_the_date():
    wrong = "Nghị định số 61/2018/NĐ-CP ngày 23/4/2019 của Chính phủ"
    assert told(check_citations, wrong) == [("citation_year_differs", "61/2018/NĐ-CP ngày 23/4/2019", "23/4/2018", "")]
    assert told(check_citations, wrong.replace("2019", "2018")) == []


def test_a_document_of_the_future():
    text = "Báo cáo số 1779/BC-UBND ngày 31/12/2023"
    assert told(check_citations, text, issued=ISSUED) == [
        ("date_in_future", "1779/BC-UBND ngày 31/12/2023", "không sau ngày 13/9/2023", "")
    ]
    assert told(check_citations, text, issued=date(2023, 12, 31)) == []
    assert told(check_citations, text) == [], "a document without a date cannot tell"


def test_a_date_that_cannot_be_names_the_right_one_where_the_document_has_it():
    wrong, right = "Nghị định số 117/2013/NĐ-CP ngày 07/19/2013", "Nghị định số 117/2013/NĐ-CP ngày 07/10/2013"
    assert told(check_citations, wrong) == [("date_impossible", "07/19/2013", "", "")]
    assert told(check_citations, wrong, right) == [("date_impossible", "07/19/2013", "07/10/2013", "")]
    assert told(check_citations, "họp ngày 31/02/2023") == [("date_impossible", "31/02/2023", "", "")]


def test_a_short_year_is_not_impossible():
    assert told(check_citations, "họp ngày 13/6/23 và ngày 05/7/2023") == []


def test_one_number_for_two_titles():
    first = "Quyết định số 15/QĐ-UBND ngày 02/02/2023 Về việc điều chỉnh phân công nhiệm vụ của thành viên UBND"
    second = (
        "Quyết định 15/QĐ-UBND ngày 02/02/2023 Về phân công nhiệm vụ của công chức, người hoạt động không chuyên trách"
    )
    assert [finding[:2] for finding in told(check_citations, f"{first}; {second}")] == [
        ("citation_reused", "15/QĐ-UBND ngày 02/02/2023")
    ]
    assert told(check_citations, first, second.replace("02/02/2023", "03/02/2023")) == [], "another day, another one"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("giao số lượng cán bộ, công chức cấp xã cho từng xã, phường", "giao số lượng cán bộ, công chức cấp xã"),
        ("kiểm soát thủ tục hành chính năm 2023 và chỉ đạo các phòng", "kiểm soát TTHC năm 2023 theo hướng dẫn"),
        ("Quy chế hoạt động của Bộ phận một cửa", "ban hành Quy chế hoạt động của Bộ phận một cửa thuộc phường"),
        ("", "bất kỳ"),
    ],
)
def test_a_shortened_title_is_the_same(one, other):
    assert is_same_title(one, other)
    assert is_same_title(other, one)


def test_a_clean_report_has_no_fault():
    assert told(check_citations, *CLEAN, **CLEAN_FACTS) == []


TYPES = st.sampled_from([kind for kind in document_types().values() if kind.code])


@given(TYPES, st.data(), st.integers(1, 99999), st.dates(date(2000, 1, 1), ISSUED))
def test_a_well_written_citation_is_found_whole_and_is_no_fault(kind, data, number, day):
    issuer = data.draw(st.sampled_from(kind.issuers))
    name = f"{number}/{kind.code}-{issuer}"
    text = f"thực hiện {kind.word} số {name} ngày {day.day}/{day.month}/{day.year} của cơ quan cấp trên"
    [found] = find_citations(text)
    assert (found.word, found.printed, found.name, found.day) == (kind.word, name, name, day)
    assert told(check_citations, text, issued=ISSUED) == []


@given(st.sampled_from(sorted(known_codes())), st.sampled_from([" /", "/ ", "//"]))
def test_every_known_code_is_mended(code, slip):
    [finding] = told(check_citations, f"Số: 12{slip}{code}")
    assert finding[:3] == ("citation_malformed", f"12{slip}{code}", f"12/{code}")
    assert told(check_citations, f"Số: 12/{code.replace('-', '')}")[0][2:] == (f"12/{code}", "missing_hyphen")


@given(any_prose)
def test_no_text_is_too_much(text):
    for found in find_citations(text):
        assert found.printed in clean(text)
        assert [again.name for again in find_citations(found.name)] == [found.name]
    list(check_citations(report_of(clean(text), issued=ISSUED)))


@given(st.text(alphabet=string.ascii_letters + " /-.,ĐđƯư"))
def test_without_a_figure_there_is_no_document(text):
    assert find_citations(text) == ()
