"""What every sheet of the workbook is made of: text that stays text, paper, and protection without password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.worksheet import Worksheet

from cchc_calc.excel.sheets.styles import TEXT_SIZE, TITLE_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.sheets.styles import Styles

_LONGEST_TEXT: Final = 32767
"""A cell of a spreadsheet holds no more letters."""
_NOT_HELD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CENTIMETRES_AN_INCH: Final = 2.54
_A4: Final = 9
_EXPECTED_MARKS: Final = ("number_stored_as_text", "two_digit_text_year", "formula_differs", "formula_range")
_EVERYWHERE: Final = "A1:Z1000"
_ALLOWED: Final = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


class _Sheet(Worksheet):
    """A worksheet that stores an empty text as the result of a formula, where the library stores nothing.

    Without that a reader cannot tell a formula that gives an empty text from one that was never computed.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        # The library looks thirty times through every formula for functions newer than those used here.
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        is_empty_text = [("t", "str")] if result == "" else []
        super()._xml_formula_element(formula, result, [*attributes, *is_empty_text])


class _StreamedSheet(_Sheet):
    """A worksheet of which one line is in memory at a time; those before are on the disk."""

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize(init_data | {"constant_memory": True})


def add_sheet(book: Workbook, name: str) -> Worksheet:
    """Add a sheet of a name to the workbook."""
    return book.add_worksheet(name, _Sheet)


def add_streamed_sheet(book: Workbook, name: str) -> Worksheet:
    """Add a sheet for thousands of lines, which have to be written from the first to the last."""
    return book.add_worksheet(name, _StreamedSheet)


def put_text(sheet: Worksheet, line: int, column: int, text: str, look: Format) -> None:
    """Write a text that stays text, whatever it begins with; an empty one gives a blank cell."""
    if text:
        sheet.write_string(line, column, plain_text(text), look)
    else:
        sheet.write_blank(line, column, None, look)


def plain_text(text: str) -> str:
    r"""Return a text as a cell can hold it: no signs that XML cannot hold, no markup, no more than its length.

    >>> plain_text("Phường\x01 1\ud800"), plain_text("<r><t>Phường</t></r>")
    ('Phường� 1�', '<r><t>Phường</t></r> ')
    """
    held = _NOT_HELD.sub("\ufffd", text)
    if len(held) > _LONGEST_TEXT // 2:
        # The limit counts the halves of the signs that UTF-16 writes in two.
        held = held.encode("utf-16-le")[: 2 * _LONGEST_TEXT].decode("utf-16-le", errors="ignore")
    # The library takes a text between these marks for markup and writes it as it stands.
    return f"{held[: _LONGEST_TEXT - 1]} " if held.startswith("<r>") and held.endswith("</r>") else held


def put_merged(sheet: Worksheet, line: int, columns: tuple[int, int], text: str, look: Format) -> None:
    """Write a text over several columns of one line."""
    first, last = columns
    sheet.merge_range(line, first, line, last, "", look)
    put_text(sheet, line, first, text, look)


def set_paper(sheet: Worksheet, *, landscape: bool = True) -> None:
    """Set A4 paper, one page wide, margins of an official document, and the number of the page at its foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    left, right, top, bottom = (centimetres / _CENTIMETRES_AN_INCH for centimetres in (2.0, 1.5, 1.5, 1.5))
    sheet.set_margins(left=left, right=right, top=top, bottom=bottom)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer('&C&"Times New Roman,Regular"&11Trang &P/&N', {"margin": 0.3})
    sheet.hide_gridlines(2)


def protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled in, without a password, so that an office can still unlock it."""
    sheet.protect("", _ALLOWED)
    # Codes such as 1.2 are meant to be text, and rows of a form need not have the formula of their neighbours.
    sheet.ignore_errors(dict.fromkeys(_EXPECTED_MARKS, _EVERYWHERE))


def put_head(
    sheet: Worksheet,
    styles: Styles,
    title: str,
    lines: tuple[str, ...],
    hint: str,
    width: tuple[int, int],
    marks: tuple[str, ...] = (),
) -> int:
    """Write the title of a sheet, lines under it, marks that nobody may overlook and a hint; return the line after.

    ``width`` is the last column and the pixels of all columns; empty lines are left out.
    """
    last_column, pixels = width
    below = [*((line, "subtitle") for line in lines if line), *((mark, "mark") for mark in marks if mark)]
    parts = [(title, "title"), *below, (hint, "note")]
    if not hint:
        parts.pop()
    for line, (text, style) in enumerate(parts):
        put_merged(sheet, line, (0, last_column), text, styles[style])
        sheet.set_row(line, row_height([(text, pixels)], TITLE_SIZE if style == "title" else TEXT_SIZE))
    return len(parts)
