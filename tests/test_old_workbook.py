"""The reader of .xls: what an official sees, and no claim of the file believed."""

from __future__ import annotations

import struct

import pytest
from containers import make_xls, number_record, record, text_record
from seen_cells import one_cell, texts

from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes
from cchc_calc.sources import read_admitted

XLS_CELLS = {
    "text": (text_record(4, 1, "Hồ sơ"), ("Hồ sơ", "", False)),
    "count": (number_record(4, 1, 447), ("447", "", False)),
    "short number": (record(0x027E, struct.pack("<3HL", 4, 1, 0, 447 << 2 | 2)), ("447", "", False)),
    "rate": (number_record(4, 1, 0.997, 1), ("99,70%", "", False)),
    "money": (number_record(4, 1, 786000, 2), ("786.000", "", False)),
    "date": (number_record(4, 1, 45000, 3), ("15/03/2023", "ô ngày tháng", False)),
    "error": (record(0x0205, struct.pack("<3HBB", 4, 1, 0, 0x07, 1)), ("#DIV/0!", "lỗi #DIV/0!", False)),
    "true": (record(0x0205, struct.pack("<3HBB", 4, 1, 0, 1, 0)), ("TRUE", "ô TRUE/FALSE", False)),
    "sum": (record(0x0006, struct.pack("<3HdHLH", 4, 1, 0, 2.0, 0, 0, 3) + b"\x1e\2\0"), ("2", "", True)),
    "error of a formula": (
        record(
            0x0006, struct.pack("<3H", 4, 1, 0) + b"\2\0\x2a\0\0\0\xff\xff" + struct.pack("<HLH", 0, 0, 3) + b"\x1e\2\0"
        ),
        ("#N/A", "lỗi #N/A", True),
    ),
}


@pytest.mark.parametrize("name", XLS_CELLS)
def test_a_cell_of_xls(name: str) -> None:
    records, expected = XLS_CELLS[name]
    cell = one_cell(read_admitted(admit_bytes("a.xls", make_xls({"Biểu mẫu": records}))))
    assert (cell.text, cell.fault, cell.computed) == expected


def test_sheets_of_xls() -> None:
    numbers = record(0x00BD, struct.pack("<2HHLHLH", 0, 0, 0, 5 << 2 | 2, 1, 1 << 2 | 2, 1))
    merged = record(0x00E5, struct.pack("<5H", 1, 2, 3, 0, 0))
    sheets = {
        "Một": numbers + number_record(2, 0, 7) + merged,
        "Ẩn": text_record(0, 0, "không thấy"),
        "Đồ thị": b"",
        "Hai": text_record(1, 0, "hai"),
    }
    document = read_admitted(admit_bytes("a.xls", make_xls(sheets, hidden=("Ẩn",), kinds={"Đồ thị": 2})))
    assert [table.name for table in document.tables] == ["Một", "Hai"]
    assert texts(document) == [[["5", "100,00%"], ["7"], [""]], [["hai"]]]
    assert document.tables[0].rows[2][0].fault == "ô nằm trong vùng gộp với ô A3"


def test_the_figures_of_a_chart_are_no_cells() -> None:
    """A chart keeps its numbers inside the sheet, between a beginning and an end of their own."""
    chart = record(0x0809, struct.pack("<4HLL", 0x0600, 0x0020, 0, 0, 0, 0)) + number_record(0, 300, 7) + record(0x000A)
    document = read_admitted(admit_bytes("a.xls", make_xls({"A": number_record(0, 0, 5) + chart})))
    assert texts(document) == [[["5"]]]


def with_two_sheets_in_one_place() -> bytes:
    data = bytearray(make_xls({"A": number_record(0, 0, 5), "B": number_record(0, 0, 6)}))
    first = data.index(b"\x85\0\x0a\0") + 4
    second = data.index(b"\x85\0\x0a\0", first) + 4
    data[second : second + 4] = data[first : first + 4]
    return bytes(data)


XLS_REFUSED = {
    "two sheets in one place": (with_two_sheets_in_one_place(), "F05"),
    "password": (make_xls({"A": b""}, more=record(0x002F, b"\1\0" + bytes(52))), "F03"),
    "macro sheet": (make_xls({"A": b""}, kinds={"A": 1}), "F10"),
    "column 300": (make_xls({"A": number_record(0, 300, 1)}), "S14"),
    "corner": (make_xls({"A": number_record(65535, 255, 1)}), "F02"),
    "merged beyond": (make_xls({"A": record(0x00E5, struct.pack("<5H", 1, 0, 0, 0, 60000))}), "S14"),
    "merged too far": (make_xls({"A": record(0x00E5, struct.pack("<5H", 1, 0, 65535, 9, 9))}), "F02"),
    "many cells": (make_xls({"A": number_record(0, 0, 1) * 200_001}), "F02"),
    "string count": (make_xls({"A": b""}, more=record(0x00FC, struct.pack("<LL", 2**31 - 1, 2**31 - 1))), "F05"),
    "cut record": (make_xls({"A": b"\3\2\xff\xff"}), "F05"),
    "short record": (make_xls({"A": record(0x0203, b"\0")}), "F05"),
}


@pytest.mark.parametrize("name", XLS_REFUSED)
def test_a_bad_xls_is_refused(name: str) -> None:
    data, code = XLS_REFUSED[name]
    with pytest.raises(SourceRefusedError) as caught:
        read_admitted(admit_bytes("a.xls", data))
    assert caught.value.code == code


def test_the_size_an_xls_claims_is_not_believed() -> None:
    claim = record(0x0200, struct.pack("<LLHHH", 0, 2**32 - 1, 0, 65535, 0))
    assert texts(read_admitted(admit_bytes("a.xls", make_xls({"A": claim + number_record(0, 0, 5)})))) == [[["5"]]]
