"""One call from a cell of Calc: what Calc hands over, as the functions take it, and their answer for the cell."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, cast

from cchc_calc.excel.cell_functions import cell_functions
from cchc_calc.excel.host import WRONG_USE
from cchc_calc.excel.libreoffice.arguments import NEVER_ZERO, VALUES, argument_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Rows: TypeAlias = tuple[tuple[float | str, ...], ...]
"""Rows of numbers and texts."""

BLANK_OR_ZERO: Final = (
    WRONG_USE + "LibreOffice không cho biết một ô là trống hay là số 0; hãy viết dạng vùng, ví dụ B2:B2 thay cho B2"
)
ERRORS: Final = {503: "#NUM!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}
"""The numbers Calc gives to the error values of Excel."""

_OTHER_ERROR: Final = "#VALUE!"
_BLANK: Final = ""


class _Cell(Protocol):
    def getError(self) -> int: ...  # noqa: N802 - the name is LibreOffice's


class _Area(Protocol):
    """The cells of an argument, as far as they are asked here (com.sun.star.table.XCellRange)."""

    def getDataArray(self) -> tuple[tuple[float | str | None, ...], ...]: ...  # noqa: N802

    def getCellByPosition(self, column: int, row: int) -> _Cell: ...  # noqa: N802


def call(name: str, arguments: Sequence[Any]) -> float | str | Rows:
    """Call a function of the cells with what Calc hands over and return its answer, a list of rows as a tuple.

    An argument is an area of cells, a number, a text, rows of them, or ``None`` where it was left out. Where
    an empty cell cannot be told from 0 and the answer depends on it, the answer says so.

    >>> call("CCHC_DATMUCTIEU", ["dưới 1,5%", ((0.01,), (0.02,))])
    (('Đạt',), ('Chưa đạt',))
    """
    function = cell_functions()[name]
    given = [_cells(argument) for argument in _one_by_one(name, arguments)]
    for place, argument in enumerate(_argument_names(name)):
        if argument in NEVER_ZERO and _may_be_blank(given[place]):
            given[place] = _BLANK
    answer = function(*given)
    if any(function(*other) != answer for other in _other_readings(given)):
        return BLANK_OR_ZERO
    return tuple(map(tuple, answer)) if isinstance(answer, list) else answer


def _one_by_one(name: str, arguments: Sequence[Any]) -> Sequence[Any]:
    """Take the arguments out of the list in which Calc hands over any number of them."""
    if _takes_any_number(name):
        return (*arguments[:-1], *arguments[-1])
    return arguments


@cache
def _argument_names(name: str) -> tuple[str, ...]:
    return () if _takes_any_number(name) else tuple(argument_types(cell_functions()[name]))


@cache
def _takes_any_number(name: str) -> bool:
    return VALUES in argument_types(cell_functions()[name]).values()


def _cells(argument: Any) -> Any:
    if argument is None or isinstance(argument, float | str | tuple):
        return argument
    return _rows_of(argument)


def _rows_of(area: _Area) -> Rows:
    """Read an area; Calc gives no value for an error, so each is asked for what it is."""
    rows = area.getDataArray()
    return tuple(
        tuple(_error(area.getCellByPosition(column, line)) if cell is None else cell for column, cell in enumerate(row))
        if None in row
        else cast("tuple[float | str, ...]", row)
        for line, row in enumerate(rows)
    )


def _error(cell: _Cell) -> str:
    return ERRORS.get(cell.getError(), _OTHER_ERROR)


def _may_be_blank(value: Any) -> bool:
    return isinstance(value, float) and value == 0


def _other_readings(given: Sequence[Any]) -> Iterator[list[Any]]:
    """Read each 0 that may be an empty cell as one: every one alone, and all together."""
    zeros = [place for place, value in enumerate(given) if _may_be_blank(value)]
    for blanks in [*([place] for place in zeros), zeros] if zeros else []:
        yield [_BLANK if place in blanks else value for place, value in enumerate(given)]
