"""The real type of a file, found by its content and never by its name."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cchc_calc.compound import MAGIC, CompoundFile, CompoundFileError
from cchc_calc.outcomes import DISTRUST, SEND_AGAIN, UNLOCK, refusal
from cchc_calc.package import Package
from cchc_calc.package_directory import PARTS_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.errors import SourceRefusedError

ACCEPTED_SUFFIXES: Final[Mapping[str, frozenset[str]]] = {
    "text": frozenset({".txt", ".csv"}),
    "docx": frozenset({".docx"}),
    "xlsx": frozenset({".xlsx"}),
    "xlsm": frozenset({".xlsm"}),
    "xls": frozenset({".xls"}),
    "ods": frozenset({".ods"}),
}
"""The kinds that are read, and the endings of a name that agree with each."""

OPEN_XML: Final = frozenset({"xlsx", "xlsm"})
"""The kinds of workbook that are packages of Office Open XML."""

TYPE_NAMES: Final[Mapping[str, str]] = {
    ".txt": "văn bản thuần (.txt)",
    ".csv": "bảng CSV (.csv)",
    ".docx": "tệp Word (.docx)",
    ".xlsx": "tệp Excel (.xlsx)",
    ".xlsm": "tệp Excel có macro (.xlsm)",
    ".xls": "tệp Excel đời cũ (.xls)",
    ".ods": "bảng tính OpenDocument (.ods)",
}

_AS_XLSX: Final = "Mở tệp bằng Excel, chọn Lưu thành (Save As), loại Excel Workbook (.xlsx), rồi nộp lại."
_AS_DOCX: Final = "Mở tệp bằng Word, chọn Lưu thành (Save As), loại Word Document (.docx), rồi nộp lại."
_ORIGINAL: Final = "Nộp tệp Excel hoặc Word gốc, không nộp bản chuyển đổi, bản quét hay tệp nén."
_AS_UTF_8: Final = (
    "Mở tệp bằng Notepad, chọn Lưu thành (Save As), mục Encoding chọn UTF-8, rồi nộp lại. "
    "Nếu chữ hiện sai (TCVN3, VNI), chuyển sang Unicode bằng Unikey trước."
)


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is: ``kind`` is a key of ``ACCEPTED_SUFFIXES``, or a word for a type not read here."""

    kind: str
    description: str
    text: str = ""
    package: Package | None = None


_SIGNATURES: Final = (
    (b"%PDF", FileType("pdf", "tệp PDF")),
    (b"{\\rtf", FileType("word", "tệp RTF")),
    (b"\x89PNG", FileType("picture", "ảnh PNG")),
    (b"\xff\xd8\xff", FileType("picture", "ảnh JPEG")),
    (b"GIF8", FileType("picture", "ảnh GIF")),
    (b"PK\5\6", FileType("archive", "tệp nén ZIP rỗng")),
    (b"Rar!", FileType("archive", "tệp nén RAR")),
    (b"7z\xbc\xaf", FileType("archive", "tệp nén 7z")),
    (b"\x1f\x8b", FileType("archive", "tệp nén GZIP")),
    (b"MZ", FileType("program", "tệp chương trình")),
    (b"\x7fELF", FileType("program", "tệp chương trình")),
    (b"\x09\x00\x04\x00", FileType("spreadsheet", "tệp Excel 2")),
    (b"\x09\x02\x06\x00", FileType("spreadsheet", "tệp Excel 3")),
    (b"\x09\x04\x06\x00", FileType("spreadsheet", "tệp Excel 4")),
)
_CONTENT_TYPES: Final = (
    ("spreadsheetml.sheet.main+xml", "xlsx", TYPE_NAMES[".xlsx"]),
    ("ms-excel.sheet.macroEnabled.main+xml", "xlsm", TYPE_NAMES[".xlsm"]),
    ("wordprocessingml.document.main+xml", "docx", TYPE_NAMES[".docx"]),
    ("ms-excel.sheet.binary.macroEnabled.main", "spreadsheet", "tệp Excel nhị phân (.xlsb)"),
    ("spreadsheetml.template.main+xml", "spreadsheet", "tệp mẫu Excel (.xltx)"),
    ("ms-excel.template.macroEnabled.main+xml", "spreadsheet", "tệp mẫu Excel (.xltm)"),
    ("ms-excel.addin.macroEnabled.main+xml", "spreadsheet", "tệp bổ trợ Excel (.xlam)"),
    ("ms-word.document.macroEnabled.main+xml", "word", "tệp Word có macro (.docm)"),
    ("wordprocessingml.template.main+xml", "word", "tệp mẫu Word (.dotx)"),
    ("presentationml", "presentation", "tệp trình chiếu PowerPoint"),
)
_TYPES: Final = "[Content_Types].xml"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument."
_STREAMS: Final = (
    ("Workbook", "xls", TYPE_NAMES[".xls"]),
    ("Book", "xls", TYPE_NAMES[".xls"]),
    ("WordDocument", "word", "tệp Word đời cũ (.doc)"),
    ("PowerPoint Document", "presentation", "tệp trình chiếu PowerPoint"),
)
_REMEDIES: Final = {"spreadsheet": _AS_XLSX, "html": _AS_XLSX, "xml": _AS_XLSX, "word": _AS_DOCX}
_WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")
_WEB_ARCHIVE = re.compile(r"\s*MIME-Version:", re.IGNORECASE)
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_NOT_IN_BYTES = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def recognise(name: str, data: bytes) -> FileType:
    """Tell what a file is; a zipped one comes with its package, a text with its characters.

    Raises SourceRefusedError: F01 for a zip of zips, F03 for a file with a password, F05 for a broken
    container, F14 for text that is not UTF-8, and what ``Package`` raises.
    """
    if data.startswith(b"PK\3\4"):
        return _recognise_package(Package(name, data))
    if data.startswith(MAGIC):
        return _recognise_compound(name, data)
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    return _recognise_text(name, data)


