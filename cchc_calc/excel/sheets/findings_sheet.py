"""The sheet "Kiểm tra": the state of the form at any time, and what the check of a report has found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.cover import edition_line
from cchc_calc.excel.sheets.finding_list import LAST_COLUMN, PIXELS, write_findings, write_header, write_line
from cchc_calc.excel.sheets.form_grid import FINDINGS_SHEET, FormGrid
from cchc_calc.excel.sheets.live_summary import write_live_summary
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_merged, set_paper

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.checking import CheckResult
    from cchc_calc.claims import Claim
    from cchc_calc.excel.sheets.cover import Cover
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.styles import Styles

VERDICT_NAMES: Final = {
    "exact": "đúng",
    "rounded": "đúng khi làm tròn",
    "truncated": "cắt bớt, chưa làm tròn",
    "wrong": "sai",
    "not_computable": "không tính được",
}

_CLAIM_HEADERS: Final = ("STT", "Kết luận", "", "Vị trí", "Câu trong báo cáo", "Số đã in", "Tử số / mẫu số", "Tính lại")
_LIVE_HINT: Final = "Phần tình trạng dưới đây và cột Kiểm tra cạnh biểu mẫu tự thay đổi theo số liệu."
_FIXED_HINT: Final = (
    "Hai danh sách bên dưới là kết quả lúc lập tệp này; sửa số xong, hãy kiểm tra lại bằng lệnh cchc check."
)
_NOT_CHECKED: Final = (
    "Tệp này chưa qua kiểm tra của phần mềm. Lệnh cchc check đọc tệp và in danh sách lỗi; lệnh cchc fill lập tệp mới "
    "có danh sách lỗi ngay tại trang này."
)


def write_findings_sheet(
    book: Workbook, styles: Styles, figures: FormFigures, cover: Cover, result: CheckResult | None
) -> None:
    """Add the sheet; without a result it holds the numbers that follow the form, and how to have it checked."""
    sheet = add_sheet(book, FINDINGS_SHEET)
    set_paper(sheet)
    for column, pixels in enumerate(PIXELS):
        sheet.set_column_pixels(column, column, pixels)
    lines = (cover.unit, cover.period_line, edition_line(figures.form))
    hint = f"{_LIVE_HINT} {_NOT_CHECKED if result is None else _FIXED_HINT}"
    at = put_head(sheet, styles, "KẾT QUẢ KIỂM TRA SỐ LIỆU", lines, hint, (LAST_COLUMN, sum(PIXELS)))
    at = write_live_summary(sheet, styles, figures, cover.level, at, LAST_COLUMN)
    if result is not None:
        place_of = FormGrid(figures.form).abroad
        at = write_findings(sheet, styles, at + 1, result.findings, place_of=place_of)
        at = _write_claims(sheet, styles, at + 1, result.claims)
    sheet.print_area(0, 0, at, LAST_COLUMN)
    protect(sheet)


def _write_claims(sheet: Worksheet, styles: Styles, at: int, claims: tuple[Claim, ...]) -> int:
    title = f"Các tỷ lệ và phân số trong lời văn, tính lại: {len(claims)}"
    put_merged(sheet, at, (0, LAST_COLUMN), title, styles["heading"])
    write_header(sheet, styles, at + 1, _CLAIM_HEADERS)
    sheet.merge_range(at + 1, 1, at + 1, 2, _CLAIM_HEADERS[1], styles["header"])
    for place, claim in enumerate(claims, start=1):
        _write_claim(sheet, styles, at + 1 + place, place, claim)
    return at + 1 + len(claims)


def _write_claim(sheet: Worksheet, styles: Styles, at: int, place: int, claim: Claim) -> None:
    known = claim.numerator is not None and claim.denominator is not None
    pair = f"{claim.numerator} / {claim.denominator}" if known else ""
    verdict = VERDICT_NAMES[claim.verdict.value]
    texts = (str(place), verdict, "", claim.where, claim.text, claim.declared, pair, claim.computed)
    write_line(sheet, styles, at, texts, centred=frozenset({0, 5, 6, 7}))
    put_merged(sheet, at, (1, 2), verdict, styles["cell"])
