"""Sheets on which readers disagree: refused before any of them opens it."""

from __future__ import annotations

import re

import pytest
from containers import SHEET, make_workbook, parts_of, with_parts, with_sheet

from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes
from cchc_calc.sources import read_admitted

CELL = '<c r="A1"><v>5</v></c>'
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT_SHEET = b'<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData/></worksheet>'


def many_cells(row: int) -> str:
    """Make a hundred cells that do not compress well, so that it is the count that is refused."""
    return "".join(f"<c><v>{(row * 100 + column) ** 2 % 999_983}</v></c>" for column in range(100))


REFUSED = {
    "dup_row": (with_sheet(f'<row r="1">{CELL}</row><row r="1">{CELL}</row>'), "S13"),
    "row_disorder": (with_sheet(f'<row r="2"/><row r="1">{CELL}</row>'), "S13"),
    "dup_cell": (with_sheet(f'<row r="1">{CELL}{CELL}</row>'), "S13"),
    "cell_disorder": (with_sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'), "S13"),
    "cell of another row": (with_sheet('<row r="1"><c r="A2"><v>1</v></c></row>'), "S13"),
    "two values": (with_sheet('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>'), "S13"),
    "ref_oob row": (with_sheet('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), "S14"),
    "ref_oob column": (with_sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "S14"),
    "ref that is none": (with_sheet('<row r="1"><c r="1A"><v>1</v></c></row>'), "S14"),
    "merge_oob": (with_sheet("", after='<mergeCells><mergeCell ref="A1:XFE1"/></mergeCells>'), "S14"),
    "merge_all": (with_sheet("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "F02"),
    "merge_far": (with_sheet("", after='<mergeCells><mergeCell ref="XFC1:XFD1000"/></mergeCells>'), "F02"),
    "ss_oob": (with_sheet('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), "S15"),
    "ss that is none": (with_sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), "S15"),
    "style_oob": (with_sheet('<row r="1"><c r="A1" s="999"><v>1</v></c></row>'), "S15"),
    "style_oob of a text": (with_sheet('<row r="1"><c r="A1" s="999" t="str"><v>1</v></c></row>'), "S15"),
    "num_NaN": (with_sheet('<row r="1"><c r="A1"><v>NaN</v></c></row>'), "S19"),
    "num_INF": (with_sheet('<row r="1"><c r="A1"><v>INF</v></c></row>'), "S19"),
    "num_1e400": (with_sheet('<row r="1"><c r="A1"><v>1e400</v></c></row>'), "S19"),
    "num_comma": (with_sheet('<row r="1"><c r="A1"><v>1,5</v></c></row>'), "S19"),
    "num_hex": (with_sheet('<row r="1"><c r="A1"><v>0x10</v></c></row>'), "S19"),
    "num_underscore": (with_sheet('<row r="1"><c r="A1"><v>1_000</v></c></row>'), "S19"),
    "num_arabic": (with_sheet('<row r="1"><c r="A1"><v>٣</v></c></row>'), "S19"),
    "strict_ns": (with_parts(make_workbook(), {SHEET: STRICT_SHEET}), "F12"),
    "alternate": (
        with_sheet(
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice><row r="1">{CELL}</row></mc:Choice></mc:AlternateContent>'
        ),
        "F12",
    ),
    "foreign cell": (with_sheet('<row r="1"><x:c xmlns:x="urn:x" r="A1"><x:v>1</x:v></x:c></row>'), "F12"),
    "unknown type": (with_sheet('<row r="1"><c r="A1" t="x"><v>1</v></c></row>'), "F12"),
    "row behind the grid": (with_sheet("", after=f'<x><row r="2">{CELL.replace("A1", "A2")}</row></x>'), "F12"),
    "second grid": (with_sheet("", after=f'<sheetData><row r="1">{CELL}</row></sheetData>'), "F12"),
    "deep": (with_sheet("<a>" * 100 + "</a>" * 100), "F12"),
    "not well formed": (with_sheet('<row r="1"><c r="A1"><v>1</c></row>'), "F05"),
    "unbound entity": (with_sheet('<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>'), "F05"),
    "no sheet": (with_parts(make_workbook(), {SHEET: None}), "F05"),
    "no links": (with_parts(make_workbook(), {"xl/_rels/workbook.xml.rels": None}), "F05"),
    "no workbook": (with_parts(make_workbook(), {"xl/workbook.xml": None}), "F05"),
    "dtd": (
        with_parts(make_workbook(), {SHEET: b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet/>'}),
        "F11",
    ),
    "200 100 cells": (with_sheet("".join(f"<row>{many_cells(row)}</row>" for row in range(2001))), "F02"),
    "200 100 blank cells": (
        with_sheet(
            "".join(
                f"<row>{many_cells(row).replace('<v>', '<x>').replace('</v>', '</x>')}</row>" for row in range(2001)
            )
        ),
        "F02",
    ),
    "200 001 rows": (with_sheet("".join(f'<row r="{row}"/>' for row in range(1, 200_002))), "F02"),
    "200 001 rows, well packed": (with_sheet("<row/>" * 200_001), "F02"),
    "wide": (
        with_sheet("".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(1, 14))),
        "F02",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_readers_disagree_on_is_refused(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(SourceRefusedError) as caught:
        read_admitted(admit_bytes("a.xlsx", data))
    assert caught.value.code == code, caught.value
    assert re.search("Biểu mẫu|sheet1.xml|cấu trúc tệp", caught.value.message)


def test_excel_4_macros_are_refused() -> None:
    data = make_workbook()
    links = parts_of(data)["xl/_rels/workbook.xml.rels"].replace(
        b"relationships/worksheet", b"relationships/xlMacrosheet"
    )
    with pytest.raises(SourceRefusedError) as caught:
        read_admitted(admit_bytes("a.xlsx", with_parts(data, {"xl/_rels/workbook.xml.rels": links})))
    assert caught.value.code == "F10"


def test_a_workbook_saved_as_strict_is_refused() -> None:
    data = make_workbook()
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    for part in ("xl/workbook.xml", SHEET):
        changed = with_parts(data, {part: parts_of(data)[part].replace(old, new)})
        with pytest.raises(SourceRefusedError) as caught:
            read_admitted(admit_bytes("a.xlsx", changed))
        assert caught.value.code == "F12"
