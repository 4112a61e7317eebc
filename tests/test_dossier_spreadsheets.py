"""Exports as workbooks: written by XlsxWriter and openpyxl, saved by LibreOffice, and made to do harm."""

from __future__ import annotations

import io
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spreadsheet
from containers import SHEET, make_workbook, parts_of, with_parts
from exported_dossiers import HEADINGS, ROWS, read, rows_read, written
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from spreadsheet import save_as

from cchc_calc.dossiers.files.sheet_cells import cell_text
from cchc_calc.errors import SourceRefusedError

if TYPE_CHECKING:
    import xlsxwriter

CODES = sorted(row[0] for row in ROWS)
RECEIVED = datetime.fromisoformat("2023-06-13 08:30:00")


def book(*sheets: tuple[str, list[list[object]]], hidden: str = "") -> bytes:
    """Write sheets by XlsxWriter, days as spreadsheets keep them."""

    def fill(made: xlsxwriter.Workbook) -> None:
        day = made.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for name, rows in sheets:
            sheet = made.add_worksheet(name)
            if name == hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, place, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(number, place, value)
                    elif value is not None:
                        sheet.write(number, place, value)

    return make_workbook(fill)


TABLE = [list(HEADINGS), *map(list, ROWS)]


def test_a_workbook_of_xlsxwriter(tmp_path):
    rows = rows_read(written(tmp_path, book(("Hồ sơ", TABLE)), "a.xlsx"))
    assert [row["code"] for row in rows] == CODES
    assert [row["row"] for row in rows] == [2, 3, 4]
    assert rows[0]["received"] == RECEIVED


def test_a_workbook_of_openpyxl(tmp_path):
    made = Workbook()
    sheet = made.active
    for row in TABLE:
        sheet.append(row)
    sheet["D2"] = RECEIVED
    stream = io.BytesIO()
    made.save(stream)
    rows = rows_read(written(tmp_path, stream.getvalue(), "a.xlsx"))
    assert ([row["code"] for row in rows], rows[0]["received"]) == (CODES, RECEIVED)


