"""The reader of .txt: lines with tabs are tables, other lines are prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.document import Document, Paragraph, Table
from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes
from cchc_calc.sources import open_document, read_admitted

if TYPE_CHECKING:
    from pathlib import Path


def read(text: str) -> Document:
    return read_admitted(admit_bytes("a.txt", text.encode()))


def seen(document: Document) -> list[object]:
    """Give paragraphs as text and tables as lists of rows."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


TEXTS = {
    # text -> blocks
    "prose": ("BÁO CÁO\n\nQuý III\n", ["BÁO CÁO", "Quý III"]),
    "table": ("1.1.\tSố văn bản\t3\n1.2.\tTỷ lệ\t\n", [[["1.1.", "Số văn bản", "3"], ["1.2.", "Tỷ lệ", ""]]]),
    "page break": ("a\t1\n\nb\t2\n", [[["a", "1"]], [["b", "2"]]]),
    "prose between": ("a\t1\nghi chú\nb\t2", [[["a", "1"]], "ghi chú", [["b", "2"]]]),
    "blank cells at both ends": ("\t- Số\t \n", [[["", "- Số", ""]]]),
    "windows lines": ("a\t1\r\nb\t2\r\n\r\nhết\r\n", [[["a", "1"], ["b", "2"]], "hết"]),
    "form feed": ("a\t1\n\f\nb\t2", [[["a", "1"]], [["b", "2"]]]),
    "bold over two lines": ("**TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH**", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
    "italic": ("Quý III (*từ ngày 13/6*) :", ["Quý III (từ ngày 13/6) :"]),
    "bold": ("**Đạt** 5/16", ["Đạt 5/16"]),
    "product": ("5*3 = 15 * 1", ["5*3 = 15 * 1"]),
    "footnote star": ("Số liệu* (ghi chú)", ["Số liệu* (ghi chú)"]),
    "tags": ("<i>- Số</i>\t<p>một</p> <p>hai</p>", [[["- Số", "một  hai"]]]),
    "list": ('a\t<ul style="list-style-type: none"> - một - hai', [[["a", "- một - hai"]]]),
    "less than": ("Trễ hạn\t<=2%", [[["Trễ hạn", "<=2%"]]]),
    "cell over several lines": (
        "4\t<p>một</p>\t<p>hai\nba</p>\n<p>lẻ</p>\n5\tnăm\tsáu",
        [[["4", "một", "hai ba"]], "lẻ", [["5", "năm", "sáu"]]],
    ),
    "a cell after a long one": ("4\t<p>một\n\nhai</p>\t9\n5\tx\ty", [[["4", "một  hai", "9"], ["5", "x", "y"]]]),
    "never closed": ("4\t<p>một\nhai\n5\tba", [[["4", "một"]], "hai", [["5", "ba"]]]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text(name: str) -> None:
    text, expected = TEXTS[name]
    assert seen(read(text)) == expected


def test_places_are_lines_as_an_editor_counts_them() -> None:
    document = read("tựa\n\na\t<p>1\n2</p>\t3\nb\tc\r\nhết")
    (table,) = document.tables
    assert [[cell.where for cell in row] for row in table.rows] == [
        ["dòng 3, ô 1", "dòng 3, ô 2", "dòng 3, ô 3"],
        ["dòng 5, ô 1", "dòng 5, ô 2"],
    ]
    assert [paragraph.where for paragraph in document.paragraphs] == ["dòng 1", "dòng 6"]


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(SourceRefusedError) as caught:
        read("\t" * 200_000)
    assert caught.value.code == "F02"


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=3)
PIECES = st.sampled_from(["a", "1,5", "\t", "\n", "\r\n", "<p>", "</p>", "**", "*", "<i>", " ", "<ul>", "</"])


@given(st.lists(PIECES | LETTERS, max_size=40).map("".join))
def test_no_word_is_lost(text: str) -> None:
    """Whatever the mark-up, every letter and figure is in a cell or a paragraph, in its order."""
    document = read("Báo cáo\n" + text)
    words = [cell.text for block in document.blocks for cell in _cells(block)]
    read_letters = [letter for letter in "".join(words) if letter.isdigit() or letter == "a"]
    given_letters = [letter for letter in "Báo cáo" + text if letter.isdigit() or letter == "a"]
    assert read_letters == given_letters


def _cells(block: Paragraph | Table) -> list[Paragraph] | list[object]:
    return [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]


# file: paragraphs, tables, rows, cells a row
REAL = {
    "000": (13, 3, 9, {6}),
    "001": (11, 4, 11, {6}),
    "002": (23, 3, 11, {2}),
    "003": (32, 0, 0, set()),
    "004": (114, 15, 169, {6}),
}


@pytest.mark.parametrize("number", REAL)
def test_a_real_report(number: str, real_reports: Path) -> None:
    """Every row of every table is read whole; 169 rows of six cells in the annex of the quarterly report."""
    (path,) = real_reports.glob(f"{number}_*.txt")
    document = open_document(path)
    rows = [row for table in document.tables for row in table.rows]
    assert (len(document.paragraphs), len(document.tables), len(rows), {len(row) for row in rows}) == REAL[number]
    marks = [cell.text for row in rows for cell in row if "<p>" in cell.text or "**" in cell.text]
    assert marks == []
