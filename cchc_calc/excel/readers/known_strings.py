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

    def read(self, xml: bytes) -> tuple[list[bytes], list[int]] | None:
        """Give the strings of another part as ``read_strings`` would, and the numbers of those that are not the same.

        ``None`` where the part is written in another way, and somebody has to read it anew.

        >>> known = KnownStrings(b"<sst><si><t>a</t></si><si><t>b</t></si></sst>", [b"<t>a</t>", b"<t>b</t>"])
        >>> known.read(b"<sst><si><t>a</t></si><si><t>c</t></si></sst>")
        ([b'<t>a</t>', b'<t>c</t>'], [1])
        >>> known.read(b"<sst><!-- --><si><t>a</t></si></sst>"), known.read(b"<sst><si><t>a<t></si></sst>")
        (None, None)
        """
        head, tail = self._around
        if not (xml.startswith(head) and xml.endswith(tail)) or len(xml) < len(head) + len(tail):
            return None
        strings = xml[len(head) : len(xml) - len(tail)].split(_BETWEEN)
        if strings == self.strings:
            return self.strings, []
        other = differing_strings(self.strings, strings)
        fresh = (strings[number] for number in other if number < len(strings))
        return (strings, other) if all(map(is_plain_string, fresh)) else None


def differing_strings(known: Sequence[bytes], strings: Sequence[bytes]) -> list[int]:
    """List the numbers under which two lists keep another string, or only one of them any.

    >>> differing_strings([b"a", b"b", b"c"], [b"a", b"d"])
    [1, 2]
    """
    common = min(len(known), len(strings))
    differing = [number for number in range(common) if known[number] != strings[number]]
    return [*differing, *range(common, max(len(known), len(strings)))]


def _around(xml: bytes) -> tuple[bytes, bytes]:
    """Give what is written before the first string and after the last."""
    first, last = xml.find(_FIRST), xml.rfind(_LAST)
    return (b"", b"") if first < 0 or last < first else (xml[: first + len(_FIRST)], xml[last:])
