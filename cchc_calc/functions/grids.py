"""The cells a function is given, as rows of cells, and several arguments laid over each other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cchc_calc.errors import FunctionUseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Cells: TypeAlias = Any
"""What a program hands over for one argument: a value, a list of values, or rows of values."""

Grid: TypeAlias = tuple[tuple[object, ...], ...]

LARGEST_GRID: Final = 2_000_000
"""Cells; a whole column of a spreadsheet has about a million."""

LONGEST_QUOTE: Final = 40
"""Letters of a cell in a message."""


def grid_of(cells: Cells) -> Grid:
    """Turn an argument into rows of cells; a flat list is a column.

    Raises ``FunctionUseError`` for rows of different lengths, for no cells at all and for too many.

    >>> grid_of(3), grid_of([1, 2]), grid_of(((1, 2), (3, 4)))
    (((3,),), ((1,), (2,)), ((1, 2), (3, 4)))
    """
    if not isinstance(cells, list | tuple):
        return ((cells,),)
    rows = tuple(tuple(row) if isinstance(row, list | tuple) else (row,) for row in cells)
    width = len(rows[0]) if rows else 0
    if not width or set(map(len, rows)) != {width}:
        raise FunctionUseError("vùng ô trống hoặc có các dòng dài ngắn khác nhau; hãy chọn lại một vùng chữ nhật")
    if len(rows) * width > LARGEST_GRID:
        raise FunctionUseError(f"vùng có hơn {LARGEST_GRID:,} ô; hãy chọn vùng nhỏ hơn".replace(",", "."))
    return rows


def all_given(*arguments: tuple[Cells | None, str]) -> list[Cells]:
    """Return arguments none of which may be left out, each of them given with its name.

    ``None`` is an argument that was left out; the first one raises ``FunctionUseError``.

    >>> all_given(([[1]], "tử số"), (2, "mẫu số"))
    [[[1]], 2]
    """
    for cells, name in arguments:
        if cells is None:
            raise FunctionUseError(f"thiếu {name}")
    return [cells for cells, _ in arguments]


def one_cell(cells: Cells, what: str) -> object:
    """Return the value of an argument that must be one cell; ``what`` names it in the message.

    >>> one_cell([[5]], "Mục tiêu")
    5
    """
    grid = grid_of(cells)
    if len(grid) > 1 or len(grid[0]) > 1:
        raise FunctionUseError(f"{what} phải là một ô, không phải một vùng")
    return grid[0][0]


def quoted(cell: object, longest: int = LONGEST_QUOTE) -> str:
    """Return the content of a cell as a message quotes it, cut where it has more letters than ``longest``.

    >>> quoted("5" * 100)[-3:], len(quoted("5" * 100))
    ('55…', 41)
    """
    text = str(cell)
    return text if len(text) <= longest else text[:longest] + "…"


def all_cells(arguments: Sequence[Cells]) -> list[object]:
    """List every cell of every argument, row by row."""
    return [cell for cells in arguments for row in grid_of(cells) for cell in row]


def over_columns(compute: Callable[[list[Sequence[object]]], Sequence[object]], arguments: Sequence[Cells]) -> Cells:
    """Compute cell by cell over arguments of one shape; an argument of one cell stands beside every cell.

    ``compute`` gets one column of equally many cells for each argument and returns a column of results. The
    answer is one value where all arguments are one cell, else rows of the common shape. Raises
    ``FunctionUseError`` where the shapes differ.

    >>> over_columns(lambda columns: [a + b for a, b in zip(*columns)], [[[1], [2]], 10])
    [[11], [12]]
    """
    grids = [grid_of(cells) for cells in arguments]
    shapes = {(len(grid), len(grid[0])) for grid in grids} - {(1, 1)}
    if len(shapes) > 1:
        sizes = " và ".join(f"{rows} dòng × {columns} cột" for rows, columns in sorted(shapes))
        raise FunctionUseError(f"các vùng không cùng cỡ ({sizes}); hãy chọn các vùng cùng số dòng và số cột")
    rows, width = shapes.pop() if shapes else (1, 1)
    columns = [_column(grid, rows * width) for grid in grids]
    results = compute(columns)
    if rows * width == 1:
        return results[0]
    return [list(results[start : start + width]) for start in range(0, rows * width, width)]


def cell_by_cell(compute: Callable[..., object]) -> Callable[[list[Sequence[object]]], list[object]]:
    """Turn a function of single cells into one of columns, for ``over_columns``."""
    return lambda columns: [compute(*cells) for cells in zip(*columns, strict=True)]


def _column(grid: Grid, length: int) -> Sequence[object]:
    cells = list(chain.from_iterable(grid))
    return cells if len(cells) == length else cells * length
