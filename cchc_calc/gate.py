"""The gate: a file is read once, its real type is found by its content, and only a sound one passes."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.file_types import ACCEPTED_SUFFIXES, TYPE_NAMES, recognise, remedy_for
from cchc_calc.outcomes import refusal
from cchc_calc.package_directory import MEGABYTE

if TYPE_CHECKING:
    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.package import Package

PACKED_LIMIT: Final = 10 * MEGABYTE

# Absent on Windows, where neither a link nor a pipe can be opened by mistake in these ways.
_OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_CHECK_NAME: Final = "Kiểm tra lại tên tệp và thư mục (kể cả dấu tiếng Việt và đuôi tệp)."
_MISSING: Final = frozenset({errno.ENOENT, errno.ENOTDIR})


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that passed the gate.

    ``kind`` is one of text, docx, xlsx, xlsm, xls, ods; ``name`` is the file's name without its folder.
    ``data`` are its bytes, read once; ``text`` is filled for kind text, ``package`` for the zipped kinds.
    """

    kind: str
    name: str
    data: bytes
    text: str = ""
    package: Package | None = None

    @property
    def parts(self) -> Package:
        """Return the package of a zipped kind. Raises ValueError for the other kinds."""
        if self.package is None:
            raise ValueError(self.kind)
        return self.package


def admit(path: str | Path) -> Admitted:
    """Read a file and let it pass, or say in Vietnamese why not and what to do.

    Only a regular file of at most 10 MB passes, whose content is of a type that is read here and agrees
    with the ending of its name. A name with another ending, or none, goes by the content alone. Inside a
    package the limits of ``package_directory`` hold, and they are counted while inflating.

    Raises SourceRefusedError with the codes F00 to F14 of ``outcomes.OUTCOMES``.
    """
    name, data = read_once(path)
    return admit_bytes(name, data)


def read_once(path: str | Path) -> tuple[str, bytes]:
    """Give the name of a file and its bytes, if it is a regular file of at most 10 MB.

    Raises SourceRefusedError with the codes F00, F02, F08, F09 and F13.
    """
    path = Path(path)
    name = path.name or str(path)
    if name.startswith("~$"):
        message = "đây là tệp khóa tạm mà Excel hoặc Word tạo ra khi đang mở tệp, không có số liệu."
        raise refusal(name, "F13", message, "Chọn tệp cùng tên không có hai ký tự ~$ ở đầu.")
    return name, _read_regular(path, name)


def admit_bytes(name: str, data: bytes) -> Admitted:
    """Let the content of a file pass, as ``admit`` does; ``name`` is its name without a folder."""
    if not data:
        raise refusal(name, "F05", "tệp rỗng (0 byte).", "Xin đơn vị gửi lại tệp có số liệu.")
    found = recognise(name, data)
    suffix = Path(name).suffix.lower()
    accepted = ACCEPTED_SUFFIXES.get(found.kind)
    if accepted is None or (suffix in TYPE_NAMES and suffix not in accepted):
        expected = TYPE_NAMES.get(suffix, "Excel (.xlsx, .xlsm, .xls), ODS, Word (.docx) hoặc văn bản (.txt)")
        message = f"nội dung là {found.description}, trong khi cần {expected}."
        raise refusal(name, "F04", message, remedy_for(found.kind))
    return Admitted(found.kind, name, data, found.text, found.package)


def _read_regular(path: Path, name: str) -> bytes:
    try:
        # A link is refused before it is opened; the open file is judged again, so nothing slips between.
        _check_regular(name, path.lstat().st_mode)
        with os.fdopen(os.open(path, _OPENING), "rb") as stream:
            opened = os.fstat(stream.fileno())
            _check_regular(name, opened.st_mode)
            # Room for the whole limit would be made for every small file; one that grows meanwhile is cut off.
            data = stream.read(min(opened.st_size, PACKED_LIMIT) + 1)
    except (OSError, ValueError) as error:
        raise _not_opened(name, error) from None
    if len(data) > PACKED_LIMIT:
        message = f"tệp lớn hơn {PACKED_LIMIT // MEGABYTE} MB."
        raise refusal(name, "F02", message, "Xóa ảnh và trang tính thừa, lưu lại rồi nộp lại.")
    return data


def _check_regular(name: str, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    found = (
        "là thư mục"
        if stat.S_ISDIR(mode)
        else "là liên kết (link) tới tệp khác"
        if stat.S_ISLNK(mode)
        else "là thiết bị hoặc đường ống, không phải tệp"
    )
    raise refusal(name, "F08", f"đường dẫn này {found}.", "Chọn đúng tệp báo cáo đã lưu trên máy.")


def _not_opened(name: str, error: OSError | ValueError) -> SourceRefusedError:
    code = error.errno if isinstance(error, OSError) else None
    if code in _MISSING or isinstance(error, ValueError):
        return refusal(name, "F00", "không tìm thấy tệp này.", _CHECK_NAME)
    if code in (errno.ELOOP, errno.EISDIR):
        return refusal(name, "F08", "đường dẫn này là liên kết (link) hoặc thư mục.", "Chọn đúng tệp gốc.")
    reason = {
        errno.EACCES: "không có quyền đọc, hoặc tệp đang được mở ở chương trình khác",
        errno.EPERM: "không có quyền đọc",
        errno.ENAMETOOLONG: "đường dẫn quá dài",
    }.get(code or 0, "hệ thống báo lỗi khi đọc")
    remedy = "Đóng tệp trong Excel, chép tệp về một thư mục có đường dẫn ngắn trên máy rồi làm lại."
    return refusal(name, "F09", f"không mở được tệp: {reason}.", remedy)
