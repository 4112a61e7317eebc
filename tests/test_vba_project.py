"""VBA projects: the shipped one is kept letter for letter, and every reader agrees on what is written."""

from __future__ import annotations

import struct
from dataclasses import replace

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vba_projects import (
    PROJECTS,
    REFERENCE,
    big_code,
    open_strictly,
    shipped_project,
    sources_elsewhere,
    unpack_elsewhere,
    workbook_documents,
)

from cchc_calc.excel.vba import (
    Module,
    Project,
    VbaProjectError,
    class_module,
    document_module,
    read_project,
    standard_module,
    with_documents,
    with_modules,
    write_project,
)
from cchc_calc.excel.vba.compound_writer import write_compound_file
from cchc_calc.excel.vba.compression import compress, decompress
from cchc_calc.excel.vba.dir_records import Records
from cchc_calc.excel.vba.obfuscation import ObfuscationError, obfuscate, reveal
from cchc_calc.excel.vba.project import Protection

CODE = (
    "Option Explicit\r\nPublic Function CCHC_THU(ByVal A As Double) As Double\r\n    CCHC_THU = A\r\nEnd Function\r\n"
)
SUFFIXES = {"standard": ".bas", "class": ".cls", "document": ".cls"}


def streams_of(data: bytes) -> dict[str, bytes]:
    file = olefile.OleFileIO(data)
    return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


def rebuilt(data: bytes, **changed: bytes | None) -> bytes:
    """Write a project's streams anew with some of them replaced; None leaves one out."""
    streams = streams_of(data)
    root = {name: content for name, content in streams.items() if "/" not in name}
    vba = {name.removeprefix("VBA/"): content for name, content in streams.items() if "/" in name}
    for name, content in changed.items():
        target = root if name.startswith("PROJECT") else vba
        target[name] = content or b""
        if content is None:
            del target[name]
    return write_compound_file({"VBA": vba, **root})


def plain_dir(data: bytes) -> bytes:
    return unpack_elsewhere(streams_of(data)["VBA/dir"])


# The shipped project, which Excel is known to open.


def test_what_the_shipped_project_holds() -> None:
    project = read_project(shipped_project())
    assert [(module.name, module.kind) for module in project.modules] == [
        ("ThisWorkbook", "document"),
        ("Sheet1", "document"),
        ("Module1", "standard"),
        ("Sheet2", "document"),
        ("xlwings", "standard"),
        ("Dictionary", "class"),
    ]
    assert [reference.name for reference in project.references] == ["MSForms", "Office"]
    assert (project.name, project.code_page, project.is_locked) == ("VBAProject", 1252, False)
    dictionary = project.modules[-1]
    assert dictionary.description.startswith("Drop-in replacement for Scripting.Dictionary on Mac\r\n")
    assert dictionary.source.startswith('Attribute VB_Name = "Dictionary"\r\nAttribute VB_Base = ')


def test_the_old_modules_are_kept_letter_for_letter() -> None:
    before = read_project(shipped_project())
    added = [standard_module("CCHC_Ham", CODE), standard_module("CCHC_Lon", big_code(3000)), class_module("So", "")]
    data = write_project(with_modules(before, added))
    assert read_project(data).modules == (*before.modules, *added)
    found, shipped = sources_elsewhere(data), sources_elsewhere(shipped_project())
    assert shipped.items() <= found.items()
    assert {name: found[name] for name in found.keys() - shipped.keys()} == {
        f"{module.name}{SUFFIXES[module.kind]}": module.source for module in added
    }


