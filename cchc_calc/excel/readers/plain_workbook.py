"""A workbook reduced to what its values depend on, for a library that stumbles over everything else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from cchc_calc.excel.readers.workbook_parts import MAIN
from cchc_calc.outcomes import SEND_AGAIN, refusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.excel.readers.workbook_parts import WorkbookParts
    from cchc_calc.package import Package

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TRUE: Final = frozenset({"1", "true"})
_FALSE: Final = frozenset({"0", "false"})
_STRINGS: Final = "xl/sharedStrings.xml"
_LONGEST_NUMBER: Final = 9


def sheet_title(index: int) -> str:
    """Name a sheet of the reduced workbook, by its place among those that were given."""
    return f"S{index}"


def plain_workbook(package: Package, parts: WorkbookParts, grids: list[bytes]) -> io.BytesIO:
    """Write a workbook of sheets that hold their grids alone, the strings, and of the styles what shows in a value.

    The sheets are named by ``sheet_title``. Raises SourceRefusedError: F05 for a style that is written wrongly.
    """
    import zipfile

    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(),
        "xl/_rels/workbook.xml.rels": _links(len(grids)),
        "xl/workbook.xml": _workbook(package, parts, len(grids)),
        "xl/styles.xml": _styles(package, parts.styles),
        _STRINGS: package.read_xml(parts.shared_strings)
        if parts.shared_strings in package
        else f'<sst xmlns="{MAIN}"/>',
    }
    files |= {f"xl/worksheets/{sheet_title(index)}.xml": grid for index, grid in enumerate(grids)}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    target.seek(0)
    return target


def _types() -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{_STRINGS}" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
    )


def _links(sheets: int) -> str:
    links = "".join(
        f'<Relationship Id="r{index}" Type="{_OFFICE}/worksheet" Target="worksheets/{sheet_title(index)}.xml"/>'
        for index in range(sheets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _workbook(package: Package, parts: WorkbookParts, sheets: int) -> str:
    settings = package.parse_xml(parts.workbook).find(f"{{{MAIN}}}workbookPr")
    since_1904 = settings is not None and settings.get("date1904") in _TRUE
    listed = "".join(
        f'<sheet name="{sheet_title(index)}" sheetId="{index + 1}" r:id="r{index}"/>' for index in range(sheets)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(since_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )


def _styles(package: Package, part: str) -> str:
    """Keep the number formats, and of the fonts whether they strike out."""
    tree = package.parse_xml(part) if part in package else None
    formats = fonts = styles = ""
    if tree is not None:
        for element in tree.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt"):
            code = quoteattr(element.get("formatCode", ""))
            formats += f'<numFmt numFmtId="{_number(package, element)}" formatCode={code}/>'
        all_fonts = tree.findall(f"{{{MAIN}}}fonts/{{{MAIN}}}font")
        fonts_by_number = set(map(str, range(len(all_fonts))))
        for font in all_fonts:
            struck = font.find(f"{{{MAIN}}}strike")
            is_struck = struck is not None and struck.get("val", "1") not in _FALSE
            fonts += "<font><strike/></font>" if is_struck else "<font/>"
        for style in tree.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"):
            font_number = style.get("fontId", "0")
            known = font_number if font_number in fonts_by_number else "0"
            styles += f'<xf numFmtId="{_number(package, style)}" fontId="{known}"/>'
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts>{fonts or "<font/>"}</fonts>'
        f"<cellXfs>{styles or '<xf/>'}</cellXfs></styleSheet>"
    )


def _number(package: Package, element: Element) -> int:
    text = element.get("numFmtId", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise _broken(package)
    return int(text)


def _broken(package: Package) -> SourceRefusedError:
    return refusal(package.source, "F05", "danh sách định dạng trong tệp bị hỏng.", SEND_AGAIN)
