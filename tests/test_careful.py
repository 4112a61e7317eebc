"""The careful reader of .xlsx and .xlsm: what an official sees, whatever wrote the file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from containers import SHEET, make_workbook, parts_of, watched, with_parts, with_sheet
from seen_cells import CELLS, both, make_one_cell, one_cell, texts

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.careful import read_workbook
from cchc_calc.excel.readers.fast import read_workbook_fast
from cchc_calc.gate import admit_bytes
from cchc_calc.sources import open_document, read_admitted

if TYPE_CHECKING:
    from pathlib import Path

    import xlsxwriter


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_of_xlsx(name: str) -> None:
    write, expected = CELLS[name]
    data = make_one_cell(write)
    cell = one_cell(read_workbook(admit_bytes("a.xlsx", data)))
    assert (cell.text, cell.fault, cell.computed) == expected
    fast = read_workbook_fast(admit_bytes("a.xlsx", data))
    assert fast is None or one_cell(fast) == cell


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_formula_saved_without_its_result_is_not_a_blank() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu mẫu"
    sheet["B5"] = "=SUM(A1:A4)"
    cell = one_cell(both(saved(book)))
    assert (cell.text, cell.fault, cell.computed) == CELLS["no result"][1]


def test_blank_rows_are_left_out_and_addresses_stay() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write(0, 0, "đầu")
        sheet.write_blank(1, 0, None, book.add_format({"bold": True}))
        sheet.write(9, 2, "cuối")

    (table,) = both(make_workbook(fill)).tables
    assert [[cell.where for cell in row] for row in table.rows] == [["A!A1"], ["A!A10", "A!B10", "A!C10"]]


def test_merged_cells() -> None:
    """A heading over several columns is no fault; a figure over several cells belongs to nobody."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.merge_range("A1:C1", "Tiêu đề")
        sheet.merge_range("A2:A3", "1.1.")
        sheet.merge_range("B2:C2", 5)
        sheet.merge_range("B4:B5", "99,7% (446/447)")
        sheet.merge_range("D1:D9", "")
        sheet.merge_range("A6:A7", "Có = 1")

    document = both(make_workbook(fill))
    assert texts(document) == [
        [["Tiêu đề"], ["1.1.", "5", ""], [""], ["", "99,7% (446/447)"], ["", ""], ["Có = 1"], [""]]
    ]
    faults = {cell.where: cell.fault for table in document.tables for row in table.rows for cell in row if cell.fault}
    assert faults == {
        "A!A2": "ô gộp với các ô bên dưới, đến dòng 3",
        "A!A3": "ô nằm trong vùng gộp với ô A2",
        "A!C2": "ô nằm trong vùng gộp với ô B2",
        "A!B4": "ô gộp với các ô bên dưới, đến dòng 5",
        "A!B5": "ô nằm trong vùng gộp với ô B4",
        "A!A7": "ô nằm trong vùng gộp với ô A6",
    }


