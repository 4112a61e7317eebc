"""The sheet "Minh chứng": what the points of every unit rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.score_grid import MOST_UNITS, Line, Part
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_text, set_paper
from cchc_calc.excel.sheets.styles import TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.scoring.headings import EVIDENCE_SHEET

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.scoring.looks import Looks
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.excel.sheets.styles import Styles

_UNIT_PIXELS: Final = 190
_ALL_PIXELS: Final = 1160
_LEAST_PIXELS: Final = 70
_HINT: Final = (
    "Ghi tên, số, ngày của tài liệu chứng minh điểm từng tiêu chí, hoặc nơi lưu. Tên đơn vị lấy từ trang Chấm điểm."
)
_EVERY_CRITERION: Final = "Minh chứng"
"""The heading where one text is for all criteria."""


def write_evidence_sheet(
    book: Workbook, styles: Styles, looks: Looks, grid: ScoreGrid, scores: WrittenScores, shown: int
) -> None:
    """Add the sheet; ``shown`` lines are to be seen and printed."""
    sheet = add_sheet(book, EVIDENCE_SHEET)
    set_paper(sheet)
    columns = _columns(grid, scores)
    pixels = max(_LEAST_PIXELS, (_ALL_PIXELS - _UNIT_PIXELS) // len(columns))
    sheet.set_column_pixels(0, 0, _UNIT_PIXELS)
    sheet.set_column_pixels(1, len(columns), pixels)
    width = (len(columns), _UNIT_PIXELS + pixels * len(columns))
    header = put_head(sheet, styles, "MINH CHỨNG CHO ĐIỂM CỦA CÁC ĐƠN VỊ", (scores.note,), _HINT, width)
    for column, heading in enumerate(("Đơn vị", *columns)):
        put_text(sheet, header, column, heading, styles["header"])
    for place in range(MOST_UNITS):
        _write_line(sheet, styles, looks, grid, scores, header + 1 + place, place, pixels)
        if place >= shown:
            sheet.set_row(header + 1 + place, None, None, {"hidden": True})
    sheet.repeat_rows(header)
    sheet.freeze_panes(header + 1, 1)
    sheet.print_area(0, 0, header + MOST_UNITS, len(columns))
    sheet.print_black_and_white()
    protect(sheet)


def _write_line(
    sheet: Worksheet,
    styles: Styles,
    looks: Looks,
    grid: ScoreGrid,
    scores: WrittenScores,
    at: int,
    place: int,
    pixels: int,
) -> None:
    unit = grid.abroad(Part.UNIT, Line.FIRST + place)
    is_written = place < len(scores.units)
    name = scores.names[place] if is_written else ""
    sheet.write_formula(at, 0, f'=IF({unit}="","",{unit})', styles["cell"], name)
    evidence = scores.units[place].given.evidence if is_written else {}
    texts = [evidence.get(key, "") for key in _columns(grid, scores).values()]
    for column, text in enumerate(texts, start=1):
        put_text(sheet, at, column, text, looks.name)
    if name:
        sheet.set_row(at, row_height([(name, _UNIT_PIXELS), *((text, pixels) for text in texts)], TEXT_SIZE))


def _columns(grid: ScoreGrid, scores: WrittenScores) -> dict[str, str]:
    """Give the headings, with the key of the evidence below each."""
    columns = {f"Tiêu chí {number}": number for number in grid.numbers}
    is_common = any("" in score.given.evidence for score in scores.units)
    return columns | ({_EVERY_CRITERION: ""} if is_common or not columns else {})