def test_the_dir_stream_differs_from_the_shipped_one_in_offsets_and_cookies_alone() -> None:
    """Field by field: every other byte of the records, with their order and sizes, is the same."""
    shipped, written = plain_dir(shipped_project()), plain_dir(write_project(read_project(shipped_project())))
    assert len(written) == len(shipped)
    different = bytearray(shipped)
    for head, size, value in ((0x13, 2, b"\xff\xff"), (0x2C, 2, b"\xff\xff"), (0x31, 4, bytes(4))):
        mark = struct.pack("<HL", head, size)
        place = different.find(mark)
        while place >= 0:
            different[place + 6 : place + 6 + size] = value
            place = different.find(mark, place + 6)
    assert written == bytes(different)


def test_the_other_streams_against_the_shipped_ones() -> None:
    shipped, written = streams_of(shipped_project()), streams_of(write_project(read_project(shipped_project())))
    assert written.keys() == shipped.keys()
    assert written["PROJECTwm"] == shipped["PROJECTwm"]
    assert written["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000000")
    windows = b"\r\n[Workspace]\r\n"
    assert written["PROJECT"].partition(windows)[0] == shipped["PROJECT"].partition(windows)[0]
    names = [line.partition(b"=")[0] for line in shipped["PROJECT"].partition(windows)[2].split(b"\r\n") if line]
    assert written["PROJECT"].partition(windows)[2] == b"".join(name + b"=0, 0, 0, 0, C\r\n" for name in names)


def test_the_same_project_gives_the_same_bytes() -> None:
    data = write_project(read_project(shipped_project()))
    assert write_project(read_project(data)) == data


# What the mission needs: large modules, many modules, many sheets.


@pytest.mark.parametrize("chunks", [1, 2, 8])
@pytest.mark.parametrize("off", [-1, 0, 1])
def test_modules_around_whole_chunks(chunks: int, off: int) -> None:
    head = 'Attribute VB_Name = "Lon"\r\n'
    source = head + big_code(100 * chunks)[: 4096 * chunks + off - len(head) - 2] + "\r\n"
    assert len(source) == 4096 * chunks + off
    data = write_project(with_modules(Project("VBAProject", ()), [Module("Lon", "standard", source)]))
    assert sources_elsewhere(data) == {"Lon.bas": source}
    assert read_project(data).modules[0].source == source


def test_hundreds_of_modules() -> None:
    added = [standard_module(f"Mo_{number:03}", f"' {number}\r\n" * number) for number in range(400)]
    data = write_project(with_modules(Project("VBAProject", workbook_documents(99)), added))
    open_strictly(data)
    assert len(read_project(data).modules) == 500
    found = sources_elsewhere(data)
    assert {module.source for module in added} <= set(found.values())
    assert len(found) == 500


@settings(max_examples=60)
@given(PROJECTS)
def test_whatever_is_written_is_read(project: Project) -> None:
    data = write_project(project)
    again = read_project(data)
    assert not project.is_locked
    assert not again.is_locked
    assert replace(again, protection=None) == project
    assert write_project(again) == data
    open_strictly(data)
    expected = {f"{module.name}{SUFFIXES[module.kind]}": module.source for module in project.modules}
    # olevba says nothing of a project without code.
    if any(module.source for module in project.modules):
        assert {name: code for name, code in sources_elsewhere(data).items() if code} == {
            name: code for name, code in expected.items() if code
        }


# Adding modules.

ADDED = standard_module("CCHC_Ham", CODE)

NOT_ADDED = {
    "the name of a module": standard_module("xlwings", CODE),
    "the same to VBA": standard_module("XLWINGS", CODE),
    "the name of a sheet": standard_module("Sheet1", CODE),
    "the name of the project": standard_module("vbaproject", CODE),
    "the name of a library": standard_module("Office", CODE),
    "the name of the host": standard_module("Excel", CODE),
    "a Vietnamese tab": standard_module("Biểu mẫu", CODE),
    "a digit first": standard_module("1A", CODE),
    "too long": standard_module("A" * 32, CODE),
    "the name of a stream": standard_module("dir", CODE),
    "no name inside": Module("A", "standard", CODE),
    "another name inside": Module("A", "standard", standard_module("B", CODE).source),
    "lines ended by LF": Module("A", "standard", 'Attribute VB_Name = "A"\r\nSub B()\nEnd Sub\r\n'),
    "a line too long": standard_module("A", "'" + "x" * 1023),
}


