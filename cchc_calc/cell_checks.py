"""What is odd about the cells of a form in a spreadsheet, whatever their figures: formulas, numbers kept as text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Calculation
from cchc_calc.findings import Finding, make_finding
from cchc_calc.numerals import read_number
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import clean
from cchc_calc.states import State
from cchc_calc.stored_formulas import changing, circular, constant_result, needs_newer_spreadsheet
from cchc_calc.unreadable_cells import place_of, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.document import Cell, Document
    from cchc_calc.report import Entry
    from cchc_calc.table_layout import Line

OLD_RESULT: Final = "C20"
"""The numbered outcome of a result that is older than the figures it was computed from."""

_IN_CIRCLE: Final = "công thức vòng tròn: ô này tính từ chính nó"
_NOT_COMPUTED: Final = "kết quả công thức có thể đã cũ, vì tệp đặt chế độ tính tay"
_NOISE: Final = Fraction(1, 10**9)
_MOST_NAMED: Final = 10
_CONVERSIONS: Final = {
    "C02": "chỉ có khoảng trắng, được coi là để trống",
    "C03": "ghi số có dấu ngăn nhóm nghìn dưới dạng chữ, đã đọc thành số",
    "C04": "ghi dưới dạng chữ một số đếm có dấu chấm, được hiểu là dấu ngăn nhóm nghìn",
    "C10": "ghi số dưới dạng chữ, đã đọc thành số",
}
_MODES: Final = {
    Calculation.MANUAL: "Tệp đặt chế độ tính tay: kết quả công thức có thể là của lần tính trước, nên không được dùng.",
    Calculation.AS_SHOWN: "Tệp đặt độ chính xác như hiển thị: bảng tính bỏ phần lẻ không hiện ra khi cộng và chia.",
}


def judge_formulas(
    document: Document, form: Form, lines: Mapping[str, Line]
) -> tuple[Mapping[str, Line], tuple[Finding, ...]]:
    """Look at the formulas in the value cells of a form: give the lines, some now with a fault, and findings.

    A formula is never computed here, but for one of plain numbers: where that does not give the result that is
    kept beside it, the results in the file are old.
    """
    computed = {address: line.value for address, line in lines.items() if line.value.computed}
    inputs = {address for address in computed if form.by_address[address].is_input}
    findings = [*_calculation(document)]
    is_manual = document.calculation is Calculation.MANUAL
    # In our own template only the input cells could hold a formula that is not ours.
    if not computed or (not inputs and not is_manual and lines[next(iter(computed))].has_reported):
        return lines, tuple(findings)
    in_circle = _in_circle(document, computed)
    judged = dict(lines)
    for address, cell in computed.items():
        row = form.by_address[address]
        if cell.where in in_circle:
            judged[address] = _with_fault(lines[address], _IN_CIRCLE, "C21")
        elif fault := _old_result(cell):
            judged[address] = _with_fault(lines[address], fault, OLD_RESULT)
        elif not cell.fault:
            if is_manual and constant_result(cell.formula) is None:
                judged[address] = _not_computed(row, lines[address])
            if row.is_input:
                findings.append(_formula_in_input(row, cell))
    return judged, tuple(findings)


def conversions(form: Form, lines: Mapping[str, Line], entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Yield what was read out of texts that a spreadsheet keeps where a number belongs, one finding a kind."""
    found: dict[str, list[Row]] = {}
    for address, line in lines.items():
        row, cell = form.by_address[address], line.value
        if cell.number is None and not (cell.computed or cell.fault) and line.written and _is_read(row, entries):
            code = conversion_code(line.written, is_count=row.kind in {"count", "sum"} or row.whole)
            if code:
                found.setdefault(code, []).append(row)
    for code, rows in sorted(found.items()):
        yield _conversion(code, rows, lines, entries)


def conversion_code(written: str, *, is_count: bool) -> str:
    """Give the numbered outcome of reading a text as a number or as a blank; "" for words.

    >>> [conversion_code(text, is_count=True) for text in ("12", "1 234", "1.234", " ", "Có")]
    ['C10', 'C03', 'C04', 'C02', '']
    """
    text = clean(written)
    if not text:
        return "C02"
    reading = read_number(text)
    if reading.value is None and not reading.readings:
        return ""
    if is_count and reading.readings and "." in text:
        return "C04"
    has_groups = " " in text.strip("% ") or text.count(".") > 1 or ("." in text and "," in text)
    return "C03" if has_groups else "C10"


