"""The sheet "Kiểm tra": the state of the form at any time, and what the check of a report has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.cover import edition_line
from cchc_calc.excel.sheets.form_grid import FINDINGS_SHEET, FormGrid
from cchc_calc.excel.sheets.live_summary import write_live_summary
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import DIFFERENT_LOOK, INVALID_LOOK, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.findings import SEVERITY_NAMES, Severity

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.checking import CheckResult
    from cchc_calc.claims import Claim
    from cchc_calc.excel.sheets.cover import Cover
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.styles import Styles
    from cchc_calc.findings import Finding

VERDICT_NAMES: Final = {
    "exact": "đúng",
    "rounded": "đúng khi làm tròn",
    "truncated": "cắt bớt, chưa làm tròn",
    "wrong": "sai",
    "not_computable": "không tính được",
}

_FINDING_HEADERS: Final = (
    ("STT", 40),
    ("Mức độ", 80),
    ("Mã dòng", 70),
    ("Vị trí", 110),
    ("Ghi trong báo cáo", 170),
    ("Cần ghi", 140),
    ("Giải thích", 340),
    ("Cách xử lý", 240),
)
_CLAIM_HEADERS: Final = ("STT", "Kết luận", "", "Vị trí", "Câu trong báo cáo", "Số đã in", "Tử số / mẫu số", "Tính lại")
_LAST: Final = len(_FINDING_HEADERS) - 1
_PIXELS: Final = tuple(pixels for _, pixels in _FINDING_HEADERS)
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
    for column, pixels in enumerate(_PIXELS):
        sheet.set_column_pixels(column, column, pixels)
    lines = (cover.unit, cover.period_line, edition_line(figures.form))
    hint = f"{_LIVE_HINT} {_NOT_CHECKED if result is None else _FIXED_HINT}"
    at = put_head(sheet, styles, "KẾT QUẢ KIỂM TRA SỐ LIỆU", lines, hint, (_LAST, sum(_PIXELS)))
    at = write_live_summary(sheet, styles, figures, cover.level, at, _LAST)
    if result is not None:
        lists = _Lists(sheet, styles, FormGrid(figures.form))
        at = lists.write_findings(at + 1, result.findings)
        at = lists.write_claims(at + 1, result.claims)
    sheet.print_area(0, 0, at, _LAST)
    protect(sheet)


@dataclass(frozen=True, slots=True)
class _Lists:
    sheet: Worksheet
    styles: Styles
    grid: FormGrid

    def write_findings(self, at: int, findings: tuple[Finding, ...]) -> int:
        counted = ", ".join(
            f"{sum(finding.severity is severity for finding in findings)} {name.lower()}"
            for severity, name in SEVERITY_NAMES.items()
        )
        put_merged(self.sheet, at, (0, _LAST), f"Những điều tìm thấy: {counted}", self.styles["heading"])
        header = at + 1
        self._write_header(header, tuple(name for name, _ in _FINDING_HEADERS))
        for place, finding in enumerate(findings, start=1):
            self._write_finding(header + place, place, finding)
        last = header + len(findings)
        self.sheet.autofilter(header, 0, last, _LAST)
        for severity, look in ((Severity.ERROR, INVALID_LOOK), (Severity.WARNING, DIFFERENT_LOOK)):
            rule = {"type": "cell", "criteria": "==", "value": f'"{SEVERITY_NAMES[severity]}"'}
            self.sheet.conditional_format(header + 1, 1, last + 1, 1, rule | {"format": self.styles.condition(look)})
        return last + 1

    def write_claims(self, at: int, claims: tuple[Claim, ...]) -> int:
        title = f"Các tỷ lệ và phân số trong lời văn, tính lại: {len(claims)}"
        put_merged(self.sheet, at, (0, _LAST), title, self.styles["heading"])
        self._write_header(at + 1, _CLAIM_HEADERS)
        self.sheet.merge_range(at + 1, 1, at + 1, 2, _CLAIM_HEADERS[1], self.styles["header"])
        for place, claim in enumerate(claims, start=1):
            self._write_claim(at + 1 + place, place, claim)
        return at + 1 + len(claims)

    def _write_header(self, at: int, names: tuple[str, ...]) -> None:
        for column, name in enumerate(names):
            put_text(self.sheet, at, column, name, self.styles["header"])

    def _write_finding(self, at: int, place: int, finding: Finding) -> None:
        # All of them are named in the explanation.
        shown = ", ".join((*finding.rows[:1], *("…" for _ in finding.rows[1:2])))
        texts = (
            str(place),
            SEVERITY_NAMES[finding.severity],
            shown,
            finding.where,
            finding.found,
            finding.expected,
            finding.message,
            finding.remedy,
        )
        self._write_line(at, texts, centred=frozenset({0, 1, 2}))
        if finding.rows:
            link = f"internal:{self.grid.abroad(finding.rows[0])}"
            self.sheet.write_url(at, 2, link, self.styles["link"], shown)

    def _write_claim(self, at: int, place: int, claim: Claim) -> None:
        known = claim.numerator is not None and claim.denominator is not None
        pair = f"{claim.numerator} / {claim.denominator}" if known else ""
        verdict = VERDICT_NAMES[claim.verdict.value]
        texts = (str(place), verdict, "", claim.where, claim.text, claim.declared, pair, claim.computed)
        self._write_line(at, texts, centred=frozenset({0, 5, 6, 7}))
        put_merged(self.sheet, at, (1, 2), verdict, self.styles["cell"])

    def _write_line(self, at: int, texts: tuple[str, ...], centred: frozenset[int]) -> None:
        for column, text in enumerate(texts):
            put_text(self.sheet, at, column, text, self.styles["centred cell" if column in centred else "cell"])
        self.sheet.set_row(at, row_height(list(zip(texts, _PIXELS, strict=True)), TEXT_SIZE))
