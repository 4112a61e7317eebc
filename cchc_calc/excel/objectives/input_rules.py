"""What the cells that an official fills accept, and what they say to whoever stands in them."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from cchc_calc.excel.objectives.days import FIRST_DAY, LAST_DAY
from cchc_calc.excel.objectives.tables import FIGURES_FIRST, FiguresColumn, PlanColumn, ResultsColumn
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.objectives.records import BASE_TEXTS
from cchc_calc.readings import LARGEST_COUNT
from cchc_calc.rounding import format_number
from cchc_calc.states import NOT_ARISING_TEXT
from cchc_calc.targets import RATE

_UNITS: Final = ("%", "chỉ tiêu", "hồ sơ", "văn bản", "điểm")
_LONGEST_TITLE: Final = 32
_ANY: Final = {"validate": "any"}
_DAY: Final = {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
_DAY_ERROR: Final = "Chỉ nhận ngày hoặc tháng, từ năm 2000 đến năm 2099."
_MONTH_HINT: Final = "Ghi tháng và năm, ví dụ 12/2023; hoặc cả ngày, ví dụ 20/12/2023."

_COUNT: Final = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": LARGEST_COUNT}
_NUMERATOR_CELL, _UNIT_CELL = (
    f"{xl_col_to_name(column)}{FIGURES_FIRST + 1}" for column in (FiguresColumn.NUMERATOR, FiguresColumn.UNIT)
)
_NUMERATOR: Final = {
    "validate": "custom",
    "value": f"=AND(ISNUMBER({_NUMERATOR_CELL}),{_NUMERATOR_CELL}>=0,{_NUMERATOR_CELL}<={LARGEST_COUNT},"
    f'OR({_NUMERATOR_CELL}=INT({_NUMERATOR_CELL}),AND(TRIM({_UNIT_CELL})<>"",TRIM({_UNIT_CELL})<>"{RATE}")))',
}
"""Excel moves the cells of the first line on to each line below."""
_COUNT_ERROR: Final = f"Chỉ nhận số nguyên từ 0 đến {format_number(LARGEST_COUNT)}, không kèm chữ."

PERIOD_RULE: Final[dict[str, Any]] = _DAY | {
    "input_title": "Kỳ báo cáo",
    "input_message": "Ghi ngày, ví dụ 30/06/2023. Ngày cuối kỳ cho biết mục tiêu nào đã đến hạn.",
    "error_title": "Ngày chưa đúng",
    "error_message": _DAY_ERROR,
}

PLAN_RULES: Final[dict[PlanColumn, dict[str, Any]]] = {
    PlanColumn.NUMBER: _ANY
    | {"input_message": "Số thứ tự của mục tiêu, mỗi số một lần. Các trang khác tìm theo số này."},
    PlanColumn.START: _DAY | {"input_message": _MONTH_HINT, "error_message": _DAY_ERROR},
    PlanColumn.FINISH: _DAY | {"input_message": _MONTH_HINT, "error_message": _DAY_ERROR},
}

FIGURES_RULES: Final[dict[FiguresColumn, dict[str, Any]]] = {
    FiguresColumn.NUMBER: _ANY
    | {"input_message": "Số thứ tự của mục tiêu ở trang Kế hoạch. Mục tiêu có nhiều yêu cầu: nhiều dòng cùng số."},
    FiguresColumn.SCOPE: _ANY | {"input_message": "Lĩnh vực hoặc nội dung phải đạt: chung, đất đai, hộ tịch…"},
    FiguresColumn.GROUP: _ANY
    | {"input_message": "Các dòng cùng chữ (a, b…): chỉ cần đạt một dòng. Để trống: dòng nào cũng phải đạt."},
    FiguresColumn.COMPARATOR: {
        "validate": "list",
        "source": list(COMPARATOR_WORDS.values()),
        "input_message": "“dưới”, “trên”: không kể chính số đó. “từ”: số đó trở lên. “không quá”: số đó trở xuống.",
        "error_message": "Chọn một trong các chữ: " + ", ".join(COMPARATOR_WORDS.values()) + ".",
    },
    FiguresColumn.VALUE: {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": LARGEST_COUNT,
        "input_message": "Mức phải đạt. Tỷ lệ: ghi kèm dấu %, ví dụ 1,5%. Số lượng: chỉ ghi số.",
        "error_message": "Chỉ nhận một số, ví dụ 95% hoặc 18.",
    },
    FiguresColumn.UNIT: {
        "validate": "list",
        "source": list(_UNITS),
        "show_error": False,
        "input_message": "Chọn % nếu mục tiêu là tỷ lệ; mục tiêu là số lượng thì chọn hoặc ghi đơn vị tính.",
    },
    FiguresColumn.BASE: {
        "validate": "list",
        "source": list(BASE_TEXTS.values()),
        "show_error": False,
        "input_message": "Tỷ lệ tính trên số nào: mẫu số là số đó.",
    },
    FiguresColumn.NUMERATOR: _NUMERATOR
    | {
        "input_message": "Số trường hợp được tính (đúng hạn, trễ hạn, trực tuyến…). Chưa có số liệu: để trống. "
        f"Không có trường hợp nào: tử số và mẫu số ghi 0, ô Thực tế sẽ là {NOT_ARISING_TEXT}.",
        "error_message": f"{_COUNT_ERROR} Đơn vị tính khác % (như điểm) thì được ghi số lẻ.",
    },
    FiguresColumn.DENOMINATOR: _COUNT
    | {"input_message": "Tổng số trường hợp. Mục tiêu là số lượng: để trống.", "error_message": _COUNT_ERROR},
    FiguresColumn.DECLARED: {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 1,
        "input_message": "Tỷ lệ đã công bố, ví dụ 94,2%. Chỉ dùng khi không có đủ tử số và mẫu số.",
        "error_message": "Chỉ nhận tỷ lệ từ 0% đến 100%, ví dụ 94,2%.",
    },
}

RESULTS_RULES: Final[dict[ResultsColumn, dict[str, Any]]] = {
    ResultsColumn.ATTAINED: _ANY | {"input_message": "Kết quả bằng lời. Con số để đánh giá thì ghi ở trang Số liệu."},
    ResultsColumn.CAUSE: _ANY | {"input_message": "Ghi khi mục tiêu chưa đạt."},
    ResultsColumn.REMEDY: _ANY | {"input_message": "Ghi khi mục tiêu chưa đạt."},
}


def with_titles(rule: dict[str, Any], heading: str) -> dict[str, Any]:
    """Complete a rule with the name of its column.

    >>> with_titles({"validate": "any"}, "Mức")["input_title"]
    'Mức'
    """
    return {
        "ignore_blank": True,
        "input_title": heading[:_LONGEST_TITLE],
        "error_title": "Số liệu chưa đúng",
        "error_type": "stop",
    } | rule
