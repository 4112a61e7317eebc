"""Good files changed at random, by the number of a seed: bytes, parts and the tags of their XML."""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import docx
from containers import make_compound, make_zip, parts_of
from hostile.cells import office_workbook, template, text_document
from hostile.files import macro_template
from hostile.other_kinds import old_workbook, open_document

from cchc_calc.compound import CompoundFile

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(rb"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(rb'="([^"]*)"')
_VALUES = (
    b"", b"", b"0", b"-1", b"1", b"2", b"3", b"447", b"1.5", b"99999999999999999999", b"1e400", b"NaN", b"A1", b"D8",
    b"XFE1048577", b"A1:XFD1048576", b"true", b"hidden", b"none", b"inlineStr", b"s", b"&amp;", b"../../a", b"#REF!",
    b"[1]A!B2", b"\xe2\x80\x8b", b"01/02/2023",
)  # fmt: skip


def document() -> bytes:
    """Write the good form as a Word document, with a table."""
    target = io.BytesIO()
    made = docx.Document()
    lines = [line.split("\t") for line in text_document({}).splitlines() if line]
    for line in lines:
        if len(line) == 1:
            made.add_paragraph(line[0])
    table = made.add_table(rows=0, cols=6)
    for line in lines:
        if len(line) == 6:
            for cell, text in zip(table.add_row().cells, line, strict=True):
                cell.text = text
    made.save(target)
    return target.getvalue()


GOOD: dict[str, Callable[[], bytes]] = {
    "mẫu.xlsx": template,
    "biểu.xlsx": office_workbook,
    "mẫu.xlsm": macro_template,
    "biểu.xls": old_workbook,
    "biểu.ods": open_document,
    "báo cáo.docx": cache(document),
    "báo cáo.txt": lambda: text_document({}).encode(),
}


def mutated(name: str, seed: int) -> bytes:
    """Change a good file in one of many ways; the same seed gives the same change."""
    chance = random.Random(f"{name} {seed}")  # noqa: S311 - nothing is kept secret here
    data = GOOD[name]()
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.9:
        return _with_changed_parts(data, chance)
    if name.endswith(".xls") and chance.random() < 0.75:
        stream = CompoundFile(data).read("Workbook")
        return make_compound({"Workbook": _with_changed_bytes(stream, chance)})
    return _with_changed_bytes(data, chance)


def _with_changed_bytes(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(content) + 1)
        match chance.choice(("flip", "set", "cut", "insert", "end", "repeat")):
            case "flip" if place < len(content):
                content[place] ^= 1 << chance.randrange(8)
            case "set":
                content[place : place + 1] = bytes([chance.choice((0, 1, 127, 128, 255))])
            case "cut":
                del content[place : place + chance.randrange(1, 200)]
            case "insert":
                content[place:place] = chance.randbytes(chance.randrange(1, 20))
            case "end" if chance.random() < 0.3:
                del content[place:]
            case _:
                content[place:place] = content[place : place + chance.randrange(1, 400)]
    return bytes(content)


def _with_changed_parts(data: bytes, chance: random.Random) -> bytes:
    parts = parts_of(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        names = sorted(parts)
        # The parts that are read are few among many; they are changed more often.
        read = [name for name in names if re.search(r"sheet1|workbook|sharedS|styles|Content|content|document", name)]
        name, other = chance.choice(read or names), chance.choice(names)
        match chance.choice(("tags",) * 25 + ("drop", "swap", "bytes", "empty", "copy")):
            case "tags":
                parts[name] = _with_changed_tags(parts[name], chance)
            case "drop" if len(parts) > 2:
                del parts[name]
            case "swap":
                parts[name], parts[other] = parts[other], parts[name]
            case "bytes":
                parts[name] = _with_changed_bytes(parts[name], chance)
            case "empty":
                parts[name] = b""
            case _:
                parts[other] = parts[name]
    return make_zip(parts)


def _with_changed_tags(xml: bytes, chance: random.Random) -> bytes:
    tokens = _TOKEN.findall(xml)
    for _ in range(chance.choice((1, 1, 3, 10))):
        if len(tokens) < 2:
            break
        place, other = chance.randrange(1, len(tokens)), chance.randrange(1, len(tokens))
        if tokens[place].startswith(b"</") and chance.random() < 0.95:
            continue
        element = slice(place, _end_of(tokens, place))
        match chance.choice(
            ("value",) * 6 + ("text",) * 3 + ("drop", "double", "move", "attribute", "wrap") * 2 + ("break",)
        ):
            case "drop":
                del tokens[element]
            case "double":
                tokens[place:place] = tokens[element]
            case "move":
                moved = tokens[element]
                del tokens[element]
                tokens[other:other] = moved
            case "value":
                values = list(_ATTRIBUTE.finditer(tokens[place]))
                if values:
                    start, end = chance.choice(values).span(1)
                    tokens[place] = tokens[place][:start] + chance.choice(_VALUES) + tokens[place][end:]
            case "text" if not tokens[place].startswith(b"<"):
                tokens[place] = chance.choice(_VALUES)
            case "attribute":
                tokens[place] = re.sub(rb' [\w:]+="[^"]*"', b"", tokens[place], count=1)
            case "wrap":
                deep = chance.choice((1, 70))
                tokens[element] = [b"<x>" * deep, *tokens[element], b"</x>" * deep]
            case _:
                tokens[place], tokens[other] = tokens[other], tokens[place]
    return b"".join(tokens)


def _end_of(tokens: list[bytes], place: int) -> int:
    """Find where the element that begins at a place ends; other tokens end at once."""
    depth = 0
    for index in range(place, len(tokens)):
        token = tokens[index]
        if token.startswith(b"</"):
            depth -= 1
        elif token.startswith(b"<") and not token.endswith((b"/>", b"?>", b"-->")):
            depth += 1
        if depth <= 0:
            return index + 1
    return len(tokens)
