"""The sheet "Hướng dẫn": one page for the official who fills in the workbook."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.sheets.form_grid import GUIDE_SHEET
from cchc_calc.excel.sheets.row_messages import DIFFERS, MISSING
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_head, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import (
    DIFFERENT_LOOK,
    INVALID_LOOK,
    MISSING_LOOK,
    NOT_ARISING_LOOK,
    PALE,
    TEXT_SIZE,
    YELLOW,
)
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlsxwriter.workbook import Workbook

    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.sheets.styles import Styles

LOOKS: Final[dict[str, dict[str, Any]]] = {
    "Ô vàng": {"bg_color": YELLOW},
    "Ô vàng nhạt": {"bg_color": PALE},
    NOT_ARISING_TEXT: NOT_ARISING_LOOK,
    UNDECIDED_TEXT: INVALID_LOOK,
    DIFFERS: DIFFERENT_LOOK,
    MISSING: MISSING_LOOK,
}
"""Samples that look as they do on the other sheets."""

_SAMPLE_PIXELS: Final = 166
_TEXT_PIXELS: Final = 514


def write_guide_sheet(
    book: Workbook, styles: Styles, title: str, subtitle: str, sections: Iterable[Mapping[str, Any]]
) -> None:
    """Add the sheet, one page of A4 paper; ``sections`` as ``guide_sections`` reads them."""
    sheet = add_sheet(book, GUIDE_SHEET)
    set_paper(sheet, landscape=False)
    sheet.set_column_pixels(0, 0, _SAMPLE_PIXELS)
    sheet.set_column_pixels(1, 1, _TEXT_PIXELS)
    at = put_head(sheet, styles, title, (subtitle,), "", (1, _SAMPLE_PIXELS + _TEXT_PIXELS))
    for section in sections:
        put_merged(sheet, at, (0, 1), section["title"], styles["heading"])
        for line in section["lines"]:
            at += 1
            put_text(sheet, at, 0, line["sample"], styles.sample(LOOKS.get(line["sample"], {})))
            put_text(sheet, at, 1, line["text"], styles["cell"])
            sheet.set_row(at, row_height([(line["sample"], _SAMPLE_PIXELS), (line["text"], _TEXT_PIXELS)], TEXT_SIZE))
        at += 2
    sheet.print_area(0, 0, at - 2, 1)
    protect(sheet)


@cache
def guide_sections(build: Build, package: str = "cchc_calc.excel.sheets") -> list[dict[str, Any]]:
    """Read the sections of the guide to a build: each a title and lines of a sample and a text.

    ``package`` is the one whose guide.toml holds them.

    >>> from cchc_calc.excel.builds import Build
    >>> [section["title"] for section in guide_sections(Build.NATIVE)][0]
    '1. Nhập số liệu'
    """
    text = (resources.files(package) / "guide.toml").read_text(encoding="utf-8")
    sections: list[dict[str, Any]] = tomllib.loads(text)["section"]
    for section in sections:
        section["lines"] = [line for line in section["lines"] if build.value in line.get("builds", (build.value,))]
    return sections
