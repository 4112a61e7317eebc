"""Opening a report of any kind: the right reader, the same table, never an exception but a refusal."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import docx
import pytest
from containers import make_ods, make_workbook, make_xls, number_record, text_record, with_sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from seen_cells import CELLS

from cchc_calc.document import Document
from cchc_calc.errors import SourceRefusedError
from cchc_calc.gate import admit_bytes
from cchc_calc.outcomes import OUTCOMES
from cchc_calc.sources import open_document, read_admitted

if TYPE_CHECKING:
    from pathlib import Path

    import xlsxwriter


def make_docx(folder: Path) -> bytes:
    document = docx.Document()
    grid = document.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "Số văn bản", "3"
    document.save(str(folder / "made.docx"))
    return (folder / "made.docx").read_bytes()


ODS_ROW = (
    '<table:table table:name="A"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>Số văn bản</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'
    "</table:table-row></table:table>"
)
XLSX = with_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Số văn bản</t></is></c><c r="B1"><v>3</v></c></row>')
XLS = make_xls({"A": text_record(0, 0, "Số văn bản") + number_record(0, 1, 3)})
KINDS = {
    "a.xlsx": XLSX,
    "a.xls": XLS,
    "a.ods": make_ods(ODS_ROW),
    "a.txt": "Số văn bản\t3".encode(),
}


@pytest.mark.parametrize("name", [*KINDS, "a.docx"])
def test_one_row_in_every_kind_of_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(make_docx(tmp_path) if name == "a.docx" else KINDS[name])
    for given_path in (path, str(path)):
        document = open_document(given_path)
        assert document.source == name
        assert document.kind == {"a.txt": "text"}.get(name, name[2:])
        assert [[cell.text for cell in row] for table in document.tables for row in table.rows] == [["Số văn bản", "3"]]


def test_a_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.CSV"
    path.write_text("a;b\n", encoding="utf-8")
    with pytest.raises(SourceRefusedError) as caught:
        open_document(path)
    assert caught.value.code == "F04"


def test_libreoffice_saves_one_table_in_every_format(soffice: Path, tmp_path: Path) -> None:
    """What an official sees is the same in .xls, .ods and .xlsx."""
    # LibreOffice keeps no stored result that it did not compute, and writes TRUE as a formula.
    names = [name for name in CELLS if name not in ("no result", "other file", "text result", "true", "huge")]

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Biểu mẫu")
        for row, name in enumerate(names):
            CELLS[name][0](book, sheet, row)

    path = tmp_path / "a.xlsx"
    path.write_bytes(make_workbook(fill))
    expected = [(f"Biểu mẫu!B{row}", *CELLS[name][1]) for row, name in enumerate(names, start=1)]
    filters = {"xls": "MS Excel 97", "ods": "calc8", "xlsx": "Calc MS Excel 2007 XML"}
    for kind, name in filters.items():
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [str(soffice), "--headless", "--norestore", profile, "--convert-to", f"{kind}:{name}"]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "out"), str(path)], check=True, capture_output=True, timeout=120
        )
        (table,) = open_document(tmp_path / "out" / f"a.{kind}").tables
        assert [(cell.where, cell.text, cell.fault, cell.computed) for _, cell in table.rows] == expected, kind


@given(st.sampled_from(sorted(KINDS)), st.data())
@settings(max_examples=300)
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """Bytes turned, cut out or put in at any place: a document or a refusal, never another exception."""
    content = bytearray(KINDS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        match data.draw(st.sampled_from(["turn", "cut", "insert", "end"])):
            case "turn":
                content[place : place + 1] = bytes([data.draw(st.integers(0, 255))])
            case "cut":
                del content[place : place + data.draw(st.integers(1, 100))]
            case "insert":
                content[place:place] = data.draw(st.binary(min_size=1, max_size=20))
            case _:
                del content[place:]
    try:
        document = read_admitted(admit_bytes(name, bytes(content)))
    except SourceRefusedError as error:
        code = error.code
    else:
        assert isinstance(document, Document)
        return
    assert code in OUTCOMES


@given(st.data())
@settings(max_examples=300)
def test_damaged_records_of_xls_are_read_or_refused(data: st.DataObject) -> None:
    """The stream itself is damaged, so that the library behind the walk is reached."""
    start, end = XLS.index(b"\x09\x08\x10\0"), XLS.rindex(b"\x0a\0\0\0") + 4
    content = bytearray(XLS)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(start, end - 1))] = data.draw(
            st.sampled_from([0, 1, 2, 255]) | st.integers(0, 255)
        )
    try:
        document = read_admitted(admit_bytes("a.xls", bytes(content)))
    except SourceRefusedError as error:
        code = error.code
    else:
        assert isinstance(document, Document)
        return
    assert code in OUTCOMES
