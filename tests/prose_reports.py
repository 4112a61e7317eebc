"""Reports of prose alone, made for the tests."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from cchc_calc.document import Paragraph
from cchc_calc.periods import Period
from cchc_calc.report import Report

QUARTER = Period(date(2023, 6, 15), date(2023, 9, 14), "QUÝ III/2023")


def report_of(*texts, source="báo cáo.txt", **facts):
    """A report of these paragraphs, whose places are "dòng 1", "dòng 2" and so on."""
    prose = tuple(Paragraph(text, f"dòng {line}") for line, text in enumerate(texts, 1))
    return Report(source, prose=prose, **facts)


def told(check, *texts, **facts):
    """What a check finds in these paragraphs: rule, found, expected, cause."""
    findings = check(report_of(*texts, **facts))
    return [(finding.rule, finding.found, finding.expected, finding.cause) for finding in findings]


CLEAN = (
    "Số: 120/BC-UBND",
    "Phương Sơn, ngày 15 tháng 9 năm 2023",
    "BÁO CÁO CÔNG TÁC CẢI CÁCH HÀNH CHÍNH QUÝ III/2023 (từ ngày 15/6/2023 đến ngày 14/9/2023)",
    (
        "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về thực hiện cơ chế một cửa; "
        "Thông tư số 01/2018/TT-VPCP ngày 23/11/2018 của Văn phòng Chính phủ; Công văn số 6289/UBND-VP ngày 04/8/2023."
    ),
    (
        "Phường đã ban hành Kế hoạch số 979/KH-UBND ngày 18/7/2023 về nâng cao mức độ hài lòng của tổ chức, cá nhân và "
        "Quyết định số 45/QĐ-UBND ngày 03/3/2023 về Kế hoạch kiểm soát thủ tục hành chính năm 2023."
    ),
    (
        "Thực hiện Quyết định số 45/QĐ-UBND ngày 03/3/2023 về Kế hoạch kiểm soát TTHC, cán bộ luôn luôn phấn đấu giải "
        "quyết hồ sơ đúng hạn, không nhũng nhiễu; phần đầu của kế hoạch đã hoàn thành."
    ),
    (
        "Kết quả giải quyết hồ sơ từ ngày 15/6/2023 đến ngày 14/9/2023: tiếp nhận 447 hồ sơ, đã giải quyết 425 hồ sơ "
        "(trong đó sớm hạn 400 hồ sơ; đúng hạn 24 hồ sơ; trễ hạn 01 hồ sơ); còn lại 22 hồ sơ đang giải quyết trong hạn."
    ),
    "Lũy kế từ ngày 01/01/2023 đến ngày 14/9/2023 tiếp nhận 1.202 hồ sơ, trong đó trực tuyến 640 hồ sơ.",
    "Hồ sơ dịch vụ công trực tuyến toàn trình, một phần: 115 hồ sơ, đạt 53,7% (115/214).",
    "Có mặt 21/21 người, trong đó 11 cán bộ (có 02 người kiêm nhiệm) và 10 công chức, nhiệm kỳ 2021-2026.",
    "Xếp loại xuất sắc: từ 15 điểm trở lên; loại tốt: từ 12 đến dưới 15 điểm; loại khá: từ 9 đến dưới 12 điểm.",
    "Trong quý IV/2023, từ ngày 15/9/2023 đến ngày 14/12/2023, phường tiếp tục thực hiện giai đoạn 2022 – 2025.",
)
"""A report in which nothing is wrong."""
CLEAN_FACTS = {
    "number": "120/BC-UBND",
    "issued": date(2023, 9, 15),
    "period": QUARTER,
    "unit": "UBND phường Phương Sơn",
}

_PIECES = st.sampled_from(
    [
        *("Quyết định số ", "công văn ", "15/QĐ-UBND", " /BC-UBND", "//", "61/2018/NĐ-CP", "ngày 07/19/2013"),
        *("từ ngày 13/6/2022 ", "đến ngày 12/9/2023", "tính ", "kết quả ", "hồ sơ", "năm 2023", "quý III"),
        *("trong đó ", "gồm ", "(", ")", ", ", "; ", ". ", "425", "01 ", "1/3", "54%", "–", "-", "/", "\t", "\n"),
        *("từ 15 điểm trở lên", "loại tốt ", "từ 12 đến 15 điểm", "mức độ 3, 4", "phân đấu ", "triển khai "),
        *(" về việc ", "của UBND "),
    ]
)
any_prose = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join))
"""Any text at all, and texts made of what the checks look for."""
