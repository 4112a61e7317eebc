"""A zip package (.xlsx, .docx, .ods) whose parts are inflated in memory, one at a time, under limits."""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.outcomes import DISTRUST, RESAVE, SEND_AGAIN, refusal
from cchc_calc.package_directory import read_directory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.package_directory import Entry

STRICT: Final = "http://purl.oclc.org/ooxml/"
NOT_STRICT: Final = (
    "Mở bằng Excel hoặc Word, chọn Lưu thành (Save As), loại .xlsx hoặc .docx thường, không chọn Strict Open XML."
)
_LINKS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DECLARATION = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
_TAGS_LIMIT: Final = 2_000_000
_READABLE_ENCODINGS: Final = frozenset({"utf-8", "us-ascii", "ascii"})
_UTF_16_STARTS: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one part to another: its kind ("worksheet", "styles") and the part it leads to."""

    kind: str
    target: str


def links_part(part: str) -> str:
    """Name the part that lists what a part is linked to; "" asks for that of the package.

    >>> links_part("xl/workbook.xml"), links_part("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class Package:
    """The parts of a zip package.

    Nothing is inflated before it is asked for, nothing is written to disk, and what the directory says
    about a part has to come true. A library is given ``repack(...)``, never the original bytes: so it
    cannot see anything that was not judged here. ``names`` are those of all parts, in the order of the directory;
    ``inflated`` counts the bytes inflated so far.

    Raises SourceRefusedError (F01, F02, F03, F05, F06, F07, F12) for a package that breaks the rules.
    """

    def __init__(self, source: str, data: bytes) -> None:
        """Read the directory alone; ``source`` is the name shown in messages."""
        self.source = source
        self._data = data
        self._entries: dict[str, Entry] = read_directory(source, data)
        self._parts: dict[str, bytes] = {}
        self.names = tuple(self._entries)
        self.inflated = 0

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def packed(self, name: str) -> tuple[int, int, bytes]:
        """Give a part as it is packed, with its declared size and checksum; alike, it would inflate to the same.

        Raises KeyError for a part that is not there.
        """
        entry = self._entries[name]
        return entry.size, entry.checksum, self._data[entry.start : entry.start + entry.packed_size]

    def read(self, name: str) -> bytes:
        """Inflate one part and verify its size and checksum.

        Raises KeyError for a part that is not there.
        """
        if name not in self._parts:
            content = self._inflate(name, self._entries[name])
            self.inflated += len(content)
            self._parts[name] = content
        return self._parts[name]

    def read_xml(self, name: str) -> bytes:
        """Inflate one XML part, in UTF-8, that declares neither a DTD nor an entity.

        Raises SourceRefusedError: F11 for a DTD, F12 for an encoding other than UTF-8 and UTF-16; KeyError
        for a part that is not there.
        """
        content = self.read(name)
        if content.startswith(_UTF_16_STARTS):
            content = self._from_utf_16(name, content)
            self._parts[name] = content
        else:
            self._check_encoding(name, content)
        # One letter is found much faster than two, and most parts have no "!" at all.
        if b"!" in content and b"<!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            message = f"phần {name} có khai báo DTD hoặc thực thể XML, tệp Excel và Word không bao giờ có."
            raise refusal(self.source, "F11", message, DISTRUST)
        return content

    def parse_xml(self, name: str) -> ET.Element:
        """Parse one XML part.

        Raises SourceRefusedError as ``read_xml`` does, F02 for a part of too many tags, and F05
        for one that is absent or not well formed.
        """
        if name not in self:
            raise refusal(self.source, "F05", f"cấu trúc tệp bị hỏng (thiếu phần {name}).", SEND_AGAIN)
        xml = self.read_xml(name)
        if xml.count(b"<") > _TAGS_LIMIT:
            raise refusal(self.source, "F02", f"phần {name} trong tệp quá lớn.", RESAVE)
        try:
            return ET.fromstring(xml)  # noqa: S314 - read_xml lets no DTD and no entity pass
        except ET.ParseError:
            raise self._broken(name) from None

    def links(self, part: str) -> dict[str, Link]:
        """Give by their ids the parts that a part is linked to; "" asks for the links of the package.

        Links that lead out of the package are left out: nothing follows them. Raises SourceRefusedError:
        F05 for a list that is absent or broken, F12 for a document saved as Strict Open XML.
        """
        folder = posixpath.dirname(part)
        links = {}
        for element in self.parse_xml(links_part(part)).iterfind(f"{_LINKS}Relationship"):
            kind, target = element.get("Type", ""), element.get("Target", "")
            if kind.startswith(STRICT):
                raise refusal(self.source, "F12", "tệp lưu theo dạng Strict Open XML.", NOT_STRICT)
            if element.get("TargetMode") != "External":
                place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                links[element.get("Id", "")] = Link(posixpath.basename(kind), posixpath.normpath(place))
        return links

    def repack(self, names: Iterable[str]) -> io.BytesIO:
        """Write the named parts, as they were judged, into a new package without compression."""
        # Only the careful readers need it, and it takes longer to import than a workbook to read.
        import zipfile

        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in names:
                is_xml = name.endswith((".xml", ".rels"))
                archive.writestr(zipfile.ZipInfo(name), self.read_xml(name) if is_xml else self.read(name))
        target.seek(0)
        return target

    def _inflate(self, name: str, entry: Entry) -> bytes:
        packed = self._data[entry.start : entry.start + entry.packed_size]
        content = packed if entry.is_stored else self._decompress(name, packed, entry.size)
        if len(content) != entry.size:
            message = f"phần {name} khai {entry.size} byte nhưng giải nén ra số khác."
            raise refusal(self.source, "F01", message, RESAVE)
        if zlib.crc32(content) != entry.checksum:
            raise self._broken(name)
        return content

    def _decompress(self, name: str, packed: bytes, size: int) -> bytes:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more than declared is enough to catch a lie, and no more is ever inflated.
            content = inflater.decompress(packed, size + 1)
        except zlib.error:
            raise self._broken(name) from None
        if len(content) <= size and (not inflater.eof or inflater.unused_data):
            raise self._broken(name)
        return content

    def _from_utf_16(self, name: str, content: bytes) -> bytes:
        unmarked = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
        try:
            text = content.decode(unmarked.get(content[:2], "utf-16"))
        except UnicodeDecodeError:
            raise self._broken(name) from None
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode()

    def _check_encoding(self, name: str, content: bytes) -> None:
        declared = _DECLARATION.match(content)
        encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
        if encoding not in _READABLE_ENCODINGS:
            message = f"phần {name} trong tệp ghi bằng mã {encoding[:20]!r}; chỉ đọc UTF-8 và UTF-16."
            raise refusal(self.source, "F12", message, RESAVE)

    def _broken(self, name: str) -> SourceRefusedError:
        message = f"phần {name} trong tệp bị hỏng."
        return refusal(self.source, "F05", message, SEND_AGAIN)
