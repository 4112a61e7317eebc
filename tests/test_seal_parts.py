"""The seal among the custom properties of a workbook: written, read, kept by other programs, and never trusted."""

from __future__ import annotations

import html
import warnings

import openpyxl
import pytest
from containers import make_workbook, make_zip, parts_of, watched, with_parts
from hypothesis import given, settings
from made_seals import AGAIN, NOON, OLD, ONCE, OPENED, SEAL, written_seals
from sealed_forms import sound_bytes, with_written
from spreadsheet import save_as

from cchc_calc.consolidation.written_seals import WrittenSeal, from_properties, reopened, to_properties
from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.seal_parts import PART, read_seal, with_seal
from cchc_calc.gate import admit_bytes
from cchc_calc.package import Package

CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
LINK = (
    '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'custom-properties" Target="{target}"/></Relationships>'
)
LABEL = f'<property fmtid="{FORMAT}" pid="2" name="MSIP_Label"><v:lpwstr>Nội bộ</v:lpwstr></property>'


def package(data):
    return Package("bieu.xlsx", data)


def custom(texts, *, root=f'<Properties xmlns="{CUSTOM}" xmlns:v="{VALUES}">', before="", end="</Properties>"):
    """A part of custom properties as another program may write it."""
    properties = "".join(
        f'<property fmtid="{FORMAT}" pid="{number}" name="{name}"><v:lpwstr>{html.escape(text)}</v:lpwstr></property>'
        for number, (name, text) in enumerate(texts.items(), 2)
    )
    return f"{before}{root}{properties}{end}".encode()


def with_custom(part, *, data=None, links=((PART, "rId9"),), more=None):
    """A workbook with this part of custom properties, and links to these parts."""
    data = data or make_workbook()
    lists = parts_of(data)["_rels/.rels"].decode()
    for target, link in links:
        lists = lists.replace("</Relationships>", LINK.format(id=link, target=target))
    return with_parts(data, {PART: part, "_rels/.rels": lists.encode()} | (more or {}))


@pytest.mark.parametrize("written", [ONCE, AGAIN, OPENED])
@pytest.mark.parametrize("data", [make_workbook(), sound_bytes(), sound_bytes(suffix=".xlsm")])
def test_a_seal_is_read_as_it_was_written_and_all_else_keeps_every_byte(written, data):
    name = "bieu.xlsm" if "xl/vbaProject.bin" in parts_of(data) else "bieu.xlsx"
    result = with_written(data, written, name)
    assert read_seal(package(result)) == written
    assert result == with_written(data, written, name)
    before, after = parts_of(data), parts_of(result)
    assert set(after) - set(before) == {PART}
    changed = {part for part in before if after[part] != before[part]}
    assert changed == {"[Content_Types].xml", "_rels/.rels"}
    # A second writing finds the lists in order and changes the properties alone.
    again = parts_of(with_written(result, WrittenSeal(OLD, NOON), name))
    assert {part for part in after if after[part] != again[part]} == {PART}
    assert set(again) == set(after)


def test_openpyxl_knows_the_properties(tmp_path):
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(with_written(sound_bytes(), AGAIN))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path)
    kept = {one.name: one.value for one in book.custom_doc_props}
    assert kept == to_properties(AGAIN)
    book.save(path)
    assert read_seal(package(path.read_bytes())) == AGAIN


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_libreoffice_keeps_a_seal(tmp_path, suffix):
    source = tmp_path / f"bieu{suffix}"
    source.write_bytes(with_written(sound_bytes(suffix=suffix), AGAIN, source.name))
    (saved,) = save_as([source], "xlsx", tmp_path / "saved")
    assert read_seal(package(saved.read_bytes())) == AGAIN
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(saved)
    book.save(saved)
    assert read_seal(package(saved.read_bytes())) == AGAIN


def test_a_file_never_sealed_costs_one_look():
    data = package(make_workbook())
    with watched() as events:
        assert read_seal(data) is None
    assert not events
    assert data.inflated == 0


def test_what_an_office_keeps_there_stays():
    part = f'<?xml version="1.0"?><q:Properties xmlns:q="{CUSTOM}" xmlns:v="{VALUES}">{LABEL}</q:Properties>'
    part = part.replace("<property", "<q:property").replace("</property", "</q:property").encode()
    data = with_custom(part)
    assert read_seal(package(data)) is None
    result = with_written(data, AGAIN)
    assert read_seal(package(result)) == AGAIN
    written = parts_of(result)[PART]
    assert part.removesuffix(b"</q:Properties>") in written
    assert written.count(b'pid="2"') == 1
    assert parts_of(result)["_rels/.rels"] == parts_of(data)["_rels/.rels"]
    # Taken out again, nothing of ours is left but the newer seal.
    assert parts_of(with_written(result, ONCE))[PART] == parts_of(with_written(data, ONCE))[PART]


@pytest.mark.parametrize("encoding", ["utf-16", "us-ascii", "utf-8"])
def test_a_part_of_any_encoding_takes_a_seal(encoding):
    part = custom({}, before=f'<?xml version="1.0" encoding="{encoding}"?>').decode().encode(encoding)
    assert read_seal(package(with_written(with_custom(part), AGAIN))) == AGAIN


