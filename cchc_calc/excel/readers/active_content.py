"""What a workbook holds beside figures that can run, or fetch something: no such workbook is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.package import Package

_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_BY_TYPE: Final = {
    "oleObject": "đối tượng nhúng (OLE)",
    "activeX": "điều khiển ActiveX",
    "spreadsheetml.connections": "kết nối dữ liệu",
    "spreadsheetml.queryTable": "truy vấn dữ liệu",
    "macrosheet": "macro kiểu cũ (Excel 4)",
}
_BY_FOLDER: Final = {
    "xl/embeddings/": "đối tượng nhúng (OLE)",
    "xl/activeX/": "điều khiển ActiveX",
    "xl/model/": "kết nối dữ liệu",
}
_LIST: Final = "[Content_Types].xml"
_WORDS: Final = tuple(word.encode() for word in _BY_TYPE)
_FOLDERS: Final = tuple(_BY_FOLDER)
_CLEAN_COPY: Final = (
    "Chép số liệu sang biểu mẫu sạch (lệnh cchc new), không kèm đối tượng nhúng, macro và kết nối, rồi nộp lại."
)


def refuse_active_content(package: Package) -> None:
    """Refuse a workbook with an embedded object, an ActiveX control, a data connection or an Excel 4 macro.

    Macros in VBA are none of these: they are never run, and what is read beside them is sound.

    Raises SourceRefusedError: F10.
    """
    found = next(_in_folders(package), None) or next(_of_types(package), None)
    if found is not None:
        raise active_content(package.source, found)


def active_content(source: str, found: str) -> SourceRefusedError:
    """Make the error for a workbook that holds ``found``, which can run or fetch something.

    >>> active_content("a.xls", "điều khiển ActiveX").code
    'F10'
    """
    message = f"tệp có {found}, thứ có thể chạy lệnh hoặc lấy dữ liệu từ ngoài vào."
    return refusal(source, "F10", message, _CLEAN_COPY)


def _in_folders(package: Package) -> Iterator[str]:
    for name in package.names:
        if name.startswith(_FOLDERS):
            yield next(what for folder, what in _BY_FOLDER.items() if name.startswith(folder))


def _of_types(package: Package) -> Iterator[str]:
    xml = package.read_xml(_LIST) if _LIST in package else b""
    if b"&" not in xml and not any(word in xml for word in _WORDS):
        # Nearly every workbook: none of the words stands in the list, not even letter by letter.
        return
    for element in package.parse_xml(_LIST):
        content_type = element.get("ContentType", "")
        what = next((what for word, what in _BY_TYPE.items() if word in content_type), None)
        ending = f".{element.get('Extension', '')}"
        # A type for an ending says nothing while no part has that ending.
        if what and (element.tag == f"{_TYPES}Override" or any(name.endswith(ending) for name in package.names)):
            yield what
