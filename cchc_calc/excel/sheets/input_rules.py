"""What an input cell accepts, and what it tells the official who stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cchc_calc.catalogue import LEVEL_NAMES
from cchc_calc.excel.cell_reading import largest_number, takes_whole_numbers
from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from cchc_calc.catalogue import Row

_LONGEST_MESSAGE: Final = 255
_LONGEST_TITLE: Final = 32
_HOW_TO_LEAVE_OUT: Final = "Không phát sinh: ghi 0. Chưa có số liệu: để trống."


def input_rule(row: Row, level: str) -> dict[str, Any]:
    """Return the data validation of an input cell, for a unit of a level of administration.

    >>> from cchc_calc.form_files import load_form
    >>> rule = input_rule(load_form("thong-ke-cchc", "2023").row("1.6"), "commune")
    >>> rule["source"], rule["input_message"]
    (['1', '0'], 'Chọn một mã: 1 là Có; 0 là Không. Chưa có câu trả lời: để trống.')
    """
    if row.legend is not None:
        codes = [str(code) for code in row.legend.codes.values()]
        meanings = "; ".join(f"{code} là {word}" for word, code in row.legend.codes.items())
        wanted: dict[str, Any] = {"validate": "list", "source": codes}
        hint = f"Chọn một mã: {meanings}. Chưa có câu trả lời: để trống."
        error = f"Chỉ nhận một trong các mã: {', '.join(codes)}."
    else:
        is_whole, largest = takes_whole_numbers(row), largest_number(row)
        validate, number = ("integer", "số nguyên") if is_whole else ("decimal", "số")
        wanted = {"validate": validate, "criteria": "between", "minimum": 0, "maximum": largest}
        hint = f"Ghi {number} ({row.unit.lower()}), không kèm chữ. {_HOW_TO_LEAVE_OUT}"
        error = f"Chỉ nhận {number} từ 0 đến {format_number(largest)}, không kèm chữ. Không phát sinh: ghi 0."
    if level not in row.levels:
        others = ", ".join(LEVEL_NAMES[other] for other in row.levels)
        hint = f"Dòng này do {others} báo cáo; đơn vị khác để trống. {hint}"
    return wanted | {
        "ignore_blank": True,
        "input_title": f"Dòng {row.address}"[:_LONGEST_TITLE],
        "input_message": hint[:_LONGEST_MESSAGE],
        "error_title": "Số liệu chưa đúng",
        "error_message": error[:_LONGEST_MESSAGE],
        "error_type": "stop",
    }
