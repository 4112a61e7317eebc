"""A stand-in for the workbook of XlsxWriter that keeps what is asked of it: the cells, and the calls for all else."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc_calc.excel.prepared.cell_xml import pixels_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

Value: TypeAlias = "str | float | Decimal | tuple[str, str] | None"
"""What a cell holds, or the result that its formula stores; ``None`` is a blank cell.

The height of a line is a number too, and a link has a target and a text.
"""

_USUAL_PIXELS: Final = 20


class Kind(StrEnum):
    """What differs between two workbooks that are alike."""

    CELL = "cell"
    HEIGHT = "height of a line"
    LINK = "link of a cell"


At: TypeAlias = "tuple[int, int] | str | int"
Place: TypeAlias = "tuple[Kind, int, At, str, str]"
"""Where something lies that differs: its kind, the sheet, the cell or the line, the look of the cell, its formula."""


class RecordedBook:
    """Takes the place of a workbook while the sheets are written.

    ``calls`` is all that was asked for, in order, apart from ``values``, one for each of the ``places``. Two workbooks
    of equal calls and places differ in the values alone.
    """

    def __init__(self, known: dict[Place, Place] | None = None) -> None:
        """Begin without sheets; ``known`` keeps the places that many workbooks have, each once."""
        self.known = {} if known is None else known
        self.calls: list[tuple[Any, ...]] = []
        self.places: list[Place] = []
        self.values: list[Value] = []
        self.drawn_on: set[int] = set()
        """Sheets with charts or buttons, whose places follow from the heights of lines."""
        self._sheets: list[_RecordedSheet] = []
        self._charts = 0

    def add_worksheet(self, name: str, kind: type) -> _RecordedSheet:
        """Add a sheet."""
        self.calls.append(("add_worksheet", name, kind))
        self._sheets.append(_RecordedSheet(self, name, len(self._sheets)))
        return self._sheets[-1]

    def worksheets(self) -> list[_RecordedSheet]:
        """List the sheets."""
        return self._sheets

    def add_format(self, look: dict[str, Any]) -> str:
        """Give a format, which is no more than its look."""
        return repr(sorted(look.items()))

    def add_chart(self, kind: dict[str, Any]) -> _Recorded:
        """Add a chart."""
        self._charts += 1
        self.calls.append(("add_chart", kind))
        return _Recorded(self, f"chart {self._charts}")

    def set_vba_name(self, name: str) -> None:
        """Name the workbook for its macros."""
        self.calls.append(("set_vba_name", name))

    def add_vba_project(self, project: object, *, is_stream: bool) -> None:
        """Add macros; the names of the sheets decide which."""
        self.calls.append(("add_vba_project", type(project), is_stream))

    def numbers(self) -> dict[tuple[Kind, str, str], int]:
        """Give the number of the value that each place of each sheet, as a spreadsheet names it, has at the end."""
        return {
            (kind, self._sheets[sheet].name, _named(at)): number
            for number, (kind, sheet, at, _, _) in enumerate(self.places)
        }

    def texts(self) -> tuple[dict[str, int], int]:
        """Give the texts of cells without a formula in order, each with its number, and count such cells."""
        texts = [
            value for place, value in zip(self.places, self.values, strict=True) if type(value) is str and not place[-1]
        ]
        return {text: number for number, text in enumerate(dict.fromkeys(texts))}, len(texts)


class _Recorded:
    """Anything whose every call is kept; two of the same name are equal."""

    def __init__(self, book: RecordedBook, name: object) -> None:
        self._book, self._name = book, name

    def __getattr__(self, method: str) -> Callable[..., None]:
        calls, name = self._book.calls, self._name

        def keep(*arguments: object, **options: object) -> None:
            calls.append((name, method, arguments, options))

        self.__dict__[method] = keep
        return keep

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Recorded) and other._name == self._name

    def __hash__(self) -> int:
        return hash(self._name)


class _RecordedSheet(_Recorded):
    """A sheet; its cells, links and heights are kept apart from its other calls."""

    def __init__(self, book: RecordedBook, name: str, number: int) -> None:
        super().__init__(book, number)
        self.name = name
        self._number = number

    def write_string(self, line: int, column: int, text: str, look: str) -> None:
        self._put(Kind.CELL, (line, column), text, look)

    def write_blank(self, line: int, column: int, _: None, look: str) -> None:
        self._put(Kind.CELL, (line, column), None, look)

    def write_number(self, line: int, column: int, number: float, look: str) -> None:
        self._put(Kind.CELL, (line, column), number, look)

    def write_formula(self, *arguments: Any) -> None:
        *at, formula, look, value = arguments
        self._put(Kind.CELL, at[0] if len(at) == 1 else (at[0], at[1]), value, look, formula)

    def write_url(self, line: int, column: int, address: str, look: str, text: str) -> None:
        self._put(Kind.LINK, (line, column), (address.removeprefix("internal:"), text))
        self.write_string(line, column, text, look)

    def merge_range(self, top: int, left: int, bottom: int, right: int, text: str, look: str) -> None:
        self._book.calls.append((self._number, "merge_range", top, left, bottom, right))
        self._put(Kind.CELL, (top, left), text or None, look)

    def set_row(self, line: int, height: float) -> None:
        if pixels_of(height) == _USUAL_PIXELS:
            # A line of the usual height says nothing of it.
            self._book.calls.append((self._number, "set_row", line))
        else:
            self._put(Kind.HEIGHT, line, height)

    def insert_chart(self, line: int, column: int, chart: _Recorded, options: dict[str, Any]) -> None:
        self._book.calls.append((self._number, "insert_chart", line, column, chart, options))
        self._book.drawn_on.add(self._number)

    def insert_button(self, line: int, column: int, options: dict[str, Any]) -> None:
        self._book.calls.append((self._number, "insert_button", line, column, options))
        self._book.drawn_on.add(self._number)

    def _put(self, kind: Kind, at: At, value: Value, look: str = "", formula: str = "") -> None:
        place = kind, self._number, at, look, formula
        # Thousands of new objects a workbook would keep the garbage collector busy for half of the time.
        self._book.places.append(self._book.known.setdefault(place, place))
        self._book.values.append(value)


def _named(at: At) -> str:
    if isinstance(at, int):
        return str(at + 1)
    return at if isinstance(at, str) else xl_rowcol_to_cell(*at)
