"""What is to be read: single files, folders with all in them, partitioned folders; nothing left out without a word."""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.files.encodings import is_text
from cchc_calc.errors import SourceRefusedError
from cchc_calc.file_types import recognise, remedy_for
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.file_types import FileType

HEAD: Final = 64 * 1024
"""Bytes from which the type of a file is told."""

_PARQUET: Final = (b"PAR1", b"PARE")
_PACKED: Final = (b"PK\3\4", bytes.fromhex("d0cf11e0a1b11ae1"))
_LOCK: Final = "~$"
_NOT_DATA: Final = (".", "_", _LOCK)
_OF_THE_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_UNFINISHED: Final = (".tmp", ".temp", ".crdownload", ".part", ".partial")
_CHECK_PATH: Final = "Kiểm tra lại tên thư mục hoặc tên tệp (kể cả dấu tiếng Việt)."
_COPY: Final = "Chép tệp hoặc thư mục về máy, kiểm tra quyền đọc, rồi làm lại."
_EXPORT: Final = "Xuất bảng hồ sơ (mỗi dòng một hồ sơ) từ phần mềm Một cửa ra tệp .csv hoặc .xlsx."


class Kind(Enum):
    """How a file is read."""

    CSV = "csv"
    WORKBOOK = "workbook"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read; ``name`` is what it is called in every result."""

    path: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sources:
    """The files in the order of their names, and the names of those that were left out."""

    files: tuple[Source, ...]
    left_out: tuple[str, ...] = ()

    def of(self, kind: Kind) -> list[Source]:
        """List the files of a kind."""
        return [file for file in self.files if file.kind is kind]


def find_sources(named: Sequence[str]) -> Sources:
    """List the files that are named, and all tables in the folders that are.

    What a file is, its content tells. In a folder hidden files, lock files, unfinished copies, links and files of other
    kinds are left out; a file that is named and cannot be read is refused. A file named twice is read once.

    Raises SourceRefusedError: F00, F08, F09 for what cannot be opened, F04 and F05 for what is no table.
    """
    found: dict[str, Source] = {}
    left_out: list[str] = []
    for text in named:
        path = Path(os.path.abspath(text))  # noqa: PTH100 - resolve() would follow links
        mode = _mode(path, path.name or text)
        if stat.S_ISDIR(mode):
            for file, name in _files_below(path, left_out):
                _take_from_folder(file, name, found, left_out)
        else:
            name = _shown(path.name)
            _refuse_irregular(name, mode)
            found[str(path)] = Source(str(path), name, _kind(path, name))
    if not found:
        others = f"; bỏ qua {len(left_out)} tệp không phải bảng" if left_out else ""
        where = ", ".join(_shown(Path(text).name or text) for text in named)
        raise refusal(where, "F00", f"không có tệp bảng hồ sơ nào để đọc{others}.", _EXPORT)
    return Sources(tuple(sorted(found.values(), key=lambda one: (one.name, one.path))), tuple(sorted(left_out)))


def _files_below(top: Path, left_out: list[str]) -> Iterator[tuple[Path, str]]:
    """Give the regular files of a folder and those in it; a link is neither file nor folder, and not followed."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            raise _unreadable(_below(top, folder) or top.name, error) from None
        for entry in entries:
            name = _below(top, Path(entry.path))
            if _is_no_data(entry.name):
                left_out.append(name)
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path), name
            else:
                left_out.append(name)


def _take_from_folder(file: Path, name: str, found: dict[str, Source], left_out: list[str]) -> None:
    try:
        found[str(file)] = Source(str(file), name, _kind(file, name))
    except SourceRefusedError as error:
        if error.code != "F04":
            raise
        left_out.append(name)


def _kind(path: Path, name: str) -> Kind:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError as error:
        raise _unreadable(name, error) from None
    if not head:
        raise refusal(name, "F05", "tệp rỗng (0 byte).", _EXPORT)
    if head.startswith(_PARQUET):
        return Kind.PARQUET
    if head.startswith(_PACKED):
        return Kind.WORKBOOK
    if is_text(head):
        found = _other_text(name, head)
        if found is None:
            return Kind.CSV
    else:
        found = recognise(name, head)
    message = f"nội dung là {found.description}, không phải bảng hồ sơ."
    raise refusal(name, "F04", message, remedy_for(found.kind) if found.kind in ("html", "xml") else _EXPORT)


def _other_text(name: str, head: bytes) -> FileType | None:
    """Tell a web page, an XML file or a document written as text from a table; ``None`` for a table."""
    try:
        found = recognise(name, head)
    except SourceRefusedError:
        # It is not UTF-8, or a letter is cut at the end of the head.
        return None
    return None if found.kind in ("text", "binary") else found


def _mode(path: Path, name: str) -> int:
    try:
        return path.lstat().st_mode
    except PermissionError as error:
        raise _unreadable(_shown(name), error) from None
    except (OSError, ValueError):
        raise refusal(_shown(name), "F00", "không tìm thấy tệp hoặc thư mục này.", _CHECK_PATH) from None


def _refuse_irregular(name: str, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    found = "liên kết (link) tới tệp khác" if stat.S_ISLNK(mode) else "thiết bị hoặc đường ống, không phải tệp"
    raise refusal(name, "F08", f"đường dẫn này là {found}.", "Chọn đúng tệp gốc đã lưu trên máy.")


def _unreadable(name: str, error: OSError) -> SourceRefusedError:
    reason = "không có quyền đọc" if isinstance(error, PermissionError) else "hệ thống báo lỗi khi đọc"
    return refusal(name, "F09", f"không mở được: {reason}.", _COPY)


def _is_no_data(name: str) -> bool:
    key = name.casefold()
    return name.startswith(_NOT_DATA) or key in _OF_THE_SYSTEM or key.endswith(_UNFINISHED)


def _below(top: Path, path: Path) -> str:
    return "" if path == top else _shown(path.relative_to(top).as_posix())


def _shown(name: str) -> str:
    """Write a name so that it can be printed: letters composed, no sign that would steer a terminal."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in composed)
