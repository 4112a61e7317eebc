"""Good forms with one cell, or a few, changed: an office's own workbook, our template, a text document."""

from __future__ import annotations

import io
import re
import tempfile
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from containers import SHEET, parts_of, with_parts
from filled_forms import FORM, HEADER, form_rows, report_of

from cchc_calc.checking import check
from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.excel.template import write_template
from cchc_calc.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.checking import CheckResult

UNIT = "UBND phường Phương Sơn"
PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12))
TITLE = (
    "BIỂU MẪU THỐNG KÊ SỐ LIỆU CẢI CÁCH HÀNH CHÍNH",
    f"TẠI {UNIT.upper()}",
    "(Từ ngày 13/6/2023 đến ngày 12/9/2023)",
)
FIRST_LINE = len(TITLE) + 2
"""The line of the office's workbook with the first row of the form; the header stands above it."""

INPUTS: Mapping[str, str] = {
    "1.1": "12", "1.2.a": "34", "1.2.b": "26", "1.3.1": "5", "1.3.2.a": "4", "1.3.2.b": "3", "1.5.a": "25",
    "1.5.b": "20", "1.5.c": "3", "1.5.d": "2", "1.6": "1", "1.6.a": "120", "1.6.b": "2", "1.7": "1", "2.1.3.a": "3",
    "2.1.3.b": "2", "2.2.a": "6", "2.2.b": "4", "2.2.c": "3", "2.3.a": "7", "2.3.b": "5", "2.3.c": "4", "3.1.1": "9",
    "3.1.2": "8", "3.1.3": "2", "3.1.4.b": "145", "3.1.5.b": "14", "3.4.3.a": "447", "3.4.3.b": "425",
    "3.4.3.c": "424", "3.4.4.a1": "40", "3.4.4.a2": "38", "3.4.4.b1": "30", "3.4.4.b2": "29", "3.4.4.c1": "10",
    "3.4.4.c2": "9", "3.5.a": "8", "3.5.b": "7", "4.2.a": "22", "4.2.b": "21", "4.2.c": "3", "4.2.d": "1",
    "4.2.e1": "25", "4.2.e2": "3", "5.4.d": "1", "6.1.a": "1250.5", "6.1.b": "987.25", "7.5.2": "23", "7.5.2.b": "1",
    "7.5.3.b1": "950", "7.5.3.b2": "1020", "7.7.1.a": "64", "7.7.1.b": "31", "7.7.1.c": "15", "7.7.2.a": "48",
    "7.7.2.b": "40", "7.7.2.c": "11", "7.7.4.a": "447", "7.7.4.b": "240", "7.7.5.a": "52", "7.7.5.b": "27",
    "7.7.5.c": "6", "7.7.5.d": "33", "7.7.5.e": "786000", "7.8.1.a": "66", "7.8.1.b": "50", "7.8.1.c": "40",
    "7.8.2.a": "21", "7.8.2.b": "19", "7.8.2.c": "12",
}  # fmt: skip
"""What a ward fills in; nothing contradicts, and no rate is round."""

NUMBER_FORMATS: Mapping[str, int] = {
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "0%": 9, "0.00%": 10, "date": 14, "time": 20, "text": 49,
    "strike": 0,
}  # fmt: skip
"""Built-in number formats that a case may ask for, by their number; "strike" strikes the number out."""


def as_typed(value: str) -> str:
    """Write a value as an office types it into a text."""
    return value.replace(".", ",")


@cache
def good_result():
    """The good form, read from a document and checked."""
    return checked(INPUTS, declared())


def checked(inputs: Mapping[str, str], printed: Mapping[str, str]) -> CheckResult:
    """Check a form that was typed into a document."""
    return check(report_of({address: as_typed(value) for address, value in inputs.items()} | dict(printed), TITLE))


@cache
def declared() -> dict[str, str]:
    """What the computed rows of the good form show."""
    return shown(INPUTS)


def shown(inputs: Mapping[str, str]) -> dict[str, str]:
    """What the computed rows of a form show."""
    computation = checked(inputs, {}).computation
    return {row.address: text for row in FORM.computed if (text := computation.text(row.address))}


@cache
def office_workbook() -> bytes:
    """Write the good form as an office types it: figures and rates as numbers."""
    return _with_formats(typed_workbook(INPUTS, declared()))


