"""The official workbook, filled with what a real report holds, for the tests."""

from __future__ import annotations

import re
import tempfile
import warnings
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
from filled_forms import FORM, report_of
from iron_calc import Spreadsheet
from spreadsheet import matches, read_values

from cchc_calc.checking import check
from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.excel.template import write_template
from cchc_calc.periods import Period

GRID = FormGrid(FORM)
PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12))
WARD = "UBND phường Phương Sơn"

# What a real report holds: plain counts, thousands, a legend copied and one edited, text, zeros, contradictions.
VALUES = {
    "1.1": "3",
    "1.2.a": "34",
    "1.2.b": "26",
    "1.6": "Có = 1 Không = 0",
    "1.6.b": "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 0",
    "2.2": "0",
    "2.2.b": "0",
    "2.2.c": "0",
    "2.2.d": "0",
    "3.4.3": "99,7% (446/447)",
    "3.4.3.a": "447",
    "3.4.3.b": "425",
    "3.4.3.c": "425",
    "3.4.4.a1": "10",
    "3.4.4.a2": "9",
    "3.4.4.b1": "4",
    "3.5.a": "Không phát sinh",
    "3.5.b": "0",
    "6.1.a": "12,5",
    "6.1.b": "5",
    "6.1": "40%",
    "7.5.2": "01 chứng thư số cơ quan và 03 chữ ký số cá nhân",
    "7.7.1": "48",
    "7.7.1.a": "31",
    "7.7.1.b": "31",
    "7.7.1.c": "15",
    "7.7.4": "53,7%",
    "7.7.4.a": "214",
    "7.7.4.b": "115",
    "7.7.5.a": "0",
    "7.7.5.b": "27",
    "7.7.5.e": "786.000",
    "7.8.1": "116",
    "7.8.1.a": "66",
    "7.8.1.b": "50",
    "7.8.1.c": "50",
}


@cache
def filled_result():
    """Check the report."""
    return check(report_of(VALUES, prose=["115 hồ sơ đạt 54% (115/214)"]))


@cache
def filled_bytes():
    """Write the workbook once for all tests."""
    with tempfile.TemporaryDirectory(prefix="cchc-filled-") as folder:
        path = Path(folder) / "bieu-mau.xlsx"
        write_template(path, FORM, unit=WARD, period=PERIOD, result=filled_result())
        return path.read_bytes()


def open_book(path):
    """Open a workbook with its formulas and, where it has any, its macros."""
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it does not read.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")


def read_xml(path):
    """Read the XML of all its sheets."""
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return "".join(package.read(name).decode() for name in parts)


def formulas_of(path):
    """List its formulas."""
    return [
        cell.value
        for sheet in open_book(path).worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]


def compare_with_spreadsheet(path):
    """Compute every formula with IronCalc and hold it against the stored result; return the cells compared."""
    stored, sheet = read_values(path), Spreadsheet(path)
    sheet.compute()
    compared = []
    for page in open_book(path).worksheets:
        for line in page.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    expected = stored[page.title].get(cell.coordinate, "")
                    computed = sheet.read(cell.coordinate, page.title)
                    # IronCalc knows no Vietnamese and writes a decimal point into texts.
                    if isinstance(computed, str):
                        computed = re.sub(r"(?<=\d)\.(?=\d+%)", ",", computed)
                    assert matches(computed, expected), f"{page.title}!{cell.coordinate}: {cell.value}"
                    compared.append(cell.coordinate)
    return compared
