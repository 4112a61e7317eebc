"""An office's own template of the form for the tests: other fonts, a logo, notes, charts, formulas of its own."""

from __future__ import annotations

import io
import struct
import zlib

import xlsxwriter
from filled_forms import FORM, HEADER, form_rows

SHEET = "Biểu của Tổ '1' & 2"
TOP = 6
"""The lines above the header."""
VALUE = 3
"""The column of the figures, counted from 0."""

TYPED = {
    "1.2.a": 34, "1.2.b": 26, "2.1.2.a": 3, "2.1.3.b": 4, "2.2.b": 0, "2.2.c": 0, "3.4.3.a": 447, "3.4.3.b": 425,
    "3.4.3.c": 424, "6.1.a": 12.5, "6.1.b": 5, "7.7.1.a": 10, "7.7.1.b": 20, "7.7.4.a": "214 hồ sơ", "7.7.4.b": 115,
    "7.8.1.a": 66, "7.8.1.b": 50, "7.8.1.c": "Không phát sinh", "7.7.5.a": "#N/A", "7.7.5.b": True,
}  # fmt: skip
"""What an office may type: counts, texts, an error, a truth value, what did not arise."""


def place_of(address, form=FORM):
    """The cell of a row's figure on the office's sheet."""
    line = [row.address for row in form.rows].index(address)
    return f"D{TOP + 2 + line}"


def quoted_place_of(address):
    """The same cell, as other sheets name it."""
    sheet = SHEET.replace("'", "''")
    return f"'{sheet}'!{place_of(address)}"


def logo():
    """A picture of four red pixels."""
    lines = b"".join(b"\0" + b"\xff\0\0" * 2 for _ in range(2))
    chunks = [
        (b"IHDR", struct.pack(">2L5B", 2, 2, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    ]
    packed = (
        struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def office_template(typed=None, *, form=FORM, without=(), formats=None, formulas=None, plain=False, rows=None):
    """Write an office's template as bytes.

    ``typed`` maps addresses to what is typed, ``formulas`` to formulas with a result, ``formats`` to number
    formats; ``without`` lists rows the office dropped; ``plain`` leaves out all but the form.
    """
    typed, formats, formulas = typed or {}, formats or {}, formulas or {}
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    look = {"font_name": "Tahoma", "font_size": 13, "border": 1, "text_wrap": True}
    plain_look = book.add_format(look)
    looks = {code: book.add_format(look | {"num_format": code, "bold": True}) for code in set(formats.values())}
    for column, heading in enumerate(HEADER):
        sheet.write_string(TOP, column, heading, plain_look)
    printed = form_rows(form=form) if rows is None else rows
    for line, (row, texts) in enumerate(zip(form.rows, printed, strict=True), start=TOP + 1):
        if row.address in without:
            continue
        for column, text in enumerate(texts):
            if column != VALUE:
                sheet.write(line, column, text, plain_look)
        cell_look = looks.get(formats.get(row.address), plain_look)
        if row.address in formulas:
            formula, result = formulas[row.address]
            sheet.write_formula(line, VALUE, formula, cell_look, result)
        elif row.address in typed:
            _type(sheet, line, typed[row.address], cell_look)
        elif row.address in formats:
            sheet.write_blank(line, VALUE, None, cell_look)
    if not plain:
        _decorate(book, sheet, len(form.rows))
    book.close()
    return target.getvalue()


def _type(sheet, line, content, look):
    if content is None:
        return
    if isinstance(content, bool):
        sheet.write_boolean(line, VALUE, content, look)
    elif isinstance(content, str) and content.startswith("#"):
        sheet.write_formula(line, VALUE, f"={content}", look, content)
    elif isinstance(content, str):
        sheet.write_string(line, VALUE, content, look)
    else:
        sheet.write_number(line, VALUE, content, look)


def _decorate(book, sheet, rows):
    quoted = SHEET.replace("'", "''")
    last = TOP + 1 + rows
    heading = book.add_format({"bold": True, "align": "center", "font_name": "Arial", "font_color": "#C00000"})
    sheet.merge_range("A1:F1", "BIỂU MẪU THỐNG KÊ", heading)
    sheet.merge_range("A2:F2", "UBND phường Phương Sơn", heading)
    sheet.insert_image("F3", "logo.png", {"image_data": io.BytesIO(logo())})
    sheet.write_comment("D9", "Chị Lan nhập ô này", {"author": "Tổ 1"})
    sheet.insert_textbox("H3", "Hình vẽ của đơn vị")
    sheet.add_sparkline("H9", {"range": f"'{quoted}'!D9:D20"})
    sheet.conditional_format(f"D8:D{last}", {"type": "cell", "criteria": ">", "value": 100, "format": heading})
    sheet.conditional_format(f"D8:D{last}", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("D10", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.set_column("A:A", 7.5)
    sheet.set_column("B:B", 61.25)
    sheet.set_column("D:D", 13.75, book.add_format({"num_format": "0", "font_name": "Verdana", "locked": False}))
    sheet.set_row(TOP, 41.5)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area(0, 0, last, 5)
    sheet.repeat_rows(TOP)
    sheet.set_header("&CTổ 1")
    sheet.freeze_panes(TOP + 1, 2)
    sheet.protect("", {"format_cells": True})
    sheet.autofilter(TOP, 0, last, 5)
    book.define_name("TyLe", f"='{quoted}'!${place_of('3.4.3')[0]}${place_of('3.4.3')[1:]}")
    other = book.add_worksheet("Tổng hợp")
    other.write_formula("A1", f"='{quoted}'!{place_of('3.4.3')}*100", None, 0)
    other.write_formula("A2", "=TyLe", None, 0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{quoted}'!$D$9:$D$20"})
    other.insert_chart("C3", chart)
    other.protect()
