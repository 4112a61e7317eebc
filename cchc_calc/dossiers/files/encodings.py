"""The encoding of a csv file, told from its first bytes: UTF-8, UTF-16 or windows-1258, marked or not."""

from __future__ import annotations

import codecs
import unicodedata
from typing import Final

UTF_8: Final = "utf-8"
UTF_8_MARKED: Final = "utf-8-sig"
WINDOWS: Final = "cp1258"
"""Vietnamese Windows: letters and the marks of tones apart, so that the letters have to be composed."""

_MARKS: Final = (
    (codecs.BOM_UTF8, UTF_8_MARKED),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A})
_DAMAGED: Final = "\ufffd"
_MOST_DAMAGED: Final = 4
"""Letters beyond ASCII for each that is damaged; of other encodings nearly all are."""

_FEW: Final = 0.3
"""Of two bytes of Latin text in UTF-16 one is 0 for nearly all letters; of other text nearly none is."""


def encoding_of(head: bytes) -> str | None:
    r"""Tell the encoding of a text from its first bytes, as Python names it; ``None`` where it is no text.

    >>> encoding_of("Mã hồ sơ".encode()), encoding_of("Mã hồ sơ".encode("utf-16"))
    ('utf-8', 'utf-16')
    >>> encoding_of("Mã hồ sơ;Ngày".encode("utf-16-be")), encoding_of(b"\x7fELF\x02\x01\xf0\x90\xff")
    ('utf-16-be', None)
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if (unmarked := _utf_16(head)) is not None:
        return unmarked
    if _is_utf_8(head):
        return UTF_8
    if head.translate(None, _CONTROLS) == head and _decodes(head, WINDOWS):
        return WINDOWS
    return None


def is_text(head: bytes) -> bool:
    """Tell whether a file is a text from its first bytes."""
    return encoding_of(head) is not None


def decoded(head: bytes, encoding: str) -> str:
    """Decode the first bytes of a text; a letter cut at their end is left out."""
    return composed(codecs.getincrementaldecoder(encoding)(errors="replace").decode(head), encoding)


def composed(text: str, encoding: str) -> str:
    """Compose the letters of a text whose encoding keeps their marks apart; all others are left as they are.

    >>> composed("ti\u00ea\u0301p nh\u00e2\u0323n", WINDOWS)
    'tiếp nhận'
    """
    return unicodedata.normalize("NFC", text) if encoding == WINDOWS else text


def _utf_16(head: bytes) -> str | None:
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > _FEW * half > head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > _FEW * half > head[1::2].count(0):
        return "utf-16-be"
    return None


def _is_utf_8(head: bytes) -> bool:
    """Tell UTF-8, some of whose letters may be damaged, from texts in which nearly none of them would be one."""
    text = codecs.getincrementaldecoder(UTF_8)(errors="replace").decode(head)
    damaged = text.count(_DAMAGED)
    return not damaged or sum(not letter.isascii() for letter in text) > _MOST_DAMAGED * damaged


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