def remarks(document: Document, form: Form, lines: Mapping[str, Line]) -> Iterator[Finding]:
    """Yield the notes that are pinned to value cells of the form."""
    for address, line in lines.items() if document.remarks else ():
        where = line.value.where
        if remark := shorten(clean(document.remarks.get(where, ""))):
            message = f"{place_of(form.by_address[address], where)}: ô có ghi chú “{remark}”."
            yield make_finding("cell_remark", message, rows=(address,), where=where, found=remark)


def _calculation(document: Document) -> Iterator[Finding]:
    if document.calculation in _MODES:
        yield make_finding("calculation_mode", _MODES[document.calculation], found=document.calculation.value)


def _old_result(cell: Cell) -> str:
    """Say that a formula of plain numbers gives another number than the one that is kept beside it."""
    result = constant_result(cell.formula)
    if result is None or cell.number is None or abs(result - Fraction(cell.number)) <= _NOISE:
        return ""
    return f"công thức “={shorten(cell.formula)}” không cho kết quả này: kết quả lưu trong tệp đã cũ"


def _in_circle(document: Document, computed: Mapping[str, Cell]) -> set[str]:
    """Name the places of the value cells that are computed from themselves."""
    found: set[str] = set()
    for table in document.tables:
        mark = f"{table.name}!"
        starts = [cell.where.removeprefix(mark) for cell in computed.values() if cell.where.startswith(mark)]
        if starts:
            formulas = {
                cell.where.removeprefix(mark): cell.formula for row in table.rows for cell in row if cell.formula
            }
            found.update(f"{mark}{address}" for address in circular(formulas, table.name, starts))
    return found


def _with_fault(line: Line, fault: str, code: str) -> Line:
    return replace(line, value=replace(line.value, fault=fault, code=code))


def _not_computed(row: Row, line: Line) -> Line:
    if row.is_input:
        return _with_fault(line, _NOT_COMPUTED, "C19")
    # A computed row is computed anew, so that nothing but the result is lost.
    return replace(line, value=replace(line.value, text="", number=None, computed=False), written="")


def _formula_in_input(row: Row, cell: Cell) -> Finding:
    shown = (
        f"{place_of(row, cell.where)}: ô nhập liệu chứa công thức{f' “={shorten(cell.formula)}”' * bool(cell.formula)}"
    )
    code, more = "C18", "số được dùng là kết quả lưu trong tệp"
    if name := changing(cell.formula):
        code, more = "C22", f"hàm {name} cho kết quả khác đi theo lúc mở hoặc nơi mở, nên số này không chốt được"
    elif needs_newer_spreadsheet(cell.formula):
        code, more = (
            "C25",
            "công thức dùng hàm mà không phải bảng tính nào cũng có; số được dùng là kết quả lưu trong tệp",
        )
    message = f"{shown}, kết quả “{shorten(cell.text)}”; {more}."
    return make_finding(
        "formula_in_input", message, rows=(row.address,), where=cell.where, found=f"={shorten(cell.formula)}", code=code
    )


def _is_read(row: Row, entries: Mapping[str, Entry]) -> bool:
    entry = entries.get(row.address)
    if entry is None or row.is_heading or row.kind == "text":
        return False
    if row.is_input:
        return entry.content is State.BLANK or not isinstance(entry.content, State)
    return not entry.reported or (entry.declared is not None and entry.declared.value is not None)


def _conversion(code: str, rows: list[Row], lines: Mapping[str, Line], entries: Mapping[str, Entry]) -> Finding:
    texts = (_converted(row, lines[row.address], entries[row.address]) for row in rows)
    listed = shortened_list(texts, _MOST_NAMED, "ô", parted_by="; ")
    return make_finding(
        "grouped_by_dot" if code == "C04" else "number_as_text",
        f"Có {len(rows)} ô {_CONVERSIONS[code]}: {listed}.",
        rows=tuple(row.address for row in rows),
        where=lines[rows[0].address].value.where,
        found=shorten(lines[rows[0].address].written),
        code=code,
    )


def _converted(row: Row, line: Line, entry: Entry) -> str:
    place = f"{row.address} ({line.value.where})"
    value = entry.declared.value if entry.declared is not None else entry.content
    if value is None or isinstance(value, State):
        return place
    number = format_number(value) if isinstance(value, int | Decimal) else str(value)
    return f"{place} “{shorten(line.written)}” là {number}{'%' * (row.kind == 'rate')}"
