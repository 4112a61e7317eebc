"""Remembering what a short text was read as: the same few hundred texts come back in every file of a form."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

_LONGEST: Final = 400
_MOST: Final = 4096


def remembered(read: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Let a function of one text remember its answers for short texts; an answer must not be changeable.

    >>> def read(text: str) -> int:
    ...     print("reading", text)
    ...     return len(text)
    >>> known = remembered(read)
    >>> known("hồ sơ"), known("hồ sơ")
    reading hồ sơ
    (5, 5)
    """
    known = lru_cache(maxsize=_MOST)(read)

    def answer(text: str) -> Answer:
        return known(text) if len(text) <= _LONGEST else read(text)

    return answer
