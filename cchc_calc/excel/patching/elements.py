"""The elements of an XML part as they stand in its bytes, so that one can change and no other byte does."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_START_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_TAG_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_ELSEWHERE: Final = "*"

TRUE: Final = frozenset({"1", "true"})
"""How an attribute says yes."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its path of plain names, its attributes, and where it stands.

    ``start``, ``inside``, ``close`` and ``end`` are places in the bytes: of its start tag, of its content,
    of its end tag, and behind it. An element that is one tag alone has the last three at one place.
    """

    path: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    close: int
    end: int

    @property
    def is_one_tag(self) -> bool:
        """Tell ``<row/>`` from ``<row></row>``."""
        return self.inside == self.end


@dataclass(frozen=True, slots=True)
class Splice:
    """New bytes in the place of those from ``start`` to ``end``."""

    start: int
    end: int
    new: bytes


def find_elements(xml: bytes, paths: Collection[str]) -> list[Element]:
    """Find the elements at these paths, in the order of their start tags.

    A path holds plain names, whatever prefix the part writes; an element of another namespace than the
    root's is on no path. Raises ``expat.ExpatError`` for XML that is not well formed.

    >>> xml = b'<x:a xmlns:x="u"><x:b n="1"/><x:b n="2">text</x:b></x:a>'
    >>> [xml[one.start : one.end] for one in find_elements(xml, {"a/b"})]
    [b'<x:b n="1"/>', b'<x:b n="2">text</x:b>']
    """
    finder = _Finder(xml, paths)
    finder.run()
    return [finder.found[start] for start in sorted(finder.found)]


def splice(xml: bytes, splices: Iterable[Splice]) -> bytes:
    """Put the new bytes in; an insertion goes before a replacement at the same place.

    Of several insertions for one place the first goes first. Raises ValueError where two changes overlap.

    >>> splice(b"<a></a>", [Splice(3, 3, b"<b/>"), Splice(3, 3, b"<c/>")])
    b'<a><b/><c/></a>'
    """
    pieces, place = [], 0
    for one in sorted(splices, key=lambda one: (one.start, one.end)):
        if one.start < place:
            msg = f"two changes overlap at byte {one.start}"
            raise ValueError(msg)
        pieces += [xml[place : one.start], one.new]
        place = one.end
    return b"".join([*pieces, xml[place:]])


def appended(xml: bytes, element: Element, content: bytes) -> list[Splice]:
    """Put content before the end tag of an element, which may have been one tag alone."""
    if not element.is_one_tag:
        return [Splice(element.close, element.close, content)]
    tag = start_tag(xml, element)
    return [Splice(element.start, element.end, opened(tag) + content + b"</" + tag_name(tag) + b">")]


def children_appended(xml: bytes, element: Element, name: str, children: Iterable[Mapping[str, str]]) -> list[Splice]:
    """Put elements that are one tag alone before the end tag of an element, by their attributes.

    >>> xml = b'<x:a xmlns:x="u"></x:a>'
    >>> splice(xml, children_appended(xml, find_elements(xml, {"a"})[0], "b", [{"n": "1"}]))
    b'<x:a xmlns:x="u"><x:b n="1"/></x:a>'
    """
    like = start_tag(xml, element)
    return appended(xml, element, b"".join(empty_element(like, name, child) for child in children))


def changed(xml: bytes, element: Element, attributes: Mapping[str, str | None]) -> Splice:
    """Change attributes of an element, as ``with_attributes`` does."""
    return Splice(element.start, element.inside, with_attributes(start_tag(xml, element), attributes))


def start_tag(xml: bytes, element: Element) -> bytes:
    """Give the start tag of an element as it is written."""
    return xml[element.start : element.inside]


def tag_name(tag: bytes) -> bytes:
    """Give the name in a start tag, with its prefix."""
    found = _TAG_NAME.match(tag)
    return found[1] if found else b""


def sibling_name(tag: bytes, name: str) -> bytes:
    """Give a name the prefix of the name in a tag.

    >>> sibling_name(b'<x:row r="5">', "c")
    b'x:c'
    """
    prefix, colon, _ = tag_name(tag).rpartition(b":")
    return prefix + colon + name.encode()


def opened(tag: bytes) -> bytes:
    """Make a start tag of one that stands alone."""
    return tag[:-2] + b">" if tag.endswith(b"/>") else tag


def with_attributes(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """Change attributes of a start tag, or (``None``) take them away; the others stay as they are written.

    >>> with_attributes(b'<c  r="A1" t="s" />', {"t": None, "s": "7"})
    b'<c  r="A1" s="7"/>'
    """
    left = {name.encode(): value for name, value in changes.items()}
    pieces = [b"<" + tag_name(tag)]
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] not in left:
            pieces.append(found[0])
        elif (value := left.pop(found[1])) is not None:
            pieces.append(attribute(found[1], value))
    pieces += [attribute(name, value) for name, value in left.items() if value is not None]
    return b"".join([*pieces, b"/>" if tag.endswith(b"/>") else b">"])


def empty_element(like: bytes, name: str, attributes: Mapping[str, str]) -> bytes:
    """Write an element that is one tag alone, with the prefix of the name in a tag.

    >>> empty_element(b'<x:sheets>', "sheet", {"name": "Tr. 1"})
    b'<x:sheet name="Tr. 1"/>'
    """
    written = b"".join(attribute(key.encode(), value) for key, value in attributes.items())
    return b"<%b%b/>" % (sibling_name(like, name), written)


def attribute_names(tag: bytes) -> dict[bytes, bytes]:
    """Give the attributes of a start tag as they are written: name with prefix -> value with its quotes."""
    return {found[1]: found[2] for found in _ATTRIBUTE.finditer(tag)}


def attribute(name: bytes, value: str) -> bytes:
    """Write an attribute, with a blank before it.

    >>> attribute(b"name", 'Tổ "1"').decode()
    ' name="Tổ &quot;1&quot;"'
    """
    return b' %b="%b"' % (name, html.escape(value).encode())


def escaped(text: str) -> bytes:
    """Write a text for the content of an element, in UTF-8.

    >>> escaped('A1<"KXĐ"').decode()
    'A1&lt;"KXĐ"'
    """
    return html.escape(text, quote=False).encode()


class _Finder:
    def __init__(self, xml: bytes, paths: Collection[str]) -> None:
        self.found: dict[int, Element] = {}
        self._xml, self._wanted = xml, frozenset(paths)
        self._namespace: str | None = None
        self._paths: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def run(self) -> None:
        self._parser.Parse(self._xml, True)  # noqa: FBT003 - expat takes it by position only

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, plain = name.rpartition(" ")
        if self._namespace is None:
            self._namespace = namespace
        above = f"{self._paths[-1]}/" if self._paths else ""
        path = above + (plain if namespace == self._namespace else _ELSEWHERE)
        self._paths.append(path)
        if path in self._wanted:
            self._open.append((path, attributes, self._parser.CurrentByteIndex))

    def _end(self, _name: str) -> None:
        path = self._paths.pop()
        if path not in self._wanted:
            return
        _, attributes, start = self._open.pop()
        tag = _START_TAG.match(self._xml, start)
        inside = tag.end() if tag else start
        close = end = inside
        if not self._xml.endswith(b"/>", start, inside):
            close = self._parser.CurrentByteIndex
            end = self._xml.index(b">", close) + 1
        self.found[start] = Element(path, attributes, start, inside, close, end)
