"""What is never bound, and what a bind says instead: the template stays, and so does a file of the output's name."""

import re

import openpyxl
import pytest
from containers import changed, make_encrypted_workbook, make_ods, make_workbook, parts_of, with_parts
from filled_forms import FORM, form_rows
from office_templates import SHEET, office_template, place_of

from cchc_calc.binding import bind_template
from cchc_calc.cli import main
from cchc_calc.errors import CchcError, SourceRefusedError
from cchc_calc.excel.template import write_template

PART = "xl/worksheets/sheet1.xml"
STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
TRANSITIONAL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SIGNATURE = (
    b'<Relationship Id="rIdSig" Target="_xmlsignatures/origin.sigs" '
    b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"/></Relationships>'
)


def cell_as(data, address, content):
    """The template with other XML in the cell of a row, which is there already."""
    cell = place_of(address)
    xml = parts_of(data)[PART].decode()
    new, count = re.subn(rf'<c r="{cell}"([^>]*?)(?:/>|>.*?</c>)', rf'<c r="{cell}"\1>{content}</c>', xml)
    assert count == 1
    return with_parts(data, {PART: new.encode()})


def two_sheets():
    """The form on two visible sheets, alike to the last figure."""
    data = office_template({"3.4.3.b": 425}, plain=True)
    parts = parts_of(data)
    types = parts["[Content_Types].xml"].decode()
    override = re.search(r'<Override PartName="/xl/worksheets/sheet1.xml"[^>]*/>', types)[0]
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    link = re.search(r'<Relationship [^>]*sheet1.xml"/>', links)[0]
    book = parts["xl/workbook.xml"].decode()
    return with_parts(
        data,
        {
            "[Content_Types].xml": types.replace(override, override + override.replace("sheet1", "sheet9")).encode(),
            "xl/_rels/workbook.xml.rels": links.replace(
                link, link + link.replace("sheet1", "sheet9").replace("rId1", "rId99")
            ).encode(),
            "xl/workbook.xml": book.replace(
                "</sheets>", '<sheet name="Quý 4" sheetId="9" r:id="rId99"/></sheets>'
            ).encode(),
            "xl/worksheets/sheet9.xml": parts[PART],
        },
    )


def signed():
    data = changed(office_template(), "_rels/.rels", b"</Relationships>", SIGNATURE)
    return with_parts(data, {"_xmlsignatures/origin.sigs": b""})


def utf_16():
    data = office_template(plain=True)
    xml = parts_of(data)[PART].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return with_parts(data, {PART: xml.encode("utf-16")})


