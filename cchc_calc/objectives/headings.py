"""The names of sheets and columns in our workbook of quality objectives, on which its writer and reader agree."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

PLAN_SHEET: Final = "Kế hoạch"
FIGURES_SHEET: Final = "Số liệu"
RESULTS_SHEET: Final = "Kết quả"


class PlanHeading(StrEnum):
    """The columns of a plan, as offices print them; the last two give a month or a day."""

    NUMBER = "STT"
    TEXT = "Mục tiêu chất lượng"
    MEASURING = "Cách đo lường"
    MEASURES = "Biện pháp thực hiện"
    RESPONSIBLE = "Đơn vị thực hiện"
    START = "Thời gian bắt đầu"
    FINISH = "Thời gian hoàn thành"


class FiguresHeading(StrEnum):
    """The columns of the figures: one line a requirement, under the number of its objective."""

    NUMBER = "STT"
    SCOPE = "Nội dung, lĩnh vực"
    GROUP = "Nhóm"
    COMPARATOR = "So sánh"
    VALUE = "Mức"
    UNIT = "Đơn vị tính"
    TARGET = "Mục tiêu"
    BASE = "Tính trên"
    NUMERATOR = "Tử số"
    DENOMINATOR = "Mẫu số"
    DECLARED = "Tỷ lệ công bố"
    ACTUAL = "Thực tế"
    BASIS = "Căn cứ"
    STATUS = "Đánh giá"
    SHORTFALL = "Còn thiếu"
    NOTE = "Kiểm tra"


class ResultsHeading(StrEnum):
    """The columns of a report of results; "Đánh giá" and "Lý do" are ours, the others as offices print them."""

    NUMBER = "STT"
    TEXT = "Mục tiêu chất lượng"
    MEASURING = "Mức đo lường"
    ATTAINED = "Thực tế đạt được"
    STATUS = "Đánh giá"
    REASON = "Lý do"
    CAUSE = "Nguyên nhân không đạt được"
    REMEDY = "Hướng giải quyết trong thời gian tới"


COMPARATOR_WORDS: Final = {"<": "dưới", "<=": "không quá", ">=": "từ", ">": "trên"}
"""How a comparator is chosen in the column "So sánh"; "từ" stands for "từ … trở lên"."""
