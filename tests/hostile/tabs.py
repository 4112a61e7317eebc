"""The good form with its sheets, names, guards or stamp changed."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from containers import make_workbook, parts_of, with_parts
from hostile.cells import (
    PERIOD,
    UNIT,
    formula_cell,
    number_cell,
    office_workbook,
    template,
    text_cell,
    with_cells,
)
from hostile.part_names import MAIN, OFFICE, TYPES, WORKBOOK, WORKBOOK_LINKS
from hostile.sheets import replaced, rows_of, with_rows, with_sheet_xml

from cchc_calc.excel.template import write_template
from cchc_calc.form_files import load_form

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET_NAME = 'name="Biểu mẫu"'


def stamp(text: str) -> bytes:
    """Write another text into the stamp, or none."""
    cell = text_cell(text) if text else '<c r="{cell}"/>'
    rows = [row.with_cell("H", cell) if row.number == 3 else row for row in rows_of(template())]
    return with_rows(template(), rows)


def with_sheets(data: bytes, change: Callable[[list[str]], list[str]]) -> bytes:
    """Change the list of sheets; the names of cells, which count the sheets, go with their order."""
    xml = parts_of(data)[WORKBOOK].decode()
    sheets = re.findall(r"<sheet [^>]*/>", xml)
    changed = change(sheets)
    xml = re.sub(r"<sheets>.*</sheets>", lambda _: f"<sheets>{''.join(changed)}</sheets>", xml)
    if changed[: len(sheets)] != sheets:
        xml = re.sub(r"<definedNames>.*</definedNames>", "", xml)
    return with_parts(data, {WORKBOOK: xml.encode()})


def with_sheet_added(
    data: bytes, name: str, xml: str, *, state: str = "", kind: str = "worksheet", first: bool = False
) -> bytes:
    """Add a sheet with its own part."""
    part, folder = f"xl/{kind}s/sheet99.xml", f"{kind}s"
    content_type = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    link = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{folder}/sheet99.xml"/></Relationships>'
    data = replaced(data, TYPES, "</Types>", override)
    data = replaced(data, WORKBOOK_LINKS, "</Relationships>", link)
    data = with_parts(data, {part: xml.encode()})
    shown = f' state="{state}"' if state else ""
    entry = f'<sheet name="{name}" sheetId="99"{shown} r:id="rId99"/>'
    return with_sheets(data, lambda sheets: [entry, *sheets] if first else [*sheets, entry])


def form_again(name: str, state: str = "") -> bytes:
    """Add a second sheet with the form and another figure."""
    other = parts_of(with_cells("template", {"1.1": number_cell("99")}))["xl/worksheets/sheet1.xml"].decode()
    return with_sheet_added(template(), name, other, state=state)


def last_edition() -> bytes:
    """Write our own template of the other edition."""
    with tempfile.TemporaryDirectory(prefix="cchc-good-") as folder:
        path = Path(folder) / "bieu-mau.xlsx"
        write_template(path, load_form("thong-ke-cchc", "2025"), unit=UNIT, period=PERIOD)
        return path.read_bytes()


def with_name(reference: str, data: bytes) -> bytes:
    """Define a name for cells."""
    xml = parts_of(data)[WORKBOOK].decode()
    names = f'<definedNames><definedName name="HoSo">{reference}</definedName></definedNames>'
    xml = re.sub(r"<definedNames>.*</definedNames>", "", xml).replace("</sheets>", f"</sheets>{names}")
    return with_parts(data, {WORKBOOK: xml.encode()})


def without_tag(pattern: str, count: int = 0) -> bytes:
    """Take tags of the template's first sheet away."""
    return with_sheet_xml(template(), lambda xml: re.sub(pattern, "", xml, count=count, flags=re.DOTALL))


TABS: dict[str, Callable[[], bytes]] = {
    "form-sheet-missing": lambda: with_sheets(template(), lambda sheets: sheets[1:]),
    "form-sheet-hidden": lambda: with_sheets(
        template(), lambda sheets: [sheets[0].replace(SHEET_NAME, f'{SHEET_NAME} state="hidden"'), *sheets[1:]]
    ),
    "another-workbook": make_workbook,
    "twin-sheet-very-hidden": lambda: form_again("Biểu mẫu ", "veryHidden"),
    "twin-sheet": lambda: form_again("Biểu  mẫu"),
    "form-on-two-sheets": lambda: form_again("Quý trước"),
    "sheet-renamed": lambda: replaced(template(), WORKBOOK, SHEET_NAME, 'name="Quý 3"'),
    "sheets-reordered": lambda: with_sheets(template(), lambda sheets: [*sheets[1:], sheets[0]]),
    "sheet-renamed-by-an-office": lambda: replaced(office_workbook(), WORKBOOK, SHEET_NAME, 'name="Phụ lục 3"'),
    "chart-sheet-first": lambda: with_sheet_added(
        template(), "Đồ thị", f'<chartsheet xmlns="{MAIN}"><sheetViews/></chartsheet>', kind="chartsheet", first=True
    ),
    "edition-not-held": lambda: stamp("thong-ke-cchc/2019"),
    "edition-2025": last_edition,
    "sheet-hidden": lambda: with_sheet_added(
        template(), "Nháp", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>', state="hidden"
    ),
    "sheet-very-hidden": lambda: with_sheet_added(
        office_workbook(), "Nháp", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>', state="veryHidden"
    ),
    "name-lost": lambda: with_name("#REF!", office_workbook()),
    "name-lost-in-the-template": lambda: with_name("'Biểu mẫu'!#REF!", template()),
    "name-lost-and-used": lambda: with_name("#REF!", with_cells("office", {"3.4.3.b": formula_cell("HoSo+0", "425")})),
    "protection-removed": lambda: without_tag(r"<sheetProtection [^>]*/>"),
    "validations-removed": lambda: without_tag(r"<dataValidations .*</dataValidations>"),
    "one-validation-removed": lambda: without_tag(r"<dataValidation .*?</dataValidation>", 1),
    "stamp-removed": lambda: stamp(""),
    "stamp-altered": lambda: stamp("thong-ke-khac/2023"),
    "stamp-of-another-edition": lambda: stamp("thong-ke-cchc/2025"),
}
"""The content of every workbook, by its name in the list of cases."""
