"""Small edits of an XML part that leave every other byte of it as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from cchc_calc.excel.vba.errors import VbaProjectError

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAG = re.compile(rb"""<((?:[^\s/>:]+:)?)[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_DEEPEST: Final = 1


@dataclass(frozen=True, slots=True)
class Tag:
    """The start tag of the root or of one of its children: its name without prefix and its place in the bytes."""

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int
    prefix: str


def outer_tags(part: str, xml: bytes) -> list[Tag]:
    """List the start tags of the root and of its children, in their order.

    Raises VbaProjectError for XML that is not well formed; ``part`` is its name in the message.

    >>> [(tag.name, tag.prefix) for tag in outer_tags("a", b'<x:a xmlns:x="u"><x:b><x:c/></x:b><d/></x:a>')]
    [('a', 'x:'), ('b', 'x:'), ('d', '')]
    """
    tags: list[Tag] = []
    depth = 0
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        found = _TAG.match(xml, parser.CurrentByteIndex) if depth <= _DEEPEST else None
        if found is not None:
            tags.append(Tag(name.rpartition(":")[2], attributes, found.start(), found.end(), found[1].decode()))
        depth += 1

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - its parameter has no name
    except expat.ExpatError as error:
        raise VbaProjectError(f"phần {part} trong tệp bị hỏng.") from error
    return tags


def with_attribute(xml: bytes, tag: Tag, name: str, value: str) -> bytes:
    """Give one attribute of a tag a value, whether it is there or not.

    >>> xml = b'<a><b c="1"/></a>'
    >>> with_attribute(xml, outer_tags("a", xml)[1], "c", "2"), with_attribute(xml, outer_tags("a", xml)[0], "d", "3")
    (b'<a><b c="2"/></a>', b'<a d="3"><b c="1"/></a>')
    """
    old = xml[tag.start : tag.end]
    attribute = f" {name}={quoteattr(value)}".encode()
    pattern = rf"""\s{name}\s*=\s*(?:"[^"]*"|'[^']*')""".encode()
    new, count = re.subn(pattern, lambda _: attribute, old, count=1)
    if not count:
        closing = len(old) - (2 if old.endswith(b"/>") else 1)
        new = old[:closing].rstrip() + attribute + old[closing:]
    return xml[: tag.start] + new + xml[tag.end :]


def with_element(xml: bytes, place: int, root: Tag, name: str, attributes: Mapping[str, str]) -> bytes:
    """Put an empty element, in the namespace of the root, at a place in the bytes.

    >>> xml = b'<x:a xmlns:x="u"></x:a>'
    >>> root = outer_tags("a", xml)[0]
    >>> with_element(xml, root.end, root, "b", {"c": "1"})
    b'<x:a xmlns:x="u"><x:b c="1"/></x:a>'
    """
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return xml[:place] + f"<{root.prefix}{name}{written}/>".encode() + xml[place:]
