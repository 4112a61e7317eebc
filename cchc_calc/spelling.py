"""Vietnamese text brought into one spelling: normal form, keys for comparing, letters without marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"\s+")
_SPACE = "Zs"
_UNSEEN = "\ufffd"
_NOT_WORD = re.compile(r"[^\w%<>=≤≥/+,.]+")
_FORMULA_SIGN = re.compile(r"\\\\?([a-z]+|%)")
_SIGNS = {"geq": "≥", "ge": "≥", "leq": "≤", "le": "≤", "gt": ">", "lt": "<", "%": "%"}
_MARKUP = re.compile(r"</?(?:i|b|u|p|em|strong|sub|sup|br)\s*/?>", re.IGNORECASE)


def clean(text: str) -> str:
    r"""Compose the letters, drop invisible characters, and fold white space into single blanks.

    >>> clean("  Hồ\u00a0sơ\u200b  đã   giải quyết ")
    'Hồ sơ đã giải quyết'
    """
    return _clean_known(text) if len(text) <= _REMEMBERED else _clean(text)


def without_markup(text: str) -> str:
    """Drop the few inline tags that converted documents carry, such as ``<i>`` and ``<p>``.

    >>> without_markup("<i>+ Số văn bản</i>")
    '+ Số văn bản'
    """
    return _MARKUP.sub("", text) if "<" in text else text


def cut(text: str, longest: int) -> str:
    """Cut a text to so many letters, the last of them the sign that something is left out.

    >>> cut("hồ sơ trễ hạn", 8), cut("hồ sơ", 8)
    ('hồ sơ t…', 'hồ sơ')
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def printable(text: str) -> str:
    r"""Write a sign that cannot be seen, but would steer a terminal or turn a line round, as "�"; line breaks stay.

    >>> printable("UBND phường 1\x1b[2J"), printable("Hộ tịch\u202e")
    ('UBND phường 1�[2J', 'Hộ tịch�')
    """
    if text.isprintable():
        return text
    return "".join(sign if _is_seen(sign) else _UNSEEN for sign in text)


def capitalised(text: str) -> str:
    """Begin a text with a capital letter.

    >>> capitalised("đơn vị chưa nộp.")
    'Đơn vị chưa nộp.'
    """
    return text[:1].upper() + text[1:]


def with_plain_signs(text: str) -> str:
    r"""Write the signs of a formula language, which converted documents carry, as people write them.

    >>> with_plain_signs(r"$\geq 25\%$"), with_plain_signs("5 $ một hồ sơ")
    ('≥ 25%', '5 $ một hồ sơ')
    """
    if "\\" not in text:
        return text
    return _FORMULA_SIGN.sub(lambda found: _SIGNS.get(found[1], found[0]), text).replace("$", "").strip()


def tidy(text: str) -> str:
    """Clean a cell's text of markup and of superfluous white space.

    >>> tidy("<i>-  Số hồ sơ </i>")
    '- Số hồ sơ'
    """
    return _tidy_known(text) if len(text) <= _REMEMBERED else clean(without_markup(text))


def without_marks(text: str) -> str:
    """Write Vietnamese in bare ASCII letters, as some systems and senders do.

    >>> without_marks("Phương Sơn, Đà Lạt")
    'Phuong Son, Da Lat'
    """
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def comparison_key(text: str) -> str:
    """Reduce a label to what makes two of them the same: letters and figures, in one case.

    Punctuation, dashes before a row, markup, double blanks and capitals differ between offices; words
    do not.

    >>> comparison_key("<i>- Số  VBQPPL đã kiểm tra.</i>") == comparison_key("Số VBQPPL đã kiểm tra")
    True
    """
    return _key_known(text) if len(text) <= _REMEMBERED else _key(text)


def _is_seen(sign: str) -> bool:
    return sign.isprintable() or sign in "\n\t" or unicodedata.category(sign) == _SPACE


def _clean(text: str) -> str:
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def _key(text: str) -> str:
    words = _NOT_WORD.sub(" ", clean(without_markup(text)).casefold())
    return " ".join(word.strip(".,+") for word in words.split() if word.strip(".,+"))


# The same few hundred labels come back in every form; long texts are not worth remembering.
_REMEMBERED = 400
_clean_known = lru_cache(maxsize=4096)(_clean)
_key_known = lru_cache(maxsize=4096)(_key)
_tidy_known = lru_cache(maxsize=4096)(lambda text: _clean(without_markup(text)))
