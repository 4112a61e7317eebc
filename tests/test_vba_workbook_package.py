"""A VBA project in somebody else's workbook: nothing else changes, and every reader finds the modules."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from openpyxl import load_workbook
from vba_projects import shipped_project, sources_elsewhere

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.vba import VbaProjectError, document_module, read_project, standard_module, with_modules
from cchc_calc.excel.vba.obfuscation import obfuscate
from cchc_calc.excel.vba.project import Project, Protection
from cchc_calc.excel.vba.workbook_package import project_of, with_project
from cchc_calc.package import Package

CODE = "Public Function CCHC_THU() As Long\r\n    CCHC_THU = 1\r\nEnd Function\r\n"
PROJECT = with_modules(read_project(shipped_project()), [standard_module("CCHC_Ham", CODE)])
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABS = ("Biểu mẫu 06đ", "Hướng dẫn", "Đồ thị & 'số' liệu")


def make_workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for tab in TABS[:2]:
            book.add_worksheet(tab).write("A1", 447)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{TABS[0]}'!$A$1:$A$3"})
        book.add_chartsheet(TABS[2]).set_chart(chart)
    return target.getvalue()


WORKBOOK = make_workbook()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def edited(part: str, old: str, new: str, data: bytes = WORKBOOK) -> bytes:
    parts = parts_of(data)
    assert old in parts[part].decode()
    return packed(parts | {part: parts[part].decode().replace(old, new).encode()})


def bound(data: bytes = WORKBOOK, project: Project = PROJECT) -> bytes:
    return with_project(Package("a.xlsx", data), project)


def code_names(data: bytes) -> list[str]:
    package = Package("a", data)
    sheets = sorted(name for name in package.names if name.startswith(("xl/worksheets/s", "xl/chartsheets/s")))
    found = [package.parse_xml("xl/workbook.xml").find(f"{MAIN}workbookPr")]
    found += [package.parse_xml(name).find(f"{MAIN}sheetPr") for name in sheets]
    return [element.get("codeName", "") for element in found if element is not None]


def test_only_what_must_change_is_changed() -> None:
    before, after = parts_of(WORKBOOK), parts_of(bound())
    assert list(after) == [*before, "xl/vbaProject.bin"]
    assert {name for name in before if after[name] != before[name]} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/chartsheets/sheet1.xml",
    }
    for name in before:
        # Nothing is taken away: what is there is found again, with something put between.
        pieces = iter(after[name])
        if name != "[Content_Types].xml":
            assert all(letter in pieces for letter in before[name])


def test_the_links_of_the_new_part() -> None:
    after = parts_of(bound())
    types = after["[Content_Types].xml"].decode()
    assert 'PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"' in types
    assert 'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"' in types
    assert "spreadsheetml.sheet.main+xml" not in types
    link = Package("a", bound()).links("xl/workbook.xml")["rIdVba1"]
    assert (link.kind, link.target) == ("vbaProject", "xl/vbaProject.bin")


def test_every_sheet_has_its_module() -> None:
    assert code_names(bound()) == ["ThisWorkbook", "Sheet3", "Sheet1", "Sheet2"]
    project = project_of(Package("a", bound()))
    assert project is not None
    assert [module.name for module in project.modules] == [
        "ThisWorkbook", "Sheet1", "Sheet2", "Sheet3", "Module1", "xlwings", "Dictionary", "CCHC_Ham",
    ]  # fmt: skip
    assert project.modules[3] == document_module("Sheet3", "chartsheet")


def test_other_readers() -> None:
    assert sources_elsewhere(bound())["CCHC_Ham.bas"] == standard_module("CCHC_Ham", CODE).source
    book = load_workbook(io.BytesIO(bound()), keep_vba=True)
    assert tuple(book.sheetnames) == TABS
    assert book[TABS[0]]["A1"].value == 447
    assert book[TABS[0]].sheet_properties.codeName == "Sheet1"


def test_no_clock_and_no_second_change() -> None:
    assert bound() == bound()
    assert bound(bound()) == bound()


CODED = edited("xl/workbook.xml", "<workbookPr ", '<workbookPr codeName="So_lam_viec" ')
EXISTING = {
    "the workbook's own code name": (CODED, ["So_lam_viec", "Sheet3", "Sheet1", "Sheet2"]),
    "a workbook without properties": (
        edited("xl/workbook.xml", '<workbookPr defaultThemeVersion="124226"/>', ""),
        ["ThisWorkbook", "Sheet3", "Sheet1", "Sheet2"],
    ),
    "a sheet with a name that was next": (
        edited("xl/worksheets/sheet2.xml", "<dimension", '<sheetPr codeName="sheet1"/><dimension'),
        ["ThisWorkbook", "Sheet3", "Sheet2", "sheet1"],
    ),
    "a sheet with properties but no name": (
        edited("xl/worksheets/sheet2.xml", "<dimension", "<sheetPr><tabColor rgb='FFFF0000'/></sheetPr><dimension"),
        ["ThisWorkbook", "Sheet3", "Sheet1", "Sheet2"],
    ),
    "an empty name": (
        edited("xl/worksheets/sheet1.xml", "<dimension", "<sheetPr codeName = ''  /><dimension"),
        ["ThisWorkbook", "Sheet3", "Sheet1", "Sheet2"],
    ),
    "a sheet in a comment": (
        edited("xl/worksheets/sheet1.xml", "<dimension", '<!-- <sheetPr codeName="No"/> --><dimension'),
        ["ThisWorkbook", "Sheet3", "Sheet1", "Sheet2"],
    ),
    "names that begin with the mark of UTF-8": (
        edited("xl/worksheets/sheet1.xml", "<?xml", "\ufeff<?xml"),
        ["ThisWorkbook", "Sheet3", "Sheet1", "Sheet2"],
    ),
}


def test_new_properties_stand_where_the_schema_wants_them() -> None:
    workbook = Package("a", bound(EXISTING["a workbook without properties"][0])).parse_xml("xl/workbook.xml")
    names = [child.tag.removeprefix(MAIN) for child in workbook]
    assert names[:3] == ["fileVersion", "workbookPr", "bookViews"]


def test_the_parts_are_compressed() -> None:
    with zipfile.ZipFile(io.BytesIO(bound())) as archive:
        assert {part.compress_type for part in archive.infolist()} == {zipfile.ZIP_DEFLATED}


@pytest.mark.parametrize("name", EXISTING)
def test_code_names_that_are_there(name: str) -> None:
    data, expected = EXISTING[name]
    assert code_names(bound(data)) == expected
    project = project_of(Package("a", bound(data)))
    assert project is not None
    assert {module.name for module in project.modules if module.kind == "document"} == set(expected)


def test_tags_with_a_prefix() -> None:
    parts = parts_of(WORKBOOK)
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    sheet = sheet.replace(" xmlns=", " xmlns:x=")
    data = bound(packed(parts | {"xl/worksheets/sheet1.xml": sheet.encode()}))
    assert '<x:sheetPr codeName="Sheet1"/>' in parts_of(data)["xl/worksheets/sheet1.xml"].decode()
    assert code_names(data) == ["ThisWorkbook", "Sheet3", "Sheet1", "Sheet2"]


def test_a_module_does_not_lose_its_name_to_a_sheet() -> None:
    project = replace(PROJECT, modules=(standard_module("Sheet2", CODE),))
    assert code_names(bound(project=project)) == ["ThisWorkbook", "Sheet4", "Sheet1", "Sheet3"]


LOCKED = replace(
    PROJECT,
    protection=Protection(*(obfuscate(value, PROJECT.identifier) for value in (b"\1\0\0\0", bytes(1), b"\xff"))),
)
WITH_CODE = replace(
    PROJECT,
    modules=(replace(document_module("Sheet9", "worksheet"), source='Attribute VB_Name = "Sheet9"\r\nSub A()'),),
)
SIGNED = packed(
    parts_of(bound())
    | {
        "xl/_rels/vbaProject.bin.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"/>'
    }
)
TWICE = edited("xl/worksheets/sheet2.xml", "<dimension", '<sheetPr codeName="A"/><dimension')
REFUSED = {
    "a locked project": (bound(project=LOCKED), PROJECT, "khóa"),
    "a signed project": (SIGNED, PROJECT, "chữ ký số"),
    "code behind a sheet that is not there": (WORKBOOK, WITH_CODE, "Sheet9"),
    "a code name that is no name": (
        edited("xl/workbook.xml", "<workbookPr ", '<workbookPr codeName="a b" '),
        PROJECT,
        "a b",
    ),
    "two sheets of one name": (
        edited("xl/worksheets/sheet1.xml", "<dimension", '<sheetPr codeName="A"/><dimension', TWICE),
        PROJECT,
        "codeName",
    ),
    "a dialogue": (
        edited("xl/_rels/workbook.xml.rels", "relationships/chartsheet", "relationships/dialogsheet"),
        PROJECT,
        "dialogsheet",
    ),
    "a sheet that is none": (
        edited("xl/worksheets/sheet1.xml", "<worksheet ", "<x/><worksheet "),
        PROJECT,
        "sheet1",
    ),
    "a sheet of another kind": (
        edited(
            "xl/worksheets/sheet1.xml",
            "worksheet>",
            "macrosheet>",
            edited("xl/worksheets/sheet1.xml", "<worksheet ", "<macrosheet "),
        ),
        PROJECT,
        "sheet1",
    ),
    "no workbook": (edited("_rels/.rels", "relationships/officeDocument", "relationships/other"), PROJECT, "sổ tính"),
    "a broken project": (packed(parts_of(bound()) | {"xl/vbaProject.bin": b"x"}), PROJECT, "hỏng"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_workbooks_that_are_left_alone(name: str) -> None:
    data, project, said = REFUSED[name]
    with pytest.raises(VbaProjectError, match=said):
        bound(data, project)


def test_a_package_that_is_broken() -> None:
    with pytest.raises(SourceRefusedError):
        bound(edited("xl/workbook.xml", "<workbook ", "<!DOCTYPE a><workbook "))
    with pytest.raises(VbaProjectError, match=r"xl/workbook\.xml"):
        bound(edited("xl/workbook.xml", "</workbook>", ""))


def test_a_workbook_without_macros() -> None:
    assert project_of(Package("a", WORKBOOK)) is None
