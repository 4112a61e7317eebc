"""The reader of .docx: paragraphs and tables in reading order.

python-docx opens the package and gives the body; the body is walked here, because a table may claim spans
of any width, and what the library calls a paragraph's text leaves out what was inserted under review.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.document import Cell, Document, Paragraph, Table
from cchc_calc.outcomes import RESAVE, SEND_AGAIN, refusal
from cchc_calc.package import links_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.gate import Admitted

CELLS_LIMIT: Final = 200_000
_MOST_COLUMNS: Final = 63
"""Word makes no table wider than this."""
_DEEPEST: Final = 64
_MERGED: Final = "ô nằm trong vùng gộp với ô có số"
_BELOW_ANOTHER: Final = "ô nằm trong vùng gộp với ô có số ở trên"
_OVER_ROWS: Final = "ô gộp với các ô bên dưới"
_CODE: Final = "S11"
_FIGURE: Final = re.compile(r"[\d.,%/() ]*\d[\d.,%/() ]*")

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc"))
# Deleted or moved away under review, instructions of fields, text boxes, and the second copy that an
# alternative keeps for older programs: none of it stands in the line that an official reads.
_UNSEEN: Final = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "txbxContent", "pPr", "rPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_BLANKS: Final = frozenset({f"{_W}{name}" for name in ("tab", "br", "cr", "ptab")})


def read_word(admitted: Admitted) -> Document:
    """Read the body of a Word document; headers, footers and notes are left out.

    A merged cell gives its text once, in its first place, and blanks in the others, which carry a fault
    where a figure was merged over them: nobody knows whose figure it is. A table inside a cell
    follows the table it stands in. Tabs and line breaks are single blanks.

    Raises SourceRefusedError: F02 for too many cells, F05 for a broken document, F12 for one saved as
    Strict Open XML, F15 where python-docx is not installed.
    """
    package = admitted.parts
    try:
        import docx
    except ModuleNotFoundError:
        message = "máy chưa cài phần đọc tệp Word (python-docx)."
        remedy = 'Chạy lệnh: pip install "cchc_calc[word]", rồi làm lại; hoặc lưu báo cáo thành .txt.'
        raise refusal(admitted.name, "F15", message, remedy) from None
    # Neither pictures nor styles are opened: what the package itself is linked to is enough.
    names = {"[Content_Types].xml", links_part(""), *(link.target for link in package.links("").values())}
    packed = package.repack(names.intersection(package.names))
    try:
        body = docx.Document(packed).element.body
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library raise, the file is at fault
        body = None
    if body is None:
        raise refusal(admitted.name, "F05", "cấu trúc tệp Word bị hỏng.", SEND_AGAIN)
    reader = _Reader(admitted.name)
    reader.read(body)
    return Document(admitted.name, tuple(reader.blocks), admitted.kind)


class _Reader:
    def __init__(self, source: str) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._source = source
        self._paragraphs = self._tables = 0
        self._room = CELLS_LIMIT

    def read(self, container: Any, depth: int = 0) -> None:
        """Take the blocks of the body, also those wrapped in content controls."""
        self._check_depth(depth)
        for element in container.iterchildren():
            if element.tag == _PARAGRAPH:
                self._paragraphs += 1
                text = _text(element)
                if text:
                    self.blocks.append(Paragraph(text, f"đoạn {self._paragraphs}"))
            elif element.tag == _TABLE:
                self._read_table(element, depth + 1)
            elif element.tag not in _UNSEEN:
                self.read(element, depth + 1)

    def _read_table(self, element: Any, depth: int) -> None:
        self._check_depth(depth)
        self._tables += 1
        place = f"bảng {self._tables}"
        inner: list[Any] = []
        above: dict[int, str] = {}
        rows = tuple(
            tuple(self._read_row(row, f"{place}, dòng {number}", inner, above))
            for number, row in enumerate(filter(_is_kept, _inside(element, _ROW)), start=1)
        )
        self.blocks.append(Table(_with_shared_figures(rows)))
        for table in inner:
            self._read_table(table, depth + 1)

    def _read_row(self, row: Any, place: str, inner: list[Any], above: dict[int, str]) -> Iterator[Cell]:
        column = 0
        for _ in range(_span(row, "trPr", "gridBefore", least=0)):
            column += 1
            yield Cell("", f"{place}, cột {column}")
        for cell in _inside(row, _CELL):
            width = _span(cell, "tcPr", "gridSpan", least=1)
            self._room -= width
            if self._room < 0:
                raise refusal(self._source, "F02", f"các bảng có hơn {CELLS_LIMIT} ô.", RESAVE)
            tables = list(_inside(cell, _TABLE))
            inner.extend(tables)
            continues = _continues_above(cell)
            text = "" if continues else " ".join(filter(None, map(_text, _inside(cell, _PARAGRAPH))))
            for index in range(width):
                column += 1
                if not continues:
                    above[column] = text
                fault = _BELOW_ANOTHER if continues and any(map(str.isdigit, above.get(column, ""))) else ""
                if index and _FIGURE.fullmatch(text):
                    fault = _MERGED
                yield Cell("" if index else text, f"{place}, cột {column}", fault, code=_CODE if fault else "")

    def _check_depth(self, depth: int) -> None:
        if depth > _DEEPEST:
            raise refusal(self._source, "F12", "tài liệu có phần lồng quá sâu.", RESAVE)


def _with_shared_figures(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Give a figure that is merged over several rows a fault in its first cell too: it is nobody's."""
    changed = [list(row) for row in rows]
    first: dict[int, int] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.fault != _BELOW_ANOTHER:
                first[column] = number
            elif _FIGURE.fullmatch(changed[first[column]][column].text):
                above = changed[first[column]][column]
                changed[first[column]][column] = replace(above, fault=_OVER_ROWS, code=_CODE)
    return tuple(map(tuple, changed))


def _inside(container: Any, tag: str) -> Iterator[Any]:
    """Give the elements of a tag that stand in a container, through whatever wraps them, not deeper tables."""
    for element in container.iterchildren():
        if element.tag == tag:
            yield element
        elif element.tag not in _UNSEEN and element.tag not in (_PARAGRAPH, _TABLE, _ROW, _CELL):
            yield from _inside(element, tag)


def _text(paragraph: Any) -> str:
    pieces: list[str] = []
    _collect(paragraph, pieces)
    return " ".join("".join(pieces).split())


def _collect(element: Any, pieces: list[str]) -> None:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _BLANKS:
            pieces.append(" ")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif child.tag not in _UNSEEN:
            _collect(child, pieces)


def _span(element: Any, properties: str, name: str, *, least: int) -> int:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    value = "" if found is None else found.get(f"{_W}val", "")
    if not (value.isascii() and value.isdigit()):
        return least
    return max(least, min(int(value[:6]), _MOST_COLUMNS))


def _is_kept(row: Any) -> bool:
    """Tell a row that stands in the document from one that was deleted under review."""
    return row.find(f"{_W}trPr/{_W}del") is None


def _continues_above(cell: Any) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"
