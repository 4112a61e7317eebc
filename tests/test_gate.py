"""The gate: what passes, what does not, and what the official is told."""

from __future__ import annotations

import hashlib
import os
import re
import struct
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from containers import (
    SHEET,
    make_compound,
    make_encrypted_workbook,
    make_ods,
    make_workbook,
    make_xls,
    make_zip,
    parts_of,
    raw_zip,
    watched,
    with_parts,
)
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.compound import CompoundFile, CompoundFileError, pack_stream
from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit, admit_bytes
from cchc_calc.outcomes import OUTCOMES
from cchc_calc.package import Package

if TYPE_CHECKING:
    from pathlib import Path

GOOD = make_workbook()
TYPES = "[Content_Types].xml"


def with_type(content_type: str) -> bytes:
    return with_parts(GOOD, {TYPES: f'<Types><Override ContentType="{content_type}"/></Types>'.encode()})


def with_flag() -> bytes:
    """Mark a part as packed with a password."""
    data = bytearray(raw_zip([(b"a.xml", b"<a/>")]))
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def with_many_parts(count: int) -> bytes:
    return with_parts(GOOD, {f"xl/media/{number}.bin": b"" for number in range(count)})


def with_overlap() -> bytes:
    """Let the second entry of the directory point into the content of the first part."""
    inner = raw_zip([(b"b.xml", b"<b/>")])
    stored = make_zip({"a.bin": inner}, method=0)
    end = len(stored) - 22
    place = struct.unpack_from("<L", stored, end + 16)[0]
    entry = bytearray(inner[inner.index(b"PK\1\2") : -22])
    struct.pack_into("<L", entry, 42, stored.index(inner[:30]))
    directory = stored[place:end] + entry
    tail = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 2, 2, len(directory), place, 0)
    return stored[:place] + directory + tail


GOOD_FILES = {
    "Biểu mẫu quý III.xlsx": ("xlsx", GOOD),
    "BIEU.XLSX": ("xlsx", GOOD),
    "khong-co-duoi": ("xlsx", GOOD),
    "cu.xls": ("xls", make_xls({"A": b""})),
    "libre.ods": ("ods", make_ods("")),
    "bao-cao.txt": ("text", "Báo cáo\tsố".encode()),
    "bom.txt": ("text", b"\xef\xbb\xbf" + "Báo cáo".encode()),
    "utf16.txt": ("text", "Báo cáo".encode("utf-16")),
    "bang.csv": ("text", b"a;b\n1;2\n"),
}