@pytest.mark.parametrize("name", NOT_ADDED)
def test_modules_that_are_not_added(name: str) -> None:
    with pytest.raises(VbaProjectError):
        with_modules(read_project(shipped_project()), [NOT_ADDED[name]])


def test_two_new_modules_of_one_name() -> None:
    with pytest.raises(VbaProjectError, match="CCHC_HAM"):
        with_modules(Project("VBAProject", ()), [ADDED, standard_module("CCHC_HAM", CODE)])


@pytest.mark.parametrize("name", ["PROJECT", "1A", "a b", "A" * 32, ""])
def test_a_name_that_is_no_name_is_not_written(name: str) -> None:
    with pytest.raises(VbaProjectError, match="không đặt được"):
        write_project(Project("VBAProject", (Module(name, "standard", ""),)))


def test_the_properties_of_a_project() -> None:
    project = Project("Thu", (), description='a "b" c', help_file="a.chm", help_context=7)
    lines = streams_of(write_project(project))["PROJECT"].decode("cp1252").split("\r\n")
    assert lines[1:5] == ['HelpFile="a.chm"', 'Name="Thu"', 'HelpContextID="7"', 'Description="a ""b"" c"']


@pytest.mark.parametrize("field", ["name", "description", "help_file"])
def test_a_property_that_would_be_two_lines(field: str) -> None:
    with pytest.raises(VbaProjectError, match="ký tự điều khiển"):
        write_project(replace(Project("Thu", ()), **{field: 'a\r\nModule="b"'}))


def test_two_modules_of_one_name_are_not_written() -> None:
    with pytest.raises(VbaProjectError, match="trùng tên"):
        write_project(Project("VBAProject", (ADDED, standard_module("cchc_ham", CODE))))


# The code page.

VIETNAMESE = "' Hồ sơ đúng hạn\r\n"
DECOMPOSED = "' Hô\u0300 sơ đu\u0301ng ha\u0323n\r\n"


def test_a_letter_that_the_code_page_does_not_have() -> None:
    project = with_modules(Project("VBAProject", ()), [standard_module("Nut", CODE + VIETNAMESE)])
    with pytest.raises(VbaProjectError, match=r"^Nut: dòng 6 có ký tự 'ồ' \(U\+1ED3\) mà bảng mã 1252 không có"):
        write_project(project)
    with pytest.raises(VbaProjectError, match=r"'ồ'.*1258"):
        write_project(replace(project, code_page=1258))


@pytest.mark.parametrize(("code_page", "text"), [(1258, DECOMPOSED), (65001, VIETNAMESE)])
def test_vietnamese_in_a_code_page_that_has_it(code_page: int, text: str) -> None:
    project = Project("VBAProject", (standard_module("Nut", text),), code_page=code_page)
    data = write_project(project)
    assert read_project(data).modules == project.modules
    assert sources_elsewhere(data)["Nut.bas"] == project.modules[0].source


def test_bytes_without_a_letter_are_kept() -> None:
    source = b'Attribute VB_Name = "Nut"\r\n\' \x81\x8d\x8f\x90\x9d\r\n'
    data = rebuilt(write_project(Project("VBAProject", (standard_module("Nut", ""),))), Nut=compress(source))
    again = write_project(read_project(data))
    assert decompress(streams_of(again)["VBA/Nut"]) == source


def test_bytes_without_a_letter_are_kept_where_they_stand_twice() -> None:
    project = Project("VBAProject", (replace(ADDED, description="a\udc81"),), description="b\udc9d")
    data = write_project(project)
    assert replace(read_project(data), protection=None) == project
    assert b"b\x9d" in plain_dir(data)
    assert "b\x9d".encode("utf-16-le") in plain_dir(data)


