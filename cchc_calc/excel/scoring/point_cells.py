"""The input cells of points: what they accept, what they say, and how points are written into them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.scoring.point_reading import POINT_TEXTS, as_number
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.scoring.notation import points_text
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT
from cchc_calc.spelling import cut

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.scoring.criteria import Criterion
    from cchc_calc.scoring.records import Points

_LONGEST_MESSAGE: Final = 255
_LONGEST_TITLE: Final = 32


def put_points(sheet: Worksheet, line: int, column: int, points: Points, look: Format) -> None:
    """Write points into an input cell: a number, or the text of what stands in place of one."""
    if isinstance(points, Fraction):
        sheet.write_number(line, column, as_number(points), look)
    else:
        put_text(sheet, line, column, POINT_TEXTS[points], look)


def points_rule(criterion: Criterion, cell: str, blank: str) -> dict[str, Any]:
    """Return the data validation of cells of a criterion, ``cell`` the first; ``blank`` says what an empty one means.

    >>> from cchc_calc.scoring.scales import load_scale
    >>> rule = points_rule(load_scale().criteria[0], "C7", "Chưa chấm: để trống.")
    >>> rule["value"]
    '=OR(AND(ISNUMBER(C7),C7>=0,C7<=2),C7="Không áp dụng")'
    >>> rule["input_message"]
    'Thời gian giải quyết thủ tục hành chính. Ghi số từ 0 đến 2, hoặc “Không áp dụng”. Chưa chấm: để trống.'
    """
    most = as_number(criterion.maximum)
    asked = f"Ghi số từ 0 đến {points_text(criterion.maximum)}, hoặc “{NOT_APPLICABLE_TEXT}”."
    room = _LONGEST_MESSAGE - len(asked) - len(blank) - 3
    name = cut(criterion.name, room)
    value = f'=OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<={most}),{cell}="{NOT_APPLICABLE_TEXT}")'
    return _rule(value, f"Tiêu chí {criterion.number}", f"{name}. {asked} {blank}", asked)


def total_rule(highest: Fraction, cell: str) -> dict[str, Any]:
    """Return the data validation of cells for a total, ``cell`` the first."""
    asked = f"Ghi số từ 0 đến {points_text(highest)}."
    value = f"=AND(ISNUMBER({cell}),{cell}>=0,{cell}<={as_number(highest)})"
    return _rule(value, "Tổng điểm", f"{asked} Chưa chấm: để trống.", asked)


def _rule(value: str, title: str, message: str, error: str) -> dict[str, Any]:
    return {
        "validate": "custom",
        "value": value,
        "ignore_blank": True,
        "input_title": title[:_LONGEST_TITLE],
        "input_message": message[:_LONGEST_MESSAGE],
        "error_title": "Điểm chưa đúng",
        "error_message": error[:_LONGEST_MESSAGE],
        "error_type": "stop",
    }
