"""Text in the code page of a VBA project: nothing is lost on reading, nothing is replaced on writing."""

from __future__ import annotations

import codecs
from typing import Final

from cchc_calc.excel.vba.errors import VbaProjectError

_NAMED: Final = {65001: "utf-8", 10000: "mac_roman", 1361: "johab"}

_KEEP_BYTES: Final = "surrogateescape"
"""A byte without a character, such as 0x81 in 1252, is kept as the mark that Python gives it."""

_MARKS: Final = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}


def codec_name(code_page: int) -> str:
    """Name the codec of a Windows code page.

    Raises VbaProjectError for one that Python does not know.

    >>> codec_name(1258), codec_name(65001)
    ('cp1258', 'utf-8')
    """
    name = _NAMED.get(code_page, f"cp{code_page}")
    try:
        codecs.lookup(name)
    except LookupError:
        raise VbaProjectError(f"dự án VBA dùng bảng mã {code_page} mà máy này không có.") from None
    return name


def decode(data: bytes, code_page: int) -> str:
    r"""Read text so that ``encode`` gives the same bytes again.

    Raises VbaProjectError for bytes of which this does not hold.

    >>> decode(b"Gi\xe1", 1252)
    'Giá'
    """
    codec = codec_name(code_page)
    text = data.decode(codec, _KEEP_BYTES)
    if text.encode(codec, _KEEP_BYTES) != data:
        raise VbaProjectError(f"phần chữ của dự án VBA không đúng bảng mã {code_page}.")
    return text


def encode(text: str, code_page: int, place: str) -> bytes:
    r"""Write text; ``place`` names the module or the property in the message.

    The code page 1252 has no letters such as "ệ", 1258 has them only as a letter and a mark after it:
    nothing is replaced here, the text has to be given as the code page can hold it.
    Raises VbaProjectError for the first character that the code page does not have.

    >>> encode("Đúng hạn", 65001, "Nut")[:2]
    b'\xc4\x90'
    >>> encode("Đúng hạn", 1252, "Nut")
    Traceback (most recent call last):
    ...
    cchc_calc.excel.vba.errors.VbaProjectError: Nut: dòng 1 có ký tự 'Đ' (U+0110) mà bảng mã 1252 không có.
    """
    try:
        return text.encode(codec_name(code_page), _KEEP_BYTES)
    except UnicodeEncodeError as error:
        character = text[error.start]
        line = text.count("\n", 0, error.start) + 1
        raise VbaProjectError(
            f"{place}: dòng {line} có ký tự {character!r} (U+{ord(character):04X}) mà bảng mã {code_page} không có."
        ) from None


def encode_unicode(text: str) -> bytes:
    """Write text in UTF-16, as the file repeats some of what it has in the code page.

    >>> encode_unicode("Nút").hex()
    '4e00fa007400'
    """
    return text.translate(_MARKS).encode("utf-16-le")