@pytest.mark.parametrize(
    ("make", "name", "code", "said"),
    [
        (signed, "mau.xlsx", "B01", "chữ ký số"),
        (make_encrypted_workbook, "mau.xlsx", "F03", "mật khẩu"),
        (make_workbook, "mau.xlsx", "S10", "không tìm thấy biểu mẫu"),
        (two_sheets, "mau.xlsx", "S02", "“Quý 4”"),
        (lambda: changed(office_template(), "_rels/.rels", TRANSITIONAL, STRICT), "mau.xlsx", "F12", "Strict"),
        (utf_16, "mau.xlsx", "F12", "UTF-8"),
        (lambda: make_ods(""), "mau.ods", "F04", ".xlsx"),
        (lambda: b"UBND ph\xc6\xb0\xe1\xbb\x9dng", "mau.txt", "F04", ".xlsx"),
        (lambda: office_template()[:-30], "mau.xlsx", "F05", "hỏng"),
        (lambda: changed(office_template(), PART, b'<row r="9"', b'<row r="8"'), "mau.xlsx", "S13", "lặp"),
        (lambda: changed(office_template(), PART, b"?>", b"?><!DOCTYPE a>"), "mau.xlsx", "F11", "DTD"),
    ],
)
def test_a_template_that_is_refused(tmp_path, make, name, code, said):
    template, output = tmp_path / name, tmp_path / "ra.xlsx"
    template.write_bytes(make())
    output.write_bytes(b"old")
    with pytest.raises(SourceRefusedError) as refused:
        bind_template(template, output)
    assert refused.value.code == code
    assert said in refused.value.message
    assert refused.value.remedy
    assert output.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "ra.xlsx"])


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_our_own_template_has_its_formulas_already(tmp_path, suffix):
    template = tmp_path / f"mau{suffix}"
    write_template(template, FORM)
    with pytest.raises(SourceRefusedError) as refused:
        bind_template(template, tmp_path / f"ra{suffix}", replace=True)
    assert refused.value.code == "B03"
    assert "đã có sẵn công thức hoặc hàm" in refused.value.message
    assert "cchc fill" in refused.value.remedy


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<f>D9/D10</f><v>1</v>", "công thức của đơn vị"),
        ('<f t="shared" ref="D60:D61" si="0">D9</f><v>1</v>', "dùng chung"),
        ('<f t="shared" si="0"/><v>1</v>', "dùng chung"),
        ('<f t="array" ref="D1:D900">D9:D10</f><v>1</v>', "công thức mảng của vùng D1:D900"),
        ('<f t="dataTable" ref="D1:D900" dt2D="0" dtr="0" r1="A1"/><v>1</v>', "bảng dữ liệu What-If"),
        ("<v>1</v><extLst/>", "phần mở rộng"),
    ],
)
def test_a_cell_that_is_left(tmp_path, content, reason):
    template, output = tmp_path / "mau.xlsx", tmp_path / "ra.xlsx"
    template.write_bytes(cell_as(office_template({"3.4.3": 1}), "3.4.3", content))
    if "D900" in content:
        # The whole column belongs to the array, so nothing is left to bind.
        with pytest.raises(SourceRefusedError) as refused:
            bind_template(template, output, replace=True)
        assert refused.value.code == "B02"
        assert reason in refused.value.message
        assert not output.exists()
        return
    binding = bind_template(template, output, replace="đơn vị" not in reason)
    (left,) = binding.left
    assert (left.row.address, left.cell) == ("3.4.3", place_of("3.4.3"))
    assert reason in left.reason
    before, after = (parts_of(path.read_bytes())[PART] for path in (template, output))
    cell = rb'<c r="%b".*?</c>' % left.cell.encode()
    assert re.search(cell, after)[0] == re.search(cell, before)[0]


def test_rows_nobody_can_rely_on_are_left_and_block_what_reads_them(tmp_path):
    rows = form_rows()
    places = [row.address for row in FORM.rows]
    # 3.4.3 stands twice, and so nobody knows which of the two sets of rows below is whose.
    rows[places.index("3.4.2")][0:2] = rows[places.index("3.4.3")][0:2]
    rows[places.index("2.1.2")][1] = "Tổng số tuyến xe buýt có trợ giá"
    template, output = tmp_path / "mau.xlsx", tmp_path / "ra.xlsx"
    template.write_bytes(office_template({"3.4.3.b": 5, "3.4.3.c": 4, "2.1.2.a": 3}, rows=rows))
    binding = bind_template(template, output)
    reasons = {one.row.address: one.reason for one in binding.left}
    assert "nhiều lần" in reasons["3.4.3"]
    assert "chỉ tiêu khác" in reasons["2.1.2"]
    shown = {one.row.address: one.new for one in binding.bound}
    assert "3.4.3" not in shown
    assert "2.1.2" not in shown


