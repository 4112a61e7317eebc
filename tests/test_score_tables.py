"""Tables of points: headings of all kinds, cells that are no scores, dossiers, our own workbook, and files."""

from __future__ import annotations

from fractions import Fraction

import docx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from score_documents import document_of, table_of

from cchc_calc.document import Cell, Table
from cchc_calc.errors import SourceRefusedError
from cchc_calc.rounding import exact_notation
from cchc_calc.score_reading import read_scores
from cchc_calc.scoring.averages import UnitDossier, average_dossiers, with_averages
from cchc_calc.scoring.recognition import recognise_scores
from cchc_calc.scoring.records import DossierPoints, NoPoints, UnitPoints
from cchc_calc.scoring.scales import load_scale
from cchc_calc.scoring.score_cells import read_points

SCALE = load_scale()
NINE = "|".join(f"Tiêu chí {number}" for number in range(1, 10))
TWOS = "2|2|2|2|2|2|2|2"


def told(points):
    return (
        exact_notation(points)
        if isinstance(points, Fraction)
        else {"not_applicable": "KAD"}.get(points.value, points.value)
    )


def read(*blocks):
    """Give the units as name -> scores, the total at the end where there is one."""
    return {
        unit.unit: " ".join(
            [told(points) for points in unit.points.values()]
            + ([] if unit.total is NoPoints.BLANK else [f"= {told(unit.total)}"])
        )
        for unit in recognise_scores(document_of(*blocks)).units
    }