def test_bytes_that_would_not_come_back() -> None:
    """Two codes of 932 are one letter: written again, it would be another code."""
    source = b'Attribute VB_Name = "Nut"\r\n\' \x87\x90\r\n'
    empty = write_project(Project("VBAProject", (standard_module("Nut", ""),), code_page=932))
    with pytest.raises(VbaProjectError, match="932"):
        read_project(rebuilt(empty, Nut=compress(source)))


def test_a_code_page_that_nobody_has() -> None:
    with pytest.raises(VbaProjectError, match="9999"):
        write_project(Project("VBAProject", (), code_page=9999))


# Locked, hidden, signed with another project's values.

IDENTIFIER = "{5CF9CDAB-B77B-4FE4-BD7E-D29900070E1B}"
FREE = (bytes(4), bytes(1), b"\xff")
LOCKED = {
    "protected": (b"\1\0\0\0", bytes(1), b"\xff"),
    "with a password": (b"\1\0\0\0", b"\xff" + bytes(range(28)), b"\0"),
    "with a password in plain text": (bytes(4), b"matkhau\0", b"\xff"),
    "hidden": (bytes(4), bytes(1), b"\0"),
}


def protected(values: tuple[bytes, bytes, bytes]) -> Project:
    protection = Protection(*(obfuscate(value, IDENTIFIER) for value in values))
    return Project("VBAProject", (ADDED,), identifier=IDENTIFIER, protection=protection)


def test_a_project_that_nobody_has_locked() -> None:
    assert not read_project(write_project(protected(FREE))).is_locked


@pytest.mark.parametrize("name", LOCKED)
def test_a_locked_project_is_told_apart_and_left_alone(name: str) -> None:
    project = read_project(write_project(protected(LOCKED[name])))
    assert project.is_locked
    with pytest.raises(VbaProjectError, match="khóa"):
        with_modules(project, [standard_module("B", "")])


def test_values_of_another_project_count_as_locked() -> None:
    assert replace(protected(FREE), identifier="{00000000-0000-0000-0000-000000000000}").is_locked
    assert replace(protected(FREE), protection=Protection("XY", "", "")).is_locked


@pytest.mark.parametrize(
    ("value", "data"),
    [
        ("0705D8E3D8EDDBF1DBF1DBF1DBF1", bytes(4)),
        ("0E0CD1ECDFF4E7F5E7F5E7", bytes(1)),
        ("1517CAF1D6F9D7F9D706", b"\xff"),
    ],
)
def test_the_examples_of_the_specification(value: str, data: bytes) -> None:
    assert reveal(value, "{917DED54-440B-4FD1-A5C1-74ACF261E600}") == data


OF_ANOTHER = "{5CF9CDAB-B77B-4FE4-BD7E-D29900070E1C}"


@pytest.mark.parametrize(
    ("value", "identifier"),
    [
        (obfuscate(b"\xff", IDENTIFIER), OF_ANOTHER),
        (obfuscate(b"\xff", IDENTIFIER)[:-2], IDENTIFIER),
        (obfuscate(b"\xff", IDENTIFIER) + "00", IDENTIFIER),
        ("8D", IDENTIFIER),
        ("8D8E00", IDENTIFIER),
        ("không", IDENTIFIER),
        (obfuscate(b"\xff", IDENTIFIER), "{ệ}"),
    ],
)
def test_values_that_reveal_nothing(value: str, identifier: str) -> None:
    with pytest.raises(ObfuscationError):
        reveal(value, identifier)


@given(st.binary(max_size=40), st.uuids())
def test_what_is_obfuscated_is_revealed(data: bytes, number: object) -> None:
    identifier = f"{{{number}}}".upper()
    assert reveal(obfuscate(data, identifier), identifier) == data


# The code behind the sheets.


