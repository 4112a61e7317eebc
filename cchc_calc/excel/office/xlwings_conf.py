r"""The user's file of xlwings' settings, read and changed as xlwings' VBA reads it.

VBA's ``Input #`` reads the file in the code page of Windows, takes CR and CR LF but not LF for the end of a line,
and xlwings takes the first setting of a name. So ours stands first and ends with CR LF: whatever the rest looks
like, it is found.
"""

from __future__ import annotations

from typing import Final

INTERPRETER_NAME: Final = "INTERPRETER_WIN"
"""The setting that names the Python of Windows."""

PLACE: Final = (".xlwings", "xlwings.conf")
"""The folder and the file below the user's own folder."""

_UTF8_MARK: Final = b"\xef\xbb\xbf"


def is_text(content: bytes) -> bool:
    r"""Tell whether VBA can read the file; it cannot where it was saved as "Unicode" (UTF-16).

    >>> is_text(b'"CONDA ENV","base"\r\n'), is_text('"CONDA ENV","base"'.encode("utf-16"))
    (True, False)
    """
    return b"\0" not in content


def setting(content: bytes, name: str, code_page: str) -> str:
    r"""Read the value of a setting; empty where there is none. The case of names does not matter.

    >>> setting(b'"Interpreter_Win","C:\\Python\\pythonw.exe"\r\n', "INTERPRETER_WIN", "cp1252")
    'C:\\Python\\pythonw.exe'
    """
    for line in content.splitlines():
        if _name(line) == name.lower().encode():
            return line.partition(b",")[2].strip().strip(b'"').decode(code_page, "replace")
    return ""


def with_setting(content: bytes, name: str, value: str, code_page: str) -> bytes:
    r"""Put a setting before all others, which stay byte for byte; earlier settings of the name go.

    A byte order mark goes too: VBA would take it for a part of the first name. Raises UnicodeEncodeError for a
    value that the code page cannot hold.

    >>> with_setting(b'"CONDA ENV","base"\r\n"interpreter_win","python"\r\n', "INTERPRETER_WIN", "pythonw", "cp1252")
    b'"INTERPRETER_WIN","pythonw"\r\n"CONDA ENV","base"\r\n'
    """
    lines = content.removeprefix(_UTF8_MARK).splitlines(keepends=True)
    others = [line for line in lines if _name(line) != name.lower().encode()]
    return f'"{name}","{value}"\r\n'.encode(code_page) + b"".join(others)


def _name(line: bytes) -> bytes:
    return line.partition(b",")[0].strip().strip(b'"').lower()