GRIDS = {
    # grid -> units
    "plain": (f"STT|Đơn vị|{NINE}\n1|Phường 3|{TWOS}|0", {"Phường 3": "2 2 2 2 2 2 2 2 0"}),
    "short headings": (
        "Tên đơn vị|TC1|TC 2|tc03\nPhường 3|1|1,5|1.85",
        {"Phường 3": "1 1.5 1.85"},
    ),
    "totals": (
        "UBND xã, phường|Tổng số điểm\nPhường 3|16,00\nxã Tà Nung|14.6",
        {"Phường 3": "= 16", "xã Tà Nung": "= 14.6"},
    ),
    "points alone": ("TT|Đơn vị|Điểm\n1|Phường 3|16", {"Phường 3": "= 16"}),
    "names of criteria": (
        (
            "Đơn vị|Công khai các thủ tục hành chính|3. "
            "Số lần phải liên hệ với nơi tiếp nhận hồ sơ để hoàn thiện hồ sơ\nP3|1|2"
        ),
        {"P3": "1 2"},
    ),
    "the maximum in the heading": ("Đơn vị|Tiêu chí 1 (2 điểm)|Tiêu chí 2 - tối đa 2\nP3|1|2", {"P3": "1 2"}),
    "a group heading over numbers": (
        "STT|Đơn vị|Điểm các tiêu chí|||Tổng điểm\n||1|2|3|\n1|P3|1|2|0|3",
        {"P3": "1 2 0 = 3"},
    ),
    "a group heading over short headings": (
        "STT|Đơn vị|Điểm thành phần||Tổng điểm\n||TC1|TC2|\n1|P3|1|2|3",
        {"P3": "1 2 = 3"},
    ),
    "a group heading above": ("||Điểm tiêu chí|\nSTT|Đơn vị|1|2\n1|P3|1|2", {"P3": "1 2"}),
    "two groups over numbers": (
        "STT|Đơn vị|Tiêu chí||Minh chứng|\n||1|2|1|2\n1|P3|1|2|a|b",
        {"P3": "1 2"},
    ),
    "a row of numbers": (
        f"STT|Đơn vị|{NINE}\n(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)|(9)|(10)|(11)\n1|P3|{TWOS}|0",
        {"P3": "2 2 2 2 2 2 2 2 0"},
    ),
    "a row of letters and numbers": ("STT|Đơn vị|TC1|TC2|Tổng điểm\nA|B|1|2|3=1+2\n1|P3|1|2|3", {"P3": "1 2 = 3"}),
    "units that are numbers": ("Phường|TC1|TC2\n1|1|2\n2|2|2", {"1": "1 2", "2": "2 2"}),
    "no name below the header": ("STT|Đơn vị|Tiêu chí 1|TC2\n||2|1\n2|P6|1|1", {"": "2 1", "P6": "1 1"}),
    "the most there is": ("Đơn vị|Tổng điểm tối đa|Tổng điểm đạt được\nP3|18|16", {"P3": "= 16"}),
    "rows about the points": (
        "STT|Đơn vị|Tổng điểm\n|Điểm tối đa|18\n|Điểm chuẩn|18\n1|P3|16\n|Trung bình cộng|16\n|Tổng điểm|16",
        {"P3": "= 16"},
    ),
    "other words for the total": ("TT|Phường/xã|Điểm số đạt được\n1|P3|16", {"P3": "= 16"}),
    "the total of a year": ("TT|Tên xã, phường|Kết quả chấm điểm năm 2021\n1|P3|16", {"P3": "= 16"}),
    "points by criterion": ("STT|Đơn vị|Điểm theo tiêu chí|\n||1|2\n1|P3|2|1,5", {"P3": "2 1.5"}),
    "a foot": ("STT|Đơn vị|Tổng điểm\n1|P3|16\n|TỔNG CỘNG|16\n|Điểm bình quân chung|16\nCộng||16", {"P3": "= 16"}),
    "groups of units and signatures": (
        "STT|Đơn vị|Tổng điểm\nI|Khối phường|\n1|P3|16\nII|Khối xã|\n2|xã Tà Nung|\n|Người lập bảng|",
        {"P3": "= 16", "xã Tà Nung": ""},
    ),
    "a unit without scores": ("Đơn vị|TC1|TC2\nP3|1|2\nP6||", {"P3": "1 2", "P6": "blank blank"}),
    "empty lines of the form": ("STT|Đơn vị|TC1\n1|P3|2\n2||\n3||", {"P3": "2"}),
    "what does not apply": ("Đơn vị|TC1|TC2|TC3\nP3|Không áp dụng|KAD|0", {"P3": "KAD KAD 0"}),
    "what is no score": ("Đơn vị|TC1|TC2|TC3|TC4\nP3|hai|50%|2/2|-", {"P3": "undecided undecided undecided undecided"}),
    "words beside the score": ("Đơn vị|Tổng điểm\nP3|16,00 điểm", {"P3": "= 16"}),
    "other columns": ("STT|Đơn vị|TC1|Điểm tối đa|Xếp loại|Xếp hạng|Ghi chú\n1|P3|2|2|xuất sắc|1|5", {"P3": "2"}),
    "the total beside other points": ("Đơn vị|Điểm|Tổng điểm\nP3|9|16", {"P3": "= 16"}),
    "criteria go before several totals": ("Đơn vị|TC1|Tổng điểm tự chấm|Tổng điểm thẩm định\nP3|2|17|16", {"P3": "2"}),
    "a title above": ("BẢNG CHẤM ĐIỂM||\nSTT|Đơn vị|TC1\n1|P3|2", {"P3": "2"}),
    "the header printed again": ("STT|Đơn vị|TC1\n1|P3|2\nSTT|Đơn vị|TC1\n2|P6|1", {"P3": "2", "P6": "1"}),
    "two heights of one heading": ("STT|Đơn vị|Tổng\n|| điểm\n1|P3|16", {"P3": "= 16"}),
    "a dossier's headings are no unit's": ("Đơn vị tính|Đơn vị|TC1\nđiểm|P3|2", {"P3": "2"}),
}


@pytest.mark.parametrize("name", GRIDS)
def test_a_table(name):
    grid, expected = GRIDS[name]
    assert read(grid) == expected


def test_a_table_goes_on_after_a_page_break():
    first, second = "STT|Đơn vị|TC1\n1|P3|2", "STT|Đơn vị|TC1\n2|P6|1"
    assert read(first, second) == read(first, "2|P6|1") == {"P3": "2", "P6": "1"}


def test_a_table_of_criteria_goes_before_one_of_totals():
    assert read("Đơn vị|Tổng điểm\nP3|15\nP6|14", "Đơn vị|TC1\nP3|2") == {"P3": "2"}


