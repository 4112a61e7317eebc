"""The functions of the cells, by the names officials see; what they compute is in ``cchc_calc.functions``.

Every host imports this one module: Excel through xlwings, LibreOffice through its add-in, the server, the
browser. Docstrings are the help that Excel shows, at most 255 letters, and so are Vietnamese.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from cchc_calc.excel.host import cell_function, in_pairs
from cchc_calc.functions.days import due_dates, working_days
from cchc_calc.functions.figures import number_in
from cchc_calc.functions.judgements import classes, met, ranking
from cchc_calc.functions.rates import MOST_PAIRS, missing_cases, rate, total
from cchc_calc.functions.self_test import self_test

Cells: TypeAlias = Any
"""xlwings knows no converter for a narrower type."""

_PART: Final = "Tử số: phần cần tính tỷ lệ. Một ô, hoặc một vùng để tính từng ô"
_WHOLE: Final = "Mẫu số: tổng để so. Một ô, hoặc một vùng cùng cỡ với tử số"
_MORE: Final = " của cặp thứ {}, gộp chung thành một tỷ lệ (có thể bỏ qua)"
ARGUMENTS: Final = {
    "tu_so": _PART,
    "mau_so": _WHOLE,
    **{f"tu_so_{pair}": "Tử số" + _MORE.format(pair) for pair in range(2, MOST_PAIRS + 1)},
    **{f"mau_so_{pair}": "Mẫu số" + _MORE.format(pair) for pair in range(2, MOST_PAIRS + 1)},
    "cac_o": "Các ô hoặc vùng cần cộng; ô trống được bỏ qua",
    "chu": "Ô có chữ chứa một con số, ví dụ 786.000 hoặc đạt 99,7%",
    "muc_tieu": "Mục tiêu: 95%, 0,95 hoặc chữ như “dưới 1,5%”, “từ 25% trở lên”",
    "thuc_te": "Kết quả thực tế: một tỷ lệ, ví dụ ô tính tỷ lệ của biểu mẫu",
    "diem": "Điểm của một đơn vị, hoặc vùng điểm của nhiều đơn vị",
    "thang": "Thang điểm: điểm tối đa (18) hoặc tên thang (tt01-2018); bỏ qua thì lấy thang 18 điểm",
    "vung_diem": "Vùng điểm của tất cả các đơn vị được xếp hạng",
    "ngay_nhan": "Ngày tiếp nhận; ô có cả giờ thì nhận sau giờ nhận cuối (17 giờ) hoặc vào ngày nghỉ tính như ngày "
    "làm việc sau",
    "so_ngay_lam_viec": "Số ngày làm việc được giao để giải quyết",
    "tu": "Ngày bắt đầu, không tính ngày này; ô có cả giờ thì như ngày tiếp nhận của CCHC_HANTRA",
    "den": "Ngày kết thúc; tính cả ngày này nếu là ngày làm việc",
    "vung": "Vùng có biểu mẫu: chọn từ dòng tiêu đề (STT, Chỉ tiêu…) đến dòng cuối",
    "phien_ban": "Phiên bản ghi trong tệp, để so với phiên bản trên máy (có thể bỏ qua)",
}
"""What every argument is, in the words of the function wizard."""


@cell_function(ARGUMENTS)
@in_pairs(MOST_PAIRS)
def CCHC_TYLE(*pairs: Cells) -> Cells:
    """Tỷ lệ tử số / mẫu số. Trống: chưa báo cáo. “Không phát sinh”: 0/0. “KXĐ”: tử số lớn hơn mẫu số, hoặc số không
    đọc được. Nhiều cặp thì gộp chung.
    """
    return rate("ratio", pairs)


@cell_function(ARGUMENTS)
@in_pairs(MOST_PAIRS)
def CCHC_TYLE_DUNGHAN(*pairs: Cells) -> Cells:
    """Tỷ lệ hồ sơ giải quyết đúng hạn: tử số là số hồ sơ đúng hạn và trước hạn, mẫu số là số hồ sơ đã giải quyết."""
    return rate("on_time_rate", pairs)


@cell_function(ARGUMENTS)
@in_pairs(MOST_PAIRS)
def CCHC_TYLE_TREHAN(*pairs: Cells) -> Cells:
    """Tỷ lệ hồ sơ trễ hạn: tử số là số hồ sơ trễ hạn, mẫu số là số hồ sơ đã giải quyết. Càng thấp càng tốt."""
    return rate("late_rate", pairs)


@cell_function(ARGUMENTS)
@in_pairs(MOST_PAIRS)
def CCHC_TYLE_TRUCTUYEN(*pairs: Cells) -> Cells:
    """Tỷ lệ hồ sơ trực tuyến: tử số là số hồ sơ tiếp nhận trực tuyến, mẫu số là tổng số hồ sơ tiếp nhận."""
    return rate("online_rate", pairs)


@cell_function(ARGUMENTS)
@in_pairs(MOST_PAIRS)
def CCHC_TYLE_BCCI(*pairs: Cells) -> Cells:
    """Tỷ lệ hồ sơ qua bưu chính công ích: tử số là số hồ sơ nhận qua BCCI, mẫu số là tổng số hồ sơ tiếp nhận."""
    return rate("bcci_rate", pairs)


@cell_function(ARGUMENTS)
@in_pairs(MOST_PAIRS)
def CCHC_TYLE_HOANTHANH(*pairs: Cells) -> Cells:
    """Tỷ lệ hoàn thành nhiệm vụ: tử số là số nhiệm vụ đã hoàn thành, mẫu số là số nhiệm vụ được giao."""
    return rate("task_completion_rate", pairs)


@cell_function(ARGUMENTS)
def CCHC_TONG(*cac_o: Cells) -> Cells:
    """Tổng các ô. Trống nếu mọi ô đều trống (khác với 0); “KXĐ” nếu có ô không đọc được hoặc KXĐ."""
    return total(cac_o)


@cell_function(ARGUMENTS)
def CCHC_SO(chu: Cells = None) -> Cells:
    """Con số trong một ô chữ: “786.000” là 786000, “99,7%” là 0,997, “425 hồ sơ” là 425. “KXĐ” nếu không có số, có
    nhiều số, hoặc có hai cách hiểu.
    """
    return number_in(chu)


@cell_function(ARGUMENTS)
def CCHC_CONTHIEU(tu_so: Cells = None, mau_so: Cells = None, muc_tieu: Cells = None) -> Cells:
    """Còn thiếu ít nhất bao nhiêu trường hợp thì đạt mục tiêu, mẫu số giữ nguyên (với mục tiêu “dưới”, “không quá”:
    còn phải giảm bao nhiêu). 0 là đã đạt.
    """
    return missing_cases(tu_so, mau_so, muc_tieu)


@cell_function(ARGUMENTS)
def CCHC_DATMUCTIEU(muc_tieu: Cells = None, thuc_te: Cells = None) -> Cells:
    """“Đạt” hoặc “Chưa đạt” mục tiêu, đúng theo chữ của mục tiêu: “trên”, “dưới” là không kể chính số đó."""
    return met(muc_tieu, thuc_te)


@cell_function(ARGUMENTS)
def CCHC_XEPLOAI(diem: Cells = None, thang: Cells = None) -> Cells:
    """Xếp loại theo điểm: xuất sắc, tốt, khá, trung bình, yếu. Điểm nằm ngoài thang thì “KXĐ”."""
    return classes(diem, thang)


@cell_function(ARGUMENTS)
def CCHC_XEPHANG(vung_diem: Cells = None) -> Cells:
    """Thứ hạng của từng ô trong vùng điểm, điểm cao đứng trước; bằng điểm thì đồng hạng (1, 1, 3). Kết quả là một vùng
    cùng cỡ.
    """
    return ranking(vung_diem)


@cell_function(ARGUMENTS)
def CCHC_HANTRA(ngay_nhan: Cells = None, so_ngay_lam_viec: Cells = None) -> Cells:
    """Ngày hẹn trả: cộng số ngày làm việc, tính từ ngày làm việc tiếp theo, trừ thứ bảy, chủ nhật, ngày lễ (trừ ngày
    làm bù). Định dạng ô kết quả là ngày. “KXĐ” nếu ô không đọc được hoặc năm đó chưa có lịch nghỉ.
    """
    return due_dates(ngay_nhan, so_ngay_lam_viec)


@cell_function(ARGUMENTS)
def CCHC_SONGAYLAMVIEC(tu: Cells = None, den: Cells = None) -> Cells:
    """Số ngày làm việc sau ngày bắt đầu đến hết ngày kết thúc, trừ thứ bảy, chủ nhật, ngày lễ (trừ ngày làm bù). “KXĐ”
    nếu ô không đọc được hoặc năm đó chưa có lịch nghỉ.
    """
    return working_days(tu, den)


@cell_function(ARGUMENTS)
def CCHC_BIEUMAU(vung: Cells = None) -> Cells:
    """Tính cả biểu mẫu trong một lần gọi. Kết quả là một cột, mỗi dòng của vùng một giá trị; đặt ngoài vùng của biểu
    mẫu.
    """
    # Reading a whole form takes as long to load as all the rest, and most workbooks never ask for it.
    from cchc_calc.functions.forms import form_values

    return form_values(vung)


@cell_function(ARGUMENTS)
def CCHC_KIEMTRA(vung: Cells = None) -> Cells:
    """Kiểm tra cả biểu mẫu. Kết quả là bốn cột: mức độ, dòng, nội dung, cách sửa; đặt ngoài vùng của biểu mẫu."""
    from cchc_calc.functions.forms import form_findings

    return form_findings(vung)


@cell_function(ARGUMENTS)
def CCHC_TUKIEMTRA(phien_ban: Cells = None) -> Cells:
    """Tự kiểm tra: hàm có chạy được trên máy này không, phiên bản nào, kết quả mẫu có đúng không."""
    return self_test(phien_ban)