def test_a_part_that_no_list_names_is_linked():
    data = with_custom(custom({}), links=())
    assert read_seal(package(with_written(data, ONCE))) == ONCE


@settings(max_examples=60)
@given(written_seals())
def test_written_and_read_is_the_same(written):
    texts = to_properties(written)
    assert from_properties(texts) == written
    assert all(name.isascii() and len(text.encode("utf-16-le")) <= 2 * 255 for name, text in texts.items())
    assert read_seal(package(with_written(make_workbook(), written))) == written


@pytest.mark.parametrize("reason", ["=cmd|'/c calc'!A0", "</v:lpwstr><x/>", "]]>&amp;<!DOCTYPE a>", "_x0041_ “Nhầm”"])
def test_a_reason_is_never_xml_nor_a_formula(reason):
    data = with_written(make_workbook(), reopened(ONCE, reason, NOON))
    assert read_seal(package(data)).history[0].reason == reason
    assert parts_of(data)[PART].count(b"<") == 3 + 4 * len(to_properties(OPENED))


TEXTS = to_properties(ONCE)
# What is packed too well is refused before anybody reads it.
MUCH = " ".join(map(str, range(200_000)))
GOOD = custom(TEXTS)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (with_custom(GOOD), ""),
        (with_custom(GOOD, links=()), "không gắn"),
        (
            with_custom(GOOD, links=[(PART, "a"), ("docProps/custom2.xml", "b")], more={"docProps/custom2.xml": GOOD}),
            "lặp",
        ),
        (with_custom(GOOD, links=[(PART, "a"), (PART, "b")]), "lặp"),
        (with_custom(GOOD, links=[("docProps/custom2.xml", "a")], more={"docProps/custom2.xml": GOOD}), "không gắn"),
        (with_custom(GOOD.replace(b"</Properties>", b"")), "bị hỏng"),
        (with_custom(GOOD + b"<a/>"), "bị hỏng"),
        (with_custom(GOOD.replace(CUSTOM.encode(), b"urn:khac")), "bị hỏng"),
        (with_custom(custom(TEXTS, root=f'<Other xmlns="{CUSTOM}" xmlns:v="{VALUES}">', end="</Other>")), "bị hỏng"),
        (with_custom(custom(TEXTS, end=custom({"CCHC.Seal": OLD}, root="").decode())), "bị hỏng"),
        (with_custom(custom(TEXTS | {"Dài": MUCH})), "quá lớn"),
        (with_custom(GOOD.replace(b'"CCHC.SealCheck"', b'"Khac"')), "thiếu phần"),
        (with_custom(GOOD.replace(SEAL.encode(), OLD.encode())), "thiếu phần hoặc đã bị sửa"),
        (with_custom(GOOD.replace(SEAL.encode(), SEAL.upper().encode())), "đã bị sửa"),
        (with_custom(custom(TEXTS | {"CCHC.SealVersion": "2"})), "phiên bản khác"),
        (with_custom(custom(TEXTS | {f"CCHC.History.{n:02}": "" for n in range(3)})), "đã bị sửa"),
        (with_custom(GOOD.replace(b"T08:00", b"T08:0&#0;")), "bị hỏng"),
        (with_custom(GOOD.replace(b"T08:00", b"T08:00&khac;")), "bị hỏng"),
    ],
)
def test_a_hostile_part_is_a_broken_seal(data, fault):
    read = read_seal(package(data))
    assert read is not None
    assert fault in read.fault
    assert (read.seal is None) == bool(fault)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + GOOD, "F11"),
        (b'<?xml version="1.0" encoding="windows-1258"?>' + GOOD, "F12"),
    ],
)
def test_what_no_program_writes_refuses_the_file(part, code):
    with pytest.raises(SourceRefusedError) as error:
        read_seal(package(with_custom(part)))
    assert error.value.code == code


@pytest.mark.parametrize(
    "part",
    [b"<a", b"<a/>", custom({"Title": MUCH}), custom({"A": "1"}, end=custom({"A": "2"}, root="").decode())],
)
def test_strange_properties_of_others_are_no_seal_but_take_none_either(part):
    data = with_custom(part)
    assert read_seal(package(data)) is None
    with pytest.raises(SourceRefusedError) as error:
        with_written(data, ONCE)
    assert error.value.code == "F05"


def test_properties_kept_elsewhere_take_no_seal():
    elsewhere = {"docProps/custom2.xml": custom({})}
    data = with_parts(with_custom(b"", links=[("docProps/custom2.xml", "a")], more=elsewhere), {PART: None})
    with pytest.raises(SourceRefusedError) as error:
        with_written(data, ONCE)
    assert error.value.code == "F05"


def test_parts_the_readers_turned_into_utf_8_are_written_as_they_were():
    parts = parts_of(make_workbook())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].decode().encode("utf-16")
    data = make_zip(parts)
    admitted = admit_bytes("bieu.xlsx", data)
    admitted.parts.read_xml("xl/workbook.xml")
    assert parts_of(with_seal(admitted, ONCE))["xl/workbook.xml"] == parts["xl/workbook.xml"]