def test_places_and_findings_of_a_row():
    table = table_of("STT|Đơn vị|TC1|Tổng điểm|Minh chứng\n1|UBND Phường 3|hai|x|Báo cáo 5", "Điểm")
    [unit] = recognise_scores(document_of(table)).units
    assert unit.where == {"": "Điểm!B2", "1": "Điểm!C2", "total": "Điểm!D2"}
    assert unit.evidence == {"": "Báo cáo 5"}
    findings = recognise_scores(document_of(table)).findings
    assert [(finding.rule, finding.where, finding.found, finding.rows) for finding in findings] == [
        ("score_unreadable", "Điểm!C2", "hai", ("1",)),
        ("score_unreadable", "Điểm!D2", "x", ()),
    ]
    assert findings[0].message == "Điểm!C2: “UBND Phường 3”, tiêu chí 1: không đọc được “hai” (không phải một con số)."


def test_evidence_by_criterion():
    [unit] = recognise_scores(document_of("Đơn vị|TC1|Minh chứng 1|Tài liệu minh chứng tiêu chí 2\nP3|2|a|")).units
    assert unit.evidence == {"1": "a", "2": ""}


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "bảng!B3: “Khối phường” không có số thứ tự và không có điểm."),
        ("I", "bảng!B3: “Khối phường” mang số “I”, không phải số thứ tự của đơn vị, và không có điểm."),
    ],
)
def test_a_row_that_is_no_unit_is_named(number, says):
    [finding] = recognise_scores(document_of(f"STT|Đơn vị|TC1\n1|P3|2\n{number}|Khối phường|")).findings
    assert (finding.rule, finding.where, finding.found) == ("score_row_ignored", "bảng!B3", "Khối phường")
    assert finding.message == says


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("1,9", "B2", number=None), "1.9"),
        (Cell("1,87", "B2", number=Fraction(15, 8)), "1.875"),  # what a spreadsheet keeps, not what it shows
        (Cell("1.867", "B2"), "1.867"),  # 1867 points there are not
        (Cell("2", "B2", fault="ô ngày tháng"), "undecided"),
        (Cell("", "B2", fault="ô nằm trong vùng gộp với ô C2"), "undecided"),
        (Cell("#DIV/0!", "B2", fault="lỗi #DIV/0!"), "undecided"),
        (Cell(" ", "B2"), "blank"),
        (Cell("-1", "B2"), "-1"),
        (Cell("3", "B2"), "3"),
        (Cell("không áp dụng.", "B2"), "KAD"),
        (Cell("1O", "B2"), "undecided"),
        (Cell("1,5 2", "B2"), "undecided"),
    ],
)
def test_a_cell(cell, expected):
    assert told(read_points(cell, Fraction(2))) == expected


@pytest.mark.parametrize(
    ("blocks", "code", "words"),
    [
        (["Nội dung không có bảng"], "S10", "không tìm thấy bảng điểm"),
        (["STT|Nội dung|Số liệu\n1|a|2"], "S10", "“Tiêu chí 1”"),
        (["Đơn vị|Ghi chú\nP3|2"], "S10", "không tìm thấy bảng điểm"),
        (["Đơn vị tính|Tổng điểm\nP3|2"], "S10", "không tìm thấy bảng điểm"),
        (["Đơn vị|Minh chứng\nP3|a"], "S10", "không tìm thấy bảng điểm"),
        (
            [table_of("Đơn vị|TC1\nP3|2", "2020"), table_of("Đơn vị|TC1\nP3|1", "2021")],
            "S02",
            "trang “2020”; trang “2021”",
        ),
        (
            ["Đơn vị|Tổng điểm tự chấm|Tổng điểm thẩm định\nP3|16|15"],
            "S02",
            "“Tổng điểm tự chấm”, “Tổng điểm thẩm định”",
        ),
        (["Đơn vị|TC1|Điểm tiêu chí 1\nP3|2|1"], "S02", "“TC1”, “Điểm tiêu chí 1”"),
        (
            [table_of("Đơn vị|Tổng điểm\nP3|9", "Bảng"), table_of("Mã thang điểm|thang-7", "Thang điểm")],
            "S09",
            "“thang-7”",
        ),
    ],
)
def test_what_is_refused(blocks, code, words):
    with pytest.raises(SourceRefusedError) as caught:
        recognise_scores(document_of(*blocks))
    assert (caught.value.code, caught.value.source) == (code, "bảng điểm.xlsx")
    assert words in caught.value.message
    assert caught.value.remedy