def test_documents_are_put_first_and_kept_with_their_code() -> None:
    sheet = document_module("Sheet1", "worksheet")
    with_code = replace(sheet, source=sheet.source + CODE)
    project = with_documents(
        Project("P", (ADDED, with_code)), {"ThisWorkbook": "workbook", "Sheet1": "worksheet", "BieuDo": "chartsheet"}
    )
    assert [module.name for module in project.modules] == ["ThisWorkbook", "Sheet1", "BieuDo", "CCHC_Ham"]
    assert project.modules[1] == with_code
    with pytest.raises(VbaProjectError, match="Sheet1"):
        with_documents(project, {"ThisWorkbook": "workbook"})


def test_documents_of_the_shipped_project_are_those_that_excel_makes() -> None:
    shipped = {module.name: module for module in read_project(shipped_project()).modules}
    assert document_module("ThisWorkbook", "workbook") == shipped["ThisWorkbook"]
    assert document_module("Sheet1", "worksheet") == shipped["Sheet1"]


def test_a_control_on_a_sheet_counts_as_code() -> None:
    sheet = document_module("Sheet1", "worksheet")
    control = 'Attribute VB_Control = "Nut, 1, 0, MSForms, CommandButton"\r\n'
    project = Project("P", (replace(sheet, source=sheet.source + control),))
    assert with_documents(project, {"sheet1": "worksheet"}) == project
    with pytest.raises(VbaProjectError, match="Sheet1"):
        with_documents(project, {})


def test_an_empty_document_takes_the_kind_and_the_spelling_of_its_sheet() -> None:
    project = Project("P", (document_module("Sheet1", "worksheet"),))
    assert with_documents(project, {"SHEET1": "chartsheet"}).modules == (document_module("SHEET1", "chartsheet"),)


@pytest.mark.parametrize("name", ["CCHC_Ham", "Biểu mẫu"])
def test_code_names_that_are_not_free(name: str) -> None:
    with pytest.raises(VbaProjectError):
        with_documents(Project("P", (ADDED,)), {name: "worksheet"})


# Files from outside.

GOOD = write_project(with_modules(Project("VBAProject", workbook_documents(1), (REFERENCE,)), [ADDED]))
DIR = plain_dir(GOOD)
TEXT = streams_of(GOOD)["PROJECT"]

