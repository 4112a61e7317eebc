"""The fast reader of .xlsx: the same as the careful one, or nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from containers import make_workbook, with_parts, with_sheet
from hypothesis import given
from hypothesis import strategies as st
from seen_cells import CELLS, both, make_one_cell

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.careful import read_workbook
from cchc_calc.excel.readers.fast import read_workbook_fast
from cchc_calc.excel.readers.workbook_parts import MAIN
from cchc_calc.gate import admit, admit_bytes

if TYPE_CHECKING:
    import xlsxwriter

    from cchc_calc.document import Document


@pytest.mark.parametrize("name", ["text", "count", "rate", "money", "sum", "error", "true", "no result", "rich text"])
def test_the_fast_reader_reads_what_offices_write(name: str) -> None:
    assert read_workbook_fast(admit_bytes("a.xlsx", make_one_cell(CELLS[name][0]))) is not None


@pytest.mark.parametrize("name", ["date", "count shown as a date", "moment", "time", "duration", "other file"])
def test_the_fast_reader_leaves_to_the_careful_one(name: str) -> None:
    assert read_workbook_fast(admit_bytes("a.xlsx", make_one_cell(CELLS[name][0]))) is None


GRIDS = st.lists(
    st.lists(
        st.none()
        | st.integers(-(10**12), 10**12)
        | st.floats(-1e9, 1e9)
        | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
        | st.booleans(),
        max_size=6,
    ),
    max_size=6,
)
NUMBER_FORMATS = ["General", "0", "0.00", "#,##0", "0.0%", '#,##0" đ"', "d/m/yyyy", "@"]


@given(GRIDS, st.lists(st.sampled_from(NUMBER_FORMATS), min_size=6, max_size=6))
def test_the_fast_reader_says_the_same(grid: list[list[object]], formats: list[str]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        styles = [book.add_format({"num_format": code}) for code in formats]
        for row, values in enumerate(grid):
            for column, value in enumerate(values):
                writers = {bool: sheet.write_boolean, int: sheet.write_number, float: sheet.write_number}
                if value is None:
                    sheet.write_formula(row, column, "=A1*2", styles[column], 1.25)
                else:
                    writers.get(type(value), sheet.write_string)(row, column, value, styles[column])

    data = make_workbook(fill)
    both(data)
    has_dates = "d/m/yyyy" in formats
    has_escapes = any(isinstance(value, str) and re.search("_x|&#", value) for values in grid for value in values)
    assert has_dates or has_escapes or read_workbook_fast(admit_bytes("a.xlsx", data)) is not None


GRID = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>5</v></c><c r="C1" s="0"/></row>'
    '<row r="2"><c r="A2"><f>B1*2</f><v>10</v></c><c r="B2" t="str"><f>A1</f><v>x</v></c></row><row r="4"/>'
    '<row r="7"><c r="D7" t="e"><v>#N/A</v></c></row>'
)
TOKENS = re.findall(r"<[^>]*>|[^<]+", GRID)


@given(st.data())
def test_a_changed_sheet_is_read_alike_or_refused(data: st.DataObject) -> None:
    """Tags dropped, doubled, swapped, changed: what the careful reader refuses, the fast one does not read."""
    tokens = list(TOKENS)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(tokens) - 1))
        match data.draw(st.sampled_from(["drop", "double", "swap", "change"])):
            case "drop" if len(tokens) > 1:
                del tokens[place]
            case "swap":
                other = data.draw(st.integers(0, len(tokens) - 1))
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case "change":
                old = data.draw(st.sampled_from(["1", "2", "A", "B", "t=", "s=", "r=", "v", "row", ">"]))
                new = data.draw(st.sampled_from(["", "1", "9", "2", "C", "AAAA", "x", "r=", "-1", "<v>", "&"]))
                tokens[place] = tokens[place].replace(old, new)
            case _:
                tokens.insert(place, tokens[place])
    admitted = admit_bytes("a.xlsx", with_sheet("".join(tokens)))
    fast = read_workbook_fast(admitted)
    try:
        careful: Document | None = read_workbook(admitted)
    except SourceRefusedError:
        careful = None
    assert fast in (None, careful)


FIVE = '<row r="1"><c r="A1"><v>5</v></c></row>'
STRANGE = {
    # what the careful reader refuses, or reads in another way than a glance would
    "open row": with_sheet('<row r="1"><c r="A1"><v>5</v></c>'),
    "row in a row": with_sheet('<row r="1"><row r="2"></row></row>'),
    "end without a row": with_sheet(f"{FIVE}</row>"),
    "cell outside a row": with_sheet(f'{FIVE}<c r="A2"><v>5</v></c>'),
    "cell of another row": with_sheet('<row r="1"><c r="A2"><v>5</v></c></row><row r="2"/>'),
    "string without a number": with_sheet('<row r="1"><c r="A1" t="s"><v></v></c></row>'),
    "row behind the grid": with_sheet(FIVE, after='<x><row r="2"><c r="A2"><v>6</v></c></row></x>'),
    "open tag behind the grid": with_sheet(FIVE, after="<mergeCells>"),
    "second grid": with_sheet(FIVE, after='<sheetData><row r="2"/></sheetData>'),
    "comment": with_sheet(f"<!-- {FIVE} -->"),
    "instruction": with_sheet(f"<?x {FIVE} ?>"),
    "section": with_sheet('<row r="1"><c r="A1" t="str"><v><![CDATA[5]]></v></c></row>'),
    "style that is not there": with_sheet('<row r="1"><c r="A1" s="99" t="str"><v>5</v></c></row>'),
    "far merge": with_sheet(FIVE, after='<mergeCells><mergeCell ref="XFC1:XFD1000"/></mergeCells>'),
    "merge that is none": with_sheet(FIVE, after='<mergeCells><mergeCell ref="A1:1A"/></mergeCells>'),
    "table by its name": with_sheet('<row r="1"><c r="A1"><f>SUM(Bang[Số])</f><v>5</v></c></row>'),
    "wrong letters": with_parts(make_workbook(), {"xl/sharedStrings.xml": b"\xff"}),
    "strings that are skipped": with_parts(
        make_workbook(),
        {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>a</t></si><si/><si><t>b</t></si></sst>'.encode()},
    ),
    "strings behind a comment": with_parts(
        make_workbook(),
        {
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>a</t></si><si><!--</si><si>--><t>b</t></si>'
            f"{'<si><t>c</t></si>' * 3}</sst>".encode()
        },
    ),
    "letter by its code": with_sheet('<row r="1"><c r="A1" t="str"><v>_x0041_</v></c></row>'),
    "pronunciation": with_parts(
        make_workbook(),
        {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si><t>a</t><rPh><t>b</t></rPh></si>" * 5}</sst>'.encode()},
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_strange_is_left_to_the_careful_reader(name: str) -> None:
    assert read_workbook_fast(admit_bytes("a.xlsx", STRANGE[name])) is None


def test_all_sheets_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("A", "B"):
            book.add_worksheet(name).write_row(0, 0, [1, 2, 3])

    admitted = admit_bytes("a.xlsx", make_workbook(fill))
    assert read_workbook_fast(admitted) is not None
    monkeypatch.setattr("cchc_calc.excel.readers.fast.CELLS_LIMIT", 5)
    assert read_workbook_fast(admitted) is None


@pytest.mark.parametrize("digits", [15, 16, 20, 21, 22, 40])
def test_a_long_number_is_written_alike(digits: int) -> None:
    both(with_sheet(f'<row r="1"><c r="A1"><v>{"1234567890" * 4:.{digits}}</v></c></row>'))


def test_page_breaks_are_no_rows() -> None:
    breaks = '<rowBreaks count="1" manualBreakCount="1"><brk id="1" max="16383" man="1"/></rowBreaks>'
    data = with_sheet('<row r="1"><c r="A1"><v>5</v></c></row>', after=breaks)
    assert both(data) == read_workbook_fast(admit_bytes("a.xlsx", data))


def test_the_books_of_the_project_are_read_by_both() -> None:
    books = sorted((Path(__file__).parent.parent / "workbooks").rglob("*.xls[xm]"))
    for path in books:
        admitted = admit(path)
        assert read_workbook_fast(admitted) in (None, read_workbook(admitted))
