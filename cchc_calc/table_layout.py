"""The form's table found in a document: its header by anchors, its lines with split rows joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell, Table
from cchc_calc.spelling import clean, comparison_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# A heading is known by how it begins; the longer beginnings come first.
_ANCHORS: Final = {
    "address": ("địa chỉ dòng", "mã dòng"),
    "code": ("stt", "số tt", "số thứ tự", "tt", "mã số"),
    "label": ("chỉ tiêu", "tên chỉ tiêu", "nội dung"),
    "unit": ("đơn vị tính", "đvt"),
    "value": ("số liệu", "số lượng", "kết quả"),
    "reported": ("số đã báo cáo",),
}
_HEADING_WORDS: Final = frozenset(
    word for beginnings in _ANCHORS.values() for beginning in beginnings for word in beginning.split()
)
_BESIDE_VALUES: Final = ("cơ quan", "đơn vị", "ghi chú")
_NEEDED: Final = frozenset({"label", "value"})
_MARKER = re.compile(r"^([-–—•*]|\+)\s*")
_NOTHING: Final = Cell("", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form's table, its parts found by the header.

    ``written`` is the value cell to the letter, before white space and hidden characters are dropped.
    ``mark`` is the cell that names the row: that of the address, or else that of the code.
    """

    code: str
    marker: str
    label: str
    unit: str
    value: Cell
    address: str
    reported: str
    has_reported: bool
    where: str
    written: str = ""
    mark: Cell = _NOTHING

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is written in the line."""
        return not (self.code or self.label or self.value.text or self.value.fault)


@dataclass(frozen=True, slots=True)
class Layout:
    """The form's lines, and the places where the header was printed again after a page break.

    ``rivals`` are the headings of several columns of figures, when none of them is plainly the report's.
    ``columns`` tells in which column of the table each part of a line stands, counted from 0.
    """

    lines: tuple[Line, ...]
    repeated_headers: tuple[str, ...]
    name: str
    rivals: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class _Gathering:
    """The lines of one form as they are gathered from one or more tables."""

    name: str
    columns: dict[str, int]
    header: tuple[str, ...]
    lines: list[Line]
    repeated_headers: list[str]
    rivals: tuple[str, ...]

    def take(self, rows: tuple[tuple[Cell, ...], ...]) -> None:
        for row in rows:
            if _texts(row) == self.header:
                self.repeated_headers.append(_where(row))
                continue
            line = _line(row, self.columns)
            if not line.is_empty:
                self.lines.append(line)

    def layout(self) -> Layout:
        return Layout(tuple(self.lines), tuple(self.repeated_headers), self.name, self.rivals, self.columns)


def find_layouts(tables: Iterable[Table]) -> tuple[tuple[Layout, ...], tuple[Table, ...]]:
    """Find every table with the form's header; return their lines, and the tables that are not the form.

    A table that follows without a header of its own is the same table after a page break, unless it is
    a sheet of its own.
    """
    found: list[_Gathering] = []
    others: list[Table] = []
    for table in tables:
        start = find_header(table)
        last = found[-1] if found and found[-1].name == table.name else None
        if start is not None:
            after, columns = start
            if after > 1:
                others.append(Table(table.rows[: after - 1], table.name))
            header = _texts(table.rows[after - 1])
            below = _headings_below(table.rows[after - 1 : after + 1], columns)
            if last is not None and last.columns == columns:
                last.repeated_headers.append(_where(table.rows[after - 1]))
            else:
                divided = below or _headings_of_group(table.rows[max(after - 2, 0) : after], columns)
                rivals = divided if len(divided) > 1 else _rival_values(table.rows[after - 1])
                last = _Gathering(table.name, columns, header, [], [], rivals)
                found.append(last)
            last.take(table.rows[after + bool(below) :])
        elif last is not None and _continues(table, last.columns):
            last.take(table.rows)
        else:
            others.append(table)
    return tuple(gathering.layout() for gathering in found), tuple(others)


def may_be_in_header(text: str) -> bool:
    """Tell whether a text could be a heading of a form's header, or the upper or lower part of one.

    >>> may_be_in_header("Số liệu"), may_be_in_header("liệu"), may_be_in_header("TẠI UBND PHƯỜNG PHƯƠNG SƠN")
    (True, True, False)
    """
    return comparison_key(text).partition(" ")[0] in _HEADING_WORDS


def columns_of(row: tuple[Cell, ...]) -> dict[str, int] | None:
    """Find the columns of the form in a header row, or ``None`` when it is no such row.

    >>> header = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú")
    >>> columns_of(tuple(Cell(text, "") for text in header))
    {'code': 0, 'label': 1, 'unit': 2, 'value': 3}
    """
    columns: dict[str, int] = {}
    for index, cell in enumerate(row):
        for name in _ANCHORS:
            if name not in columns and _begins(cell, name):
                columns[name] = index
                break
    plain = [index for index in range(len(row)) if _is_plain_value(row[index])]
    if plain:
        columns["value"] = plain[0]
    if not columns.keys() >= _NEEDED:
        return None
    if "code" not in columns and columns["label"] > 0:
        # Some offices leave the heading of the numbers empty.
        columns["code"] = columns["label"] - 1
    return columns


def _begins(cell: Cell, name: str) -> bool:
    if not cell.text or len(cell.text) > 60:
        return False
    key = comparison_key(cell.text)
    return any(key == word or key.startswith(f"{word} ") for word in _ANCHORS[name])


def _is_plain_value(cell: Cell) -> bool:
    """Tell the form's own heading, "Số liệu", from one that says whose or which period's figures these are."""
    return comparison_key(cell.text) == _ANCHORS["value"][0]


def _rival_values(row: tuple[Cell, ...]) -> tuple[str, ...]:
    """Name the columns of figures in a header when nothing says which of them is the report's."""
    plain = [cell.text for cell in row if _is_plain_value(cell)]
    headings = plain or [cell.text for cell in row if _begins(cell, "value")]
    return tuple(headings) if len(headings) > 1 else ()


