"""The files to read: those of a folder and all folders in it, or those named, in an order that never changes."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.refusals import Refusal, refusal_of
from cchc_calc.intake.shown_names import shown_names
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

_SYSTEM_FILES: Final = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_LOCK: Final = "~$"
_HIDDEN: Final = "."
_JUNCTION: Final = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT, which Python names on Windows only."""
_TEMPORARY: Final = (".tmp", ".temp", ".crdownload", ".part", ".partial")
_OPEN_FOLDER: Final = "Xin quyền đọc thư mục này, hoặc chép nó về máy rồi chạy lại; chưa tệp nào trong đó được tính."
_CHECK_PATH: Final = "Kiểm tra lại tên thư mục hoặc tên tệp (kể cả dấu tiếng Việt)."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be read; ``name`` is what it is called in every result, the rest tells whether it changed.

    ``changed_ns`` is set by the system alone (the creation on Windows), so a copy never passes for the original.
    """

    path: str
    name: str
    size: int
    modified_ns: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The files to read by their names, the names of those that are none of a unit, and folders nobody can read."""

    files: tuple[Candidate, ...]
    skipped: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    status: os.stat_result


class _Search:
    """What has been found so far, by real path."""

    def __init__(self, own: Collection[Path]) -> None:
        self.found: dict[str, _Found] = {}
        self.skipped: set[str] = set()
        self.closed: dict[str, OSError] = {}
        self._own_names = frozenset(_key(path.name) for path in own)
        self._own = [path for path in own if path.exists()]

    def folder(self, top: str) -> None:
        """Look into a folder and those in it; one that cannot be read is kept with the reason."""
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            try:
                entries = list(_entries(folder))
            except OSError as error:
                self.closed[folder] = error
                continue
            for entry, status in entries:
                if self._is_skipped(entry.name, entry.path, status):
                    self.skipped.add(entry.path)
                elif _is_folder(status):
                    waiting.append(entry.path)
                else:
                    self.found[entry.path] = _Found(entry.path, status)

    def file(self, path: str) -> None:
        """Take a file that was named; a hidden one too, for it was meant."""
        name = os.path.basename(path)  # noqa: PTH119 - the path may hold what no Path can show
        if _is_of_the_system(name):
            self.skipped.add(path)
        else:
            self.found[path] = _Found(path, os.lstat(path))

    def _is_skipped(self, name: str, path: str, status: os.stat_result) -> bool:
        hidden = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
        if hidden or name.startswith(_HIDDEN) or _is_of_the_system(name):
            return True
        return _key(name) in self._own_names and any(_is_same(path, own) for own in self._own)


def list_files(sources: Sequence[Path], *, own: Collection[Path] = ()) -> FolderContents:
    """List the files of folders, and files given by name; each is read once and none is left out without a word.

    Lock files, hidden ones, those of the operating system, unfinished copies and the command's ``own`` files are
    skipped; among its own may be whole folders. Links are listed but not followed: the gate refuses them. Names are
    relative to what the sources have in common, with "/" between their parts.

    Raises SourceRefusedError (F00, F09) for a source that is not there and for a folder that cannot be read at all.
    """
    search = _Search(own)
    tops = []
    for source in sources:
        path = _reachable(source)
        if os.path.isdir(path):  # noqa: PTH112 - a Path would raise where it may not look
            tops.append(path)
            search.folder(path)
            if (error := search.closed.get(path)) is not None:
                raise refusal(source.name or str(source), "F09", f"{_closed(error)}.", _OPEN_FOLDER)
        else:
            tops.append(os.path.dirname(path))  # noqa: PTH120
            _take(search, path, source.name)
    return _contents(search, _common(tops))


def _take(search: _Search, path: str, name: str) -> None:
    try:
        search.file(path)
    except PermissionError:
        raise refusal(name, "F09", "không có quyền đọc tệp này.", _OPEN_FOLDER) from None
    except (OSError, ValueError):
        raise refusal(name, "F00", "không tìm thấy tệp hoặc thư mục này.", _CHECK_PATH) from None


def _entries(folder: str) -> Iterator[tuple[os.DirEntry[str], os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            # A lock file may be gone again before anybody has looked at it.
            with suppress(FileNotFoundError):
                yield entry, entry.stat(follow_symlinks=False)


def _is_folder(status: os.stat_result) -> bool:
    """Tell a folder from a junction of Windows, which may lead back to where it is."""
    is_junction = getattr(status, "st_reparse_tag", 0) == _JUNCTION
    return stat.S_ISDIR(status.st_mode) and not is_junction


def _contents(search: _Search, top: str) -> FolderContents:
    names = shown_names(_below(top, path) for path in (*search.found, *search.skipped, *search.closed))
    files = [_candidate(found, names[_below(top, found.path)]) for found in search.found.values()]
    closed = {names[_below(top, path)]: error for path, error in search.closed.items()}
    return FolderContents(
        tuple(sorted(files, key=lambda file: file.name)),
        tuple(sorted(names[_below(top, path)] for path in search.skipped)),
        tuple(_unread(name, closed[name]) for name in sorted(closed)),
    )


def _candidate(found: _Found, name: str) -> Candidate:
    status = found.status
    return Candidate(found.path, name, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _unread(name: str, error: OSError) -> Refusal:
    return refusal_of(refusal(f"{name}/", "F09", f"{_closed(error)}.", _OPEN_FOLDER))


def _closed(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "không có quyền đọc thư mục này"
    if error.errno == errno.ENAMETOOLONG:
        return "tên hoặc đường dẫn của thư mục này quá dài"
    return f"không đọc được thư mục này ({error.strerror or error})"


def _below(top: str, path: str) -> str:
    return path[len(top) :].strip(os.sep).replace(os.sep, "/")


def _common(tops: Iterable[str]) -> str:
    try:
        return os.path.commonpath(list(tops))
    except ValueError:
        # Sources on several drives of Windows have no folder in common.
        return ""


def _reachable(path: Path) -> str:
    """Give the absolute path, in the form that Windows opens at any length."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links
    if os.name != "nt" or absolute.startswith("\\\\"):
        return absolute
    return f"\\\\?\\{absolute}"


def _is_of_the_system(name: str) -> bool:
    key = name.casefold()
    return name.startswith(_LOCK) or key in _SYSTEM_FILES or key.endswith(_TEMPORARY)


def _is_same(path: str, own: Path) -> bool:
    try:
        return os.path.samefile(path, own)  # noqa: PTH121
    except OSError:
        return False


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
