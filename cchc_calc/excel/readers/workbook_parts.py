"""The sheets of a workbook and the parts they are kept in, read from the package's own lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Calculation
from cchc_calc.excel.readers.active_content import refuse_active_content
from cchc_calc.outcomes import DISTRUST, SEND_AGAIN, refusal
from cchc_calc.package import NOT_STRICT, STRICT, links_part
from cchc_calc.workbook_state import WorkbookState

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.package import Link, Package

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LOST: Final = "#REF!"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet with a grid: its name, its part in the package, and whether an official sees its tab."""

    name: str
    part: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """The parts of a workbook that hold its figures. A part that the workbook does not have is empty."""

    workbook: str
    sheets: tuple[SheetPart, ...]
    shared_strings: str
    styles: str
    state: WorkbookState = field(default_factory=WorkbookState)
    calculation: Calculation = Calculation.AUTOMATIC

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all these parts and of the lists that lead to them."""
        own = (self.workbook, links_part(self.workbook), self.shared_strings, self.styles)
        lists = ("[Content_Types].xml", links_part(""))
        return (*lists, *filter(None, own), *(sheet.part for sheet in self.sheets))


def read_workbook_parts(package: Package) -> WorkbookParts:
    """Find the sheets with a grid in the order of their tabs; chart and dialog sheets are left out.

    Raises SourceRefusedError: F05 for lists that are broken or name absent parts, F10 for an Excel 4 macro
    sheet, an embedded object, an ActiveX control or a data connection, F12 for a workbook saved as Strict
    Open XML.
    """
    refuse_active_content(package)
    roots = package.links("")
    workbook = next((link.target for link in roots.values() if link.kind == "officeDocument"), "")
    tree = package.parse_xml(workbook)
    if tree.tag.startswith("{" + STRICT):
        raise refusal(package.source, "F12", "tệp lưu theo dạng Strict Open XML.", NOT_STRICT)
    if tree.tag != f"{{{MAIN}}}workbook":
        raise _broken(package)
    links = package.links(workbook)
    by_kind = {link.kind: link.target for link in links.values()}
    sheets = _sheets(package, tree, links)
    return WorkbookParts(
        workbook,
        sheets,
        shared_strings=by_kind.get("sharedStrings", ""),
        styles=by_kind.get("styles", ""),
        state=WorkbookState(
            sheets=tuple(sheet.name for sheet in sheets if sheet.is_visible),
            hidden_sheets=tuple(sheet.name for sheet in sheets if not sheet.is_visible),
            has_macros="vbaProject" in by_kind,
            lost_names=_lost_names(tree),
        ),
        calculation=_calculation(tree),
    )


def _calculation(workbook: Element) -> Calculation:
    settings = workbook.find(f"{{{MAIN}}}calcPr")
    if settings is None:
        return Calculation.AUTOMATIC
    if settings.get("calcMode") == "manual":
        return Calculation.MANUAL
    return Calculation.AS_SHOWN if settings.get("fullPrecision") in ("0", "false") else Calculation.AUTOMATIC


def _lost_names(workbook: Element) -> tuple[str, ...]:
    """Name what an official named and lost; the names that begin with _xlnm. are those of the program."""
    return tuple(
        name
        for element in workbook.iterfind(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName")
        if _LOST in (element.text or "") and not (name := element.get("name", "")).startswith("_xlnm.")
    )


def _sheets(package: Package, workbook: Element, links: dict[str, Link]) -> tuple[SheetPart, ...]:
    sheets = []
    for element in workbook.iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet"):
        name = element.get("name", "")
        link = links.get(element.get(f"{{{_OFFICE}}}id", ""))
        if link is None:
            raise _broken(package, f" (trang {name!r} không có nội dung)")
        if "acrosheet" in link.kind:
            message = f"trang {name!r} là trang macro kiểu cũ (Excel 4)."
            raise refusal(package.source, "F10", message, DISTRUST)
        if link.kind == "worksheet":
            if link.target not in package:
                raise _broken(package, f" (trang {name!r} không có nội dung)")
            sheets.append(SheetPart(name, link.target, element.get("state", "visible") == "visible"))
    return tuple(sheets)


def _broken(package: Package, found: str = "") -> SourceRefusedError:
    return refusal(package.source, "F05", f"cấu trúc tệp Excel bị hỏng{found}.", SEND_AGAIN)
