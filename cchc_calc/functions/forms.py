"""A whole form in one call: its rows computed, or what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cchc_calc.checking import CheckResult, check
from cchc_calc.document import BOOLEAN_FAULT, DATE_FAULT, Cell, Document, Table
from cchc_calc.errors import FunctionUseError
from cchc_calc.findings import SEVERITY_NAMES
from cchc_calc.functions.cell_values import cell_of, is_number
from cchc_calc.functions.grids import all_given, grid_of, quoted
from cchc_calc.recognition import recognise
from cchc_calc.states import State
from cchc_calc.table_layout import columns_of

if TYPE_CHECKING:
    from cchc_calc.functions.grids import Cells, Grid

LARGEST_FORM: Final = 20_000
"""Cells; the form has 168 rows of six columns."""

FINDINGS_HEADER: Final = ("Mức độ", "Dòng", "Nội dung", "Cách sửa")
NOTHING_FOUND: Final = "Không phát hiện lỗi"

_PER_CENT: Final = "%"
# Fifteen digits carry the noise of a double; twelve decide every comparison of a report.
_SHOWN: Final = Context(prec=12)
_KEPT_RESULTS: Final = 8
_LONGEST_MESSAGE: Final = 2_000
"""Letters; a message quotes its cell, and a spreadsheet takes no text much longer than what a cell may hold."""


def form_values(area: Cells | None) -> Cells:
    """Compute the form that lies in an area of cells, its header line included.

    Returns one column of as many rows as the area: beside every line of the form its value, rates as
    fractions, "Không phát sinh", "KXĐ" or nothing.
    """
    grid = _area(area)
    result = _checked(grid)
    lines = {_place(line, column): line for line, row in enumerate(grid) for column in range(len(row))}
    values: list[list[float | str]] = [[""] for _ in grid]
    if result.computation is not None:
        for address, entry in result.report.entries.items():
            values[lines[entry.where]] = [cell_of(result.computation.contents.get(address, State.BLANK))]
    return values


def form_findings(area: Cells | None) -> Cells:
    """List what is wrong with the form that lies in an area of cells: severity, rows, message, remedy."""
    findings = _checked(_area(area)).findings
    if not findings:
        return [[NOTHING_FOUND, "", "", ""]]
    lines = [
        [
            SEVERITY_NAMES[finding.severity],
            ", ".join(finding.rows),
            quoted(finding.message, _LONGEST_MESSAGE),
            finding.remedy,
        ]
        for finding in findings
    ]
    return [list(FINDINGS_HEADER), *lines]


def _area(cells: Cells | None) -> Grid:
    (given,) = all_given((cells, "vùng có biểu mẫu"))
    return grid_of(given)


def _checked(grid: Grid) -> CheckResult:
    # TRUE equals 1 to Python, and would be given the answer kept for it.
    return _checked_known(grid, tuple(tuple(map(type, row)) for row in grid))


@lru_cache(maxsize=_KEPT_RESULTS)
def _checked_known(grid: Grid, _kinds: Grid) -> CheckResult:
    if len(grid) * len(grid[0]) > LARGEST_FORM:
        raise FunctionUseError("vùng lớn hơn biểu mẫu nhiều lần; hãy chỉ chọn phần có biểu mẫu")
    rows = tuple(_row(line, cells) for line, cells in enumerate(grid))
    if any("reported" in (columns_of(row) or ()) for row in rows):
        # Beside a column of what was reported, a computed cell holds the result of its formula.
        rows = tuple(tuple(replace(cell, computed=True) for cell in row) for row in rows)
    report = recognise(Document("vùng ô đã chọn", (Table(rows, "vùng"),), kind="xlsx"))
    if report.form is None:
        needed = "dòng tiêu đề (STT, Chỉ tiêu, Đơn vị tính, Số liệu) và mọi dòng"
        raise FunctionUseError(f"vùng không có biểu mẫu thống kê; hãy chọn cả {needed}")
    # A function is given values alone and cannot tell which of them a formula gave.
    findings = tuple(finding for finding in report.findings if finding.rule != "formula_in_input")
    return check(replace(report, findings=findings))


def _row(line: int, cells: tuple[object, ...]) -> tuple[Cell, ...]:
    is_rate = _PER_CENT in cells
    return tuple(_cell(value, _place(line, column), is_rate=is_rate) for column, value in enumerate(cells))


def _cell(value: object, where: str, *, is_rate: bool) -> Cell:
    if value is None or isinstance(value, str):
        return Cell(value or "", where)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", where, fault=BOOLEAN_FAULT, code="C12")
    if is_number(value):
        number = _SHOWN.create_decimal(repr(value) if isinstance(value, float) else value)
        return Cell(_shown(number, is_rate=is_rate), where, number=number)
    if isinstance(value, date):
        return Cell(f"{value:%d/%m/%Y}", where, fault=DATE_FAULT, code="C13")
    return Cell(str(value), where, fault="ô không đọc được")


def _shown(number: Decimal, *, is_rate: bool) -> str:
    """Write a number as an official sees it; a fraction in a row of rates is shown in per cent."""
    if is_rate and 0 <= number <= 1:
        return _shown(number * 100, is_rate=False) + _PER_CENT
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _place(line: int, column: int) -> str:
    return f"dòng {line + 1}, cột {column + 1} của vùng"