def test_a_table_with_the_criteria_as_rows_is_told_to_turn_round():
    with pytest.raises(SourceRefusedError) as caught:
        recognise_scores(document_of("STT|Tiêu chí|UBND Phường 1|UBND Phường 2\n1|Tiêu chí 1|2|1\n2|Tiêu chí 2|1|2"))
    assert caught.value.code == "S10"
    assert "mỗi đơn vị một dòng, mỗi tiêu chí một cột" in caught.value.remedy


@pytest.mark.parametrize(
    ("blocks", "office", "year"),
    [
        (
            ["UBND thành phố Đà Lạt", "Kết quả chấm điểm năm 2021 tại UBND các phường, xã", "Đơn vị|TC1\nP3|2"],
            "UBND thành phố Đà Lạt",
            "2021",
        ),
        (["Cơ quan chấm điểm:|Phòng Nội vụ\nNăm:|2023\nĐơn vị|TC1\nP3|2"], "Phòng Nội vụ", "2023"),
        (["Theo Quyết định 625/QĐ-UBND ngày 21/3/2019", "Đơn vị|TC1\nP3|2"], "", ""),
    ],
)
def test_who_scores_and_for_which_year(blocks, office, year):
    table = recognise_scores(document_of(*blocks))
    assert (table.office, table.year) == (office, year)


# --- our own workbook ------------------------------------------------------------------------------------


def own_sheet(rows, computed="99"):
    """The sheet of points of our own workbook, whose computed columns would all be wrong."""
    header = f"STT|Đơn vị|{NINE}|Tổng điểm|Điểm tối đa|Điểm quy đổi|Xếp loại|Xếp hạng|Dùng để tính 1"
    grid = table_of("\n".join([header, *(f"{row}|{computed}|18|99|x|9|9" for row in rows)]), "Chấm điểm")
    made = tuple(
        tuple(
            cell if column < 11 or not place else Cell(cell.text, cell.where, computed=True)
            for column, cell in enumerate(row)
        )
        for place, row in enumerate(grid.rows)
    )
    return Table(made, "Chấm điểm")


def test_computed_columns_of_our_own_workbook_are_not_read():
    [unit] = recognise_scores(document_of(own_sheet([f"1|P3|{TWOS}|0"]))).units
    assert (unit.total, [told(points) for points in unit.points.values()]) == (NoPoints.BLANK, [*"22222222", "0"])


def test_a_computed_total_of_an_office_is_read():
    table = table_of("Đơn vị|TC1|Tổng điểm\nP3|2|3", "Bảng")
    rows = (table.rows[0], (*table.rows[1][:2], Cell("3", "Bảng!C2", computed=True)))
    [unit] = recognise_scores(document_of(Table(rows, "Bảng"))).units
    assert unit.total == 3


def test_our_own_sheet_goes_before_the_summary():
    summary = table_of("Xếp hạng|Đơn vị|Điểm|Tiêu chí 1\n1|P3|16|1", "Tổng hợp")
    [unit] = recognise_scores(document_of(summary, own_sheet([f"1|P3|{TWOS}|0"]))).units
    assert unit.points["9"] == 0


def test_dossiers_and_evidence_of_our_own_workbook():
    table = recognise_scores(
        document_of(
            own_sheet(["1|P3|||2||2|2|2|2|0"]),
            table_of(
                "Đơn vị|Mã hồ sơ|Tiêu chí 1|Tiêu chí 2|Tiêu chí 3|Tiêu chí 4\n"
                "Phường 3|H1|2|KAD|2|1\nUBND phường 3|H2|1|KAD|1|2",
                "Hồ sơ",
            ),
            table_of("Đơn vị|Tiêu chí 1|Tiêu chí 2\nP3|Báo cáo 5|", "Minh chứng"),
        )
    )
    [unit] = table.units
    assert [told(points) for points in unit.points.values()] == ["1.5", "KAD", "2", "1.5", *"2222", "0"]
    assert unit.evidence == {"1": "Báo cáo 5", "2": ""}
    assert (unit.dossiers, [dossier.code for dossier in unit.averaged]) == (2, ["H1", "H2"])
    assert [(finding.rule, finding.where, finding.rows) for finding in table.findings] == [
        ("dossier_score_overridden", "Chấm điểm!E2", ("3",))
    ]


