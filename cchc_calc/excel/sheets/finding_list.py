"""The list of what was found, on the sheet "Kiểm tra" of every workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.sheet_parts import put_merged, put_text
from cchc_calc.excel.sheets.styles import DIFFERENT_LOOK, INVALID_LOOK, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.findings import SEVERITY_NAMES, Severity, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.styles import Styles
    from cchc_calc.findings import Finding

_HEADERS: Final = (
    ("STT", 40),
    ("Mức độ", 80),
    ("Mã dòng", 70),
    ("Vị trí", 110),
    ("Ghi trong báo cáo", 170),
    ("Cần ghi", 140),
    ("Giải thích", 340),
    ("Cách xử lý", 240),
)
PIXELS: Final = tuple(pixels for _, pixels in _HEADERS)
"""The widths of the columns."""
LAST_COLUMN: Final = len(PIXELS) - 1


def write_findings(
    sheet: Worksheet,
    styles: Styles,
    at: int,
    findings: Sequence[Finding],
    *,
    place_of: Callable[[str], str],
    rows_name: str = "Mã dòng",
) -> int:
    """Write findings from line ``at`` on, below a heading that counts them; return the line that follows.

    ``place_of`` gives the cell of a row that a finding names ("'Biểu mẫu'!D55"), or an empty text; ``rows_name`` is
    what such rows are called.
    """
    put_merged(sheet, at, (0, LAST_COLUMN), f"Những điều tìm thấy: {tally(findings)}", styles["heading"])
    header = at + 1
    write_header(sheet, styles, header, tuple(rows_name if name == "Mã dòng" else name for name, _ in _HEADERS))
    for place, finding in enumerate(findings, start=1):
        _write_finding(sheet, styles, header + place, place, finding)
        target = place_of(finding.rows[0]) if finding.rows else ""
        if target:
            sheet.write_url(header + place, 2, f"internal:{target}", styles["link"], _rows_shown(finding))
    last = header + len(findings)
    sheet.autofilter(header, 0, last, LAST_COLUMN)
    for severity, look in ((Severity.ERROR, INVALID_LOOK), (Severity.WARNING, DIFFERENT_LOOK)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{SEVERITY_NAMES[severity]}"'}
        sheet.conditional_format(header + 1, 1, last + 1, 1, rule | {"format": styles.condition(look)})
    return last + 1


def write_header(sheet: Worksheet, styles: Styles, at: int, names: tuple[str, ...]) -> None:
    """Write the names of the columns."""
    for column, name in enumerate(names):
        put_text(sheet, at, column, name, styles["header"])


def write_line(sheet: Worksheet, styles: Styles, at: int, texts: tuple[str, ...], centred: frozenset[int]) -> None:
    """Write one line, as high as its longest text needs."""
    for column, text in enumerate(texts):
        put_text(sheet, at, column, text, styles["centred cell" if column in centred else "cell"])
    sheet.set_row(at, row_height(list(zip(texts, PIXELS, strict=True)), TEXT_SIZE))


def _write_finding(sheet: Worksheet, styles: Styles, at: int, place: int, finding: Finding) -> None:
    texts = (
        str(place),
        SEVERITY_NAMES[finding.severity],
        _rows_shown(finding),
        finding.where,
        finding.found,
        finding.expected,
        finding.message,
        finding.remedy,
    )
    write_line(sheet, styles, at, texts, centred=frozenset({0, 1, 2}))


def _rows_shown(finding: Finding) -> str:
    # All of them are named in the explanation.
    return ", ".join((*finding.rows[:1], *("…" for _ in finding.rows[1:2])))
