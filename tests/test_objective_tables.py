"""Tables of objectives in texts, Word files and workbooks, and our own workbook with its figures."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from objective_documents import (
    PLAN_ROW,
    RESULTS_ROW,
    figures_line,
    own_workbook,
    read_text,
    read_workbook,
    sheet_of,
    without_places,
    word_of,
)

from cchc_calc.document import Cell
from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes
from cchc_calc.objective_reading import read_objectives
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.objectives.recognition import recognise_objectives
from cchc_calc.objectives.records import BASE_TEXTS, Base
from cchc_calc.objectives.table_columns import columns_of
from cchc_calc.sources import open_document, read_admitted

REAL = {
    "2022": "000_ket-qua-muc-tieu-chat-luong-2022_nha-trang.txt",
    "2023": "001_ke-hoach-muc-tieu-chat-luong-2023_nha-trang.txt",
    "2020": "002_ket-qua-muc-tieu-chat-luong-6-thang-2020_loc-an.txt",
}


def rules(report):
    return [finding.rule for finding in report.findings]


def refused(data, name):
    with pytest.raises(SourceRefusedError) as error:
        recognise_objectives(read_admitted(admit_bytes(name, data)))
    return error.value


# --- headings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (
            "Stt|Mục tiêu chất lượng|Mức đo lường|Thực tế đạt được|Nguyên nhân không đạt được|Hướng giải quyết",
            "number text measuring attained cause remedy",
        ),
        (
            "STT|Mục tiêu chất lượng|Cách đo lường|Biện pháp/đơn vị thực hiện|Thời gian bắt đầu|Thời gian hoàn thành",
            "number text measuring measures start finish",
        ),
        ("Nội dung công việc|Kết quả thực hiện", "text attained"),
        (
            "TT|MỤC TIÊU|Biện pháp khắc phục|Giải pháp|Đơn vị thực hiện|Thời hạn",
            "number text remedy measures responsible finish",
        ),
        ("Mục tiêu|Kết quả|Thời gian thực hiện", "text attained time"),
        ("TTHC|Mục tiêu chất lượng|Kết quả", "text attained"),
        ("STT|Mục tiêu chất lượng|Chỉ tiêu|Kết quả thực hiện", "number text measuring attained"),
        ("STT|Nội dung|Mục tiêu|Kết quả", "number text measuring attained"),
        ("STT|Chỉ tiêu|Mục tiêu năm 2022|Thực hiện năm 2022", "number text measuring attained"),
    ],
)
def test_columns_are_known_by_how_their_headings_begin(headings, columns):
    found = columns_of([Cell(text, "") for text in headings.split("|")])
    assert sorted(found, key=found.get) == columns.split()


@pytest.mark.parametrize(
    "headings", ["Mục tiêu chất lượng", "STT|Họ và tên|Kết quả", "Nội dung|Ghi chú", "1|Mục tiêu x|y"]
)
def test_other_rows_are_no_headers(headings):
    assert columns_of([Cell(text, "") for text in headings.split("|")]) is None


def test_a_header_may_divide_the_time_in_a_second_row():
    report = read_text(
        ("STT", "Mục tiêu chất lượng", "Biện pháp", "Thời gian", ""),
        ("", "", "", "Bắt đầu", "Hoàn thành"),
        ("1", "Hài lòng 90%", "a", "Tháng 01/2023", "Tháng 6/2023"),
        ("", "", "Bắt đầu", "từ quý I", ""),
    )
    [one] = report.objectives
    assert (one.start, one.finish) == (date(2023, 1, 1), date(2023, 6, 30))
    assert one.measures == "a Bắt đầu"


def test_a_first_objective_that_speaks_of_a_beginning_is_no_header():
    [one] = read_text(PLAN_ROW, ("1", "Hài lòng 90%", "", "Bắt đầu từ quý I", "", "")).objectives
    assert (one.text, one.measures) == ("Hài lòng 90%", "Bắt đầu từ quý I")


# --- rows ----------------------------------------------------------------------------------------------


def test_a_row_without_a_number_goes_on_with_the_row_before():
    report = read_text(
        RESULTS_ROW,
        ("1", "Hồ sơ trễ hạn", "<2%", "trễ hạn", "do lỗi", ""),
        ("", "dưới 2%", "", "1,7%", "phần mềm", ""),
        "",
        RESULTS_ROW,
        ("", "", "", "", "chậm", "Khắc phục"),
        ("2", "Hài lòng đạt 90%", "", "91%", "", ""),
    )
    first, second = report.objectives
    result = report.results["1"]
    assert (first.text, second.text) == ("Hồ sơ trễ hạn dưới 2%", "Hài lòng đạt 90%")
    assert (result.text, result.cause, result.remedy) == ("trễ hạn 1,7%", "do lỗi phần mềm chậm", "Khắc phục")
    assert [(finding.rule, finding.where) for finding in report.findings] == [("row_split", "dòng 3, ô 2")]
    assert "dòng 6, ô 5" in report.findings[0].message


def test_rows_without_any_number_are_counted_as_word_numbers_them():
    report = read_text(PLAN_ROW, ("", "Hài lòng đạt 90%", "", "a"), ("", "", "", "b"), ("", "Trễ hạn dưới 2%", "", "c"))
    assert [(one.number, one.measures) for one in report.objectives] == [("1", "a b"), ("2", "c")]


def test_a_number_may_lead_the_text():
    report = read_text(
        "Mục tiêu chất lượng năm 2023",
        ("Nội dung", "Kết quả"),
        ("1. 100% hồ sơ đúng hạn", "100%"),
        "",
        ("2) Hài lòng trên 1.5 điểm", "2 điểm"),
    )
    assert [(one.number, one.text) for one in report.objectives] == [
        ("1", "100% hồ sơ đúng hạn"),
        ("2", "Hài lòng trên 1.5 điểm"),
    ]


def test_the_table_that_is_signed_is_not_part_of_the_objectives():
    report = read_text(
        "Mục tiêu chất lượng năm 2023",
        ("Nội dung", "Kết quả"),
        ("1. Hài lòng trên 90%", "91%"),
        "",
        ("Nơi nhận: - Lưu VT", "TM. ỦY BAN NHÂN DÂN"),
    )
    assert [(one.number, one.text) for one in report.objectives] == [("1", "Hài lòng trên 90%")]
    assert report.results["1"].text == "91%"


def test_a_table_behind_a_paragraph_is_another():
    report = read_text(RESULTS_ROW, ("1", "Hài lòng 90%", "", "91%", "", ""), "Phụ lục", ("2", "b", "c", "d", "e", "f"))
    assert [one.number for one in report.objectives] == ["1"]


def test_a_heading_within_the_table_is_no_objective():
    report = read_text(
        PLAN_ROW,
        ("Về hồ sơ", "", "", ""),
        ("1", "Trễ hạn dưới 2%", "", "a"),
        ("Về hài lòng", "", "", ""),
        ("2", "Hài lòng 90%", "", ""),
    )
    assert [(one.number, one.text, one.measures) for one in report.objectives] == [
        ("1", "Trễ hạn dưới 2%", "a"),
        ("2", "Hài lòng 90%", ""),
    ]


def test_a_row_before_the_first_number_belongs_to_none():
    report = read_text(PLAN_ROW, ("", "Trễ hạn dưới 2%", "", ""), ("1", "Hài lòng 90%", "", ""))
    assert [one.text for one in report.objectives] == ["Hài lòng 90%"]
    assert [(finding.rule, finding.where) for finding in report.findings] == [("objective_unknown", "dòng 2, ô 2")]


def test_a_number_given_twice_leaves_its_results_open():
    report = read_text(
        RESULTS_ROW,
        ("1", "Hài lòng 90%", "", "91%", "", ""),
        ("1", "Trễ hạn dưới 2%", "", "trễ hạn 1%", "", ""),
        ("1", "Trễ hạn dưới 2%", "", "trễ hạn 1%", "", ""),
        ("2", "Hài lòng  90%.", "", "92%", "", ""),
    )
    assert [*report.results] == ["2"]
    assert [(finding.rule, finding.rows) for finding in report.findings] == [
        ("objective_duplicated", ("1",)),
        ("objective_duplicated", ("1", "2")),
    ]
    assert "dòng 2, ô 2; dòng 3, ô 2" in report.findings[0].message


def numbers_of(*rows):
    cells = [(number, text, "", attained, "", "") for number, text, attained in rows]
    return [one.number for one in read_text("MỤC TIÊU CHẤT LƯỢNG", RESULTS_ROW, *cells).objectives]


ON_TIME, CONTENT, LATE = (("Đúng hạn từ 95%", "96%"), ("Hài lòng trên 84%", "86%"), ("Trễ hạn dưới 2%", "trễ hạn 1%"))
TASK = ("Nâng cao chất lượng phục vụ", "")
FILES = ("Về hồ sơ", "")


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        ([("I", *FILES), ("1", *ON_TIME), ("2", *LATE), ("II", *TASK), ("1", *CONTENT)], ["I.1", "I.2", "II.1"]),
        ([("A", *FILES), ("1", *ON_TIME), ("B.", *TASK), ("1", *CONTENT)], ["A.1", "B.1"]),
        ([("A", *FILES), ("1", *ON_TIME), ("B", *TASK), ("1", *LATE), ("C", *TASK), ("1", *CONTENT)],
         ["A.1", "B.1", "C.1"]),
        ([("D", *FILES), ("1", *ON_TIME), ("", "tại Bộ phận Một cửa", ""), ("Đ", *TASK), ("1", *CONTENT)],
         ["D.1", "Đ.1"]),
        # What is not clear stays as it is.
        ([("1", *ON_TIME), ("II", *TASK), ("1", *CONTENT)], ["1", "II", "1"]),
        ([("I", *FILES), ("1", *ON_TIME), ("1", *LATE), ("II", *TASK), ("1", *CONTENT)], ["I", "1", "1", "II", "1"]),
        ([("I", *FILES), ("1", *ON_TIME), ("I", *TASK), ("1", *CONTENT)], ["I", "1", "I", "1"]),
        ([("I", *ON_TIME), ("1", *LATE), ("II", *TASK), ("1", *CONTENT)], ["I", "1", "II", "1"]),
        ([("I", *FILES), ("1", *ON_TIME), ("II", "Tập huấn", "đã tập huấn"), ("1", *CONTENT)], ["I", "1", "II", "1"]),
        ([("I", *FILES), ("1", *ON_TIME), ("II", *TASK), ("2", *CONTENT)], ["I", "1", "II", "2"]),
        ([("I", *ON_TIME), ("II", *CONTENT)], ["I", "II"]),
        # The heading of 1.1 and 1.2.
        ([("1", *FILES), ("1.1", *ON_TIME), ("1.2", *LATE), ("2", *CONTENT)], ["1.1", "1.2", "2"]),
        ([("1", *CONTENT), ("1.1", *ON_TIME), ("1.2", *LATE)], ["1", "1.1", "1.2"]),
        ([("1", *TASK), ("2", *ON_TIME), ("2.1", *LATE)], ["1", "2", "2.1"]),
    ],
)  # fmt: skip
def test_numbers_that_begin_anew_in_each_group(rows, numbers):
    assert numbers_of(*rows) == numbers


def test_objectives_of_groups_are_evaluated():
    rows = [("I", *FILES), ("1", *ON_TIME), ("II", *TASK), ("1", *CONTENT)]
    cells = [(number, text, "", attained, "", "") for number, text, attained in rows]
    report = read_text("MỤC TIÊU CHẤT LƯỢNG", RESULTS_ROW, *cells)
    assert (rules(report), {number: result.text for number, result in report.results.items()}) == (
        [],
        {"I.1": "96%", "II.1": "86%"},
    )


# --- who, when, by whom --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "measures", "responsible"),
    [
        ("a) Biện pháp thực hiện - Theo dõi. b) Trách nhiệm thực hiện: Văn phòng.", "- Theo dõi.", "Văn phòng."),
        ("Biện pháp: Theo dõi. Đơn vị thực hiện: Văn phòng", "Theo dõi.", "Văn phòng"),
        ("Theo dõi thường xuyên", "Theo dõi thường xuyên", ""),
        ("Biện pháp thực hiện kế hoạch", "Biện pháp thực hiện kế hoạch", ""),
        ("", "", ""),
    ],
)
def test_who_is_responsible_is_parted_from_the_measures(cell, measures, responsible):
    [one] = read_text(PLAN_ROW, ("1", "Hài lòng 90%", "", cell, "", "")).objectives
    assert (one.measures, one.responsible) == (measures, responsible)


@pytest.mark.parametrize(
    ("start", "finish", "days"),
    [
        ("Tháng 01/2023", "Tháng 12/2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("15/3/2023", "30/6/2023", (date(2023, 3, 15), date(2023, 6, 30))),
        ("Quý I/2023", "Quý III/2023", (date(2023, 1, 1), date(2023, 9, 30))),
        ("Thường xuyên", "", (None, None)),
        ("", "Tháng 02/2024", (None, date(2024, 2, 29))),
    ],
)
def test_an_objective_begins_on_the_first_day_named_and_ends_on_the_last(start, finish, days):
    [one] = read_text(
        "Mục tiêu chất lượng năm 2020", PLAN_ROW, ("1", "Hài lòng 90%", "", "a", start, finish)
    ).objectives
    assert (one.start, one.finish) == days


def test_without_columns_for_it_the_time_is_the_year_of_the_title():
    [one] = read_text(
        "Kết quả mục tiêu chất lượng 6 tháng đầu năm 2020", RESULTS_ROW, ("1", "Hài lòng 90%", "", "", "", "")
    ).objectives
    assert (one.start, one.finish) == (date(2020, 1, 1), date(2020, 12, 31))


def test_one_column_may_name_the_whole_time():
    headings = ("STT", "Mục tiêu chất lượng", "Biện pháp", "Thời gian thực hiện")
    [one] = read_text(headings, ("1", "Hài lòng 90%", "a", "Từ tháng 01 đến tháng 6/2023")).objectives
    assert (one.start, one.finish) == (date(2023, 1, 1), date(2023, 6, 30))


def test_an_annex_is_numbered_as_the_document_it_belongs_to():
    report = read_text(
        "KẾ HOẠCH MỤC TIÊU CHẤT LƯỢNG NĂM 2023",
        "(Kèm theo Quyết định số 06 /QĐ-UBND ngày 15/01/2023 của UBND xã Lộc An)",
        PLAN_ROW,
        ("1", "Hài lòng 90%", "", "a", "", ""),
    )
    assert (report.number, report.issued, report.unit) == ("06/QĐ-UBND", date(2023, 1, 15), "UBND xã Lộc An")


# --- refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Không có bảng nào",
        "Mục tiêu chất lượng\nSTT\tHọ và tên\n1\tNguyễn Văn A",
        "Kết quả công tác\nNội dung công việc\tKết quả thực hiện\n1. Họp\tXong",
    ],
)
def test_a_document_without_objectives_is_refused(text):
    error = refused(text.encode(), "a.txt")
    assert error.code == "S10"
    assert "Mục tiêu chất lượng" in error.message
    assert error.remedy


def test_two_sheets_of_results_are_refused_for_nobody_knows_which_counts():
    import io

    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for year in ("2022", "2023"):
            sheet = book.add_worksheet(year)
            sheet.write_row(0, 0, RESULTS_ROW)
            sheet.write_row(1, 0, ("1", "Hài lòng 90%", "", "91%", "", ""))
    error = refused(target.getvalue(), "a.xlsx")
    assert (error.code, "“2022” và “2023”" in error.message) == ("S02", True)


# --- the real documents --------------------------------------------------------------------------------


def real(folder, year):
    return read_objectives(folder / REAL[year])


def asked(report):
    """What each objective asks for: groups of comparators and values."""
    return {
        one.number: [(q.group, q.target and (q.target.comparator, q.target.value)) for q in one.requirements]
        for one in report.objectives
    }


def test_the_results_of_nha_trang_2022(real_reports):
    report = real(real_reports, "2022")
    assert asked(report) == {
        "1": [(1, (">=", 1))],
        "2": [(1, ("<", Fraction(15, 1000))), *((group, ("<=", Fraction(2, 100))) for group in range(2, 8))],
        "3": [(1, (">=", 1))],
        "4": [(1, (">=", Fraction(1, 4))), (1, (">=", Fraction(45, 100)))],
        "5": [(1, (">", Fraction(83, 100)))],
    }
    assert [one.base for one in report.objectives[3].requirements] == [Base.RESOLVED, Base.ONLINE_PROCEDURES]
    assert [one.scope for one in report.objectives[1].requirements] == [
        *("chung", "đất đai", "môi trường", "đăng ký kinh doanh", "xây dựng", "hộ tịch"),
        "lao động - thương binh và xã hội",
    ]
    assert (report.unit, report.number, report.issued) == (
        "UBND thành phố Nha Trang",
        "9758/BC-UBND",
        date(2022, 12, 28),
    )
    assert (report.period.code, report.is_plan, report.asks_causes) == ("2022", False, True)
    assert {(one.start, one.finish) for one in report.objectives} == {(date(2022, 1, 1), date(2022, 12, 31))}
    assert [(total.base, total.count) for total in report.totals] == [(Base.RECEIVED, 15019), (Base.RESOLVED, 13506)]
    assert report.results["2"].cause.endswith("trong năm 2022.")
    assert rules(report) == ["row_split", "objective_texts_conflict", "objective_texts_conflict"]
    assert [finding.found for finding in report.findings[1:]] == ["<=2%", "≥ 83%"]


def test_the_plan_of_nha_trang_2023(real_reports):
    report = real(real_reports, "2023")
    assert asked(report) == {
        "1": [(1, (">=", 1))],
        "2": [(1, ("<", Fraction(15, 1000))), *((group, ("<=", Fraction(2, 100))) for group in range(2, 8))],
        "3": [(1, (">=", Fraction(1, 4))), (1, (">=", Fraction(45, 100)))],
        "4": [(1, (">=", 1))],
        "5": [(1, (">", Fraction(84, 100)))],
    }
    assert [one.base for one in report.objectives[2].requirements] == [Base.RECEIVED, Base.ONLINE_PROCEDURES]
    assert (report.is_plan, report.unit, report.number, report.issued) == (True, "", "", None)
    assert {(one.start, one.finish) for one in report.objectives} == {(date(2023, 1, 1), date(2023, 12, 31))}
    assert {one.responsible for one in report.objectives} == {"Các cơ quan chuyên môn thuộc UBND thành phố."}
    assert not any("rách nhiệm thực hiện" in one.measures for one in report.objectives)
    assert rules(report) == ["row_split", "row_split", "objective_base_differs"]


def test_the_half_year_of_loc_an_2020(real_reports):
    report = real(real_reports, "2020")
    over = {percent: (">", Fraction(percent, 100)) for percent in (80, 85, 90, 95)}
    assert asked(report) == {
        "1": [(1, (">=", 1))],
        "2": [(1, (">=", 1)), (2, over[90])],
        "3": [(1, over[95])],
        "4": [(1, None), (2, (">=", 1)), (3, None)],
        "5": [(1, over[95])],
        "6": [(1, over[80])],
        "7": [(1, (">=", 1)), (2, over[85])],
        "8": [(1, (">=", 1))],
        "9": [(1, (">=", 1)), (2, (">=", 1))],
        "10": [(1, (">=", 1))],
    }
    assert (report.unit, report.number, report.issued) == ("UBND xã Lộc An", "422/BC-UBND", date(2020, 8, 26))
    assert (report.period.code, len(report.results), report.asks_causes) == ("2020-H1", 10, False)
    assert {(one.start, one.finish) for one in report.objectives} == {(date(2020, 1, 1), date(2020, 12, 31))}
    assert report.declared.numbers == ("2", "5", "6", "8", "9", "10")
    assert rules(report) == []


@pytest.mark.parametrize("year", REAL)
@pytest.mark.parametrize(("convert", "name"), [(word_of, "a.docx"), (sheet_of, "a.xlsx")])
def test_the_kind_of_file_changes_nothing(real_reports, year, convert, name, tmp_path):
    source = real_reports / REAL[year]
    (tmp_path / name).write_bytes(convert(open_document(source)))
    assert without_places(read_objectives(tmp_path / name)) == without_places(read_objectives(source))


# --- our workbook --------------------------------------------------------------------------------------

PLAN = [
    ("1", "Số hồ sơ trễ hạn dưới 1,5%. Đối với lĩnh vực đất đai, trễ hạn không quá 2%", "", "Theo dõi", "Văn phòng"),
    ("2", "Hồ sơ trực tuyến đạt từ 25% trở lên", "", "", ""),
]


def line(number="1", **cells):
    return figures_line(number=number, **({"comparator": "dưới", "value": 0.015, "unit": "%"} | cells))


def test_the_figures_give_what_is_asked_for_and_what_was_reached():
    report = read_workbook(
        plan=PLAN,
        figures=[
            line(scope="chung", base=BASE_TEXTS[Base.RESOLVED], numerator=234, denominator=13506, declared=0.0173),
            line(scope="đất đai", comparator=" Không quá ", value=0.02, declared=0.0639),
            line(
                "2",
                group="a",
                comparator="từ",
                value=0.25,
                base=BASE_TEXTS[Base.RECEIVED],
                numerator=5436,
                denominator=15019,
            ),
            line("2", group="A", comparator=">=", value=0.45, base=BASE_TEXTS[Base.ONLINE_PROCEDURES]),
            line("2", comparator="trên", value=3, unit="hội nghị", numerator=4),
        ],
        results=[("1", "", "", "Trễ hạn 1,73%", "", "", "Do phần mềm", "Khắc phục")],
    )
    late, online = report.objectives
    assert [(one.group, one.scope, one.target.text, one.quantity) for one in late.requirements] == [
        (1, "chung", "dưới 1,5%", "late"),
        (2, "đất đai", "không quá 2%", "late"),
    ]
    assert [(one.group, one.target.text, one.base) for one in online.requirements] == [
        (1, "từ 25% trở lên", Base.RECEIVED),
        (1, "từ 45% trở lên", Base.ONLINE_PROCEDURES),
        (2, "trên 3 hội nghị", None),
    ]
    overall, land = report.results["1"].attainments
    assert (overall.numerator, overall.denominator, overall.requirement, overall.where) == (234, 13506, 0, "Số liệu!I5")
    assert (land.declared, land.declared_text, land.requirement) == (Fraction(639, 10000), "0,0639", 1)
    assert [one.requirement for one in report.results["2"].attainments] == [0, 2]
    assert (report.results["1"].text, report.results["1"].cause) == ("Trễ hạn 1,73%", "Do phần mềm")
    assert (late.responsible, report.unit, report.period.code) == ("Văn phòng", "UBND xã Lộc An", "2023")
    assert rules(report) == []


@pytest.mark.parametrize(
    ("cells", "attained"),
    [
        ({"numerator": "Không phát sinh"}, (0, 0, None, False)),
        ({"numerator": "Không phát sinh", "denominator": 10}, (0, 10, None, False)),
        ({"declared": "Chưa phát sinh"}, (None, None, None, True)),
        ({"numerator": 0, "denominator": 0}, (0, 0, None, False)),
        ({"numerator": 5}, (5, None, None, False)),
        ({"declared": 1}, (None, None, Fraction(1), False)),
        ({}, None),
    ],
)
def test_nothing_arisen_is_told_from_nothing_reported(cells, attained):
    report = read_workbook(plan=PLAN, figures=[line(**cells)])
    found = [one for result in report.results.values() for one in result.attainments]
    assert [(a.numerator, a.denominator, a.declared, a.not_arising) for a in found] == ([attained] if attained else [])
    assert rules(report) == []


@pytest.mark.parametrize(
    ("cells", "rule", "where", "says"),
    [
        ({"comparator": "khoảng"}, "objective_line_unclear", "D5", "“dưới”, “không quá”, “từ”, “trên”"),
        ({"comparator": None}, "objective_line_unclear", "D5", "chưa chọn phép so sánh"),
        ({"value": "1,5% hoặc 2%"}, "target_unreadable", "E5", "nêu 2 con số"),
        ({"value": "1,5%"}, "target_unreadable", "E5", "bằng chữ"),
        ({"value": None}, "target_unreadable", "E5", "chưa ghi mức"),
        ({"value": 1.2}, "target_unreadable", "E5", "trên 100%"),
        ({"value": -0.1}, "target_unreadable", "E5", "số âm"),
        ({"value": True}, "target_unreadable", "E5", "TRUE/FALSE"),
        ({"unit": None}, "objective_line_unclear", "F5", "đơn vị tính"),
        ({"numerator": "hai", "denominator": 10}, "unreadable_value", "I5", "“hai”"),
        ({"numerator": 2.5, "denominator": 10}, "unreadable_value", "I5", "số nguyên"),
        ({"numerator": -1, "denominator": 10}, "unreadable_value", "I5", "số nguyên"),
        ({"numerator": 1, "denominator": "10 hồ sơ"}, "unreadable_value", "J5", "“10 hồ sơ”"),
        ({"numerator": 1e9 + 1, "unit": "điểm", "value": 90}, "unreadable_value", "I5", "số nguyên"),
        ({"declared": "94,2%"}, "unreadable_value", "K5", "“94,2%”"),
        ({"declared": 94.2}, "unreadable_value", "K5", "từ 0% đến 100%"),
        ({"numerator": 20, "denominator": 10}, "part_exceeds_whole", "I5", "tử số 20 lớn hơn mẫu số 10"),
        ({"number": "9"}, "objective_unknown", "A5", "không có mục tiêu số 9"),
        ({"number": None}, "objective_unknown", "A5", "không ghi số thứ tự"),
        ({"scope": "chung", "value": 0.02}, "objective_texts_conflict", "E5", "“dưới 1,5%”"),
    ],
)
def test_bad_input_is_a_finding_with_its_cell_and_nothing_is_guessed(cells, rule, where, says):
    report = read_workbook(plan=PLAN, figures=[line(**cells)])
    [finding] = report.findings
    assert (finding.rule, finding.where) == (rule, f"Số liệu!{where}")
    assert says in finding.message
    assert f"Số liệu!{where}" in finding.message
    assert finding.remedy
    asked = report.objectives[0].requirements
    attained = [one for result in report.results.values() for one in result.attainments]
    if rule in {"objective_line_unclear", "target_unreadable"}:
        assert [one.target for one in asked] == [None]
    if rule == "unreadable_value":
        assert [(one.numerator, one.denominator, one.declared) for one in attained] in ([(None, None, None)], [])


def uncomputed(rows):
    """Read a workbook in which a text with "=" first is a formula that nobody computed."""
    book = openpyxl.Workbook()
    for row in [("MỤC TIÊU CHẤT LƯỢNG NĂM 2023",), (), RESULTS_ROW, *rows]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return recognise_objectives(read_admitted(admit_bytes("muc-tieu.xlsx", target.getvalue())))


def test_a_formula_without_a_result_is_told_with_its_cells():
    formula = '=A9&"% hồ sơ"'
    report = uncomputed([("1", "Đúng hạn từ 95%", "", formula, "", ""), ("2", "Hài lòng trên 84%", "", "86%", "", "")])
    [finding] = report.findings
    assert (finding.rule, finding.code, finding.where) == ("unreadable_value", "C19", "Sheet!D4")
    assert finding.message.startswith("Sheet!D4: công thức chưa có kết quả")
    assert "Mở tệp bằng Excel" in finding.remedy
    assert list(report.results) == ["2"]


def test_a_file_that_was_never_computed_gives_one_finding():
    [finding] = uncomputed([(f"{place}", "Đúng hạn từ 95%", "", "=A1", "", "") for place in range(1, 9)]).findings[:1]
    assert finding.message.startswith("Sheet!D4, Sheet!D5, Sheet!D6, Sheet!D7, Sheet!D8 và 3 ô khác: công thức")


def test_a_number_by_a_formula_without_a_result_is_told():
    report = uncomputed([("1", "Đúng hạn từ 95%", "", "96%", "", ""), ("=A4+1", "Hài lòng", "", "86%", "", "")])
    assert [(one.rule, one.where) for one in report.findings][:1] == [("unreadable_value", "Sheet!A5")]


def test_a_count_by_a_formula_without_a_result_tells_how_it_is_mended(tmp_path):
    path = tmp_path / "muc-tieu.xlsx"
    path.write_bytes(own_workbook(plan=PLAN, figures=[line(numerator=1, denominator=2)]))
    book = openpyxl.load_workbook(path)
    book["Số liệu"]["I5"] = "=1+1"
    book.save(path)
    [finding] = read_objectives(path).findings
    assert (finding.rule, finding.code, finding.where) == ("unreadable_value", "C19", "Số liệu!I5")
    assert "Mở tệp bằng Excel" in finding.remedy


def test_the_same_objective_twice_in_the_plan_leaves_its_figures_open():
    report = read_workbook(
        plan=[PLAN[0], ("1", "Hài lòng trên 90%", "", "", "")], figures=[line(numerator=1, denominator=100)]
    )
    assert rules(report) == ["objective_duplicated", "objective_unknown"]
    assert report.results == {}


def test_an_objective_without_a_number_in_the_plan_is_said():
    report = read_workbook(plan=[PLAN[0], ("", "Hài lòng trên 90%", "", "", "")])
    assert [(finding.rule, finding.where) for finding in report.findings] == [("objective_unknown", "Kế hoạch!B6")]


def test_a_result_of_no_objective_of_the_plan_is_said():
    report = read_workbook(plan=PLAN, results=[("7", "", "", "Đạt 100%", "", "", "", "")])
    assert [(finding.rule, finding.where) for finding in report.findings] == [("objective_unknown", "Kết quả!A5")]


def test_who_signs_below_the_results_is_no_objective():
    report = read_workbook(plan=PLAN, results=[("1", "", "", "Đạt", "", "", "", ""), ("", "NGƯỜI LẬP BÁO CÁO")])
    assert [*report.results] == ["1"]
    assert rules(report) == []


def test_an_objective_without_a_line_of_figures_is_read_from_its_text():
    report = read_workbook(plan=PLAN)
    assert [len(one.requirements) for one in report.objectives] == [2, 1]
    assert report.is_plan


def test_the_first_of_a_month_in_a_date_cell_stands_for_the_whole_month(tmp_path):
    import openpyxl

    path = tmp_path / "a.xlsx"
    path.write_bytes(own_workbook(plan=[PLAN[0], PLAN[1]]))
    book = openpyxl.load_workbook(path)
    book["Kế hoạch"]["F5"], book["Kế hoạch"]["G5"] = date(2023, 1, 1), date(2023, 12, 1)
    book["Kế hoạch"]["F6"], book["Kế hoạch"]["G6"] = date(2023, 3, 15), date(2023, 6, 20)
    book.save(path)
    days = [(one.start, one.finish) for one in read_objectives(path).objectives]
    assert days == [(date(2023, 1, 1), date(2023, 12, 31)), (date(2023, 3, 15), date(2023, 6, 20))]


@given(
    st.sampled_from([*COMPARATOR_WORDS]),
    st.booleans(),
    st.integers(0, 10_000),
    st.integers(0, 1000),
    st.integers(0, 1000),
)
def test_what_is_typed_is_what_is_read(comparator, as_word, hundredths, part, rest):
    typed = COMPARATOR_WORDS[comparator] if as_word else comparator
    figures = [line(comparator=typed, value=hundredths / 10_000, numerator=part, denominator=part + rest)]
    report = read_workbook(plan=PLAN, figures=figures)
    [requirement] = report.objectives[0].requirements
    [attained] = report.results["1"].attainments
    assert (requirement.target.comparator, requirement.target.value) == (comparator, Fraction(hundredths, 10_000))
    assert (attained.numerator, attained.denominator) == (part, part + rest)


@given(st.lists(st.sampled_from(["", "a", "b", "A", "c"]), min_size=1, max_size=8))
def test_lines_of_one_letter_are_alternatives_and_others_stand_alone(letters):
    report = read_workbook(plan=PLAN, figures=[line(group=letter) for letter in letters])
    groups = [one.group for one in report.objectives[0].requirements]
    for place, letter in enumerate(letters):
        for other in range(place):
            same = letter != "" and letter.casefold() == letters[other].casefold()
            assert (groups[place] == groups[other]) is same


CELLS = st.sampled_from(
    [
        "",
        "1",
        "2",
        "Hài lòng 90%",
        "100%",
        "STT",
        "Mục tiêu chất lượng",
        "Kết quả",
        "Thực tế đạt được",
        "<p>",
        "Bắt đầu",
        "a",
    ]
)


@given(
    st.lists(
        st.one_of(CELLS.map(lambda text: (text,)), st.lists(CELLS, min_size=2, max_size=6).map(tuple)), max_size=12
    )
)
def test_any_table_is_read_without_an_error(lines):
    report = read_text(RESULTS_ROW, *lines)
    assert all(one.number for one in report.objectives)
    assert report.results.keys() <= {one.number for one in report.objectives}