def test_a_row_in_two_lines_is_nobodys_to_bind(tmp_path):
    """A label that goes on in a line of its own, with the figure in either of the two."""
    path, output = tmp_path / "ngat.xlsx", tmp_path / "ra.xlsx"
    path.write_bytes(office_template({"3.4.3.b": 5, "3.4.3.c": 4}, plain=True))
    book = openpyxl.load_workbook(path)
    for address in ("7.7.4", "3.4.3.b"):
        line = int(place_of(address)[1:])
        label = book[SHEET].cell(line, 2)
        words = label.value.split(" ")
        book[SHEET].insert_rows(line + 1)
        label.value = " ".join(words[: len(words) // 2])
        book[SHEET].cell(line + 1, 2).value = " ".join(words[len(words) // 2 :])
    book.save(path)
    binding = bind_template(path, output)
    assert {one.row.address: one.reason for one in binding.left} == {
        "7.7.4": "dòng của chỉ tiêu này bị ngắt làm hai dòng"
    }
    assert {one.row.address: one.new for one in binding.bound}["3.4.3"] == "KXĐ"


def test_nothing_to_bind_says_why(tmp_path):
    template, output = tmp_path / "mau.xlsx", tmp_path / "ra.xlsx"
    template.write_bytes(office_template({"3.4.3.b": 5}))
    bind_template(template, output)
    with pytest.raises(SourceRefusedError) as refused:
        bind_template(output, tmp_path / "lai.xlsx")
    assert refused.value.code == "B02"
    assert "31 ô: ô đã được gắn hàm từ trước; thêm --replace nếu muốn gắn lại" in refused.value.message
    again = bind_template(output, tmp_path / "lai.xlsx", functions="excel", replace=True)
    assert (again.added, len(again.bound)) == (("CCHC_TINH2",), 31)


@pytest.mark.parametrize(
    ("template", "output", "said"),
    [
        ("mau.xlsx", "mau.xlsx", "không bao giờ bị ghi đè"),
        ("mau.xlsx", "ra.docx", ".xlsx"),
        ("mau.xlsx", "thiếu/ra.xlsx", "thiếu"),
        ("mau.xlsm", "ra.xlsx", ".xlsm"),
    ],
)
def test_an_output_that_is_refused(tmp_path, monkeypatch, capsys, template, output, said):
    monkeypatch.chdir(tmp_path)
    data = office_template()
    (tmp_path / template).write_bytes(data)
    with pytest.raises(SystemExit) as ended:
        main(["bind", template, "-o", output])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [template]
    assert (tmp_path / template).read_bytes() == data


def test_the_function_refuses_what_the_command_refuses(tmp_path):
    template = tmp_path / "mau.xlsx"
    template.write_bytes(office_template())
    for output, functions in ((template, "python"), (tmp_path / "ra.xls", "python"), (tmp_path / "ra.xlsm", "excel")):
        with pytest.raises(CchcError):
            bind_template(template, output, functions=functions)
    assert [path.name for path in tmp_path.iterdir()] == ["mau.xlsx"]


def test_the_command_says_what_it_did(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    typed = {"3.4.3.b": 425, "3.4.3.c": 424, "3.4.3": "99,7%", "7.7.4.a": "214 hồ sơ"}
    (tmp_path / "mau.xlsx").write_bytes(office_template(typed, without=("7.5.3",), formulas={"2.1": ("=1+1", 2)}))
    with pytest.raises(SystemExit) as ended:
        main(["bind", "mau.xlsx", "-o", "ra.xlsx", "--json", "ra.json"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0
    for said in (
        f"trang “{SHEET}”, biểu mẫu thong-ke-cchc, bản 2023",
        "31 ô tính = 29 đã gắn hàm CCHC_* gọi Python + 2 để nguyên; thêm trang “CCHC_TINH”",
        f"3.4.3 (ô {place_of('3.4.3')}): cũ “99,7%”, mới “99,76%”: KHÁC",
        f"2.1 (ô {place_of('2.1')}) ghi “=1+1”: ô đã có công thức của đơn vị",
        "7.5.3: biểu không có dòng này",
        f"7.7.4.a (ô {place_of('7.7.4.a')}) ghi “214 hồ sơ”: đọc là KXĐ, ô tính dùng KXĐ",
        "#NAME?",
        "Đã ghi ra.xlsx",
    ):
        assert said in printed
    assert '"output": "ra.xlsx"' in (tmp_path / "ra.json").read_text(encoding="utf-8")
