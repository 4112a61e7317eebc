"""The reader of .ods: what an official sees, and nothing repeated beyond the limits."""

from __future__ import annotations

import pytest
from containers import make_ods
from seen_cells import CELLS, one_cell, texts

from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes
from cchc_calc.sources import read_admitted


def ods_cell(content: str) -> str:
    blank = '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
    rest = '<table:table-cell table:number-columns-repeated="16382"/>'
    row = f"<table:table-row><table:table-cell/>{content}{rest}</table:table-row>"
    end = '<table:table-row table:number-rows-repeated="1048571"><table:table-cell/></table:table-row>'
    return f'<table:table table:name="Biểu mẫu">{blank}{row}{end}</table:table>'


def ods_number(kind: str, value: str, shown: str, more: str = "") -> str:
    attributes = f'office:value-type="{kind}" office:value="{value}" {more}'
    return ods_cell(f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")


FORMULA = 'table:formula="of:=1"'
ODS_CELLS = {
    "text": (
        ods_cell(
            '<table:table-cell office:value-type="string">'
            '<text:p>Hồ<text:s text:c="2"/>sơ <text:span>đậm</text:span></text:p>'
            "<text:p>hai<text:tab/>ba<text:line-break/>bốn</text:p></table:table-cell>"
        ),
        ("Hồ  sơ đậm\nhai\tba\nbốn", "", False),
    ),
    "note": (
        ods_cell(
            '<table:table-cell office:value-type="string">'
            "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
            "<text:p>chữ</text:p></table:table-cell>"
        ),
        ("chữ", "", False),
    ),
    "count": (ods_number("float", "447", "447"), ("447", "", False)),
    "rate": (ods_number("percentage", "0.997", "99.7%"), ("99,7%", "", False)),
    "rate of two places": (ods_number("percentage", "0.99765", "99,77%"), ("99,77%", "", False)),
    "rate not shown": (ods_number("percentage", "0.99765", ""), ("99,765%", "", False)),
    "money": (ods_number("float", "786000", "786,000"), ("786.000", "", False)),
    "money, Vietnamese": (ods_number("currency", "786000", "786.000 ₫"), ("786.000", "", False)),
    "negative": (ods_number("float", "-5", "(5)"), ("-5", "", False)),
    "places": (ods_number("float", "12.5", "12.50"), ("12,50", "", False)),
    "sum": (ods_number("float", "0.30000000000000004", "0.3", FORMULA), ("0,3", "", True)),
    "date": (
        ods_cell(
            '<table:table-cell office:value-type="date" office:date-value="2023-03-15">'
            "<text:p>15/3</text:p></table:table-cell>"
        ),
        ("15/03/2023", "ô ngày tháng", False),
    ),
    "time": (
        ods_cell(
            '<table:table-cell office:value-type="time" office:time-value="PT06H">'
            "<text:p>06:00</text:p></table:table-cell>"
        ),
        ("06:00", "ô thời gian", False),
    ),
    "true": (
        ods_cell(
            '<table:table-cell office:value-type="boolean" office:boolean-value="true">'
            "<text:p>T</text:p></table:table-cell>"
        ),
        ("TRUE", "ô TRUE/FALSE", False),
    ),
    "error": (
        ods_cell(f'<table:table-cell {FORMULA} calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'),
        ("#DIV/0!", "lỗi #DIV/0!", True),
    ),
    "empty result": (ods_cell(f"<table:table-cell {FORMULA}><text:p/></table:table-cell>"), ("", "", True)),
    "no result": (ods_cell(f"<table:table-cell {FORMULA}/>"), CELLS["no result"][1]),
}


@pytest.mark.parametrize("name", ODS_CELLS)
def test_a_cell_of_ods(name: str) -> None:
    tables, expected = ODS_CELLS[name]
    cell = one_cell(read_admitted(admit_bytes("a.ods", make_ods(tables))))
    assert (cell.text, cell.fault, cell.computed) == expected


def test_sheets_of_ods() -> None:
    five = '<table:table-cell office:value-type="float" office:value="5" {}><text:p>5</text:p></table:table-cell>'
    repeated = five.format('table:number-columns-repeated="2"')
    spanned = five.format('table:number-columns-spanned="2" table:number-rows-spanned="1"')
    tables = (
        '<table:table table:name="Một" table:style-name="ta1"><table:table-header-rows>'
        f'<table:table-row table:number-rows-repeated="2">{repeated}</table:table-row></table:table-header-rows>'
        f"<table:table-row>{spanned}<table:covered-table-cell/></table:table-row></table:table>"
        '<table:table table:name="Ẩn" table:style-name="ta2"><table:table-row>'
        f"{spanned}</table:table-row></table:table>"
    )
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    document = read_admitted(admit_bytes("a.ods", make_ods(tables, styles)))
    assert texts(document) == [[["5", "5"], ["5", "5"], ["5", ""]]]
    assert [cell.where for cell in document.tables[0].rows[1]] == ["Một!A2", "Một!B2"]
    assert document.tables[0].rows[2][1].fault == "ô nằm trong vùng gộp với ô A3"


def ods_repeated(rows: object, columns: object) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>a</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return make_ods(f'<table:table table:name="A">{row}</table:table>')


ODS_REFUSED = {
    "rows": (ods_repeated(200_001, 1), "F02"),
    "columns": (ods_repeated(1, 16_385), "S14"),
    "beyond": (ods_repeated(1_048_577, 1), "F02"),
    "cells": (ods_repeated(1000, 1000), "F02"),
    "huge": (ods_repeated(10**30, 1), "F12"),
    "none": (ods_repeated(0, 1), "F12"),
    "number": (make_ods(ods_number("float", "1,5", "1,5")), "S19"),
    "groups": (
        make_ods(
            '<table:table table:name="A">'
            + "<table:table-row-group>" * 40
            + "</table:table-row-group>" * 40
            + "</table:table>"
        ),
        "F12",
    ),
    "broken": (make_ods("<table:table>"), "F05"),
    "dtd": (make_ods("", more={"content.xml": b"<!DOCTYPE a><a/>"}), "F11"),
}


@pytest.mark.parametrize("name", ODS_REFUSED)
def test_a_bad_ods_is_refused(name: str) -> None:
    data, code = ODS_REFUSED[name]
    with pytest.raises(SourceRefusedError) as caught:
        read_admitted(admit_bytes("a.ods", data))
    assert caught.value.code == code