BROKEN = {
    "nothing": b"",
    "no compound file": b"PK\3\4" + bytes(600),
    "cut": GOOD[: len(GOOD) // 2],
    "no dir": rebuilt(GOOD, dir=None),
    "no PROJECT": rebuilt(GOOD, PROJECT=None),
    "no source": rebuilt(GOOD, CCHC_Ham=None),
    "dir not packed": rebuilt(GOOD, dir=DIR),
    "dir cut": rebuilt(GOOD, dir=compress(DIR[:-20])),
    "empty dir": rebuilt(GOOD, dir=compress(b"")),
    "sizes that point outside": rebuilt(GOOD, dir=compress(DIR[:2] + b"\xff\xff\xff\xff" + DIR[6:])),
    "a module of no kind": rebuilt(GOOD, PROJECT=TEXT.replace(b"Document=Sheet1", b"Documents=Sheet1")),
    "no protection": rebuilt(GOOD, PROJECT=TEXT.replace(b"CMG=", b"CMX=")),
    "a form": rebuilt(GOOD, PROJECT=TEXT.replace(b"Module=CCHC_Ham", b"BaseClass=CCHC_Ham")),
    "licences of controls": rebuilt(GOOD, PROJECTlk=b"x"),
    "a stream that nobody knows": rebuilt(GOOD, Khac=b"x"),
    "a bomb": rebuilt(GOOD, CCHC_Ham=b"\1" + bytes.fromhex("03b00261fc0f") * 5000),
}


BOMB = b"\1" + bytes.fromhex("03b00261fc0f") * 2500


def test_two_bombs_share_one_limit() -> None:
    assert len(read_project(rebuilt(GOOD, CCHC_Ham=BOMB)).modules[-1].source) == 2500 * 4096
    with pytest.raises(VbaProjectError, match="giải ra hơn"):
        read_project(rebuilt(GOOD, CCHC_Ham=BOMB, Sheet1=BOMB))


def test_a_module_whose_stream_has_the_name_of_another_stream() -> None:
    """Streams are looked up wherever they stand: this one would be taken for the properties of the project."""
    name, unicode_name = b"CCHC_Ham", "CCHC_Ham".encode("utf-16-le")
    place = DIR.index(struct.pack("<HL", 0x1A, 8) + name)
    stream = struct.pack("<HL", 0x1A, 7) + b"PROJECT" + struct.pack("<HL", 0x32, 14) + "PROJECT".encode("utf-16-le")
    confused = DIR[:place] + stream + DIR[place + 6 + len(name) + 6 + len(unicode_name) :]
    with pytest.raises(VbaProjectError, match="PROJECT"):
        read_project(rebuilt(GOOD, dir=compress(confused)))


RECORDS = {
    "another record": lambda records: records.take(2),
    "a number of another size": lambda records: records.take_number(1, 2),
    "a number where a text is": lambda records: records.skip_texts(1, 1, 0),
    "more texts than there are": lambda records: records.skip_texts(1, 2, 0),
}


@pytest.mark.parametrize("name", RECORDS)
def test_records_that_are_not_as_they_must_be(name: str) -> None:
    with pytest.raises(VbaProjectError, match=r"byte (0|6|10),"):
        RECORDS[name](Records(bytes.fromhex("010004000000ff000000")))


@pytest.mark.parametrize("data", ["", "0100", "0100040000", "010004000000", "010004000000ff0000", "0100ffffffff00"])
def test_a_record_that_is_cut(data: str) -> None:
    with pytest.raises(VbaProjectError, match="byte 0, bản ghi 0x01"):
        Records(bytes.fromhex(data)).take(1)


def test_a_missing_property_is_named() -> None:
    with pytest.raises(VbaProjectError, match="thiếu thuộc tính CMG"):
        read_project(BROKEN["no protection"])


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_refused(name: str) -> None:
    with pytest.raises(VbaProjectError):
        read_project(BROKEN[name])


def test_caches_are_passed_over() -> None:
    """A file as Excel saves it: caches in streams of their own, and in front of every source."""
    cache = b"\x01\x16\x03\x00" + bytes(range(256)) * 3
    packed = streams_of(GOOD)["VBA/CCHC_Ham"]
    # Only the last module has a cache here, so only the last offset is not zero.
    place = DIR.rindex(struct.pack("<HLL", 0x31, 4, 0)) + 6
    with_offset = DIR[:place] + struct.pack("<L", len(cache)) + DIR[place + 4 :]
    data = rebuilt(
        GOOD, CCHC_Ham=cache + packed, dir=compress(with_offset), __SRP_0=b"x", __SRP_1=b"y",
        _VBA_PROJECT=bytes.fromhex("cc61b2000001 00") + cache,
    )  # fmt: skip
    assert read_project(data) == read_project(GOOD)


@settings(max_examples=300)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_is_refused_or_read(place: int, damage: bytes) -> None:
    try:
        project = read_project(GOOD[:place] + damage + GOOD[place + len(damage) :])
    except VbaProjectError:
        return
    assert isinstance(project, Project)


@settings(max_examples=300)
@given(st.integers(0, len(DIR) - 1), st.binary(min_size=1, max_size=6))
def test_any_damage_of_the_dir_stream_is_refused_or_read(place: int, damage: bytes) -> None:
    damaged = DIR[:place] + damage + DIR[place + len(damage) :]
    try:
        project = read_project(rebuilt(GOOD, dir=compress(damaged)))
    except VbaProjectError:
        return
    assert isinstance(project, Project)