BAD_FILES = {
    # name: (content, code, words of the message)
    "rong.xlsx": (b"", "F05", "rỗng"),
    "cut.xlsx": (GOOD[: len(GOOD) // 2], "F05", "cắt cụt"),
    "cut-cuoi.xlsx": (GOOD[:-1], "F05", "cắt cụt"),
    "bom-150MB.xlsx": (with_parts(GOOD, {SHEET: bytes(150_000_000)}), "F01", "143 MB"),
    "bom-40MB.xlsx": (with_parts(GOOD, {SHEET: bytes(40_000_000)}), "F01", "nén quá 100 lần"),
    "bom-chia-nho.xlsx": (raw_zip([(b"%d.bin" % n, b"x") for n in range(3)], 49_000_000), "F01", "140 MB"),
    "trieu-dong.xlsx": (with_parts(GOOD, {SHEET: b"<row><c><v>1</v></c></row>" * 1_000_000}), "F02", "dòng"),
    "nhieu-phan.xlsx": (with_many_parts(2_000), "F02", "phần"),
    "qua-lon.txt": (b"a" * (10 * 1024 * 1024 + 1), "F02", "10 MB"),
    "chong-nhau.xlsx": (with_overlap(), "F01", "chồng"),
    "mat-khau.xlsx": (make_encrypted_workbook(), "F03", "mật khẩu"),
    "mat-khau-zip.xlsx": (with_flag(), "F03", "mật khẩu"),
    "mat-khau.ods": (
        make_ods("", more={"META-INF/manifest.xml": b"<m><encryption-data/></m>"}),
        "F03",
        "mật khẩu",
    ),
    "xls-doi-ten.xlsx": (make_xls({"A": b""}), "F04", ".xls"),
    "ods-doi-ten.xlsx": (make_ods(""), "F04", "OpenDocument"),
    "xlsx-doi-ten.xls": (GOOD, "F04", ".xlsx"),
    "xlsx-doi-ten.docx": (GOOD, "F04", "Word"),
    "xlsm-doi-ten.xlsx": (with_type("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "F04", "macro"),
    "nhi-phan.xlsb": (with_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "F04", ".xlsb"),
    "nhi-phan.xlsx": (with_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "F04", ".xlsb"),
    "word-cu.docx": (make_compound({"WordDocument": bytes(5000)}), "F04", ".doc"),
    "html.xlsx": (b"<html><table><tr><td>1</td></tr></table></html>", "F04", "HTML"),
    "html.xls": (b"\xef\xbb\xbf  <!DOCTYPE HTML><html></html>", "F04", "HTML"),
    "html.txt": ("<table><tr><td>1".encode("utf-16"), "F04", "HTML"),
    "csv.xlsx": (b"STT;Chi tieu\n1;2\n", "F04", "CSV"),
    "xml2003.xls": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "F04", "XML 2003"),
    "anh.txt": (b"\x89PNG\r\n\x1a\n\0\0", "F04", "PNG"),
    "quet.docx": (b"%PDF-1.7", "F04", "PDF"),
    "nen.xlsx": (make_zip({"a.txt": b"a"}), "F04", "ZIP"),
    "rac.txt": (bytes(range(256)), "F04", "nhị phân"),
    "nul.txt": (b"so lieu\0", "F04", "nhị phân"),
    "windows-1258.txt": (b"S\xf4\xec li\xea\xf2u", "F14", "UTF-8"),
    "tcvn3.txt": ("§¬n vÞ ®óng h¹n".encode("latin-1"), "F14", "UTF-8"),
    "trung-ten.xlsx": (raw_zip([(b"a.xml", b"<a/>"), (b"a.xml", b"<b/>")]), "F06", "a.xml"),
    "hoa-thuong.xlsx": (raw_zip([(b"A.xml", b"<a/>"), (b"a.xml", b"<b/>")]), "F07", "chữ hoa"),
    "len-tren.xlsx": (raw_zip([(b"../a.xml", b"<a/>")]), "F07", "../a.xml"),
    "o-dia.xlsx": (raw_zip([(b"C:/a.xml", b"<a/>")]), "F07", "C:/a.xml"),
    "goc.xlsx": (raw_zip([(b"/a.xml", b"<a/>")]), "F07", "/a.xml"),
    "nguoc.xlsx": (raw_zip([(b"xl\\a.xml", b"<a/>")]), "F07", "xl"),
    "dtd.xlsx": (with_parts(GOOD, {TYPES: b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}), "F11", "DTD"),
    "dtd16.xlsx": (with_parts(GOOD, {TYPES: "<!DOCTYPE a><a/>".encode("utf-16")}), "F11", "DTD"),
    "ma-trong.xlsx": (with_parts(GOOD, {TYPES: b'<?xml version="1.0" encoding=""?><a/>'}), "F12", "UTF-8"),
    "ma-la.xlsx": (with_parts(GOOD, {TYPES: b'<?xml version="1.0" encoding="UTF-7"?><a/>'}), "F12", "utf-7"),
    "~$Biểu mẫu.xlsx": (GOOD, "F13", "tệp khóa tạm"),
}


def refused(path: Path) -> SourceRefusedError:
    with pytest.raises(SourceRefusedError) as caught:
        admit(path)
    return caught.value


def assert_is_clear(error: SourceRefusedError, path: Path) -> None:
    """A refusal names the file and not its folder, says what was found and what to do, in Vietnamese."""
    assert error.source == path.name
    assert str(path.parent) not in f"{error}{error.remedy}"
    assert error.code in OUTCOMES
    for sentence in (error.message, error.remedy):
        assert sentence.endswith(".")
        assert re.search(r"[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]", sentence)


@pytest.mark.parametrize("name", GOOD_FILES)
def test_a_sound_file_passes_by_its_content(name: str, tmp_path: Path) -> None:
    kind, content = GOOD_FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    admitted = admit(path)
    assert (admitted.kind, admitted.name, admitted.data) == (kind, name, content)
    assert (admitted.package is not None) == (kind in ("xlsx", "ods"))


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_and_left_as_it_was(name: str, tmp_path: Path) -> None:
    content, code, words = BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    before = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns
    error = refused(path)
    assert (error.code, words in error.message) == (code, True), f"{error.code} {error.message}"
    assert_is_clear(error, path)
    assert (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize("name", ["bao-cao.txt", "Báo cáo quý III.xlsx"])
def test_a_missing_file(name: str, tmp_path: Path) -> None:
    for path in (tmp_path / name, tmp_path / "không có" / name):
        error = refused(path)
        assert error.code == "F00"
        assert_is_clear(error, path)


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    assert refused(tmp_path / "a\0b.txt").code == "F00"
    assert refused(tmp_path / ("a" * 300)).code == "F09"


def test_only_a_regular_file_is_opened(tmp_path: Path) -> None:
    real = tmp_path / "that.xlsx"
    real.write_bytes(GOOD)
    link = tmp_path / "lien-ket.xlsx"
    link.symlink_to(real)
    pipe = tmp_path / "ong.xlsx"
    os.mkfifo(pipe)
    for path, words in ((tmp_path, "thư mục"), (link, "liên kết"), (pipe, "đường ống")):
        error = refused(path)
        assert (error.code, words in error.message) == ("F08", True)
        assert_is_clear(error, path)


def test_a_device_is_not_a_file() -> None:
    with pytest.raises(SourceRefusedError) as caught:
        admit("/dev/zero")
    assert caught.value.code == "F08"


def test_a_file_swapped_after_it_was_judged_is_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = tmp_path / "that.xlsx"
    real.write_bytes(GOOD)
    link = tmp_path / "lien-ket.xlsx"
    link.symlink_to(real)
    pipe = tmp_path / "ong.xlsx"
    os.mkfifo(pipe)
    honest = real.lstat()
    monkeypatch.setattr("pathlib.Path.lstat", lambda _path: honest)
    assert [refused(path).code for path in (link, pipe, tmp_path)] == ["F08", "F08", "F08"]


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "khoa.xlsx"
    path.write_bytes(GOOD)

    def deny(*_arguments: object) -> int:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("cchc_calc.gate.os.open", deny)
    error = refused(path)
    assert error.code == "F09"
    assert_is_clear(error, path)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_one_flipped_byte_is_noticed_when_the_part_is_read(part: str) -> None:
    place = GOOD.index(part.encode()) + len(part) + 40
    data = GOOD[:place] + bytes([GOOD[place] ^ 0x40]) + GOOD[place + 1 :]
    with pytest.raises(SourceRefusedError) as caught:
        admit_bytes("a.xlsx", data).parts.read(part)
    assert caught.value.code == "F05"


def test_no_more_is_inflated_than_declared() -> None:
    """A part that says 1000 bytes and holds 150 million costs no memory."""
    lie = raw_zip([(b"a.bin", bytes(150_000_000))], declared_size=1000)
    tracemalloc.start()
    try:
        package = Package("a.xlsx", lie)
        with pytest.raises(SourceRefusedError) as caught:
            package.read("a.bin")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (caught.value.code, package.inflated) == ("F01", 0)
    assert peak < 2_000_000


def test_a_bomb_costs_no_memory() -> None:
    content = BAD_FILES["bom-150MB.xlsx"][0], BAD_FILES["bom-40MB.xlsx"][0], BAD_FILES["trieu-dong.xlsx"][0]
    tracemalloc.start()
    try:
        for data in content:
            with pytest.raises(SourceRefusedError):
                admit_bytes("a.xlsx", data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000


def test_a_size_that_is_too_large_is_a_lie_too() -> None:
    package = Package("a.xlsx", raw_zip([(b"a.bin", b"short")], declared_size=1000))
    with pytest.raises(SourceRefusedError) as caught:
        package.read("a.bin")
    assert caught.value.code == "F01"


def test_a_part_kept_without_packing_is_verified_too() -> None:
    data = make_zip({"a.xml": b"<a>447</a>"}, method=0)
    with pytest.raises(SourceRefusedError) as caught:
        Package("a.xlsx", data.replace(b"447", b"446", 1)).read("a.xml")
    assert caught.value.code == "F05"


def test_a_part_of_countless_tags_is_not_parsed() -> None:
    data = make_zip({"a.xml": b"<a>" + b"<b/>" * 2_000_000 + b"</a>"}, method=0)
    with pytest.raises(SourceRefusedError) as caught:
        Package("a.xlsx", data).parse_xml("a.xml")
    assert caught.value.code == "F02"


def test_what_is_inflated_is_counted() -> None:
    package = admit_bytes("a.xlsx", GOOD).parts
    before = package.inflated
    assert package.read(SHEET) == package.read(SHEET) == parts_of(GOOD)[SHEET]
    assert package.inflated - before == len(parts_of(GOOD)[SHEET])


def test_nothing_outside_is_touched() -> None:
    """A DTD that names a file and an address is refused before anything is opened."""
    xml = b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://192.0.2.1/x"><!ENTITY y SYSTEM "file:///etc/passwd">]><a>&x;&y;</a>'
    data = with_parts(GOOD, {TYPES: xml})
    with watched() as events, pytest.raises(SourceRefusedError):
        admit_bytes("a.xlsx", data)
    assert events == []


def test_a_part_in_utf_16_reads_the_same() -> None:
    text = parts_of(GOOD)[SHEET].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        package = admit_bytes("a.xlsx", with_parts(GOOD, {SHEET: text.encode(encoding)})).parts
        assert package.read_xml(SHEET).decode() == re.sub(r"^<\?xml.*?\?>", "", text)


def test_a_zip_of_a_streaming_writer_passes() -> None:
    """Sizes in a ZIP64 field, as portals write them that do not know a size beforehand."""
    name, content = b"a.xml", b"<a/>"
    plain = raw_zip([(name, content)])
    place = plain.index(b"PK\1\2")
    entry = bytearray(plain[place:-22])
    packed, size = struct.unpack_from("<LL", entry, 20)
    struct.pack_into("<LL", entry, 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", entry, 30, 20)
    entry += struct.pack("<HHQQ", 1, 16, size, packed)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, len(entry), place, 0)
    assert Package("a.xlsx", plain[:place] + entry + end).read("a.xml") == content


def test_two_readers_see_the_same_package() -> None:
    """What a library is given holds exactly the parts asked for, byte for byte."""
    package = admit_bytes("a.xlsx", GOOD).parts
    assert parts_of(package.repack([SHEET]).getvalue()) == {SHEET: parts_of(GOOD)[SHEET]}


@given(st.binary(max_size=20_000), st.sampled_from(["Workbook", "Book"]))
def test_a_packed_stream_is_read_back(content: bytes, name: str) -> None:
    container = CompoundFile(pack_stream(name, content))
    assert container.names == (name,)
    assert container.read(name) == content.ljust(4096, b"\0")


@given(st.dictionaries(st.sampled_from(["Workbook", "A", "Tên"]), st.binary(max_size=9000), max_size=3))
def test_streams_are_put_together(streams: dict[str, bytes]) -> None:
    container = CompoundFile(make_compound(streams))
    assert {name: container.read(name) for name in container.names} == streams


def test_a_table_that_continues_in_itself_is_refused() -> None:
    content = bytearray(make_compound({"Workbook": bytes(6000)}))
    struct.pack_into("<L", content, 68, 0)
    struct.pack_into("<L", content, 512 + 508, 0)
    with pytest.raises(CompoundFileError):
        CompoundFile(bytes(content))


@given(st.data())
def test_a_damaged_container_never_hangs(data: st.DataObject) -> None:
    """Chains that bite their own tail, tables that point nowhere: an answer, or CompoundFileError."""
    content = bytearray(make_compound({"Workbook": bytes(6000), "Small": bytes(100)}))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 4) | st.integers(40, 120))
        value = data.draw(st.sampled_from([0, 1, 2, 3, 0xFFFFFFFE, 0xFFFFFFFF]) | st.integers(0, 2**32 - 1))
        struct.pack_into("<L", content, place, value)
    try:
        container = CompoundFile(bytes(content))
        for name in container.names:
            assert len(container.read(name)) <= len(content)
    except CompoundFileError:
        pass


KNOWN_STARTS = [b"", b"PK\3\4", b"PK\5\6", bytes.fromhex("d0cf11e0a1b11ae1"), b"\xff\xfe", b"<html", b"<?xml "]


def kind_or_code(name: str, data: bytes) -> str:
    try:
        return admit_bytes(name, data).kind
    except SourceRefusedError as error:
        return error.code


@given(st.sampled_from(KNOWN_STARTS), st.binary(max_size=2000), st.sampled_from(["a.xlsx", "a.xls", "a.txt", "a"]))
def test_any_bytes_pass_or_are_refused(start: bytes, rest: bytes, name: str) -> None:
    assert kind_or_code(name, start + rest) in {"text", "xlsx", "xls", *OUTCOMES}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_text_passes(text: str, encoding: str) -> None:
    text = f"Báo cáo {text}"
    assert admit_bytes("a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("name", ["trung-ten.xlsx", "dtd.xlsx", "cut.xlsx"])
def test_the_gate_reads_nothing_but_the_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BAD_FILES[name][0])
    with watched() as events:
        refused(path)
    assert events == ["open"]
    assert list(tmp_path.iterdir()) == [path]
