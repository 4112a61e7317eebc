"""The head of a document: who issues it, its number, its day and its place."""

from datetime import date

import pytest

from cchc_calc.document import Paragraph
from cchc_calc.letterhead import read_letterhead

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def head(*lines):
    return read_letterhead([Paragraph(text, f"dòng {number}") for number, text in enumerate(lines, 1)])


@pytest.mark.parametrize(
    ("lines", "unit", "level"),
    [
        (["UBND XÃ VĨNH THẠNH", STATE], "UBND xã Vĩnh Thạnh", "commune"),
        (["ỦY BAN NHÂN DÂN", "THỊ TRẤN CAM ĐỨC", STATE], "UBND thị trấn Cam Đức", "commune"),
        ([f"UBND XÃ SƠN TRUNG {STATE}"], "UBND xã Sơn Trung", "commune"),
        (["UBND XÃ CỘNG HÒA", STATE], "UBND xã Cộng Hòa", "commune"),
        (["UBND PHƯỜNG", "VĨNH HẢI", STATE], "UBND phường Vĩnh Hải", "commune"),
        (["UBND THÀNH PHỐ THỦ ĐỨC", STATE], "UBND thành phố Thủ Đức", "district"),
        (["UBND THÀNH PHỐ THỦ ĐỨC", "UBND PHƯỜNG LINH TRUNG"], "UBND phường Linh Trung", "commune"),
        (["UBND QUẬN 10", "PHƯỜNG 3", STATE], "UBND phường 3", "commune"),
        ([f"UBND HUYỆN KHÁNH SƠN {STATE}", "XÃ SƠN TRUNG Độc lập - Tự do - Hạnh phúc"], "UBND xã Sơn Trung", "commune"),
        ([f"| **UBND HUYỆN DIÊN KHÁNH** | **{STATE}** |", "|---|---|", "| **UBND XÃ SUỐI HIỆP** | **Độc lập -** |"],
         "UBND xã Suối Hiệp", "commune"),
        (["UBND THÀNH PHỐ PHAN RANG - THÁP CHÀM"], "UBND thành phố Phan Rang - Tháp Chàm", "district"),
        (["UBND TỈNH BÀ RỊA - VŨNG TÀU"], "UBND tỉnh Bà Rịa - Vũng Tàu", "province"),
        (["UBND TP. NHA TRANG"], "UBND thành phố Nha Trang", "district"),
        (["UBND TP NHA TRANG", "UBND P. VĨNH HẢI"], "UBND phường Vĩnh Hải", "commune"),
        (["UBND TX. NINH HÒA"], "UBND thị xã Ninh Hòa", "district"),
        (["UBND XÃ NGHĨA TRUNG HÒA BÌNH ĐÔNG"], "UBND xã Nghĩa Trung Hòa Bình Đông", "commune"),
        (["UBND PHƯỜNG AN BÌNH QUÝ III/2023"], "UBND phường An Bình", "commune"),
        (["UBND PHƯỜNG AN BÌNH 6 THÁNG ĐẦU NĂM 2023"], "UBND phường An Bình", "commune"),
        (["UBND PHƯỜNG 3 THÁNG 9/2023"], "UBND phường 3", "commune"),
        (["UBND XÃ AN BÌNH NĂM 2023"], "UBND xã An Bình", "commune"),
        (["UBND HUYỆN PHÚ QUÝ QUÝ 3"], "UBND huyện Phú Quý", "district"),
        (["UBND XÃ QUÝ LỘC"], "UBND xã Quý Lộc", "commune"),
        (["UBND XÃ NA Ư", "Kính gửi: UBND huyện Điện Biên", "UBND huyện Điện Biên giao"], "UBND xã Na Ư", "commune"),
        (["PHÒNG NỘI VỤ", "Kính gửi: UBND thành phố Nha Trang"], "", "commune"),
        (["BÁO CÁO", "UBND phường Hòa An báo cáo như sau"], "UBND phường Hòa An", "commune"),
    ],
)  # fmt: skip
def test_who_issues_a_document(lines, unit, level):
    found = head(*lines)
    assert (found.unit, found.level) == (unit, level)


@pytest.mark.parametrize(
    "lines",
    [
        ["Số: 215/BC-UBND", "Hòa An, ngày 15 tháng 9 năm 2023"],
        ["Số: 215 /BC-UBND Hòa An, ngày 15 tháng 9 năm 2023"],
        ["| Số: 215/BC-UBND | *Hòa An, ngày 15/9/2023* |"],
        ["Số: 215/BC-UBND\tHòa An, ngày 15/9/2023"],
    ],
)
def test_number_place_and_day(lines):
    found = head(*lines)
    assert (found.number, found.place, found.issued) == ("215/BC-UBND", "Hòa An", date(2023, 9, 15))


@pytest.mark.parametrize(
    ("line", "number", "issued"),
    [
        ("(Kèm theo Báo cáo số 12/BC-UBND ngày 15/9/2023 của UBND xã An Bình)", "12/BC-UBND", date(2023, 9, 15)),
        ("(Kèm theo Báo cáo ngày 15 tháng 9 năm 2023 của UBND xã An Bình)", "", date(2023, 9, 15)),
        ("(Kèm theo Báo cáo số ………/BC-UBND ngày ……/……/20…… của UBND xã An Bình)", "", None),
    ],
)
def test_an_annex_bears_number_and_day_of_its_report(line, number, issued):
    found = head("BIỂU MẪU THỐNG KÊ", line)
    assert (found.number, found.place, found.issued) == (number, "", issued)
    own = head("Số: 215/BC-UBND", "Hòa An, ngày 16/9/2023", line)
    assert (own.number, own.place, own.issued) == ("215/BC-UBND", "Hòa An", date(2023, 9, 16))
