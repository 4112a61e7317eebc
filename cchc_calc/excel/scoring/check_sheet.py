"""The sheet "Kiểm tra": what is still missing at any time, and what was found when the workbook was written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from cchc_calc.excel.scoring.dossier_grid import DossierPart
from cchc_calc.excel.scoring.line_reading import UNNAMED, LineState
from cchc_calc.excel.scoring.line_results import unnamed_message
from cchc_calc.excel.scoring.score_grid import Part
from cchc_calc.excel.sheets.finding_list import LAST_COLUMN, PIXELS, write_findings
from cchc_calc.excel.sheets.form_grid import FINDINGS_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_merged, set_paper
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.excel.sheets.styles import Styles

_TEXT_COLUMNS: Final = (0, 4)
_NUMBER_COLUMN: Final = 5
_LIVE_HINT: Final = "Phần đếm dưới đây và cột Kiểm tra ở các trang Chấm điểm, Hồ sơ tự thay đổi theo số liệu."
_FIXED_HINT: Final = "Danh sách bên dưới là kết quả lúc lập tệp này; sửa điểm xong, hãy lập lại bằng lệnh cchc score."
_NOT_CHECKED: Final = "Lệnh cchc score đọc bảng điểm, lập tệp này và ghi những điều tìm thấy ngay tại trang này."


class _Count(NamedTuple):
    name: str
    formula: str
    value: int


def write_check_sheet(
    book: Workbook, styles: Styles, grid: ScoreGrid, dossiers: DossierGrid, scores: WrittenScores
) -> None:
    """Add the sheet; an empty workbook holds the counts alone, and how to have more checked."""
    sheet = add_sheet(book, FINDINGS_SHEET)
    set_paper(sheet)
    for column, pixels in enumerate(PIXELS):
        sheet.set_column_pixels(column, column, pixels)
    scoring = scores.scoring
    hint = f"{_LIVE_HINT} {_FIXED_HINT if scoring.units else _NOT_CHECKED}"
    at = put_head(sheet, styles, "KIỂM TRA BẢNG CHẤM ĐIỂM", (scores.note,), hint, (LAST_COLUMN, sum(PIXELS)))
    put_merged(sheet, at, (0, LAST_COLUMN), "Tình trạng hiện nay", styles["heading"])
    for count in (*_unit_counts(grid, scores), *_dossier_counts(dossiers, scores)):
        at += 1
        put_merged(sheet, at, _TEXT_COLUMNS, count.name, styles["cell"])
        sheet.write_formula(at, _NUMBER_COLUMN, count.formula, styles["count"], count.value)
    at += 1
    if scoring.units:
        at = write_findings(sheet, styles, at + 1, scoring.findings, place_of=lambda _: "", rows_name="Tiêu chí")
    sheet.print_area(0, 0, at, LAST_COLUMN)
    protect(sheet)


def _unit_counts(grid: ScoreGrid, scores: WrittenScores) -> Iterator[_Count]:
    states = grid.area(Part.STATE)
    results = [scores.results(place) for place in range(len(scores.units))]
    counts = Counter(line.state for line in results if line is not None)
    yield _Count("Số dòng có tên đơn vị", f"=COUNT({grid.area(Part.NUMBER)})", counts.total())
    for name, state in (
        ("Đơn vị đủ điểm, đã xếp loại", LineState.WHOLE),
        ("Đơn vị còn thiếu điểm", LineState.LACKING),
        (f"Đơn vị có điểm không dùng được ({UNDECIDED_TEXT})", LineState.UNREADABLE),
        ("Đơn vị không có tiêu chí nào áp dụng", LineState.INAPPLICABLE),
        ("Dòng của đơn vị ghi nhiều lần", LineState.REPEATED),
    ):
        yield _Count(name, f'=COUNTIF({states},"{state}")', counts[state])
    unnamed = sum(
        line is None and bool(unnamed_message(score)) for line, score in zip(results, scores.units, strict=True)
    )
    yield _Count("Dòng có điểm nhưng chưa ghi tên đơn vị", f'=COUNTIF({grid.area(Part.MESSAGE)},"{UNNAMED}")', unnamed)


def _dossier_counts(dossiers: DossierGrid, scores: WrittenScores) -> Iterator[_Count]:
    if not dossiers.criteria:
        return
    listed = f'=COUNTIF({dossiers.area(DossierPart.KEY)},"?*")'
    yield _Count("Số hồ sơ được chấm", listed, len(scores.dossiers))
    faulty = sum(bool(results.message) for results in scores.dossier_results(dossiers))
    wrong = f'=COUNTIF({dossiers.area(DossierPart.MESSAGE)},"?*")'
    yield _Count("Hồ sơ có điều cần xem lại", wrong, faulty)
