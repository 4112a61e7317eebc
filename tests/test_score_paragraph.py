"""The paragraph of a scoring: written from the figures, and a published one held against them."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from score_documents import unit

from cchc_calc.score_reading import read_scores
from cchc_calc.scoring.named_units import named_units
from cchc_calc.scoring.paragraph import NONE_SCORED, bound_text, bounds_text, share_text, write_paragraph
from cchc_calc.scoring.published import check_published, published_figures
from cchc_calc.scoring.published_lines import result_lines
from cchc_calc.scoring.records import UnitPoints
from cchc_calc.scoring.scales import load_scale, scale_ids
from cchc_calc.scoring.scored_units import score_units

EXAMPLES = Path(__file__).parents[1] / "workbooks" / "vi-du"
TABLE = read_scores(EXAMPLES / "cham-diem-2021-da-lat.csv")
DA_LAT = score_units(TABLE.units, TABLE.scale, findings=TABLE.findings)
RETOLD = (EXAMPLES / "cham-diem-2021-da-lat.txt").read_text(encoding="utf-8")
WRITTEN = "\n".join(write_paragraph(DA_LAT))
OVERLAP = ("bands_overlap", "từ 12 đến 15 điểm", "từ 12 đến dưới 15 điểm")


def told(text, scoring=DA_LAT):
    return [(finding.rule, finding.found, finding.expected) for finding in check_published(text, scoring)]


def totals(*points, scale=None):
    return score_units([unit(f"Phường {place}", total=total) for place, total in enumerate(points, start=1)], scale)


# --- the example -----------------------------------------------------------------------------------------


def test_the_constructed_units_satisfy_every_published_figure():
    names = {f"UBND Phường {number}" for number in range(1, 13)}
    names |= {f"UBND xã {name}" for name in ("Xuân Thọ", "Xuân Trường", "Tà Nung", "Trạm Hành")}
    assert {scored.given.unit for scored in DA_LAT.units} == names
    assert len(DA_LAT.units) == 16
    assert [str(scored.standing.points) for scored in DA_LAT.units].count("78/5") == 10
    assert (DA_LAT.mean, DA_LAT.best, DA_LAT.worst, DA_LAT.findings) == (
        Fraction("15.3"),
        ("UBND Phường 3", "UBND Phường 6"),
        ("UBND Phường 8",),
        (),
    )
    assert [group.count for group in DA_LAT.groups] == [12, 4, 0, 0, 0]
    assert sorted({scored.standing.rank for scored in DA_LAT.units}) == [1, 3, 13, 16]


def test_the_constructed_units_say_that_they_are():
    lines = (EXAMPLES / "cham-diem-2021-da-lat.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 17
    assert all(line.endswith("Dựng để làm ví dụ: bảng chi tiết không được công bố") for line in lines[1:])


def test_the_paragraph_of_the_example():
    assert write_paragraph(DA_LAT) == (
        "Nhóm đạt mức độ xuất sắc (từ 15 điểm trở lên): 12/16 đơn vị, chiếm tỷ lệ 75%.",
        "Nhóm đạt mức độ tốt (từ 12 đến dưới 15 điểm): 04/16 đơn vị, chiếm tỷ lệ 25%.",
        "Nhóm đạt mức độ khá (từ 09 đến dưới 12 điểm): Không.",
        "Nhóm đạt mức độ trung bình (từ 06 đến dưới 09 điểm): Không.",
        "Nhóm đạt mức độ yếu (dưới 06 điểm): Không.",
        "Đơn vị có điểm số cao nhất: UBND Phường 3, UBND Phường 6 (đạt 16,00 điểm).",
        "Đơn vị có điểm số thấp nhất: UBND Phường 8 (đạt 13,00 điểm).",
        "Điểm số bình quân: 15,30 điểm, xếp loại xuất sắc.",
    )


@pytest.mark.parametrize("text", [RETOLD, WRITTEN], ids=["retold", "written"])
def test_every_figure_of_the_example_agrees(text):
    figures = published_figures(text, DA_LAT)
    assert [figure for figure in figures if not figure.agrees] == []
    assert len(figures) == (17 if text is RETOLD else 20)
    assert told(text) == ([OVERLAP] if text is RETOLD else [])


def real_report(folder):
    [path] = folder.glob("003_*")
    return path.read_text(encoding="utf-8")


def test_every_figure_of_the_real_report_agrees(real_reports):
    text = real_report(real_reports)
    figures = published_figures(text, DA_LAT)
    assert [figure for figure in figures if not figure.agrees] == []
    assert [(figure.what, figure.published) for figure in figures] == [
        ("nhóm xuất sắc, mốc điểm", "từ 15 điểm trở lên"),
        ("nhóm xuất sắc, số đơn vị", "12"),
        ("nhóm xuất sắc, tổng số đơn vị", "16"),
        ("nhóm xuất sắc, tỷ lệ", "75%"),
        ("nhóm tốt, mốc điểm", "từ 12 đến 15 điểm"),
        ("nhóm tốt, số đơn vị", "04"),
        ("nhóm tốt, tổng số đơn vị", "16"),
        ("nhóm tốt, tỷ lệ", "25%"),
        ("nhóm khá, mốc điểm", "từ 09 đến dưới 12 điểm"),
        ("nhóm khá, số đơn vị", "00"),
        ("nhóm trung bình, yếu, số đơn vị", "00"),
        ("đơn vị có điểm cao nhất", "UBND Phường 3, 6"),
        ("điểm cao nhất", "16,00"),
        ("đơn vị có điểm thấp nhất", "UBND Phường 8"),
        ("điểm thấp nhất", "13,00"),
        ("điểm bình quân", "15,30"),
        ("xếp loại của điểm bình quân", "xuất sắc"),
    ]
    assert told(text) == [OVERLAP]


def result_part(text):
    """Give where part I begins and ends."""
    return text.index("Kết quả thực hiện"), text.index("\nII.") if "\nII." in text else len(text)


def changes(text):
    """Give the text with each of its figures, names of classes and "Không" changed, one at a time."""
    start, end = result_part(text) if "Kết quả thực hiện" in text else (0, len(text))
    for digit in re.finditer(r"\d", text[start:end]):
        line = text[text.rfind("\n", 0, start + digit.start()) + 1 :].partition("\n")[0]
        if line.startswith("("):
            continue  # "(Bảng điểm chi tiết của 16 phường, xã …)" is no result
        for other in "0123456789":
            if other != digit[0]:
                place = start + digit.start()
                yield text[:place] + other + text[place + 1 :]
    for old, new in (("Không.", "01/16 đơn vị."), ("Không.", "01 đơn vị."), ("loại xuất sắc", "loại tốt")):
        for found in re.finditer(re.escape(old), text[start:end]):
            place = start + found.start()
            yield text[:place] + new + text[place + len(old) :]


@pytest.mark.parametrize("text", [RETOLD, WRITTEN], ids=["retold", "written"])
def test_any_changed_figure_is_found(text):
    expected, made = told(text), 0
    for changed in changes(text):
        made += 1
        found = told(changed)
        assert any(rule == "published_differs" for rule, _, _ in found), changed
        assert found != expected
    assert made > 300


def test_any_changed_figure_of_the_real_report_is_found(real_reports):
    for changed in changes(real_report(real_reports)):
        assert any(rule == "published_differs" for rule, _, _ in told(changed)), changed


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        ("12/16", "11/16", "11", "12"),
        ("75%", "74%", "74%", "75%"),
        ("04/16", "04/15", "15", "16"),
        ("Phường 3, 6", "Phường 3", "UBND Phường 3", "UBND Phường 3, UBND Phường 6"),
        ("Phường 3, 6", "Phường 3, 6, 7", "UBND Phường 3, 6, 7", "UBND Phường 3, UBND Phường 6"),
        ("Phường 8", "xã 8", "UBND xã 8", "UBND Phường 8"),
        ("15,30 điểm", "15,31 điểm", "15,31", "15,30"),
        ("xếp loại xuất sắc", "xếp loại tốt", "tốt", "xuất sắc"),
        ("từ 09 đến dưới 12", "từ 09 đến dưới 13", "từ 09 đến dưới 13 điểm", "từ 09 đến dưới 12 điểm"),
        ("từ 15 điểm trở lên", "từ 14 điểm trở lên", "từ 14 điểm trở lên", "từ 15 điểm trở lên"),
        ("Nhóm trung bình và yếu: Không", "Nhóm trung bình và yếu: 01/16 đơn vị", "01", "00"),
        ("Nhóm tốt", "Nhóm trung bình", "04", "00"),
    ],
)
def test_a_changed_figure_is_named_with_what_it_should_be(old, new, found, expected):
    assert ("published_differs", found, expected) in told(RETOLD.replace(old, new))


def test_a_class_that_is_left_out():
    text = "\n".join(line for line in RETOLD.splitlines() if not line.startswith("Nhóm tốt"))
    [finding] = check_published(text, DA_LAT)
    assert finding.message == "dòng 16: nhóm tốt, số đơn vị không có trong bài, tính từ bảng điểm là “04”."


def test_the_message_of_an_overlap():
    [finding] = check_published(RETOLD, DA_LAT)
    assert finding.message == "dòng 13: “từ 12 đến 15 điểm” chồng lên nhóm xuất sắc: 15 điểm thuộc cả hai nhóm."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Báo cáo không có kết quả", ""),
        ("Nhóm đạt mức độ tốt: nhiều đơn vị", "Nhóm đạt mức độ tốt: nhiều đơn vị"),
        ("Đơn vị có điểm số cao nhất là UBND Phường 3", "Đơn vị có điểm số cao nhất là UBND Phường 3"),
        ("Điểm bình quân: rất cao", "Điểm bình quân: rất cao"),
    ],
)
def test_a_result_that_cannot_be_read(text, found):
    assert ("published_unread", found, "") in told(text)


@pytest.mark.parametrize("line", ["Có 11 đơn vị xếp loại xuất sắc (chiếm 68,75%)", "Dẫn đầu là phường 3 với 16,5 điểm"])
def test_a_result_in_words_that_are_not_read_is_said(line):
    assert ("published_unread", line, "") in told(f"Điểm số bình quân: 15,30 điểm\n{line}")


@pytest.mark.parametrize(
    "text",
    [
        "- Điểm cao nhất: 16,00 điểm (UBND Phường 3, 6)",
        "1. Điểm cao nhất là của UBND phường 3 và phường 6, đạt 16 điểm; thấp nhất là UBND phường 8 (13 điểm).",
        "Đơn vị có điểm số cao nhất: Phường 3, Phường 6 với 16,0 điểm",
        "a) Nhóm xuất sắc: 12 đơn vị (75,0%)",
        "Điểm số bình quân của 16 đơn vị là 15,3 điểm",
        "NHÓM ĐẠT MỨC ĐỘ KHÁ: KHÔNG CÓ ĐƠN VỊ NÀO",
        "1. Xếp loại xuất sắc: 12 đơn vị",
        "- Loại Tốt: 4/16 (25%)",
        "Điểm trung bình toàn thành phố: 15,3 điểm.",
    ],
)
def test_other_ways_to_say_it(text):
    figures = published_figures(text, DA_LAT)
    left_out = [figure for figure in figures if not figure.published]
    assert figures != tuple(left_out)
    assert all(figure.agrees for figure in figures if figure.published)


def test_where_nothing_is_scored():
    nothing = score_units([])
    assert write_paragraph(nothing) == (NONE_SCORED,)
    agreeing = {figure.what for figure in published_figures(RETOLD, nothing) if figure.agrees}
    assert agreeing == {f"nhóm {name}, mốc điểm" for name in ("xuất sắc", "tốt", "khá")} | {
        "nhóm khá, số đơn vị",
        "nhóm trung bình, yếu, số đơn vị",
    }


# --- names, bounds, shares -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND Phường 3, 6", ["phường 3", "phường 6"]),
        ("UBND các phường: 3, 6 và 8", ["phường 3", "phường 6", "phường 8"]),
        ("xã Xuân Thọ, Xuân Trường", ["xã xuân thọ", "xã xuân trường"]),
        ("Phường 3; xã Tà Nung", ["phường 3", "xã tà nung"]),
        ("Phòng Văn hóa, Khoa học và Thông tin, Phòng Nội vụ", ["phòng nội vụ", "phòng văn hóa khoa học và thông tin"]),
        ("UBND Phường 36", ["phường 36"]),
        ("Phường 3, xã Lạ, Tà Nung", ["phường 3", "xã lạ", "xã tà nung"]),
        ("", []),
    ],
)
def test_units_named_in_a_line(text, expected):
    known = {"phường 3", "phường 6", "phường 8", "xã xuân thọ", "xã xuân trường", "xã tà nung"}
    known |= {"phòng nội vụ", "phòng văn hóa khoa học và thông tin"}
    assert sorted(named_units(text, known)) == expected


@pytest.mark.parametrize(
    ("share", "text"),
    [("3/4", "75%"), ("1", "100%"), ("1/8", "12,5%"), ("1/16", "6,25%"), ("1/3", "33,33%"), ("2/3", "66,67%")],
)
def test_a_share_is_as_short_as_it_is_exact(share, text):
    assert share_text(Fraction(share)) == text


def test_bounds_with_decimals():
    assert [bound_text(Fraction(text)) for text in ("9", "12", "8.5", "8.25", "0")] == ["09", "12", "8,5", "8,25", "00"]


@pytest.mark.parametrize("scale_id", scale_ids())
def test_the_bounds_as_written_hold_every_point_once(scale_id):
    scale = load_scale(scale_id)
    texts = [bounds_text(point_class, scale) for point_class in scale.classes]
    assert texts[0].endswith("trở lên")
    assert texts[-1].startswith("dưới")
    assert all(" đến dưới " in text for text in texts[1:-1])


def test_units_without_points_are_named_last():
    lines = write_paragraph(score_units([unit("P1", total="16"), unit("P2"), unit("P3", "2 2")]))
    assert lines[-1] == "Chưa đủ điểm để xếp loại, không tính vào các số trên: 02 đơn vị (P2, P3)."
    assert lines[0].endswith("01/01 đơn vị, chiếm tỷ lệ 100%.")


# --- laws ------------------------------------------------------------------------------------------------

NAMES = st.lists(
    st.sampled_from(
        [*(f"UBND Phường {number}" for number in range(1, 20)), "xã Tà Nung", "Phòng Văn hóa và Thông tin"]
    ),
    unique=True,
    min_size=1,
    max_size=12,
)


@given(NAMES, st.data(), st.sampled_from(scale_ids()))
def test_what_is_written_is_read_again_and_agrees(names, data, scale_id):
    scale = load_scale(scale_id)
    points = st.fractions(0, scale.highest, max_denominator=30)
    scoring = score_units([UnitPoints(name, total=data.draw(points)) for name in names], scale)
    text = "\n".join(write_paragraph(scoring))
    assert check_published(text, scoring) == ()
    assert len(result_lines(text, [point_class.name for point_class in scale.classes])) == len(scale.classes) + 3


@given(st.text(max_size=200), st.sampled_from(["Nhóm tốt ", "cao nhất", "bình quân", "nhóm xuất sắc (từ"]))
def test_any_text_is_checked_without_an_exception(text, start):
    assert isinstance(check_published(start + text, DA_LAT), tuple)
    assert isinstance(check_published(text + start + "\n" + text, totals()), tuple)