def test_a_value_under_a_merged_cell_is_not_seen() -> None:
    grid = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    document = both(with_sheet(grid, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    assert texts(document) == [[["1", ""]]]


def test_sheets_without_a_grid_and_hidden_sheets_are_left_out() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        chart_sheet = book.add_chartsheet("Đồ thị")
        book.add_worksheet("Biểu mẫu").write("A1", "thấy")
        hidden = book.add_worksheet("Ẩn")
        hidden.write("A1", "không thấy")
        hidden.hide()
        very_hidden = book.add_worksheet("Ẩn kỹ")
        very_hidden.very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='Biểu mẫu'!$A$1:$A$2"})
        chart_sheet.set_chart(chart)
        book.get_worksheet_by_name("Biểu mẫu").activate()

    document = both(make_workbook(fill))
    assert [(table.name, len(table.rows)) for table in document.tables] == [("Biểu mẫu", 1)]


def test_one_sheet_by_its_name() -> None:
    admitted = admit_bytes("a.xlsx", make_workbook())
    document = read_workbook_fast(admitted, "Biểu mẫu", columns=2)
    assert document is not None
    assert texts(document) == [[["STT", "Chỉ tiêu"], ["1.1.", "Số văn bản"]]]
    assert read_workbook_fast(admitted, "Trang khác") is None


def test_hidden_rows_and_columns_are_read() -> None:
    grid = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>'
    assert texts(both(with_sheet(grid, before='<cols><col min="1" max="1" hidden="1"/></cols>'))) == [[["1"]]]


def test_dates_of_the_other_calendar() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write_number(0, 0, 43538, book.add_format({"num_format": 14}))

    data = make_workbook(fill)
    workbook = parts_of(data)["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    assert b"date1904" in workbook
    assert texts(both(with_parts(data, {"xl/workbook.xml": workbook}))) == [[["15/03/2023"]]]


CELL = '<c r="A1"><v>5</v></c>'
SAME = {
    # grids that are written in another way and mean the same
    "plain": with_sheet(f'<row r="1">{CELL}</row>'),
    "no addresses": with_sheet("<row><c><v>5</v></c></row>"),
    "dimension that lies": with_sheet(f'<row r="1">{CELL}</row>', before='<dimension ref="A1:XFD1048576"/>'),
    "inline": with_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>5</t></is></c></row>'),
    "pretty": with_sheet(f'\n  <row r="1">\n    {CELL}\n  </row>\n'),
    "comment": with_sheet(f'<!-- <row r="1"><c r="A1"><v>9</v></c></row> --><row r="1">{CELL}</row>'),
    "instruction": with_sheet(f'<?a <row r="1"><c r="A1"><v>9</v></c></row> ?><row r="1">{CELL}</row>'),
    "section": with_sheet('<row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row>'),
    "quotes": with_sheet("<row r='1'><c r='A1'><v>5</v></c></row>"),
    "number of a letter": with_sheet('<row r="1"><c r="A1"><v>&#53;</v></c></row>'),
    "utf-16": with_parts(
        make_workbook(),
        {
            SHEET: parts_of(with_sheet(f'<row r="1">{CELL}</row>'))[SHEET]
            .decode()
            .replace("UTF-8", "UTF-16")
            .encode("utf-16")
        },
    ),
    "prefix": with_parts(
        make_workbook(),
        {
            SHEET: b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
            b'<x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        },
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_sheet_written_in_another_way(name: str) -> None:
    assert texts(both(SAME[name])) == [[["5"]]]


def test_a_sheet_larger_than_it_says_is_read_whole() -> None:
    grid = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>'
    assert texts(both(with_sheet(grid, before='<dimension ref="A1"/>'))) == [[["1", "2"], ["3"]]]


def test_all_sheets_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("A", "B"):
            book.add_worksheet(name).write_row(0, 0, [1, 2, 3])

    data = make_workbook(fill)
    both(data)
    monkeypatch.setattr("cchc_calc.excel.readers.careful.CELLS_LIMIT", 5)
    with pytest.raises(SourceRefusedError) as caught:
        read_workbook(admit_bytes("a.xlsx", data))
    assert caught.value.code == "F02"


def test_countless_formatted_blank_rows_are_read() -> None:
    rows = "".join(f'<row r="{row}" s="0" customFormat="1"/>' for row in range(2, 200_001))
    assert texts(both(with_sheet(f'<row r="1">{CELL}</row>{rows}'))) == [[["5"]]]


def test_a_sheet_outside_the_file_is_not_fetched() -> None:
    data = make_workbook()
    links = parts_of(data)["xl/_rels/workbook.xml.rels"].replace(
        b'Target="worksheets', b'TargetMode="External" Target="worksheets'
    )
    with pytest.raises(SourceRefusedError) as caught:
        read_admitted(admit_bytes("a.xlsx", with_parts(data, {"xl/_rels/workbook.xml.rels": links})))
    assert caught.value.code == "F05"


def test_no_link_is_followed_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_one_cell(CELLS["other file"][0]))
    open_document(path)
    with watched() as events:
        open_document(path)
    assert events == ["open"]
    assert list(tmp_path.iterdir()) == [path]
