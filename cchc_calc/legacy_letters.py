"""Vietnamese letters kept under the codes of others: texts typed with the old fonts TCVN3 (ABC) and VNI."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell, Document, Table
from cchc_calc.findings import Finding, make_finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TCVN3: Final = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_LETTERS: Final = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_VNI_MARKS: Final = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323", "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
}  # fmt: skip
_VNI = re.compile(rf"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])", re.IGNORECASE)

# No Vietnamese text in Unicode holds these: signs that TCVN3 takes for letters, and letters of other languages.
_TCVN3_SIGNS = re.compile("(?<=[A-Za-z])[¨©ª«¬\xad®µ¶·¸¹»¼½¾]|[¡¢£¤¥¦§®©ª«¬\xad](?=[A-Za-zÀ-ÿ])")
_FOREIGN = re.compile("[ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]")
_UNICODE = re.compile("[\u0100-\u024f\u1e00-\u1eff\u0300-\u036f]")
_SENTINELS: Final = "®¬ª«¹ñöïû"
"""A label typed with an old font has one of them: đ, ơ, ê, ô, ạ of TCVN3, đ, ư and two marks of VNI."""
_MOST_SHOWN: Final = 3


def modern_letters(text: str) -> str:
    """Give a text of the old fonts in Unicode, and any other text as it is.

    >>> modern_letters("§óng h¹n"), modern_letters("Ñuùng haïn"), modern_letters("Đúng hạn")
    ('Đúng hạn', 'Đúng hạn', 'Đúng hạn')
    """
    if text.isascii() or _UNICODE.search(text):
        return text
    convert = _conversion(text)
    return text if convert is None else convert(text)


def may_be_legacy(text: str) -> bool:
    """Tell whether a text has a letter that nearly every text in an old font has, and few others.

    >>> may_be_legacy("§óng h¹n"), may_be_legacy("Đúng hạn")
    (True, False)
    """
    return any(sentinel in text for sentinel in _SENTINELS)


def with_modern_letters(document: Document) -> tuple[Document, tuple[Finding, ...]]:
    """Give a document whose tables are in Unicode, and a finding where they were not."""
    letters = "".join(cell.text for table in document.tables for row in table.rows for cell in row)
    if not may_be_legacy(letters):
        return document, ()
    # "Sè liÖu" alone tells little; among texts that are all of one font it does.
    convert = modern_letters if _UNICODE.search(letters) else _conversion(letters) or modern_letters
    changed: list[tuple[Cell, str]] = []
    blocks = tuple(_modern(block, convert, changed) if isinstance(block, Table) else block for block in document.blocks)
    if not changed:
        return document, ()
    shown = "; ".join(f"“{cell.text[:40]}” là “{text[:40]}”" for cell, text in changed[:_MOST_SHOWN])
    message = f"Có {len(changed)} ô viết bằng bảng mã cũ, đã đọc theo Unicode: {shown}."
    where = changed[0][0].where
    finding = make_finding("legacy_letters", message, where=where, found=changed[0][0].text[:40])
    return replace(document, blocks=blocks), (finding,)


def _conversion(text: str) -> Callable[[str], str] | None:
    """Tell from the letters of a text without any of Unicode's own how to read it."""
    signs, foreign = len(_TCVN3_SIGNS.findall(text)), len(_FOREIGN.findall(text))
    if signs and signs + foreign > 1:
        return _from_tcvn3
    return _from_vni if foreign > 1 else None


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def _modern(table: Table, convert: Callable[[str], str], changed: list[tuple[Cell, str]]) -> Table:
    def cells(row: tuple[Cell, ...]) -> Iterator[Cell]:
        for cell in row:
            text = convert(cell.text)
            if text != cell.text:
                changed.append((cell, text))
            yield cell if text == cell.text else replace(cell, text=text)

    return replace(table, rows=tuple(tuple(cells(row)) for row in table.rows))


def _vni_letter(found: re.Match[str]) -> str:
    base, mark, alone = found.groups()
    letter = (alone or base).lower()
    modern = _VNI_LETTERS.get(letter, letter) + (_VNI_MARKS[mark.lower()] if mark else "")
    return modern.upper() if (alone or base).isupper() else modern
