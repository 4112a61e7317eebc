"""The shared strings of a workbook that was read, compared with those of another of the same make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.readers.stored_values import is_plain_string

if TYPE_CHECKING:
    from collections.abc import Sequence

_BETWEEN: Final = b"</si><si>"
_FIRST: Final = b"<si>"
_LAST: Final = b"</si>"


class KnownStrings:
    """Strings that were read as ``read_strings`` reads them; nearly all of them stand in the next workbook again."""

    def __init__(self, xml: bytes, strings: list[bytes]) -> None:
        """Keep the strings of a part, and what is written around them."""
        self.strings = strings
        self._around = _around(xml)

    def read(self, xml: bytes) -> list[bytes] | None:
        """Give the strings of another part as ``read_strings`` would; ``None`` where it has to look for itself.

        >>> known = KnownStrings(b"<sst><si><t>a</t></si><si><t>b</t></si></sst>", [b"<t>a</t>", b"<t>b</t>"])
        >>> known.read(b"<sst><si><t>a</t></si><si><t>c</t></si></sst>")
        [b'<t>a</t>', b'<t>c</t>']
        >>> known.read(b"<sst><!-- --><si><t>a</t></si></sst>"), known.read(b"<sst><si><t>a<t></si></sst>")
        (None, None)
        """
        if _around(xml) != self._around:
            return None
        head, tail = self._around
        strings = xml[len(head) : len(xml) - len(tail)].split(_BETWEEN)
        if strings == self.strings:
            return self.strings
        known: Sequence[bytes] = self.strings
        fresh = [new for old, new in zip(known, strings, strict=False) if old != new] + strings[len(known) :]
        return strings if all(map(is_plain_string, fresh)) else None


def _around(xml: bytes) -> tuple[bytes, bytes]:
    """Cut off what is written before the first string and after the last."""
    first, last = xml.find(_FIRST), xml.rfind(_LAST)
    return (b"", b"") if first < 0 or last < first else (xml[: first + len(_FIRST)], xml[last:])
