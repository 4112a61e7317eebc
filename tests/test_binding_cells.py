"""Cells replaced in the XML of a sheet, however it is written: every other byte stays where it was."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.binding.new_cells import NewCell, with_new_cells
from cchc_calc.excel.binding.sheet_cells import cell_name, read_sheet_cells
from cchc_calc.excel.patching.elements import Splice, find_elements, splice, with_attributes
from cchc_calc.excel.readers.grid import column_number
from cchc_calc.excel.readers.workbook_parts import MAIN

NEW = NewCell('=IF(A1="KXĐ",1,A1<2)', 0.5)
NAMES = {"": "", "x:": ":x"}


def sheet_of(grid, prefix="", before="", after=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}worksheet xmlns{NAMES[prefix]}="{MAIN}">'
        f"{before}<{prefix}sheetData>{grid}</{prefix}sheetData>{after}</{prefix}worksheet>"
    ).encode()


def put(xml, *places, new=NEW):
    return with_new_cells(read_sheet_cells("mau.xlsx", "Biểu", xml), dict.fromkeys(places, new))


def grid_of(xml):
    return xml.decode().partition("sheetData>")[2].rpartition("</")[0].rpartition("</")[0]


@pytest.mark.parametrize(
    ("grid", "place", "expected"),
    [
        ('<row r="1"><c r="A1"/></row>', (1, 1), '<row r="1"><c r="A1">NEW</c></row>'),
        ('<row r="1"><c r="A1" s="3" t="s"><v>7</v></c></row>', (1, 1), '<row r="1"><c r="A1" s="3">NEW</c></row>'),
        ("<row r='1'><c  r='A1'\n t='s'\n/></row>", (1, 1), "<row r='1'><c  r='A1'>NEW</c></row>"),
        ('<row r="1"><c r="A1" vm="1" cm="2" x="a>b"/></row>', (1, 1), '<row r="1"><c r="A1" x="a>b">NEW</c></row>'),
        ('<row r="1"><c r="A1"></c></row>', (1, 1), '<row r="1"><c r="A1">NEW</c></row>'),
        ("<row><c/><c/></row>", (1, 2), "<row><c/><c>NEW</c></row>"),
        ('<row r="5"/>', (5, 2), '<row r="5"><c r="B5">NEW</c></row>'),
        ('<row r="5" spans="1:2"/>', (5, 2), '<row r="5" spans="1:2"><c r="B5">NEW</c></row>'),
        ('<row r="5" spans="1:2"/>', (5, 3), '<row r="5"><c r="C5">NEW</c></row>'),
        ('<row r="5" s="4" customFormat="1"/>', (5, 2),
         '<row r="5" s="4" customFormat="1"><c r="B5" s="4">NEW</c></row>'),
        ('<row r="5" s="4"/>', (5, 2), '<row r="5" s="4"><c r="B5">NEW</c></row>'),
        ('<row r="5"><c r="A5"/><c r="C5"/></row>', (5, 2),
         '<row r="5"><c r="A5"/><c r="B5">NEW</c><c r="C5"/></row>'),
        ('<row r="5"><c r="A5"/></row>', (5, 2), '<row r="5"><c r="A5"/><c r="B5">NEW</c></row>'),
        ('<row r="5"/>', (4, 1), '<row r="4"><c r="A4">NEW</c></row><row r="5"/>'),
        ('<row r="5"/>', (6, 1), '<row r="5"/><row r="6"><c r="A6">NEW</c></row>'),
        ("", (6, 1), '<row r="6"><c r="A6">NEW</c></row>'),
        ('<!-- <c r="A1"/> --><row r="1"><?a <c r="A1"/>?><c r="A1"/></row>', (1, 1),
         '<!-- <c r="A1"/> --><row r="1"><?a <c r="A1"/>?><c r="A1">NEW</c></row>'),
        ('<row r="1"><c r="A1"><v><![CDATA[</c>]]></v></c></row>', (1, 1), '<row r="1"><c r="A1">NEW</c></row>'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_where_a_cell_goes(grid, place, expected, prefix):
    def prefixed(text):
        return re.sub(r"<(/?)(row|c|v|f)\b(?![^<]*(?:-->|\?>))", rf"<\1{prefix}\2", text)

    content = '<f>IF(A1="KXĐ",1,A1&lt;2)</f><v>0.5</v>'
    xml = sheet_of(prefixed(grid), prefix)
    assert put(xml, place) == sheet_of(prefixed(expected.replace("NEW", content)), prefix)


def test_an_empty_grid_is_opened():
    xml = f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="3" style="6"/></cols><sheetData/></worksheet>'.encode()
    assert b'<sheetData><row r="2"><c r="B2" s="6"><f>' in put(xml, (2, 2))


def test_text_results_and_styles():
    xml = sheet_of('<row r="1"><c r="A1" s="3"/></row>')
    assert b'<c r="A1" s="8" t="str"><f>B1</f><v>KX\xc4\x90 &amp; 1</v></c>' in put(
        xml, (1, 1), new=NewCell("=B1", "KXĐ & 1", 8)
    )


@pytest.mark.parametrize(
    ("grid", "code"),
    [
        ('<row r="2"/><row r="1"/>', "S13"),
        ('<row r="2"/><row r="2"/>', "S13"),
        ('<row r="1"><c r="B1"/><c r="A1"/></row>', "S13"),
        ('<row r="1"><c r="A2"/></row>', "S13"),
        ('<row r="1"><c r="1A"/></row>', "S14"),
        ('<row r="một"/>', "S14"),
        ("<row", "F05"),
    ],
)
def test_a_grid_that_is_refused(grid, code):
    with pytest.raises(SourceRefusedError) as refused:
        read_sheet_cells("mau.xlsx", "Biểu", sheet_of(grid))
    assert refused.value.code == code


def test_a_sheet_without_a_grid_is_refused():
    with pytest.raises(SourceRefusedError) as refused:
        read_sheet_cells("mau.xlsx", "Biểu", f'<worksheet xmlns="{MAIN}"/>'.encode())
    assert refused.value.code == "F05"


def test_changes_that_overlap_are_refused():
    with pytest.raises(ValueError, match="byte 2"):
        splice(b"0123456789", [Splice(1, 4, b""), Splice(2, 3, b"")])


def test_a_byte_order_mark_moves_nothing():
    xml = b"\xef\xbb\xbf" + sheet_of('<row r="1"><c r="A1"/></row>')
    (cell,) = find_elements(xml, {"worksheet/sheetData/row/c"})
    assert xml[cell.start : cell.end] == b'<c r="A1"/>'


def test_elements_of_another_namespace_are_not_taken_for_cells():
    xml = sheet_of('<row r="1"><y:c xmlns:y="u" r="A1"/><c r="B1"/></row>')
    (cell,) = find_elements(xml, {"worksheet/sheetData/row/c"})
    assert cell.attributes == {"r": "B1"}


@given(
    attributes=st.dictionaries(st.sampled_from(["r", "s", "t", "x:y"]), st.text("ab<>&\"'ệ", max_size=4)),
    quote=st.sampled_from("\"'"),
    space=st.sampled_from([" ", "\n", "  "]),
    changes=st.dictionaries(st.sampled_from(["r", "s", "new"]), st.none() | st.text("ab<>&\"'ệ", max_size=4)),
    end=st.sampled_from([">", " >", "/>", " />"]),
)
def test_attributes_change_and_the_others_do_not(attributes, quote, space, changes, end):
    from html import escape

    written = "".join(f"{space}{name}={quote}{escape(value)}{quote}" for name, value in attributes.items())
    tag = with_attributes(f"<c{written}{end}".encode(), changes).decode()
    closed = tag if tag.endswith("/>") else f"{tag}</c>"
    element = ET.fromstring(f'<a xmlns:x="u">{closed}</a>')[0]  # noqa: S314 - made here
    expected = {name: value for name, value in {**attributes, **changes}.items() if value is not None}
    assert {name.replace("{u}", "x:"): value for name, value in element.attrib.items()} == expected
    assert tag.endswith("/>") == end.endswith("/>")


SPACES = st.sampled_from(["", " ", "\n", "\r\n  "])
NOISE = st.sampled_from(["", "", "", "<!-- <c r='A1'/> -->", '<?pi <row r="1"/> ?>', "\n"])
KINDS = st.sampled_from(["", ' s="0"', " t='s'", ' t="str" vm="1"'])
CONTENTS = st.sampled_from(
    ["", "<v>1</v>", "<f>A1&lt;2</f><v>ệ</v>", '<is><t xml:space="preserve"> a </t></is>', "<v><![CDATA[<c>]]></v>"]
)


@st.composite
def sheets(draw):
    """A sheet as pieces, of which those of cells carry their place; every shape the standard allows."""
    prefix = draw(st.sampled_from(["", "x:"]))
    pieces, explicit = [], True
    number = 0
    for _ in range(draw(st.integers(0, 5))):
        step = draw(st.integers(1, 3))
        number += step
        explicit = step > 1 or draw(st.booleans())
        named = f' r="{number}"' if explicit else ""
        quote = draw(st.sampled_from("\"'"))
        row = named.replace('"', quote) + draw(st.sampled_from(["", ' ht="20"', " spans='1:3'", ' x="1>0"']))
        pieces.append((draw(NOISE), None))
        columns = sorted(draw(st.sets(st.integers(1, 5), max_size=4)))
        if not columns and draw(st.booleans()):
            pieces.append((f"<{prefix}row{row}{draw(SPACES)}/>", (number, 0)))
            continue
        pieces.append((f"<{prefix}row{row}{draw(SPACES)}>", None))
        last = 0
        for column in columns:
            name = "" if column == last + 1 and draw(st.booleans()) else f' r="{cell_name((number, column))}"'
            last = column
            tag = f"<{prefix}c{name}{draw(KINDS)}{draw(SPACES)}"
            content = re.sub(r"<(/?)(v|f|is|t)\b", rf"<\1{prefix}\2", draw(CONTENTS))
            whole = f"{tag}/>" if not content and draw(st.booleans()) else f"{tag}>{content}</{prefix}c{draw(SPACES)}>"
            pieces += [(draw(NOISE), None), (whole, (number, column))]
        pieces += [(draw(NOISE), None), (f"</{prefix}row>", None)]
    return prefix, pieces


def cells_of(xml):
    """Read a sheet as ElementTree reads it: place -> formula or the XML of the cell, in the order they stand."""
    found, number = {}, 0
    for row in ET.fromstring(xml).iterfind(f"{{{MAIN}}}sheetData/{{{MAIN}}}row"):  # noqa: S314 - made here
        number = int(row.get("r", number + 1))
        column = 0
        for cell in row.iterfind(f"{{{MAIN}}}c"):
            letters = cell.get("r", "").rstrip("0123456789")
            column = column_number(letters) if letters else column + 1
            assert (number, column) not in found
            formula = cell.find(f"{{{MAIN}}}f")
            is_new = formula is not None and f"={formula.text}" == NEW.formula
            found[number, column] = NEW.formula if is_new else ET.tostring(cell)
    return found


@given(sheet=sheets(), places=st.sets(st.tuples(st.integers(1, 16), st.integers(1, 6)), min_size=1, max_size=6))
@example(sheet=("", [('<row r="5"/>', (5, 0))]), places={(4, 1), (5, 1)})
@example(sheet=("x:", [("<x:row/>", (1, 0)), ("<x:row/>", (2, 0))]), places={(1, 1), (2, 2), (3, 3)})
def test_any_sheet_gets_its_cells_and_keeps_the_others(sheet, places):
    prefix, pieces = sheet
    xml = sheet_of("".join(text for text, _ in pieces), prefix)
    patched = put(xml, *places)
    before, after = cells_of(xml), cells_of(patched)
    assert after == before | dict.fromkeys(places, NEW.formula)
    assert list(after) == sorted(after)


@given(sheet=sheets(), chance=st.randoms(use_true_random=False))
def test_replacing_cells_changes_no_byte_outside_of_them(sheet, chance):
    prefix, pieces = sheet
    cells = [place for _, place in pieces if place is not None and place[1]]
    places = {place for place in cells if chance.random() < 0.5}
    xml = sheet_of("".join(text for text, _ in pieces), prefix)
    before, after = xml.split(b"sheetData>")[0], xml.rpartition(b"</")[0].rpartition(b"</")[2]
    middle = b"".join(
        rb"<(?:x:)?c(?:(?!</(?:x:)?c).)*</(?:x:)?c>" if place in places else re.escape(text.encode())
        for text, place in pieces
    )
    grid = re.escape(before) + b"sheetData>" + middle + re.escape(b"</" + after) + b"</.*"
    assert re.fullmatch(grid, put(xml, *places), re.DOTALL)


def test_no_cell_changes_no_byte():
    xml = sheet_of('<row r="1"><c r="A1"/></row>')
    assert put(xml) == xml
