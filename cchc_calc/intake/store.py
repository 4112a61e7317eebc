"""What was received, kept in a file beside the result, so that no file is read twice and a stopped run goes on."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from cchc_calc.errors import CchcError
from cchc_calc.intake.encoding import FAULTY, decode_findings, decode_refusal, decode_submission
from cchc_calc.intake.generation import generation
from cchc_calc.intake.plausibility import is_known, is_plausible, is_writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from cchc_calc.intake.folders import Candidate

CURRENT: Final = "current"
PREVIOUS: Final = "previous"
"""The collections of a store: the files of this period, and of the one before."""

_APPLICATION: Final = 0x43434843
_LONGEST_VALUE: Final = 16 * 2**20
_COLUMNS: Final = (
    "id INTEGER PRIMARY KEY, collection TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, "
    "modified_ns INTEGER NOT NULL, changed_ns INTEGER NOT NULL, submission TEXT, refusal TEXT, faults TEXT NOT NULL, "
    "UNIQUE (collection, name)"
)
_TABLES: Final = ("CREATE TABLE generation (name TEXT NOT NULL)", f"CREATE TABLE received ({_COLUMNS})")
_SETTINGS: Final = (
    # Nothing that somebody wrote into the file's own definitions is run.
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    # One run at a time, also on a network drive. A killed process loses only what it had not given over.
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
)
_PASSING: Final = frozenset({"F00", "F09", "F15", "F17"})
"""Refusals for which the file may not be to blame; it is read again the next time."""

_NEVER: Final = (-1, -1, -1)
_BESIDE: Final = ("-journal", "-wal", "-shm")
_IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NO_ROOM: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_NOT_ALLOWED: Final = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})


class StoreError(CchcError):
    """The store cannot be used now; the message is Vietnamese."""


class Encoded(NamedTuple):
    """What was received from a file, as the texts that are stored: a submission or a refusal, and the faults."""

    submission: str | None
    refusal: str | None
    faults: str


class Store:
    """The results of reading files, in a file of SQLite; use it in a ``with`` block.

    A file that is no store of ours, is damaged or comes from another version of this software is never trusted: it is
    put aside or emptied, and ``notice`` says so in Vietnamese. Raises StoreError while another run has it open, and
    where it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        """Open the store at a path, or begin it."""
        self.path = path
        self.notice = ""
        with _told(path):
            try:
                self.connection = self._opened()
            except sqlite3.DatabaseError as error:
                if _code(error) in _IN_USE | _NO_ROOM | _NOT_ALLOWED:
                    raise
                self._put_aside()
                self.connection = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def unread(self, collection: str, files: Iterable[Candidate]) -> list[Candidate]:
        """Forget the files of a collection that are gone, and list those that are new or have changed since."""
        with _told(self.path), self.connection:
            kept = dict(self._kept(collection))
            unread = [
                file for file in files if kept.pop(file.name, None) != (file.size, file.modified_ns, file.changed_ns)
            ]
            gone = {*kept, *(file.name for file in unread)}
            self.connection.executemany(
                "DELETE FROM received WHERE collection = ? AND name = ?", ((collection, name) for name in gone)
            )
        return unread

    def keep(self, collection: str, received: Iterable[tuple[Candidate, Encoded]]) -> None:
        """Keep what was received; it outlives this process when this returns."""
        rows = (
            (collection, file.name, file.size, file.modified_ns, file.changed_ns, *encoded)
            for file, encoded in received
        )
        with _told(self.path), self.connection:
            self.connection.executemany("INSERT INTO received VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def forget(self) -> None:
        """Forget all results."""
        with _told(self.path), self.connection:
            self.connection.execute("DELETE FROM received")

    def count(self, collection: str) -> int:
        """Count the files of which the results are kept."""
        query = "SELECT count(*) FROM received WHERE collection = ?"
        return int(self.connection.execute(query, (collection,)).fetchone()[0])

    def _kept(self, collection: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
        query = "SELECT name, size, modified_ns, changed_ns, submission, refusal, faults FROM received"
        for name, size, modified, changed, *encoded in self.connection.execute(
            f"{query} WHERE collection = ?", (collection,)
        ):
            yield name, (size, modified, changed) if _holds(Encoded(*encoded)) else _NEVER

    def _opened(self) -> sqlite3.Connection:
        if self.path.is_symlink() or (self.path.exists() and not stat.S_ISREG(self.path.stat().st_mode)):
            raise sqlite3.DatabaseError(str(self.path))
        connection = sqlite3.connect(self.path, timeout=0)
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            for setting in _SETTINGS:
                connection.execute(setting)
            with connection:
                connection.execute("BEGIN EXCLUSIVE")
                self._begin(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin(self, connection: sqlite3.Connection) -> None:
        tables = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if not tables and not application:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            for table in _TABLES:
                connection.execute(table)
        elif tables != list(_TABLES) or application != _APPLICATION or not _is_whole(connection):
            raise sqlite3.DatabaseError(str(self.path))
        made_by = [name for (name,) in connection.execute("SELECT name FROM generation")]
        if made_by != [generation()]:
            if made_by:
                self.notice = "Phần mềm đã đổi phiên bản từ lần chạy trước: mọi tệp được đọc lại."
            connection.execute("DELETE FROM received")
            connection.execute("DELETE FROM generation")
            connection.execute("INSERT INTO generation VALUES (?)", (generation(),))

    def _put_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.hong")
        for ending in _BESIDE:
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        self.path.replace(aside)
        self.notice = (
            f"Tệp ghi nhớ “{self.path.name}” bị hỏng hoặc không phải của phần mềm nên không dùng, đã đổi tên thành "
            f"“{aside.name}”: mọi tệp được đọc lại."
        )


def store_path(output: Path) -> Path:
    """Name the file of the store of a result.

    >>> from pathlib import Path
    >>> store_path(Path("tong-hop.xlsx")).name
    '.tong-hop.cchc'
    """
    return output.with_name(f".{output.stem}.cchc")


def _is_whole(connection: sqlite3.Connection) -> bool:
    return list(connection.execute("PRAGMA quick_check(1)")) == [("ok",)]


def _holds(encoded: Encoded) -> bool:
    """Tell whether a result holds: its texts can be read, for the store may have lain where others can write."""
    try:
        decode_findings(encoded.faults)
        if not all(map(is_writable, filter(None, encoded))):
            return False
        if encoded.submission is not None:
            return is_plausible(decode_submission(encoded.submission)) and encoded.refusal is None
        refusal = None if encoded.refusal is None else decode_refusal(encoded.refusal)
        return refusal is not None and is_known(refusal) and refusal.code not in _PASSING
    except FAULTY:
        return False


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell an official what SQLite has to say."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        if code in _IN_USE:
            reason = "một lệnh tổng hợp khác đang ghi ra cùng tệp kết quả. Đợi lệnh đó xong, hoặc đặt tên kết quả khác"
        elif code in _NO_ROOM:
            reason = "đĩa đầy hoặc hết hạn mức; các tệp đã đọc xong trước đó vẫn được giữ"
        elif code in _NOT_ALLOWED:
            reason = "không được phép ghi vào thư mục của tệp kết quả"
        else:
            reason = f"{error}. Xóa tệp này rồi chạy lại"
        raise StoreError(f"không dùng được tệp ghi nhớ “{path}”: {reason}.") from None


def _code(error: sqlite3.Error) -> int:
    """Give the primary code of an error; a finer one is in its higher bits."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
