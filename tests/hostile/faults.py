"""Faults that may come together in one workbook of an office, whatever order its rows are brought into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from containers import parts_of
from hostile.cells import number_cell, office_workbook, with_cells
from hostile.part_names import MAIN
from hostile.sheets import SheetRow, renumbered, with_rows
from hostile.structure import ADDRESSES, FIRST_LINE, split
from hostile.tabs import with_name, with_sheet_added

if TYPE_CHECKING:
    from collections.abc import Callable

Rows: TypeAlias = list[tuple[str, SheetRow]]


@dataclass(frozen=True)
class Fault:
    """One fault: its code, the rows it leaves undecided, and what it does to the rows or to the workbook."""

    code: str
    undecided: tuple[str, ...] = ()
    rows: Callable[[Rows], Rows] = list
    workbook: Callable[[bytes], bytes] = bytes


def _cell(address: str, column: str, cell: str) -> Callable[[Rows], Rows]:
    return lambda rows: [(name, row.with_cell(column, cell) if name == address else row) for name, row in rows]


def _hidden(address: str) -> Callable[[Rows], Rows]:
    return lambda rows: [(name, row.with_attribute('hidden="1"') if name == address else row) for name, row in rows]


def _twice(address: str) -> Callable[[Rows], Rows]:
    return lambda rows: [one for name, row in rows for one in [(name, row)] * (1 + (name == address))]


def _missing(address: str) -> Callable[[Rows], Rows]:
    return lambda rows: [(name, row) for name, row in rows if name != address]


def _last(*addresses: str) -> Callable[[Rows], Rows]:
    return lambda rows: sorted(rows, key=lambda named: named[0] in addresses)


def _own_row(before: str) -> Callable[[Rows], Rows]:
    own = SheetRow(
        1, "", '<c r="B1" t="inlineStr"><is><t>Số lượt người dân góp ý tại nhà</t></is></c><c r="D1"><v>5</v></c>'
    )
    return lambda rows: [one for name, row in rows for one in ([("", own)] if name == before else []) + [(name, row)]]


def _date_for_code(rows: Rows) -> Rows:
    return _cell("1.1", "A", f'<c r="{{cell}}" {_date_style()}><v>45050</v></c>')(rows)


def _date_style() -> str:
    xml = parts_of(with_cells("office", {"1.1": number_cell("45050", "date")}))["xl/worksheets/sheet1.xml"].decode()
    found = re.search(r'<c r="D\d+" (s="\d+")><v>45050', xml)
    assert found is not None
    return found[1]


FAULTS = {
    "row twice": Fault("S04", ("3.4.3.b", "3.4.3"), rows=_twice("3.4.3.b")),
    "row missing": Fault("S05", ("7.8.1.b", "7.8.1"), rows=_missing("7.8.1.b")),
    "row of another": Fault(
        "S08", ("1.7",), rows=_cell("1.7", "B", '<c r="{cell}" t="inlineStr"><is><t>Lạ</t></is></c>')
    ),
    "row of their own": Fault("S06", rows=_own_row("4.2")),
    "rows moved": Fault("S03", rows=_last("3.5", "3.5.a", "3.5.b")),
    "row hidden": Fault("S12", rows=_hidden("6.1.a")),
    "date for a code": Fault("S07", ("1.1",), rows=_date_for_code),
    "link": Fault(
        "S16", ("7.7.4.b", "7.7.4"), rows=_cell("7.7.4.b", "D", "<c r=\"{cell}\"><f>'[1]A'!B2</f><v>240</v></c>")
    ),
    "negative": Fault("V01", ("4.2.a",), rows=_cell("4.2.a", "D", '<c r="{cell}"><v>-7</v></c>')),
    "error": Fault("C11", ("1.2.b", "1.2"), rows=_cell("1.2.b", "D", '<c r="{cell}" t="e"><v>#N/A</v></c>')),
    "name lost": Fault("S20", workbook=lambda data: with_name("#REF!", data)),
    "sheet hidden": Fault(
        "S12",
        workbook=lambda data: with_sheet_added(
            data, "Nháp", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>', state="hidden"
        ),
    ),
}
"""Every fault by its name."""


def with_faults(*names: str) -> bytes:
    """Write the office's workbook with faults."""
    above, form, below = split("office")
    rows: Rows = list(zip(ADDRESSES, form, strict=True))
    for name in names:
        rows = FAULTS[name].rows(rows)
    data = with_rows(office_workbook(), [*above, *renumbered([*(row for _, row in rows), *below], FIRST_LINE)])
    for name in names:
        data = FAULTS[name].workbook(data)
    return data
