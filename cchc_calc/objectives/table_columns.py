"""The columns of a table of objectives, known by how their headings begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.spelling import comparison_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.document import Cell

NUMBER: Final = "number"
TEXT: Final = "text"
MEASURING: Final = "measuring"
MEASURES: Final = "measures"
RESPONSIBLE: Final = "responsible"
START: Final = "start"
FINISH: Final = "finish"
TIME: Final = "time"
ATTAINED: Final = "attained"
CAUSE: Final = "cause"
REMEDY: Final = "remedy"

_LONGEST_HEADING: Final = 80
# "Biện pháp khắc phục" is a remedy, "Biện pháp thực hiện" a measure: the longer beginnings come first.
_HEADINGS: Final = {
    NUMBER: ("stt", "tt", "số tt", "số thứ tự"),
    CAUSE: ("nguyên nhân", "lý do không đạt", "lý do chưa đạt"),
    REMEDY: ("hướng giải quyết", "hướng khắc phục", "biện pháp khắc phục", "giải pháp khắc phục"),
    MEASURING: ("cách đo", "mức đo", "phương pháp đo", "cách thức đo", "cách tính", "chỉ số đo", "tiêu chí đo"),
    ATTAINED: ("thực tế đạt", "kết quả thực hiện", "kết quả đạt", "kết quả", "tình hình thực hiện", "đạt được",
               "thực hiện năm", "thực hiện trong", "thực hiện đến", "số liệu thực hiện"),
    START: ("thời gian bắt đầu", "ngày bắt đầu", "bắt đầu"),
    FINISH: (*(f"{word} {end}" for word in ("thời gian", "thời hạn", "ngày") for end in ("hoàn thành", "kết thúc")),
             "thời hạn", "hoàn thành", "kết thúc"),
    TIME: ("thời gian",),
    RESPONSIBLE: ("đơn vị thực hiện", "đơn vị chịu trách nhiệm", "đơn vị chủ trì", "trách nhiệm", "người thực hiện",
                  "bộ phận thực hiện", "cơ quan thực hiện"),
    MEASURES: ("biện pháp", "giải pháp", "cách thực hiện"),
    TEXT: ("mục tiêu", "nội dung mục tiêu", "nội dung công việc", "nội dung", "chỉ tiêu"),
}  # fmt: skip
_BESIDE_TEXT: Final = frozenset({MEASURING, MEASURES, ATTAINED, START, FINISH, TIME})


def columns_of(row: Sequence[Cell]) -> dict[str, int] | None:
    """Find the columns in a header row, or ``None`` when it is no such row.

    >>> from cchc_calc.document import Cell
    >>> columns_of([Cell(text, "") for text in ("Stt", "Mục tiêu chất lượng", "Cách đo lường", "Ghi chú")])
    {'number': 0, 'text': 1, 'measuring': 2}
    """
    columns = _named(row)
    if TEXT not in columns or not columns.keys() & _BESIDE_TEXT:
        return None
    # Beside "Mục tiêu chất lượng" a column "Chỉ tiêu" gives the figure to be reached.
    second = next((place for place, cell in enumerate(row) if place > columns[TEXT] and _name(cell.text) == TEXT), None)
    return columns if second is None else {MEASURING: second} | columns


def columns_below(row: Sequence[Cell], columns: dict[str, int]) -> dict[str, int] | None:
    """Read the second row of a header, in which "Thời gian" is divided; ``None`` when the row is none.

    >>> from cchc_calc.document import Cell
    >>> columns_below([Cell(text, "") for text in ("", "", "Bắt đầu", "Hoàn thành")], {"text": 1, "time": 2})
    {'text': 1, 'start': 2, 'finish': 3}
    """
    below = _named(row)
    has_text = any(cell.text for cell in row[columns[TEXT] : columns[TEXT] + 1])
    if has_text or not below.keys() & {START, FINISH}:
        return None
    return {name: place for name, place in columns.items() if name != TIME} | below


def _named(row: Sequence[Cell]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = _name(cell.text)
        if name:
            columns.setdefault(name, place)
    return columns


def _name(heading: str) -> str:
    if not heading or len(heading) > _LONGEST_HEADING:
        return ""
    key = comparison_key(heading)
    for name, beginnings in _HEADINGS.items():
        if any(key.startswith(beginning) and not key[len(beginning) :][:1].isalnum() for beginning in beginnings):
            return name
    return ""
