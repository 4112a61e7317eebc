"""How the lines of a csv file end: DuckDB may pass over rows where they end in several ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LINE_END: Final = re.compile("\r\n?|\n")
_RETURN, _FEED, _BOTH = b"\r", b"\n", b"\r\n"
_BLOCK: Final = 1024 * 1024
_CUT_BY_THREADS: Final = 4 * _BLOCK
"""Bytes; what is smaller one thread reads in one piece."""


def ends_alike(text: str) -> bool:
    r"""Tell whether all lines of the beginning of a file end in the same way.

    DuckDB skips lines of another ending together with all below them.

    >>> ends_alike("a\r\nb\r\n"), ends_alike("a\nb\r\n")
    (True, False)
    """
    return len({*_LINE_END.findall(text)}) < 2


def has_lone_returns(path: Path, text: str) -> bool:
    """Tell whether a large file whose lines end in both signs holds the first of them alone.

    Where threads share a file DuckDB refuses that, but not where one thread ends and the next begins. ``text`` is the
    beginning of the file.
    """
    ending = _LINE_END.search(text)
    if ending is None or ending[0].encode() != _BOTH or path.stat().st_size < _CUT_BY_THREADS:
        return False
    returns, feeds = 0, 0
    for block in _blocks(path):
        returns += block.count(_RETURN)
        feeds += block.count(_FEED)
    # Cells may hold more of the second sign, which harms nothing; that takes longer to find out.
    return returns != feeds and returns != _pairs(path)


def _pairs(path: Path) -> int:
    found, last = 0, b""
    for block in _blocks(path):
        found += block.count(_BOTH) + (last + block[:1] == _BOTH)
        last = block[-1:]
    return found


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block
