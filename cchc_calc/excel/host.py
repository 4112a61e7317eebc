"""The program whose cells call the functions, as far as the functions have to know it.

xlwings hands functions to Excel in all its shapes: by COM on Windows, from a server, or in a browser. Where
it is not installed (LibreOffice, a developer's Python, a bare browser) the functions are plain Python.
"""

from __future__ import annotations

import os
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cchc_calc.errors import CchcError, SourceRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    CellFunction = TypeVar("CellFunction", bound=Callable[..., Any])

FUNCTIONS_MODULE: Final = "cchc_calc.excel.udf"
"""The module that every host calls."""

CATEGORY: Final = "CCHC"
"""The heading under which Excel lists the functions."""

BLANK_LOOKS_MISSING: Final = os.environ.get("XLWINGS_ON_SERVER") == "true"
"""Excel for the web hands over an empty cell as if the argument had been left out."""

WRONG_USE: Final = "Lỗi: "
BROKEN: Final = "Lỗi phần mềm"


def cell_function(argument_texts: Mapping[str, str]) -> Callable[[CellFunction], CellFunction]:
    """Hand a function to the cells of the program: every argument as rows of cells, errors as text.

    ``argument_texts`` says in Vietnamese what each argument is. The function answers wrong use by a text, and
    lets no exception out.
    """

    def hand_over(function: CellFunction) -> CellFunction:
        decorated: Any = _answering(function)
        xlwings = _xlwings()
        if xlwings is None:
            return decorated  # type: ignore[no-any-return]  # wraps() keeps the signature
        for name in signature(function).parameters:
            decorated = xlwings.arg(name, doc=argument_texts[name], ndim=2, err_to_str=True)(decorated)
        return xlwings.func(category=CATEGORY)(decorated)  # type: ignore[no-any-return]

    return hand_over


def in_pairs(most: int) -> Callable[[CellFunction], CellFunction]:
    """Show a function of any number of operands as one of ``most`` optional pairs of tu_so and mau_so.

    xlwings knows no arguments of any number beside optional ones, and a function wizard shows names better.
    """
    names = [f"{side}{'' if pair == 1 else f'_{pair}'}" for pair in range(1, most + 1) for side in ("tu_so", "mau_so")]
    shown = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=None) for name in names])

    def show(function: CellFunction) -> CellFunction:
        vars(function)["__signature__"] = shown
        return function

    return show


def _xlwings() -> Any:
    try:
        import xlwings
    except ImportError:
        return None
    return xlwings


def _in_order(function: CellFunction, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
    """Put arguments that a developer gives by name where a cell gives them."""
    given = signature(function).bind(*arguments, **named)
    given.apply_defaults()
    return given.args


def _answering(function: CellFunction) -> Callable[..., Any]:
    @wraps(function)
    def answer(*arguments: Any, **named: Any) -> Any:
        if named:
            arguments = _in_order(function, arguments, named)
        if BLANK_LOOKS_MISSING:
            arguments = tuple("" if argument is None else argument for argument in arguments)
        try:
            return function(*arguments)
        except SourceRefusedError as refused:
            return WRONG_USE + refused.message
        except CchcError as wrong:
            return WRONG_USE + str(wrong)
        except Exception as broken:  # noqa: BLE001 - a cell has no room for a traceback, and Excel shows it
            return f"{BROKEN} ({type(broken).__name__}): hãy chạy lệnh cchc doctor và báo cho người hỗ trợ"

    # Excel shows the help as it stands, line breaks and indentation included.
    answer.__doc__ = " ".join((function.__doc__ or "").split())
    return answer
