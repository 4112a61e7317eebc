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
