"""The widths of the columns of a table, and what every sheet with a table has: header, helpers, paper."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeVar

from cchc_calc.excel.objectives.input_rules import with_titles
from cchc_calc.excel.sheets.sheet_parts import put_merged, put_text
from cchc_calc.excel.sheets.styles import NOTE_SIZE, TEXT_SIZE, TITLE_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.objectives.tables import Table
    from cchc_calc.excel.sheets.styles import Styles

Column = TypeVar("Column", bound=IntEnum)


def set_columns(sheet: Worksheet, pixels: Mapping[Column, int], helpers: range, gap: int) -> None:
    """Set the widths; the helpers are folded away beside the gap."""
    for column, width in pixels.items():
        sheet.set_column_pixels(column, column, width)
    sheet.set_column_pixels(gap, gap, 14)
    if helpers:
        sheet.set_column_pixels(helpers.start, helpers.stop - 1, 90, None, {"level": 1, "hidden": True})
        sheet.set_column(helpers.stop, helpers.stop, None, None, {"collapsed": True})


def write_header(
    sheet: Worksheet, styles: Styles, line: int, headings: Mapping[Column, str], pixels: Mapping[Column, int]
) -> None:
    """Write the names of the columns in one line."""
    for column, heading in headings.items():
        put_text(sheet, line, column, heading, styles["header"])
    fitted = [(heading, pixels[column]) for column, heading in headings.items()]
    sheet.set_row(line, row_height(fitted, TEXT_SIZE, bold=True))


def write_title(
    sheet: Worksheet, styles: Styles, texts: tuple[tuple[str, str], tuple[str, str]], hint: str, width: tuple[int, int]
) -> None:
    """Write the first three lines of a sheet: two formulas with what they give, and a hint.

    ``width`` is the last column and the pixels of all.
    """
    last, pixels = width
    for line, ((formula, shown), style) in enumerate(zip(texts, ("title", "subtitle"), strict=True)):
        put_merged(sheet, line, (0, last), "", styles[style])
        sheet.write_formula(line, 0, formula, styles[style], shown)
        sheet.set_row(line, row_height([(shown, pixels)], TITLE_SIZE, bold=True))
    put_merged(sheet, len(texts), (0, last), hint, styles["note"])
    sheet.set_row(len(texts), row_height([(hint, pixels)], NOTE_SIZE))


def set_rules(
    sheet: Worksheet, table: Table, rules: Mapping[Column, dict[str, Any]], headings: Mapping[Column, str]
) -> None:
    """Give every line of a table the rules of its columns."""
    for column, rule in rules.items():
        sheet.data_validation(table.first, column, table.last, column, with_titles(rule, headings[column]))