def test_cells_say_exactly_what_they_hold(tmp_path):
    headings = ["Mã hồ sơ", "Đơn vị", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái", "Số tiền thanh toán trực tuyến"]
    late = RECEIVED.replace(hour=23, minute=59, second=59)
    table = [
        headings,
        [12345678901234, "UBND xã A", late, date(2023, 6, 20), 9, 1250000.0],
        ["007", 5, 45090.5, 45091, "9"],
    ]
    first, second = rows_read(written(tmp_path, book(("a", table)), "a.xlsx"))
    assert (first["code"], second["code"]) == ("007", "12345678901234")
    assert second["received"] == late
    assert second["due"] == datetime.fromisoformat("2023-06-20")
    assert (second["status"], second["amount_paid"]) == (9, 1_250_000)
    assert (first["unit"], first["received"]) == ("5", datetime.fromisoformat("2023-06-13 12:00"))


SHEETS = {
    # sheets -> codes
    "a cover": ([("Bìa", [["BÁO CÁO"], ["Đơn vị", "Phường 1"]]), ("Hồ sơ", TABLE)], CODES),
    "a list beside it": ([("Hồ sơ", TABLE), ("Danh mục", [["Lĩnh vực"], ["Đất đai"]])], CODES),
    "two months": ([("Tháng 7", TABLE[:2]), ("Tháng 8", [TABLE[0], *TABLE[2:]])], CODES),
    "titles and a total": (
        [("Trống", []), ("Hồ sơ", [[], ["DANH SÁCH"], [], *TABLE, [], ["Tổng cộng"]])],
        [*CODES, "Tổng cộng"],
    ),
    "a table further right": ([("Hồ sơ", [[None, None, *row] for row in TABLE])], CODES),
    "a cell too many": ([("Hồ sơ", [*TABLE, ["H9", *[None] * 6, "lạ"]])], CODES),
    "headings again": ([("Hồ sơ", [*TABLE, TABLE[0]])], CODES),
}


@pytest.mark.parametrize("name", SHEETS)
def test_sheets(tmp_path, name):
    sheets, codes = SHEETS[name]
    found = read(written(tmp_path, book(*sheets), "a.xlsx"))
    assert found.codes == codes
    assert found.used + found.refused == len(codes)
    assert found.broken == (name == "a cell too many")


def test_a_hidden_sheet_is_not_read(tmp_path):
    data = book(("Hồ sơ", TABLE[:2]), ("Cũ", TABLE), hidden="Cũ")
    assert read(written(tmp_path, data, "a.xlsx")).codes == ["00123"]


def test_sheets_with_other_headings_are_asked_for(tmp_path):
    data = book(("Tháng 7", TABLE), ("Tháng 8", [list(reversed(HEADINGS))]))
    with pytest.raises(SourceRefusedError) as refused:
        read(written(tmp_path, data, "a.xlsx"))
    assert refused.value.code == "S02"
    assert "“Tháng 7”, “Tháng 8”" in refused.value.message


def place(address: bytes):
    """Move the last cell of the table to another address."""
    return lambda parts: {SHEET: parts[SHEET].replace(b'r="G4"', b'r="%b"' % address)}


HOSTILE = {
    # a change of the parts -> code
    "a cell in the last corner": (place(b"XFD1048576"), "F02"),
    "a cell outside": (place(b"XFE9"), "S14"),
    "a row outside": (lambda parts: {SHEET: parts[SHEET].replace(b'<row r="4"', b'<row r="9999999"')}, "S14"),
    "a cell in the last corner, with blanks": (
        lambda parts: {SHEET: parts[SHEET].replace(b'r="G4"', b"r = 'XFD1048576'")},
        "F02",
    ),
    "a DTD": (
        lambda parts: {SHEET: parts[SHEET].replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)},
        "F11",
    ),
    "an embedded object": (lambda _: {"xl/embeddings/oleObject1.bin": b"x"}, "F10"),
    "a sheet cut off": (lambda parts: {SHEET: parts[SHEET][:400]}, "F05"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused(tmp_path, name):
    change, code = HOSTILE[name]
    data = book(("Hồ sơ", TABLE))
    path = written(tmp_path, with_parts(data, change(parts_of(data))), "a.xlsx")
    with pytest.raises(SourceRefusedError) as refused:
        read(path)
    assert refused.value.code == code


def test_a_table_too_large_for_a_workbook_is_better_csv(tmp_path):
    data = book(("Hồ sơ", TABLE))
    path = written(tmp_path, with_parts(data, {"xl/media/a.bin": os.urandom(11_000_000)}), "a.xlsx")
    with pytest.raises(SourceRefusedError) as refused:
        read(path)
    assert refused.value.code == "F02"
    assert ".csv" in refused.value.remedy


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_workbook_saved_by_libreoffice(tmp_path, monkeypatch, kind):
    monkeypatch.setitem(spreadsheet._FILTERS, "xls", "xls:MS Excel 97")
    table = [row[:] for row in TABLE]
    table[1][3] = RECEIVED
    made = Path(written(tmp_path, book(("Hồ sơ", table), ("Bìa", [["x"]])), "a.xlsx"))
    [saved] = save_as([made], kind, tmp_path / "saved")
    rows = rows_read(str(saved))
    assert ([row["code"] for row in rows], rows[0]["received"]) == (CODES, RECEIVED)


@given(st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2200-12-31")))
def test_a_time_survives_the_number_it_is_stored_as(moment):
    moment = moment.replace(microsecond=0)
    zero = datetime.fromisoformat("1899-12-30")
    days = (moment - zero) / timedelta(days=1)
    assert cell_text(zero + timedelta(days=days)) == str(moment)


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_is_written_as_one(number):
    assert cell_text(float(number)) == cell_text(number) == str(number)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=1e-20, max_value=1e20))
def test_a_number_is_written_without_exponent_and_without_loss(number):
    assert float(cell_text(number)) == number
    assert "e" not in cell_text(number)
