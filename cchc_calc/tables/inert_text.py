"""Texts from files made inert: a spreadsheet takes none for a formula or a day, and each can be had back."""

from __future__ import annotations

import re
from typing import Final

_LEAD: Final = r"[\s\x00-\x1f'\"“”‘’\u00ad\u200b-\u200f\u2060\ufeff]*"
_FORMULA: Final = rf"{_LEAD}[=+\-@＝＋－＠]"
_DAY: Final = rf"{_LEAD}[0-9]+/[0-9]"
_CONTROL: Final = r"'*[\x00-\x1f]"
_NEGATIVE: Final = re.compile(r"-[0-9][0-9.,]*%?")
# A mark between cells inside a text begins a cell wherever the file is opened with that mark.
_DANGER: Final = re.compile(rf"^(?={_CONTROL}|{_FORMULA}|{_DAY})|(?<=[,;|\t\r\n])(?={_FORMULA})")


def inert(text: str) -> str:
    r"""Put an apostrophe before whatever a spreadsheet could take for the beginning of a formula, or for a day.

    A formula begins with = + - @, wide or not, at the beginning of the text and after a mark that parts cells, blanks
    and quotation marks before it or not; a text that begins with a control character, such as a tab, is no better.
    The fraction 2/3 becomes a day in March. A negative number is left as it is. To have the text back, take one
    apostrophe away at each of these places.

    >>> inert("=cmd|'/c calc'!A0"), inert("+84 258 …"), inert("2/3"), inert("-3,86%"), inert("UBND phường 1")
    ("'=cmd|'/c calc'!A0", "'+84 258 …", "'2/3", '-3,86%', 'UBND phường 1')
    >>> inert(' "=1+1'), inert("'=1+1"), inert("Phường 1;@A1")
    ('\' "=1+1', "''=1+1", "Phường 1;'@A1")
    """
    return text if _NEGATIVE.fullmatch(text) else _DANGER.sub("'", text)
