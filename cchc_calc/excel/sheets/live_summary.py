"""The state of the form in a few numbers, which follow every figure somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cchc_calc.excel.sheets.form_grid import Column, FormGrid
from cchc_calc.excel.sheets.row_messages import CONTRADICTS, DIFFERS, MISSING, message
from cchc_calc.excel.sheets.sheet_parts import put_merged
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.styles import Styles

_TEXT_COLUMNS: Final = (0, 4)
_NUMBER_COLUMN: Final = 5


class _Count(NamedTuple):
    name: str
    formula: str
    value: int


def write_live_summary(
    sheet: Worksheet, styles: Styles, figures: FormFigures, level: str, top: int, last_column: int
) -> int:
    """Write the numbers from line ``top`` on and the sentence that adds them up; return the line that follows."""
    first = f"{chr(ord('A') + _NUMBER_COLUMN)}{{}}"
    total, accepted, blank, refused = (first.format(top + 2 + place) for place in range(4))
    counts = figures.computation.counts()
    sentence = f'={total}&" dòng = "&{accepted}&" đọc được + "&{blank}&" để trống + "&{refused}&" không dùng được"'
    stored = (
        f"{counts['rows']} dòng = {counts['accepted']} đọc được + {counts['blank']} để trống + "
        f"{counts['refused']} không dùng được"
    )
    put_merged(sheet, top, (0, last_column), "", styles["bold"])
    sheet.write_formula(top, 0, sentence, styles["bold"], stored)
    for at, count in enumerate(_counts(figures, level, accepted, refused, total), start=top + 1):
        put_merged(sheet, at, _TEXT_COLUMNS, count.name, styles["cell"])
        sheet.write_formula(at, _NUMBER_COLUMN, count.formula, styles["count"], count.value)
    return top + 8


def _counts(figures: FormFigures, level: str, accepted: str, refused: str, total: str) -> tuple[_Count, ...]:
    grid, rows = FormGrid(figures.form), figures.form.rows
    used, notes = grid.whole(Column.USED, abroad=True), grid.whole(Column.MESSAGE, abroad=True)
    headings = sum(row.is_heading for row in rows)
    counts = figures.computation.counts()
    said = [message(figures, row, level) for row in rows if not row.is_heading]
    return (
        _Count("Số dòng của biểu mẫu", f"=ROWS({used})", counts["rows"]),
        _Count(
            "Đọc được, kể cả dòng tiêu đề và “Không phát sinh”",
            f'={headings}+COUNT({used})+COUNTIF({used},"{NOT_ARISING_TEXT}")',
            counts["accepted"],
        ),
        _Count("Để trống", f"={total}-{accepted}-{refused}", counts["blank"]),
        _Count(f"Không dùng được ({UNDECIDED_TEXT})", f'=COUNTIF({used},"{UNDECIDED_TEXT}")', counts["refused"]),
        _Count("Chưa nhập, trong các dòng đơn vị phải báo cáo", f'=COUNTIF({notes},"{MISSING}")', said.count(MISSING)),
        _Count(
            "Mâu thuẫn với dòng khác",
            f'=COUNTIF({notes},"{CONTRADICTS}*")',
            sum(text.startswith(CONTRADICTS) for text in said),
        ),
        _Count("Khác số đã báo cáo", f'=COUNTIF({notes},"{DIFFERS}")', said.count(DIFFERS)),
    )
