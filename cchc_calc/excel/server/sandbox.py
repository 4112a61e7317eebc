"""What a process that computes cells is kept from: files, other programs, the network.

The functions take cells and return cells. Should one of them ever be led to more than that, the interpreter
refuses. What Python and the installed packages consist of may be read.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from pathlib import Path
from typing import Final

import cchc_calc

_LISTING: Final = frozenset({"os.listdir", "os.scandir"})
_FORBIDDEN: Final = (
    "os.chmod", "os.chown", "os.exec", "os.fork", "os.kill", "os.link", "os.mkdir", "os.posix_spawn", "os.remove",
    "os.rename", "os.rmdir", "os.spawn", "os.startfile", "os.symlink", "os.system", "os.truncate",
    "socket.", "sqlite3.", "subprocess.", "urllib.", "winreg.",
)  # fmt: skip
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def close_the_outside_world() -> None:
    """Let this process read its own program files and nothing else, for ever; the rest is a ``PermissionError``."""
    folders = _program_folders()

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            place, _, flags = arguments
            allowed = _is_within(place, folders) and not (isinstance(flags, int) and flags & _WRITING)
        elif event in _LISTING:
            allowed = _is_within(arguments[0], folders)
        else:
            allowed = not event.startswith(_FORBIDDEN)
        if not allowed:
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _program_folders() -> frozenset[Path]:
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    own = str(Path(cchc_calc.__file__).parent)
    folders = [*map(sysconfig.get_path, names), site.getusersitepackages(), own]
    return frozenset(Path(os.path.realpath(folder)) for folder in folders)


def _is_within(place: object, folders: frozenset[Path]) -> bool:
    # A number is a file that is open already.
    if isinstance(place, int):
        return True
    if not isinstance(place, str | bytes):
        return False
    # Path.resolve would ask the file system through events of its own.
    return not folders.isdisjoint(Path(os.path.realpath(os.fsdecode(place))).parents)