def test_an_empty_sheet_of_evidence_says_nothing():
    sheet = table_of("Đơn vị|Tiêu chí 1|Tiêu chí 2\nP3||", "Minh chứng")
    [unit] = recognise_scores(document_of(own_sheet([f"1|P3|{TWOS}|0"]), sheet)).units
    assert unit.evidence == {}


def test_the_scale_that_our_own_workbook_states():
    stated = table_of("THANG ĐIỂM|\nMã thang điểm|thang-100", "Thang điểm")
    table = recognise_scores(document_of(table_of("Đơn vị|Tổng điểm\nP3|91", "Bảng"), stated))
    assert table.scale.id == "thang-100"
    assert recognise_scores(document_of(table_of("Đơn vị|TC1\nP3|2", "Bảng"), stated), SCALE).scale is SCALE


# --- dossiers --------------------------------------------------------------------------------------------


def dossiers_of(*rows):
    """Rows of unit, code and scores by criterion, as in ("P3", "H1", "1=2 3=KAD")."""
    words = {"KAD": NoPoints.NOT_APPLICABLE, "-": NoPoints.BLANK, "?": NoPoints.UNDECIDED}
    made = []
    for unit, code, scores in rows:
        pairs = (pair.split("=") for pair in scores.split())
        points = {number: words[given] if given in words else Fraction(given) for number, given in pairs}
        made.append(UnitDossier(unit, DossierPoints(code, points), {"": f"Hồ sơ!{code}"}))
    return made


@pytest.mark.parametrize(
    ("rows", "averages", "rules"),
    [
        ([("P3", "1", "1=2"), ("P3", "2", "1=2"), ("P3", "3", "1=1")], {"P3": {"1": "5/3"}}, []),
        ([("P3", "1", "1=2 3=KAD"), ("P3", "2", "1=KAD 3=KAD")], {"P3": {"1": "2", "3": "KAD"}}, []),
        (
            [("P3", "1", "1=2"), ("phường 3", "2", "1=1"), ("P6", "3", "1=0")],
            {"P3": {"1": "1.5"}, "P6": {"1": "0"}},
            [],
        ),
        ([("P3", "1", "1=2"), ("P3", "2", "1=-")], {"P3": {"1": "blank"}}, ["dossier_score_missing"]),
        ([("P3", "1", "1=2"), ("P3", "2", "1=3")], {"P3": {"1": "undecided"}}, ["score_out_of_range"]),
        ([("P3", "1", "1=2"), ("P3", "2", "1=?")], {"P3": {"1": "undecided"}}, []),  # the reader told of the cell
        ([("P3", "1", "1=2 5=2")], {"P3": {"1": "2"}}, ["dossier_score_unsuited"]),
        ([("P3", "1", "6=2")], {"P3": {"6": "2"}}, []),
        ([("P3", "1", "1=2"), ("P3", "1", "1=2")], {"P3": {"1": "undecided"}}, ["dossier_duplicated"]),
        ([("P3", "", "1=2"), ("P3", "", "1=0")], {"P3": {"1": "1"}}, []),
        ([("", "1", "1=2"), ("P3", "2", "1=0")], {"P3": {"1": "0"}}, ["unit_unnamed"]),
        ([("P3", "1", "")], {"P3": {}}, []),
    ],
)
def test_averages_of_dossiers(rows, averages, rules):
    units, findings = average_dossiers(dossiers_of(*rows), SCALE)
    assert {unit.unit: {number: told(points) for number, points in unit.points.items()} for unit in units} == averages
    assert [finding.rule for finding in findings] == rules
    assert all(finding.where.startswith("Hồ sơ!") and finding.where in finding.message for finding in findings)


def test_dossiers_of_a_unit_that_is_not_in_the_table():
    averages, _ = average_dossiers(dossiers_of(("P3", "1", "1=2")), SCALE)
    units, [finding] = with_averages([UnitPoints("P6")], averages)
    assert (units, finding.rule, finding.found) == ((UnitPoints("P6"),), "dossier_unit_unknown", "P3")


def test_dossiers_alone_make_units():
    table = recognise_scores(document_of("Đơn vị|Mã hồ sơ|TC1\nP3|H1|2\nP3|H2|1\nP6|H3|hai"))
    assert [(unit.unit, told(unit.points["1"])) for unit in table.units] == [("P3", "1.5"), ("P6", "undecided")]
    assert [finding.message for finding in table.findings] == [
        "bảng!C4: “P6”, hồ sơ H3, tiêu chí 1: không đọc được “hai” (không phải một con số)."
    ]


