"""The reader of .csv: the mark between cells, encodings, quotations, and columns that never shift in silence."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.csv_tables import DELIMITERS, read_csv
from cchc_calc.document import Table
from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes


def read(text, encoding="utf-8"):
    return read_csv(admit_bytes("điểm.csv", text.encode(encoding)))


def seen(text, encoding="utf-8"):
    [table] = read(text, encoding).tables
    return [[cell.text for cell in row] for row in table.rows]


TEXTS = {
    # text -> rows
    "semicolons": ("Đơn vị;TC1\nPhường 3;1,5\n", [["Đơn vị", "TC1"], ["Phường 3", "1,5"]]),
    "commas": ("Đơn vị,TC1\nPhường 3,1.5\n", [["Đơn vị", "TC1"], ["Phường 3", "1.5"]]),
    "tabs": ("Đơn vị\tTC1\nPhường 3\t1,5\n", [["Đơn vị", "TC1"], ["Phường 3", "1,5"]]),
    "bars": ("Đơn vị|TC1\nPhường 3|1,5\n", [["Đơn vị", "TC1"], ["Phường 3", "1,5"]]),
    "a decimal comma in quotes": ('Đơn vị,TC1\nPhường 3,"1,5"\n', [["Đơn vị", "TC1"], ["Phường 3", "1,5"]]),
    "commas in the headings": (
        "Đơn vị;TC1 (0,1,2)\nP3;2\nP6;1\n",
        [["Đơn vị", "TC1 (0,1,2)"], ["P3", "2"], ["P6", "1"]],
    ),
    "decimal commas in every row": ("Đơn vị;TC1\nP3;1,5\nP6;1,6\n", [["Đơn vị", "TC1"], ["P3", "1,5"], ["P6", "1,6"]]),
    "the mark named": ("sep=;\r\na,b;c\r\n1,5;2\r\n", [["a,b", "c"], ["1,5", "2"]]),
    "a quotation in a quotation": ('a;b\n"Phường ""3""";2\n', [["a", "b"], ['Phường "3"', "2"]]),
    "a line break in a cell": ('a;b\n"Phường\n3";2\nc;1', [["a", "b"], ["Phường\n3", "2"], ["c", "1"]]),
    "blank lines and blank rows": ("a;b\n\n;\nP3;2\n", [["a", "b"], ["P3", "2"]]),
    "a title above": ("BẢNG ĐIỂM;\na;b\nP3;2\n", [["BẢNG ĐIỂM", ""], ["a", "b"], ["P3", "2"]]),
    "a short row": ("a;b;c\nP3;2\n", [["a", "b", "c"], ["P3", "2"]]),
    "one column": ("a\nb\n", [["a"], ["b"]]),
    "a formula stays text": ("a;b\nP3;=1+1\n", [["a", "b"], ["P3", "=1+1"]]),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_text(name, encoding, ending):
    text, expected = TEXTS[name]
    given_text = text.replace("\r\n", "\n").replace("\n", ending)
    assert seen(given_text, encoding) == expected


def test_places_are_lines_as_an_editor_counts_them():
    [table] = read('a;b\n"x\ny";1\n\nc;2\n').tables
    assert [row[1].where for row in table.rows] == ["dòng 1, ô 2", "dòng 2, ô 2", "dòng 5, ô 2"]
    [table] = read("sep=;\na;b\nc;2\n").tables
    assert [row[0].where for row in table.rows] == ["dòng 2, ô 1", "dòng 3, ô 1"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Đơn vị,Tổng điểm\nP3,15,6\nP6,16\nP8,13\n", "F12", "dòng 2 (3 ô) có nhiều ô hơn dòng tiêu đề (2 ô)"),
        ("Đơn vị,TC1,Ghi chú\nP3,1,5,\nP6,2,\nP8,2,\n", "F12", "dòng 2 (4 ô)"),
        (
            "a;b\n" + "c;d;e\n" * 9 + "c;d\n" * 20,
            "F12",
            "dòng 2 (3 ô), dòng 3 (3 ô), dòng 4 (3 ô), dòng 5 (3 ô), dòng 6 (3 ô) và 4",
        ),
        ('a;b\n"P3;2\n', "F12", "dấu nháy kép"),
        ('a;b\n"P3"x;2\n', "F12", "dấu nháy kép"),
        ("a;b\n" + "x" * 200_000 + ";1\n", "F12", "dấu nháy kép"),
        (" ;\n;\n", "F05", "không có ô nào"),
        (";" * 200_000, "F02", "200000 ô"),
    ],
)
def test_a_text_that_is_refused(text, code, words):
    with pytest.raises(SourceRefusedError) as caught:
        read(text)
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.remedy.endswith(".")


def test_the_remedy_for_a_decimal_comma_says_how_to_write_it():
    with pytest.raises(SourceRefusedError) as caught:
        read("Đơn vị,Tổng điểm\nP3,15,6\nP6,16\nP8,13\n")
    assert "dấu nháy kép, hoặc các ô ngăn bằng dấu chấm phẩy" in caught.value.remedy


def test_another_encoding_is_refused_by_the_gate():
    with pytest.raises(SourceRefusedError) as caught:
        read("Đơn vị;Điểm\n", "utf-16-le")
    assert caught.value.code == "F04"
    with pytest.raises(SourceRefusedError) as caught:
        admit_bytes("điểm.csv", b"\xd0\xf5n v\xf2;\xd0i\xecm\n")
    assert caught.value.code == "F14"


# --- laws ------------------------------------------------------------------------------------------------

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=6).map(str.strip)
GRIDS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(GRIDS, st.sampled_from(sorted(DELIMITERS)))
def test_what_is_written_with_every_cell_in_quotes_is_read_again(grid, delimiter):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(grid)
    kept = [row for row in grid if any(row)]
    if kept:
        assert seen(written.getvalue()) == kept
    else:
        with pytest.raises(SourceRefusedError):
            read(written.getvalue())


@given(st.text(st.sampled_from('ab1,;|\t"\n\r =x'), max_size=60))
def test_any_text_is_a_table_or_refused(text):
    try:
        [block] = read(f"a{text}").blocks
    except SourceRefusedError as error:
        block = error.code
    assert isinstance(block, Table) or block in {"F05", "F12"}
