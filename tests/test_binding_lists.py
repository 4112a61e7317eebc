"""Sheets added to the lists of a workbook, however these are written; and styles copied for a number format."""

from xml.etree import ElementTree as ET

import pytest
from containers import make_zip, parts_of
from filled_forms import FORM

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.binding.patched_package import patched
from cchc_calc.excel.binding.rate_styles import PERCENT, read_styles
from cchc_calc.excel.binding.workbook_lists import AddedSheet, plan_sheets, with_sheets
from cchc_calc.excel.readers.workbook_parts import MAIN, SheetPart, read_workbook_parts
from cchc_calc.package import Package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET = b'<worksheet xmlns="%b"><sheetData/></worksheet>' % MAIN.encode()
CHAIN_LINK = f'<Relationship Id="rId7" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>'
CHAIN_TYPE = '<Override PartName="/xl/calcChain.xml" ContentType="a/b"/>'
BOOK = '<sheets><sheet name="Biểu" sheetId="4" r:id="rId1"/></sheets>'


def package_of(book=BOOK, *, root="", links="", types="", more=None):
    """A workbook of one sheet as bare as it can be."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": root or f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{links}</Relationships>',
    }
    packed = {name: text.encode() for name, text in parts.items()} | {"xl/worksheets/sheet1.xml": SHEET}
    return Package("mau.xlsx", make_zip(packed | (more or {})))


def with_added(package, *names):
    """Add sheets; give the parts, and the package as it is read again."""
    planned = plan_sheets(package, "xl/workbook.xml", dict.fromkeys(names or ["CCHC_TINH"], True))
    changes = with_sheets(package, "xl/workbook.xml", planned) | {sheet.part: SHEET for sheet in planned}
    data = patched(package, changes)
    return parts_of(data), Package("moi.xlsx", data)


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (BOOK, f'{BOOK[:-9]}NEW</sheets><calcPr fullCalcOnLoad="1"/>'),
        (f'{BOOK}<calcPr calcId="1"/>', f'{BOOK[:-9]}NEW</sheets><calcPr calcId="1" fullCalcOnLoad="1"/>'),
        (f'{BOOK}<calcPr fullCalcOnLoad="0" calcMode="manual"/>',
         f'{BOOK[:-9]}NEW</sheets><calcPr fullCalcOnLoad="1" calcMode="manual"/>'),
        (f"{BOOK}<definedNames/><oleSize/>",
         f'{BOOK[:-9]}NEW</sheets><definedNames/><calcPr fullCalcOnLoad="1"/><oleSize/>'),
        (f"{BOOK}<externalReferences/><pivotCaches/>",
         f'{BOOK[:-9]}NEW</sheets><externalReferences/><calcPr fullCalcOnLoad="1"/><pivotCaches/>'),
    ],
)  # fmt: skip
def test_the_list_of_sheets(book, expected):
    parts, package = with_added(package_of(book))
    new = '<sheet name="CCHC_TINH" sheetId="5" state="hidden" r:id="rIdCchc"/>'
    assert expected.replace("NEW", new) in parts["xl/workbook.xml"].decode()
    assert [sheet.name for sheet in read_workbook_parts(package).sheets] == ["Biểu", "CCHC_TINH"]


def test_the_new_entry_is_written_with_the_prefixes_of_its_neighbour():
    root = (
        f'<x:workbook xmlns:x="{MAIN}"><x:sheets>'
        f'<x:sheet xmlns:q="{OFFICE}" q:id="rId1" sheetId="1" name="Biểu" state="visible"/></x:sheets></x:workbook>'
    )
    parts, package = with_added(package_of(root=root))
    assert f'sheetId="2" state="hidden" xmlns:q="{OFFICE}" q:id="rIdCchc"/></x:sheets><x:calcPr' in (
        parts["xl/workbook.xml"].decode()
    )
    assert read_workbook_parts(package).sheets[1] == SheetPart("CCHC_TINH", "xl/worksheets/cchc.xml", is_visible=False)


def test_the_chain_of_calculation_goes_and_nothing_points_at_it():
    package = package_of(links=CHAIN_LINK, types=CHAIN_TYPE, more={"xl/calcChain.xml": b"<calcChain/>"})
    parts, _ = with_added(package)
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["xl/_rels/workbook.xml.rels"] + parts["[Content_Types].xml"]


def test_names_that_are_taken_get_a_number():
    taken = BOOK.replace("</sheets>", '<sheet name="cchc_tinh" sheetId="9" r:id="rId1"/></sheets>')
    links = f'<Relationship Id="RIDCCHC" Type="{OFFICE}/theme" Target="theme.xml"/>'
    package = package_of(taken, links=links, more={"xl/worksheets/CCHC.xml": SHEET, "xl/theme.xml": b"<a/>"})
    planned = plan_sheets(package, "xl/workbook.xml", {"CCHC_TINH": True, "xlwings.conf": True, "Tự kiểm tra": False})
    assert planned == (
        AddedSheet("CCHC_TINH2", "xl/worksheets/cchc2.xml", "rIdCchc2", is_hidden=True),
        AddedSheet("xlwings.conf", "xl/worksheets/cchc3.xml", "rIdCchc3", is_hidden=True),
        AddedSheet("Tự kiểm tra", "xl/worksheets/cchc4.xml", "rIdCchc4", is_hidden=False),
    )
    book = ET.fromstring(with_sheets(package, "xl/workbook.xml", planned)["xl/workbook.xml"])  # noqa: S314 - made here
    listed = [(sheet.get("name"), sheet.get("sheetId"), sheet.get("state")) for sheet in book.iter(f"{{{MAIN}}}sheet")]
    assert listed[2:] == [
        ("CCHC_TINH2", "10", "hidden"),
        ("xlwings.conf", "11", "hidden"),
        ("Tự kiểm tra", "12", None),
    ]


@pytest.mark.parametrize("root", ["<workbook", f'<workbook xmlns="{MAIN}"/>'])
def test_a_broken_list_is_refused(root):
    package = package_of(root=root)
    with pytest.raises(SourceRefusedError) as refused:
        with_added(package)
    assert refused.value.code == "F05"


STYLES = (
    f'<s:styleSheet xmlns:s="{MAIN}"><s:numFmts count="1"><s:numFmt numFmtId="164" formatCode="0.0%"/></s:numFmts>'
    '<s:cellStyleXfs count="1"><s:xf numFmtId="0"/></s:cellStyleXfs><s:cellXfs count="3">'
    '<s:xf numFmtId="164"/><s:xf numFmtId=\'1\' fontId="2" applyNumberFormat="0"><s:alignment wrapText="1"/></s:xf>'
    '<s:xf fontId="3"/></s:cellXfs><s:dxfs/></s:styleSheet>'
)


def test_a_style_is_copied_with_another_number_format():
    styles = read_styles("mau.xlsx", STYLES.encode())
    assert styles.formats == ("0.0%", "0", "General")
    xml, numbers = styles.with_formats(frozenset({(1, PERCENT), (2, PERCENT)}))
    assert numbers == {(1, PERCENT): 3, (2, PERCENT): 4}
    copies = (
        '<s:xf numFmtId="10" fontId="2" applyNumberFormat="1"><s:alignment wrapText="1"/></s:xf>'
        '<s:xf fontId="3" numFmtId="10" applyNumberFormat="1"/>'
    )
    expected = STYLES.replace("</s:cellXfs>", f"{copies}</s:cellXfs>").replace('cellXfs count="3"', 'cellXfs count="5"')
    assert xml.decode() == expected
    assert styles.with_formats(frozenset()) == (STYLES.encode(), {})


@pytest.mark.parametrize(
    ("code", "address", "wanted"),
    [
        ("General", "3.4.3", 10), ("0", "3.4.3", 10), ("0.00", "3.4.3", 10), ('0.0"%"', "3.4.3", 10),
        ("0\\%", "3.4.3", 10), ("@", "3.4.3", 10), ("0%", "3.4.3", None), ('0.0 %;"không có %"', "3.4.3", None),
        ("General", "2.1", None), ("#,##0", "2.1", None), ("@", "2.1", 0), ("0.00%", "2.1", 0), ('0"%"', "2.1", None),
        ("dd/mm/yyyy", "2.1", 0), ("[h]:mm", "2.1", 0), ('[Red]#,##0" đồng"', "2.1", None),
    ],
)  # fmt: skip
def test_which_formats_do_not_do(code, address, wanted):
    escaped = code.replace('"', "&quot;")
    xml = STYLES.replace('formatCode="0.0%"', f'formatCode="{escaped}"')
    assert read_styles("mau.xlsx", xml.encode()).wanted_format(FORM.row(address), 0) == wanted


@pytest.mark.parametrize("number", [14, 22, 30, 47, 58])
def test_the_built_in_formats_of_days_do_not_do_for_a_sum(number):
    styles = read_styles("mau.xlsx", STYLES.replace('numFmtId="164"/><s:xf', f'numFmtId="{number}"/><s:xf').encode())
    assert styles.wanted_format(FORM.row("2.1"), 0) == 0


@pytest.mark.parametrize(("address", "wanted"), [("3.4.3", 164), ("2.1", 1)])
def test_the_apostrophe_of_an_old_text_goes(address, wanted):
    style = {"3.4.3": 0, "2.1": 1}[address]
    xml = STYLES.replace('xf numFmtId="164"', 'xf numFmtId="164" quotePrefix="1"')
    styles = read_styles("mau.xlsx", xml.replace("numFmtId='1'", "numFmtId='1' quotePrefix='true'").encode())
    assert styles.wanted_format(FORM.row(address), style) == wanted
    new, numbers = styles.with_formats(frozenset({(style, wanted)}))
    (number,) = numbers.values()
    assert "quotePrefix" not in read_styles("mau.xlsx", new).styles[number].attributes


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (f'<styleSheet xmlns="{MAIN}"/>', "F12"),
        (f'<styleSheet xmlns="{MAIN}"><cellXfs/></styleSheet>', "F12"),
        ("<", "F05"),
    ],
)
def test_styles_that_are_refused(xml, code):
    with pytest.raises(SourceRefusedError) as refused:
        read_styles("mau.xlsx", xml.encode())
    assert refused.value.code == code


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_lists_in_utf_16(part):
    """Pieces of UTF-8 in the midst of them gave a workbook that nothing could open."""
    text = package_of(links=CHAIN_LINK, types=CHAIN_TYPE).read(part).decode()
    more = {part: text.encode("utf-16"), "xl/calcChain.xml": b"<calcChain/>"}
    parts, package = with_added(package_of(links=CHAIN_LINK, types=CHAIN_TYPE, more=more))
    types = ET.fromstring(parts["[Content_Types].xml"])  # noqa: S314 - written by us
    added = [entry.get("PartName") for entry in types.findall(f"{{{TYPES}}}Override")]
    assert "/xl/worksheets/cchc.xml" in added
    links = package.links("xl/workbook.xml")
    assert [link.target for link in links.values()] == ["xl/worksheets/sheet1.xml", "xl/worksheets/cchc.xml"]