def _headings_below(rows: tuple[tuple[Cell, ...], ...], columns: dict[str, int]) -> tuple[str, ...]:
    """Read the second row of a header, in which the column of figures is divided: "Kỳ trước", "Kỳ này"."""
    if len(rows) < 2:
        return ()
    header, below = rows
    if any(_cell(below, columns.get(name)).text for name in ("code", "label")):
        return ()
    headings = _divided(header, below, columns["value"])
    return headings if all(any(map(str.isalpha, text)) for text in headings) else ()


def _headings_of_group(rows: tuple[tuple[Cell, ...], ...], columns: dict[str, int]) -> tuple[str, ...]:
    """Read a header under a row that holds nothing but "Số liệu", over "Kỳ trước" and "Kỳ này"."""
    if len(rows) < 2 or not _begins(_cell(rows[0], columns["value"]), "value") or columns_of(rows[0]) is not None:
        return ()
    headings = _divided(rows[0], rows[1], columns["value"])
    return tuple(text for text in headings if not comparison_key(text).startswith(_BESIDE_VALUES))


def _divided(upper: tuple[Cell, ...], lower: tuple[Cell, ...], value: int) -> tuple[str, ...]:
    """Name what stands below the heading of the figures, up to the next heading beside it."""
    end = next((index for index in range(value + 1, len(upper)) if upper[index].text), len(lower))
    return tuple(cell.text for cell in lower[value:end] if cell.text)


def find_header(table: Table) -> tuple[int, dict[str, int]] | None:
    """Return the number of the first line after the header of a form, and its columns, or ``None``."""
    for index, row in enumerate(table.rows[:60]):
        columns = columns_of(row)
        if columns is not None:
            return index + 1, columns
        if index + 1 < len(table.rows):
            columns = columns_of(_stacked(row, table.rows[index + 1]))
            if columns is not None and columns_of(table.rows[index + 1]) is None:
                return index + 2, columns
    return None


def _stacked(upper: tuple[Cell, ...], lower: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Read a header of two rows as one: "Số" above "liệu"."""
    if not all(cell.text == "" or len(cell.text) < 30 for cell in (*upper, *lower)):
        return ()
    width = max(len(upper), len(lower))
    return tuple(Cell(clean(f"{_cell(upper, column).text} {_cell(lower, column).text}"), "") for column in range(width))


def _continues(table: Table, columns: dict[str, int]) -> bool:
    return bool(table.rows) and all(len(row) > columns["value"] for row in table.rows)


def _line(row: tuple[Cell, ...], columns: dict[str, int]) -> Line:
    def text(name: str) -> str:
        column = columns.get(name, -1)
        return tidy(row[column].text) if 0 <= column < len(row) else ""

    label, code = text("label"), text("code")
    marker = _MARKER.match(label)
    if marker is None and (marker := _MARKER.fullmatch(code)) is not None:
        # Some offices put the dash into the column of the numbers.
        return replace(_line(row, columns | {"code": -1}), marker=_sign(marker[1]))
    value = _cell(row, columns["value"])
    figure = tidy(value.text)
    address, mark = text("address"), _cell(row, columns.get("code"))
    if address and not mark.fault:
        mark = row[columns["address"]]
    return Line(
        code=code if any(map(str.isdigit, code)) else "",
        marker=_sign(marker[1]) if marker else "",
        label=label[marker.end() :] if marker else label,
        unit=text("unit"),
        value=value if figure == value.text else replace(value, text=figure),
        address=address,
        reported=text("reported"),
        has_reported="reported" in columns,
        where=value.where or _where(row),
        written=value.text,
        mark=mark,
    )


def _sign(mark: str) -> str:
    return "+" if mark == "+" else "-"


def _cell(row: tuple[Cell, ...], column: int | None) -> Cell:
    return row[column] if column is not None and 0 <= column < len(row) else _NOTHING


def _texts(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _where(row: tuple[Cell, ...]) -> str:
    return next((cell.where for cell in row if cell.where), "")