def typed_workbook(inputs: Mapping[str, str], printed: Mapping[str, str]) -> bytes:
    """Write a form as an office types it: numbers for inputs and rates where they are numbers, else text."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Biểu mẫu")
    for line, text in enumerate(TITLE):
        sheet.write_string(line, 1, text)
    sheet.write_row(FIRST_LINE - 2, 0, HEADER)
    percent = book.add_format({"num_format": "0.00%"})
    for line, (row, texts) in enumerate(zip(FORM.rows, form_rows(printed), strict=True), FIRST_LINE - 1):
        for column, text in enumerate(texts):
            sheet.write_string(line, column, text)
        value = inputs.get(row.address, "")
        if re.fullmatch(r"-?\d+(?:\.\d+)?", value):
            sheet.write_number(line, 3, float(value))
        elif value:
            sheet.write_string(line, 3, value)
        elif re.fullmatch(r"\d+,\d\d%", texts[3]):
            sheet.write_number(line, 3, float(texts[3][:-1].replace(",", ".")) / 100, percent)
        elif texts[3].isdigit():
            sheet.write_number(line, 3, int(texts[3]))
    book.close()
    return target.getvalue()


@cache
def template() -> bytes:
    """Write the good form in our own template."""
    return _with_formats(filled_template(good_result()))


def filled_template(result: CheckResult) -> bytes:
    """Write a checked form in our own template."""
    with tempfile.TemporaryDirectory(prefix="cchc-good-") as folder:
        path = Path(folder) / "bieu-mau.xlsx"
        write_template(path, FORM, unit=UNIT, period=PERIOD, result=result)
        return path.read_bytes()


def text_document(values: Mapping[str, str], inputs: Mapping[str, str] = INPUTS) -> str:
    """Write the form as a text whose table has tabs, with these texts in cells."""
    texts = {address: as_typed(value) for address, value in inputs.items()} | shown(inputs) | dict(values)
    lines = ["\t".join(cells) for cells in (HEADER, *form_rows(texts))]
    return "\n".join((*TITLE, "", *lines, ""))


BASES = {"office": office_workbook, "template": template}
"""The workbooks into which a case is written."""


def place(base: str, address: str) -> str:
    """Give the cell with the figure of a row."""
    if base == "template":
        return FormGrid(FORM).value(address)
    return f"D{FIRST_LINE + [row.address for row in FORM.rows].index(address)}"


def with_cells(base: str, cells: Mapping[str, str], data: bytes | None = None) -> bytes:
    """Replace cells of a workbook, by the address of their row; ``{cell}`` in the XML becomes the place.

    ``{s:0.00%}`` becomes the style with that number format, ``{D:3.4.3.a}`` the cell of another row.
    """
    data = BASES[base]() if data is None else data
    count = int(re.search(r'<cellXfs count="(\d+)"', parts_of(data)["xl/styles.xml"].decode())[1])
    styles = dict(zip(NUMBER_FORMATS, range(count - len(NUMBER_FORMATS), count), strict=True))
    for address, cell in cells.items():
        new = re.sub(r"\{s:([^}]+)\}", lambda found: f's="{styles[found[1]]}"', cell)
        new = re.sub(r"\{D:([^}]+)\}", lambda found: place(base, found[1]), new)
        data = with_xml(data, place(base, address), new)
    return data


def text_cell(text: str) -> str:
    """Write a cell that holds a text."""
    return f'<c r="{{cell}}" t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'


def number_cell(number: str, number_format: str = "General") -> str:
    """Write a cell that holds a number as it stands in the part."""
    return f'<c r="{{cell}}" {{s:{number_format}}}><v>{number}</v></c>'


def formula_cell(formula: str, result: str | None, kind: str = "n") -> str:
    """Write a cell that holds a formula and its stored result; None leaves the result out."""
    value = "" if result is None else f"<v>{escape(result)}</v>"
    return f'<c r="{{cell}}" t="{kind}"><f>{escape(formula)}</f>{value}</c>'


def label_cell(base: str, address: str) -> str:
    """Give the cell with the label of a row."""
    return "B" + place(base, address)[1:]


def with_xml(data: bytes, spot: str, cell: str) -> bytes:
    """Replace one cell of the form's sheet, by its place."""
    xml, count = re.subn(
        rf'<c r="{spot}"(?:[^>]*/>|[^>]*>.*?</c>)',
        lambda _: cell.replace("{cell}", spot),
        parts_of(data)[SHEET].decode(),
    )
    assert count == 1, spot
    return with_parts(data, {SHEET: xml.encode()})


def _with_formats(data: bytes) -> bytes:
    """Add a style for every number format that a case may ask for, and one that strikes out."""
    styles = parts_of(data)["xl/styles.xml"].decode()
    fonts = int(re.search(r'<fonts count="(\d+)"', styles)[1])
    styles = styles.replace(f'<fonts count="{fonts}"', f'<fonts count="{fonts + 1}"')
    styles = styles.replace("</fonts>", '<font><strike/><sz val="11"/><name val="Calibri"/></font></fonts>')
    new = "".join(
        f'<xf numFmtId="{number}" fontId="{fonts if name == "strike" else 0}" fillId="0" borderId="0" xfId="0"/>'
        for name, number in NUMBER_FORMATS.items()
    )
    count = int(re.search(r'<cellXfs count="(\d+)"', styles)[1])
    styles = styles.replace(f'<cellXfs count="{count}"', f'<cellXfs count="{count + len(NUMBER_FORMATS)}"')
    return with_parts(data, {"xl/styles.xml": styles.replace("</cellXfs>", f"{new}</cellXfs>").encode()})