@given(
    st.lists(st.sampled_from([Fraction(0), Fraction(1), Fraction(2), NoPoints.NOT_APPLICABLE]), min_size=1, max_size=12)
)
def test_an_average_is_exact(scores):
    rows = [UnitDossier("P3", DossierPoints(str(code), {"1": points}), {}) for code, points in enumerate(scores)]
    [unit], findings = average_dossiers(rows, SCALE)
    numbers = [points for points in scores if isinstance(points, Fraction)]
    assert unit.points["1"] == (sum(numbers) / len(numbers) if numbers else NoPoints.NOT_APPLICABLE)
    assert not findings


# --- files -----------------------------------------------------------------------------------------------

ROWS = [["STT", "Đơn vị", "Tiêu chí 1", "Tiêu chí 2", "Tổng điểm"], [1, "UBND Phường 3", 1.85, 2, 3.85]]


def write_xlsx(path):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Điểm")
        bold = book.add_format({"num_format": "0.0"})
        sheet.merge_range(0, 0, 1, 0, "STT")
        sheet.merge_range(0, 1, 1, 1, "Đơn vị")
        sheet.merge_range(0, 2, 0, 3, "Điểm tiêu chí")
        sheet.merge_range(0, 4, 1, 4, "Tổng điểm")
        sheet.write_row(1, 2, [1, 2])
        sheet.write_row(2, 0, ROWS[1][:2])
        sheet.write_row(2, 2, ROWS[1][2:4], bold)
        sheet.write_formula(2, 4, "=C3+D3", None, 3.85)


def write_docx(path):
    document = docx.Document()
    grid = document.add_table(rows=2, cols=5)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = str(text).replace(".", ",")
    document.save(str(path))


def write_text(path, mark):
    lines = (mark.join(str(text).replace(".", ",") for text in row) for row in ROWS)
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "txt", "csv"])
def test_one_table_in_every_kind_of_file(suffix, tmp_path):
    path = tmp_path / f"điểm.{suffix}"
    match suffix:
        case "xlsx":
            write_xlsx(path)
        case "docx":
            write_docx(path)
        case _:
            write_text(path, "\t" if suffix == "txt" else ";")
    for given_path in (path, str(path)):
        [unit] = read_scores(given_path).units
        assert (unit.unit, unit.points, unit.total) == (
            "UBND Phường 3",
            {"1": Fraction("1.85"), "2": Fraction(2)},
            Fraction("3.85"),
        )


def test_a_figure_merged_over_units_is_nobodys(tmp_path):
    path = tmp_path / "gộp.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Đơn vị", "TC1", "TC2"])
        sheet.write_column(1, 0, ["P3", "P6"])
        sheet.merge_range(1, 1, 2, 1, 2)
        sheet.write_column(1, 2, [1, 2])
    table = read_scores(path)
    assert [told(unit.points["1"]) for unit in table.units] == ["undecided", "undecided"]
    assert all("gộp" in finding.message for finding in table.findings)


def test_a_file_without_a_table_of_points_is_refused(tmp_path):
    path = tmp_path / "báo cáo.txt"
    path.write_text("Không có bảng nào", encoding="utf-8")
    with pytest.raises(SourceRefusedError) as caught:
        read_scores(path)
    assert (caught.value.code, caught.value.source) == ("S10", "báo cáo.txt")


TEXTS = st.sampled_from(
    ["", "Đơn vị", "Tiêu chí 1", "TC2", "Tổng điểm", "Mã hồ sơ", "Minh chứng", "STT", "1", "2", "P3", "KAD", "(1)"]
)


@given(
    st.lists(st.lists(TEXTS, max_size=5), max_size=8),
    st.sampled_from(["", "Hồ sơ", "Minh chứng", "Chấm điểm", "Thang điểm"]),
)
def test_any_table_is_read_or_refused(rows, name):
    table = Table(tuple(tuple(Cell(text, "A1") for text in row) for row in rows), name)
    try:
        units = recognise_scores(document_of(table)).units
    except SourceRefusedError as error:
        units = error.code
    refused = isinstance(units, str)
    assert units in {"S02", "S10"} if refused else all(isinstance(unit, UnitPoints) for unit in units)
