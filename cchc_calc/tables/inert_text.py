"""Texts from files made inert: no spreadsheet takes one for a formula, and each can be had back."""

from __future__ import annotations

import re
from typing import Final

_LEAD: Final = r"[\s\x00-\x1f'\"“”‘’\u00ad\u200b-\u200f\u2060\ufeff]*"
_SIGN: Final = r"[=+\-@＝＋－＠]"
_NUMBER: Final = re.compile(r"-[0-9][0-9.,]*(?:%|/[0-9]+)?")
# A mark between cells inside a text begins a cell wherever the file is opened with that mark.
_DANGER: Final = re.compile(rf"^(?='*[\x00-\x1f]|{_LEAD}{_SIGN})|(?<=[,;|\t\r\n])(?={_LEAD}{_SIGN})")


def inert(text: str) -> str:
    r"""Put an apostrophe before whatever a spreadsheet could take for the beginning of a formula.

    That is one of = + - @, wide or not, at the beginning of the text and after a mark that parts cells, blanks and
    quotation marks before it or not; and a tab, a line break or another control character at the beginning.
    A negative number is left as it is. To have the text back, take one apostrophe away at each of these places.

    >>> inert("=cmd|'/c calc'!A0"), inert("+84 258 …"), inert("-3,86%"), inert("UBND phường 1")
    ("'=cmd|'/c calc'!A0", "'+84 258 …", '-3,86%', 'UBND phường 1')
    >>> inert(' "=1+1'), inert("'=1+1"), inert("Phường 1;@A1")
    ('\' "=1+1', "''=1+1", "Phường 1;'@A1")
    """
    return text if _NUMBER.fullmatch(text) else _DANGER.sub("'", text)
