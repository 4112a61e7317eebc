"""The reader of .docx: paragraphs and tables as an official reads them."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import docx
import pytest
from containers import parts_of, watched, with_parts
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.document import Document, Paragraph
from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes
from cchc_calc.sources import open_document, read_admitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document as WordDocument

BODY = "word/document.xml"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ALTERNATIVE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def make_word(fill: Callable[[WordDocument], object]) -> bytes:
    document = docx.Document()
    fill(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


EMPTY = make_word(lambda _document: None)


def with_body(xml: str) -> bytes:
    """Make a document of the given WordprocessingML, prefix ``w``."""
    names = f'xmlns:w="{NAMESPACE}" xmlns:mc="{ALTERNATIVE}"'
    return with_parts(EMPTY, {BODY: f"<w:document {names}><w:body>{xml}</w:body></w:document>".encode()})


def read(data: bytes) -> Document:
    return read_admitted(admit_bytes("a.docx", data))


def seen(document: Document) -> list[object]:
    """Give paragraphs as text and tables as lists of rows."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


A, B, C = (paragraph(run(letter)) for letter in "abc")

LINES = {
    # what a paragraph holds -> what is read
    "runs": (run("Tỷ lệ ") + run("99,") + run("7%"), "Tỷ lệ 99,7%"),
    "tab and break": ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b c"),
    "hyphen": ("<w:r><w:t>VP</w:t><w:noBreakHyphen/><w:t>TK</w:t></w:r>", "VP-TK"),
    "link": (f"<w:hyperlink>{run('liên kết')}</w:hyperlink>", "liên kết"),
    "inserted under review": (f"<w:ins>{run('thêm')}</w:ins>", "thêm"),
    "deleted under review": (f"{run('còn')}<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>", "còn"),
    "moved away": (f"<w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run('mới')}</w:moveTo>", "mới"),
    "field": ("<w:r><w:instrText> PAGE </w:instrText></w:r>" + run("5"), "5"),
    "content control": (f"<w:sdt><w:sdtContent>{run('ô nhập')}</w:sdtContent></w:sdt>", "ô nhập"),
    "alternative": (
        f"<mc:AlternateContent><mc:Choice>{run('một')}</mc:Choice><mc:Fallback>{run('hai')}</mc:Fallback></mc:AlternateContent>",
        "một",
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_a_paragraph(name: str) -> None:
    content, text = LINES[name]
    document = read(with_body(A + paragraph("") + paragraph(content)))
    assert document.blocks == (Paragraph("a", "đoạn 1"), Paragraph(text, "đoạn 3"))
    in_cell = read(with_body(table(row(cell(paragraph(content))))))
    assert seen(in_cell) == [[[text]]]


GRIDS = {
    "plain": (table(row(cell(A), cell(B))), [[["a", "b"]]]),
    "paragraphs of a cell": (table(row(cell(A + paragraph("") + B))), [[["a b"]]]),
    "merged across": (table(row(cell(A, '<w:gridSpan w:val="2"/>'), cell(B))), [[["a", "", "b"]]]),
    "merged down": (
        table(row(cell(A, '<w:vMerge w:val="restart"/>'), cell(B)), row(cell(C, "<w:vMerge/>"), cell(C))),
        [[["a", "b"], ["", "c"]]],
    ),
    "cells left out before": (table(row(cell(A), properties='<w:gridBefore w:val="1"/>')), [[["", "a"]]]),
    "span that is none": (table(row(cell(A, '<w:gridSpan w:val="x"/>'), cell(B))), [[["a", "b"]]]),
    "deleted row": (table(row(cell(A)), row(cell(B), properties="<w:del/>"), row(cell(C))), [[["a"], ["c"]]]),
    "nested": (table(row(cell(A + table(row(cell(B)))), cell(C))), [[["a", "c"]], [["b"]]]),
    "wrapped": (
        f"<w:sdt><w:sdtContent>{table(f'<w:sdt><w:sdtContent>{row(cell(A))}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>",
        [[["a"]]],
    ),
    "in order": (A + table(row(cell(B))) + C, ["a", [["b"]], "c"]),
}


@pytest.mark.parametrize("name", GRIDS)
def test_a_table(name: str) -> None:
    content, expected = GRIDS[name]
    assert seen(read(with_body(content))) == expected


def test_places_are_named() -> None:
    document = read(with_body(A + table(row(cell(A))) + table(row(cell(A)), row(cell(A), cell(B)))))
    assert document.tables[1].rows[1][1].where == "bảng 2, dòng 2, cột 2"
    assert document.paragraphs[0].where == "đoạn 1"


def test_a_document_of_the_library() -> None:
    """Headers and footers are left out; merged cells give their text once."""

    def fill(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "đầu trang"
        document.add_heading("BÁO CÁO")
        grid = document.add_table(rows=2, cols=3)
        grid.cell(0, 0).merge(grid.cell(0, 2)).text = "Cải cách thể chế"
        for index, text in enumerate(("2.1.", "Số văn bản", "3")):
            grid.cell(1, index).text = text
        document.add_paragraph("Nơi nhận:")

    expected = ["BÁO CÁO", [["Cải cách thể chế", "", ""], ["2.1.", "Số văn bản", "3"]], "Nơi nhận:"]
    assert seen(read(make_word(fill))) == expected


def test_a_width_no_table_has_costs_nothing() -> None:
    document = read(with_body(table(row(cell(A, '<w:gridSpan w:val="2000000000"/>')))))
    assert len(document.tables[0].rows[0]) == 63


WIDE = '<w:gridSpan w:val="63"/>'
BAD = {
    "many cells": (with_body(table(row(*(cell(paragraph(run(f"{n * n}")), WIDE) for n in range(3200))))), "F02"),
    "broken": (with_parts(EMPTY, {BODY: b"<w:document"}), "F05"),
    "no body": (with_parts(EMPTY, {BODY: f'<w:document xmlns:w="{NAMESPACE}"/>'.encode()}), "F05"),
    "no document": (with_parts(EMPTY, {BODY: None}), "F05"),
    "dtd": (with_parts(EMPTY, {BODY: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}), "F11"),
    "strict": (
        with_parts(
            EMPTY,
            {
                "_rels/.rels": parts_of(EMPTY)["_rels/.rels"].replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
                )
            },
        ),
        "F12",
    ),
    "deep": (with_body("<w:sdt>" * 100 + "</w:sdt>" * 100), "F12"),
    "very deep": (with_body("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "F05"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_refused(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(SourceRefusedError) as caught:
        read(data)
    assert caught.value.code == code, caught.value


def test_the_library_may_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(SourceRefusedError) as caught:
        read(EMPTY)
    assert caught.value.code == "F15"
    assert "pip install" in caught.value.remedy


def test_no_picture_and_no_link_is_opened(tmp_path: Path) -> None:
    links = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    links += (
        b'Type="http://x/attachedTemplate" Target="http://192.0.2.1/a.dotm" TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "a.docx"
    path.write_bytes(with_parts(with_body(A), {"word/_rels/document.xml.rels": links}))
    open_document(path)
    with watched() as events:
        document = open_document(path)
    assert seen(document) == ["a"]
    assert events == ["open"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10), min_size=1, max_size=5))
def test_text_is_kept_but_for_its_blanks(words: list[str]) -> None:
    document = read(make_word(lambda new: [new.add_paragraph(word) for word in words]))
    assert seen(document) == [" ".join(word.split()) for word in words if word.split()]


XML = parts_of(with_body(A + table(row(cell(A, '<w:gridSpan w:val="2"/>'), cell(B))) + C))[BODY]


@given(st.data())
def test_a_damaged_document_is_read_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(XML)))
    cut = data.draw(st.integers(0, 30))
    new = data.draw(st.sampled_from([b"", b"<", b">", b"<w:tbl>", b"</w:tc>", b"&#0;", b"\xff", b"w:p"]))
    try:
        document = read(with_parts(EMPTY, {BODY: XML[:place] + new + XML[place + cut :]}))
    except SourceRefusedError:
        return
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    ("first", "last", "figure", "covered"),
    [
        ((0, 1), (1, 1), "425", [(0, 1), (1, 1)]),
        ((0, 0), (0, 1), "425", [(0, 1)]),
        ((0, 0), (0, 1), "Chương trình 2023", []),
    ],
)
def test_a_cell_that_shares_a_figure_has_a_fault(first, last, figure, covered):
    def fill(document):
        grid = document.add_table(rows=2, cols=2)
        grid.cell(*first).merge(grid.cell(*last)).text = figure

    (table,) = read(make_word(fill)).tables
    faulty = [(row, column) for row, cells in enumerate(table.rows) for column, cell in enumerate(cells) if cell.fault]
    assert faulty == covered
    assert {cell.code for cells in table.rows for cell in cells if cell.fault} <= {"S11"}