def remedy_for(kind: str) -> str:
    """Say what an official does with a file of a kind that was not expected.

    >>> remedy_for("xls")
    'Đổi đuôi tên tệp thành .xls, hoặc mở bằng Excel hay Word rồi lưu lại đúng loại.'
    """
    if kind in ACCEPTED_SUFFIXES:
        suffixes = " hoặc ".join(sorted(ACCEPTED_SUFFIXES[kind], reverse=True))
        return f"Đổi đuôi tên tệp thành {suffixes}, hoặc mở bằng Excel hay Word rồi lưu lại đúng loại."
    return _REMEDIES.get(kind, _ORIGINAL)


def _recognise_package(package: Package) -> FileType:
    if _TYPES in package:
        found = _type_listed(package.read_xml(_TYPES)) or _type_in(package.parse_xml(_TYPES))
        if found is not None:
            return replace(found, package=package)
    elif "mimetype" in package and package.read("mimetype").startswith(_OPEN_DOCUMENT):
        if package.read("mimetype").strip() != _OPEN_DOCUMENT + b"spreadsheet":
            return FileType("word", "tệp OpenDocument không phải bảng tính")
        manifest = "META-INF/manifest.xml"
        if manifest in package and b"encryption-data" in package.read_xml(manifest):
            raise _locked(package.source)
        return FileType("ods", TYPE_NAMES[".ods"], package=package)
    if any(part.lower().endswith(".zip") for part in package.names):
        raise refusal(package.source, "F01", "tệp nén chứa những tệp nén khác bên trong.", DISTRUST)
    return FileType("archive", "tệp nén ZIP")


@lru_cache(maxsize=64)  # units send copies of the same few templates
def _type_listed(xml: bytes) -> FileType | None:
    """Tell what a package is by its list of types, or give ``None`` where the list is not well formed."""
    try:
        return _type_in(ET.fromstring(xml)) if xml.count(b"<") <= PARTS_LIMIT else None  # noqa: S314 - no DTD passes read_xml
    except ET.ParseError:
        return None


def _type_in(types: ET.Element) -> FileType | None:
    parts = {element.get("ContentType", "") for element in types}
    for content_type, kind, description in _CONTENT_TYPES:
        if any(content_type in part for part in parts):
            return FileType(kind, description)
    return None


def _recognise_compound(name: str, data: bytes) -> FileType:
    try:
        container = CompoundFile(data)
    except CompoundFileError:
        raise refusal(name, "F05", "tệp bị cắt cụt hoặc bị hỏng.", SEND_AGAIN) from None
    if "EncryptedPackage" in container:
        raise _locked(name)
    for stream, kind, description in _STREAMS:
        if stream in container:
            return FileType(kind, description)
    return FileType("compound", "tệp Office đời cũ không phải bảng tính")


def _recognise_text(name: str, data: bytes) -> FileType:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if _NOT_IN_BYTES.search(data):
            return FileType("binary", "dữ liệu nhị phân không rõ loại")
        raise refusal(name, "F14", "văn bản không ghi bằng mã UTF-8.", _AS_UTF_8) from None
    start = text[:2000]
    if _NOT_IN_TEXT.search(text):
        return FileType("binary", "dữ liệu nhị phân không rõ loại")
    if _WEB_PAGE.match(start) or _WEB_ARCHIVE.match(start):
        return FileType("html", "trang web (HTML)")
    if _XML.match(start):
        is_table = "office:spreadsheet" in start or "Excel.Sheet" in start
        return FileType("xml", "bảng tính XML 2003" if is_table else "tệp XML")
    return FileType("text", "văn bản thuần hoặc bảng CSV", text=text)


def _locked(name: str) -> SourceRefusedError:
    return refusal(name, "F03", "tệp có mật khẩu nên không đọc được.", UNLOCK)
