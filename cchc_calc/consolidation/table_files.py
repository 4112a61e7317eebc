"""Reading a printed table of units at several levels from a CSV: columns Cấp, Đơn vị, then rows of the form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.printed_totals import PrintedTotals
from cchc_calc.consolidation.register_files import HEADINGS
from cchc_calc.consolidation.unit_tables import TableUnit, nest_units
from cchc_calc.consolidation.written_levels import written_level
from cchc_calc.csv_tables import read_csv
from cchc_calc.findings import make_finding
from cchc_calc.gate import admit, admit_bytes
from cchc_calc.outcomes import refusal
from cchc_calc.readings import read_declared, read_input
from cchc_calc.spelling import clean, comparison_key
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.exact_sums import Amount
    from cchc_calc.document import Cell
    from cchc_calc.findings import Finding
    from cchc_calc.gate import Admitted
    from cchc_calc.readings import Declared

_NUMBER: Final = frozenset({"", "tt", "stt", "số tt"})
_COLUMNS: Final = "Ghi dòng đầu: Cấp;Đơn vị;3.4.3.a;3.4.3.b … (mã hoặc tên chỉ tiêu), mỗi đơn vị một dòng."


def read_unit_table(path: str | Path, form: Form) -> PrintedTotals:
    """Read a table from a CSV file (UTF-8, cells parted by ; or ,), a unit a line, each above its parts.

    The heading of a column is the address of a row of the form or its label. A cell that cannot be read is undecided,
    a line without unit or level and a column of no row are left out, each with a finding.

    Raises SourceRefusedError as the gate does, and S10 for a table without the columns.
    """
    return _table(admit(path), form)


def parse_unit_table(text: str, form: Form, name: str = "bang.csv") -> PrintedTotals:
    r"""Read a table from the text of such a CSV, as ``read_unit_table`` does.

    >>> from cchc_calc.form_files import load_form
    >>> text = "Cấp;Đơn vị;3.4.3.b\nHuyện;Huyện B;30\nXã;Xã C;10\nXã;Xã D;20\n"
    >>> (district,) = parse_unit_table(text, load_form()).units
    >>> district.name, district.figure("3.4.3.b"), [part.name for part in district.parts]
    ('Huyện B', 30, ['Xã C', 'Xã D'])
    """
    return _table(admit_bytes(name, text.encode()), form)


def _table(admitted: Admitted, form: Form) -> PrintedTotals:
    header, *lines = read_csv(admitted).tables[0].rows
    keys = [comparison_key(cell.text) for cell in header]
    level = next((column for column, key in enumerate(keys) if key in HEADINGS["level"]), None)
    name = next((column for column, key in enumerate(keys) if key in HEADINGS["name"]), None)
    findings: list[Finding] = []
    rows = _columns(header, form, {level, name}, findings)
    if name is None or not rows:
        raise refusal(admitted.name, "S10", "bảng thiếu cột “Đơn vị” hoặc các cột chỉ tiêu.", _COLUMNS)
    units = []
    for line in lines:
        unit_name, level_text = _text(line, name), "" if level is None else _text(line, level)
        known = written_level(level_text, unit_name) if unit_name else None
        if known is None:
            place = line[0].where.partition(",")[0]
            message = f"{place}: không rõ đơn vị (“{unit_name}”) hoặc cấp (“{level_text}”)."
            findings.append(make_finding("printed_line_unusable", message, where=place, found=unit_name))
        else:
            units.append(_unit(unit_name, known, {row: line[c] for c, row in rows.items() if c < len(line)}, findings))
    return PrintedTotals(admitted.name, nest_units(units), tuple(findings))


def _columns(header: tuple[Cell, ...], form: Form, others: set[int | None], findings: list[Finding]) -> dict[int, Row]:
    """Tell the row of each column, by its address or by a label that only one row has."""
    of_label: dict[str, list[Row]] = {}
    for row in form.rows:
        of_label.setdefault(comparison_key(row.label), []).append(row)
    found: dict[int, Row] = {}
    for column, cell in enumerate(header):
        text = clean(cell.text)
        named = [form.by_address[text]] if text in form.by_address else of_label.get(comparison_key(text), [])
        if len(named) == 1 and not named[0].is_heading and named[0] not in found.values():
            found[column] = named[0]
        elif column not in others and comparison_key(text) not in _NUMBER:
            why = f"có {len(named)} chỉ tiêu cùng tên" if len(named) > 1 else "không thuộc chỉ tiêu nào, hoặc lặp lại"
            message = f"{cell.where}: cột “{text}” {why}."
            findings.append(make_finding("printed_column_unknown", message, where=cell.where, found=text))
    return found


def _unit(name: str, level: str, cells: Mapping[Row, Cell], findings: list[Finding]) -> TableUnit:
    figures: dict[str, Amount | State] = {}
    declared: dict[str, Declared] = {}
    for row, cell in cells.items():
        if row.kind == "rate":
            rate, fault = read_declared(row, cell.text, cell.where)
            if rate is not None:
                declared[row.address] = rate
        else:
            figures[row.address], fault = _figure(row, cell)
        if fault is not None:
            findings.append(fault)
    return TableUnit(name, level, figures, declared=declared)


def _figure(row: Row, cell: Cell) -> tuple[Amount | State, Finding | None]:
    if row.kind == "sum":
        total, fault = read_declared(row, cell.text, cell.where)
        if total is None:
            return State.BLANK if fault is None else State.UNDECIDED, fault
        return int(total.value) if total.value is not None else total.state or State.BLANK, fault
    content, fault = read_input(row, cell.text, cell.where)
    return content if isinstance(content, int | Decimal | State) else State.UNDECIDED, fault


def _text(line: tuple[Cell, ...], column: int) -> str:
    return clean(line[column].text) if column < len(line) else ""
